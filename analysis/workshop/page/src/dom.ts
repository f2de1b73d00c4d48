// Elements without a framework: text is always text, never markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

/** An element with attributes and children; `onclick` and its like are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a picture. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  put(element, ...children);
  return element;
}

/** A table with a caption and headings; first cells of rows are headings too. */
export function table(caption: string, head: string[], rows: (string | number)[][], attributes: Attributes = {}): HTMLElement {
  const numeric = (v: string | number | undefined) => typeof v === 'number' || /^−?£?\d[\d.,]*( million)?$/.test(v ?? '');
  const cell = (value: string | number) => (typeof value === 'number' ? shown(value) : value);
  const copy = h('button', {type: 'button', class: 'keep', onclick: () => void navigator.clipboard?.writeText([head, ...rows].map((row) => row.join('\t')).join('\n')).then(() => { copy.textContent = 'Copied'; }, () => {})}, 'Copy table');
  return h('div', {class: 'table'}, h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption},
    h('table', attributes,
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...head.map((text, c) => (text ? h('th', {scope: 'col', class: c > 0 && numeric(rows[0]?.[c]) ? 'number' : null}, text) : h('td'))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, h('th', {scope: 'row'}, cell(row[0])),
        ...row.slice(1).map((v) => h('td', {class: numeric(v) ? 'number' : null}, cell(v)))))))),
    rows.length > 3 ? copy : null);
}

/** A number for people: at most two decimals, thousands apart. */
export function shown(value: number, digits = 2): string {
  return Number.isFinite(value) ? value.toLocaleString('en-GB', {maximumFractionDigits: digits}).replace(/^-0$/, '0').replace('-', '−') : '–';
}

/** Pounds, rounded so that no precision is pretended. */
export function pounds(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return `${value < 0 ? '−' : ''}£${(size / 1e6).toFixed(2)} million`;
  return `${value < 0 ? '−' : ''}£${shown(Math.round(size / 100) * 100, 0)}`;
}

/** Puts children in place of what an element holds; those that are not there are left out. */
export function put(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
}

export function byId<T extends Element = HTMLElement>(id: string): T {
  return document.getElementById(id) as unknown as T;
}

/** Saves bytes or text under a name: nothing leaves the computer. */
export function save(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], {type}));
  const link = h('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
