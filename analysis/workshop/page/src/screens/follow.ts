// Follow one school: what changed there, and why.
import type {App} from '../app';
import {h} from '../dom';
import type {Study, Trace, TraceEvent} from '../engine';
import {nameOf} from '../names';
import {causes, changes, words} from '../words';
import {count} from '../numbers';

export function schoolSelect(app: App, label = words.follow): HTMLElement {
  const schools = app.worlds?.studies[0].schools ?? [];
  const sorted = [...schools].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const select = h('select', {onchange: (e: Event) => app.set({school: Number((e.target as HTMLSelectElement).value)})},
    h('option', {value: 0}, words.nobody), ...sorted.map((s) => h('option', {value: s.address, ...(s.address === app.state.school ? {selected: true} : {})}, nameOf(s))));
  const stop = app.on((news) => {
    if (news !== 'state') return;
    if (select.isConnected) select.value = String(app.state.school);
    else stop();
  });
  return h('p', {}, h('label', {}, `${label} `, select));
}

export const monthWords = (study: Study, month: number) => {
  const index = study.month - 1 + month;
  return `${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][index % 12]} ${study.year + Math.floor(index / 12)}`;
};

export function eventWords(study: Study, event: TraceEvent): string {
  const [month, change, cause, , source, item] = event;
  const what = item === null ? '' : ` “${study.items[item].name}” (benchmark ${study.items[item].benchmark})`;
  const from = source === null ? '' : `: ${nameOf(study.schools[source])}`;
  const how = causes[cause] ? ` ${causes[cause]}${from}` : '';
  return `${monthWords(study, month)}: ${changes[change]}${what}${how}.`;
}

/** The last changes at a school up to a month. Scoring itself is left out. */
export function lastChanges(trace: Trace, school: number, month: number, most: number): TraceEvent[] {
  return trace.events.filter((e) => e[3] === school && e[0] < month && e[1] !== 7).slice(-most);
}

export function followPanel(app: App, school: number | null, month: number): HTMLElement[] {
  if (!app.worlds || school === null) return [];
  const {studies, traces} = app.worlds;
  return (['A', 'B'] as const).map((side, k) => {
    const last = lastChanges(traces[k], school, month, 8), met = count(traces[k].achieved[month * traces[k].establishments + school]);
    return h('div', {class: `followed ${side.toLowerCase()}`}, h('h4', {}, `Plan ${side}: ${nameOf(studies[k].schools[school])}, ${met} of 8 benchmarks`),
      last.length === 0 ? h('p', {}, 'Nothing has changed yet.') : h('ul', {}, ...last.reverse().map((e) => h('li', {}, eventWords(studies[k], e)))));
  });
}
