// Asks the model the claims of the exercises: claims.mjs ENGINE.js ENGINE.wasm PARTS.mjs [--write]
// Prints the share of 1,000 runs in which each holds; fails if claims.json says otherwise.
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const [glue, wasm, parts, write] = process.argv.slice(2), here = dirname(fileURLToPath(import.meta.url));
const runs = 1000, require = createRequire(import.meta.url);
const {Engine, exercises, presetOf, textOf} = await import(resolve(parts));
const engine = await Engine.create(require(resolve(glue)), readFileSync(wasm));

const found = {};
for (const exercise of exercises) {
  const twins = new Map(), evaluations = new Map();
  const load = (name) => {
    const variant = exercise.variants[name];
    engine.load(0, textOf({preset: presetOf(exercise.preset), patch: variant.patch, seed: 20180901, luckOnly: false, replicates: runs, name: variant.name}));
    return variant;
  };
  const of = (name) => {
    if (!twins.has(name)) { load(name); twins.set(name, engine.twins(0, 0, runs)); }
    return twins.get(name);
  };
  const evaluated = (name) => {
    if (!evaluations.has(name)) {
      const {lottery} = load(name);
      evaluations.set(name, engine.evaluate(0, 0, runs, {lottery: Boolean(lottery), hubAnswers: 0.82, otherAnswers: 0.38}));
    }
    return evaluations.get(name);
  };
  const own = (found[`E${exercise.number}`] = {});
  for (const claim of exercise.claims) {
    own[claim.key] = Array.from({length: runs}, (_, run) => claim.holds(run, of, evaluated)).filter(Boolean).length;
    console.log(`E${exercise.number} ${claim.key}: ${own[claim.key]} of ${runs}`);
  }
}
const kept = join(here, 'src/claims.json'), text = JSON.stringify(found, null, 1) + '\n';
if (write === '--write') writeFileSync(kept, text);
else if (readFileSync(kept, 'utf8') !== text) {
  console.error('claims.json differs from what the model says: run claims.mjs --write, and read the exercises again');
  process.exit(1);
}
