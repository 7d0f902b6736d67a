import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/root.ts";
import { fill } from "./page.ts";

/** Cloudflare's list prices in dollars per million, beyond the paid plan's allowance. */
const price = {
  request: 0.3,
  cpuMs: 0.02,
  ledgerCall: 0.15,
  gbSecond: 12.5,
  written: 1,
  read: 0.001,
  queueOp: 0.4,
  /** 1,000 bytes each: from December 2026, logs are billed by volume, $0.25 per GB. */
  logLine: 0.25,
  email: 350,
};

/** Assumptions, not measured on Cloudflare: CPU time of a request, and how long a ledger is awake for a commit. */
const CPU_MS = 3;
const AWAKE_SECONDS = 0.015;
/** How long a ledger is awake to count in memory. It may be evicted afterward, so waiting costs nothing. */
const COUNTING_SECONDS = 0.001;
const LEDGER_GB = 0.128;
const OPS_PER_MESSAGE = 3;

type Rows = { read: number; written: number };
type Operation = {
  name: string;
  rows: Rows[];
  /** Rows that the ledger writes into its own storage, which cost the same. */
  own?: number;
  messages?: number;
  /** Commits of a ledger. */
  commits?: number;
  /** Calls of a ledger that was not in memory for the database's restore mark. */
  asks?: number;
  /** Calls of a ledger that only count. */
  counts?: number;
  emails?: number;
};

/**
 * The parts of an operation. A message carries the deliveries of a whole commit; here a commit has one request, the
 * most expensive case.
 */
const operations = (row: (name: string) => Rows, views: (perMinute: number) => Views): Operation[] => {
  const delivery = [row("Delivering a webhook"), row("Forgetting it after 30 days")];
  const email = [row("Adding an email to a signup"), row("Sending an email"), row("Forgetting an email after 30 days")];
  const coupon = {
    read: row("Uploading 1000 coupons").read / 1000,
    written: row("Uploading 1000 coupons").written / 1000,
  };
  const referral = row("Referral signup, both rewards with coupons, three deliveries");
  const impression = (perMinute: number): Operation => {
    const { calls, flushes, ...rows } = views(perMinute);
    const name = `Impression, at ${perMinute} a minute`;
    return { name, rows: [rows], commits: flushes, counts: calls - flushes };
  };
  return [
    { name: "Signup, lean: no webhook", rows: [row("Signup, basic")], asks: 1, commits: 1 },
    {
      name: "Signup, one webhook",
      rows: [row("Signup, basic, one webhook"), ...delivery],
      messages: 1,
      asks: 1,
      commits: 1,
    },
    {
      name: "Referral, two coupons given, three webhooks",
      rows: [referral, coupon, coupon, ...delivery, ...delivery, ...delivery],
      // The last coupon that was given.
      own: 1,
      messages: 1,
      asks: 1,
      commits: 1,
    },
    { name: "Click on a share link", rows: [row("Click on a share link")], commits: 1 },
    { name: "Widget, from a cached configuration", rows: [row("Widget configuration, cached")] },
    ...[1, 10, 50].map(impression),
    { name: "Email, beside its signup", rows: email, messages: 1, emails: 1 },
  ];
};

type Views = Rows & { calls: number; flushes: number };

/** The table of docs/costs.md, from the rows that the tests measured. */
export function costTable(measured: string) {
  const figures = (start: string) => {
    const line = measured.split("\n").find((one) => one.startsWith(`| ${start} |`));
    const found = line?.split("|").slice(2, -1).map(Number);
    if (!found || found.some(Number.isNaN)) throw new Error(`No table has the cost of "${start}".`);
    return found as [number, number, number, number];
  };
  const row = (name: string): Rows => {
    const [, read, written] = figures(name);
    return { read, written };
  };
  const views = (perMinute: number): Views => {
    const [calls, flushes, read, written] = figures(String(perMinute));
    return { calls, flushes, read, written };
  };
  return [
    "| $ per million | rows written each | database | Workers | ledger | queue | email | logs | **all** |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...operations(row, views).map(priced),
  ].join("\n");
}

function priced({ name, rows, own = 0, messages = 0, asks = 0, commits = 0, counts = 0, emails = 0 }: Operation) {
  const sum = (figure: keyof Rows) => rows.reduce((all, one) => all + one[figure], 0);
  const [read, written] = [sum("read"), sum("written") + own];
  // An email's signup is priced elsewhere.
  const wakings = messages + (emails > 0 ? 0 : 1);
  const awake = commits * AWAKE_SECONDS + counts * COUNTING_SECONDS;
  const parts = [
    written * price.written + read * price.read,
    wakings * (price.request + CPU_MS * price.cpuMs),
    (asks + commits + counts) * price.ledgerCall + awake * LEDGER_GB * price.gbSecond,
    messages * OPS_PER_MESSAGE * price.queueOp,
    emails * price.email,
    wakings * price.logLine,
  ];
  const total = parts.reduce((all, part) => all + part, 0);
  const dollars = [...parts, total].map((part) => part.toFixed(2)).join(" | ");
  return `| ${name} | ${Number(written.toFixed(2))} | ${dollars} |`;
}

export const measuredCosts = () => readFileSync(join(root, "docs/costs.md"), "utf8");

if (import.meta.main) {
  const table = costTable(measuredCosts());
  fill("docs/costs.md", "paid", table);
  console.log(table);
}
