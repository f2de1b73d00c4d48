// A worker: one engine, one request at a time.
import {Engine, ScenarioRefused, type CreateEngine} from './engine';

declare const createEngine: CreateEngine;
let engine: Promise<Engine> | undefined;

export type Request = {id: number} & (
  | {what: 'start'; wasm: Uint8Array}
  | {what: 'load'; side: 0 | 1; scenario: string; population: string}
  | {what: 'trace'; side: 0 | 1; run: number}
  | {what: 'twins'; side: 0 | 1; first: number; count: number}
  | {what: 'evaluate'; side: 0 | 1; first: number; count: number; design: {lottery: boolean; hubAnswers: number; otherAnswers: number}}
  | {what: 'planValues'; side: 0 | 1; plans: [number, number]; turned: string; first: number; count: number}
  | {what: 'fingerprint'; words: Float64Array}
  | {what: 'memory'});

/** Answers one request; shared with the page, for browsers that refuse workers. */
export async function answer(request: Request): Promise<unknown> {
  if (request.what === 'start') {
    engine = Engine.create(createEngine, request.wasm);
    return (await engine).settings;
  }
  const e = await engine!;
  switch (request.what) {
    case 'load': return e.load(request.side, request.scenario, request.population);
    case 'trace': return e.trace(request.side, request.run);
    case 'twins': return e.twins(request.side, request.first, request.count);
    case 'evaluate': return e.evaluate(request.side, request.first, request.count, request.design);
    case 'planValues': return e.planValues(request.side, request.plans, request.turned, request.first, request.count);
    case 'memory': return e.memory();
    case 'fingerprint': return e.fingerprint(request.words);
  }
}

if (typeof document === 'undefined')
  self.onmessage = async (message: MessageEvent<Request>) => {
    const {id} = message.data;
    try {
      self.postMessage({id, value: await answer(message.data)});
    } catch (error) {
      const e = error as Error;
      self.postMessage({id, error: e.message, refused: e instanceof ScenarioRefused});
    }
  };
