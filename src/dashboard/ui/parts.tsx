import { type Child, useContext } from "hono/jsx";
import { Icon, type IconName } from "../../lib/icon";
import { grouped } from "../../lib/number";
import { dayIn, timeIn } from "../../lib/time-zone";
import { useZone, Zone } from "./zone";

type Crumb = readonly [path: string, label: string];

/** The pages above this one. The heading below names this page. */
const Crumbs = ({ crumbs }: { crumbs: readonly Crumb[] }) => (
  <nav class="crumbs" aria-label="Breadcrumb">
    <ol>
      {crumbs.map(([path, label], i) => (
        <li>
          {i > 0 && <Icon of="chevron-right" />}
          <a href={path}>{label}</a>
        </li>
      ))}
    </ol>
  </nav>
);

type HeadProps = { title: string; about?: Child; crumbs?: readonly Crumb[]; children?: Child };

/** A page's heading and actions, with breadcrumbs above. */
export const Head = ({ title, about, crumbs, children }: HeadProps) => (
  <header class="head">
    <div>
      {crumbs && <Crumbs crumbs={crumbs} />}
      <h1>{title}</h1>
      {about && <p class="about">{about}</p>}
    </div>
    {children && <div class="actions">{children}</div>}
  </header>
);

type CardProps = { title?: string; children: Child; actions?: Child; id?: string };

export const Card = ({ title, children, actions, id }: CardProps) => (
  <section class="card" id={id}>
    {(title || actions) && (
      <header class="card-head">
        {title && <h2>{title}</h2>}
        {actions}
      </header>
    )}
    {children}
  </section>
);

type EmptyProps = { title: string; icon?: IconName; children?: Child };

/** Shown instead of an empty list, with an icon and a way to continue. */
export const Empty = ({ title, icon = "inbox", children }: EmptyProps) => (
  <div class="empty">
    <span class="empty-picture">
      <Icon of={icon} size={20} />
    </span>
    <p class="empty-title">{title}</p>
    {children}
  </div>
);

/** `tone` is only a color, so the label must have the same meaning. */
export const Badge = ({ tone = "plain", children }: { tone?: "plain" | "good" | "warn" | "bad"; children: Child }) => (
  <span class={`badge ${tone}`}>{children}</span>
);

/** A number and its label. */
export const Stat = ({ label, value }: { label: string; value: Child }) => (
  <div class="stat">
    <dt>{label}</dt>
    <dd>{typeof value === "number" ? count(value) : value}</dd>
  </div>
);

export const Stats = ({ children }: { children: Child }) => <dl class="stats">{children}</dl>;

const UNCHANGED = "±0%";

/** The change since the previous period, with a color if it is up or down. */
export const Change = ({ value, was }: { value: number; was: number }) => {
  const said = change(value, was);
  return <small class={said === UNCHANGED ? "quiet" : value > was ? "up" : "down"}>{said}</small>;
};

/** The change since the previous period, in percent. */
function change(value: number, was: number) {
  if (was === 0 && value !== 0) return "new";
  const percent = was === 0 ? 0 : Math.round(((value - was) / was) * 100);
  return percent === 0 ? UNCHANGED : `${percent > 0 ? "+" : "−"}${Math.abs(percent)}%`;
}

export const count = grouped;

/**
 * A time in the reader's time zone. If they have not chosen one, it is in UTC, and a script shows it in their browser's
 * zone.
 */
export const Time = ({ at }: { at: Date | string | null }) => {
  if (at === null) return <span class="quiet">never</span>;
  const date = new Date(at);
  return (
    <time datetime={date.toISOString()} data-time={useContext(Zone) === null || undefined}>
      {timeIn(date, useZone())}
    </time>
  );
};

/** A day, where the time of day does not matter. */
export const Day = ({ at }: { at: Date | null }) =>
  at === null ? null : <time datetime={at.toISOString()}>{dayIn(at, useZone())}</time>;

type Sort = { href: string; now?: "ascending" | "descending" | undefined };
/** A column heading. `number` aligns it with its numbers. `sort` makes it a link that sorts the list by this column. */
type Rich = { text: string; number?: never; sort?: Sort | null } | { number: string; text?: never; sort?: Sort | null };
type Column = Child | Rich;
const isRich = (column: Column): column is Rich =>
  typeof column === "object" && column !== null && ("number" in column || "text" in column);

const Heading = ({ column }: { column: Column }) => {
  if (!isRich(column)) return <th scope="col">{column}</th>;
  const { number, text, sort } = column;
  return (
    <th scope="col" class={number === undefined ? undefined : "number"} aria-sort={sort?.now}>
      {sort ? (
        <a class="sort" href={sort.href}>
          {number ?? text}
          <Icon of="arrow-down" />
        </a>
      ) : (
        (number ?? text)
      )}
    </th>
  );
};

type TableProps = {
  label: string;
  columns: Column[];
  /** Whether its cards on a phone need no names of columns. */
  isTerse?: boolean;
  children: Child;
};

/** A table that scrolls sideways on its own, including by keyboard. */
export const Table = ({ label, columns, isTerse = false, children }: TableProps) => (
  <section class={isTerse ? "table terse" : "table"} aria-label={label} tabindex={0}>
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading column={column} />
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);

export const Tabs = ({
  label,
  tabs,
  at,
}: {
  label: string;
  tabs: readonly (readonly [path: string, label: string])[];
  at: string;
}) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(([path, said]) => (
      <a href={path} aria-current={path === at ? "page" : undefined}>
        {said}
      </a>
    ))}
  </nav>
);

/** A code block that scrolls on its own, including by keyboard. */
export const Source = ({ label, children }: { label: string; children: string }) => (
  <section class="source" aria-label={label} tabindex={0}>
    <pre>{children}</pre>
  </section>
);

/** A value with a copy button, which a script shows. */
export const Copy = ({ value, label }: { value: string; label: string }) => (
  <div class="copy">
    <code>{value}</code>
    <button type="button" class="button" data-copy={value} hidden aria-label={`Copy ${label}`}>
      Copy
    </button>
  </div>
);

/** A form with one button, for actions that cannot be undone. Asks for confirmation without a script. */
export const Confirm = ({
  action,
  button,
  question,
  children,
}: {
  action: string;
  button: string;
  question: Child;
  children?: Child;
}) => (
  <details class="confirm">
    <summary class="button danger">{button}</summary>
    <form method="post" action={action} class="card">
      <p>{question}</p>
      {children}
      <button type="submit" class="button danger solid">
        Yes, {button.charAt(0).toLowerCase() + button.slice(1)}
      </button>
    </form>
  </details>
);
