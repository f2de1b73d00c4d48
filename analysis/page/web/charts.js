// Draws every chart of the report from the specification that stands beside it. No eval:
// Vega's expressions are interpreted. No request is made.
import * as vega from 'vega';
import {compile} from 'vega-lite';
import {expressionInterpreter} from 'vega-interpreter';

const noLoader = {
  load: () => Promise.reject(new Error('this page loads nothing')),
  sanitize: () => Promise.reject(new Error('this page loads nothing')),
  http: () => Promise.reject(new Error('this page loads nothing')),
  file: () => Promise.reject(new Error('this page loads nothing')),
};

function themed(spec) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const ink = dark ? '#e8e8e8' : '#1f1f1f';
  const soft = dark ? '#555' : '#ddd';
  return {
    ...spec,
    config: {
      ...(spec.config || {}),
      background: 'transparent',
      font: 'Arial, sans-serif',
      axis: {labelColor: ink, titleColor: ink, gridColor: soft, domainColor: ink, tickColor: ink, labelFontSize: 13, titleFontSize: 13, titleFontWeight: 'normal', labelLimit: 260},
      legend: {labelColor: ink, titleColor: ink, labelFontSize: 13, titleFontSize: 13, labelLimit: 320, orient: 'bottom', columns: 2},
      header: {labelColor: ink, titleColor: ink, labelFontSize: 13},
      text: {color: ink, fontSize: 13},
      rule: {color: ink},
      view: {stroke: null},
    },
  };
}

// Labels take at most half the width, so that a small screen keeps room for the chart.
function limitLabels(part, most) {
  if (part === null || typeof part !== 'object') return;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'labelLimit') part[key] = Math.min(value, most);
    else if (key !== 'data') limitLabels(value, most);
  }
}

// On a dark page the palette's dark colours give way to light ones of the same hue. Scales from light to dark stay.
const lighter = {'#12436D': '#6ba3d6', '#801650': '#d96ba8', '#3D3D3D': '#c4c4c4'};
function lighten(part) {
  if (part === null || typeof part !== 'object') return;
  if (Array.isArray(part) && part.length === 2 && /^#e/.test(part[0])) return;
  for (const [key, value] of Object.entries(part))
    if (typeof value === 'string') part[key] = lighter[value] || value;
    else if (key !== 'data') lighten(value);
}

export async function draw(figure) {
  const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const holder = figure.querySelector('.chart');
  const width = Math.max(260, Math.min(860, holder.clientWidth - 10));
  const sized = themed(spec);
  limitLabels(sized, width / 2);
  if (matchMedia('(prefers-color-scheme: dark)').matches) lighten(sized);
  if (sized.width === 'container') {
    sized.width = width;
    sized.autosize = {type: 'fit-x', contains: 'padding'};  // labels are part of the width: nothing is scaled down
  }
  else if (sized.columns && sized.spec) {
    sized.columns = width < 520 ? Math.min(2, sized.columns) : sized.columns;
    sized.spec = {...sized.spec, width: Math.floor(width / sized.columns) - 60};
  }
  if (width < 520) Object.assign(sized.config.legend, {columns: 1, labelLimit: width - 60});
  for (const part of [sized, sized.spec])  // what has a width of its own is drawn smaller, not scaled: its labels stay legible
    if (part && typeof part.width === 'number' && !sized.columns) part.width = Math.min(part.width, width - (sized.spec ? 150 : 40));
  const view = new vega.View(vega.parse(compile(sized).spec, null, {ast: true}), {
    renderer: 'svg', expr: expressionInterpreter, loader: noLoader, logLevel: vega.Error,
  });
  const svg = await view.toSVG();
  holder.innerHTML = svg;
  const drawn = holder.querySelector('svg');
  for (const part of drawn.querySelectorAll('*'))  // one picture with one description; its table has the parts
    for (const name of ['role', 'aria-label', 'aria-roledescription', 'aria-hidden']) part.removeAttribute(name);
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', spec.description || '');
  drawn.style.maxWidth = '100%';
  drawn.style.height = 'auto';
}

export async function drawAll() {
  for (const figure of document.querySelectorAll('figure.vega')) {
    try {
      await draw(figure);
    } catch (error) {
      figure.querySelector('.chart').textContent = 'The chart could not be drawn; its table follows. ' + error.message;
    }
  }
  document.documentElement.dataset.charts = 'drawn';
}
