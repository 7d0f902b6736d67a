import { limit } from "../../auth/limit";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import type { Env } from "../../lib/env";
import { notFound } from "../../lib/errors";
import { lostDomainMail, releaseHeld } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import { type Findings, findProof, methodOf } from "./domain-proof";
import * as store from "./proof-store";
import { isTrusted } from "./trusted-domain";

/** Only the newest campaigns' widgets can verify a domain. */
const CAMPAIGNS_MAX = 100;
const [CHECKED_EVERY_MS, CHECKED_AGAIN_MS, UNSURE_MS] = [7 * DAY_MS, DAY_MS, DAY_MS / 24];
/** The number of consecutive failed checks that end a verification. */
const FAILURES_MAX = 2;
const CHECKS_PER_RUN = 5;

/**
 * Checks for the proof of a brand's domain. If it is found, waiting emails are sent.
 * @throws 404, 429 above the limit, which protects the website
 */
export async function proveDomain(ctx: MemberCtx, brandId: number): Promise<Findings> {
  const { memberId } = ctx.actor;
  await limit(ctx, "sign_in", `domain ${memberId}`);
  const [[claim], campaigns] = await ctx.db.batch([
    store.claimOf(ctx.db, memberId, brandId),
    store.campaignIdsOf(ctx.db, memberId, brandId, CAMPAIGNS_MAX),
  ]);
  if (!claim) throw notFound("brand");
  if (isTrusted(ctx.env, claim.domain)) return {};
  const origins = [...new Set([ctx.origin, ...originsOf(ctx.env)])];
  const found = await findProof(ctx.env, { claim, campaignIds: idsOf(campaigns), origins });
  const method = methodOf(found);
  if (!method) return found;
  const now = ctx.now();
  const [, released] = await commit(
    ctx,
    store.markProven(ctx.db, claim, method, now),
    releaseHeld(ctx.db, memberId, now),
  );
  ctx.later(hintMails(ctx.env, idsOf(released)));
  return found;
}

const originsOf = ({ PUBLIC_URL }: Env) => (PUBLIC_URL ? [PUBLIC_URL] : []);

/**
 * Checks verified domains again every week. If a proof is gone, we check once more a day later. If it is still gone,
 * the domain becomes unverified, and its owner gets an email. A check without an answer from the resolver changes
 * nothing.
 */
export async function recheckProofs({ db, env, now }: JobCtx): Promise<void> {
  const due = new Date(now().getTime() - CHECKED_EVERY_MS);
  const [claims] = await db.batch([store.dueClaims(db, due, CHECKS_PER_RUN)]);
  for (const claim of claims) {
    const [campaigns] = await db.batch([store.campaignIdsOf(db, claim.member_id, claim.id, CAMPAIGNS_MAX)]);
    const found = await findProof(env, { claim, campaignIds: idsOf(campaigns), origins: originsOf(env) });
    const at = now();
    const again = (ms: number) => new Date(at.getTime() - CHECKED_EVERY_MS + ms);
    if (methodOf(found)) await db.batch([store.noteCheck(db, claim, { at, failures: 0, isLost: false })]);
    else if (found.dns === "unknown")
      await db.batch([
        store.noteCheck(db, claim, { at: again(UNSURE_MS), failures: claim.proof_failures, isLost: false }),
      ]);
    else {
      const failures = claim.proof_failures + 1;
      const isLost = failures >= FAILURES_MAX;
      await db.batch([
        store.noteCheck(db, claim, { at: again(CHECKED_AGAIN_MS), failures, isLost }),
        ...(isLost ? [lostDomainMail(db, claim, env.PUBLIC_URL, at)] : []),
      ]);
    }
  }
}
