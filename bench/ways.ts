import { createHash } from "node:crypto";
import { type Hop, inSequence, startRecorder } from "./hops.ts";

/** A request, and the hops that its response waits for, one after the other. */
export type Way = { name: string; hops: Hop[]; isCold: boolean };

const KEY = `ref_${"0123456789abcdef".repeat(3)}`;
const OWNER = `INSERT INTO members (id, email, name, password_hash, plan_id, date_signedup) VALUES (1, 'a@example.com', 'A', '', 2, 0)
INSERT INTO api_keys (id, member_id, hash, prefix, date_generated) VALUES (1, 1, '${createHash("sha256").update(KEY).digest("hex")}', 'ref_012345', 0)
INSERT INTO brands (id, member_id, url, domain, slug, date_added) VALUES (1, 1, 'https://a.com', 'a.com', 'a-com', 0)
INSERT INTO campaigns (id, member_id, brand_id, name, publish, date_added) VALUES (1, 1, 1, 'A', 'public', 0)
INSERT INTO campaign_rewards (campaign_id) VALUES (1)
INSERT INTO campaign_widgets (campaign_id) VALUES (1)
INSERT INTO campaign_stats (campaign_id) VALUES (1)`;

/** Longer than an isolate keeps a copy in memory, and shorter than the edge cache does. */
const FORGOTTEN_MS = 1_500;
const TRIES = 20;

/** Sends each request to the built Worker and records its hops. */
export async function recordWays(): Promise<Way[]> {
  const recorder = await startRecorder();
  await (await recorder.database()).exec(OWNER);
  let people = 0;
  const signUp = (path: string) => {
    const body = { campaign_id: 1, email: `person-${++people}@example.com`, name: "Some Person" };
    return recorder.hops("POST", path, path.includes("widget") ? {} : { "X-API-Key": KEY }, body);
  };
  const lander = () => recorder.hops("GET", "/api/v1/lander?campaign_id=1", {});
  /** Repeats if the copy in memory expired because the machine was slow. */
  const soonEnough = async () => {
    let hops = await lander();
    for (let i = 0; i < TRIES && hops.some(({ to }) => to === "cache"); i++) hops = await lander();
    return hops;
  };

  const steps: [name: string, isCold: boolean, play: () => Promise<Hop[]>][] = [
    ["signup by key, cold", true, () => signUp("/api/v1/signups")],
    ["signup by key, warm", false, () => signUp("/api/v1/signups")],
    ["signup by widget, cold", true, () => signUp("/api/widget/signup")],
    ["signup by widget, warm", false, () => signUp("/api/widget/signup")],
    ["lander, cold, not cached", true, lander],
    [
      "lander, from the edge cache",
      false,
      async () => {
        await new Promise((passed) => setTimeout(passed, FORGOTTEN_MS));
        return lander();
      },
    ],
    ["lander, at hand", false, soonEnough],
  ];
  const ways: Way[] = [];
  for (const [name, isCold, play] of steps) ways.push({ name, isCold, hops: inSequence(await play()) });
  await recorder.stop();

  const uncached = ways.find(({ name }) => name.endsWith("not cached"))?.hops ?? [];
  const fromPrimary = uncached.map((hop): Hop => (hop.to === "replica" ? { ...hop, to: "primary" } : hop));
  return [
    ...ways.slice(0, 4),
    { name: "lander, cold, if there were no replicas", isCold: true, hops: fromPrimary },
    ...ways.slice(4),
  ];
}

export const waitsTable = (ways: Way[]) => `| | the response waits for |
|---|---|
${ways.map(({ name, hops }) => `| ${name} | ${hops.map(inWords).join(", then ") || "nothing"} |`).join("\n")}`;

function inWords({ by, to }: Hop) {
  if (by === "ledger") return "(there) the database";
  const words = {
    cache: "the edge cache",
    asset: "a file of the Worker's",
    limit: "the rate limiter",
    replica: "a read of the nearest replica",
    primary: "a read of the primary",
    ledger: "the ledger",
  };
  return words[to];
}
