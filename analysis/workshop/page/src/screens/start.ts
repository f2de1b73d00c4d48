// W0: what this is, one practice spreading, three doors.
import type {App} from '../app';
import {h, svg} from '../dom';
import {exercises} from '../exercises';
import {words} from '../words';

export function startScreen(app: App, main: HTMLElement): () => void {
  const door = (title: string, about: string, open: () => void) => h('li', {}, h('button', {type: 'button', class: 'door', onclick: open}, h('strong', {}, title), h('span', {}, about)));
  const picture = spreading(), still = h('button', {type: 'button', class: 'still', onclick: () => { still.textContent = picture.classList.toggle('paused') ? words.goOn : words.pause; }}, words.pause);
  main.append(
    h('h1', {}, words.title), h('p', {class: 'lead'}, words.subtitle),
    h('div', {class: 'two'},
      h('ul', {class: 'doors'},
        door(words.doors.part, words.doors.partAbout, () => app.begin(1, 'meet')),
        door(words.doors.explore, words.doors.exploreAbout, () => app.begin(0, 'meet')),
        door(words.doors.lead, words.doors.leadAbout, () => app.go('facilitator'))),
      h('figure', {class: 'spread'}, picture, h('figcaption', {}, words.spread), still)),
    h('h2', {}, 'Five exercises'),
    h('ol', {class: 'exercises'}, ...exercises.map((e) => h('li', {}, h('button', {type: 'button', class: 'link', onclick: () => app.begin(e.number)}, e.title), ` – ${e.question}`))));
  return () => {};
}

/** Eleven schools; one practice goes from the first to the others, over and over. Still where motion is not wanted. */
function spreading(): SVGElement {
  const places = [[60, 110], [130, 55], [150, 130], [110, 190], [215, 85], [225, 165], [185, 215], [290, 50], [300, 125], [290, 200], [360, 150]];
  const from = [-1, 0, 0, 0, 1, 2, 3, 4, 4, 5, 8];
  const picture = svg('svg', {viewBox: '0 0 420 250', role: 'img', 'aria-label': 'A practice passes from one school to the next along lines, until eleven schools have it.', class: 'spread-picture'});
  from.forEach((source, i) => {
    if (source >= 0) picture.append(svg('line', {x1: places[source][0], y1: places[source][1], x2: places[i][0], y2: places[i][1], class: 'spread-line', style: `animation-delay:${i * 0.7 - 4}s`}));
  });
  places.forEach(([cx, cy], i) => picture.append(svg('circle', {cx, cy, r: 15, class: 'spread-school'}), svg('circle', {cx, cy, r: 11, class: i === 0 ? 'spread-first' : 'spread-practice', style: `animation-delay:${i * 0.7 - 3.6}s`})));
  return picture;
}
