// Charts by Vega-Lite, without eval and without loading anything. Each is drawn as one picture with a
// description; its table stands beside it.
import * as vega from 'vega';
import {compile, type TopLevelSpec} from 'vega-lite';
import {expressionInterpreter} from 'vega-interpreter';
import {h} from '../dom';
import {saveSvg} from '../files';

const nothing = () => Promise.reject(new Error('this page loads nothing'));
const loader = {load: nothing, sanitize: nothing, http: nothing, file: nothing};

/** Colours by plan, of the Analysis Function's palette; lighter on a dark page. Shapes and dashes say the same. */
export function colours(): {A: string; B: string; soft: string; ink: string; other: string} {
  const style = getComputedStyle(document.documentElement), of = (name: string) => style.getPropertyValue(name).trim();
  return {A: of('--plan-a'), B: of('--plan-b'), soft: of('--line'), ink: of('--ink'), other: of('--other')};
}

export async function draw(holder: HTMLElement, spec: Record<string, unknown>, description: string): Promise<void> {
  const {ink, soft} = colours(), size = document.documentElement.classList.contains('projector') ? 17 : 13;
  const themed = {
    ...spec, description, background: 'transparent',
    config: {
      font: 'Arial, sans-serif',
      axis: {labelColor: ink, titleColor: ink, gridColor: soft, domainColor: ink, tickColor: ink, labelFontSize: size, titleFontSize: size, titleFontWeight: 'normal'},
      legend: {labelColor: ink, titleColor: ink, labelFontSize: size, titleFontSize: size, orient: 'top', direction: 'horizontal', title: null},
      header: {labelColor: ink, titleColor: ink, labelFontSize: size}, text: {color: ink, fontSize: size}, view: {stroke: null},
    },
  } as unknown as TopLevelSpec;
  const view = new vega.View(vega.parse(compile(themed).spec, undefined, {ast: true} as any), {
    renderer: 'svg', expr: expressionInterpreter, loader: loader as any, logLevel: vega.Error,
  } as any);
  holder.innerHTML = await view.toSVG();  // made by Vega from numbers; names in it are escaped by it
  view.finalize();
  const picture = holder.querySelector('svg')!;
  for (const part of picture.querySelectorAll('*')) for (const name of ['role', 'aria-label', 'aria-roledescription', 'aria-hidden']) part.removeAttribute(name);
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', description);
  picture.removeAttribute('aria-roledescription');
  holder.append(h('button', {type: 'button', class: 'keep', onclick: () => saveSvg(picture, 'chart')}, 'Save picture'));
}

const planScale = () => ({domain: ['Plan A', 'Plan B'], range: [colours().A, colours().B]});

/** One dot a run, piled up: B less A. */
export function dotPlot(values: number[], unit: string, width: number): Record<string, unknown> {
  const low = Math.min(0, ...values), high = Math.max(0, ...values), step = niceStep((high - low) / 24);
  const piles = new Map<number, number>();
  const data = [...values].sort((a, b) => a - b).map((v) => {
    const bin = v > 1e-9 ? Math.ceil(v / step - 1e-9) : v < -1e-9 ? Math.floor(v / step + 1e-9) : 0, pile = (piles.get(bin) ?? 0) + 1;
    piles.set(bin, pile);
    return {x: (bin - Math.sign(bin) / 2) * step, pile, side: v > 1e-9 ? 'B higher' : v < -1e-9 ? 'A higher' : 'the same'};
  });
  const tallest = Math.max(6, ...piles.values()), {A, B, other, ink} = colours();
  return {
    width, height: Math.min(210, 14 * tallest + 10), data: {values: data},
    layer: [
      {mark: {type: 'point', filled: true, size: Math.min(90, (190 / tallest) ** 2 * 0.6 + 14), opacity: 1}, encoding: {
        x: {field: 'x', type: 'quantitative', title: `B less A, ${unit}`, scale: {domain: [low - step, high + step], nice: false}}, y: {field: 'pile', type: 'quantitative', axis: null, scale: {domain: [0, tallest + 1]}},
        color: {field: 'side', type: 'nominal', scale: {domain: ['A higher', 'the same', 'B higher'], range: [A, other, B]}},
        shape: {field: 'side', type: 'nominal', scale: {domain: ['A higher', 'the same', 'B higher'], range: ['circle', 'diamond', 'square']}}}},
      {data: {values: [{zero: 0}]}, mark: {type: 'rule', strokeDash: [4, 3], color: ink}, encoding: {x: {field: 'zero', type: 'quantitative'}}},
    ],
  };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough || 0.1)), ratio = rough / power;
  return (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10) * power;
}

export interface SharePoint { term: number; share: number; plan: string; benchmark: string }
/** Eight small charts: the share of schools that achieve each benchmark, by term. */
export function smallMultiples(points: SharePoint[], width: number): Record<string, unknown> {
  const columns = width < 420 ? 2 : 4;
  return {
    data: {values: points}, columns, spacing: {row: 14, column: 16}, config: {},
    facet: {field: 'benchmark', type: 'nominal', title: null, sort: null, header: {labelOrient: 'top', labelPadding: 2}},
    spec: {width: Math.floor((width - 50) / columns) - 18, height: 60, mark: {type: 'line', interpolate: 'step-after', strokeWidth: 2.5}, encoding: {
      x: {field: 'term', type: 'quantitative', title: null, axis: {values: [0, 6, 12], grid: false}}, y: {field: 'share', type: 'quantitative', title: null, scale: {domain: [0, 100]}, axis: {values: [0, 50, 100]}},
      color: {field: 'plan', type: 'nominal', scale: planScale()}, strokeDash: {field: 'plan', type: 'nominal', scale: {domain: ['Plan A', 'Plan B'], range: [[1, 0], [5, 3]]}}}},
  };
}

export interface Rung { school: string; from: number; to: number; order: number; plan: string }
/** Schools from fewest to most benchmarks at the start, each with an arrow to where it ended. */
export function ladder(rungs: Rung[], width: number): Record<string, unknown> {
  return {
    data: {values: rungs}, spacing: 18,
    facet: {column: {field: 'plan', type: 'nominal', title: null}},
    spec: {width: Math.max(110, Math.floor((width - 70) / 2)), height: 190, layer: [
      {mark: {type: 'rule', strokeWidth: 2}, encoding: {x: {field: 'order', type: 'quantitative', axis: null}, y: {field: 'from', type: 'quantitative', title: 'benchmarks', scale: {domain: [0, 8]}}, y2: {field: 'to'}, color: {field: 'plan', type: 'nominal', legend: null, scale: planScale()}}},
      {mark: {type: 'point', filled: true, size: 26, opacity: 1}, encoding: {x: {field: 'order', type: 'quantitative'}, y: {field: 'to', type: 'quantitative'}, color: {field: 'plan', type: 'nominal', legend: null, scale: planScale()}, shape: {field: 'plan', type: 'nominal', legend: null, scale: {domain: ['Plan A', 'Plan B'], range: ['circle', 'square']}}}},
    ]},
  };
}

export interface Estimate { name: string; value: number; low: number; high: number; kind: string }
/** Estimates and their spread over runs, with the truth. */
export function estimates(rows: Estimate[], width: number): Record<string, unknown> {
  const {A, B, ink} = colours(), names = rows.map((r) => r.name);
  return {
    width: width - 180, height: {step: 38}, data: {values: rows},
    layer: [
      {mark: {type: 'rule', strokeWidth: 3}, encoding: {y: {field: 'name', type: 'nominal', sort: names, title: null, axis: {labelLimit: 170}}, x: {field: 'low', type: 'quantitative', title: 'benchmarks, middle of runs and nine in ten of them'}, x2: {field: 'high'}, color: {field: 'kind', type: 'nominal', legend: null, scale: {domain: ['truth', 'estimate'], range: [B, A]}}}},
      {mark: {type: 'point', filled: true, size: 110, opacity: 1}, encoding: {y: {field: 'name', type: 'nominal', sort: names}, x: {field: 'value', type: 'quantitative'}, shape: {field: 'kind', type: 'nominal', legend: null, scale: {domain: ['truth', 'estimate'], range: ['square', 'circle']}}, color: {field: 'kind', type: 'nominal', legend: null, scale: {domain: ['truth', 'estimate'], range: [B, A]}}}},
      {transform: [{filter: "datum.kind === 'truth'"}], mark: {type: 'rule', strokeDash: [4, 3], color: ink}, encoding: {x: {field: 'value', type: 'quantitative'}}},
    ],
  };
}

/** Paths of means of all runs: the middle and nine in ten of them. */
export function fan(rows: {term: number; low: number; middle: number; high: number; plan: string}[], width: number): Record<string, unknown> {
  return {
    width: width - 60, height: 190, data: {values: rows},
    layer: [
      {mark: {type: 'area', opacity: 0.25}, encoding: {x: {field: 'term', type: 'quantitative', title: 'term', axis: {grid: false, tickMinStep: 1}}, y: {field: 'low', type: 'quantitative', title: 'benchmarks a school', scale: {domain: [0, 8]}}, y2: {field: 'high'}, color: {field: 'plan', type: 'nominal', scale: planScale()}}},
      {mark: {type: 'line', strokeWidth: 2.5}, encoding: {x: {field: 'term', type: 'quantitative'}, y: {field: 'middle', type: 'quantitative'}, color: {field: 'plan', type: 'nominal', scale: planScale()}, strokeDash: {field: 'plan', type: 'nominal', scale: {domain: ['Plan A', 'Plan B'], range: [[1, 0], [6, 3]]}}}},
    ],
  };
}
