// Makes the page: build.mjs ENGINE.js ENGINE.wasm OUT.html; and beside itself what the tests use of it, parts.mjs.
// One file: style, engine (deflated, base64), worker and page inside; scripts named by their hashes.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {deflateSync} from 'fflate';

const [glueFile, wasmFile, out] = process.argv.slice(2), here = dirname(fileURLToPath(import.meta.url));
const bundle = async (entry, format) => {
  const made = await build({entryPoints: [join(here, 'src', entry)], bundle: true, minify: true, format, target: 'es2022', charset: 'ascii', legalComments: 'inline', write: false, logLevel: 'warning'});
  return made.outputFiles[0].text;
};
const inScript = (text) => text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
const parts = {
  STYLE: readFileSync(join(here, 'src/style.css'), 'utf8'),
  WASM: Buffer.from(deflateSync(readFileSync(wasmFile), {level: 9})).toString('base64'),
  GLUE: inScript(readFileSync(glueFile, 'utf8')),
  WORKER: inScript(await bundle('worker.ts', 'iife')),
  PAGE: inScript(await bundle('main.ts', 'iife')),
};
parts.HASHES = [parts.GLUE, parts.PAGE].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
parts.POPULATION = '{{POPULATION}}';  // filled in by hubsim workshop
const page = readFileSync(join(here, 'src/index.html'), 'utf8').replace(/\{\{([A-Z]+)\}\}/g, (_, name) => parts[name]);
mkdirSync(dirname(out), {recursive: true});
writeFileSync(out, page);
const parts_file = join(here, 'parts.mjs');
await build({entryPoints: [join(here, 'src/parts.ts')], bundle: true, format: 'esm', platform: 'neutral', outfile: parts_file, logLevel: 'warning'});
