// The five exercises. A claim is a sentence that the model was asked: each of 1,000 runs, with its own luck
// and its own draw of what is not known, says yes or no. The share of yes is worked out by
// claims.mjs, kept in claims.json, tested, and printed on the page.
import type {Evaluations, Twins} from './engine';
import shares from './claims.json';
import type {Patch} from './scenario';

export interface Variant { name: string; patch: Patch; lottery?: boolean; posterior?: string }
export interface Bet { value: string; label: string }
export interface Claim {
  key: string;
  /** `{x}` is the share of runs. */
  text: string;
  holds(run: number, of: (variant: string) => Twins, evaluated: (variant: string) => Evaluations): boolean;
}
export interface Exercise {
  number: number; title: string; question: string; preset: string;
  variants: Record<string, Variant>;  // 'A' and 'B' are the sides at the start; 'C' and so on the twist
  levers: string[];
  bet: {question: string; choices: Bet[]};
  outcome: string;  // what B less A is shown of
  twist: string; talk: string[]; not: string;
  evaluation?: boolean;
  /** The question answered from a person's own runs. */
  answer?(a: Twins, b: Twins): string;
  claims: Claim[];
}

const at = (twins: Twins, key: string, run: number) => twins.outcomes[key][run];
const more = (key: string, high: string, low: string, by = 0): Claim['holds'] => (run, of) => at(of(high), key, run) > at(of(low), key, run) + by;
const months = (twins: Twins, run: number) => { const m = at(twins, 'months_to_four', run); return Number.isNaN(m) ? 49 : m; };  // never within four years: not before month 49
const mean = (twins: Twins, keys: string[], run: number) => keys.reduce((sum, key) => sum + at(twins, key, run), 0) / keys.length;

const tally = (twins: Twins, holds: (run: number) => boolean) => twins.paths.filter((_, run) => holds(run)).length;
const fewer = (a: Twins, b: Twins, keys: string[]) => (a.paths.reduce((sum, _, run) => sum + mean(a, keys, run) - mean(b, keys, run), 0) / a.paths.length).toFixed(1);

const meetings = 'plan.meetings_per_year', hours = 'turn_over_staff.hours_mean', leads = 'plan.lead_schools_per_hub', days = 'plan.lead_release_days';
const capacity = 'engage_employers.capacity', advisers = 'plan.adviser_coverage', passed = 'share_practice.contacts_passed_on';
const leaving = 'turn_over_staff.leaders_per_year', handover = 'turn_over_staff.handover';

export const exercises: Exercise[] = [
  {
    number: 1, title: 'Termly or monthly?', preset: 'hub', outcome: 'gain',
    question: 'Plan A meets three times a year. Plan B meets every month but August. Careers Leaders have 6½ hours a week in both. Does the hub reach an average of four benchmarks a year sooner with Plan B?',
    variants: {
      A: {name: 'three meetings a year', patch: {[meetings]: 3, [hours]: 6.5}}, B: {name: 'eleven meetings a year', patch: {[meetings]: 11, [hours]: 6.5}},
      C: {name: 'three meetings, more hours', patch: {[meetings]: 3, [hours]: 14.5}},
      D: {name: 'three meetings, each session twice', patch: {[meetings]: 3, [hours]: 6.5, 'plan.sessions_per_meeting': 2}},
    },
    levers: [meetings, 'plan.format', 'plan.sessions_per_meeting', hours],
    bet: {question: 'Will Plan B be a year ahead?', choices: [{value: 'y', label: 'Yes, a year or more'}, {value: 's', label: 'Sooner, but by less than a year'}, {value: 'n', label: 'No sooner'}]},
    twist: 'Set Plan B back to three meetings, and give its Careers Leaders 14½ hours a week. Or keep three meetings and run each session twice.',
    answer: (a, b) => `In your 100 runs Plan B is a year or more ahead in ${tally(a, (run) => months(a, run) - months(b, run) >= 12)}, and sooner by less in ${tally(a, (run) => months(a, run) > months(b, run) && months(a, run) - months(b, run) < 12)}.`,
    talk: ['Who could not come, and why?', 'What is a meeting for, if the ideas are known already?', 'What would an hour a week cost, against a meeting?'],
    not: 'How good a meeting is. Meetings every month are beyond what hubs did (three to six a year), so this part of the answer rests on the model alone.',
    claims: [
      {key: 'monthly_gains', text: 'Eleven meetings a year raise benchmarks more than three in {x} of 1,000 runs.', holds: more('gain', 'B', 'A')},
      {key: 'not_a_year', text: 'But the hub is a year or more ahead in only {x} of 1,000.', holds: (run, of) => months(of('A'), run) - months(of('B'), run) >= 12},
      {key: 'hours_beat_meetings', text: 'Three meetings with 14½ hours a week beat eleven meetings with 6½ hours in {x} of 1,000.', holds: more('gain', 'C', 'B')},
      {key: 'twice', text: 'Running each of three sessions twice raises benchmarks more than running it once in {x} of 1,000.', holds: more('gain', 'D', 'A')},
    ],
  },
  {
    number: 2, title: 'One Lead School, or four?', preset: 'hub', outcome: 'lowest_quarter_gain',
    question: 'The hub can pay for 20 days of Lead School time a year. Plan A gives them to one school. Plan B gives five days each to four schools. Which plan lifts the lowest quarter of schools more?',
    variants: {
      A: {name: 'one Lead School, 20 days', patch: {[leads]: 1, [days]: 20}}, B: {name: 'four Lead Schools, 5 days each', patch: {[leads]: 4, [days]: 5}},
      C: {name: 'four Lead Schools, 20 days each', patch: {[leads]: 4, [days]: 20}}, D: {name: 'one Lead School, 5 days', patch: {[leads]: 1, [days]: 5}},
      E: {name: 'one Lead School, 20 days and an allowance', patch: {[leads]: 1, [days]: 20, 'plan.lead_allowance_gbp': 8000}},
    },
    levers: [leads, days, 'plan.lead_allowance_gbp', 'plan.host_rotates'],
    bet: {question: 'Which plan lifts the lowest quarter more?', choices: [{value: 'a', label: 'Plan A: one school'}, {value: 'b', label: 'Plan B: four schools'}, {value: 'n', label: 'Hardly any difference'}]},
    twist: 'Give Plan B’s four schools 20 days each. Then go back to one school and pay it an allowance that buys time.',
    talk: ['What is it that helps: the school, or its time?', 'What happens to a Lead School’s own pupils?', 'Who would volunteer without an allowance?'],
    not: 'The politics of being a Lead School, and whether a good school is a good teacher of schools.',
    claims: [
      {key: 'four_beats_one', text: 'With the same 20 days, four schools lift the lowest quarter more than one in {x} of 1,000 runs.', holds: more('lowest_quarter_gain', 'B', 'A')},
      {key: 'one_beats_four', text: 'One lifts it more than four in {x} of 1,000; in the rest there is no difference. It hardly matters who gives the days.', holds: more('lowest_quarter_gain', 'A', 'B')},
      {key: 'days_matter', text: 'Four schools with 20 days each lift it more than one with 20 in {x} of 1,000: days matter.', holds: more('lowest_quarter_gain', 'C', 'A')},
      {key: 'starved', text: 'One school with only five days does worse than with 20 in {x} of 1,000.', holds: (run, of) => at(of('D'), 'gain', run) < at(of('A'), 'gain', run)},
      {key: 'allowance', text: 'An allowance of £8,000 that buys time raises benchmarks in {x} of 1,000.', holds: more('gain', 'E', 'A')},
    ],
  },
  {
    number: 3, title: 'More schools, the same employers', preset: 'doubled', outcome: 'gain',
    question: 'A hub doubles from 32 to 64 schools. In Plan A, employers and Enterprise Advisers double too. In Plan B they do not: each school can have half as much. Which benchmarks fall behind?',
    variants: {
      A: {name: 'employers double', patch: {[capacity]: 1, [advisers]: 0.9}}, B: {name: 'employers do not', patch: {[capacity]: 0.5, [advisers]: 0.45}},
      C: {name: 'the same, contacts shared', patch: {[capacity]: 0.5, [advisers]: 0.45, [passed]: 0.3}},
    },
    levers: [capacity, advisers, passed, 'plan.cornerstones_per_hub'],
    bet: {question: 'Which two benchmarks fall behind most?', choices: [{value: '12', label: '1 and 2: a programme, information'}, {value: '34', label: '3 and 4: each pupil’s needs, the curriculum'}, {value: '56', label: '5 and 6: employers, workplaces'}, {value: '78', label: '7 and 8: colleges and universities, guidance'}]},
    twist: 'Let colleagues in Plan B pass on employers to one another more often. Then give it more Cornerstone Employers.',
    answer: (a, b) => `In your 100 runs Plan B has fewer schools with benchmarks 1 and 2 by ${fewer(a, b, ['b1', 'b2'])} in 100, 3 and 4 by ${fewer(a, b, ['b3', 'b4'])}, 5 and 6 by ${fewer(a, b, ['b5', 'b6'])}, 7 and 8 by ${fewer(a, b, ['b7', 'b8'])}.`,
    talk: ['What does it mean to share a contact that is already full?', 'Who keeps the employers they have?', 'Would you grow a hub before or after its employers?'],
    not: 'How good an encounter with an employer is.',
    claims: [
      {key: 'five_six_fall', text: 'Without more employers, benchmarks 5 and 6 are reached by at least three in 100 fewer schools in {x} of 1,000 runs.', holds: (run, of) => mean(of('A'), ['b5', 'b6'], run) - mean(of('B'), ['b5', 'b6'], run) >= 3},
      {key: 'others_less', text: 'The other benchmarks fall by less than those two in {x} of 1,000.', holds: (run, of) => mean(of('A'), ['b1', 'b2', 'b3', 'b4', 'b7', 'b8'], run) - mean(of('B'), ['b1', 'b2', 'b3', 'b4', 'b7', 'b8'], run) < mean(of('A'), ['b5', 'b6'], run) - mean(of('B'), ['b5', 'b6'], run)},
      {key: 'sharing_is_little', text: 'Passing on contacts more often wins back at least half of what was lost in only {x} of 1,000: what is full cannot be shared.', holds: (run, of) => at(of('C'), 'gain', run) - at(of('B'), 'gain', run) >= 0.5 * (at(of('A'), 'gain', run) - at(of('B'), 'gain', run)) && at(of('A'), 'gain', run) > at(of('B'), 'gain', run)},
    ],
  },
  {
    number: 4, title: 'Losing hours, or losing people', preset: 'hub', outcome: 'gain',
    question: 'In Plan A, Careers Leaders stay (one in ten leaves each year) but have only 4 hours a week. In Plan B, three in ten leave each year, and they have 10 hours. Which hub raises its benchmarks more?',
    variants: {
      A: {name: 'few leave, 4 hours', patch: {[leaving]: 0.1, [hours]: 4}}, B: {name: 'many leave, 10 hours', patch: {[leaving]: 0.3, [hours]: 10}},
      C: {name: 'few leave, 10 hours', patch: {[leaving]: 0.1, [hours]: 10}}, D: {name: 'many leave, 10 hours, handover', patch: {[leaving]: 0.3, [hours]: 10, [handover]: 0.7}},
    },
    levers: [leaving, hours, handover, 'plan.training_share'],
    bet: {question: 'Which hub raises its benchmarks more?', choices: [{value: 'a', label: 'Plan A: people stay, few hours'}, {value: 'b', label: 'Plan B: people leave, more hours'}, {value: 'n', label: 'Hardly any difference'}]},
    twist: 'In Plan B, let a written handover save seven tenths of what a leaving Careers Leader knows.',
    talk: ['What goes when a Careers Leader goes, and what stays?', 'Is your strategy written down? Who could find it?', 'What does losing people cost that this page does not count?'],
    not: 'Why people leave, and what it does to pupils and colleagues.',
    claims: [
      {key: 'hours_win', text: 'Ten hours with many leaving raise benchmarks more than four hours with few leaving in {x} of 1,000 runs.', holds: more('gain', 'B', 'A')},
      {key: 'staying_helps', text: 'With ten hours in both, fewer leaving is better in {x} of 1,000.', holds: more('gain', 'C', 'B')},
      {key: 'handover_helps', text: 'A handover raises benchmarks where many leave in {x} of 1,000.', holds: more('gain', 'D', 'B')},
    ],
  },
  {
    number: 5, title: 'Who gets counted', preset: 'region', outcome: 'gain', evaluation: true,
    question: 'In a region, 80 of 256 schools join hubs. In Plan A, schools that are further on are keener to join. In Plan B it is as the published hubs suggest. A year later the hub schools score higher than the others. How much of that is the hub?',
    variants: {
      A: {name: 'keen schools volunteer', patch: {'launch_hubs.level': 1}}, B: {name: 'schools volunteer as they did', patch: {'launch_hubs.level': 0.2}},
      C: {name: 'places by lottery', patch: {'launch_hubs.level': 1}, lottery: true},
    },
    levers: ['launch_hubs.level', 'share_practice.layer_contacts', 'complete_compass.claimed'],
    bet: {question: 'In Plan A the hub schools report about 2 benchmarks more than the others. How much do you think the hub did?', choices: [{value: '0', label: 'Nothing'}, {value: '1', label: 'About 1'}, {value: '2', label: 'About 2'}, {value: '3', label: 'All of it'}]},
    twist: 'Open “What would an evaluation say?” and give out the places by lottery.',
    talk: ['Who is in the comparison group, and who did not answer?', 'If nearly every school joins, who are the few that do not?', 'Why can hub schools report less than they did before?'],
    not: 'Whether pupils gained. All of this is schools’ own scores.',
    claims: [
      {key: 'level_doubles', text: 'Where keen schools volunteer, the plain gap between hub schools and others is more than twice what the hubs did in {x} of 1,000 runs.', holds: (run, _, evaluated) => evaluated('A').level[run] > 2 * evaluated('A').truth[run]},
      {key: 'change_nearer', text: 'Comparing changes instead of levels comes nearer the truth in {x} of 1,000, little better than tossing a coin: a school that reports much in the year it volunteers reports less in the next.', holds: (run, _, evaluated) => Math.abs(evaluated('A').change[run] - evaluated('A').truth[run]) < Math.abs(evaluated('A').level[run] - evaluated('A').truth[run])},
      {key: 'matching_between', text: 'Matching schools on what can be seen is still too high in {x} of 1,000.', holds: (run, _, evaluated) => evaluated('A').matched[run] > evaluated('A').truth[run]},
      {key: 'lottery', text: 'With places by lottery the plain gap is within half a benchmark of the truth in {x} of 1,000. It is too low more often than too high: hubs teach schools to score themselves more strictly, and of the others rather the well supported answer.', holds: (run, _, evaluated) => Math.abs(evaluated('C').level[run] - evaluated('C').truth[run]) <= 0.5},
    ],
  },
];

export const exerciseOf = (number: number): Exercise | undefined => exercises.find((e) => e.number === number);

/** The claims of an exercise with the shares in place. */
export function claimsOf(exercise: Exercise): string[] {
  const known = shares as Record<string, Record<string, number>>;
  return exercise.claims.map((claim) => claim.text.replace('{x}', String(known[`E${exercise.number}`]?.[claim.key] ?? '–')));
}
