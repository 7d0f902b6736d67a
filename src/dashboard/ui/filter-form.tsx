import type { Child } from "hono/jsx";
import { Icon } from "../../lib/icon";

type Props = {
  /** The list's path. */
  action: string;
  /** The filters' values. Unset ones are undefined. */
  used: unknown[];
  children: Child;
  /** What follows the button. */
  more?: Child;
};

/** The filters above a list. On a phone they are behind a button, which shows how many are active. */
export const FilterForm = ({ action, used, children, more }: Props) => {
  const n = used.filter((value) => value !== undefined).length;
  return (
    <details class="fold">
      <summary class="button">
        <Icon of="funnel" />
        Filters
        {n > 0 && (
          <span class="badge">
            {n}
            <span class="unseen"> in use</span>
          </span>
        )}
      </summary>
      <form method="get" action={action} class="filters">
        {children}
        <button type="submit" class="button">
          Apply
        </button>
        {more}
      </form>
    </details>
  );
};
