import { boundsOf, type Shape } from "./raster";

const CURVE_STEPS = 8;
const COMMANDS = /([MLQCZ])([^MLQCZ]*)/g;
const NUMBERS = /-?\d+(?:\.\d+)?/g;

/** A path of M, L, Q, C, and Z as straight lines, scaled and moved. */
export function outlined(path: string, scale: number, left: number, top: number): Shape {
  const shape: Shape = [];
  let [x, y] = [0, 0];
  const add = (px: number, py: number) => shape.at(-1)?.push([left + px * scale, top + py * scale]);
  for (const [, command, numbers = ""] of path.matchAll(COMMANDS)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = (numbers.match(NUMBERS) ?? []).map(Number);
    if (command === "M") shape.push([]);
    if (command === "Q") curve((t) => [mix3(x, a, c, t), mix3(y, b, d, t)], add);
    if (command === "C") curve((t) => [mix4(x, a, c, e, t), mix4(y, b, d, f, t)], add);
    if (command === "M" || command === "L") add(a, b);
    if (command === "M" || command === "L") [x, y] = [a, b];
    if (command === "Q") [x, y] = [c, d];
    if (command === "C") [x, y] = [e, f];
  }
  return shape;
}

function curve(at: (t: number) => [number, number], add: (x: number, y: number) => void) {
  for (let step = 1; step <= CURVE_STEPS; step++) add(...at(step / CURVE_STEPS));
}

const mix = (a: number, b: number, t: number) => a + (b - a) * t;
const mix3 = (a: number, b: number, c: number, t: number) => mix(mix(a, b, t), mix(b, c, t), t);
const mix4 = (a: number, b: number, c: number, d: number, t: number) => mix(mix3(a, b, c, t), mix3(b, c, d, t), t);

/** The shape with its center at a point. */
export function centered(shape: Shape, x: number, y: number): Shape {
  const { left, right, top, bottom } = boundsOf(shape);
  return shape.map((line) =>
    line.map(([px, py]) => [px + x - (left + right) / 2, py + y - (top + bottom) / 2] as const),
  );
}

const CORNER_STEPS = 24;

/** A rectangle with rounded corners. If the radius is half the side, it is a circle or pill. */
export function rounded(left: number, top: number, width: number, height: number, radius: number): Shape {
  const corners = [
    [left + width - radius, top + radius, -0.25],
    [left + width - radius, top + height - radius, 0],
    [left + radius, top + height - radius, 0.25],
    [left + radius, top + radius, 0.5],
  ] as const;
  return [
    corners.flatMap(([x, y, turn]) =>
      Array.from({ length: CORNER_STEPS + 1 }, (_, i): [number, number] => {
        const angle = (turn + i / CORNER_STEPS / 4) * 2 * Math.PI;
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      }),
    ),
  ];
}

export const circle = (x: number, y: number, radius: number) =>
  rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius);

export function stroke(from: [number, number], to: [number, number], thickness: number): Shape {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const half = thickness / 2 / Math.hypot(dx, dy);
  const [nx, ny] = [-dy * half, dx * half];
  return [
    [
      [from[0] + nx, from[1] + ny],
      [to[0] + nx, to[1] + ny],
      [to[0] - nx, to[1] - ny],
      [from[0] - nx, from[1] - ny],
    ],
  ];
}
