// The engine in node against the program: the same fingerprints for sixty scenarios, and for every preset
// what `hubsim run` prints. Writes scenarios.json, for the same in a browser.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const [folder] = process.argv.slice(2), require = createRequire(import.meta.url);
const {Engine, clamped, exercises, levers, presetOf, presets, textOf} = await import(process.env.PARTS);
const engine = await Engine.create(require(`${process.env.ENGINE}.js`), readFileSync(`${process.env.ENGINE}.wasm`));

let seed = 777;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const anyPatch = () => Object.fromEntries(levers.filter(() => random() < 0.4).map((lever) => [lever.path,
  lever.switch ? random() < 0.5 : lever.words ? Object.keys(lever.words)[Math.floor(random() * Object.keys(lever.words).length)] : clamped(lever, lever.minimum + random() * (lever.maximum - lever.minimum))]));

const runs = [];
for (const exercise of exercises) for (const variant of Object.values(exercise.variants)) runs.push({preset: presetOf(exercise.preset), patch: variant.patch, seed: 20180901, luckOnly: false, replicates: 3, name: 'A'});
while (runs.length < 60) runs.push({preset: presets[runs.length % presets.length], patch: anyPatch(), seed: Math.floor(random() * 2 ** 32), luckOnly: random() < 0.3, replicates: 3, name: 'Plan é "quoted"'});

rmSync(join(folder, 'scenarios'), {recursive: true, force: true});
mkdirSync(join(folder, 'scenarios'), {recursive: true});
const list = [];
runs.forEach((run, i) => {
  const text = textOf(run), file = join(folder, 'scenarios', `${i}.json`);
  writeFileSync(file, text);
  const native = execFileSync(process.env.FINGERPRINT, [file], {encoding: 'utf8'}).trim();
  engine.load(0, text);
  assert.equal(engine.fingerprint(engine.twins(0, 0, run.replicates).words), native, `scenario ${i}`);
  list.push({text, replicates: run.replicates, fingerprint: native});
});
writeFileSync(join(folder, 'scenarios.json'), JSON.stringify(list));

// A trace is the run it draws: its last frame has the outcomes of the same twin.
const ones = (byte) => byte.toString(2).replaceAll('0', '').length;
for (const {text} of list.slice(0, 8)) {
  engine.load(0, text);
  const trace = engine.trace(0, 1), twin = engine.twins(0, 1, 1), n = trace.establishments;
  const mean = (month) => [...trace.achieved.slice(month * n, (month + 1) * n)].reduce((sum, b) => sum + ones(b), 0) / n;
  assert.equal(mean(0), twin.outcomes.start[0]);
  assert.equal(mean(trace.months), twin.outcomes.end[0]);
  assert.equal(mean(4), twin.paths[0][1]);
  assert.ok(Math.abs(trace.costs.reduce((sum, c) => sum + c, 0) - twin.outcomes.cost[0]) < 0.005 * trace.months);
  const finished = trace.events.filter((e) => e[1] === 2).length;
  assert.ok(finished > 0 && trace.events.every((e) => e[3] < n && (e[4] === null || e[4] < n)));
}

// What does not fit is refused with the whole report, and the engine lives on.
for (const [text, expected] of [
  ['{', 'scenario.json'], ['{"schema_version": 1, "name": "x", "plans": [{"name": "a", "meetings_per_yaer": 3}]}', 'meetings_per_year'],
  ['{"schema_version": 1, "name": "x", "population": {"synthetic": true, "areas": {"Lancashier": 3}}, "plans": [{"name": "a"}]}', 'Lancashire'],
]) {
  assert.throws(() => engine.load(1, text), (error) => error.message.includes(expected));
  assert.throws(() => engine.twins(1, 0, 1), /no scenario/);
}
engine.load(0, list[0].text);
assert.equal(engine.fingerprint(engine.twins(0, 0, list[0].replicates).words), list[0].fingerprint);

// Every preset, as the page runs it, and hubsim run on the file that the page saves.
const printed = {};
for (const preset of presets) {
  const text = textOf({preset, patch: {}, seed: 20180901, luckOnly: false, replicates: 100, name: 'Plan A'}), file = join(folder, `preset-${preset.key}.json`);
  writeFileSync(file, text);
  rmSync(join(folder, `run-${preset.key}`), {recursive: true, force: true});
  execFileSync(process.env.PROGRAM, ['run', file, '-o', join(folder, `run-${preset.key}`)], {stdio: 'ignore'});
  const manifest = JSON.parse(readFileSync(join(folder, `run-${preset.key}`, 'manifest.json'), 'utf8'));
  engine.load(0, text);
  assert.equal(engine.fingerprint(engine.twins(0, 0, 100).words), manifest.fingerprint, preset.key);
  printed[preset.key] = manifest.fingerprint;
}
writeFileSync(join(folder, 'presets.json'), JSON.stringify(printed));
// Speed beside the program's, in one run, for the record: many runs of the first preset less one run of it.
const many = {preset: presets[0], patch: {}, seed: 1, luckOnly: false, name: 'A'}, timed = (work) => { const from = performance.now(); work(); return performance.now() - from; };
const nativeTime = (replicates) => { const file = join(folder, 'speed.json'); writeFileSync(file, textOf({...many, replicates})); return timed(() => execFileSync(process.env.FINGERPRINT, [file])); };
engine.load(0, textOf({...many, replicates: 400}));
engine.twins(0, 0, 100);
const ratios = [0, 1, 2, 3, 4].map(() => { const native = nativeTime(400) - nativeTime(1); return timed(() => engine.twins(0, 0, 400)) / native; }).sort((a, b) => a - b);
console.log(`WebAssembly takes ${ratios[2].toFixed(2)} times as long as the program (${ratios[0].toFixed(2)} to ${ratios[4].toFixed(2)}), 400 runs of ${presets[0].title.toLowerCase()}`);

console.log(`engine: ${list.length} scenarios and ${presets.length} presets have the program's fingerprints; traces agree; faulty scenarios are refused`);
