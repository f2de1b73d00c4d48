// A hub as a living picture: each school a ring of eight wedges, lines that light up when practice passes.
// SVG while that is quick; a canvas for many schools. The table beside it says the same in words.
import {svg, h} from '../dom';
import type {Study, Trace, TraceEvent} from '../engine';
import type {Layout} from '../layout';
import {nameOf} from '../names';

export interface NetworkView {
  element: Element;
  /** Draws a month of a trace (0 is the start); links of that month light up. */
  show(trace: Trace, month: number): void;
  follow(school: number | null): void;
}

const half = 128;   // of 255
const most = 300;  // schools drawn as SVG, both plans together
/** 2 achieved, 1 at least half met, 0 less. */
export const wedgeClass = (trace: Trace, month: number, school: number, benchmark: number): number => {
  const row = month * trace.establishments + school;
  if ((trace.achieved[row] >> benchmark) & 1) return 2;
  return trace.itemShare[row * 8 + benchmark] >= half ? 1 : 0;
};

/** Hub member, network, Lead School; at the start already as in the first month, when hubs form. */
export const standingOf = (trace: Trace, month: number, school: number) => trace.standing[Math.max(1, month) * trace.establishments + school];

export function eventsByMonth(trace: Trace): TraceEvent[][] {
  const out: TraceEvent[][] = Array.from({length: trace.months + 1}, () => []);
  for (const event of trace.events) out[event[0] + 1].push(event);
  return out;
}
const passed = (event: TraceEvent) => event[1] === 1 && event[4] !== null;

function wedgePath(x: number, y: number, radius: number, benchmark: number): string {
  const from = (benchmark / 8) * 2 * Math.PI - Math.PI / 2, to = ((benchmark + 1) / 8) * 2 * Math.PI - Math.PI / 2, inner = radius * 0.42;
  const at = (angle: number, r: number) => `${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle)).toFixed(1)}`;
  return `M${at(from, inner)}L${at(from, radius)}A${radius} ${radius} 0 0 1 ${at(to, radius)}L${at(to, inner)}A${inner} ${inner} 0 0 0 ${at(from, inner)}Z`;
}
function glyphPath(type: number, x: number, y: number, r: number): string {
  const f = (v: number) => v.toFixed(1);
  if (type === 1) return `M${f(x - r)} ${f(y - r)}h${f(2 * r)}v${f(2 * r)}h${f(-2 * r)}Z`;
  if (type === 2) return `M${f(x)} ${f(y - r * 1.2)}L${f(x + r * 1.15)} ${f(y + r)}H${f(x - r * 1.15)}Z`;
  if (type === 3) return `M${f(x)} ${f(y - r * 1.35)}L${f(x + r * 1.35)} ${f(y)}L${f(x)} ${f(y + r * 1.35)}L${f(x - r * 1.35)} ${f(y)}Z`;
  return `M${f(x - r)} ${f(y)}a${f(r)} ${f(r)} 0 1 0 ${f(2 * r)} 0a${f(r)} ${f(r)} 0 1 0 ${f(-2 * r)} 0Z`;
}

export function networkView(study: Study, layout: Layout, label: string, choose: (school: number) => void): NetworkView {
  return study.schools.length > most / 2 ? canvasView(study, layout, label, choose) : svgView(study, layout, label, choose);
}

/** As a picture in lines, for any number of schools. */
export function svgView(study: Study, layout: Layout, label: string, choose: (school: number) => void): NetworkView {
  const lines = svg('g', {class: 'links'}), ties = svg('g', {class: 'ties'}), schools = svg('g');
  for (const [a, b] of study.ties) ties.append(svg('line', {x1: layout.x[a], y1: layout.y[a], x2: layout.x[b], y2: layout.y[b]}));
  const wedges: SVGPathElement[][] = [], halos: SVGCircleElement[] = [], groups: SVGGElement[] = [];
  study.schools.forEach((school, i) => {
    const halo = svg('circle', {cx: layout.x[i], cy: layout.y[i], r: layout.radius + 4, class: 'halo'});
    const own = Array.from({length: 8}, (_, b) => svg('path', {d: wedgePath(layout.x[i], layout.y[i], layout.radius, b), class: 'wedge w0'}));
    const group = svg('g', {class: 'school', onclick: () => choose(i)}, svg('title', {}, nameOf(school)), halo,
      svg('circle', {cx: layout.x[i], cy: layout.y[i], r: layout.radius, class: 'disc'}), ...own, svg('path', {d: glyphPath(school.type, layout.x[i], layout.y[i], layout.radius * 0.24), class: 'glyph'}));
    wedges.push(own); halos.push(halo); groups.push(group);
    schools.append(group);
  });
  const element = svg('svg', {viewBox: `0 0 ${layout.width} ${layout.height}`, role: 'img', 'aria-label': label, class: 'network'}, ties, lines, schools);
  const drawn = new Uint8Array(study.schools.length * 8), outside: boolean[] = [];
  let followed: number | null = null, byMonth: TraceEvent[][] = [], of: Trace | undefined;
  return {
    element,
    show(trace, month) {
      if (of !== trace) byMonth = eventsByMonth((of = trace));
      for (let i = 0; i < study.schools.length; ++i) {
        for (let b = 0; b < 8; ++b) {
          const now = wedgeClass(trace, month, i, b);
          if (drawn[i * 8 + b] === now) continue;
          drawn[i * 8 + b] = now;
          wedges[i][b].setAttribute('class', `wedge w${now}`);
        }
        const standing = standingOf(trace, month, i), out = (standing & 1) === 0;
        halos[i].classList.toggle('lead', (standing & 4) !== 0);
        if (outside[i] !== out) groups[i].classList.toggle('outside', (outside[i] = out));
      }
      lines.replaceChildren(...byMonth[month].filter(passed).map((e) => {
        const [x1, y1, x2, y2] = [layout.x[e[4]!], layout.y[e[4]!], layout.x[e[3]], layout.y[e[3]]];
        return svg('line', {x1, y1, x2, y2, class: followed === e[3] || followed === e[4] ? 'pass own' : 'pass'});
      }));
    },
    follow(school) {
      followed = school;
      halos.forEach((halo, i) => halo.classList.toggle('followed', i === school));
    },
  };
}

function canvasView(study: Study, layout: Layout, label: string, choose: (school: number) => void): NetworkView {
  const scale = 2, canvas = h('canvas', {width: layout.width * scale, height: layout.height * scale, role: 'img', 'aria-label': label, class: 'network'});
  const paths = study.schools.map((school, i) => ({
    wedges: Array.from({length: 8}, (_, b) => new Path2D(wedgePath(layout.x[i], layout.y[i], layout.radius, b))),
    glyph: new Path2D(glyphPath(school.type, layout.x[i], layout.y[i], layout.radius * 0.24)),
  }));
  let followed: number | null = null, last: [Trace, number] | undefined, byMonth: TraceEvent[][] = [];
  canvas.addEventListener('click', (event) => {
    const box = canvas.getBoundingClientRect(), px = ((event.clientX - box.left) / box.width) * layout.width, py = ((event.clientY - box.top) / box.height) * layout.height;
    const near = layout.x.map((x, i) => (x - px) ** 2 + (layout.y[i] - py) ** 2).reduce((best, d, i, all) => (d < all[best] ? i : best), 0);
    if ((layout.x[near] - px) ** 2 + (layout.y[near] - py) ** 2 < (layout.radius + 6) ** 2) choose(near);
  });
  const view: NetworkView = {
    element: canvas,
    show(trace, month) {
      if (last?.[0] !== trace) byMonth = eventsByMonth(trace);
      last = [trace, month];
      const c = canvas.getContext('2d')!, style = getComputedStyle(canvas), colour = (name: string) => style.getPropertyValue(name).trim();
      const fills = [colour('--wedge-0'), colour('--wedge-1'), colour('--wedge-2')], ink = colour('--ink');
      c.setTransform(scale, 0, 0, scale, 0, 0);
      c.clearRect(0, 0, layout.width, layout.height);
      c.lineWidth = 1.2; c.strokeStyle = colour('--pass');
      c.beginPath();
      for (const e of byMonth[month].filter(passed)) { c.moveTo(layout.x[e[4]!], layout.y[e[4]!]); c.lineTo(layout.x[e[3]], layout.y[e[3]]); }
      c.stroke();
      study.schools.forEach((_, i) => {
        const standing = standingOf(trace, month, i);
        c.globalAlpha = (standing & 1) === 0 ? 0.35 : 1;
        c.lineWidth = 0.7; c.strokeStyle = ink;
        for (let b = 0; b < 8; ++b) { c.fillStyle = fills[wedgeClass(trace, month, i, b)]; c.fill(paths[i].wedges[b]); }
        c.beginPath(); c.arc(layout.x[i], layout.y[i], layout.radius, 0, 2 * Math.PI); c.stroke();
        c.fillStyle = ink; c.fill(paths[i].glyph);
        if ((standing & 4) !== 0 || followed === i) {
          c.globalAlpha = 1; c.lineWidth = followed === i ? 3 : 1.5;
          c.beginPath(); c.arc(layout.x[i], layout.y[i], layout.radius + 2, 0, 2 * Math.PI); c.stroke();
        }
      });
      c.globalAlpha = 1;
    },
    follow(school) {
      followed = school;
      if (last) view.show(...last);
    },
  };
  return view;
}
