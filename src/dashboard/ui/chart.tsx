import { scaleLinear } from "d3-scale";
import { lazy } from "../../lib/lazy";
import { LEFT_OUT, numbersOf, type Point, percent, shapeOf, TOP } from "./chart-shape";
import { count } from "./parts";

export type { Point } from "./chart-shape";

type ChartProps = {
  /** What is counted, like "Signups". */
  label: string;
  /** Each day's number, oldest first. */
  points: Point[];
  /** The numbers of the same number of days before. */
  was?: (number | null)[];
  /** The name of the previous period. */
  wasLabel?: string;
  /** The day that is not over, as in `points`. Drawn with dots. */
  today?: string;
  /** The time zone of the days. */
  zone?: string;
  /** Formats a number. */
  format?: (value: number) => string;
};

const HEIGHT = 220;
const LABELS_HEIGHT = 24;
const PLOT_HEIGHT = HEIGHT - TOP - LABELS_HEIGHT;
const TICKS = 4;
/** How many dates fit on a phone. */
const DATES_MAX = 5;

/**
 * A line chart of daily numbers, drawn on the server: `<Chart label="Signups" points={[{ day: "2026-11-28", value: 3
 * }]} />`. It has axes, a day's numbers under the pointer (even without scripts, browsers show them as titles), and the
 * same numbers as a table. `was` compares it with another period, whose name appears next to the chart. It fills the
 * width of its container.
 */
export const Chart = ({
  label,
  points,
  was = [],
  wasLabel = `Previous ${count(points.length)} days`,
  today,
  zone = "UTC",
  format = count,
}: ChartProps) => {
  const known = [...points.map(({ value }) => value), ...was].filter((value) => value !== null);
  const y = scaleLinear([0, Math.max(0, ...known) || 1], [PLOT_HEIGHT, 0]).nice(TICKS);
  const ticks = known.every(Number.isInteger) ? y.ticks(TICKS).filter(Number.isInteger) : y.ticks(TICKS);
  const shape = shapeOf(points, was, y, today);
  const named = was.length > 0 ? wasLabel : null;
  const every = Math.ceil(points.length / DATES_MAX);
  return (
    <figure class="chart" data-chart>
      <Key label={label} wasLabel={named} today={points.at(-1)?.day === today ? today : undefined} zone={zone} />
      <svg class="chart-plot" width="100%" height={HEIGHT} role="img" aria-label={`${label}, by day`}>
        {ticks.map((tick) => (
          <line class="chart-grid" x1="0" x2="100%" y1={TOP + y(tick)} y2={TOP + y(tick)} />
        ))}
        <svg
          aria-hidden="true"
          x="0"
          y={TOP}
          width="100%"
          height={PLOT_HEIGHT}
          viewBox={`0 0 100 ${PLOT_HEIGHT}`}
          preserveAspectRatio="none"
          overflow="visible"
        >
          {was.length > 0 && <path class="chart-was" d={shape.was} />}
          <path class="chart-area" d={shape.area} />
          <path class="chart-line" d={shape.line} />
          {shape.open && <path class="chart-open" d={shape.open} />}
        </svg>
        {ticks.map((tick) => (
          <text class="chart-tick" x="0" y={TOP + y(tick) - 4}>
            {format(tick)}
          </text>
        ))}
        {points.map(({ day }, i) =>
          i % every === 0 ? (
            <text
              class="chart-tick"
              x={`${percent(i, points.length)}%`}
              y={HEIGHT - 6}
              text-anchor={i === 0 ? "start" : i === points.length - 1 ? "end" : "middle"}
            >
              {shortDay(day)}
            </text>
          ) : null,
        )}
        {points.map((point, i) => (
          <Day point={point} at={i} of={points.length} y={y} said={numbersOf(point, was[i], label, named, format)} />
        ))}
      </svg>
      <AsTable label={label} points={points} was={was} wasLabel={named} format={format} />
    </figure>
  );
};

type KeyProps = { label: string; wasLabel: string | null; today: string | undefined; zone: string };

const Key = ({ label, wasLabel, today, zone }: KeyProps) => (
  <p class="chart-key">
    <span class="key now">{label}</span>
    {wasLabel && <span class="key before">{wasLabel}</span>}
    {today && <span class="key open">Today so far</span>}
    <span class="quiet">Days in {zone}</span>
  </p>
);

type DayProps = { point: Point; at: number; of: number; y: (value: number) => number; said: string };

/** A day's strip, which shows its dot and numbers under the pointer. */
const Day = ({ point, at, of, y, said }: DayProps) => {
  const x = percent(at, of);
  const width = of > 1 ? 100 / (of - 1) : 100;
  return (
    <g class="chart-day" data-day={said}>
      <rect x={`${x - width / 2}%`} y="0" width={`${width}%`} height={HEIGHT - LABELS_HEIGHT}>
        <title>{said}</title>
      </rect>
      <line x1={`${x}%`} x2={`${x}%`} y1={TOP} y2={HEIGHT - LABELS_HEIGHT} />
      {point.value !== null && <circle cx={`${x}%`} cy={TOP + y(point.value)} r="4" />}
    </g>
  );
};

type TableProps = Required<Pick<ChartProps, "label" | "points" | "was" | "format">> & { wasLabel: string | null };

const AsTable = ({ label, points, was, wasLabel, format }: TableProps) => {
  const said = (value: number | null | undefined) => (value === null || value === undefined ? LEFT_OUT : format(value));
  return (
    <details class="chart-table">
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">{label}</th>
            {wasLabel && <th scope="col">{wasLabel}</th>}
          </tr>
        </thead>
        <tbody>
          {points.map((point, i) => (
            <tr>
              <th scope="row">{point.day}</th>
              <td>{said(point.value)}</td>
              {wasLabel && <td>{said(was[i])}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};

const dayFormat = lazy(() => new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" }));
/** `Nov 28` for `2026-11-28`. */
const shortDay = (day: string) => dayFormat().format(new Date(day));
