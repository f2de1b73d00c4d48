// The report in a browser, opened from file://: no request, no error, no accessibility fault, nothing
// wider than the screen, charts drawn, keys reach what they should. Usage: node report.mjs report.html
import {resolve} from 'node:path';
import {statSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {axe, launch} from './browser.mjs';

const file = resolve(process.argv[2]);
const faults = [];
const check = (holds, what) => holds || faults.push(what);
check(statSync(file).size <= 4 * 1024 * 1024, `the page has ${statSync(file).size} bytes, more than 4 MiB`);

const browser = await launch();
for (const colorScheme of ['light', 'dark'])
  for (const width of [1280, 768, 320]) {
    const where = `${colorScheme}, ${width} px`;
    const page = await browser.newPage({viewport: {width, height: 900}, colorScheme, reducedMotion: 'reduce', bypassCSP: true});
    const requests = [], errors = [];
    page.on('request', (r) => r.url().startsWith('file:') || requests.push(r.url()));
    page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
    page.on('pageerror', (e) => errors.push(e.message));
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => document.documentElement.dataset.charts === 'drawn');
    const seen = await page.evaluate(() => ({
      figures: document.querySelectorAll('figure.vega').length,
      drawn: document.querySelectorAll('figure.vega svg[role=img][aria-label]').length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      tables: [...document.querySelectorAll('section')].filter((s) => s.querySelector('figure.vega') && !s.querySelector('table')).map((s) => s.id),
    }));
    check(seen.figures > 0 && seen.drawn === seen.figures, `${where}: ${seen.drawn} of ${seen.figures} charts drawn`);
    check(seen.wide <= 0, `${where}: ${seen.wide} pixels wider than the screen`);
    check(seen.tables.length === 0, `${where}: no table beside ${seen.tables}`);
    await page.keyboard.press('Tab');
    check(await page.evaluate(() => document.activeElement.classList.contains('skip')), `${where}: the first key does not reach the skip link`);
    check(requests.length === 0, `${where}: asks for ${requests}`);
    check(errors.length === 0, `${where}: ${errors}`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    if (width === 768) {
      await page.close();
      continue;
    }
    await page.addScriptTag({path: axe});
    const found = await page.evaluate(() => window.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
    for (const v of found.violations) faults.push(`${where}: axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 120)).join(' | ')} (${v.nodes.length})`);
    check(found.passes.length > 10, `${where}: axe looked at nothing`);
    await page.close();
  }
await browser.close();
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'the page: 6 views, no fault' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
