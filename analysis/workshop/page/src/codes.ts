// Codes to read out, paste and scan: check digits find every single wrong digit, so a wrong
// one is refused rather than counted.

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';  // Crockford's: no I, L, O, U

/** CRC-20 (0x1c4b5 generator) over five-bit digits. */
function check(values: number[]): number {
  let crc = 0xfffff;
  for (const value of values)
    for (let bit = 4; bit >= 0; --bit) {
      const top = (crc >>> 19) ^ ((value >>> bit) & 1);
      crc = (crc << 1) & 0xfffff;
      if (top) crc ^= 0x1c4b5;
    }
  return crc;
}

export interface Result {
  exercise: number;
  /** Place of the bet among the exercise's choices; 15 for none. */
  bet: number;
  seed: number;
  /** Of the exercise's outcome, one run, in hundredths. */
  a: number; b: number;
  /** Of 100 runs, those where B is higher. */
  higher: number;
  /** Two people with the same luck have different tags. */
  tag: number;
}

const fields: [keyof Result, number, (v: number) => number, (v: number) => number][] = [
  ['exercise', 3, (v) => v, (v) => v], ['bet', 4, (v) => v, (v) => v], ['seed', 32, (v) => v, (v) => v],
  ['a', 11, (v) => Math.round(v * 100) + 800, (v) => (v - 800) / 100], ['b', 11, (v) => Math.round(v * 100) + 800, (v) => (v - 800) / 100],
  ['higher', 7, (v) => v, (v) => v], ['tag', 12, (v) => v, (v) => v],
];

/** A result as twenty digits in fives. */
export function resultCode(result: Result): string {
  let bits = '';
  for (const [key, width, to] of fields) bits += Math.max(0, Math.min(2 ** width - 1, to(result[key]))).toString(2).padStart(width, '0');
  const values = (bits.match(/.{5}/g) ?? []).map((five) => parseInt(five, 2));
  const crc = check(values);
  for (const shift of [15, 10, 5, 0]) values.push((crc >>> shift) & 31);
  return values.map((v) => digits[v]).join('').match(/.{5}/g)!.join('-');
}

/** The result behind a code, or what is wrong with it. */
export function readResult(text: string): Result | string {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (plain.length !== 20) return `${plain.length} characters instead of 20`;
  const values = [...plain].map((d) => digits.indexOf(d));
  if (values.includes(-1)) return `“${plain[values.indexOf(-1)]}” is not a digit of a code`;
  const given = values.slice(16).reduce((sum, v) => sum * 32 + v, 0);
  if (check(values.slice(0, 16)) !== given) return 'a digit is wrong';
  const bits = values.slice(0, 16).map((v) => v.toString(2).padStart(5, '0')).join('');
  const out = {} as Result;
  let place = 0;
  for (const [key, width, , from] of fields) {
    out[key] = from(parseInt(bits.slice(place, place + width), 2));
    place += width;
  }
  if (out.exercise < 1 || out.exercise > 5 || out.higher > 100) return 'no exercise has this result';
  return out;
}

/** CRC-32 as zip files use it. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; ++k) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
