import { count } from "./parts";

type Point = { day: string; value: number };

const WIDTH = 720;
const HEIGHT = 180;
const PAD = 6;

/** A line chart of daily numbers, drawn on the server, with the same numbers as a table for screen readers. */
export const Chart = ({ label, points, was = [] }: { label: string; points: Point[]; was?: number[] }) => {
  const top = Math.max(1, ...points.map((point) => point.value), ...was);
  const x = (i: number) => PAD + (i * (WIDTH - 2 * PAD)) / Math.max(1, points.length - 1);
  const y = (value: number) => HEIGHT - PAD - (value * (HEIGHT - 2 * PAD)) / top;
  const line = (values: number[]) =>
    values.map((value, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const values = points.map((point) => point.value);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}, by day`} preserveAspectRatio="none">
        {was.length > 0 && <path class="chart-was" d={line(was)} />}
        <path
          class="chart-area"
          d={`${line(values)}L${x(values.length - 1).toFixed(1)} ${HEIGHT - PAD}L${PAD} ${HEIGHT - PAD}Z`}
        />
        <path class="chart-line" d={line(values)} />
      </svg>
      <figcaption class="chart-ends quiet">
        <span>{points[0]?.day}</span>
        <span>max per day: {count(Math.max(0, ...values))}</span>
        <span>{points.at(-1)?.day}</span>
      </figcaption>
      <details class="chart-table">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">{label}</th>
              {was.length > 0 && <th scope="col">{count(points.length)} days before</th>}
            </tr>
          </thead>
          <tbody>
            {points.map((point, i) => (
              <tr>
                <th scope="row">{point.day}</th>
                <td>{count(point.value)}</td>
                {was.length > 0 && <td>{count(was[i] ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
};
