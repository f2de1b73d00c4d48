// Class results: pasted codes become one plot. No network; a wrong digit is refused and named.
import {h, put, shown, table} from '../dom';
import {readResult, type Result} from '../codes';
import {dotPlot, draw} from '../draw/charts';
import {exercises} from '../exercises';
import {comparison, mean, outcomeOf} from '../numbers';
import {chartWidth} from './happened';

export interface Pooled { results: Result[]; refused: string[]; twice: number }

/** Codes out of free text: one a line, or with spaces between. */
export function pool(text: string): Pooled {
  const out: Pooled = {results: [], refused: [], twice: 0}, seen = new Set<string>();
  text.slice(0, 50_000).split(/[\n\r,;\t]+/).map((l) => l.trim()).filter(Boolean).slice(0, 500).forEach((line, i) => {
    const read = readResult(line), key = JSON.stringify(read);
    if (typeof read === 'string') out.refused.push(`Line ${i + 1}: ${read} (${line.slice(0, 30)})`);
    else if (seen.has(key)) ++out.twice;
    else { seen.add(key); out.results.push(read); }
  });
  return out;
}

export function poolingPanel(): HTMLElement {
  const box = h('textarea', {id: 'codes', rows: 6, spellcheck: 'false', 'aria-describedby': 'codes-about'}), answer = h('div', {id: 'pooled'});
  const run = () => {
    const {results, refused, twice} = pool(box.value);
    put(answer,
      h('p', {role: 'status'}, `${results.length} results pooled.${twice ? ` ${twice} given twice and counted once.` : ''}${refused.length ? ` ${refused.length} refused.` : ''}`),
      refused.length ? h('ul', {class: 'refused'}, ...refused.slice(0, 40).map((r) => h('li', {}, r))) : null);
    for (const exercise of exercises) {
      const own = results.filter((r) => r.exercise === exercise.number);
      if (own.length === 0) continue;
      const outcome = outcomeOf(exercise.outcome), values = own.map((r) => r.b - r.a), chart = h('div', {class: 'chart'}), said = comparison(values);
      const bets = exercise.bet.choices.map((choice, i) => [choice.label, own.filter((r) => r.bet === i).length] as [string, number]);
      answer.append(h('section', {class: 'class-result'}, h('h3', {}, `Exercise ${exercise.number}: ${exercise.title}`),
        h('p', {class: 'verdict'}, `${outcome.title}, ${own.length} results, ${new Set(own.map((r) => r.seed)).size} different lucks: B is higher for ${said.higher}, A for ${said.lower}. On average B less A is ${shown(mean(values))}.`), chart,
        table('Predictions', ['Prediction', 'People'], bets),
        h('details', {}, h('summary', {}, 'Every result'), table('Results', ['Luck', 'Plan A', 'Plan B', 'B higher in, of 100 runs'], own.map((r) => [String(r.seed), r.a, r.b, r.higher])))));
      void draw(chart, dotPlot(values, outcome.unit, chartWidth(answer)), `One dot for each of ${own.length} results: Plan B less Plan A.`);
    }
  };
  return h('div', {}, h('label', {for: 'codes'}, 'Paste result codes, one a line'), box, h('p', {id: 'codes-about', class: 'small'}, 'Each person finds theirs under Share, after a run. Nothing leaves this computer.'),
    h('p', {}, h('button', {type: 'button', class: 'primary', onclick: run}, 'Pool the results')), answer);
}
