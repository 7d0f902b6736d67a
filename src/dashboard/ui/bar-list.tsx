import type { Child } from "hono/jsx";
import { count } from "./parts";

/** A name with its number. `note` appears next to the number, such as its share of the total. */
export type Bar = { label: Child; value: number; note?: Child };

const WIDTH = 100;

/** Names with numbers, each with a proportional bar: top channels, countries, funnel steps. */
export const BarList = ({ label, bars }: { label: string; bars: Bar[] }) => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ol class="bars" aria-label={label}>
      {bars.map(({ label: name, value, note }) => (
        <li>
          <span>{name}</span>
          <span class="bars-value">
            {note && <small class="quiet">{note}</small>} {count(value)}
          </span>
          <svg viewBox={`0 0 ${WIDTH} 1`} preserveAspectRatio="none" aria-hidden="true">
            <rect width={((value * WIDTH) / most).toFixed(2)} height="1" />
          </svg>
        </li>
      ))}
    </ol>
  );
};
