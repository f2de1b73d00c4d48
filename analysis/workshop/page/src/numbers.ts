// Sums over runs, and what they come to in words.
import type {Trace, Twins} from './engine';

export interface Outcome { key: string; title: string; unit: string; digits: number; better: 'more' | 'less' }
export const outcomes: Outcome[] = [
  {key: 'gain', title: 'Benchmarks gained by a school', unit: 'benchmarks', digits: 2, better: 'more'},
  {key: 'lowest_quarter_gain', title: 'Benchmarks gained by the lowest quarter of schools', unit: 'benchmarks', digits: 2, better: 'more'},
  {key: 'end', title: 'Benchmarks of a school at the end', unit: 'benchmarks', digits: 2, better: 'more'},
  {key: 'five_or_more', title: 'Schools with five benchmarks or more', unit: '% of schools', digits: 0, better: 'more'},
  {key: 'cost', title: 'Cost, without Careers Leaders’ weekly hours', unit: '£', digits: 0, better: 'less'},
];
export const outcomeOf = (key: string): Outcome => outcomes.find((o) => o.key === key) ?? outcomes[0];

export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Array.from(values).filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1), low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}
export const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;

export const differences = (a: Twins, b: Twins, key: string): number[] => Array.from(b.outcomes[key], (v, r) => v - a.outcomes[key][r]);

/** "B is higher in 84 of 100 runs with the same luck." */
export function comparison(values: number[]): {higher: number; lower: number; same: number; text: string} {
  const higher = values.filter((v) => v > 1e-9).length, lower = values.filter((v) => v < -1e-9).length, same = values.length - higher - lower;
  const of = `of ${values.length} runs with the same luck`;
  const rest = same > 0 ? ` In ${same} there is no difference.` : '';
  if (same === values.length) return {higher, lower, same, text: `The plans do not differ in any ${of}.`};
  if (higher >= lower) return {higher, lower, same, text: `B is higher in ${higher} ${of}, A in ${lower}.${rest}`};
  return {higher, lower, same, text: `A is higher in ${lower} ${of}, B in ${higher}.${rest}`};
}

/** Ones in a byte. */
export function count(bits: number): number {
  let n = 0;
  for (let v = bits; v; v >>= 1) n += v & 1;
  return n;
}
export function meanBenchmarks(trace: Trace, month: number): number {
  let sum = 0;
  for (let i = 0; i < trace.establishments; ++i) sum += count(trace.achieved[month * trace.establishments + i]);
  return sum / trace.establishments;
}
/** Percentage of schools with benchmark b (0 to 7). */
export function shareWith(trace: Trace, month: number, b: number): number {
  let n = 0;
  for (let i = 0; i < trace.establishments; ++i) n += (trace.achieved[month * trace.establishments + i] >> b) & 1;
  return (100 * n) / trace.establishments;
}
export const costUntil = (trace: Trace, month: number) => trace.costs.slice(0, month).reduce((sum, c) => sum + c, 0);
