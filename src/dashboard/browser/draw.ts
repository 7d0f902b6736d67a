import { promiseSteps, recordSteps, type Told } from "./draw-record";

/** The published fields of a draw (GET /api/v1/contests/{id}/draw) that the check uses. */
export type Published = {
  algorithm: string;
  commitment: string;
  seed: string;
  entrants_hash: string;
  entrants_count: number;
  total_entries: number;
  max_winners: number;
  winners: { participant_id: number; index: number; entries: number }[];
} & Told;

/** The key of a text in the page's language, and the words for its placeholders. */
export type Said = { text: string; words?: Record<string, string | number> };

/**
 * One step of the check: its claim, whether it holds, and the evidence, which is a formula if no words are needed. A
 * note does not check numbers; the reader must judge it.
 */
export type Step = { claim: Said; holds: boolean; seen?: string | Said; isNote?: true };

export type Entrant = { participant_id: number; entries: number; index: number };
type Turn = Entrant & { ticket: number; tickets: number };

const ALGORITHM = "hmac-sha256-v1";
const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

/**
 * Repeats the draw from the list and the seed, following the published rules, and compares the result with the
 * published one.
 */
export async function checkDraw(draw: Published, list: string): Promise<Step[]> {
  const knows = draw.algorithm === ALGORITHM;
  const rules = { claim: { text: "check_rules" }, holds: knows, seen: draw.algorithm };
  if (!knows) return [rules];
  const seed = bytesOf(draw.seed);
  const [seedHash, listHash] = await Promise.all([sha256(seed), sha256(utf8(list))]);
  const entrants = readList(list);
  const steps = [
    rules,
    {
      claim: { text: "check_seed" },
      holds: seedHash === draw.commitment,
      seen: `SHA-256 = ${seedHash}`,
    },
    {
      claim: { text: "check_list" },
      holds: listHash === draw.entrants_hash,
      seen: `SHA-256 = ${listHash}`,
    },
  ];
  if (!entrants) return [...steps, { claim: { text: "check_order" }, holds: false }];
  const total = entrants.reduce((sum, { entries }) => sum + entries, 0);
  const drawn = await winnersOf(seed, listHash, entrants, draw.max_winners);
  return [
    ...steps,
    {
      claim: { text: "check_counts" },
      holds: entrants.length === draw.entrants_count && total === draw.total_entries,
      seen: `${compared(entrants.length, draw.entrants_count)}, ${compared(total, draw.total_entries)}`,
    },
    {
      claim: { text: "check_winners" },
      holds: drawn.length === draw.winners.length,
      seen: compared(drawn.length, draw.winners.length),
    },
    ...drawn.map((turn, i) => winnerStep(turn, i, draw.winners[i])),
    ...promiseSteps(draw, entrants),
    ...(await recordSteps(draw)),
  ];
}

/** The result found here, and the published one. */
const compared = (found: number, published: number) => `${found} ${found === published ? "=" : "≠"} ${published}`;

const winnerStep = (turn: Turn, i: number, published: Published["winners"][number] | undefined): Step => ({
  claim: { text: "check_winner", words: { place: i + 1, id: turn.participant_id } },
  holds:
    published?.index === turn.index &&
    published.participant_id === turn.participant_id &&
    published.entries === turn.entries,
  seen: {
    text: "check_ticket",
    words: { ticket: turn.ticket, tickets: turn.tickets, line: turn.index, count: turn.entries },
  },
});

/** @returns null if the text is not a list in the described format */
function readList(list: string): Entrant[] | null {
  if (list !== "" && !list.endsWith("\n")) return null;
  const lines = list.split("\n").slice(0, -1);
  let before = 0;
  const entrants: Entrant[] = [];
  for (const [index, line] of lines.entries()) {
    const [, id, count] = /^([1-9]\d*):([1-9]\d*)$/.exec(line) ?? [];
    const [participant_id, entries] = [Number(id), Number(count)];
    if (!(participant_id > before && Number.isSafeInteger(participant_id) && Number.isSafeInteger(entries)))
      return null;
    before = participant_id;
    entrants.push({ participant_id, entries, index });
  }
  return entrants;
}

/** Draws the winners one by one. Each is removed from the list before the next draw. */
async function winnersOf(seed: Bytes, listHash: string, entrants: Entrant[], max: number): Promise<Turn[]> {
  const numbers = numbersOf(await hmac(seed, listHash));
  const left = [...entrants];
  const drawn: Turn[] = [];
  let tickets = left.reduce((sum, { entries }) => sum + entries, 0);
  while (left.length > 0 && drawn.length < max) {
    const ticket = await ticketOf(tickets, numbers);
    let rest = ticket;
    const place = left.findIndex(({ entries }) => {
      rest -= entries;
      return rest < 0;
    });
    for (const winner of left.splice(place, 1)) {
      drawn.push({ ...winner, ticket, tickets });
      tickets -= winner.entries;
    }
  }
  return drawn;
}

async function ticketOf(tickets: number, numbers: AsyncGenerator<bigint, never>) {
  const all = 2n ** 64n;
  const fair = all - (all % BigInt(tickets));
  for (;;) {
    const { value } = await numbers.next();
    if (value < fair) return Number(value % BigInt(tickets));
  }
}

async function* numbersOf(key: Bytes): AsyncGenerator<bigint, never> {
  for (let block = 0; ; block++) {
    const view = new DataView((await hmac(key, String(block))).buffer);
    for (let at = 0; at < view.byteLength; at += 8) yield view.getBigUint64(at);
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

async function hmac(key: Bytes, message: string): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, utf8(message)));
}

const sha256 = async (bytes: Bytes) => hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
const hexOf = (bytes: Bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex: string): Bytes =>
  new Uint8Array((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
