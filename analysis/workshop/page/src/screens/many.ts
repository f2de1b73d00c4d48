// W3: many runs. Luck apart from what we do not know, apart from how sharing works.
import type {App} from '../app';
import {h, pounds, shown, table} from '../dom';
import type {Twins} from '../engine';
import {dotPlot, draw, fan} from '../draw/charts';
import {Superseded} from '../pool';
import {comparison, differences, mean, outcomeOf, outcomes, quantile} from '../numbers';
import {textOf} from '../scenario';
import {runs} from '../state';
import {words} from '../words';
import {chartWidth} from './happened';
import {planTitle} from './lab';

const rules: [string, string][] = [['simple', 'Each contact may teach'], ['threshold', 'Two sources teach better'], ['capacity', 'Only so much at once']];

export function manyScreen(app: App, main: HTMLElement): () => void {
  let key = app.exercise?.outcome ?? 'gain';
  const dots = h('div', {class: 'chart'}), paths = h('div', {class: 'chart'}), verdict = h('p', {class: 'verdict'}), tables = h('div'), progress = h('progress', {max: 1, value: 0, 'aria-label': words.computing});
  const select = h('select', {id: 'outcome', onchange: () => { key = select.value; render(); }}, ...outcomes.map((o) => h('option', {value: o.key, ...(o.key === key ? {selected: true} : {})}, o.title)));
  const luck = h('input', {type: 'checkbox', ...(app.state.luckOnly ? {checked: true} : {}), onchange: () => app.set({luckOnly: luck.checked})});
  const number = h('input', {type: 'number', id: 'run', min: 1, max: runs, step: 1, value: app.state.run + 1, onchange: () => app.set({run: Math.max(0, Math.min(runs - 1, (number.valueAsNumber || 1) - 1))})});
  const ruleTable = h('div'), ruleButton = h('button', {type: 'button', onclick: () => void compareRules()}, 'Compare three ways in which sharing could work');
  main.append(h('h1', {}, 'Many runs'), h('p', {class: 'lead'}, 'One run is one story. In each of 100 runs A and B share their luck: the same schools, the same people leaving, the same chances. Between runs it differs.'),
    h('p', {}, `${planTitle(app, 'A')}. ${planTitle(app, 'B')}.`),
    h('p', {class: 'fields'}, h('label', {for: 'outcome'}, 'Compare '), select, h('label', {class: 'check'}, luck, ` ${words.luckOnly}`)), h('p', {class: 'small'}, words.luckAbout),
    progress, verdict,
    h('div', {class: 'two'}, h('section', {}, h('h2', {}, 'B less A, one dot a run'), dots), h('section', {}, h('h2', {}, 'Benchmarks over time'), paths)), tables,
    h('h2', {}, 'See one of the runs'), h('p', {class: 'fields'}, h('label', {for: 'run'}, `Run 1 to ${runs} `), number, h('button', {type: 'button', onclick: () => app.go('lab')}, 'Look at it in the lab')),
    h('h2', {}, 'If sharing worked differently'), h('p', {}, 'Nobody knows how practice spreads between Careers Leaders. If the better plan changes with the rule, do not trust it.'), ruleButton, ruleTable);

  function render(): void {
    progress.value = app.done;
    progress.hidden = app.done === 1;
    ruleButton.disabled = !app.open;
    if (!app.open) { verdict.textContent = 'Run the exercise in the lab first: a prediction comes before the answer.'; return; }
    if (!app.twins) return;
    const [a, b] = app.twins, outcome = outcomeOf(key), values = differences(a, b, key), {text} = comparison(values), say = (v: number) => (key === 'cost' ? pounds(v) : shown(v, outcome.digits));
    verdict.textContent = `${outcome.title}: ${text}`;
    const spread = (name: string, list: ArrayLike<number>) => [name, say(quantile(list, 0.05)), say(quantile(list, 0.5)), say(quantile(list, 0.95)), say(mean(list))];
    const rows = [0, 1].flatMap((k) => app.twins![k].paths[0].length ? Array.from(app.twins![k].paths[0], (_, term) => {
      const at = app.twins![k].paths.map((p) => p[term]);
      return {term, low: quantile(at, 0.05), middle: quantile(at, 0.5), high: quantile(at, 0.95), plan: `Plan ${'AB'[k]}`};
    }) : []);
    tables.replaceChildren(table(`${outcome.title}: over ${runs} runs`, ['', 'Lowest 5 % end at', 'Middle', 'Highest 5 % start at', 'Average'], [spread('Plan A', a.outcomes[key]), spread('Plan B', b.outcomes[key]), spread('B less A', values)]),
      h('details', {}, h('summary', {}, 'Benchmarks over time as a table'), table('Benchmarks a school, by term', ['Term', 'Plan A: lowest 5 %', 'middle', 'highest 5 %', 'Plan B: lowest 5 %', 'middle', 'highest 5 %'],
        rows.filter((r) => r.plan === 'Plan A').map((r) => { const o = rows.find((s) => s.plan === 'Plan B' && s.term === r.term)!; return [words.term(r.term), r.low, r.middle, r.high, o.low, o.middle, o.high]; }))));
    const width = chartWidth(dots.parentElement!);
    if (values.every((v) => Math.abs(v) < 1e-9)) dots.replaceChildren();
    else void draw(dots, dotPlot(values, key === 'cost' ? '£' : outcome.unit, width), `One dot for each run: Plan B less Plan A. ${text}`);
    void draw(paths, fan(rows, width), 'Average benchmarks by term: the middle run and nine in ten of the runs, Plan A (line) and Plan B (dashed).');
  }

  async function compareRules(): Promise<void> {
    const wanted = app.borrow(), {preset, pool} = app;
    ruleButton.disabled = true;
    ruleTable.replaceChildren(h('p', {}, words.computing));
    try {
      const found: [string, Twins, Twins][] = [];
      for (const [rule, name] of rules) {
        const pair: Twins[] = [];
        for (const side of ['A', 'B'] as const) {
          if (!wanted()) throw new Superseded();
          await pool.load(side === 'A' ? 0 : 1, textOf({preset, patch: {...app.patch(side), 'share_practice.rule': rule}, seed: app.state.seed, luckOnly: app.state.luckOnly, replicates: runs, name: `Plan ${side}`}), preset.local ?? '');
          pair.push(await pool.twins(side === 'A' ? 0 : 1, runs, wanted));
        }
        found.push([name, pair[0], pair[1]]);
      }
      const outcome = outcomeOf(key), say = (v: number) => (key === 'cost' ? pounds(v) : shown(v, outcome.digits));
      const better = new Set(found.map(([, a, b]) => Math.sign(mean(differences(a, b, key)))));
      ruleTable.replaceChildren(h('p', {class: 'verdict'}, found.every(([, a, b]) => Math.abs(mean(differences(a, b, key))) < 0.005 * Math.max(1, Math.abs(mean(a.outcomes[key])))) ? 'The plans do not differ under any of the rules.' : better.size === 1 ? 'The same plan is ahead on average under all three rules.' : 'Which plan is ahead depends on how sharing works.'),
        table(`${outcome.title}, average of ${runs} runs`, ['How sharing works', 'Plan A', 'Plan B', 'B less A', 'B higher in, of 100 runs'], found.map(([name, a, b]) => [name, say(mean(a.outcomes[key])), say(mean(b.outcomes[key])), say(mean(differences(a, b, key))), comparison(differences(a, b, key)).higher])));
    } catch (error) {
      ruleTable.replaceChildren(h('p', {role: 'alert'}, error instanceof Superseded ? 'Something was changed meanwhile: compare again.' : (error as Error).message));
    }
    ruleButton.disabled = false;
    app.giveBack(wanted);
  }
  render();
  return app.on((news) => (news === 'progress' ? void (progress.value = app.done) : render()));
}
