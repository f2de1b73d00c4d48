// What happened: the drawn run by term, and 100 runs with the same luck. In words first, then drawn, then as a table.
import type {App} from '../app';
import {h, pounds, put, shown, table} from '../dom';
import {dotPlot, draw, ladder, smallMultiples, type SharePoint} from '../draw/charts';
import {claimsOf} from '../exercises';
import {nameOf} from '../names';
import {comparison, costUntil, count, differences, mean, meanBenchmarks, outcomeOf, outcomes, shareWith} from '../numbers';
import {words} from '../words';

/** Fills `place` with numbers and `below` with what they mean; returns what ends it. */
export function happened(app: App, place: HTMLElement, below: HTMLElement, month: () => number): () => void {
  const one = h('div'), band = h('div', {class: 'band', id: 'band'}), dots = h('div', {class: 'chart', id: 'dots'}), dotTable = h('details', {}, h('summary', {}, 'The dots as a table'));
  const multiples = h('div', {class: 'chart'}), rungs = h('div', {class: 'chart'}), more = h('div', {class: 'more'}), lessons = h('div', {class: 'lessons'});
  const progress = h('progress', {max: 1, value: 0, 'aria-label': words.computing});
  const key = () => app.exercise?.outcome ?? 'gain';
  place.append(h('section', {'aria-labelledby': 'happened-title'}, h('h2', {id: 'happened-title'}, 'What happened'), one,
    h('h3', {}, '100 runs with the same luck'), progress, band, dots, dotTable));
  below.append(lessons, more);

  function renderOne(): void {
    const at = month();
    if (!app.worlds) return;
    const {traces} = app.worlds;
    const means = traces.map((t) => [meanBenchmarks(t, 0), meanBenchmarks(t, at)]);
    one.replaceChildren(at === 0 ? h('p', {}, words.nothingYet) : h('div', {},
      h('p', {}, `${words.term(Math.floor(at / 4))}, the run that is drawn:`),
      table('The run that is drawn', ['', 'Plan A', 'Plan B'], [
        ['Benchmarks a school, start', means[0][0], means[1][0]], ['Benchmarks a school, now', means[0][1], means[1][1]],
        ['Cost so far', pounds(costUntil(traces[0], at)), pounds(costUntil(traces[1], at))],
      ]), money(costUntil(traces[0], at), costUntil(traces[1], at))));
  }

  function renderTwins(): void {
    progress.value = app.done;
    progress.hidden = app.done === 1 || !app.open;
    if (!app.open) {
      band.replaceChildren(h('p', {}, 'Run to the end first.'));
      for (const part of [dots, more, lessons]) part.replaceChildren();
      dotTable.hidden = true;
      return;
    }
    if (!app.twins) {
      band.classList.add('stale');
      return;
    }
    band.classList.remove('stale');
    const [a, b] = app.twins, outcome = outcomeOf(key()), values = differences(a, b, outcome.key), text = comparison(values).text;
    const middle = (twins: typeof a, k: string) => mean(twins.outcomes[k]);
    band.replaceChildren(h('p', {class: 'verdict'}, `${outcome.title}: ${text}`),
      table('Average of 100 runs', ['', 'Plan A', 'Plan B', 'B less A'], outcomes.map((o) => {
        const [va, vb] = [middle(a, o.key), middle(b, o.key)];
        return o.key === 'cost' ? [o.title, pounds(va), pounds(vb), pounds(vb - va)] : [`${o.title}${o.unit.startsWith('%') ? ', %' : ''}`, shown(va, o.digits), shown(vb, o.digits), shown(vb - va, o.digits)];
      })),
      h('p', {class: 'small'}, perExtra(middle(a, 'gain'), middle(b, 'gain'), middle(a, 'cost'), middle(b, 'cost'), app.worlds!.studies[0].schools.length)));
    dotTable.hidden = false;
    dotTable.querySelector('.scroll')?.remove();
    dotTable.append(table(`B less A, ${outcome.unit}`, ['Run', 'Plan A', 'Plan B', 'B less A'], values.map((v, r) => [String(r + 1), a.outcomes[outcome.key][r], b.outcomes[outcome.key][r], v])));
    const drawn = draw(dots, dotPlot(values, outcome.unit, chartWidth(place)), `One dot for each of 100 runs: Plan B less Plan A, ${outcome.title.toLowerCase()}. ${text}`);
    renderLessons();
    void drawn.then(renderMore);  // the band first
  }

  /** Benchmarks and the ladder of the drawn run: drawn once it has ended, behind a fold. */
  function renderMore(): void {
    if (!app.worlds || month() < app.months) return more.replaceChildren();
    const {traces, studies} = app.worlds, points: SharePoint[] = [], width = chartWidth(below);
    const titles = studies[0].benchmarks.map((_, b) => `Benchmark ${b + 1}`);
    traces.forEach((trace, k) => titles.forEach((benchmark, b) => { for (let m = 0; m <= app.months; m += 4) points.push({term: m / 4, share: shareWith(trace, m, b), plan: `Plan ${'AB'[k]}`, benchmark}); }));
    const order = [...studies[0].schools.keys()].sort((i, j) => count(traces[0].achieved[i]) - count(traces[0].achieved[j]) || i - j);
    const end = app.months * traces[0].establishments;
    const steps = traces.flatMap((trace, k) => order.map((i, n) => ({school: nameOf(studies[k].schools[i]), from: count(trace.achieved[i]), to: count(trace.achieved[end + i]), order: n, plan: `Plan ${'AB'[k]}`})));
    const apart = studies[0].benchmarks.map((_, b) => shareWith(traces[1], app.months, b) - shareWith(traces[0], app.months, b));
    const widest = apart.reduce((best, v, b) => (Math.abs(v) > Math.abs(apart[best]) ? b : best), 0), ahead = apart[widest] > 0 ? 'B' : 'A';
    more.replaceChildren(h('h3', {}, Math.abs(apart[widest]) < 0.5 ? 'Both plans end with the same benchmarks' : `Plan ${ahead} is furthest ahead in benchmark ${widest + 1}: ${shown(Math.abs(apart[widest]), 0)} more schools in 100`),
      h('p', {class: 'small'}, 'Schools that achieve each benchmark, %, by term; the run that is drawn.'), multiples,
      h('details', {}, h('summary', {}, 'As a table'), table('Schools with each benchmark at the end, %', ['Benchmark', 'Start', 'Plan A', 'Plan B'], studies[0].benchmarks.map((name, b) => [`${b + 1} ${name}`, shareWith(traces[0], 0, b), shareWith(traces[0], app.months, b), shareWith(traces[1], app.months, b)]))),
      h('h3', {}, moved(steps.filter((s) => s.plan === 'Plan B'))), h('p', {class: 'small'}, 'Each line is a school, from its start to its end; from fewest to most benchmarks at the start.'), rungs,
      h('details', {}, h('summary', {}, 'As a table'), table('Benchmarks of each school', ['School', 'Start', 'Plan A', 'Plan B'], order.map((i) => [nameOf(studies[0].schools[i]), count(traces[0].achieved[i]), count(traces[0].achieved[end + i]), count(traces[1].achieved[end + i])]))));
    void draw(multiples, smallMultiples(points, width), 'Share of schools that achieve each of the eight benchmarks by term, Plan A (line) and Plan B (dashed). The table gives the ends.');
    void draw(rungs, ladder(steps, width), 'Each school from fewest to most benchmarks at the start, with a line to where it ended, Plan A and Plan B.');
  }

  function renderLessons(): void {
    const {exercise} = app;
    if (!exercise || !app.ran) return lessons.replaceChildren();
    const bet = exercise.bet.choices.find((c) => c.value === app.state.bet);
    put(lessons, h('h3', {}, 'What the model says'),
      bet ? h('p', {}, `You predicted: ${bet.label}.`) : null,
      h('ul', {}, ...claimsOf(exercise).map((text) => h('li', {}, text))),
      h('p', {}, h('strong', {}, 'Now try: '), exercise.twist), h('p', {}, h('strong', {}, 'Not shown by this: '), exercise.not),
      h('p', {}, h('strong', {}, 'Talk about: '), exercise.talk.join(' ')),
      exercise.evaluation ? h('p', {}, h('button', {type: 'button', onclick: () => app.go('evaluate')}, 'What would an evaluation say?')) : null,
      h('p', {}, exercise.number < 5 ? h('button', {type: 'button', class: 'primary', onclick: () => app.begin(exercise.number + 1)}, 'Next exercise') : h('button', {type: 'button', class: 'primary', onclick: () => app.go('limits')}, 'What this cannot tell you')));
  }

  renderOne();
  renderTwins();
  let last = month();
  return app.on((news) => {
    if (news === 'worlds' || news === 'progress') renderOne();
    const ended = month() !== last && (month() === app.months || last === app.months);
    last = month();
    if (ended && app.twins && app.open) renderMore();
    if (news === 'twins') renderTwins();
    else if (news === 'progress') {
      progress.value = app.done;
      progress.hidden = app.done === 1 || !app.open;
      band.classList.toggle('stale', app.done < 1 && app.open);
    }
  });
}

export const chartWidth = (place: HTMLElement) => Math.max(240, Math.min(640, place.clientWidth - 30));

/** How far the lowest and the highest half of schools went with Plan B. */
function moved(rungs: {from: number; to: number; order: number}[]): string {
  const half = rungs.length / 2, went = (of: typeof rungs) => mean(of.map((r) => r.to - r.from)), [low, high] = [went(rungs.filter((r) => r.order < half)), went(rungs.filter((r) => r.order >= half))];
  return `With Plan B the lower half of schools gained ${shown(low, 1)} benchmarks, the upper half ${shown(high, 1)}`;
}

function money(a: number, b: number): HTMLElement {
  const most = Math.max(a, b, 1), bar = (side: string, value: number) => h('div', {class: `bar-row ${side}`}, h('span', {class: 'bar-name'}, side.toUpperCase()), h('span', {class: 'bar-fill', style: `width:${((70 * value) / most).toFixed(1)}%`}), h('span', {}, pounds(value)));
  return h('div', {class: 'money', 'aria-hidden': 'true'}, bar('a', a), bar('b', b));
}

function perExtra(gainA: number, gainB: number, costA: number, costB: number, schools: number): string {
  const extra = (gainB - gainA) * schools, cost = costB - costA;
  if (Math.abs(extra) < 0.05) return 'On average the plans differ by less than one benchmark in the whole hub.';
  if (cost * extra <= 0) return `Plan ${extra > 0 ? 'B' : 'A'} has more benchmarks and does not cost more.`;
  return `Plan ${extra > 0 ? 'B' : 'A'} has more benchmarks and costs more: ${pounds(Math.abs(cost / extra))} for each extra benchmark at a school.`;
}
