// What a workshop may change: a short list of the model's settings, in plain words, within limits that
// teach. Unit, source and strength of evidence come from the engine, where the setting is described once.

export type Value = number | string | boolean;
export interface Lever {
  path: string; label: string;
  minimum?: number; maximum?: number; step?: number;
  /** Shown times this: shares as percentages. */
  times?: number; unit?: string;
  words?: Record<string, string>;
  switch?: boolean;
}

const number = (path: string, label: string, minimum: number, maximum: number, step: number, unit: string, times = 1): Lever => ({path, label, minimum, maximum, step, unit, times});
const choice = (path: string, label: string, words: Record<string, string>): Lever => ({path, label, words});
const onOff = (path: string, label: string): Lever => ({path, label, switch: true});

/** The order is part of links and codes: new levers go at the end. */
export const levers: Lever[] = [
  number('plan.meetings_per_year', 'Meetings a year', 0, 11, 1, ''),
  choice('plan.format', 'Who meets', {whole_hub: 'The whole hub', clusters_by_place: 'Clusters by place', clusters_by_type: 'Clusters by type of school'}),
  number('plan.sessions_per_meeting', 'Times each session is run', 1, 4, 1, ''),
  number('plan.lead_schools_per_hub', 'Lead Schools', 0, 6, 1, ''),
  number('plan.lead_release_days', 'Days a year each Lead School can give', 0, 40, 1, 'days'),
  number('plan.lead_allowance_gbp', 'Allowance for each Lead School, a year', 0, 16000, 1000, '£'),
  number('plan.schools_per_coordinator', 'Schools for each Enterprise Coordinator', 5, 40, 1, ''),
  number('plan.cornerstones_per_hub', 'Cornerstone Employers', 0, 20, 1, ''),
  number('plan.adviser_coverage', 'Schools with an Enterprise Adviser', 0, 1, 0.01, '%', 100),
  number('plan.training_share', 'Careers Leaders trained each year', 0, 1, 0.01, '%', 100),
  number('plan.fund_gbp_per_school', 'Hub fund for each school, a year', 0, 5000, 250, '£'),
  onOff('plan.buddies', 'Schools are paired as buddies'),
  onOff('plan.host_rotates', 'Hosting goes round'),
  onOff('plan.peer_review', 'Schools review one another once a year'),
  number('turn_over_staff.hours_mean', 'Careers Leader’s hours a week', 1, 25, 0.5, 'hours'),
  number('turn_over_staff.leaders_per_year', 'Careers Leaders who leave, a year', 0, 0.5, 0.01, '%', 100),
  number('turn_over_staff.handover', 'Know-how saved by a handover', 0, 1, 0.1, '%', 100),
  number('engage_employers.capacity', 'What employers can give (1 = as now)', 0.1, 3, 0.1, 'times'),
  number('share_practice.contacts_passed_on', 'Chance that a colleague passes on an employer', 0, 0.5, 0.05, '%', 100),
  choice('share_practice.rule', 'How sharing works', {simple: 'Each contact may teach', threshold: 'Two sources teach better', capacity: 'Only so much at once'}),
  number('launch_hubs.level', 'How much keener schools are to volunteer if further on', 0, 1.5, 0.01, ''),
  number('share_practice.layer_contacts', 'Practice that spills over to neighbours', 0, 0.06, 0.01, 'a month'),
  number('complete_compass.claimed', 'Generous reading: benchmarks for which what is known counts as done', 0, 0.4, 0.02, '%', 100),
];
export const leverOf = new Map(levers.map((lever) => [lever.path, lever]));

/** A value within the lever's limits, or undefined if it is of another kind. */
export function clamped(lever: Lever, value: unknown): Value | undefined {
  if (lever.switch) return typeof value === 'boolean' ? value : undefined;
  if (lever.words) return typeof value === 'string' && Object.hasOwn(lever.words, value) ? value : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const steps = Math.round((Math.min(lever.maximum!, Math.max(lever.minimum!, value)) - lever.minimum!) / lever.step!);
  return Math.min(lever.maximum!, Number((lever.minimum! + steps * lever.step!).toFixed(6)));
}

/** A value for people. */
export function said(lever: Lever, value: Value): string {
  if (lever.switch) return value ? 'yes' : 'no';
  if (lever.words) return lever.words[String(value)];
  const number = Number(((value as number) * (lever.times ?? 1)).toFixed(2)).toLocaleString('en-GB');
  if (lever.unit === '£') return `£${number}`;
  return lever.unit === '%' ? `${number} %` : lever.unit ? `${number} ${lever.unit}` : number;
}
