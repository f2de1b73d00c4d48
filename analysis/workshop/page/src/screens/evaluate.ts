// W4: what an evaluation would say, beside what is true. Only a simulator knows both.
import type {App} from '../app';
import {h, shown, table} from '../dom';
import {draw, estimates, type Estimate} from '../draw/charts';
import type {Evaluations} from '../engine';
import {leverOf} from '../levers';
import {quantile} from '../numbers';
import {Superseded} from '../pool';
import type {SideName} from '../scenario';
import {runs} from '../state';
import {words} from '../words';
import {leverPanel} from './controls';
import {chartWidth} from './happened';

const estimators: [keyof Evaluations, string, string][] = [
  ['level', 'Plain gap', 'Hub schools’ reported benchmarks less those of other schools, a year on.'],
  ['change', 'Gap in change', 'How much more hub schools’ reports rose.'],
  ['matched', 'Matched', 'Each hub school against the most alike schools outside, on what can be seen.'],
  ['regression', 'Regression', 'The gap that is left when what can be seen is held fixed.'],
];
const leversHere = ['launch_hubs.level', 'share_practice.layer_contacts', 'complete_compass.claimed'].map((path) => leverOf.get(path)!);

export function evaluateScreen(app: App, main: HTMLElement): () => void {
  let side: SideName = 'A', ticket = 0;
  const chart = h('div', {class: 'chart'}), said = h('div'), verdict = h('p', {class: 'verdict'}), note = h('p', {role: 'status'});
  const sides = h('select', {id: 'side', onchange: () => { side = sides.value as SideName; void compute(); }}, h('option', {value: 'A'}, 'Plan A'), h('option', {value: 'B'}, 'Plan B'));
  const lottery = h('input', {type: 'checkbox', ...(app.state.lottery ? {checked: true} : {}), onchange: () => app.set({lottery: lottery.checked})});
  const answers = (key: 'hubAnswers' | 'otherAnswers', label: string) => {
    const box = h('input', {type: 'range', min: 0.1, max: 1, step: 0.02, value: app.state[key], 'aria-label': label, oninput: () => { out.textContent = `${Math.round(box.valueAsNumber * 100)} %`; }, onchange: () => app.set({[key]: box.valueAsNumber})}), out = h('output', {}, `${Math.round(app.state[key] * 100)} %`);
    return h('p', {class: 'fields'}, h('span', {}, `${label} `), box, out);
  };
  const nobodyElse = app.state.preset !== 'region' && (app.state.preset !== 'local' || app.preset.schools <= 32);
  main.append(h('h1', {}, 'What would an evaluation say?'),
    h('p', {class: 'lead'}, 'An evaluator sees what schools report, from those that answer, where schools chose to join. This page also knows what is true, and what the same schools would have done without hubs.'));
  if (nobodyElse) {
    main.append(h('p', {}, 'Here every school joins, so there is nobody to compare with.'), h('p', {}, h('button', {type: 'button', class: 'primary', onclick: () => app.begin(5)}, 'Open exercise 5: who gets counted')));
    return () => {};
  }
  main.append(h('div', {class: 'two wide-right'},
    h('div', {}, h('p', {class: 'fields'}, h('label', {for: 'side'}, 'Evaluate '), sides), h('label', {class: 'check'}, lottery, ' Places by lottery'),
      answers('hubAnswers', 'Hub schools that answer'), answers('otherAnswers', 'Other schools that answer'), leverPanel(app, leversHere)),
    h('div', {}, note, verdict, chart, said)));

  async function compute(): Promise<void> {
    if (app.state.exercise !== 0 && !app.ran) { verdict.textContent = 'Run the exercise in the lab first: a prediction comes before the answer.'; return; }
    if (!app.twins) return;
    const mine = ++ticket, wanted = () => mine === ticket && chart.isConnected;
    note.textContent = words.computing;
    try {
      const e = await app.pool.evaluate(side === 'A' ? 0 : 1, runs, {lottery: app.state.lottery, hubAnswers: app.state.hubAnswers, otherAnswers: app.state.otherAnswers}, wanted);
      if (wanted()) show(e);
    } catch (error) {
      if (!(error instanceof Superseded)) note.textContent = (error as Error).message;
    }
  }
  function show(e: Evaluations): void {
    note.textContent = '';
    const rows: Estimate[] = [{name: 'What is true', kind: 'truth', ...spread(e.truth)}, ...estimators.map(([key, name]) => ({name, kind: 'estimate', ...spread(e[key])}))];
    verdict.textContent = verdictOf(quantile(e.level, 0.5), quantile(e.truth, 0.5));
    said.replaceChildren(table(`Benchmarks, over ${runs} runs`, ['', 'Lowest 5 %', 'Middle', 'Highest 5 %', 'Above the truth, of 100'],
      rows.map((r, i) => [r.name, r.low, r.value, r.high, i === 0 ? '–' : Array.from(e[estimators[i - 1][0]]).filter((v, k) => v > e.truth[k]).length])),
    h('p', {class: 'small'}, `About ${Math.round(quantile(e.schools, 0.5))} hub schools and ${Math.round(quantile(e.others, 0.5))} others answered. `, ...estimators.map(([, name, what]) => `${name}: ${what} `)),
    h('p', {class: 'small'}, 'Measured in July, eleven months after the hubs began. Matching and regression both use what schools reported before. Regression corrects for it over its whole range; where keen schools all joined, the nearest school outside is not near.'),
    h('p', {class: 'small'}, 'The estimators are those of the published evaluation, the same code as hubsim evaluate.'));
    void draw(chart, estimates(rows, Math.max(320, chartWidth(chart.parentElement!))), `What four ways of evaluating would find, beside what is true. ${verdict.textContent}`);
  }
  void compute();
  return app.on((news) => (news === 'twins' || news === 'state') && queueMicrotask(() => void compute()));
}

function verdictOf(level: number, truth: number): string {
  if (!Number.isFinite(level) || !Number.isFinite(truth)) return 'Too few schools answered to say anything.';
  const said = `The plain gap is ${shown(level, 1)} benchmarks. The hubs did ${shown(truth, 1)}`, off = level - truth;
  if (Math.abs(off) < 0.1) return `${said}: about right.`;
  if (truth > 0.3 && level > 1.15 * truth) return `${said}: the gap is ${shown(level / truth, 1)} times as large.`;
  return `${said}: the gap is ${shown(Math.abs(off), 1)} too ${off > 0 ? 'large' : 'small'}.`;
}

const spread = (values: Float64Array) => ({low: quantile(values, 0.05), value: quantile(values, 0.5), high: quantile(values, 0.95)});
