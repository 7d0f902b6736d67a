/**
 * Checks a contest's draw without trusting the server that made it. Runs on Node 18 or newer, with nothing to install:
 *
 *   node verify-draw.mjs https://referrals.example.com 42     fetches the contest of campaign 42
 *   node verify-draw.mjs draw.json entrants.txt               reads the two responses from files
 *
 *   node verify-draw.mjs https://referrals.example.com 42 1   fetches the campaign's first contest, even if it was removed
 *
 * Prints the result of each check, and notes: repeated draws, removed contests, and changed dates, for you to judge.
 * Exits with 0 if all checks pass, 1 if one fails, and 2 if there is nothing to check.
 */
import { createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";

const [from, what, number] = process.argv.slice(2);
if (!from || !what) {
  console.error(
    "usage: verify-draw.mjs <https://server> <campaign id> [number]  |  verify-draw.mjs <draw.json> <entrants.txt>",
  );
  process.exit(2);
}

const [answer, list] = /^https?:/.test(from)
  ? await Promise.all(["draw", "entrants"].map((part) => fetched(part)))
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
const [committed, ended, drawn] = [draw.committed_at, draw.end_date, draw.drawn_at].map((date) => Date.parse(date));
const known = entrants.filter(([id]) => id <= (draw.known_participant ?? 0)).length;
const records = draw.records ?? [];
const earlier = records.filter((record) => record.number < draw.number).sort((a, b) => b.number - a.number);

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
  ["the commitment was published before the contest ended", committed < ended && ended <= drawn],
  ["the commitment was published before all entrants were known", known === 0 || known < entrants.length],
  ["the campaign's earlier contests are all on record", isOnRecord()],
];
const notes = [
  ...(draw.known_participant == null ? ["it is not recorded who had signed up before the commitment"] : []),
  ...(known > 0 ? [`${known} of ${entrants.length} entrants had signed up before the commitment`] : []),
  ...(draw.changes > 0
    ? [`dates or winners were changed ${draw.changes} times after the start, last ${draw.changed_at}`]
    : []),
  ...(draw.removed_at ? [`the organizer removed this contest on ${draw.removed_at}`] : []),
  ...earlier.map(
    (record) =>
      `contest ${record.number} of this campaign was removed on ${record.removed_at}, ${record.drawn_at ? `after its draw on ${record.drawn_at}` : "before its draw"}`,
  ),
  ...(draw.latest_number > draw.number
    ? [`${draw.latest_number - draw.number} more contests came after this one`]
    : []),
];
for (const [claim, holds] of checks) console.log(`${holds ? "ok    " : "NOT OK"} ${claim}`);
for (const note of notes) console.log(`NOTE   ${note}`);
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

/** Each contest publishes the hash of the one before it, and the server lists the last 100. */
function isOnRecord() {
  if (draw.number === undefined) return true;
  const isChained = earlier.every(
    (record, i) =>
      record.number === draw.number - 1 - i && recordHash(record) === (i ? earlier[i - 1] : draw).previous_hash,
  );
  const isFirst = (earlier.at(-1) ?? draw).number === 1;
  return isChained && (isFirst ? (earlier.at(-1) ?? draw).previous_hash === null : records.length >= 100);
}

function recordHash(of) {
  const covered = [
    of.number,
    of.campaign_id,
    of.commitment,
    of.committed_at,
    of.start_date,
    of.end_date,
    of.max_winners,
  ];
  const rest = [of.weighting, of.drawn_at, of.seed, of.entrants_hash, of.removed_at, of.previous_hash];
  return sha256(JSON.stringify([...covered, ...rest]));
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

async function fetched(part) {
  const url = `${from}/api/v1/contests/${what}/${part}${number ? `?number=${number}` : ""}`;
  const response = await fetch(url);
  if (!response.ok) stop(`${url} replied with ${response.status}. There is no list before the draw.`);
  return response.text();
}

function stop(message, exitCode = 2) {
  console.error(message);
  process.exit(exitCode);
}
