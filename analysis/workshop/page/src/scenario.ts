// A side of the comparison as a scenario file: what the engine runs, and what `hubsim run` would.
import type {Setting} from './engine';
import {leverOf, levers, type Value} from './levers';
import type {Preset} from './presets';

/** Settings that differ from the model's own, by path. */
export type Patch = Record<string, Value>;
export type SideName = 'A' | 'B';

export interface Run { preset: Preset; patch: Patch; seed: number; luckOnly: boolean; replicates: number; name: string }

export function scenarioOf(run: Run): Record<string, unknown> {
  const plan: Record<string, unknown> = {name: run.name, ...run.preset.plan};
  const parameters: Record<string, Record<string, Value>> = {};
  for (const {path} of levers) {  // in the levers' order, so that the same choice is the same text
    if (!Object.hasOwn(run.patch, path)) continue;
    const [section, name] = path.split('.');
    if (section === 'plan') plan[name] = run.patch[path];
    else (parameters[section] ??= {})[name] = run.patch[path];
  }
  return {
    schema_version: 1, name: 'workshop', question: run.preset.title, population: run.preset.population, start: '2018-09', months: run.preset.months,
    replicates: run.replicates, seed: run.seed, ...(run.luckOnly ? {posterior: 'middle'} : {}), parameters, plans: [plan],
  };
}

export function textOf(run: Run): string {
  return JSON.stringify(scenarioOf(run), null, 1) + '\n';
}

/** The model's own value of every lever. */
export function defaultsOf(settings: Setting[]): Patch {
  return Object.fromEntries(settings.filter((s) => leverOf.has(s.path)).map((s) => [s.path, s.default]));
}
