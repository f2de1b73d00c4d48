// The live part of a report: what counts (arithmetic on totals in the page) and what is assumed (the engine runs again).
// It is bundled with the report's charts; the engine comes from the page itself, and nothing is asked for.
import {byId, h, pounds, put, shown, table} from './dom';
import {mean, quantile} from './numbers';
import {Pool} from './pool';
import {chosen, valuesOf, type PlanTotals, type Rule, type Settings} from './value';

/** A setting at the values that its slider stops at, each in words; `now` is where it stands. */
interface Assumption { path: string; meaning: string; values: number[]; words: string[]; now: number; drawn: boolean; differs?: string }
/** What the report puts into the page; pounds and outcomes are for one establishment. */
interface LiveData {
  settings: Settings; months: number; unit: string; preference: string; establishments: number; plans: PlanTotals[];
  /** Without an engine the second part is not there. */
  again?: {
    plans: [number, number]; runs: number; seed: number; posterior: string; lead: number[];
    assumptions: Assumption[];
  };
}
type DrawChart = (figure: Element) => Promise<void>;

const ruleWords: Record<Rule, string> = {
  most: 'most of the outcome', net_benefit: 'most value after its cost', within_budget: 'most of the outcome within a budget',
};
const aheadBy = (v: number, unit: string) => (Math.abs(v) < 0.0005 ? 'level with' : `${shown(Math.abs(v), 3)} ${unit} ${v > 0 ? 'ahead of' : 'behind'}`);
const notTheReport = h('strong', {}, 'Your change, not the report. ');

/** A slider with its name, its value in words, and what happens when it is moved. */
function slider(label: string, range: {low: number; high: number; step: number; value: number}, inWords: (v: number) => string, moved: (v: number) => void, first: () => void = () => {}) {
  const value = h('output', {}, inWords(range.value));
  const input = h('input', {type: 'range', min: range.low, max: range.high, step: range.step, value: range.value, 'aria-valuetext': inWords(range.value), oninput: () => {
    first();
    value.textContent = inWords(input.valueAsNumber);
    input.setAttribute('aria-valuetext', inWords(input.valueAsNumber));
    moved(input.valueAsNumber);
  }});
  return h('label', {class: 'slider'}, h('span', {}, label[0].toUpperCase() + label.slice(1)), input, value);
}

/** What counts: horizon, discount rate, rule, and what a benchmark-year is worth. */
class WhatCounts {
  private settings: Settings;
  private readonly answer = h('div', {role: 'status', 'aria-live': 'polite'});
  private readonly controls = h('div', {class: 'sliders'});

  constructor(private readonly data: LiveData) {
    this.settings = {...data.settings};
  }
  show(into: Element): void {
    put(into, h('h3', {}, 'What counts'), this.controls, this.answer,
      h('button', {type: 'button', onclick: () => { this.settings = {...this.data.settings}; this.showControls(); this.choose(); }}, 'As in the report'));
    this.showControls();
    this.choose();
  }

  private showControls(): void {
    const s = this.settings, most = this.data.plans[0].held.length;
    const set = (change: Partial<Settings>) => { Object.assign(this.settings, change); this.choose(); };
    const rules = h('select', {onchange: () => { set({rule: rules.value as Rule, ...(rules.value === 'within_budget' && {years: this.data.settings.years})}); this.showControls(); rules.focus(); }},
      ...(Object.keys(ruleWords) as Rule[]).filter((rule) => rule !== 'net_benefit' || s.outcome === 'benchmark_years').map((rule) => h('option', {value: rule, selected: rule === s.rule}, ruleWords[rule])));
    const whole = this.data.establishments;
    put(this.controls,
      h('label', {class: 'slider'}, h('span', {}, 'Choose the plan with'), rules),
      most > 1 && s.rule !== 'within_budget' && slider('Horizon: count what happens in the first', {low: 1, high: most, step: 1, value: s.years}, (v) => this.horizonWords(v), (years) => set({years})),
      slider('Discount rate', {low: 0, high: Math.max(10, 100 * s.rate), step: 0.1, value: 100 * s.rate}, (v) => `${shown(v, 1)} % a year`, (v) => set({rate: v / 100})),
      s.rule === 'net_benefit' && slider('A benchmark held for a year is worth', {low: 0, high: Math.max(20_000, 2 * s.worth), step: 100, value: s.worth}, (v) => `£${shown(v, 0)}`, (worth) => set({worth})),
      s.rule === 'within_budget' && slider(`Money beyond “${this.data.plans[0].name}”`, {low: 0, high: this.dearest(), step: 100_000, value: s.budget * whole}, pounds, (v) => set({budget: v / whole})));
  }
  /** What the rule looks at, as a text to compare. */
  private counted(s: Settings): string {
    return JSON.stringify([s.rule, s.rule === 'within_budget' ? 0 : s.years, s.rate, s.rule === 'net_benefit' && s.worth, s.rule === 'within_budget' && s.budget]);
  }
  private horizonWords(years: number): string {
    const {months} = this.data;
    if (12 * (years - 1) >= months) return `${years} years: beyond the run, by the runs that were watched on`;
    return 12 * years >= months ? `${months} ${months === 1 ? 'month' : 'months'}, all of the run` : years === 1 ? '1 year' : `${years} years`;
  }
  /** The most that any plan costs beyond the first, rounded up: where the budget's slider ends. */
  private dearest(): number {
    const all = valuesOf(this.data.plans, {...this.settings, years: this.data.plans[0].held.length}).map((v) => v.cost);
    return Math.ceil((Math.max(...all) - all[0]) * this.data.establishments / 1e6 + 1) * 1e6;
  }
  private choose(): void {
    const values = valuesOf(this.data.plans, this.settings), best = chosen(values), first = values[0];
    const before = chosen(valuesOf(this.data.plans, this.data.settings));
    const changed = this.counted(this.settings) !== this.counted(this.data.settings);
    const years = this.data.settings.outcome === 'benchmark_years';
    put(this.answer,
      h('p', {}, changed && notTheReport.cloneNode(true), `“${values[best].name}” ${changed ? 'would be' : 'is'} chosen`,
        !changed ? ', as the report says.' : best === before ? ', as in the report.' : `, where the report has “${values[before].name}”.`),
      table(`Each plan over “${first.name}”`, ['Plan', `More ${this.data.unit} for each establishment`, 'Extra cost in all', this.settings.rule === 'net_benefit' ? 'Value after cost, in all' : '', 'Chosen'].filter(Boolean),
        values.map((v, i) => [v.name, (v.outcome - first.outcome).toFixed(2).replace('-', '−'), pounds((v.cost - first.cost) * this.data.establishments),
          this.settings.rule === 'net_benefit' ? pounds((v.score - first.score) * this.data.establishments) : null,
          i === best ? 'chosen' : v.affordable ? '' : 'too dear'].filter((cell): cell is string => cell !== null))),
      h('p', {class: 'meta'}, years ? 'Benchmarks held × years, at present value.' : 'Benchmarks truly achieved at the end of the last year counted.', ' Means over all runs of the report; nothing is run again.'));
  }
}

/** What is assumed: the engine runs the two leading plans again. */
class WhatIsAssumed {
  private readonly turned = new Map<string, number>();
  private readonly answer = h('div', {role: 'status', 'aria-live': 'polite'});
  private readonly progress = h('progress', {max: 1, value: 0, hidden: true, 'aria-label': 'Runs done'});
  private readonly button: HTMLButtonElement;
  private readonly controls = h('div', {class: 'sliders'});
  private pool: Promise<Pool> | undefined;
  private question = 0;

  constructor(private readonly data: LiveData, private readonly draw: DrawChart) {
    const {runs} = data.again!;
    this.button = h('button', {type: 'button', onclick: () => void this.run()}, `Run ${runs} pairs again`);
  }
  show(into: Element): void {
    const {plans} = this.data.again!, [a, b] = plans.map((p) => this.data.plans[p].name);
    put(into, h('h3', {}, 'What is assumed'),
      h('p', {}, `The assumptions that move the answer most, and the money for a hub. Move some, then let the model run “${a}” and “${b}” again, here in the browser; they are compared by the report’s rule and horizon.`),
      this.controls, h('p', {}, this.button, ' ', h('button', {type: 'button', onclick: () => this.reset()}, 'As in the report'), ' ', this.progress), this.answer);
    this.reset();
  }

  private reset(): void {
    ++this.question;
    this.turned.clear();
    this.idle();
    put(this.answer);
    put(this.controls, ...this.data.again!.assumptions.map((a) => {
      let moved = false;
      const words = (at: number) => (moved ? a.words[at] : a.differs ?? a.words[at] + (a.drawn ? ' in the middle; each run draws its own' : ', as in the report'));
      return slider(a.meaning, {low: 0, high: a.values.length - 1, step: 1, value: a.now}, (at) => words(at), (at) => {
        if (at === a.now && !a.drawn && !a.differs) this.turned.delete(a.path);
        else this.turned.set(a.path, a.values[at]);
        this.stale();
      }, () => { moved = true; });
    }));
  }
  /** What was shown belongs to other settings. */
  private stale(): void {
    ++this.question;
    this.idle();
    put(this.answer, h('p', {class: 'meta'}, 'Moved: run again to see what that does.'));
  }
  private idle(): void {
    this.button.removeAttribute('aria-disabled');
    this.progress.hidden = true;
  }
  /** By run: how far the first plan is ahead, by the report's rule; and pounds. */
  private async leads(pool: Pool, mine: number): Promise<number[]> {
    const {plans, runs} = this.data.again!, {rule, worth} = this.data.settings;
    const lines = [...this.turned].map(([path, value]) => `${path}=${value}`).join('\n');
    const all = await pool.planValues(plans, lines, runs, () => mine === this.question, (done) => { this.progress.value = done / runs; });
    const score = (outcome: number, cost: number) => (rule === 'net_benefit' ? outcome - cost / worth : outcome);
    return all.map((v) => score(v.outcomes[0], v.costs[0]) - score(v.outcomes[1], v.costs[1]));
  }
  private async run(): Promise<void> {
    if (this.button.hasAttribute('aria-disabled')) return;
    const mine = ++this.question;
    this.button.setAttribute('aria-disabled', 'true');  // not disabled: the keyboard would lose its place
    this.progress.hidden = false;
    this.progress.removeAttribute('value');
    try {
      this.pool ??= this.start();
      const leads = await this.leads(await this.pool, mine);
      if (mine !== this.question) return;
      await this.tell(leads);
    } catch (error) {
      if (mine !== this.question) return;
      put(this.answer, h('p', {}, `The model could not run here: ${(error as Error).message}`));
    }
    this.idle();
  }
  private async start(): Promise<Pool> {
    const packed = Uint8Array.from(atob(byId('wasm').textContent!), (c) => c.charCodeAt(0));
    const inflated = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
    const pool = await Pool.start(`${byId('glue').textContent}\n${byId('worker').textContent}`, new Uint8Array(await inflated.arrayBuffer()));
    const {seed, posterior} = this.data.again!, {months} = this.data, scenario = JSON.parse(byId('scenario').textContent!);
    await pool.load(0, JSON.stringify({...scenario, seed, months, posterior}), '');
    return pool;
  }
  private async tell(leads: number[]): Promise<void> {
    const {plans, lead} = this.data.again!, [a, b] = plans.map((p) => this.data.plans[p].name), unit = this.data.preference;
    const same = lead.slice(0, leads.length), ahead = leads.filter((v) => v > 0).length;
    const row = (name: string, v: number[]) => [name, shown(mean(v), 3), `${v.filter((x) => x > 0).length} of ${v.length}`, v.length < 20 ? 'too few runs' : `${quantile(v, 0.1).toFixed(2)} to ${quantile(v, 0.9).toFixed(2)}`.replace(/-/g, '−')];
    const chart = JSON.parse(byId('live-chart').textContent!);
    chart.data = {values: [...same.map((v) => ({who: 'in the report', lead: v})), ...leads.map((v) => ({who: 'run again here', lead: v}))]};
    const figure = h('figure', {class: 'vega'}, h('div', {class: 'chart'}), h('script', {type: 'application/json'}, JSON.stringify(chart)));
    put(this.answer,
      h('p', {}, this.turned.size > 0 && notTheReport.cloneNode(true),
        this.turned.size > 0
          ? `With it “${a}” is ${aheadBy(mean(leads), unit)} “${b}” for each establishment, and ahead in ${ahead} of ${leads.length} pairs of runs. In the same pairs unchanged it is ${aheadBy(mean(same), unit)} it; in all ${lead.length} of the report it is ${aheadBy(mean(lead), unit)} it.`
          : `Nothing was moved: these are the report’s own first ${leads.length} runs. In them “${a}” is ${aheadBy(mean(leads), unit)} “${b}” for each establishment; in all ${lead.length} it is ${aheadBy(mean(lead), unit)} it.`),
      figure,
      table(`How far “${a}” is ahead of “${b}”`, ['Runs', `Mean, ${unit}`, 'Ahead in', 'Eight in ten between'],
        [row('the report, all runs', lead), row('the same runs in the report', same), row('run again here', leads)]));
    await this.draw(figure);
  }
}

/** Fills the report's live section, if it has one. */
export function showLive(draw: DrawChart): void {
  const place = document.getElementById('live-parts'), held = document.getElementById('live-data');
  if (!place || !held) return;
  const data = JSON.parse(held.textContent!) as LiveData;
  const counts = h('div'), assumed = h('div');
  put(place, counts, data.again ? assumed : null);
  new WhatCounts(data).show(counts);
  if (data.again) new WhatIsAssumed(data, draw).show(assumed);
}
