// The workbook's sheet to choose on, worked out by LibreOffice: as saved it says what the report says; with another
// horizon, worth or rule it says what the tables say. Usage: node choose.mjs RESULTS FOLDER
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {cells} from './csv.mjs';

const [results, folder] = process.argv.slice(2).map((p) => resolve(p));
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const convert = (file, to, extra = '') => execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', `${to}${extra}`, '--outdir', folder, file], {stdio: 'ignore', timeout: 240000});
const table = (name) => {
  const [head, ...rows] = cells(readFileSync(join(results, 'data', `${name}.csv`), 'utf8'));
  return rows.map((row) => Object.fromEntries(head.map((column, c) => [column, row[c]])));
};

convert(join(results, 'excel', 'study.xlsx'), 'fods');
const flat = readFileSync(join(folder, 'study.fods'), 'utf8');
const start = flat.indexOf('table:name="choose"');

/** The sheet's plans after cells of column B were set: {row: number}. */
function chosen(name, set) {
  let sheet = flat.slice(start);
  for (const [row, value] of Object.entries(set)) {
    let at = 0;
    for (let r = 1; r <= Number(row); ++r) at = sheet.indexOf('<table:table-row', at + 1);
    const cell = sheet.indexOf('office:value="', at);
    sheet = `${sheet.slice(0, cell)}office:value="${value}"${sheet.slice(sheet.indexOf('"', cell + 14) + 1)}`;
  }
  // What formulas came to is left out, so that it must be worked out.
  sheet = sheet.replace(/(table:formula="[^"]*") office:value-type="[^"]*"(?: office:(?:string-)?value="[^"]*")?(?: calcext:value-type="[^"]*")?>\s*(?:<text:p>[^<]*<\/text:p>)?/g, '$1>');
  const file = join(folder, `${name}.fods`);
  writeFileSync(file, flat.slice(0, start) + sheet);
  convert(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2');
  const rows = cells(readFileSync(join(folder, `${name}-choose.csv`), 'utf8')), heading = rows.findIndex((row) => row[0] === 'Plan');
  return rows.slice(heading + 1).filter((row) => row[0]).map((row) => ({plan: row[0], more: Number(row[3]), extra: Number(row[4]), value: Number(row[6]), chosen: row[8] === 'chosen'}));
}

const faults = [];
/** Tables hold nine digits: a difference is as exact as the totals that it is made of, whose size is `of`. */
const near = (found, expected, what, of = 0) => Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected)) + 1e-8 * of || faults.push(`${what}: ${found} in the sheet, ${expected} in the tables`);
const [worthRow, yearsRow, biasRow, ruleRow, budgetRow] = [4, 6, 7, 8, 9];

const total = (plan) => Number(table('decision').find((row) => row.plan === plan).outcome) * JSON.parse(readFileSync(join(results, 'inputs', 'facts.json'))).establishments;
const saved = chosen('saved', {}), decision = table('decision'), establishments = JSON.parse(readFileSync(join(results, 'inputs', 'facts.json'))).establishments;
for (const row of saved) {
  const d = decision.find((other) => other.plan === row.plan);
  near(row.more, Number(d.gain) * establishments, `${row.plan}, gain`, total(d.plan));
  near(row.extra, Number(d.extra_cost_gbp), `${row.plan}, extra cost`);
  if (row.chosen !== (d.chosen === '1')) faults.push(`${row.plan} is ${row.chosen ? '' : 'not '}chosen as saved`);
}
const year = chosen('year', {[yearsRow]: 1});
for (const h of table('horizon').filter((row) => row.months === '12')) {
  const row = year.find((other) => other.plan === h.plan);
  near(row.more, Number(h.gain) * establishments, `${h.plan} after a year, gain`, total(h.plan));
  near(row.extra, Number(h.extra_cost_gbp), `${h.plan} after a year, extra cost`);
  if (row.chosen !== (h.chosen === '1')) faults.push(`${h.plan} is ${row.chosen ? '' : 'not '}chosen after a year`);
}
for (const n of table('net_value').filter((row) => row.value_gbp !== '')) near(saved.find((row) => row.plan === n.plan).value, Number(n.value_gbp), `${n.plan}, net present social value as saved`, total(n.plan) * Number(n.worth_gbp));
const value = table('worth_and_horizon').filter((row) => row.months === '12' && Number(row.worth_gbp) > 0).at(-1);
const worth = chosen('worth', {[yearsRow]: 1, [worthRow]: value.worth_gbp, [ruleRow]: 2});
if (worth.find((row) => row.chosen)?.plan !== value.plan) faults.push(`at ${value.worth_gbp} the sheet does not choose ${value.plan}`);
near(worth.find((row) => row.plan === value.plan).value, Number(value.value_gbp), 'net present social value', total(value.plan) * Number(value.worth_gbp));
const dearer = chosen('bias', {[biasRow]: 0.25});
dearer.forEach((row, i) => near(row.extra, 1.25 * saved[i].extra, `${row.plan}, cost with optimism bias`));
if (!chosen('budget', {[ruleRow]: 3, [budgetRow]: -1e12}).every((row, i) => row.chosen === (i === 0))) faults.push('without money the first plan is not chosen');

for (const fault of faults.slice(0, 10)) console.error(fault);
console.log(faults.length === 0 ? 'the sheet to choose on: as the report, and as the tables where it is changed' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
