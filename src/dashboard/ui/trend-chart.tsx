import { sumOf, type Trend, valueOn } from "../../campaigns/stats/trend";
import { type Metric, metrics, periods, type TrendQuery } from "../../campaigns/stats/trend-schema";
import { Chart } from "./chart";
import { Card, change, count } from "./parts";

const LABELS: Record<Metric, string> = {
  participants: "Participants",
  shares: "Shares",
  clicks: "Clicks",
  impressions: "Impressions",
};

type Props = {
  trend: Trend;
  query: TrendQuery;
  /** The path of the page that it is on. */
  path: string;
  /** All-time totals. */
  totals: Record<Metric, number>;
};

/** Four numbers of a period, and a chart of the selected one over the previous period. */
export const TrendCard = ({ trend, query, path, totals }: Props) => {
  const to = (changed: Partial<TrendQuery>) => {
    const { metric, days } = { ...query, ...changed };
    return `${path}?${new URLSearchParams({ metric, days: String(days) })}`;
  };
  const points = trend.days.map((day) => ({ day: day.day, value: valueOn(day, query.metric) }));
  const isSomebodyErased = sumOf(trend.days, "participants") > totals.participants;
  const was = trend.before.map((day) => valueOn(day, query.metric));
  return (
    <Card
      title={`Last ${query.days} days`}
      actions={
        <nav class="periods" aria-label="Period">
          {periods.map((days) => (
            <a href={to({ days })} aria-current={days === query.days ? "true" : undefined}>
              {days} days
            </a>
          ))}
        </nav>
      }
    >
      <nav class="metrics" aria-label="Metric">
        {metrics.map((metric) => (
          <a href={to({ metric })} aria-current={metric === query.metric ? "true" : undefined}>
            <span class="metric-label">{LABELS[metric]}</span>
            <Moved value={sumOf(trend.days, metric)} was={sumOf(trend.before, metric)} />
            <span class="quiet">{count(totals[metric])} total</span>
          </a>
        ))}
      </nav>
      <Chart label={LABELS[query.metric]} points={points} was={was} today={points.at(-1)?.day} />
      {isSomebodyErased && <p class="quiet">Erased participants still count on their days.</p>}
    </Card>
  );
};

const Moved = ({ value, was }: { value: number; was: number }) => (
  <span class="metric-value">
    {count(value)} <small class={value >= was ? "up" : "down"}>{change(value, was)}</small>
  </span>
);
