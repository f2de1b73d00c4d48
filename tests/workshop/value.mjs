// The worked example of docs/value.md, as the report's live part works it out.
import assert from 'node:assert/strict';

const {chosen, valuesOf} = await import(process.env.PARTS);
const establishments = 100, each = (list) => list.map((v) => v / establishments);
const plans = [
  {name: 'A', held: each([300, 320]), cost: each([400_000, 400_000]), end: [3.1, 3.3]},
  {name: 'B', held: each([310, 360]), cost: each([600_000, 450_000]), end: [3.3, 3.0]},
];
const usual = {outcome: 'benchmark_years', rule: 'net_benefit', years: 2, rate: 0.035, worth: 8000, budget: 0};
const with_ = (change) => valuesOf(plans, {...usual, ...change});
const near = (a, b, digits = 1) => assert.ok(Math.abs(a - b) < 0.5 * 10 ** -digits, `${a} is not ${b}`);
const extra = (values) => (values[1].cost - values[0].cost) * establishments;
const more = (values) => (values[1].outcome - values[0].outcome) * establishments;
const net = (values) => (values[1].score - values[0].score) * establishments;

near(more(with_({})), 48.65);
near(extra(with_({})), 248_309, 0);
near(extra(with_({})) / more(with_({})), 5104, 0);
near(net(with_({})), 140_870, 0);
near(net(with_({worth: 5000})), -5072, 0);
assert.equal(chosen(with_({})), 1);
assert.equal(chosen(with_({worth: 5000})), 0);
near(net(with_({years: 1})), -120_000, 0);
assert.equal(chosen(with_({years: 1})), 0);
// At no worth the cheapest is the best value.
assert.equal(chosen(with_({worth: 0})), 0);
assert.equal(chosen(valuesOf([plans[1], plans[0]], {...usual, worth: 0})), 1);
// A quarter more on all costs: step 7.
near(1.25 * extra(with_({})), 310_386, 0);
near(1.25 * extra(with_({})) / more(with_({})), 6380, 0);
// Without discounting: 50 more for £250,000. The most of the outcome, and what a budget allows; equals go to the first.
near(more(with_({rate: 0})), 50);
near(extra(with_({rate: 0})), 250_000, 0);
assert.equal(chosen(with_({rule: 'most'})), 1);
assert.equal(chosen(with_({rule: 'within_budget', budget: 2483.10})), 1);
assert.equal(chosen(with_({rule: 'within_budget', budget: 2483.08})), 0);
assert.equal(chosen(valuesOf([plans[0], plans[0]], usual)), 0);
// Benchmarks at the end: of the last year counted.
assert.equal(chosen(with_({outcome: 'benchmarks_at_end', rule: 'most', years: 1})), 1);
assert.equal(chosen(with_({outcome: 'benchmarks_at_end', rule: 'most'})), 0);
console.log('value: the worked example, by hand and by the page');
