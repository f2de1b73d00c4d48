// Keys of the lab. Single keys can be switched off, and never act while a control has them.
import type {App} from './app';
import {byId, h} from './dom';

export interface LabKeys { run(): void; step(): void; table(): void; focus(side: 'A' | 'B'): void }
let lab: LabKeys | undefined;
export const setLabKeys = (keys: LabKeys | undefined) => (lab = keys);
let on = true;

const list: [string, string][] = [['Space', 'run or pause'], ['→', 'one term on'], ['R', 'reset'], ['A, B', 'to the levers of Plan A or B'], ['T', 'the network as a table'], ['1 to 5', 'exercises'], ['?', 'this list'], ['Esc', 'close this list']];

export function listenForKeys(app: App): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return closeHelp();
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.getElementById('help')) return;
    const at = event.target as HTMLElement;
    if (at.closest('input, select, textarea')) return;
    if (event.key === ' ' && at.closest('button, a, summary')) return;
    if (at.closest('.scroll') && (event.key === ' ' || event.key.startsWith('Arrow'))) return;  // they scroll the table
    const key = event.key.toLowerCase();
    if (key === '?') return showHelp();
    if (/^[1-5]$/.test(key)) return app.begin(Number(key));
    if (app.state.screen !== 'lab' || !lab) return;
    const act: Record<string, () => void> = {' ': lab.run, arrowright: lab.step, r: () => app.reset(), t: lab.table, a: () => lab!.focus('A'), b: () => lab!.focus('B')};
    if (!act[key]) return;
    event.preventDefault();
    act[key]();
  });
}

let before: HTMLElement | null = null;
export function showHelp(): void {
  if (document.getElementById('help')) return;
  before = document.activeElement as HTMLElement;
  const close = h('button', {type: 'button', onclick: closeHelp}, 'Close');
  const dialog = h('dialog', {id: 'help', 'aria-labelledby': 'help-title'},
    h('h2', {id: 'help-title'}, 'Help'),
    h('p', {}, 'Predict, then press Run. Change one lever of Plan B at a time, and see what changes. A and B always have the same luck, so a difference comes from the plans.'),
    h('dl', {}, ...list.flatMap(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
    h('label', {class: 'check'}, h('input', {type: 'checkbox', ...(on ? {checked: true} : {}), onchange: (e: Event) => (on = (e.target as HTMLInputElement).checked)}), ' Single keys act'),
    close);
  dialog.addEventListener('close', closeHelp);
  byId('main').before(dialog);
  dialog.showModal();
  close.focus();
}
export function closeHelp(): void {
  const dialog = document.getElementById('help') as HTMLDialogElement | null;
  if (!dialog) return;
  dialog.remove();
  before?.focus();
}
