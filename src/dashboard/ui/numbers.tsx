import type { Child } from "hono/jsx";
import type { reportOf } from "../../campaigns/analytics/analytics";
import { definitionOf, type MetricName, RATE_MIN } from "../../campaigns/analytics/metric";
import { BarList } from "./bar-list";
import { Chart } from "./chart";
import { shownAmount } from "./money";
import { Card, Change, count, Table } from "./parts";
import { charted, type OverviewQuery, periods } from "./period";

type Report = ReturnType<typeof reportOf>;
/** A period's numbers, and what is needed to show them. */
export type Numbers = {
  report: Report;
  /** The currency of its amounts. */
  currency: string;
  /** The time zone of its days, and the day that is not over there. */
  zone: string;
  today: string;
};

/** Hours are accurate to a tenth. */
const hoursWords = (hours: number) =>
  hours < 0.1 ? "< 0.1 h" : hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;

/** A value as people read it. */
function shown(name: MetricName, value: number | null | undefined, currency: string): string {
  const { unit } = definitionOf(name);
  if (value === null || value === undefined) return "–";
  if (unit === "money") return shownAmount(value, currency);
  if (unit === "hours") return hoursWords(value);
  if (name === "k_factor") return value.toFixed(2);
  return unit === "ratio" ? `${(value * 100).toFixed(1)}%` : count(value);
}

/** Longer numbers are smaller, so they fit next to the others. */
const LONG = 9;
const Value = ({ children }: { children: string }) => (
  <span class={children.length > LONG ? "long" : undefined}>{children}</span>
);

const HEADLINES = ["referrals", "invitation_rate", "net_revenue"] as const satisfies MetricName[];

type HeadlineProps = { numbers: Numbers; owed: number; owedPath: string | null; children?: Child };

/** The most important numbers for a marketer, each with the previous period and an explanation. */
export const Headlines = ({ numbers: { report, currency }, owed, owedPath, children }: HeadlineProps) => (
  <Explained>
    <dl class="stats numbers">
      {HEADLINES.map((name) => {
        const [value, was] = [report.totals[name], report.previous?.totals[name]];
        return (
          <Figure about={definitionOf(name).about} label={definitionOf(name).label}>
            <Value>{shown(name, value, currency)}</Value>{" "}
            {typeof value === "number" && typeof was === "number" && <Change value={value} was={was} />}
          </Figure>
        );
      })}
      {children}
      <Figure label="Rewards owed" about="Pending rewards that are not held, as of now.">
        {owedPath === null ? count(owed) : <a href={owedPath}>{count(owed)}</a>}
      </Figure>
    </dl>
  </Explained>
);

/** Numbers with what they are. On a phone, what they are waits behind a button. */
const Explained = ({ children }: { children: Child }) => (
  <div class="explained">
    <details>
      <summary>What the numbers mean</summary>
    </details>
    {children}
  </div>
);

export const Figure = ({ label, about, children }: { label: string; about: string; children: Child }) => (
  <div class="stat">
    <dt>{label}</dt>
    <dd>{children}</dd>
    <dd class="stat-about">{about}</dd>
  </div>
);

type DaysProps = {
  numbers: Numbers;
  query: OverviewQuery;
  /** The page's path, and what else its links keep. */
  path: string;
  kept?: Record<string, string>;
  /** The path of the same as a file, if there is one. */
  file?: string;
  /** Whether only the periods above can be chosen. */
  isFixed?: boolean;
};

const RANGE = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** The chosen number by day, compared with the days before. */
export const Days = ({
  numbers: { report, currency, zone, today },
  query,
  path,
  kept = {},
  file,
  isFixed = false,
}: DaysProps) => {
  const { metric } = query;
  const { label, about } = definitionOf(metric);
  const to = (changed: Partial<Record<keyof OverviewQuery, string | number>>) => {
    const { from, to: end } = query;
    const range = changed.days ? {} : { ...(from && { from }), ...(end && { to: end }) };
    return `${path}?${new URLSearchParams({ days: String(query.days), metric, ...range, ...kept, ...(changed as object) })}`;
  };
  return (
    <Card
      title={RANGE.formatRange(new Date(report.from), new Date(report.to))}
      actions={
        <nav class="periods" aria-label="Period">
          {periods.map((days) => (
            <a href={to({ days })} aria-current={!query.from && days === query.days ? "true" : undefined}>
              {days === 365 ? "12 months" : `${days} days`}
            </a>
          ))}
        </nav>
      }
    >
      <nav class="metrics" aria-label="Metric">
        {charted.map((name) => (
          <a href={to({ metric: name })} aria-current={name === metric ? "true" : undefined}>
            <span class="metric-label">{definitionOf(name).label}</span>
            <span class="metric-value">
              <Value>{shown(name, report.totals[name], currency)}</Value>
            </span>
            <span class="quiet">{shown(name, report.previous?.totals[name], currency)} before</span>
          </a>
        ))}
      </nav>
      <p class="quiet">{about}</p>
      <Chart
        label={label}
        points={report.rows.map(({ date, values }) => ({ day: date ?? "", value: values[metric] ?? 0 }))}
        was={report.previous?.rows.map(({ values }) => values[metric] ?? 0) ?? []}
        today={today}
        zone={zone}
        format={(value) => shown(metric, value, currency)}
      />
      {!isFixed && (
        <details class="fold">
          <summary class="button">Dates and download</summary>
          <form class="filters" method="get" action={path}>
            <input type="hidden" name="metric" value={metric} />
            {Object.entries(kept).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <label>
              From <input type="date" name="from" value={report.from} max={today} required />
            </label>
            <label>
              To <input type="date" name="to" value={report.to} max={today} required />
            </label>
            <button type="submit" class="button">
              Show
            </button>
            {file && (
              <a
                class="button"
                href={`${file}?${new URLSearchParams({ from: report.from, to: report.to, ...kept })}`}
                download
              >
                Download CSV
              </a>
            )}
          </form>
        </details>
      )}
    </Card>
  );
};

const FUNNEL = ["participants", "sharers", "inviters", "referrers", "rewarded"] as const satisfies MetricName[];

/** The same participants at each step, so no step has more than the one before. */
export const People = ({ report }: Pick<Numbers, "report">) => {
  const all = report.totals.participants ?? 0;
  return (
    <Card title="How far participants got">
      <Explained>
        <p class="quiet stat-about">
          Everyone who signed up in this period, and how far they have gotten since. Days are in UTC.
        </p>
        <BarList
          label="How far participants got"
          bars={FUNNEL.map((name) => {
            const value = report.totals[name] ?? 0;
            const share = all < RATE_MIN || name === "participants" ? null : `${((value / all) * 100).toFixed(0)}%`;
            return {
              label: (
                <>
                  <b>{definitionOf(name).label}</b> <small class="quiet stat-about">{definitionOf(name).about}</small>
                </>
              ),
              value,
              note: share,
            };
          })}
        />
      </Explained>
    </Card>
  );
};

const GROWTH = ["k_factor", "time_to_first_referral", "friends"] as const satisfies MetricName[];

/** How fast the campaign grows on its own, and by week. */
export const Growth = ({ numbers: { report, currency }, weeks }: { numbers: Numbers; weeks: Report["rows"] }) => (
  <Card title="Growth">
    <Explained>
      <dl class="stats numbers">
        {GROWTH.map((name) => (
          <Figure label={definitionOf(name).label} about={definitionOf(name).about}>
            {shown(name, report.totals[name], currency)}
          </Figure>
        ))}
      </dl>
    </Explained>
    <Weeks weeks={weeks.filter(({ values }) => (values.participants ?? 0) > 0)} currency={currency} />
  </Card>
);

const WEEK = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });

const Weeks = ({ weeks, currency }: { weeks: Report["rows"]; currency: string }) =>
  weeks.length > 0 && (
    <Table
      label="Participants by the week of their signup"
      columns={["Week of", ...["Participants", "Sharers", "Referrers", "Friends", "K"].map((number) => ({ number }))]}
    >
      {weeks.map(({ date, values }) => (
        <tr>
          <th scope="row">{date && WEEK.format(new Date(date))}</th>
          {(["participants", "sharers", "referrers", "friends", "k_factor"] as const).map((name) => (
            <td class="number">{shown(name, values[name], currency)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
