// W2: the lab. Predict, run, compare: levers on the left, both hubs in the middle, what happened on the right.
import type {App} from '../app';
import {h} from '../dom';
import {networkView, type NetworkView} from '../draw/network';
import {exercises} from '../exercises';
import {announce} from '../notices';
import {setLabKeys, showHelp} from '../keys';
import {leverOf, levers, said} from '../levers';
import {meanBenchmarks} from '../numbers';
import {words} from '../words';
import {leverPanel} from './controls';
import {followPanel, schoolSelect} from './follow';
import {happened} from './happened';
import {indexOf} from './meet';
import {networkTable} from './network_table';
import {prediction} from './predict';

const firstLevers = ['plan.meetings_per_year', 'plan.lead_schools_per_hub', 'plan.lead_release_days', 'turn_over_staff.hours_mean', 'turn_over_staff.leaders_per_year', 'engage_employers.capacity'];
const termMonths = 4, secondsForAll = 8;
const stillWanted = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function labScreen(app: App, main: HTMLElement): () => void {
  const {exercise} = app;
  const shownLevers = (exercise ? exercise.levers : firstLevers).map((path) => leverOf.get(path)!), others = levers.filter((lever) => !shownLevers.includes(lever));
  const runButton = h('button', {type: 'button', class: 'primary', onclick: () => toggle()}, words.run);
  const stepButton = h('button', {type: 'button', onclick: () => step()}, `${words.step} (${words.stepAbout})`);
  const speed = h('input', {type: 'range', min: 0.5, max: 4, step: 0.5, value: 1, 'aria-label': words.speed});
  const time = h('input', {type: 'range', min: 0, max: app.months, step: 1, value: app.month, 'aria-label': 'Month', oninput: () => { const wished = time.valueAsNumber; stop(); if (blocked()) { announce(words.predictFirst); draw(); } else see(wished); }});
  const clock = h('output', {class: 'clock'}), hint = h('p', {class: 'hint'}), luck = h('p', {class: 'small'});
  const hubs = h('div', {class: 'hubs'}), followed = h('div', {class: 'follow'}), read = h('details', {class: 'read'}, h('summary', {}, words.readNetwork));
  const select = h('div'), results = h('div', {class: 'results'}), below = h('div', {class: 'below'});
  const captions = [h('figcaption'), h('figcaption')];
  let views: [NetworkView, NetworkView] | undefined, frame = 0;

  main.append(
    h('div', {class: 'question'},
      h('h1', {}, exercise ? `Exercise ${exercise.number} of ${exercises.length}: ${exercise.title}` : `The lab: ${app.preset.title}`),
      exercise ? h('p', {class: 'lead'}, exercise.question) : h('p', {class: 'lead'}, app.preset.about)),
    exercise ? prediction(app, exercise, () => render()) : h('div'),
    h('div', {class: 'bar', role: 'group', 'aria-label': 'Run'}, runButton, stepButton,
      h('button', {type: 'button', onclick: () => { stop(); app.reset(); see(0); }}, words.reset),
      h('button', {type: 'button', onclick: () => { stop(); see(0); app.set({seed: crypto.getRandomValues(new Uint32Array(1))[0]}); }}, words.newLuck),
      h('label', {class: 'speed'}, `${words.speed} `, speed), h('button', {type: 'button', onclick: showHelp}, words.help)),
    luck, hint,
    h('div', {class: 'lab'},
      h('section', {class: 'levers-side', 'aria-labelledby': 'levers-title'}, h('h2', {id: 'levers-title'}, 'Levers'), exercise ? null : h('p', {class: 'small'}, words.oneLever), leverPanel(app, shownLevers),
        exercise ? null : h('details', {}, h('summary', {}, words.moreLevers), leverPanel(app, others)),
        h('p', {}, h('button', {type: 'button', onclick: () => app.set({b: {...app.state.a}})}, words.copyAtoB))),
      h('section', {class: 'hubs-side', 'aria-labelledby': 'hubs-title'}, h('h2', {id: 'hubs-title'}, 'The two hubs'), hubs, h('div', {class: 'time'}, time, clock), select, followed, below),
      results, read));
  const stopResults = happened(app, results, below, () => app.month);
  read.addEventListener('toggle', () => renderTable());

  function see(month: number): void {
    app.month = Math.max(0, Math.min(app.months, month));
    draw();
    app.tell('progress');
  }
  function draw(): void {
    if (!app.worlds || !views) return;
    const month = Math.min(app.month, app.months);
    views.forEach((view, k) => view.show(app.worlds!.traces[k], month));
    time.value = String(month);
    clock.textContent = words.term(Math.floor(month / termMonths));
    if (month === app.months && !app.ran && !blocked()) {
      app.ran = true;
      app.tell('twins');
    }
    if (!frame) {
      followed.replaceChildren(...followPanel(app, indexOf(app), month));
      renderTable();
    }
  }
  function renderTable(): void {
    if (!read.open || !app.worlds) return;
    read.querySelectorAll('.table').forEach((old) => old.remove());
    read.append(...networkTable(app, app.month));
  }
  const blocked = () => exercise !== undefined && app.state.bet === '';
  function sayTerm(): void {
    if (!app.worlds) return;
    const [a, b] = app.worlds.traces.map((trace) => meanBenchmarks(trace, app.month).toFixed(1));
    announce(`${words.term(Math.floor(app.month / termMonths))}. Average benchmarks: Plan A ${a}, Plan B ${b}.`);
  }
  function step(): void {
    if (blocked()) return announce(words.predictFirst);
    stop();
    see(Math.min(app.months, (Math.floor(app.month / termMonths) + 1) * termMonths));
    sayTerm();
  }
  function stop(): void {
    if (frame) cancelAnimationFrame(frame);
    frame = 0;
    runButton.textContent = words.run;
    draw();
  }
  function toggle(): void {
    if (blocked()) return announce(words.predictFirst);
    if (frame) return stop();
    if (stillWanted()) { see(app.months); return sayTerm(); }
    if (app.month >= app.months) see(0);
    runButton.textContent = words.pause;
    if (matchMedia('(max-width: 56rem)').matches) hubs.scrollIntoView({block: 'start'});
    let last = performance.now(), at = app.month, said = Math.floor(app.month / termMonths);
    const next = (now: number) => {
      at += ((now - last) / 1000) * (app.months / secondsForAll) * speed.valueAsNumber;
      last = now;
      const month = Math.min(app.months, Math.floor(at));
      if (month !== app.month) see(month);
      const term = Math.floor(month / termMonths);
      if (term > said && (term - said >= 3 || month === app.months)) { said = term; sayTerm(); }  // once a year: few enough to hear
      if (month >= app.months) { frame = 0; return stop(); }
      frame = requestAnimationFrame(next);
    };
    frame = requestAnimationFrame(next);
  }

  let drawnFor: unknown;
  function render(): void {
    const wait = blocked();
    for (const button of [runButton, stepButton]) button.setAttribute('aria-disabled', String(wait));
    luck.textContent = words.luckOf(app.state.seed);
    hint.textContent = wait ? words.predictFirst : app.problem;
    if (!app.worlds) return;
    if (drawnFor !== app.worlds.layout) {
      drawnFor = app.worlds.layout;
      const choose = (i: number) => app.set({school: app.worlds!.studies[0].schools[i].address});
      views = app.worlds.studies.map((study, k) => networkView(study, app.worlds!.layout, `Plan ${'AB'[k]}: ${study.schools.length} schools and their benchmarks; the table below says the same`, choose)) as [NetworkView, NetworkView];
      hubs.replaceChildren(...views.map((view, k) => h('figure', {class: `hub ${'ab'[k]}`}, captions[k], view.element)));
      select.replaceChildren(schoolSelect(app));
    }
    views!.forEach((view) => view.follow(indexOf(app)));
    captions.forEach((caption, k) => (caption.textContent = planTitle(app, 'AB'[k] as 'A' | 'B')));
    draw();
  }
  render();
  const off = app.on((news) => (news === 'worlds' || news === 'state' || news === 'problem') && render());
  setLabKeys({run: toggle, step, table: () => { read.open = !read.open; read.querySelector('summary')!.focus(); }, focus: (side) => main.querySelector<HTMLElement>(`.control [id$="-${side}"]`)?.focus()});
  return () => { stop(); off(); stopResults(); setLabKeys(undefined); };
}

export function planTitle(app: App, side: 'A' | 'B'): string {
  const name = app.exercise?.variants[side].name;
  const changed = levers.filter(({path}) => app.value(side, path) !== app.startValue(side, path));
  if (changed.length === 0) return name ? `Plan ${side}: ${name}` : `Plan ${side}`;
  const apart = levers.filter(({path}) => app.value('A', path) !== app.value('B', path) || app.value(side, path) !== app.startValue(side, path));
  return `Plan ${side}, changed: ${apart.slice(0, 3).map((lever) => `${lever.label.toLowerCase()} ${said(lever, app.value(side, lever.path))}`).join('; ')}${apart.length > 3 ? ' …' : ''}`;
}
