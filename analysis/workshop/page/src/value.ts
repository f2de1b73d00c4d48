// Which plan a rule chooses, worked out from yearly totals: as `hubsim run` decides, at a reader's own horizon, rate and worth.

export interface PlanTotals {
  name: string;
  /** By year of the run, for one establishment: benchmark-years held, undiscounted, and pounds, as spent. */
  held: number[]; cost: number[];
  /** Benchmarks truly achieved at the end of each year. */
  end: number[];
}
export type Rule = 'most' | 'net_benefit' | 'within_budget';
export interface Settings {
  outcome: 'benchmark_years' | 'benchmarks_at_end'; rule: Rule;
  years: number; rate: number; worth: number;
  /** Over the first plan's cost, for one establishment. */
  budget: number;
}
/** `score` is in units of the outcome, or with net_benefit in pounds. */
export interface PlanValue { name: string; outcome: number; cost: number; score: number; affordable: boolean }

/** Value today of a pound in a year of the run; the first is year 0. */
export function discountFactor(rate: number, year: number): number {
  let value = 1;
  for (let y = 0; y < year; ++y) value /= 1 + rate;
  return value;
}

/** Every plan's present value for one establishment, in the order of the scenario. */
export function valuesOf(plans: PlanTotals[], s: Settings): PlanValue[] {
  const sum = (values: number[]) => values.slice(0, s.years).reduce((all, v, year) => all + v * discountFactor(s.rate, year), 0);
  const costs = plans.map((p) => sum(p.cost));
  return plans.map((p, i) => {
    const outcome = s.outcome === 'benchmark_years' ? sum(p.held) : p.end[s.years - 1];
    return {
      name: p.name, outcome, cost: costs[i],
      score: s.rule === 'net_benefit' ? s.worth * outcome - costs[i] : outcome,
      affordable: s.rule !== 'within_budget' || i === 0 || costs[i] - costs[0] <= s.budget,
    };
  });
}

/** The plan chosen: the best score of those that may be chosen; of equals the first. */
export function chosen(values: PlanValue[]): number {
  let best = 0;
  values.forEach((v, i) => { if (v.affordable && v.score > values[best].score) best = i; });
  return best;
}
