import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { learnVerdicts } from "../fraud/feedback";
import { decisionStatements } from "./decided";
import { recount } from "./recount";
import * as store from "./settling-store";

/** The maximum number of reviews and rewards per run. The next run handles the rest. */
const REVIEWS_PER_RUN = 200;
const REWARDS_PER_RUN = 500;
/** After this time, the request that undid a decision must have been interrupted. */
const LATE_MS = 60_000;
/** `by_score` denies reviews with this score or higher, in thousandths. */
const DENIED_FROM = 800;

/** Decides reviews that nobody decided in time, and applies decisions to rewards. */
export async function settleReviews(ctx: JobCtx): Promise<void> {
  await decideDue(ctx);
  await recountLate(ctx);
  const now = ctx.now();
  const [decided] = await ctx.db.batch([store.settlingReviews(ctx.db, now, REVIEWS_PER_RUN)]);
  const accounts = Map.groupBy(decided, ({ member_id }) => member_id);
  const rewards = Math.ceil(REWARDS_PER_RUN / Math.max(1, accounts.size));
  for (const [account, reviews] of accounts)
    try {
      await settleAccount(ctx, reviews, now, rewards);
    } catch (error) {
      log("error", "reviews were not settled", { member_id: account, ...describeError(error) });
    }
}

/** Finishes decisions that were undone a while ago, because their request was interrupted. */
async function recountLate(ctx: JobCtx) {
  const until = new Date(ctx.now().getTime() - LATE_MS);
  const [late] = await ctx.db.batch([store.recounting(ctx.db, until, REVIEWS_PER_RUN)]);
  for (const [campaign, own] of Map.groupBy(late, ({ campaign_id }) => campaign_id))
    try {
      await recount(ctx, own, ctx.env.PUBLIC_URL ?? "");
    } catch (error) {
      log("error", "an undone decision was not carried out", { campaign_id: campaign, ...describeError(error) });
    }
}

/** The reviews are settled after all rewards have followed. Otherwise, the next run continues. */
async function settleAccount(ctx: JobCtx, decided: store.Settling[], now: Date, max: number) {
  const people = [...new Set(decided.flatMap(({ referrer_id, participant_id }) => [referrer_id, participant_id]))];
  const [held] = await ctx.db.batch([store.heldRewards(ctx.db, people, max, now)]);
  for (const [campaign, own] of Map.groupBy(held, ({ campaign_id }) => campaign_id)) {
    const at = now.getTime();
    for (const { id } of own.filter(({ verdict }) => verdict === "denied"))
      await askLedger(ctx, campaign, (ledger) =>
        ledger.changeReward({
          kind: "reward",
          id: newEventId(now),
          at,
          origin: ctx.env.PUBLIC_URL ?? "",
          reward_id: id,
          status: "revoked",
          note: "Denied in a review",
          by: "review",
        }),
      );
    const reward_ids = own.filter(({ verdict }) => verdict === "free").map(({ id }) => id);
    if (reward_ids.length > 0)
      await askLedger(ctx, campaign, (ledger) => ledger.free({ kind: "free", id: newEventId(now), at, reward_ids }));
  }
  const byPeople = decided.filter(({ by }) => by !== "rule" && by !== "list" && by !== "proof");
  for (const [campaign, [one]] of Map.groupBy(byPeople, ({ campaign_id }) => campaign_id))
    if (one) await learnVerdicts(ctx, one.member_id, campaign);
  if (held.length === max) return;
  const ids = decided.map(({ id }) => id);
  await ctx.db.batch([store.dropErased(ctx.db, ids, now), store.settled(ctx.db, ids, now)]);
}

async function decideDue(ctx: JobCtx) {
  const now = ctx.now();
  const [due] = await ctx.db.batch([store.dueReviews(ctx.db, now, REVIEWS_PER_RUN)]);
  for (const { id, member_id, campaign_id, referrer_id, score, review_ending } of due) {
    const isDenied = review_ending === "deny" || (review_ending === "by_score" && score >= DENIED_FROM);
    const decision = {
      state: isDenied ? ("denied" as const) : ("approved" as const),
      by: "rule",
      note: null,
      at: now,
      settles_at: now,
    };
    const own = { memberId: member_id, campaignId: campaign_id, referrerId: referrer_id };
    const [, , deliveries] = await ctx.db.batch([...decisionStatements(ctx.db, own, id, newEventId(now), decision)]);
    await hintDeliveries(
      ctx.env,
      deliveries.map((delivery) => delivery.id),
    );
  }
}
