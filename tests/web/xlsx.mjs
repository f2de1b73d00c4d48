// The workbook opened by LibreOffice holds the numbers of the data files, sheet by sheet. node xlsx.mjs RESULTS FOLDER
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {cells} from './csv.mjs';

const [results, folder] = process.argv.slice(2).map((p) => resolve(p));
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
// Every sheet as a CSV of its own, values as they are held, not as they are shown.
execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1', '--outdir', folder,
  join(results, 'excel', 'study.xlsx')], {stdio: 'ignore', timeout: 240000});

// Of the two long tables only these rows have a sheet.
const july = (row) => row.date.endsWith('-07');
const inSheet = {
  attainment: (row) => row.grouping === 'all' && (row.month === '0' || july(row)),
  differences: (row) => row.measure === 'benchmarks_mean' && july(row),
};
function rowsFor(name, file) {
  const [heading, ...rows] = cells(file);
  const wanted = inSheet[name];
  return wanted ? rows.filter((row) => wanted(Object.fromEntries(heading.map((column, c) => [column, row[c]])))) : rows;
}

const faults = [];
let sheets = 0, numbers = 0;
for (const file of readdirSync(folder).filter((f) => f.startsWith('study-') && f.endsWith('.csv'))) {
  const name = file.slice('study-'.length, -'.csv'.length);
  if (name === 'Notes' || name === 'choose') continue;  // the latter: choose.mjs
  const source = join(results, 'data', `${name}.csv`);
  if (!existsSync(source)) {
    faults.push(`sheet ${name} has no file in data/`);
    continue;
  }
  ++sheets;
  const sheet = cells(readFileSync(join(folder, file), 'utf8')).slice(3), data = rowsFor(name, readFileSync(source, 'utf8'));
  if (sheet.length !== data.length) faults.push(`${name}: ${sheet.length} rows in the sheet, ${data.length} in the file`);
  if (data.length === 0 && inSheet[name]) faults.push(`${name}: no row has a sheet`);
  data.forEach((row, r) => row.forEach((cell, c) => {
    const shown = sheet[r]?.[c] ?? '';
    if (cell !== '' && !Number.isNaN(Number(cell)) && shown !== '') {
      ++numbers;
      if (!(Math.abs(Number(shown) - Number(cell)) <= 1e-8 * Math.max(1, Math.abs(Number(cell))))) faults.push(`${name} row ${r + 1} column ${c + 1}: ${shown} in the sheet, ${cell} in the file`);
    } else if (cell !== shown) faults.push(`${name} row ${r + 1} column ${c + 1}: "${shown}" in the sheet, "${cell}" in the file`);
  }));
}
for (const fault of faults.slice(0, 10)) console.error(fault);
if (sheets < 5 || numbers < 1000) faults.push(`only ${sheets} sheets and ${numbers} numbers were compared`);
console.log(faults.length === 0 ? `the workbook: ${sheets} sheets, ${numbers} numbers, all equal` : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
