// How to read a school: drawn, and in words.
import {h, svg} from '../dom';
import type {Study} from '../engine';
import {words} from '../words';

export function legend(study?: Study): HTMLElement {
  const swatch = (kind: string, text: string) => h('li', {}, svg('svg', {viewBox: '0 0 20 20', class: 'swatch', 'aria-hidden': 'true'}, svg('path', {d: 'M1 8A16 16 0 0 1 19 8L13 17A6 6 0 0 0 7 17Z', class: `wedge w${kind}`})), text);
  return h('details', {class: 'legend', open: true},
    h('summary', {}, words.legend),
    h('div', {class: 'legend-parts'},
      h('ul', {}, swatch('2', words.wedgeFull), swatch('1', words.wedgePart), swatch('0', words.wedgeEmpty), h('li', {}, 'a black circle around a school: a Lead School'), h('li', {}, 'a pale line: two schools that could come to know each other'), h('li', {}, 'a dark line: practice passes now')),
      h('ul', {}, ...words.types.map((type, i) => h('li', {}, `${words.glyphs[i]} ${type}`))),
      study ? h('ol', {class: 'benchmarks'}, ...study.benchmarks.map((b) => h('li', {}, b))) : null),
    h('p', {class: 'small'}, 'The eight wedges are the eight Gatsby Benchmarks, clockwise from the top. Pale schools are not in the hub.'));
}
