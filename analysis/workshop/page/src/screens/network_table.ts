// The network in words: what the picture shows, for those who read rather than look.
import type {App} from '../app';
import {table} from '../dom';
import {nameOf} from '../names';
import {count} from '../numbers';
import {words} from '../words';
import {eventWords, lastChanges} from './follow';

export function networkTable(app: App, month: number): HTMLElement[] {
  const {studies, traces} = app.worlds!;
  const ties = studies[0].schools.map(() => 0);
  for (const [a, b] of studies[0].ties) { ++ties[a]; ++ties[b]; }
  return (['A', 'B'] as const).map((side, k) => table(`Plan ${side}: schools in ${words.term(Math.floor(month / 4)).toLowerCase()}`,
    ['School', 'Type', 'Neighbours', 'Employers', 'Benchmarks', 'Last change, and why'],
    studies[k].schools.map((school, i) => {
      const row = month * traces[k].establishments + i, last = lastChanges(traces[k], i, month, 1)[0];
      return [nameOf(school), words.types[school.type], ties[i], traces[k].employers[row], count(traces[k].achieved[row]), last ? eventWords(studies[k], last) : 'none yet'];
    })));
}
