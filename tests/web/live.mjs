// The live part of a report: at first it says what the report says; by keyboard, horizon, rule and assumptions move;
// runs made again without a change are the report's own, digit for digit; nothing is asked for, nothing is wider than
// the screen, and axe finds nothing. Usage: node live.mjs report.html
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {axe, launch} from './browser.mjs';

const file = pathToFileURL(resolve(process.argv[2])).href;
const faults = [];
const check = (holds, what) => holds || faults.push(what);
const browser = await launch();

async function opened(width, colorScheme) {
  const page = await browser.newPage({viewport: {width, height: 900}, colorScheme, reducedMotion: 'reduce'});
  page.on('request', (r) => /^(file|blob):/.test(r.url()) || faults.push(`asks for ${r.url()}`));
  page.on('pageerror', (e) => faults.push(e.message));
  await page.goto(file);
  await page.waitForFunction(() => document.documentElement.dataset.charts === 'drawn');
  return page;
}
const said = (page, part) => page.locator('#live-parts [role=status]').nth(part).innerText();
async function runAgain(page) {
  await page.getByRole('button', {name: /^Run \d+ pairs again$/}).press('Enter');
  await page.locator('#live-parts figure.vega svg[role=img]').waitFor({timeout: 120_000});
  return page.locator('#live-parts table').nth(1).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
}

// What counts: each horizon chooses what the report's own table chooses.
const page = await opened(1280, 'light');
check((await said(page, 0)).includes('is chosen, as the report says.'), 'at first it does not say what the report says');
const horizons = await page.evaluate(() => [...document.querySelectorAll('#horizon table[data-table=horizon] tbody tr')].map((row) => [...row.cells].map((cell) => cell.dataset.value ?? cell.textContent)));
const horizon = page.locator('#live-parts input[type=range]').first();
check(horizons.length > 0, 'the report has no table by horizon');
for (const [months, , plan, gain, , , chosen] of horizons) {
  if (months % 12 !== 0) continue;  // the page counts whole years, and the whole run
  await horizon.fill(String(months / 12));
  const row = page.locator('#live-parts table').first().locator('tbody tr', {hasText: plan}).filter({has: page.getByRole('rowheader', {name: plan, exact: true})});
  const cells = await row.locator('td').allInnerTexts();
  check(Math.abs(Number(cells[0].replace('−', '-')) - Number(gain)) <= 0.0051, `${months} months, ${plan}: ${cells[0]} where the report has ${gain}`);
  check((cells.at(-1) === 'chosen') === (chosen === '1'), `${months} months: ${plan} is ${cells.at(-1)}`);
}
const whole = await page.evaluate(() => JSON.parse(document.getElementById('live-data').textContent).settings.years);
await horizon.fill(String(whole));
check((await said(page, 0)).includes('as the report says.'), 'the whole run is not the report');
await horizon.focus();
await page.keyboard.press('ArrowLeft');
check((await said(page, 0)).startsWith('Your change, not the report.'), 'a horizon moved by keyboard is not told');
const rule = page.locator('#live-parts select');
await rule.selectOption('net_benefit');
const worth = page.locator('#live-parts .slider', {hasText: 'is worth'}).locator('input');
check(await worth.count() === 1, 'a worth cannot be set');
await worth.fill('0');
check((await page.locator('#live-parts .slider', {hasText: 'is worth'}).innerText()).includes('£0'), 'a worth of nothing cannot be set');
const valued = await page.locator('#live-parts table').first().locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
const pounds = (text) => Number(text.replace('−', '-').replace(/[£,]/g, '').replace(' million', '')) * (text.includes('million') ? 1e6 : 1);
for (const [plan, , cost, value] of valued) check(pounds(cost) + pounds(value) === 0, `worth nothing, ${plan} costs ${cost} and is worth ${value}`);
const cheapest = valued.reduce((a, b) => (pounds(b[2]) < pounds(a[2]) ? b : a));
check(cheapest.at(-1) === 'chosen', `worth nothing, ${cheapest[0]} costs least and is not chosen`);
await rule.selectOption('within_budget');
const budget = page.locator('#live-parts .slider', {hasText: 'Money beyond'}).locator('input');
await budget.focus();
await page.keyboard.press('Home');
const dear = await page.locator('#live-parts table').first().locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.cells[row.cells.length - 1].textContent));
check(dear[0] !== 'too dear' && dear.filter((word) => word === 'chosen').length === 1, `without money: ${dear}`);
await page.locator('#live-parts').getByRole('button', {name: 'As in the report'}).first().press('Enter');
check((await said(page, 0)).includes('as the report says.'), 'it does not go back');

// What is assumed: unchanged, the same to the last digit.
const unchanged = await runAgain(page);
check(unchanged[1].slice(1).join() === unchanged[2].slice(1).join(), `unchanged runs differ: ${unchanged[1]} and ${unchanged[2]}`);
check((await said(page, 1)).startsWith('Nothing was moved'), 'runs without a change are told as a change');
const moved = page.locator('#live-parts div').nth(0).locator('xpath=following-sibling::div').locator('input[type=range]').first();
await moved.focus();
await page.keyboard.press('End');
check((await said(page, 1)).includes('run again to see'), 'after a move the old answer stays');
const changed = await runAgain(page);
check(changed[2].slice(1).join() !== unchanged[2].slice(1).join() && changed[1].join() === unchanged[1].join(), `an assumption at its end changes nothing: ${changed[2]}`);
check((await said(page, 1)).startsWith('Your change, not the report.'), 'a change is not told as one');
await page.close();

for (const [width, scheme] of [[1280, 'dark'], [375, 'light'], [320, 'dark']]) {
  const small = await opened(width, scheme);
  await runAgain(small);
  const wide = await small.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${width} px: ${wide} pixels wider than the screen`);
  await small.close();
  const seen = await browser.newPage({viewport: {width, height: 900}, colorScheme: scheme, bypassCSP: true});
  await seen.goto(file);
  await runAgain(seen);
  await seen.addScriptTag({path: axe});
  const found = await seen.evaluate(() => window.axe.run('#try-it', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
  for (const v of found.violations) faults.push(`${width} px, ${scheme}: axe ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 120)}`);
  check(found.passes.length > 10, `${width} px: axe looked at nothing`);
  await seen.close();
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'the live part: no fault' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
