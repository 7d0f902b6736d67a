import { sha256Hex } from "../../lib/crypto";

/** The record of a removed contest. */
export type Facts = {
  number: number;
  campaign_id: number;
  commitment: string;
  committed_at: Date;
  start_date: Date;
  end_date: Date;
  max_winners: number;
  weighting: string;
  drawn_at: Date | null;
  seed: string | null;
  entrants_hash: string | null;
  removed_at: Date;
  previous_hash: string | null;
};

/**
 * The hash that the campaign's next contest publishes as its `previous_hash`. Each record contains the hash of the
 * previous one, so anyone who saved a later record can detect a changed or missing one.
 */
export const recordHash = (facts: Facts) =>
  sha256Hex(
    JSON.stringify([
      facts.number,
      facts.campaign_id,
      facts.commitment,
      facts.committed_at.toISOString(),
      facts.start_date.toISOString(),
      facts.end_date.toISOString(),
      facts.max_winners,
      facts.weighting,
      facts.drawn_at?.toISOString() ?? null,
      facts.seed,
      facts.entrants_hash,
      facts.removed_at.toISOString(),
      facts.previous_hash,
    ]),
  );
