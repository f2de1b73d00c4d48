// The result that a person hands in: the drawn run of an exercise and how often B was higher.
import type {App} from './app';
import {resultCode, type Result} from './codes';
import {comparison, differences, outcomeOf} from './numbers';

let tag = 0;
export function resultOf(app: App): Result | undefined {
  const {exercise, twins} = app;
  if (!exercise || !twins || !app.ran || !app.asItStarts) return undefined;  // results of changed plans are not pooled
  tag ||= 1 + (crypto.getRandomValues(new Uint16Array(1))[0] % 4095);  // tells two people apart, and touches no simulation
  const key = outcomeOf(exercise.outcome).key, [a, b] = twins;
  return {
    exercise: exercise.number, bet: exercise.bet.choices.findIndex((c) => c.value === app.state.bet) & 15, seed: app.state.seed,
    a: a.outcomes[key][app.state.run], b: b.outcomes[key][app.state.run], higher: comparison(differences(a, b, key)).higher, tag,
  };
}
export const codeOfResult = (app: App): string | undefined => {
  const result = resultOf(app);
  return result && resultCode(result);
};
