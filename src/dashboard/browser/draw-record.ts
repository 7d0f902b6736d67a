import type { Entrant, Said, Step } from "./draw";

/** A removed contest, as published. */
export type Published = {
  number: number;
  campaign_id: number;
  commitment: string;
  committed_at: string;
  start_date: string;
  end_date: string;
  max_winners: number;
  weighting: string;
  drawn_at: string | null;
  seed: string | null;
  entrants_hash: string | null;
  removed_at: string;
  previous_hash: string | null;
};

/** A draw's statements about its commitment and the campaign's other contests. */
export type Told = {
  number: number;
  committed_at: string;
  end_date: string;
  drawn_at: string;
  known_participant: number | null;
  changes: number;
  changed_at: string | null;
  removed_at: string | null;
  latest_number: number;
  previous_hash: string | null;
  records: Published[];
};

const note = (claim: Said, seen = ""): Step => ({ claim, holds: true, seen, isNote: true });

/** Whether the commitment came before what it commits to, and what has changed since. */
export function promiseSteps(draw: Told, entrants: Entrant[]): Step[] {
  const { known_participant, committed_at, end_date, drawn_at } = draw;
  const known = entrants.filter(({ participant_id }) => participant_id <= (known_participant ?? 0)).length;
  return [
    {
      claim: { text: "check_before_end" },
      holds: Date.parse(committed_at) < Date.parse(end_date) && Date.parse(end_date) <= Date.parse(drawn_at),
      seen: [committed_at, end_date, drawn_at].join(" → "),
    },
    {
      claim: { text: "check_before_all" },
      holds: known === 0 || known < entrants.length,
      seen: { text: "check_known", words: { known, count: entrants.length } },
    },
    ...(known_participant === null ? [note({ text: "check_unrecorded" })] : []),
    ...(known > 0 ? [note({ text: "check_early", words: { count: known } })] : []),
    ...(draw.changes > 0
      ? [note({ text: "check_changes", words: { count: draw.changes } }, draw.changed_at ?? "")]
      : []),
  ];
}

/** Whether the campaign's earlier contests are all on record and unchanged, and which ones exist. */
export async function recordSteps(draw: Told): Promise<Step[]> {
  const earlier = draw.records.filter(({ number }) => number < draw.number).sort((a, b) => b.number - a.number);
  const hashes = await Promise.all(earlier.map(recordHash));
  const published = [draw, ...earlier].map(({ previous_hash }) => previous_hash);
  const isWhole = earlier.every(({ number }, i) => number === draw.number - 1 - i && hashes[i] === published[i]);
  const oldest = earlier.at(-1) ?? draw;
  // The server lists only the last 100.
  const isComplete = oldest.number === 1 ? oldest.previous_hash === null : draw.records.length >= 100;
  return [
    {
      claim: { text: "check_records" },
      holds: isWhole && isComplete,
      seen: { text: "proof_number", words: { number: draw.number, latest: draw.latest_number } },
    },
    ...(draw.removed_at ? [note({ text: "check_removed" }, draw.removed_at)] : []),
    ...earlier.map(({ number, drawn_at, removed_at }) =>
      drawn_at
        ? note({ text: "check_past_drawn", words: { number } }, drawn_at)
        : note({ text: "check_past_removed", words: { number } }, removed_at),
    ),
    ...(draw.latest_number > draw.number
      ? [note({ text: "check_later", words: { count: draw.latest_number - draw.number } })]
      : []),
  ];
}

/** The hash that the next contest publishes as its `previous_hash`. */
async function recordHash(of: Published) {
  const text = JSON.stringify([
    of.number,
    of.campaign_id,
    of.commitment,
    of.committed_at,
    of.start_date,
    of.end_date,
    of.max_winners,
    of.weighting,
    of.drawn_at,
    of.seed,
    of.entrants_hash,
    of.removed_at,
    of.previous_hash,
  ]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
