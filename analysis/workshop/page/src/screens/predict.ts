// A bet before the first run of an exercise: a wrong one teaches more than none.
import type {App} from '../app';
import {h} from '../dom';
import type {Exercise} from '../exercises';

export function prediction(app: App, exercise: Exercise, changed: () => void): HTMLElement {
  const box = h('fieldset', {class: 'bet'}, h('legend', {}, `Your prediction: ${exercise.bet.question}`),
    ...exercise.bet.choices.map((choice) => h('label', {class: 'check'},
      h('input', {type: 'radio', name: 'bet', value: choice.value, ...(app.state.bet === choice.value ? {checked: true} : {}), onchange: () => { app.set({bet: choice.value}); changed(); }}), ` ${choice.label}`)));
  const stop = app.on((news) => {
    if (news !== 'state') return;
    if (!box.isConnected) return stop();
    for (const radio of box.querySelectorAll('input')) radio.checked = radio.value === app.state.bet;
  });
  return box;
}
