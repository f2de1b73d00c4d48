// The engine as TypeScript sees it. The same class runs in the workers, in the page where a
// worker cannot, and in the tests under node.

export interface Setting {
  path: string; unit?: string; minimum?: number; maximum?: number; default: number | string | boolean;
  meaning: string; source: string; padlocks?: number; use?: string; plausible?: [number, number]; words?: string[];
}
export interface School { address: number; type: number; x: number; y: number; area: number; pupils: number; fsm: number | null; sixth_form: boolean; name?: string }
export interface Study {
  name: string; months: number; replicates: number; year: number; month: number; population: string; note: string; areas: string[];
  schools: School[]; ties: [number, number][]; employers: number; benchmarks: string[]; items: {id: string; name: string; benchmark: number}[];
}
/** month, change, cause, school, source or null, item or null */
export type TraceEvent = [number, number, number, number, number | null, number | null];
export interface Trace {
  months: number; establishments: number; costs: number[]; events: TraceEvent[];
  /** By month (the start is 0), then by school. */
  achieved: Uint8Array; itemShare: Uint8Array; standing: Uint8Array; employers: Uint8Array;
}
export interface Twins {
  outcomes: Record<string, Float64Array>;
  /** Mean benchmarks at the start and after each term, by run. */
  paths: Float64Array[];
  /** Two halves a run. */
  words: Float64Array;
}
/** Of two plans in one run, for one establishment. */
export interface PlanValues { outcomes: [number, number]; costs: [number, number] }
export const evaluationColumns = ['truth', 'level', 'change', 'matched', 'regression', 'schools', 'others'] as const;
export type EvaluationColumn = (typeof evaluationColumns)[number];
export type Evaluations = Record<EvaluationColumn, Float64Array>;
export interface EvaluationDesign { lottery: boolean; hubAnswers: number; otherAnswers: number }

export class ScenarioRefused extends Error {}

interface EngineModule {
  _malloc(n: number): number; _free(p: number): void;
  _engine_text(): number; _engine_numbers(): number; _engine_numbers_count(): number; _engine_bytes(): number; _engine_bytes_count(): number;
  _engine_settings(): number; _engine_load(side: number, scenario: number, population: number): number; _engine_trace(side: number, run: number): number;
  _engine_twins(side: number, first: number, count: number): number;
  _engine_evaluate(side: number, first: number, count: number, lottery: number, hub: number, other: number): number;
  _engine_plan_values(side: number, plan: number, other: number, turned: number, first: number, count: number): number;
  _engine_fingerprint(halves: number, words: number): number;
  HEAPU8: Uint8Array; HEAPF64: Float64Array;
  UTF8ToString(p: number): string; lengthBytesUTF8(s: string): number; stringToUTF8(s: string, p: number, n: number): void;
}
export type CreateEngine = (options: {wasmBinary: Uint8Array}) => Promise<EngineModule>;

export class Engine {
  readonly settings: {version: string; settings: Setting[]; outcomes: {key: string; unit: string}[]};

  static async create(create: CreateEngine, wasm: Uint8Array): Promise<Engine> {
    return new Engine(await create({wasmBinary: wasm}));
  }
  private constructor(private readonly module: EngineModule) {
    this.answer(module._engine_settings());
    this.settings = JSON.parse(this.text());
  }

  /** Reads and checks a scenario; throws ScenarioRefused with the whole report. */
  load(side: 0 | 1, scenario: string, population = ''): Study {
    const [a, b] = [this.put(scenario), this.put(population)];
    try {
      if (!this.module._engine_load(side, a, b)) throw new ScenarioRefused(this.text());
    } finally {
      this.module._free(a);
      this.module._free(b);
    }
    return JSON.parse(this.text()) as Study;
  }

  trace(side: 0 | 1, run: number): Trace {
    this.answer(this.module._engine_trace(side, run));
    const start = this.module._engine_bytes(), all = this.module.HEAPU8.slice(start, start + this.module._engine_bytes_count());
    const rest = JSON.parse(this.text()), frame = (rest.months + 1) * rest.establishments;
    const part = (from: number, width: number) => all.slice(from * frame, (from + width) * frame);
    return {...rest, achieved: part(0, 1), itemShare: part(1, 8), standing: part(9, 1), employers: part(10, 1)};
  }

  twins(side: 0 | 1, first: number, count: number): Twins {
    this.answer(this.module._engine_twins(side, first, count));
    const rows = this.numbers(), width = rows.length / count, keys = this.settings.outcomes.map((o) => o.key);
    const outcomes: Twins['outcomes'] = {};
    keys.forEach((key, k) => (outcomes[key] = Float64Array.from({length: count}, (_, r) => rows[r * width + k])));
    const paths = Array.from({length: count}, (_, r) => rows.slice(r * width + keys.length, (r + 1) * width - 2));
    const words = new Float64Array(2 * count);
    for (let r = 0; r < count; ++r) words.set(rows.slice((r + 1) * width - 2, (r + 1) * width), 2 * r);
    return {outcomes, paths, words};
  }

  evaluate(side: 0 | 1, first: number, count: number, design: EvaluationDesign): Evaluations {
    this.answer(this.module._engine_evaluate(side, first, count, design.lottery ? 1 : 0, design.hubAnswers, design.otherAnswers));
    const rows = this.numbers(), width = evaluationColumns.length;
    return Object.fromEntries(evaluationColumns.map((key, k) => [key, Float64Array.from({length: count}, (_, r) => rows[r * width + k])])) as Evaluations;
  }

  /** Outcome and pounds for one establishment of two plans, by run, with settings turned: "path=value", one a line. */
  planValues(side: 0 | 1, plans: [number, number], turned: string, first: number, count: number): PlanValues[] {
    const text = this.put(turned);
    try {
      this.answer(this.module._engine_plan_values(side, plans[0], plans[1], text, first, count));
    } finally {
      this.module._free(text);
    }
    const rows = this.numbers();
    return Array.from({length: count}, (_, r) => ({outcomes: [rows[4 * r], rows[4 * r + 2]], costs: [rows[4 * r + 1], rows[4 * r + 3]]}));
  }

  /** What `hubsim run` prints for the same runs. */
  fingerprint(words: Float64Array): string {
    const p = this.module._malloc(words.byteLength);
    this.module.HEAPF64.set(words, p / 8);
    this.answer(this.module._engine_fingerprint(p, words.length / 2));
    this.module._free(p);
    return this.text();
  }

  /** Bytes of WebAssembly memory. */
  memory(): number {
    return this.module.HEAPU8.length;
  }

  private answer(good: number): void {
    if (!good) throw new Error(this.text());
  }
  private text(): string {
    return this.module.UTF8ToString(this.module._engine_text());
  }
  private numbers(): Float64Array {
    const at = this.module._engine_numbers() / 8;
    return this.module.HEAPF64.slice(at, at + this.module._engine_numbers_count());
  }
  private put(text: string): number {
    const size = this.module.lengthBytesUTF8(text) + 1, p = this.module._malloc(size);
    this.module.stringToUTF8(text, p, size);
    return p;
  }
}

/** Runs of several parts as one. */
export function joined(parts: Twins[]): Twins {
  const join = (lists: Float64Array[]) => Float64Array.from(lists.flatMap((l) => [...l]));
  return {
    outcomes: Object.fromEntries(Object.keys(parts[0].outcomes).map((key) => [key, join(parts.map((p) => p.outcomes[key]))])),
    paths: parts.flatMap((p) => p.paths),
    words: join(parts.map((p) => p.words)),
  };
}
export function joinedEvaluations(parts: Evaluations[]): Evaluations {
  return Object.fromEntries(evaluationColumns.map((key) => [key, Float64Array.from(parts.flatMap((p) => [...p[key]]))])) as Evaluations;
}
