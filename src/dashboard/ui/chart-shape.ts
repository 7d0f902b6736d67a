import { area, curveMonotoneX, line } from "d3-shape";
import { lazy } from "../../lib/lazy";

/** A day, like `2026-11-28`, and its number. Null leaves a gap. */
export type Point = { day: string; value: number | null };

/** The space above the highest line, for its number. */
export const TOP = 20;
/** Stands for an unknown number. */
export const LEFT_OUT = "–";

/** The position of the i-th of n days, in percent of the width. */
export const percent = (i: number, n: number) => (n > 1 ? (i * 100) / (n - 1) : 50);

type Height = (value: number) => number;

/** A chart's paths, over a width of 100. The last segment is separate if the last day is not over. */
export function shapeOf(points: Point[], was: (number | null)[], y: Height, today: string | undefined) {
  const n = points.length;
  const values = points.map(({ value }) => value);
  const isOpen = n > 1 && points.at(-1)?.day === today;
  const pathOf = (numbers: (number | null)[], first = 0) =>
    line<number | null>(
      (_, i) => percent(first + i, n),
      (value) => y(value ?? 0),
    )
      .defined((value) => value !== null)
      .curve(curveMonotoneX)
      .digits(2)(numbers) ?? "";
  const filled =
    area<number | null>(
      (_, i) => percent(i, n),
      y(0),
      (value) => y(value ?? 0),
    )
      .defined((value) => value !== null)
      .curve(curveMonotoneX)
      .digits(2)(values) ?? "";
  return {
    line: pathOf(isOpen ? values.slice(0, -1) : values),
    open: isOpen ? pathOf(values.slice(-2), n - 2) : null,
    area: filled,
    was: pathOf(was),
  };
}

const dayFormat = lazy(() => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }));

/** A day's numbers, one per line. */
export function numbersOf(
  { day, value }: Point,
  was: number | null | undefined,
  label: string,
  wasLabel: string | null,
  format: (value: number) => string,
): string {
  const said = (number: number | null | undefined) =>
    number === null || number === undefined ? LEFT_OUT : format(number);
  const before = wasLabel ? [`${wasLabel}: ${said(was)}`] : [];
  return [dayFormat().format(new Date(day)), `${label}: ${said(value)}`, ...before].join("\n");
}
