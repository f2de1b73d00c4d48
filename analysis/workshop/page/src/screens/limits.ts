// W7: what this cannot tell, who says so, how to check. Fixed.
import type {App} from '../app';
import {h} from '../dom';
import {words} from '../words';

export function limitsScreen(app: App, main: HTMLElement): () => void {
  main.append(h('h1', {}, 'What this cannot tell you'), h('dl', {class: 'limits'}, ...words.limits.flatMap(([title, text]) => [h('dt', {}, title), h('dd', {}, text)])),
    h('h2', {}, 'Who made it, and how to check'),
    h('p', {}, `This page is part of hubsim ${app.pool.settings.version}, an open simulator of Careers Hubs. It runs the same code as the program that policy teams use. It is not made by, or for, The Careers & Enterprise Company or the Department for Education.`),
    h('p', {}, words.howToCheck));
  return () => {};
}
