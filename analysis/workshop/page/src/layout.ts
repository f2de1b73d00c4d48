// Where schools are drawn: their place on the map, moved apart so that no two overlap. Worked out once for
// both plans; whole steps of plain arithmetic, so the same everywhere.
import type {School} from './engine';

export interface Layout { x: number[]; y: number[]; radius: number; width: number; height: number }

export function layoutOf(schools: School[]): Layout {
  const n = schools.length, width = 480, height = 420;
  const radius = Math.max(6, Math.min(23, 160 / Math.sqrt(n) - 4)), margin = radius + 8, apart = 2 * radius + (n > 150 ? 2 : 9);
  const place = (values: number[], size: number) => {  // by rank half and by distance half: no empty corners, no crowd
    const order = values.map((v, i) => [v, schools[i].address, i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const low = Math.min(...values), span = Math.max(1, Math.max(...values) - low), out = new Array<number>(n);
    order.forEach(([v, , i], rank) => (out[i] = margin + (size - 2 * margin) * (0.65 * (rank + 0.5) / n + 0.35 * (v - low) / span)));
    return out;
  };
  const x = place(schools.map((s) => s.x), width), y = place(schools.map((s) => -s.y), height);
  const clamp = (v: number, size: number) => Math.min(size - margin, Math.max(margin, v));
  for (let round = 0; round < (n > 150 ? 120 : 300); ++round) {
    let moved = false;
    for (let i = 0; i < n; ++i)
      for (let j = i + 1; j < n; ++j) {
        const dx = x[j] - x[i], dy = y[j] - y[i], square = dx * dx + dy * dy;
        if (square >= apart * apart) continue;
        const distance = Math.sqrt(square) || 1, push = (apart - distance) / 2 / distance, px = (dx || 1) * push, py = (dy || (i % 2 ? 1 : -1)) * push;
        x[i] = clamp(x[i] - px, width); y[i] = clamp(y[i] - py, height);
        x[j] = clamp(x[j] + px, width); y[j] = clamp(y[j] + py, height);
        moved = true;
      }
    if (!moved) break;
  }
  return {x, y, radius, width, height};
}
