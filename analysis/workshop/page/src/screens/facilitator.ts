// W6: for the person in front: timings, talking points, class results, handouts, projector.
import type {App} from '../app';
import {h, table} from '../dom';
import {qr} from '../draw/qr';
import {claimsOf, exercises, type Exercise} from '../exercises';
import {outcomeOf} from '../numbers';
import {codeOf, firstSeed, runs, startOf} from '../state';
import {layoutOf} from '../layout';
import {networkView} from '../draw/network';
import {presetOf} from '../presets';
import {textOf} from '../scenario';
import {poolingPanel} from './pooling';

const plans: [string, [string, string][]][] = [
  ['45 minutes', [['5', 'Meet your hub: read a school, choose one to follow'], ['12', 'Exercise 1: termly or monthly?'], ['12', 'Exercise 4: losing hours, or losing people'], ['10', 'Class results; what was luck?'], ['6', 'Limits: what this cannot tell']]],
  ['60 minutes', [['5', 'Meet your hub'], ['12', 'Exercise 1'], ['12', 'Exercise 2: one Lead School, or four?'], ['12', 'Exercise 4'], ['12', 'Class results, then many runs: luck and what we do not know'], ['7', 'Limits']]],
  ['90 minutes', [['5', 'Meet your hub'], ['12', 'Exercise 1'], ['12', 'Exercise 2'], ['12', 'Exercise 3: more schools, the same employers'], ['5', 'Break'], ['12', 'Exercise 4'], ['15', 'Exercise 5: who gets counted, with the lottery'], ['10', 'Class results'], ['7', 'Limits']]],
];

export function facilitatorScreen(app: App, main: HTMLElement): () => void {
  const projector = h('input', {type: 'checkbox', ...(document.documentElement.classList.contains('projector') ? {checked: true} : {}), onchange: () => document.documentElement.classList.toggle('projector', projector.checked)});
  const print = (only: Exercise | undefined) => {
    for (const sheet of main.querySelectorAll<HTMLElement>('.handout')) sheet.hidden = only !== undefined && sheet.dataset.exercise !== String(only.number);
    window.print();
    for (const sheet of main.querySelectorAll<HTMLElement>('.handout')) sheet.hidden = false;
  };
  main.append(h('h1', {}, 'Facilitator'),
    h('p', {class: 'lead'}, 'Everybody opens this page, makes a prediction, presses New luck once and runs. Then the room talks.'),
    h('label', {class: 'check'}, projector, ' Projector: large text'),
    h('h2', {}, 'Timings'), h('div', {class: 'three'}, ...plans.map(([title, rows]) => table(title, ['Minutes', 'What'], rows))),
    h('p', {}, 'Each exercise: predict 2, run 3, many runs 3, talk 4 minutes.'),
    h('h2', {}, 'Class results'), poolingPanel(),
    h('h2', {}, 'Exercises: what to expect'), ...exercises.map((e) => h('details', {class: 'guide'}, h('summary', {}, `${e.number}. ${e.title}`),
      h('p', {}, e.question), h('h3', {}, 'What the model says'), h('ul', {}, ...claimsOf(e).map((c) => h('li', {}, c))),
      h('p', {}, h('strong', {}, 'Twist: '), e.twist), h('h3', {}, 'Talk about'), h('ul', {}, ...e.talk.map((t) => h('li', {}, t))), h('p', {}, h('strong', {}, 'Not shown: '), e.not),
      h('p', {}, h('button', {type: 'button', onclick: () => app.begin(e.number)}, 'Open it'), ' ', h('button', {type: 'button', onclick: () => print(e)}, 'Print its handout')))),
    h('h2', {}, 'Common wrong turns'),
    h('ul', {}, h('li', {}, 'Reading one run as the answer. Ask: what would another luck say?'), h('li', {}, 'Changing two levers at once. Ask: which one did it?'), h('li', {}, 'Taking a percentage of runs for a probability of the real world. It is of the model’s runs.'), h('li', {}, 'Thinking the better plan must cost more. Look at the money.')),
    h('h2', {}, 'Print pack'), h('p', {}, h('button', {type: 'button', class: 'primary', onclick: () => print(undefined)}, 'Print all handouts')),
    h('div', {class: 'pack'}, ...exercises.map((e) => handout(e))));
  // The engine draws their starts once it has nothing else to do.
  let asked = false;
  const later = () => {
    if (asked || !app.twins || !main.querySelector('.handout')) return;
    asked = true;
    picturesOfStarts(app, main).catch(() => {});  // a handout without its picture is still a handout
  };
  setTimeout(later);
  return app.on((news) => news === 'twins' && later());
}

/** Each handout gets the picture of its start. */
async function picturesOfStarts(app: App, main: HTMLElement): Promise<void> {
  const wanted = app.borrow();
  for (const exercise of exercises) {
    const preset = presetOf(exercise.preset)!, run = {preset, patch: exercise.variants.A.patch, seed: firstSeed, luckOnly: false, replicates: runs, name: 'Plan A'};
    const study = await app.pool.load(0, textOf(run), ''), trace = await app.pool.trace(0, 0);
    if (!wanted() || !main.querySelector('.handout')) break;
    const view = networkView(study, layoutOf(study.schools), `The start of exercise ${exercise.number}`, () => {});
    main.querySelector(`.handout[data-exercise="${exercise.number}"] .handout-picture`)?.replaceChildren(view.element);
    view.show(trace, 0);
  }
  app.giveBack(wanted);
}

/** One A4 sheet, safe in black and white. */
function handout(exercise: Exercise): HTMLElement {
  const code = codeOf(startOf(exercise.number)), box = (label: string) => h('tr', {}, h('th', {scope: 'row'}, label), h('td', {}), h('td', {}), h('td', {}));
  return h('section', {class: 'handout', 'data-exercise': exercise.number, 'aria-label': `Handout of exercise ${exercise.number}`},
    h('h3', {}, `Exercise ${exercise.number}: ${exercise.title}`), h('p', {}, exercise.question),
    h('p', {}, `Plan A: ${exercise.variants.A.name}. Plan B: ${exercise.variants.B.name}.`),
    h('div', {class: 'handout-picture'}), h('h4', {}, `My prediction. ${exercise.bet.question}`), h('ul', {class: 'boxes'}, ...exercise.bet.choices.map((c) => h('li', {}, `☐ ${c.label}`))), h('p', {class: 'because'}, 'Because:'), h('p', {class: 'because'}),
    h('table', {class: 'fill-in'}, h('caption', {}, 'My results'), h('thead', {}, h('tr', {}, h('td'), ...['Plan A', 'Plan B', 'B less A'].map((t) => h('th', {scope: 'col'}, t)))), h('tbody', {}, box(`${outcomeOf(exercise.outcome).title}, my run`), box('Average of 100 runs'), box('After the twist'))),
    h('p', {}, h('strong', {}, 'Then try: '), exercise.twist), h('ul', {}, ...exercise.talk.map((t) => h('li', {}, t))),
    h('div', {class: 'handout-code'}, qr(code, 'Code of this exercise'), h('p', {}, 'Open the page, choose Share, and type ', h('code', {}, `E${exercise.number}`), ' (or scan and paste).')),
    h('p', {class: 'small'}, `Not shown by this: ${exercise.not} Schools score themselves; the model is not a forecast.`));
}
