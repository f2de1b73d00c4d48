// The page in a browser, opened from file://. Nothing is timed to pass or fail; times are printed.
import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {axe, launch} from './browser.mjs';

const folder = resolve(process.argv[2]), file = join(folder, 'workshop.html'), url = pathToFileURL(file).href;
const {resultCode} = await import(process.env.PARTS);
const faults = [];
const check = (holds, what) => holds || faults.push(what);
check(statSync(file).size <= 2 * 1024 * 1024, `the page has ${statSync(file).size} bytes, more than 2 MiB`);

const browser = await launch();
const seenOf = new Map();
async function open(options = {}, address = url) {
  const page = await browser.newPage({viewport: {width: 1280, height: 900}, reducedMotion: 'reduce', ...options});
  const seen = {requests: [], errors: []};
  page.on('request', (r) => /^(file|blob|data):/.test(r.url()) || seen.requests.push(r.url()));
  page.on('console', (m) => m.type() === 'error' && seen.errors.push(m.text()));
  page.on('pageerror', (e) => seen.errors.push(e.message));
  seenOf.set(page, seen);
  await page.goto(address);
  await page.waitForFunction(() => window.workshop?.twins, null, {timeout: 60_000});
  return page;
}
async function close(page, where) {
  const {requests, errors} = seenOf.get(page);
  check(requests.length === 0, `${where}: asks for ${requests}`);
  check(errors.length === 0, `${where}: ${errors}`);
  await page.close();
}
const ready = (page) => page.waitForFunction(() => window.workshop.twins && window.workshop.fingerprints, null, {timeout: 60_000});
const focused = (page) => page.evaluate(() => { const e = document.activeElement; return `${e.tagName}: ${(e.getAttribute('aria-label') || e.textContent || '').slice(0, 60)}`; });
/** Tab until the focus is on what is wanted. */
async function tabTo(page, wanted, most = 160) {
  for (let i = 0; i < most; ++i) {
    if (await page.evaluate(wanted)) return true;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${wanted}; it is at ${await focused(page)}`);
}

// All five exercises by keyboard alone: predict, run, read, the next; then what an evaluation would say.
{
  const page = await open();
  await page.keyboard.press('Tab');
  check((await focused(page)).includes('Skip'), 'the first key does not reach the skip link');
  await page.keyboard.press('Enter');
  check(await page.evaluate(() => document.activeElement.id === 'main' && !document.querySelector('#notes')), 'the skip link does not lead to the page');
  await tabTo(page, () => document.activeElement.classList.contains('door'));
  await page.keyboard.press('Enter');
  await tabTo(page, () => document.activeElement.textContent.startsWith('Go to exercise 1'));
  await page.keyboard.press('Enter');
  for (let number = 1; number <= 5; ++number) {
    await ready(page);
    check((await page.textContent('h1')).startsWith(`Exercise ${number} of 5`), `exercise ${number} does not open`);
    await page.keyboard.press(' ');  // without a prediction nothing runs
    await page.evaluate(() => { const t = document.querySelector('.time input'); t.value = 20; t.dispatchEvent(new Event('input')); });
    check(await page.evaluate(() => !window.workshop.ran && window.workshop.month === 0), `exercise ${number} runs without a prediction`);
    await tabTo(page, () => document.activeElement.name === 'bet');
    await page.keyboard.press(' ');
    await tabTo(page, () => document.activeElement.textContent === 'Run');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.workshop.ran && document.querySelector('.lessons h3') && document.querySelector('#dots svg'), null, {timeout: 60_000});
    check(/in \d+ of 100 runs|do not differ/.test(await page.textContent('.band')), `exercise ${number}: no words for the runs`);
    check(await page.evaluate(() => [...document.querySelectorAll('.lessons li')].every((l) => /\d+ of 1,000/.test(l.textContent))), `exercise ${number}: a claim without its share`);
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.querySelector('.read').open && document.querySelectorAll('.read table tbody tr').length === 2 * window.workshop.worlds.studies[0].schools.length, null, {timeout: 10_000}).catch(() => faults.push(`exercise ${number}: the table has not every school`));
    await tabTo(page, number < 5 ? () => document.activeElement.textContent === 'Next exercise' : () => document.activeElement.textContent === 'What would an evaluation say?', 400);
    await page.keyboard.press('Enter');
  }
  await page.waitForSelector('.chart svg[role=img]', {timeout: 60_000});
  check(/times as large/.test(await page.textContent('.verdict')), 'the evaluation says nothing');
  await page.keyboard.press('?');
  await page.keyboard.press('3');
  check(await page.evaluate(() => window.workshop.state.exercise === 5), 'a key acts behind the help');
  check(await page.evaluate(() => document.querySelector('#help')?.open), 'no help at ?');
  await page.keyboard.press('Escape');
  check(await page.evaluate(() => !document.querySelector('#help')), 'help stays after Escape');
  await close(page, 'exercises by keyboard');
}

// Every screen at two widths, light and dark: axe, nothing wider than the screen, targets of 24 pixels, a table for every chart.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let views = 0;
for (const colorScheme of ['light', 'dark'])
  for (const width of [1280, 320]) {
    const page = await open({viewport: {width, height: 700}, colorScheme, bypassCSP: true});
    await page.addScriptTag({path: axe});
    for (const screen of ['start', 'meet', 'lab', 'many', 'evaluate', 'share', 'facilitator', 'limits']) {
      const where = `${screen}, ${colorScheme}, ${width} px`;
      await page.evaluate((s) => {
        if (s === 'lab') { window.workshop.begin(1); window.workshop.set({bet: 's'}); }
        if (s === 'evaluate') { window.workshop.begin(5); window.workshop.ran = true; }
        window.workshop.go(s);
      }, screen);
      await ready(page);
      if (screen === 'lab') { await page.click('text="Run"'); await page.waitForSelector('.more svg', {timeout: 60_000}); }
      if (screen === 'many' || screen === 'evaluate') await page.waitForSelector('.chart svg', {timeout: 60_000});
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
      await page.waitForTimeout(150);
      const seen = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        small: [...document.querySelectorAll('button, input, select, summary, textarea')].filter((e) => { const b = e.getBoundingClientRect(); return b.width > 0 && (b.width < 24 || b.height < 24); }).map((e) => e.outerHTML.slice(0, 90)),
        lonely: [...document.querySelectorAll('main .chart')].filter((c) => { let e = c.nextElementSibling; while (e && !e.querySelector('table') && e.tagName !== 'TABLE') e = e.nextElementSibling; return c.querySelector('svg') && !e && !c.closest('.two')?.parentElement.querySelector(':scope > div table'); }).length,
      }));
      check(seen.wide <= 0, `${where}: ${seen.wide} pixels wider than the screen`);
      check(seen.small.length === 0, `${where}: smaller than 24 pixels: ${seen.small.slice(0, 3)}`);
      check(seen.lonely === 0, `${where}: a picture without a table`);
      const found = await page.evaluate((runOnly) => window.axe.run(document, {runOnly}), tags);
      for (const v of found.violations) faults.push(`${where}: axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 140)).join(' | ')} (${v.nodes.length})`);
      check(found.passes.length > 10, `${where}: axe looked at nothing`);
      ++views;
    }
    await close(page, `${colorScheme}, ${width} px`);
  }

// A shared link restores the exact state and fingerprint; a code with a wrong digit is refused; what is ignored is named.
{
  const page = await open();
  await page.evaluate(() => { window.workshop.begin(4); window.workshop.set({bet: 'b', seed: 4711, run: 7, luckOnly: true}); window.workshop.setLever('B', 'turn_over_staff.handover', 0.7); window.workshop.go('share'); });
  await ready(page);
  await page.waitForSelector('#fingerprints');
  const link = await page.inputValue('#link'), code = await page.inputValue('#code');
  const [state, prints] = await page.evaluate(() => [window.workshop.state, window.workshop.fingerprints]);
  const other = await open({}, link);
  const [state2, prints2] = await other.evaluate(() => [window.workshop.state, window.workshop.fingerprints]);
  assert.deepEqual(state2, {...state, screen: 'lab'});
  assert.deepEqual(prints2, prints);
  await other.evaluate(() => window.workshop.go('share'));
  await other.fill('#given', code.slice(0, 20) + (code[20] === 'A' ? 'B' : 'A') + code.slice(21));
  await other.click('text="Open it"');
  check(/wrong/.test(await other.textContent('#given ~ [role=alert]')), 'a wrong digit is not refused');
  check(await other.evaluate(() => window.workshop.state.screen === 'share'), 'a wrong digit changes the state');
  await close(other, 'shared link');
  const hostile = await open({}, `${url}#s=AAAAAAAAAAAA`);
  check((await hostile.textContent('#notes')).includes('digit'), 'a broken link is not named');
  await close(hostile, 'broken link');
  await close(page, 'share');
}

// The month can be set; another place or exercise begins anew; a school is chosen with arrow keys; a table scrolls by keys;
// runs are animated, paused with the space bar and end; what a comparison borrows is given back.
{
  const page = await open({reducedMotion: 'no-preference'});
  await page.evaluate(() => { window.workshop.begin(0); window.workshop.go('lab'); });
  await ready(page);
  await page.focus('.time input');
  for (let i = 0; i < 5; ++i) await page.keyboard.press('ArrowRight');
  check(await page.evaluate(() => window.workshop.month === 5), 'the month does not follow its slider');
  await page.focus('.hubs-side select');
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowDown');
  check(await page.evaluate(() => document.activeElement.tagName === 'SELECT' && window.workshop.state.school > 0), 'the choice of a school loses the focus');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(' ');
  await page.waitForFunction(() => window.workshop.month > 8);
  await page.keyboard.press(' ');
  const paused = await page.evaluate(() => window.workshop.month);
  await page.waitForTimeout(400);
  check(paused < 48 && paused === await page.evaluate(() => window.workshop.month), 'the space bar does not pause');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => window.workshop.month === 48 && window.workshop.ran, null, {timeout: 30_000});
  await page.evaluate(() => window.workshop.go('meet'));
  await page.focus('#preset');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelectorAll('.picture .school').length === 64, null, {timeout: 20_000}).catch(() => faults.push('the picture is not of the place chosen'));
  check(await page.evaluate(() => document.activeElement.id === 'preset' && window.workshop.month === 0 && !window.workshop.ran), 'another place does not begin anew, or loses the focus');
  await page.evaluate(() => { window.workshop.begin(1); window.workshop.go('many'); });
  await ready(page);
  check(await page.isDisabled('text="Compare three ways in which sharing could work"'), 'answers are shown before the prediction');
  await page.evaluate(() => { window.workshop.begin(0); window.workshop.go('many'); });
  await ready(page);
  const before = await page.evaluate(() => window.workshop.fingerprints);
  await page.click('text="Compare three ways in which sharing could work"');
  await page.waitForSelector('text=/do not differ under any/', {timeout: 60_000});
  await ready(page);
  assert.deepEqual(await page.evaluate(() => window.workshop.fingerprints), before);
  await page.evaluate(() => window.workshop.go('facilitator'));
  await page.waitForFunction(() => document.querySelectorAll('.handout-picture > *').length === 5, null, {timeout: 60_000}).catch(() => faults.push('handouts have no pictures'));
  await close(page, 'lab');
  const two = [await open(), await open()], lucks = [];
  for (const one of two) {
    await one.evaluate(() => window.workshop.begin(1));
    await one.click('text="New luck"');
    lucks.push(await one.evaluate(() => window.workshop.state.seed));
    await close(one, 'new luck');
  }
  check(lucks[0] !== lucks[1] && lucks.every((seed) => seed !== 20180901), 'two people have the same new luck');
  const odd = await open({}, `${url}?lang=toString`);
  check((await odd.textContent('h1')) === 'Careers Hubs workshop', 'a language that is not there stops the page');
  await close(odd, 'lang');
}

// Thirty pasted codes pool into one plot; a wrong digit is refused; one given twice counts once.
{
  const page = await open();
  await page.evaluate(() => window.workshop.go('facilitator'));
  await page.waitForSelector('#codes');
  const codes = Array.from({length: 30}, (_, i) => resultCode({exercise: 1, bet: i % 3, seed: 1000 + i, a: 3 + i / 100, b: 3.2 + (i % 7) / 10, higher: 60 + i, tag: i + 1}));
  const wrong = codes[3].replace(/.$/, (d) => (d === '7' ? '8' : '7'));
  await page.fill('#codes', [...codes, wrong, codes[0].toLowerCase(), 'hello'].join('\n'));
  await page.click('text="Pool the results"');
  await page.waitForSelector('.class-result svg');
  check((await page.textContent('#pooled [role=status]')).startsWith('30 results pooled. 1 given twice and counted once. 2 refused.'), `pooled: ${await page.textContent('#pooled [role=status]')}`);
  check((await page.textContent('.refused')).includes('a digit is wrong'), 'the wrong digit is not named');
  check(await page.evaluate(() => document.querySelectorAll('.class-result').length === 1 && document.querySelectorAll('.class-result details tbody tr').length === 30), 'the results are not in one plot');
  await close(page, 'class results');
}

// Fingerprints in the browser: every preset, sixty scenarios, by several workers.
{
  const page = await open(), list = JSON.parse(readFileSync(join(folder, 'scenarios.json'), 'utf8')), printed = JSON.parse(readFileSync(join(folder, 'presets.json'), 'utf8'));
  const found = await page.evaluate(async (all) => {
    const {pool} = window.workshop, out = [];
    for (const {text, replicates} of all) {
      await pool.load(0, text, '');
      out.push(await pool.fingerprint((await pool.twins(0, replicates, () => true)).words));
    }
    return out;
  }, list);
  list.forEach(({fingerprint}, i) => check(found[i] === fingerprint, `scenario ${i}: ${found[i]} in the browser, ${fingerprint} natively`));
  for (const [key, fingerprint] of Object.entries(printed)) {
    await page.evaluate((preset) => { window.workshop.begin(0); window.workshop.set({preset, a: {}, b: {}}); window.workshop.go('share'); }, key);
    await page.waitForFunction((f) => document.querySelector('#fingerprints td')?.textContent === f, fingerprint, {timeout: 60_000}).catch(() => faults.push(`preset ${key}: the page does not show ${fingerprint}`));
  }
  await close(page, 'fingerprints');
}

// Names of a user's own schools stay text. Without workers the page computes by itself.
{
  const page = await open({}, pathToFileURL(join(folder, 'local.html')).href);
  await page.evaluate(() => { window.workshop.begin(0); window.workshop.set({preset: 'local'}); window.workshop.go('lab'); });
  await page.waitForFunction(() => window.workshop.worlds?.studies[0].schools.length === 40 && window.workshop.twins, null, {timeout: 60_000});
  check((await page.textContent('.follow-select, main')).includes('<b>Bold</b> & Sons School'), 'a name is not shown as it is');
  check(await page.evaluate(() => document.querySelectorAll('main b, main script').length === 0), 'a name became markup');
  await close(page, 'own schools');
  const alone = await browser.newPage();
  const errors = [];
  alone.on('pageerror', (e) => errors.push(e.message));
  await alone.addInitScript(() => { window.Worker = class { constructor() { throw new Error('no workers here'); } }; });
  await alone.goto(url);
  await alone.waitForFunction(() => window.workshop?.twins && window.workshop.pool.onPage, null, {timeout: 60_000});
  check(errors.length === 0, `without workers: ${errors}`);
  await alone.close();
}

// How long things take here, for the record.
{
  const page = await open({reducedMotion: 'no-preference'});
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  await page.evaluate(() => { window.workshop.begin(0); window.workshop.go('lab'); });
  await ready(page);
  const times = await page.evaluate(async () => {
    const out = [], holder = document.getElementById('dots');
    for (let i = 0; i < 40; ++i) {  // never the value of Plan A, for which there are no dots
      const old = holder.firstChild, from = performance.now();
      window.workshop.setLever('B', 'turn_over_staff.hours_mean', i < 20 ? 15 + i * 0.5 : 4 + (i - 20) * 0.5);
      await new Promise((done) => { const o = new MutationObserver(() => { if (holder.firstChild && holder.firstChild !== old) { o.disconnect(); done(); } }); o.observe(holder, {childList: true}); });
      out.push(performance.now() - from);
      await new Promise((done) => setTimeout(done, 150));
    }
    return out.sort((a, b) => a - b);
  });
  await page.click('text="Run"');
  const frames = await page.evaluate(() => new Promise((done) => { const at = []; const next = (t) => { at.push(t); at.length < 180 ? requestAnimationFrame(next) : done(at); }; requestAnimationFrame(next); }));
  const gaps = frames.slice(1).map((t, i) => t - frames[i]).sort((a, b) => a - b);
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20), engines = (await page.evaluate(() => window.workshop.pool.memory())) / 2 ** 20;
  console.log(`first paint ${Math.round(paint)} ms; lever to new band: middle ${Math.round(times[20])} ms, 95th percentile ${Math.round(times[37])} ms; frames: middle ${gaps[90].toFixed(1)} ms, 95th percentile ${gaps[170].toFixed(1)} ms; heap of the page ${heap.toFixed(0)} MiB, memory of its engines ${engines.toFixed(0)} MiB; file ${(statSync(file).size / 2 ** 20).toFixed(2)} MiB`);
  await close(page, 'times');
}

await browser.close();
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? `the page: five exercises by keyboard, ${views} views, no fault` : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
