// What stands around every screen: the menu, the notes, the place for the screen.
import type {App} from './app';
import {byId, h} from './dom';
import {tellNotes} from './notices';
import {screens, type Screen} from './state';
import {words} from './words';
import {evaluateScreen} from './screens/evaluate';
import {facilitatorScreen} from './screens/facilitator';
import {labScreen} from './screens/lab';
import {limitsScreen} from './screens/limits';
import {manyScreen} from './screens/many';
import {meetScreen} from './screens/meet';
import {shareScreen} from './screens/share';
import {startScreen} from './screens/start';

/** A screen fills the page and returns what to do when it is left. */
export type Show = (app: App, main: HTMLElement) => () => void;
const show: Record<Screen, Show> = {
  start: startScreen, meet: meetScreen, lab: labScreen, many: manyScreen, evaluate: evaluateScreen, share: shareScreen, facilitator: facilitatorScreen, limits: limitsScreen,
};

let current: {screen: string; leave: () => void} | undefined;
let started = false;

export function showFrame(app: App, notes: string[]): void {
  byId('version').textContent = `hubsim ${app.pool.settings.version}.`;
  const render = () => {
    const {screen, exercise, preset} = app.state, key = screen === 'meet' ? `meet/${exercise > 0}` : `${screen}/${exercise}/${preset}`;
    if (current?.screen === key) return;
    current?.leave();
    const main = byId('main'), moved = current !== undefined, kept = document.activeElement?.id;
    main.replaceChildren();
    drawMenu(app);
    current = {screen: key, leave: show[app.state.screen](app, main)};
    document.title = `${words.menu[app.state.screen]} – ${words.title}`;
    const same = kept ? document.getElementById(kept) : null;
    if (same) same.focus();
    else if (moved) {
      main.focus({preventScroll: true});
      window.scrollTo(0, 0);
    }
  };
  if (!started) app.on((news) => (news === 'state' ? render() : news === 'problem' && current?.screen.startsWith('lab') === false && tellNotes([app.problem], 'Something went wrong:')));
  started = true;
  render();
  if (notes.length > 0) tellNotes(notes);
}

function drawMenu(app: App): void {
  byId('menu').replaceChildren(h('ul', {}, ...screens.map((screen) => h('li', {},
    h('button', {type: 'button', class: 'link', 'aria-current': app.state.screen === screen ? 'page' : null, onclick: () => app.go(screen)}, words.menu[screen])))));
}
