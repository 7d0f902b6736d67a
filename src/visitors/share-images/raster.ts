/** A point of a path, in pixels. */
type Point = readonly [x: number, y: number];
/** Closed outlines as straight lines. Overlapping outlines form one shape. */
export type Shape = Point[][];

/**
 * A pixel is a color ramp's number and a step on it, from the ramp's background to its ink, so drawing needs no
 * blending.
 */
export type Canvas = { width: number; height: number; pixels: Uint8Array };
export const RAMP_STEPS = 64;

export const newCanvas = (width: number, height: number): Canvas => ({
  width,
  height,
  pixels: new Uint8Array(width * height),
});

/** Fills a shape with a ramp's ink, with smooth edges. Parts outside the canvas are ignored. */
export function fill({ width, height, pixels }: Canvas, shape: Shape, ramp: number) {
  const box = boundsOf(shape);
  const left = Math.max(0, Math.floor(box.left));
  const top = Math.max(0, Math.floor(box.top));
  const right = Math.min(width, Math.ceil(box.right));
  const bottom = Math.min(height, Math.ceil(box.bottom));
  if (right <= left || bottom <= top) return;
  const columns = right - left + 2;
  const deltas = new Float32Array(columns * (bottom - top));
  const moved = ([x, y]: Point): Point => [Math.min(Math.max(x, left), right) - left, y - top];
  for (const outline of shape)
    for (const [i, point] of outline.entries())
      addEdge(deltas, columns, moved(point), moved(outline[(i + 1) % outline.length] ?? point));
  for (let y = top; y < bottom; y++) {
    let covered = 0;
    for (let x = left; x < right; x++) {
      covered += deltas[(y - top) * columns + x - left] ?? 0;
      const step = Math.round(Math.min(Math.abs(covered), 1) * (RAMP_STEPS - 1));
      const known = pixels[y * width + x] ?? 0;
      const isMore = Math.floor(known / RAMP_STEPS) !== ramp || step > known % RAMP_STEPS;
      if (step > 0 && isMore) pixels[y * width + x] = ramp * RAMP_STEPS + step;
    }
  }
}

/**
 * Adds to each cell how much an edge changes the coverage to its right. Summed along a row, the changes give each
 * pixel's exact share inside the shape (the font-rs method).
 */
function addEdge(deltas: Float32Array, columns: number, from: Point, to: Point) {
  if (from[1] === to[1]) return;
  const sign = from[1] < to[1] ? 1 : -1;
  const [upper, lower] = sign === 1 ? [from, to] : [to, from];
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  const rows = deltas.length / columns;
  const start = Math.max(0, upper[1]);
  let x = upper[0] + (start - upper[1]) * slope;
  for (let y = Math.floor(start); y < Math.min(rows, Math.ceil(lower[1])); y++) {
    const height = Math.min(y + 1, lower[1]) - Math.max(y, start);
    const next = x + slope * height;
    addSpan(deltas, y * columns, Math.min(x, next), Math.max(x, next), sign * height);
    x = next;
  }
}

/** An edge's part in one row. It goes horizontally from `from` to `to`, and down by `amount`. */
function addSpan(deltas: Float32Array, row: number, from: number, to: number, amount: number) {
  const first = Math.floor(from);
  const last = Math.max(first + 1, Math.ceil(to));
  let before = 0;
  for (let cell = first; cell <= last; cell++) {
    const covered = cell === last ? 1 : coveredOf(cell, from, to);
    deltas[row + cell] = (deltas[row + cell] ?? 0) + amount * (covered - before);
    before = covered;
  }
}

/** The share of a pixel to the right of an edge that crosses its row from `from` to `to`. */
function coveredOf(cell: number, from: number, to: number) {
  if (to - from < 1e-6) return Math.min(Math.max(cell + 1 - from, 0), 1);
  const passed = (x: number) => {
    const t = Math.min(Math.max(x, from), to) - from;
    return (t * t) / (2 * (to - from)) + Math.max(0, x - to);
  };
  return passed(cell + 1) - passed(cell);
}

export function boundsOf(shape: Shape) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const outline of shape)
    for (const [x, y] of outline) {
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y);
    }
  return bounds;
}
