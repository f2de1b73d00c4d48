// Start: the engine out of the page itself, the state out of the link, the first screen.
import {inflateSync} from 'fflate';
import {App} from './app';
import {byId} from './dom';
import {listenForKeys} from './keys';
import {Pool} from './pool';
import {addLocal} from './presets';
import {showFrame} from './frame';
import {defaultState, stateFrom} from './state';

async function main(): Promise<void> {
  const packed = Uint8Array.from(atob(byId('wasm').textContent!), (c) => c.charCodeAt(0));
  const pool = await Pool.start(`${byId('glue').textContent}\n${byId('worker').textContent}`, inflateSync(packed));
  const notes: string[] = [];
  const population = byId('population').textContent!;
  if (!population.startsWith('{{')) addLocal(population);
  let state = defaultState();
  if (location.hash.startsWith('#s=')) {
    const read = stateFrom(location.hash);
    state = read.state ?? state;
    notes.push(...read.ignored);
  }
  const app = new App(state, pool);
  (window as unknown as {workshop: App}).workshop = app;  // for the tests
  showFrame(app, notes);
  listenForKeys(app);
  document.querySelector('.skip')!.addEventListener('click', (event) => {
    event.preventDefault();  // the part after # holds the state
    byId('main').focus();
  });
  window.addEventListener('hashchange', () => {
    if (!location.hash.startsWith('#s=')) return;
    const read = stateFrom(location.hash);
    if (read.state) app.set(read.state);
    showFrame(app, read.ignored);
  });
  const again = () => { app.tell('worlds'); if (app.twins) app.tell('twins'); };  // charts and canvases have colours and widths of their own
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  let width = innerWidth, timer = 0;
  window.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => { if (innerWidth !== width) { width = innerWidth; again(); } }, 250);
  });
  await app.compute();
}

main().catch((error: Error) => {
  byId('main').textContent = `The page could not start: ${error.message}. Please open it in a current browser.`;
});
