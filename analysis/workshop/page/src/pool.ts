// Engines at work: several workers made from a Blob (which works from file://), or the page itself.
import {ScenarioRefused, joined, joinedEvaluations, type Engine, type Evaluations, type EvaluationDesign, type PlanValues, type Study, type Trace, type Twins} from './engine';
import {answer, type Request} from './worker';

interface Hand { ask(request: Omit<Request, 'id'> & Record<string, unknown>): Promise<any>; end(): void }

/** Runs still wanted, or not: a newer question makes older answers worthless. */
export class Superseded extends Error {}

export class Pool {
  private constructor(private readonly hands: Hand[], readonly settings: Engine['settings'], readonly onPage: boolean) {}

  static async start(source: string, wasm: Uint8Array): Promise<Pool> {
    const most = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 2));
    const hands: Hand[] = [];
    try {
      const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
      for (let i = 0; i < most; ++i) hands.push(workerHand(url));
      const settings = await Promise.all(hands.map((hand) => hand.ask({what: 'start', wasm})));
      return new Pool(hands, settings[0], false);
    } catch {
      for (const hand of hands) hand.end();
      const hand = pageHand();
      return new Pool([hand], await hand.ask({what: 'start', wasm}), true);
    }
  }

  async load(side: 0 | 1, scenario: string, population: string): Promise<Study> {
    return (await Promise.all(this.hands.map((hand) => hand.ask({what: 'load', side, scenario, population}) as Promise<Study>)))[0];
  }
  trace(side: 0 | 1, run: number): Promise<Trace> {
    return this.hands[side % this.hands.length].ask({what: 'trace', side, run});
  }
  /** So many runs, shared out over the workers in runs of eight; `progress` is told how many are done. */
  async twins(side: 0 | 1, count: number, wanted: () => boolean, progress: (done: number) => void = () => {}): Promise<Twins> {
    return joined(await this.shared(count, 8, wanted, progress, (hand, first, n) => hand.ask({what: 'twins', side, first, count: n}) as Promise<Twins>));
  }
  async evaluate(side: 0 | 1, count: number, design: EvaluationDesign, wanted: () => boolean): Promise<Evaluations> {
    return joinedEvaluations(await this.shared(count, 4, wanted, () => {}, (hand, first, n) => hand.ask({what: 'evaluate', side, first, count: n, design}) as Promise<Evaluations>));
  }
  /** Two plans under turned settings, run by run; see Engine.planValues. */
  async planValues(plans: [number, number], turned: string, count: number, wanted: () => boolean, progress: (done: number) => void): Promise<PlanValues[]> {
    return (await this.shared(count, 1, wanted, progress, (hand, first, n) => hand.ask({what: 'planValues', side: 0, plans, turned, first, count: n}) as Promise<PlanValues[]>)).flat();
  }
  /** Bytes of memory that the engines hold. */
  async memory(): Promise<number> {
    return (await Promise.all(this.hands.map((hand) => hand.ask({what: 'memory'}) as Promise<number>))).reduce((sum, n) => sum + n, 0);
  }
  fingerprint(words: Float64Array): Promise<string> {
    return this.hands[0].ask({what: 'fingerprint', words});
  }

  private async shared<T>(count: number, size: number, wanted: () => boolean, progress: (done: number) => void, work: (hand: Hand, first: number, n: number) => Promise<T>): Promise<T[]> {
    const parts: T[] = [];
    let next = 0, done = 0;
    await Promise.all(this.hands.map(async (hand) => {
      while (next * size < count) {
        const part = next++, first = part * size, n = Math.min(size, count - first);
        parts[part] = await work(hand, first, n);
        if (!wanted()) throw new Superseded();
        progress((done += n));
      }
    }));
    return parts;
  }
}

function workerHand(url: string): Hand {
  const worker = new Worker(url);
  const waiting = new Map<number, {resolve: (v: any) => void; reject: (e: Error) => void}>();
  let id = 0;
  worker.onmessage = ({data}) => {
    const one = waiting.get(data.id);
    if (!one) return;  // told as an error already
    waiting.delete(data.id);
    if (data.error === undefined) one.resolve(data.value);
    else one.reject(data.refused ? new ScenarioRefused(data.error) : new Error(data.error));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const one of waiting.values()) one.reject(new Error(event.message || 'the worker stopped'));
    waiting.clear();
  };
  return {
    end: () => worker.terminate(),
    ask: (request) => new Promise((resolve, reject) => {
      waiting.set(++id, {resolve, reject});
      worker.postMessage({...request, id});
    }),
  };
}

/** Without workers: the page computes, and breathes between requests. */
function pageHand(): Hand {
  return {
    end: () => {},
    ask: (request) => new Promise((resolve, reject) => setTimeout(() => answer({...request, id: 0} as Request).then(resolve, reject))),
  };
}
