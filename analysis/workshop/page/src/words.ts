// Words used in more than one place, and those of the start, the lab and the limits: one table a language, picked by
// `?lang=xx`; only English is written. Sentences used once still stand in their screens.

const en = {
  title: 'Careers Hubs workshop',
  subtitle: 'Predict, run and compare: how schools that share practice raise their careers guidance.',
  menu: {start: 'Start', meet: 'Meet your hub', lab: 'The lab', many: 'Many runs', evaluate: 'What would an evaluation say?', share: 'Share', facilitator: 'Facilitator', limits: 'Limits'},
  doors: {
    part: 'Take part', partAbout: 'Five exercises of about 12 minutes. Predict first, then run.',
    explore: 'Explore freely', exploreAbout: 'Change any lever of two plans and compare.',
    lead: 'I am the facilitator', leadAbout: 'Timings, talking points, class results, handouts.',
  },
  spread: 'One practice spreads: a school that has met part of a benchmark shows others how; a Careers Leader with time makes it happen at home.',
  legend: 'How to read a school',
  wedgeFull: 'benchmark achieved', wedgePart: 'at least half of its parts met', wedgeEmpty: 'less',
  types: ['Mainstream school', 'Special school', 'Alternative provision', 'College'],
  glyphs: ['●', '■', '▲', '◆'],
  evidence: (n: number) => `Strength of evidence ${n} of 5`,
  run: 'Run', pause: 'Pause', goOn: 'Go on', step: 'Step', reset: 'Reset', newLuck: 'New luck', help: 'Help ?', speed: 'Speed',
  stepAbout: 'one term', predictFirst: 'First make your prediction.',
  term: (n: number) => (n === 0 ? 'Start' : `Year ${Math.ceil(n / 3)}, ${['autumn', 'spring', 'summer'][(n - 1) % 3]} term`),
  follow: 'Follow a school', nobody: 'nobody',
  readNetwork: 'Read the network as a table',
  computing: 'Working out the runs …',
  luckOnly: 'Luck alone', luckAbout: 'On: every run has the middle values of what is not known, and differs by luck alone. Off: what is not known differs too, within the evidence.',
  luckOf: (seed: number) => `Luck number ${seed}. New luck draws other starts, other people leaving, other chances; both plans always share them.`,
  oneLever: 'Both plans start alike. Change one lever of Plan B, and run.', moreLevers: 'More levers',
  copyAtoB: 'Make B the same as A',
  nothingYet: 'Press Run, or Step, and read what happens here.',
  limits: [
    ['Schools score themselves', 'Benchmarks are what schools say of themselves in Compass. The model holds both what is true and what is said; published figures are only what is said.'],
    ['Six years of evidence', 'The model was fitted to figures of hubs in England from 2018 to 2023. Later years, other countries and other programmes are beyond it.'],
    ['No pupil outcomes', 'More benchmarks are not the same as better lives. Nothing here says what pupils gained.'],
    ['Not a forecast', 'Runs show what could happen if the model were right. Where evidence is thin, the five boxes beside a lever say so, and the answer can change.'],
    ['Made-up schools', 'Unless this page was made with a file of your own, no school here is real. Names are invented.'],
    ['Much is assumed', 'How much is learnt from one meeting, what employers can give, how fast things lapse: ranges, not facts. Each lever shows its source.'],
  ] as [string, string][],
  howToCheck: 'How to check: “Share” saves both plans as scenario files. Run them with the hubsim program (hubsim run scenario.json): it prints the same fingerprint as this page.',
};
export type Words = typeof en;
const tables: Record<string, Words> = {en};

const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang');
export const words: Words = asked !== null && Object.hasOwn(tables, asked) ? tables[asked] : en;

/** How something changed, in a few words. Orders are the engine's. */
export const changes = ['joined a hub', 'learnt how', 'now does', 'let lapse', 'lost with its Careers Leader how', 'its Careers Leader left', 'its Careers Leader finished training', 'scored itself in Compass'];
export const causes = ['', 'from the host of a meeting', 'from a talk at a meeting', 'from a Lead School’s visit', 'from its buddy', 'in a review by another school', 'from a school it knows well', 'from a school of its trust', 'from a neighbour', 'from the Enterprise Coordinator', 'from a newsletter', 'in training', 'using what its leader had learnt', 'by trial and error', 'because the law asks for it', 'by answering Compass'];
