// W1: the world, explained by building it. What is set here holds for both plans.
import type {App} from '../app';
import {h} from '../dom';
import {legend} from '../draw/legend';
import {networkView, type NetworkView} from '../draw/network';
import {leverOf, said} from '../levers';
import {nameOf} from '../names';
import {presets} from '../presets';
import {leverControl} from './controls';
import {schoolSelect} from './follow';

const parts: [string, string][] = [
  ['plan.schools_per_coordinator', 'Enterprise Coordinators help each school with employers. Published hubs have one for about 15 schools.'],
  ['plan.lead_schools_per_hub', 'A Lead School gives some days a year to help the others.'],
  ['plan.cornerstones_per_hub', 'Cornerstone Employers commit to the whole hub.'],
  ['plan.meetings_per_year', 'At meetings a host shows what it does, and Careers Leaders talk.'],
];

export function meetScreen(app: App, main: HTMLElement): () => void {
  const picture = h('div', {class: 'picture'}), about = h('p', {class: 'small'}), follow = h('div'), count = h('p', {class: 'small'});
  let view: NetworkView | undefined, drawn: unknown;
  const place = h('select', {id: 'preset', onchange: (e: Event) => app.set({preset: (e.target as HTMLSelectElement).value, exercise: 0, run: 0, bet: ''})},
    ...presets.map((p) => h('option', {value: p.key, ...(p.key === app.state.preset ? {selected: true} : {})}, p.title)));
  main.append(
    h('h1', {}, 'Meet your hub'),
    h('p', {class: 'lead'}, 'Each ring is a school or college. Its eight wedges are the eight benchmarks of good careers guidance.'),
    h('div', {class: 'two wide-left'},
      h('div', {}, picture, follow, legend(app.worlds?.studies[0])),
      h('div', {},
        h('p', {}, h('label', {for: 'preset'}, 'Place '), place), about, count,
        h('h2', {}, 'Who makes it a hub'),
        h('p', {}, app.exercise ? 'A Hub Lead brings the schools together. The exercise says who else is there.' : 'A Hub Lead brings the schools together. Change who else is there; it holds for both plans.'),
        h('div', {class: 'levers'}, ...parts.map(([path, why]) => partOf(app, path, why))),
        h('p', {}, h('button', {type: 'button', class: 'primary', onclick: () => app.go('lab')}, app.exercise ? `Go to exercise ${app.exercise.number}: ${app.exercise.title}` : 'Go to the lab')))));
  const render = () => {
    about.textContent = app.preset.about;
    if (!app.worlds) return;
    const {studies, traces, layout} = app.worlds;
    if (drawn !== layout) {
      drawn = layout;
      view = networkView(studies[0], layout, `The ${studies[0].schools.length} schools at the start`, (i) => app.set({school: studies[0].schools[i].address}));
      picture.replaceChildren(view.element);
      main.querySelector('.legend')?.replaceWith(legend(studies[0]));
      follow.replaceChildren(schoolSelect(app, 'Choose your school'));
    }
    view!.follow(indexOf(app));
    view!.show(traces[0], 0);
    const mine = studies[0].schools.find((s) => s.address === app.state.school);
    count.textContent = `${studies[0].schools.length} schools and colleges, ${studies[0].employers.toLocaleString('en-GB')} employers willing to work with schools.${mine ? ` Yours is ${nameOf(mine)}.` : ''}`;
  };
  render();
  return app.on((news) => (news === 'worlds' || news === 'state') && render());
}

function partOf(app: App, path: string, why: string): HTMLElement {
  const lever = leverOf.get(path)!, values = (['A', 'B'] as const).map((side) => said(lever, app.value(side, path)));
  return h('div', {class: 'part'}, h('p', {}, h('strong', {}, lever.label), app.exercise ? `: ${values[0] === values[1] ? values[0] : `${values[0]} in Plan A, ${values[1]} in Plan B`}` : null),
    h('p', {class: 'small'}, why), app.exercise ? null : leverControl(app, lever, 'both'));
}

export function indexOf(app: App): number | null {
  const i = app.worlds?.studies[0].schools.findIndex((s) => s.address === app.state.school) ?? -1;
  return i < 0 ? null : i;
}
