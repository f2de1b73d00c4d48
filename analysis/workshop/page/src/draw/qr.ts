// A code to scan, as a picture.
import {encode} from 'uqr';
import {svg} from '../dom';

export function qr(text: string, label: string): SVGElement {
  const {size, data} = encode(text, {ecc: 'L', border: 2});
  let path = '';
  data.forEach((row, y) => row.forEach((dark, x) => dark && (path += `M${x} ${y}h1v1h-1z`)));
  return svg('svg', {viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges'}, svg('rect', {width: size, height: size, fill: '#fff'}), svg('path', {d: path, fill: '#000'}));
}
