import { randomBytes } from "node:crypto";
import type { Hop } from "./hops.ts";
import { fill } from "./page.ts";
import { recordWays, type Way, waitsTable } from "./ways.ts";

/**
 * Round trips in milliseconds, rounded from public tables between cloud regions; the database is in western Europe.
 * `edge` is from the visitor to the nearest data center, `primary` from there to the database's region, `replica` to
 * the nearest region with a D1 replica.
 */
const places = {
  "Europe, west": { edge: 15, primary: 10, replica: 10 },
  "North America, east": { edge: 15, primary: 90, replica: 10 },
  "North America, west": { edge: 15, primary: 150, replica: 10 },
  "South America": { edge: 25, primary: 195, replica: 120 },
  Africa: { edge: 35, primary: 155, replica: 155 },
  India: { edge: 25, primary: 120, replica: 60 },
  "Asia, south-east": { edge: 25, primary: 160, replica: 10 },
  Japan: { edge: 15, primary: 225, replica: 70 },
  Australia: { edge: 20, primary: 280, replica: 10 },
};
type Place = (typeof places)[keyof typeof places];

/** Times within a region, in milliseconds. Assumptions, like the round trips. */
const assumed = { cache: 3, asset: 3, limit: 1, sameRegion: 4, read: 1, commit: 8, workerStart: 100, ledgerStart: 60 };
/** A new visitor opens a connection. TCP and TLS 1.3 take one round trip each. */
const HANDSHAKES = 2;
/** Each leg is lognormal with its median as above; its p95 is half as much again. */
const SIGMA = 0.25;
const SAMPLES = 20_000;

const seed = Number(process.argv[2] ?? randomBytes(4).readUInt32LE());
console.log(`Seed ${seed} (node bench/latency.ts ${seed})\n`);
const random = mulberry32(seed);

const ways = await recordWays();
const text = `${waitsTable(ways)}

| p50 / p95 in ms | ${ways.map(({ name }) => name).join(" | ")} |
|---|${ways.map(() => "---:").join("|")}|
${Object.entries(places)
  .map(([name, place]) => `| ${name} | ${ways.map((way) => percentiles(way, place)).join(" | ")} |`)
  .join("\n")}`;
console.log(text);
fill("docs/latency.md", "figures", text);

function percentiles(way: Way, place: Place) {
  const samples = Array.from({ length: SAMPLES }, () => sample(way, place)).sort((a, b) => a - b);
  const [p50 = 0, p95 = 0] = [samples[SAMPLES / 2], samples[SAMPLES * 0.95]];
  return `${Math.round(p50)} / ${Math.round(p95)}`;
}

/** One request: the visitor's round trip, a handshake and cold starts if it is cold, and each recorded hop. */
function sample({ hops, isCold }: Way, place: Place) {
  const legs = [place.edge, ...hops.map((hop) => took(hop, place))];
  if (isCold) {
    for (let i = 0; i < HANDSHAKES; i++) legs.push(place.edge);
    legs.push(assumed.workerStart);
    if (hops.some(({ to }) => to === "ledger")) legs.push(assumed.ledgerStart);
  }
  return legs.reduce((sum, leg) => sum + leg * Math.exp(SIGMA * normal()), 0);
}

function took({ by, to }: Hop, place: Place) {
  if (by === "ledger") return assumed.sameRegion + assumed.commit;
  const legs = {
    cache: assumed.cache,
    asset: assumed.asset,
    limit: assumed.limit,
    replica: place.replica + assumed.read,
    primary: place.primary + assumed.read,
    ledger: place.primary,
  };
  return legs[to];
}

/** The Box–Muller transform. */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function mulberry32(state: number) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
