// Where a workshop takes place. Each is a scenario that `hubsim run` reads too.

export interface Preset {
  key: string; title: string; about: string; schools: number; months: number;
  population: unknown;
  plan: Record<string, unknown>;
  /** A population of the user's own, as `hubsim import` wrote it. */
  local?: string;
}

const cheshire = 'Cheshire and Warrington', stoke = 'Stoke-on-Trent and Staffordshire';

export const presets: Preset[] = [
  {
    key: 'hub', title: 'A hub of 32 schools', schools: 32, months: 48,
    about: 'Made-up schools in the mix of an English county. All 32 join one hub in September 2018.',
    population: {synthetic: true, seed: 1, areas: {[cheshire]: 32}},
    plan: {hub_size: 32, waves: [{start: '2018-09', rule: 'by_area', areas: {[cheshire]: 32}}]},
  },
  {
    key: 'doubled', title: 'A hub that doubles to 64 schools', schools: 64, months: 48,
    about: 'Made-up schools: twice as many as the first hub, sharing the same employers.',
    population: {synthetic: true, seed: 1, areas: {[cheshire]: 64}},
    plan: {hub_size: 64, waves: [{start: '2018-09', rule: 'by_area', areas: {[cheshire]: 64}}]},
  },
  {
    key: 'stoke', title: 'Hubs that grow from 20 schools to 85', schools: 85, months: 48,
    about: 'Made-up schools in the mix of Stoke-on-Trent and Staffordshire: 20 join in September 2018, 65 more a year later.',
    population: {synthetic: true, seed: 1, areas: {[stoke]: 85}},
    plan: {waves: [{start: '2018-09', rule: 'by_area', areas: {[stoke]: 20}}, {start: '2019-09', rule: 'by_area', areas: {[stoke]: 65}}]},
  },
  {
    key: 'region', title: 'A region: 80 of 256 schools join', schools: 256, months: 24,
    about: 'Made-up schools in the mix of the North East and Tees Valley. 80 that volunteer join hubs in September 2018; 176 do not.',
    population: {synthetic: true, seed: 1, areas: {'North East': 188, 'Tees Valley': 68}},
    plan: {waves: [{start: '2018-09', rule: 'volunteers', members: 80}]},
  },
];

/** Adds a user's own area, if the page was made with one. */
export function addLocal(text: string): void {
  if (text.trim() === '') return;
  const file = JSON.parse(text) as {name: string; establishments: {urn: number[]}};
  const schools = file.establishments.urn.length;
  presets.push({
    key: 'local', title: file.name, schools, months: schools <= 100 ? 48 : 24, local: text,
    about: `The ${schools} schools of the population this page was made with; as many as volunteer, up to 32 in all, join a hub in September 2018.`,
    population: {file: 'population.json'},
    plan: {waves: [{start: '2018-09', rule: 'volunteers', members: Math.min(32, schools)}]},
  });
}

export function presetOf(key: string): Preset | undefined {
  return presets.find((p) => p.key === key);
}
