import type { ParticipantDetails } from "../../ledger/records/participant-schema";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { emailRefusal } from "../../participants/email-refusal";
import { detailQueries, toDetails } from "../../participants/participant-records";
import { balancesOf, toBalance } from "../../participants/redemptions/redemption";
import { type Limit, limitOf, toLimit } from "../../participants/rewards/reward-records";
import * as store from "./participant-detail-store";
import { timelineOf } from "./participant-timeline";
import { budgetWhy, type Why, type WhySource, whyOf } from "./participant-why";

export const BROUGHT_SHOWN = 50;
const MAILS_SHOWN = 50;
const SENT_SHOWN = 50;

export type Person = Awaited<ReturnType<typeof person>>;
/** A referrer in the referral tree. Erased participants have neither a name nor an email. */
export type Ancestor = { id: number; name: string | null; email: string | null };

/** Everything on a participant's page. @throws 404 if they are not the member's, or were erased */
export async function person(ctx: MemberCtx, id: number) {
  const { db } = ctx;
  const { memberId } = ctx.actor;
  const [
    row,
    shared,
    earned,
    invited,
    counted,
    place,
    aliases,
    [facts],
    brought,
    mails,
    sent,
    [latest],
    credit,
    limits,
  ] = await db.batch([
    ...detailQueries(ctx, id),
    store.factsOf(db, memberId, id),
    store.broughtBy(db, memberId, id, BROUGHT_SHOWN + 1),
    store.mailsTo(db, memberId, id, MAILS_SHOWN),
    store.deliveriesAbout(db, memberId, id, SENT_SHOWN),
    store.latestConversion(db, memberId, id),
    balancesOf(ctx, id),
    limitOf(ctx, id),
  ]);
  const details = await toDetails(ctx, [row, shared, earned, invited, counted, place, aliases]);
  if (!facts) throw notFound("participant");
  const shown = brought.slice(0, BROUGHT_SHOWN);
  return {
    details,
    campaign_name: facts.campaign_name,
    brand_name: facts.brand_name,
    confirmation: facts.confirmation,
    refusal: await emailRefusal(ctx, details),
    rank: facts.rank,
    ancestors: ancestorsIn(facts),
    brought: shown,
    hasBroughtMore: brought.length > BROUGHT_SHOWN,
    mails,
    sent,
    whys: whysOf({ details, facts, brought: shown, latest }, toLimit(limits)),
    hasConversions: latest !== undefined,
    balances: credit.map(toBalance),
    timeline: timelineOf({ details, facts, brought: shown, mails, sent }),
  };
}

/** Why they got no reward, including a spent budget. */
function whysOf(source: WhySource, limit: Limit | null): Why[] {
  const [why, more] = [whyOf(source), limit === "budget" ? budgetWhy(source.details.campaign_id) : null];
  return [why, more && why?.said.endsWith(more.said) ? null : more].filter((one) => one !== null);
}

/** Earliest first. */
function ancestorsIn(facts: Awaited<ReturnType<typeof store.factsOf>>[number]): Ancestor[] {
  const { inviter_id, first_id } = facts;
  return [
    ...(first_id === null ? [] : [{ id: first_id, name: facts.first_name, email: facts.first_email }]),
    ...(inviter_id === null ? [] : [{ id: inviter_id, name: facts.inviter_name, email: facts.inviter_email }]),
  ];
}

export type TimelineSource = {
  details: ParticipantDetails;
  facts: Awaited<ReturnType<typeof store.factsOf>>[number];
  brought: Awaited<ReturnType<typeof store.broughtBy>>;
  mails: Awaited<ReturnType<typeof store.mailsTo>>;
  sent: Awaited<ReturnType<typeof store.deliveriesAbout>>;
};
