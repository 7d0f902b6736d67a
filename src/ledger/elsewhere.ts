import { openDb } from "../lib/db";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import { askLedger } from "./client";
import type { SuspectItem } from "./reviews/suspects";

/** Asks another campaign's ledger to open a review. A lost call only loses evidence. */
export async function suspectElsewhere(env: Env, campaign: number, item: SuspectItem): Promise<void> {
  try {
    const ctx = { db: openDb(env.DB, "first-primary"), env };
    await askLedger(ctx, campaign, (ledger) => ledger.holdBack([item]));
  } catch (error) {
    log("error", "another campaign's reviews were not opened", { campaign_id: campaign, ...describeError(error) });
  }
}
