import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/root.ts";
import { fill } from "./page.ts";

/** Cloudflare's list prices in dollars per million, beyond what the paid plan includes. */
const price = {
  request: 0.3,
  cpuMs: 0.02,
  ledgerCall: 0.15,
  gbSecond: 12.5,
  written: 1,
  read: 0.001,
  queueOp: 0.4,
  log: 0.6,
};
/** The free plan's quotas per day. */
const free = { requests: 100_000, written: 100_000, read: 5_000_000, queueOps: 10_000 };

/** Assumptions, not measured on Cloudflare: CPU time of a request, and how long a ledger is awake for a commit. */
const CPU_MS = 3;
const AWAKE_SECONDS = 0.015;
const LEDGER_GB = 0.128;
const OPS_PER_MESSAGE = 3;

type Rows = { read: number; written: number };

/**
 * The parts of an operation. A message carries the deliveries of a whole commit; here a commit has one request, the
 * most expensive case.
 */
const operations = (row: (name: string) => Rows) => {
  const delivery = [row("Delivering a webhook"), row("Forgetting it after 30 days")];
  const coupon = {
    read: row("Uploading 1000 coupons").read / 1000,
    written: row("Uploading 1000 coupons").written / 1000,
  };
  const referral = row("Referral signup, both rewards with coupons, three deliveries");
  return [
    { name: "Signup, lean: no webhook", rows: [row("Signup, basic")], messages: 0 },
    { name: "Signup, one webhook", rows: [row("Signup, basic, one webhook"), ...delivery], messages: 1 },
    {
      name: "Referral, two coupons given, three webhooks",
      rows: [referral, coupon, coupon, ...delivery, ...delivery, ...delivery],
      messages: 1,
    },
    { name: "Click on a share link", rows: [row("Click on a share link")], messages: 0 },
  ];
};

/** The tables of docs/costs.md, from the rows that the tests measured. */
export function costTables(measured: string) {
  const row = (name: string): Rows => {
    const line = measured.split("\n").find((one) => one.startsWith(`| ${name} |`));
    const [, , , read, written] = line?.split("|").map(Number) ?? [];
    if (read === undefined || written === undefined) throw new Error(`No table has the cost of "${name}".`);
    return { read, written };
  };
  const priced = operations(row).map(({ name, rows, messages }) => {
    const sum = (figure: keyof Rows) => rows.reduce((all, one) => all + one[figure], 0);
    const [read, written] = [sum("read"), sum("written")];
    const wakings = 1 + messages;
    const database = written * price.written + read * price.read;
    const compute = wakings * (price.request + CPU_MS * price.cpuMs);
    const ledger = price.ledgerCall + AWAKE_SECONDS * LEDGER_GB * price.gbSecond;
    const queue = messages * OPS_PER_MESSAGE * price.queueOp;
    const parts = [database, compute, ledger, queue];
    const total = parts.reduce((all, part) => all + part, 0);
    const limits = {
      "rows written": free.written / written,
      "rows read": free.read / read,
      requests: free.requests,
      "queue operations": messages > 0 ? free.queueOps / (messages * OPS_PER_MESSAGE) : Number.POSITIVE_INFINITY,
    };
    const [limit = "", perDay = 0] = Object.entries(limits).sort((a, b) => a[1] - b[1])[0] ?? [];
    const dollars = [...parts, total].map((part) => part.toFixed(2)).join(" | ");
    return {
      paid: `| ${name} | ${written.toFixed(0)} | ${dollars} |`,
      free: `| ${name} | ${Math.floor(perDay)} | ${limit} |`,
    };
  });
  return {
    paid: [
      "| $ per million | rows written each | database | Workers | ledger | queue | **all** |",
      "|---|---:|---:|---:|---:|---:|---:|",
      ...priced.map((one) => one.paid),
    ].join("\n"),
    free: ["| free plan | a day | what ends first |", "|---|---:|---|", ...priced.map((one) => one.free)].join("\n"),
  };
}

export const measuredCosts = () => readFileSync(join(root, "docs/costs.md"), "utf8");

if (import.meta.main) {
  const { paid, free } = costTables(measuredCosts());
  fill("docs/costs.md", "paid", paid);
  fill("docs/costs.md", "free", free);
  console.log(`${paid}\n\n${free}`);
}
