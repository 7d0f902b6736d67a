import type { Child } from "hono/jsx";
import { Icon } from "../../lib/icon";

/** An active filter, and the list's URL without it. */
type Chip = { said: Child; without: string };

/** A list's active filters. Each can be removed, or all at once. */
export const Chips = ({ chips, all }: { chips: Chip[]; all: string }) =>
  chips.length === 0 ? null : (
    <ul class="chips" aria-label="Filters in use">
      {chips.map(({ said, without }) => (
        <li>
          <a class="chip" href={without}>
            {said}
            <Icon of="x" />
            <span class="unseen">(remove this filter)</span>
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a href={all}>Clear all</a>
        </li>
      )}
    </ul>
  );
