// What the page knows: the choices, and what the engine made of them. Screens ask for changes here and
// are told when something is new.
import {ScenarioRefused, type Study, type Trace, type Twins} from './engine';
import {exerciseOf, type Exercise} from './exercises';
import {layoutOf, type Layout} from './layout';
import {Superseded, type Pool} from './pool';
import {presetOf, type Preset} from './presets';
import {defaultsOf, textOf, type Patch, type SideName} from './scenario';
import {linkText, runs, startOf, type Screen, type State} from './state';
import type {Value} from './levers';

export type News = 'state' | 'worlds' | 'twins' | 'progress' | 'problem';

const patience = 400;  // milliseconds before the page shows that it is working: painting takes time too

export class App {
  readonly defaults: Patch;
  worlds?: {studies: [Study, Study]; traces: [Trace, Trace]; layout: Layout};
  twins?: [Twins, Twins];
  fingerprints?: [string, string];
  /** Share of the runs that are worked out, 0 to 1. */
  done = 0;
  problem = '';
  /** Month drawn; whether an exercise was run to its end once. */
  month = 0;
  ran = false;
  private ticket = 0;
  private kept: {text: string; study: Study; trace?: Trace; run?: number}[] = [];
  private keptTwins = new Map<string, Twins>();
  private readonly listeners = new Set<(news: News) => void>();

  constructor(public state: State, readonly pool: Pool) {
    this.defaults = defaultsOf(pool.settings.settings);
  }

  get exercise(): Exercise | undefined { return exerciseOf(this.state.exercise); }
  get preset(): Preset { return presetOf(this.state.preset)!; }
  get months(): number { return this.preset.months; }
  /** May results be seen? In an exercise, only after a prediction and a run. */
  get open(): boolean { return this.state.exercise === 0 || this.ran; }
  patch(side: SideName): Patch { return side === 'A' ? this.state.a : this.state.b; }
  value(side: SideName, path: string): Value { return this.patch(side)[path] ?? this.defaults[path]; }
  /** The value an exercise starts with: what "changed" is changed from. */
  startValue(side: SideName, path: string): Value {
    const start = startOf(this.state.exercise);
    return (side === 'A' ? start.a : start.b)[path] ?? this.defaults[path];
  }
  /** Are both plans, and what is drawn of the unknown, as the exercise starts? */
  get asItStarts(): boolean {
    const {exercise} = this;
    return exercise !== undefined && this.state.preset === exercise.preset && !this.state.luckOnly && (['A', 'B'] as const).every((side) => Object.keys(this.defaults).every((path) => this.value(side, path) === this.startValue(side, path)));
  }
  scenarioText(side: SideName): string {
    return textOf({preset: this.preset, patch: this.patch(side), seed: this.state.seed, luckOnly: this.state.luckOnly, replicates: runs, name: `Plan ${side}`});
  }

  on(listener: (news: News) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  tell(news: News): void {
    for (const listener of [...this.listeners]) listener(news);
  }

  set(change: Partial<State>): void {
    const before = this.state;
    this.state = {...before, ...change};
    if (this.state.preset !== before.preset || this.state.exercise !== before.exercise) {  // another story: nothing of it was seen
      this.month = 0;
      this.ran = false;
    }
    history.replaceState(null, '', linkText(this.state));
    this.tell('state');
    void this.compute();
  }
  setLever(side: SideName, path: string, value: Value): void {
    const patch = {...this.patch(side)};
    if (value === this.defaults[path]) delete patch[path];
    else patch[path] = value;
    this.set(side === 'A' ? {a: patch} : {b: patch});
  }
  go(screen: Screen): void {
    if (this.state.screen === screen) return;
    this.set({screen});
  }
  begin(exercise: number, screen: Screen = 'lab'): void {
    this.month = 0;
    this.ran = false;
    this.set({...startOf(exercise, screen), school: this.state.school});
  }
  /** The exercise's start: levers, luck and month. The bet stays. */
  reset(): void {
    this.month = 0;
    const {bet, screen, school} = this.state;
    this.set({...startOf(this.state.exercise, screen), ...(this.state.exercise === 0 ? {preset: this.state.preset} : {}), bet, school});
  }

  /** Works out what the choices need and is not known yet. */
  async compute(): Promise<void> {
    const texts: [string, string] = [this.scenarioText('A'), this.scenarioText('B')], wish = `${texts.join()}${this.state.run}`;
    if (wish === this.wish) return;
    this.wish = wish;
    const ticket = ++this.ticket, wanted = () => ticket === this.ticket, from = performance.now();
    this.done = 0;
    this.twins = this.fingerprints = undefined;
    const slow = () => performance.now() - from > patience;
    setTimeout(() => wanted() && this.done < 1 && this.tell('progress'), patience);
    try {
      const local = this.preset.local ?? '', studies = [] as unknown as [Study, Study], traces = [] as unknown as [Trace, Trace], parts = [0, 0];
      await Promise.all(([0, 1] as const).map(async (side) => {
        if (this.kept[side]?.text !== texts[side]) {
          delete this.kept[side];
          const study = await this.pool.load(side, texts[side], local);
          if (!wanted()) throw new Superseded();
          this.kept[side] = {text: texts[side], study};
        }
        studies[side] = this.kept[side].study;
      }));
      if (!wanted()) return;
      const runsBegun = ([0, 1] as const).map((side) => this.keptTwins.get(texts[side]) ?? this.pool.twins(side, runs, wanted, (done) => {
        parts[side] = done;
        this.done = (parts[0] + parts[1]) / (2 * runs);
        if (slow()) this.tell('progress');
      }));
      for (const begun of runsBegun) Promise.resolve(begun).catch(() => {});  // told below, if it is still wanted
      await Promise.all(([0, 1] as const).map(async (side) => {
        const kept = this.kept[side], {run} = this.state;
        if (kept.run !== run || !kept.trace) Object.assign(kept, {trace: await this.pool.trace(side, run), run});
        traces[side] = kept.trace!;
      }));
      if (!wanted()) return;
      const layout = this.worlds && sameSchools(this.worlds.studies[0], studies[0]) ? this.worlds.layout : layoutOf(studies[0].schools);
      this.worlds = {studies, traces, layout};
      this.problem = '';
      this.tell('worlds');
      const twins = await Promise.all(runsBegun) as [Twins, Twins];
      if (!wanted()) return;
      this.keptTwins = new Map([...this.keptTwins, ...texts.map((t, side) => [t, twins[side]] as const)].slice(-8));
      const fingerprints: [string, string] = [await this.pool.fingerprint(twins[0].words), await this.pool.fingerprint(twins[1].words)];
      if (!wanted()) return;
      this.twins = twins;
      this.fingerprints = fingerprints;
      this.done = 1;
      this.tell('twins');
    } catch (error) {
      if (error instanceof Superseded || !wanted()) return;
      this.wish = '';
      this.problem = error instanceof ScenarioRefused ? `The engine refused the scenario:\n${error.message}` : (error as Error).message;
      this.tell('problem');
    }
  }
  private wish = '';

  /** Takes the engine's sides for something else. The answer says whether they are still the taker's: not once choices change. */
  borrow(): () => boolean {
    const ticket = ++this.ticket;
    this.kept = [];
    this.wish = '';
    this.twins = this.fingerprints = undefined;
    return () => ticket === this.ticket;
  }
  /** Gives them back. */
  giveBack(wanted: () => boolean): void {
    if (wanted()) void this.compute();
  }
}

const sameSchools = (a: Study, b: Study) => a.schools.length === b.schools.length && a.schools.every((s, i) => s.address === b.schools[i].address && s.x === b.schools[i].x);
