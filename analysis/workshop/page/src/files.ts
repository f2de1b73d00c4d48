// Files to keep: long tidy CSV, pictures, scenarios. Nothing is sent anywhere.
import type {App} from './app';
import {save} from './dom';

/** One row for each plan, run and outcome; UTF-8 with a mark, so that Excel reads it. */
export function csvOf(app: App): string {
  const lines = ['plan,run,seed,outcome,unit,value'], names = app.pool.settings.outcomes;
  (['A', 'B'] as const).forEach((side, k) => {
    for (const {key, unit} of names) app.twins![k].outcomes[key].forEach((value, run) => lines.push(`${side},${run + 1},${app.state.seed},${key},${unit},${Number.isFinite(value) ? value : ''}`));
  });
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** A picture with its own colours, as it can stand alone. */
export function svgText(picture: SVGElement): string {
  const copy = picture.cloneNode(true) as SVGElement, sources = [...picture.querySelectorAll<SVGElement>('*')];
  copy.querySelectorAll<SVGElement>('*').forEach((part, i) => {
    const style = getComputedStyle(sources[i]);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity']) part.style.setProperty(name, style.getPropertyValue(name));
  });
  const box = picture.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(box.width)));
  copy.setAttribute('height', String(Math.round(box.height)));
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(picture: SVGElement, name: string): void {
  save(`${name}.svg`, 'image/svg+xml', svgText(picture));
}

export async function savePng(picture: SVGElement, name: string): Promise<void> {
  const image = new Image(), scale = 2, url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await new Promise((good, bad) => { image.onload = good; image.onerror = () => bad(new Error('the picture could not be made')); image.src = url; });
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) save(`${name}.png`, 'image/png', blob);
}
