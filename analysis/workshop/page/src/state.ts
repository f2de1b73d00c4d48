// What a person has chosen, and nothing else: small enough for a link, and never trusted when it comes back.
import {deflateSync, inflateSync, strFromU8, strToU8} from 'fflate';
import {crc32} from './codes';
import {exerciseOf} from './exercises';
import {clamped, levers, type Value} from './levers';
import {presetOf} from './presets';
import type {Patch} from './scenario';

export const screens = ['start', 'meet', 'lab', 'many', 'evaluate', 'share', 'facilitator', 'limits'] as const;
export type Screen = (typeof screens)[number];

export interface State {
  screen: Screen; preset: string; exercise: number; seed: number; luckOnly: boolean; a: Patch; b: Patch;
  /** The bet made, or empty. */
  bet: string;
  /** Address of the school that is followed; 0 for none. */
  school: number;
  /** Which of the runs is drawn, from 0. */
  run: number;
  lottery: boolean; hubAnswers: number; otherAnswers: number;
}

export const firstSeed = 20180901;
/** Runs of each plan. */
export const runs = 100;
export function defaultState(): State {
  return {screen: 'start', preset: 'hub', exercise: 0, seed: firstSeed, luckOnly: false, a: {}, b: {}, bet: '', school: 0, run: 0, lottery: false, hubAnswers: 0.82, otherAnswers: 0.38};
}
/** The start of an exercise, or of free exploration with 0. */
export function startOf(number: number, screen: Screen = 'lab'): State {
  const exercise = exerciseOf(number), state = {...defaultState(), screen};
  if (!exercise) return state;
  return {...state, exercise: number, preset: exercise.preset, a: {...exercise.variants.A.patch}, b: {...exercise.variants.B.patch}};
}

type Packed = Record<string, unknown>;
const packedPatch = (patch: Patch) => Object.fromEntries(levers.flatMap((l, i) => (Object.hasOwn(patch, l.path) ? [[String(i), patch[l.path]]] : [])));

function packed(state: State): Packed {
  const start = startOf(state.exercise), out: Packed = {v: 1, t: screens.indexOf(state.screen), x: state.exercise};
  if (state.preset !== start.preset) out.p = state.preset;
  if (state.seed !== start.seed) out.s = state.seed;
  if (state.luckOnly) out.l = 1;
  out.a = packedPatch(state.a);
  out.b = packedPatch(state.b);
  if (state.bet && state.exercise > 0) out.y = state.bet;
  if (state.school) out.m = state.school;
  if (state.run) out.r = state.run;
  if (state.lottery) out.o = 1;
  if (state.hubAnswers !== start.hubAnswers) out.h = state.hubAnswers;
  if (state.otherAnswers !== start.otherAnswers) out.g = state.otherAnswers;
  return out;
}

/** A state as text for a link or to paste: deflated, with four bytes that tell a wrong digit. */
export function codeOf(state: State): string {
  const body = deflateSync(strToU8(JSON.stringify(packed(state))), {level: 9});
  const all = new Uint8Array(body.length + 4);
  new DataView(all.buffer).setUint32(0, crc32(body));
  all.set(body, 4);
  return btoa(String.fromCharCode(...all)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
export const linkText = (state: State) => `#s=${codeOf(state)}`;

const longest = 2000;

/** Reads a code or a link. Whatever does not fit is left at the start and named in `ignored`. Never throws. */
export function stateFrom(text: string): {state?: State; ignored: string[]} {
  const ignored: string[] = [];
  const refuse = (why: string) => ({ignored: [why]});
  const code = text.trim().replace(/^.*#s=/s, '');
  if (/^E[1-5]$/i.test(code)) return {state: startOf(Number(code[1])), ignored};
  if (code.length === 0 || code.length > longest || !/^[A-Za-z0-9_-]+$/.test(code)) return refuse('This is not a code of this page.');
  let read: unknown;
  try {
    const all = Uint8Array.from(atob(code.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const body = all.subarray(4);
    if (all.length < 5 || new DataView(all.buffer).getUint32(0) !== crc32(body)) return refuse('A digit of the code is wrong, or it is not whole.');
    read = JSON.parse(strFromU8(inflateSync(body)));
  } catch {
    return refuse('The code cannot be read.');
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return refuse('The code holds no state.');
  const p = read as Packed;
  if (p.v !== 1) return refuse('The code is of another version of this page.');
  const whole = (key: string, low: number, high: number, otherwise: number) => {
    const value = p[key];
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
    ignored.push(`“${key}” was not a whole number from ${low} to ${high}`);
    return otherwise;
  };
  const share = (key: string, otherwise: number) => {
    const value = p[key];
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && value >= 0.05 && value <= 1) return value;
    ignored.push(`“${key}” was not a share`);
    return otherwise;
  };
  const state = startOf(whole('x', 0, 5, 0), screens[whole('t', 0, screens.length - 1, 2)]);
  if (p.p !== undefined) {
    if (typeof p.p === 'string' && presetOf(p.p)) state.preset = p.p;
    else ignored.push('the place is not one of this page');
  }
  state.seed = whole('s', 0, 0xffffffff, firstSeed);
  state.luckOnly = p.l === 1;
  state.lottery = p.o === 1;
  state.run = whole('r', 0, runs - 1, 0);
  state.school = whole('m', 0, 2147483647, 0);
  state.hubAnswers = share('h', state.hubAnswers);
  state.otherAnswers = share('g', state.otherAnswers);
  if (p.y !== undefined) {
    if (exerciseOf(state.exercise)?.bet.choices.some((c) => c.value === p.y)) state.bet = p.y as string;
    else ignored.push('the bet is not one of the exercise');
  }
  for (const side of ['a', 'b'] as const) {
    if (p[side] === undefined) continue;
    if (typeof p[side] !== 'object' || p[side] === null || Array.isArray(p[side])) {
      ignored.push(`Plan ${side.toUpperCase()} was not a list of settings`);
      continue;
    }
    state[side] = readPatch(p[side] as Packed, side.toUpperCase(), ignored);
  }
  for (const key of Object.keys(p)) if (!'v t x p s l a b y m r o h g'.split(' ').includes(key)) ignored.push(`“${key.slice(0, 20)}” is not known`);
  return {state, ignored};
}

function readPatch(given: Packed, side: string, ignored: string[]): Patch {
  const out: Patch = {};
  for (const [key, value] of Object.entries(given)) {
    const lever = /^\d{1,2}$/.test(key) ? levers[Number(key)] : undefined;
    const good: Value | undefined = lever && clamped(lever, value);
    if (lever === undefined) ignored.push(`Plan ${side}: setting “${key.slice(0, 20)}” is not known`);
    else if (good === undefined) ignored.push(`Plan ${side}: ${lever.label} was not a value it can take`);
    else {
      if (good !== value) ignored.push(`Plan ${side}: ${lever.label} was brought within its limits`);
      out[lever.path] = good;
    }
  }
  return out;
}
