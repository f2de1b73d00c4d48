// One lever: a slider with a number box and two buttons, its unit, its evidence, and whether it was changed.
import type {App} from '../app';
import {h} from '../dom';
import {clamped, said, type Lever, type Value} from '../levers';
import type {SideName} from '../scenario';
import {words} from '../words';

type Sides = SideName | 'both';

export function leverControl(app: App, lever: Lever, sides: Sides): HTMLElement {
  const side: SideName = sides === 'both' ? 'B' : sides, id = `${lever.path}-${sides}`.replace(/\W/g, '-');
  const put = (value: Value) => {
    if (sides === 'both') app.setLever('A', lever.path, value);
    app.setLever(side, lever.path, value);
  };
  const value = () => app.value(side, lever.path);
  const name = sides === 'both' ? lever.label : `${lever.label}, Plan ${side}`;
  if (lever.switch) {
    const box = h('input', {type: 'checkbox', id, 'aria-label': name, onchange: () => put(box.checked)});
    return kept(h('div', {class: 'control'}, box, h('span', {class: 'value'})), () => (box.checked = Boolean(value())), app, lever, side);
  }
  if (lever.words) {
    const select = h('select', {id, 'aria-label': name, onchange: () => put(select.value)}, ...Object.entries(lever.words).map(([key, text]) => h('option', {value: key}, text)));
    return kept(h('div', {class: 'control'}, select), () => (select.value = String(value())), app, lever, side);
  }
  const times = lever.times ?? 1, number = (v: Value) => Number(((v as number) * times).toFixed(4));
  const attributes = {min: number(lever.minimum!), max: number(lever.maximum!), step: number(lever.step!)};
  const change = (v: number) => {
    const good = clamped(lever, v / times);
    if (good !== undefined) put(good);
    show();
  };
  const slider = h('input', {type: 'range', ...attributes, 'aria-label': name, oninput: () => change(slider.valueAsNumber)});
  const box = h('input', {type: 'number', id, ...attributes, 'aria-label': `${name}${lever.unit ? `, ${lever.unit}` : ''}`, onchange: () => change(box.valueAsNumber)});
  const nudge = (by: number, sign: string) => h('button', {type: 'button', class: 'nudge', 'aria-label': `${sign === '+' ? 'More' : 'Less'}: ${name}`, onclick: () => change(number(value()) + by * attributes.step)}, sign);
  const show = () => {
    slider.value = box.value = String(number(value()));
    slider.setAttribute('aria-valuetext', said(lever, value()));
  };
  return kept(h('div', {class: 'control'}, nudge(-1, '−'), slider, nudge(1, '+'), box, h('span', {class: 'unit'}, lever.unit ?? '')), show, app, lever, side);
}

/** A control that follows the state as long as it is on the page. */
function kept(control: HTMLElement, show: () => void, app: App, lever: Lever, side: SideName): HTMLElement {
  const render = () => {
    show();
    control.classList.toggle('changed', app.value(side, lever.path) !== app.startValue(side, lever.path));
  };
  render();
  const stop = app.on((news) => {
    if (news !== 'state') return;
    if (control.isConnected) render();
    else stop();
  });
  return control;
}

/** Source and strength of a lever's evidence: five boxes, and in words on demand. */
export function evidence(app: App, lever: Lever): HTMLElement {
  const setting = app.pool.settings.settings.find((s) => s.path === lever.path)!, strength = setting.padlocks ?? 0;
  const own = setting.padlocks === undefined ? 'A choice.' : `${words.evidence(strength)}.`;
  return h('details', {class: 'evidence'},
    h('summary', {'aria-label': setting.padlocks === undefined ? `What it is: ${lever.label}` : `Evidence for ${lever.label}: ${own}`}, h('span', {'aria-hidden': 'true'}, setting.padlocks === undefined ? 'What it is' : `Evidence ${'▮'.repeat(strength)}${'▯'.repeat(5 - strength)}`)),
    h('p', {class: 'small'}, `${own} ${setting.meaning}. Source, by the numbers of the project’s list of evidence: ${setting.source}.${setting.unit ? ` Unit: ${setting.unit}.` : ''}${setting.plausible ? ` Plausible on average over England: ${setting.plausible[0]} to ${setting.plausible[1]}; one hub can lie outside.` : ''}`));
}

/** The levers of both plans, side by side. */
export function leverPanel(app: App, chosen: Lever[]): HTMLElement {
  return h('div', {class: 'lever-panel'}, ...chosen.map((lever) => {
    const tag = h('span', {class: 'tag'}, '');
    const row = h('fieldset', {class: 'lever'}, h('legend', {}, lever.label, ' ', tag),
      h('div', {class: 'sides'}, h('span', {class: 'side-name a'}, 'A'), leverControl(app, lever, 'A'), h('span', {class: 'side-name b'}, 'B'), leverControl(app, lever, 'B')), evidence(app, lever));
    const render = () => (tag.textContent = app.value('A', lever.path) === app.value('B', lever.path) ? '' : `◄ A and B differ`);
    render();
    const stop = app.on((news) => news === 'state' && (row.isConnected ? render() : stop()));
    return row;
  }));
}
