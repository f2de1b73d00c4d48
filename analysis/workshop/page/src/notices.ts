// What the page says besides its screens.
import {byId, h} from './dom';

/** What was ignored of a link or code, in a box that can be closed. */
export function tellNotes(notes: string[], title = 'Some of the link or code was ignored:'): void {
  document.getElementById('notes')?.remove();
  const box = h('div', {id: 'notes', class: 'notes', role: 'alert'},
    h('p', {}, title), h('ul', {}, ...notes.slice(0, 12).map((note) => h('li', {}, note))),
    notes.length > 12 ? h('p', {}, `and ${notes.length - 12} more`) : null,
    h('button', {type: 'button', onclick: () => box.remove()}, 'Close'));
  byId('main').before(box);
}

/** Says something once to those who listen rather than look. */
export function announce(text: string): void {
  byId('status').textContent = text;
}
