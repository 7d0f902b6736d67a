/**
 * Checks a contest's draw without trusting the server that made it. Runs on Node 18 or newer, with nothing to install:
 *
 *   node verify-draw.mjs https://referrals.example.com 42     fetches the contest of campaign 42
 *   node verify-draw.mjs draw.json entrants.txt               reads the two responses from files
 *
 * Prints the result of each check. Exits with 0 if all pass, 1 if one fails, and 2 if there is nothing to check.
 */
import { createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";

const [from, what] = process.argv.slice(2);
if (!from || !what) {
  console.error("usage: verify-draw.mjs <https://server> <campaign id>  |  verify-draw.mjs <draw.json> <entrants.txt>");
  process.exit(2);
}

const [answer, list] = /^https?:/.test(from)
  ? await Promise.all(["draw", "entrants"].map((part) => fetched(`${from}/api/v1/contests/${what}/${part}`)))
  : await Promise.all([from, what].map((file) => readFile(file, "utf8")));
const parsed = JSON.parse(answer);
const draw = parsed.data ?? parsed;
if (draw.algorithm !== "hmac-sha256-v1") stop(`This program does not know the algorithm ${draw.algorithm}.`);
if (!draw.seed) stop("The winners have not been drawn yet.");

const seed = Buffer.from(draw.seed, "hex");
const entrants = list
  .split("\n")
  .slice(0, -1)
  .map((line) => line.split(":").map(Number));
if (list !== "" && !(list.endsWith("\n") && entrants.every(isInOrder)))
  stop("The list is incomplete or not in order.", 1);
const winners = recompute();

const checks = [
  ["the seed matches the commitment", sha256(seed) === draw.commitment],
  ["the list matches its hash", sha256(list) === draw.entrants_hash],
  ["the number of entrants matches", entrants.length === draw.entrants_count],
  ["the number of entries matches", sum(entrants) === draw.total_entries],
  ["the seed and the list lead to these winners", same(winners, draw.winner_indices)],
  [
    "the winners have the right ids and entries",
    same(
      draw.winners.flatMap((w) => [w.index, w.participant_id, w.entries]),
      winners.flatMap((index) => [index, ...(entrants[index] ?? [])]),
    ),
  ],
];
for (const [claim, holds] of checks) console.log(`${holds ? "ok    " : "NOT OK"} ${claim}`);
const isFair = checks.every(([, holds]) => holds);
console.log(
  isFair
    ? `\nDrawn ${draw.drawn_at} from ${entrants.length} entrants, with the seed committed on ${draw.committed_at}. Winners, in order:`
    : "\nThis draw does not check out. The winners would have been:",
);
for (const index of winners)
  console.log(`  line ${index}: participant ${entrants[index][0]}, entries ${entrants[index][1]}`);
process.exitCode = isFair ? 0 : 1;

/** Recomputes the winners' lines. Each winner is removed from the list before the next draw. */
function recompute() {
  const key = createHmac("sha256", seed).update(sha256(list)).digest();
  const left = entrants.map(([, entries], index) => ({ index, entries }));
  const drawn = [];
  let block = Buffer.alloc(0);
  let blocks = 0;
  const next = () => {
    if (block.length === 0) block = createHmac("sha256", key).update(String(blocks++)).digest();
    const number = BigInt(`0x${block.subarray(0, 8).toString("hex")}`);
    block = block.subarray(8);
    return number;
  };
  while (left.length > 0 && drawn.length < draw.max_winners) {
    const tickets = BigInt(left.reduce((total, { entries }) => total + entries, 0));
    let number = next();
    while (number >= 2n ** 64n - (2n ** 64n % tickets)) number = next();
    let ticket = Number(number % tickets);
    const place = left.findIndex(({ entries }) => {
      ticket -= entries;
      return ticket < 0;
    });
    drawn.push(...left.splice(place, 1).map(({ index }) => index));
  }
  return drawn;
}

function isInOrder([id, entries], index) {
  const before = index === 0 ? 0 : entrants[index - 1][0];
  return Number.isSafeInteger(id) && id > before && Number.isSafeInteger(entries) && entries > 0;
}

function sum(pairs) {
  return pairs.reduce((total, [, entries]) => total + entries, 0);
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) stop(`${url} replied with ${response.status}. There is no list before the draw.`);
  return response.text();
}

function stop(message, exitCode = 2) {
  console.error(message);
  process.exit(exitCode);
}
