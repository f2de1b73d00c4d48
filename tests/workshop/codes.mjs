// Links, codes and results without a browser: what is put in comes out, and nothing that is put in does harm.
import assert from 'node:assert/strict';

const {codeOf, defaultState, levers, linkText, readResult, resultCode, startOf, stateFrom, clamped} = await import(process.env.PARTS);

// Luck of the test's own: the same every time.
let seed = 12345;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const pick = (list) => list[Math.floor(random() * list.length)];
const anyValue = (lever) => (lever.switch ? random() < 0.5 : lever.words ? pick(Object.keys(lever.words)) : clamped(lever, lever.minimum + random() * (lever.maximum - lever.minimum)));

// Every state comes back exactly, from a link and from a code.
for (let i = 0; i < 500; ++i) {
  const state = {...startOf(i % 6), seed: Math.floor(random() * 2 ** 32), luckOnly: random() < 0.5, run: Math.floor(random() * 100), school: Math.floor(random() * 90), lottery: random() < 0.3, hubAnswers: 0.5};
  for (const side of ['a', 'b']) for (const lever of levers) if (random() < 0.3) state[side][lever.path] = anyValue(lever);
  for (const text of [codeOf(state), linkText(state), `file:///somewhere/workshop.html${linkText(state)}`, `  ${codeOf(state)}\n`]) {
    const back = stateFrom(text);
    assert.deepEqual(back.ignored, []);
    assert.deepEqual(back.state, state);
  }
  assert.ok(codeOf(state).length < 700);
}

// A wrong digit is refused, wherever it is.
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', code = codeOf({...startOf(2), bet: 'n'});
let wrong = 0;
for (let at = 0; at < code.length; ++at)
  for (const digit of digits) {
    if (digit === code[at]) continue;
    const read = stateFrom(code.slice(0, at) + digit + code.slice(at + 1));
    if (read.state) assert.deepEqual(read.state, {...startOf(2), bet: 'n'});  // spare bits of the last digit
    else ++wrong;
  }
assert.ok(wrong > code.length * 55);

// 10,000 strings: at random, cut, doubled, and whole codes that hold nonsense. None throws; none gives a state out of its limits.
const {deflateSync, strToU8, crc32} = await import(process.env.PARTS);
const wrap = (text) => {
  const body = deflateSync(strToU8(text)), all = new Uint8Array(body.length + 4);
  new DataView(all.buffer).setUint32(0, crc32(body));
  all.set(body, 4);
  return Buffer.from(all).toString('base64url');
};
const nonsense = () => pick([
  () => null, () => [], () => '', () => 1e308, () => -1, () => 0.5, () => true, () => '<img src=x onerror=alert(1)>', () => ({}), () => ({__proto__: {x: 1}}), () => Number.MAX_SAFE_INTEGER,
  () => Object.fromEntries(Array.from({length: 30}, (_, i) => [String(i), pick([random() * 1e6, 'x', null, true, -5, 'capacity'])])),
])();
const keys = 'v t x p s l a b y m r o h g z constructor __proto__ toString'.split(' ');
let states = 0, told = 0;
for (let i = 0; i < 10_000; ++i) {
  let text;
  if (i % 4 === 0) text = Array.from({length: Math.floor(random() * 300)}, () => String.fromCharCode(Math.floor(random() * (i % 8 ? 128 : 60_000)))).join('');
  else if (i % 4 === 1) text = '#s=' + pick([code.slice(0, Math.floor(random() * code.length)), code + code, [...code].sort(() => random() - 0.5).join('')]);
  else {
    const made = {v: 1};
    for (const key of keys) if (random() < 0.5) made[key] = nonsense();
    if (random() < 0.9) made.v = 1;
    text = wrap(JSON.stringify(made));
  }
  const read = stateFrom(text);
  assert.ok(Array.isArray(read.ignored) && read.ignored.every((note) => typeof note === 'string' && note.length < 200));
  if (!read.state) { assert.ok(read.ignored.length === 1); continue; }
  ++states;
  told += read.ignored.length > 0;
  const {state} = read, usual = defaultState();
  assert.deepEqual(Object.keys(state).sort(), Object.keys(usual).sort());
  for (const key of Object.keys(usual)) assert.equal(typeof state[key], typeof usual[key]);
  for (const side of ['a', 'b'])
    for (const [path, value] of Object.entries(state[side])) {
      const lever = levers.find((l) => l.path === path);
      assert.ok(lever, path);
      assert.deepEqual(clamped(lever, value), value);
    }
  assert.ok(state.run >= 0 && state.run < 100 && state.exercise >= 0 && state.exercise <= 5 && state.seed >= 0 && state.seed < 2 ** 32);
}
assert.ok(states > 3000 && told > 3000);

// Results: there and back; every single wrong digit and every swap of neighbours is refused.
for (let i = 0; i < 300; ++i) {
  const result = {exercise: 1 + (i % 5), bet: i % 4, seed: Math.floor(random() * 2 ** 32), a: Math.round(random() * 800) / 100, b: Math.round(random() * 900 - 100) / 100, higher: i % 101, tag: i};
  assert.deepEqual(readResult(resultCode(result)), result);
}
const result = resultCode({exercise: 3, bet: 1, seed: 20180901, a: 3.21, b: 4.56, higher: 84, tag: 7}), plain = result.replace(/-/g, ''), base = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
for (let at = 0; at < 20; ++at) {
  for (const digit of base) if (digit !== plain[at]) assert.equal(typeof readResult(plain.slice(0, at) + digit + plain.slice(at + 1)), 'string');
  if (at < 19 && plain[at] !== plain[at + 1]) assert.equal(typeof readResult(plain.slice(0, at) + plain[at + 1] + plain[at] + plain.slice(at + 2)), 'string');
}
assert.deepEqual(readResult(result.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o').replace(/1/g, 'l')), readResult(result));
for (let i = 0; i < 10_000; ++i) {
  const read = readResult(Array.from({length: 20}, () => pick([...base])).join(''));
  assert.ok(typeof read === 'string' || (read.exercise <= 5 && read.higher <= 100));
}
console.log(`codes: 2,000 states there and back, ${wrong} wrong digits refused, 10,000 strings read (${states} as states, ${told} with notes), results as well`);
