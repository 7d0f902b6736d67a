import type { Winner } from "../../../drizzle/schema/contests";
import { hmac, sha256Hex } from "../../lib/crypto";

/** The name of the rules below. Any change to the rules requires a new name. */
export const ALGORITHM = "hmac-sha256-v1";

/** The rules, precise enough for anyone to reimplement them. */
export const HOW_WINNERS_ARE_DRAWN = `Winners are drawn once, after \`end_date\`, by the rules named \`${ALGORITHM}\`:

1. **Seed.** 32 random bytes, generated when the contest is created. \`commitment\`, the SHA-256 of these bytes in lowercase hex, is public from then on
   (\`committed_at\`) and never changes. The seed itself, in hex, is published with the draw.
2. **List.** One line for every participant who is \`active\` at the draw and signed up between \`start_date\` and \`end_date\`, inclusive:
   \`participant_id:entries\` and a line feed, in ASCII, ascending by id. With \`weighting\` \`uniform\`, \`entries\` is 1. With \`entries\`, it is 1 plus
   the referrals credited to the participant whose own signup lies in the same period, without blocked or pending ones.
   \`entrants_hash\` is the SHA-256 of the whole list in lowercase hex.
3. **Numbers.** \`key\` = HMAC-SHA256 with the seed's 32 bytes as the key and the 64 characters of \`entrants_hash\` as the message. Block *n* = HMAC-SHA256
   with \`key\` as the key and *n* in decimal ("0", "1", "2", …) as the message. Each block is four unsigned 64-bit big-endian integers. Read in order,
   block by block, they are the numbers x.
4. **Winners.** Let T be the sum of the entries of everyone who has not won yet. Take the next x; if x ≥ 2^64 − (2^64 mod T), drop it and take the
   next. The ticket is x mod T. Walk down the list, skipping winners: the new winner is the first participant whose entries, added
   to those of all before them, exceed the ticket. A winner leaves with all their entries. Repeat until \`max_winners\` have won or nobody is left.
5. \`winner_indices\` are the winners' lines in the list, starting at 0, in the order in which they won.

The commitment proves that the seed was chosen before the list was known, if it was published before the end, and before all entrants had signed up
(\`known_participant\`). The key depends on both, so neither alone decides. Contests are numbered, and a removed one stays in \`records\`: so a repeated draw
is visible. Each record has a hash, which the next contest publishes from its creation on as \`previous_hash\`: the SHA-256, in hex, of the JSON array
\`[number, campaign_id, commitment, committed_at, start_date, end_date, max_winners, weighting, drawn_at, seed, entrants_hash, removed_at, previous_hash]\`
without spaces.

No draw on one server can prove that its operator, who can read the server's secrets, used the seed honestly: they could look at it, and then add or
block participants, or end the contest at a moment that suits them. Save the commitment and the number before the end, and compare the list with what you
know of the participants. \`scripts/verify-draw.mjs\` in the product's repository performs steps 1 to 5 and these checks for you.`;

type Entrant = { participant_id: number; entries: number };
type Draw = { entrants_hash: string; entrants_count: number; total_entries: number; winners: Winner[] };

/** Draws winners from the published list. The same seed and list always give the same winners. */
export async function draw(seed: Uint8Array, list: string, maxWinners: number): Promise<Draw> {
  const entrants = readList(list);
  const entrants_hash = await sha256Hex(list);
  const numbers = numbersOf(await hmac(seed, entrants_hash));
  const { tree, total } = ticketTree(entrants);
  const winners: Winner[] = [];
  for (let left = total; left > 0 && winners.length < maxWinners; ) {
    const index = holderOf(tree, await below(left, numbers));
    const winner = entrants[index];
    if (!winner) throw new Error("no entrant holds this ticket");
    winners.push({ ...winner, index });
    add(tree, index, -winner.entries);
    left -= winner.entries;
  }
  return { entrants_hash, entrants_count: entrants.length, total_entries: total, winners };
}

/** @throws if the list violates the rules, because its draw would not be reproducible */
function readList(list: string): Entrant[] {
  let previous = 0;
  return list
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const [participant_id = 0, entries = 0] = line.split(":").map(Number);
      if (!(participant_id > previous && entries > 0)) throw new Error("the entrants are not in order");
      previous = participant_id;
      return { participant_id, entries };
    });
}

async function* numbersOf(key: Uint8Array): AsyncGenerator<bigint, never> {
  for (let block = 0; ; block++) {
    const bytes = new DataView((await hmac(key, String(block))).buffer);
    for (let at = 0; at < bytes.byteLength; at += 8) yield bytes.getBigUint64(at);
  }
}

/** A uniformly random number from 0 to `total` - 1. */
async function below(total: number, numbers: AsyncGenerator<bigint, never>): Promise<number> {
  const fair = 2n ** 64n - (2n ** 64n % BigInt(total));
  for (;;) {
    const { value } = await numbers.next();
    if (value < fair) return Number(value % BigInt(total));
  }
}

/** A Fenwick tree over the entries. It finds a ticket's holder and removes a winner in logarithmic time. */
function ticketTree(entrants: Entrant[]) {
  const tree = new Float64Array(entrants.length + 1);
  let total = 0;
  for (const [index, { entries }] of entrants.entries()) {
    add(tree, index, entries);
    total += entries;
  }
  return { tree, total };
}

function add(tree: Float64Array, index: number, entries: number) {
  for (let at = index + 1; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + entries;
}

function holderOf(tree: Float64Array, ticket: number) {
  let index = 0;
  let rest = ticket;
  for (let step = 2 ** Math.floor(Math.log2(tree.length)); step >= 1; step /= 2) {
    const before = tree[index + step];
    if (before === undefined || before > rest) continue;
    index += step;
    rest -= before;
  }
  return index;
}
