// What happened: the drawn run by term, and 100 runs with the same luck. In words first, then drawn, then as a table.
import type {App} from '../app';
import {h, pounds, put, shown, table} from '../dom';
import {dotPlot, draw, ladder, smallMultiples, type SharePoint} from '../draw/charts';
import {claimsOf} from '../exercises';
import {nameOf} from '../names';
import {comparison, costUntil, count, differences, mean, meanBenchmarks, outcomeOf, outcomes, quantile, shareWith} from '../numbers';
import {runs} from '../state';
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
      h('p', {class: 'small'}, perExtra(differences(a, b, 'gain'), middle(b, 'cost') - middle(a, 'cost'), app.worlds!.studies[0].schools.length), hoursApart(app)));
    dotTable.hidden = false;
    dotTable.querySelector('.table')?.remove();
    dotTable.append(table(`B less A, ${outcome.unit}`, ['Run', 'Plan A', 'Plan B', 'B less A'], values.map((v, r) => [String(r + 1), a.outcomes[outcome.key][r], b.outcomes[outcome.key][r], v])));
    const drawn = values.every((v) => Math.abs(v) < 1e-9) ? Promise.resolve(dots.replaceChildren()) : draw(dots, dotPlot(values, outcome.unit, chartWidth(place)), `One dot for each of 100 runs: Plan B less Plan A, ${outcome.title.toLowerCase()}. ${text}`);
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
    const widest = apart.reduce((best, v, b) => (Math.abs(v) > Math.abs(apart[best]) ? b : best), 0), ahead = apart[widest] > 0 ? 'B' : 'A', schoolsApart = Math.round((Math.abs(apart[widest]) * studies[0].schools.length) / 100);
    more.replaceChildren(h('h3', {}, schoolsApart < 2 ? 'Both plans end almost alike in every benchmark' : `Plan ${ahead} is furthest ahead in benchmark ${widest + 1}: ${schoolsApart} more of ${studies[0].schools.length} schools`),
      h('p', {class: 'small'}, 'Schools that achieve each benchmark, %, by term; the run that is drawn.'), multiples,
      h('details', {}, h('summary', {}, 'As a table'), table('Schools with each benchmark at the end, %', ['Benchmark', 'Start', 'Plan A', 'Plan B'], studies[0].benchmarks.map((name, b) => [`${b + 1} ${name}`, ...[shareWith(traces[0], 0, b), shareWith(traces[0], app.months, b), shareWith(traces[1], app.months, b)].map(Math.round)]))),
      h('h3', {}, moved(steps.filter((s) => s.plan === 'Plan B'))), h('p', {class: 'small'}, 'Each line is a school, from its start to its end; from fewest to most benchmarks at the start.'), rungs,
      h('details', {}, h('summary', {}, 'As a table'), table('Benchmarks of each school', ['School', 'Start', 'Plan A', 'Plan B'], order.map((i) => [nameOf(studies[0].schools[i]), count(traces[0].achieved[i]), count(traces[0].achieved[end + i]), count(traces[1].achieved[end + i])]))));
    void draw(multiples, smallMultiples(points, width), 'Share of schools that achieve each of the eight benchmarks by term, Plan A (line) and Plan B (dashed). The table gives the ends.');
    void draw(rungs, ladder(steps, width), 'Each school from fewest to most benchmarks at the start, with a line to where it ended, Plan A and Plan B.');
  }

  function renderLessons(): void {
    const {exercise} = app;
    if (!exercise || !app.ran) return lessons.replaceChildren();
    const bet = exercise.bet.choices.find((c) => c.value === app.state.bet);
    const answer = h('p', {class: 'verdict'}, exercise.answer && app.twins ? exercise.answer(...app.twins) : '');
    if (exercise.evaluation) void hubDid(app, answer);
    put(lessons, h('h3', {}, 'What the model says'),
      bet ? h('p', {}, `You predicted: ${bet.label}.`) : null,
      answer, h('ul', {}, ...claimsOf(exercise).map((text) => h('li', {}, text))),
      h('p', {}, h('strong', {}, 'Now try: '), exercise.twist), h('p', {class: 'buttons'}, ...Object.entries(exercise.variants).filter(([key, v]) => key > 'B' && !v.lottery).map(([, v]) => h('button', {type: 'button', onclick: () => app.set({b: {...v.patch}})}, `Plan B: ${v.name}`))), h('p', {}, h('strong', {}, 'Not shown by this: '), exercise.not),
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

function perExtra(gains: number[], cost: number, schools: number): string {
  const {higher, lower} = comparison(gains), extra = mean(gains) * schools, ahead = extra > 0 ? 'B' : 'A';
  if (Math.max(higher, lower) < 0.6 * gains.length) return 'No clear difference: neither plan is ahead in 60 of 100 runs. ';
  if (cost * extra <= 0) return `Plan ${ahead} has more benchmarks and does not cost more. `;
  return `Plan ${ahead} has more benchmarks and costs more: ${pounds(Math.abs(cost / extra))} for each extra benchmark at a school. `;
}

/** Weekly hours are not priced: a plan that needs more of them is not cheap. */
function hoursApart(app: App): string {
  const path = 'turn_over_staff.hours_mean', apart = ((app.value('B', path) as number) - (app.value('A', path) as number)) * app.worlds!.studies[0].schools.length;
  return apart === 0 ? '' : `Careers Leaders’ weekly hours are not in the cost: Plan ${apart > 0 ? 'B' : 'A'} uses about ${shown(Math.abs(apart), 0)} hours a week more.`;
}

/** Exercise 5: what was reported beside what the hubs did, in Plan A. */
async function hubDid(app: App, answer: HTMLElement): Promise<void> {
  try {
    const e = await app.pool.evaluate(0, runs, {lottery: false, hubAnswers: 0.82, otherAnswers: 0.38}, () => answer.isConnected);
    answer.textContent = `In Plan A hub schools report ${shown(quantile(e.level, 0.5), 1)} benchmarks more than the others; the hubs did ${shown(quantile(e.truth, 0.5), 1)} of it (middle of 100 runs).`;
  } catch { /* another question came first */ }
}
