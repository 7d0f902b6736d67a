import type { Referrals, Schemas } from "@referrals/sdk";

type Report = Schemas["Analytics"];
type Query = NonNullable<Parameters<Referrals["campaigns"]["analytics"]>[1]>;

const WHOLE =
  "impressions,shares,clicks,signups,referrals,invitation_rate,conversions,net_revenue,participants,sharers,referrers,k_factor,time_to_first_referral";
const GROUPED = "signups,shares,clicks,referrals,invitation_rate,conversions,net_revenue";

/** A campaign's numbers, beside those of the previous period. */
export const reportOf = (client: Referrals, campaignId: number, query: Omit<Query, "metric" | "compare">) =>
  client.campaigns.analytics(campaignId, {
    ...query,
    metric: query.group_by ? GROUPED : WHOLE,
    compare: "previous_period",
    ...(!query.group_by && { interval: "total" }),
  });

/** The report as a table for a terminal. */
export function tableOf({ from, to, currency, metrics, totals, previous, rows, group_by }: Report): string {
  const shown = (unit: string, value: number | null | undefined) => {
    if (value === null || value === undefined) return "–";
    if (unit === "ratio") return value.toFixed(2);
    if (unit === "hours") return `${value} h`;
    return unit === "money" ? money(value, currency) : value.toLocaleString("en");
  };
  if (group_by) {
    const head = [group_by, ...metrics.map(({ label }) => label)];
    const body = rows.map(({ group, values }) => [
      group ?? "",
      ...metrics.map(({ name, unit }) => shown(unit, values[name])),
    ]);
    return aligned([head, ...body]);
  }
  const head = ["", `${from} – ${to}`, ...(previous ? [`${previous.from} – ${previous.to}`] : [])];
  const body = metrics.map(({ name, label, unit }) => [
    label,
    shown(unit, totals[name]),
    ...(previous ? [shown(unit, previous.totals[name])] : []),
  ]);
  return aligned([head, ...body]);
}

function money(minor: number, currency: string) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Rows in columns: names aligned left, numbers right. Names may come from untrusted links. */
function aligned(rows: string[][]): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removes terminal control sequences.
  const clean = rows.map((row) => row.map((cell) => cell.replace(/[\u0000-\u001f\u007f-\u009f]/g, "")));
  const widths = (clean[0] ?? []).map((_, i) => Math.max(...clean.map((row) => row[i]?.length ?? 0)));
  return clean
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))))
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}
