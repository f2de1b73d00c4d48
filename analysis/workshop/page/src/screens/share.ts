// W5: share. Link, code, picture to scan, result code, files. What comes in is checked before it is used.
import type {App} from '../app';
import {h, save, shown, table} from '../dom';
import {qr} from '../draw/qr';
import {csvOf, savePng, saveSvg} from '../files';
import {announce, tellNotes} from '../notices';
import {comparison, differences, outcomeOf} from '../numbers';
import {codeOfResult, resultOf} from '../result';
import {codeOf, linkText, stateFrom} from '../state';
import {svgView} from '../draw/network';
import {indexOf} from './meet';

const notYet = 'Predict and run the exercise first.';

export function shareScreen(app: App, main: HTMLElement): () => void {
  const shared = {...app.state, screen: 'lab' as const}, code = codeOf(shared), link = `${location.href.split('#')[0]}${linkText(shared)}`;
  const field = (label: string, text: string, id: string) => {
    const box = h('textarea', {id, readonly: true, rows: 3, spellcheck: 'false'}, text), done = h('span', {role: 'status'});
    const copy = h('button', {type: 'button', onclick: async () => { box.select(); try { await navigator.clipboard.writeText(text); } catch { document.execCommand('copy'); } done.textContent = ' Copied.'; }}, `Copy ${label.toLowerCase()}`);
    return h('div', {class: 'share-field'}, h('label', {for: id}, label), box, h('p', {}, copy, done));
  };
  const given = h('textarea', {id: 'given', rows: 3, spellcheck: 'false'}), answer = h('p', {role: 'alert'});
  const open = () => {
    const read = stateFrom(given.value);
    if (!read.state) { answer.textContent = read.ignored[0]; return; }
    app.set(read.state);
    if (read.ignored.length > 0) tellNotes(read.ignored);
  };
  const numbers = h('div'), result = h('div');
  const onWeb = location.protocol.startsWith('http');
  main.append(h('h1', {}, 'Share'),
    h('p', {class: 'lead'}, 'A link or code holds the place, both plans, the luck and your prediction: whoever opens it starts from exactly this. Nothing is uploaded.'),
    h('div', {class: 'two'},
      h('section', {}, h('h2', {}, 'This comparison'), onWeb ? field('Link', link, 'link') : field('Code', code, 'code'), onWeb ? field('Code', code, 'code') : field('Link on this computer', link, 'link'), qr(onWeb ? link : code, 'The code of this comparison, to scan')),
      h('section', {}, h('h2', {}, 'Open a code or link'), h('label', {for: 'given'}, 'Paste it here'), given, h('p', {}, h('button', {type: 'button', onclick: open}, 'Open it')), answer,
        h('h2', {}, 'Your result'), result)),
    h('h2', {}, 'Files'),
    h('p', {class: 'buttons'},
      h('button', {type: 'button', onclick: () => (app.twins && app.open ? save('hubsim-workshop.csv', 'text/csv', csvOf(app)) : announce(notYet))}, 'All runs (CSV for Excel)'),
      ...(['A', 'B'] as const).map((side) => h('button', {type: 'button', onclick: () => save(`plan-${side.toLowerCase()}.json`, 'application/json', app.scenarioText(side))}, `Plan ${side} as a scenario file`)),
      h('button', {type: 'button', onclick: () => picture((p) => saveSvg(p, 'hubs'))}, 'Picture (SVG)'), h('button', {type: 'button', onclick: () => picture((p) => savePng(p, 'hubs').catch((error: Error) => announce(error.message)))}, 'Picture (PNG)')),
    h('p', {class: 'small'}, app.preset.local ? 'A scenario file runs in the hubsim program too, with the population this page was made with: hubsim run plan-a.json --population FILE prints the fingerprint below.' : 'A scenario file runs in the hubsim program too: hubsim run plan-a.json prints the fingerprint below.'), numbers);

  /** Plan B's hub at the end, drawn off the screen. */
  function picture(use: (p: SVGElement) => void): void {
    if (!app.worlds) return;
    const {studies, layout, traces} = app.worlds, view = svgView(studies[1], layout, 'Plan B at the end', () => {});
    const holder = h('div', {class: 'off-screen'}, view.element);
    main.append(holder);
    view.follow(indexOf(app));
    view.show(traces[1], app.months);
    use(view.element as SVGElement);
    setTimeout(() => holder.remove(), 3000);
  }

  function render(): void {
    numbers.replaceChildren(app.fingerprints ? table('Fingerprints of 100 runs', ['Plan', 'Fingerprint'], [['A', app.fingerprints[0]], ['B', app.fingerprints[1]]], {id: 'fingerprints'}) : h('p', {}, 'Working out the fingerprints …'));
    const mine = resultOf(app), text = codeOfResult(app);
    if (!mine || !text) { result.replaceChildren(h('p', {}, 'Predict and run an exercise: then your result has a code for the facilitator. It is of the exercise as it starts: Reset undoes changes.')); return; }
    const exercise = app.exercise!, outcome = outcomeOf(exercise.outcome), bet = exercise.bet.choices[mine.bet];
    result.replaceChildren(h('p', {}, `You predicted: ${bet ? bet.label : 'nothing'}. ${outcome.title} in your run: Plan A ${shown(mine.a)}, Plan B ${shown(mine.b)}. ${comparison(differences(...app.twins!, outcome.key)).text}`),
      h('p', {}, 'Result code for the facilitator: ', h('code', {id: 'result-code'}, text)));
  }
  render();
  return app.on((news) => news === 'twins' && render());
}
