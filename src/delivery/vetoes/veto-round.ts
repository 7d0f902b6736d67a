import pLimit from "p-limit";
import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import { due, ended, jittered } from "../../outbox/outcome";
import { logRound, newRound, type Round, record } from "../../outbox/round";
import type { RoundCtx, Use } from "../../outbox/use";
import { vetoOutbox } from "../../outbox/vetoes/veto-outbox";
import { post } from "../webhooks/attempt";
import { mayPost } from "../webhooks/host-limit";
import { lookUps } from "../webhooks/look-up";
import { type Said, saidBy } from "./veto-answer";
import { bodyOf, messageId } from "./veto-body";
import * as store from "./veto-call-store";

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/** The delays after the first, second, and later attempts. The last one repeats until the time is up. */
const DELAYS_MS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
/** After this time, we stop asking. */
const ASKED_FOR_MS = 72 * HOUR;
/** A suspended account's calls wait until the operator lifts the suspension. */
const SUSPENDED_DELAY_MS = HOUR;
/** The delay for calls beyond their host's limit per minute. They were not made, so they do not count as attempts. */
const NEXT_WINDOW_MS = MINUTE;
/** The queue waits for a round this long. Slower endpoints are asked in the background. */
const PATIENCE_MS = 2_000;
/** A Worker can wait for up to six responses at once. */
const AT_ONCE = 6;

/**
 * Runs one round: asks the endpoints, lets the ledger apply their answers, and records them. If the Worker dies, the
 * call is repeated with the same ID, and the ledger applies only the first answer.
 */
async function ask(ctx: RoundCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, vetoOutbox, ids);
  const [, rows] = await ctx.db.batch([round.take, store.leased(ctx.db, ids, round.lease)]);
  if (rows.length === 0) return;
  const done: store.Outcome[] = [];
  const [slots, addresses] = [pLimit(AT_ONCE), lookUps(ctx)];
  const all = Promise.all(rows.map((row) => slots(async () => void done.push(await outcomeOf(ctx, row, addresses)))));
  await Promise.race([all, scheduler.wait(PATIENCE_MS)]);
  const isDone = done.length === rows.length;
  await note(ctx, round, done.splice(0), rows);
  if (!isDone) ctx.later(all.then(() => note(ctx, round, done.splice(0), rows)));
}

async function note(ctx: JobCtx, round: Round, outcomes: store.Outcome[], rows: store.Leased[]) {
  if (outcomes.length === 0) return;
  const given = new Set(outcomes.flatMap(({ id, state }) => (state === "given" ? id : [])));
  const proven = rows.flatMap(({ call, veto }) => (given.has(call.id) && veto.is_unproven ? call.campaign_id : []));
  await record(ctx, vetoOutbox, outcomes, () => [
    store.settle(ctx.db, outcomes, round.lease),
    ...(proven.length > 0 ? [store.noteProven(ctx.db, proven)] : []),
  ]);
  logRound(ctx, vetoOutbox, round, outcomes);
}

async function outcomeOf(
  ctx: JobCtx,
  row: store.Leased,
  addresses: ReturnType<typeof lookUps>,
): Promise<store.Outcome> {
  const { call, reward, in_veto, is_suspended } = row;
  const before = { id: call.id, code: null, error: null, attempts: call.attempts };
  // Someone has approved or revoked it, or its campaign, participant, or sale is gone.
  if (reward.status !== "pending" || !in_veto || is_suspended === null)
    return { ...before, state: "cancelled", ...ended("done") };
  const waits = (delayMs: number, error: string | null = null): store.Outcome => ({
    ...before,
    error,
    state: "waiting",
    ...due(ctx.now(), delayMs),
  });
  try {
    if (is_suspended) return waits(SUSPENDED_DELAY_MS);
    const said = await saidOn(ctx, row, addresses);
    if (said === "later") return waits(jittered(NEXT_WINDOW_MS));
    const attempts = call.attempts + 1;
    if (said.says !== "again") return { ...before, attempts, ...(await heed(ctx, call, said)), ...ended("done") };
    const left = call.asked_at.getTime() + ASKED_FOR_MS - ctx.now().getTime();
    if (left > 0 && row.veto.is_on) {
      const delay = DELAYS_MS[Math.min(attempts, DELAYS_MS.length) - 1] ?? HOUR;
      return { ...waits(Math.min(jittered(delay), Math.max(left, SECOND)), said.error), attempts };
    }
    return { ...before, attempts, error: said.error, ...(await give(ctx, row)), ...ended("done") };
  } catch (error) {
    log("error", "veto not asked", { reward_id: call.id, ...describeError(error) });
    return waits(5 * MINUTE, "not_asked");
  }
}

/** Asks the endpoint once. "later": its host is at its limit. */
async function saidOn(ctx: JobCtx, row: store.Leased, addresses: ReturnType<typeof lookUps>): Promise<Said | "later"> {
  const { veto } = row;
  const { link, secret, member_id, is_unproven } = veto;
  if (!veto.is_on || link === null || secret === null) return { says: "again", error: "turned_off" };
  const { previous_secret, previous_secret_expires } = veto;
  if (!(await mayPost(ctx.env, { webhook: { link, member_id: member_id ?? 0, is_unproven: is_unproven ?? true } }, [])))
    return "later";
  const message = { event_id: messageId(row), webhook: { secret, previous_secret, previous_secret_expires } };
  const body = async () => bodyOf(row);
  return saidBy(await post(ctx, message, link, ctx.env.PUBLIC_URL ?? "", addresses, body));
}

/** Without an answer in time, or without an endpoint to ask, the `ending` setting decides. */
function give(ctx: JobCtx, { call, veto }: store.Leased) {
  if (veto.ending === "give") return heed(ctx, call, { says: "give" }, "unanswered");
  if (veto.ending === "refuse") return heed(ctx, call, { says: "refuse", code: "unanswered" }, "unanswered");
  return { state: "unanswered" as const };
}

/** Lets the ledger give or revoke the reward. Does nothing if the reward no longer waits for the endpoint. */
async function heed(
  ctx: JobCtx,
  { id, campaign_id }: Pick<store.Leased["call"], "id" | "campaign_id">,
  said: Exclude<Said, { says: "again" }>,
  state: store.Outcome["state"] = said.says === "give" ? "given" : "refused",
) {
  const now = ctx.now();
  const item = { at: now.getTime(), origin: ctx.env.PUBLIC_URL ?? "", reward_id: id, by: "veto" };
  if (said.says === "refuse") {
    const note = `Refused by your endpoint: ${said.code}`;
    await askLedger(ctx, campaign_id, (ledger) =>
      ledger.changeReward({ ...item, kind: "reward", id: newEventId(now), status: "revoked", note }),
    );
    return { state, code: said.code };
  }
  await askLedger(ctx, campaign_id, (ledger) =>
    ledger.free({ kind: "free", id: newEventId(now), at: now.getTime(), reward_ids: [id], of: "veto" }),
  );
  // The minute's job would do this too, but nobody should have to wait for it.
  await askLedger(ctx, campaign_id, (ledger) =>
    ledger.release([{ ...item, kind: "release", id: newEventId(now), approves: false, note: null }]),
  );
  return { state };
}

export const vetoUse: Use = { outbox: vetoOutbox, rowsPerRound: 50, roundsPerBatch: 1, round: ask };
