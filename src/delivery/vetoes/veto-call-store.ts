import { eq, sql } from "drizzle-orm";
import {
  campaigns,
  conversions,
  members,
  participants,
  rewardColumns,
  rewards,
  vetoCalls,
  vetoes,
  type vetoStates,
} from "../../../drizzle/schema";
import { field, ifAny, ifAnyOf, listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Standing } from "../../outbox/outcome";
import { vetoOutbox } from "../../outbox/vetoes/veto-outbox";

const { coupon: _, coupon_valid_until: _until, coupon_last_day: _day, ...ownColumns } = rewardColumns;
const { id, email, name, external_id, metadata, invited_by } = participants;
const people = { id, email, name, external_id, metadata, invited_by };

/** A round's calls, with the data for an attempt and its body. Reads all accounts, for the queue. */
export const leased = (db: Db, ids: number[], lease: string) =>
  db
    .select({
      call: {
        id: field(vetoCalls.id, "call_id"),
        campaign_id: field(vetoCalls.campaign_id, "call_campaign"),
        attempts: field(vetoCalls.attempts, "call_attempts"),
        asked_at: field(vetoCalls.asked_at, "asked_at"),
      },
      veto: {
        member_id: ifAny(vetoes.member_id, "veto_member"),
        link: ifAny(vetoes.link, "link"),
        is_on: ifAny(vetoes.is_on, "is_on"),
        ending: ifAny(vetoes.ending, "ending"),
        is_unproven: ifAny(vetoes.is_unproven, "is_unproven"),
        secret: ifAny(vetoes.secret, "secret"),
        previous_secret: ifAny(vetoes.previous_secret, "previous_secret"),
        previous_secret_expires: ifAny(vetoes.previous_secret_expires, "previous_secret_expires"),
      },
      is_suspended: ifAny(campaigns.is_suspended, "is_suspended"),
      is_test: sql`${members.test_of} IS NOT NULL`.mapWith(Boolean).as("is_test"),
      in_veto: ifAny(rewards.in_veto, "in_veto"),
      reward: ifAnyOf(ownColumns, "reward_"),
      participant: ifAnyOf(people, "participant_"),
      external_id: ifAny(conversions.external_id, "sale_external_id"),
    })
    .from(vetoCalls)
    .leftJoin(vetoes, eq(vetoes.campaign_id, vetoCalls.campaign_id))
    .leftJoin(campaigns, eq(campaigns.id, vetoCalls.campaign_id))
    .leftJoin(members, eq(members.id, vetoCalls.member_id))
    .leftJoin(rewards, eq(rewards.id, vetoCalls.id))
    .leftJoin(participants, eq(participants.id, rewards.participant_id))
    .leftJoin(conversions, eq(conversions.id, rewards.conversion_id))
    .where(sql`${vetoCalls.id} IN ${listed(ids)} AND ${vetoCalls.lease} = ${lease}`)
    .orderBy(vetoCalls.id);

export type Leased = Awaited<ReturnType<typeof leased>>[number];

export type Outcome = Standing<"pending" | "done"> & {
  id: number;
  state: (typeof vetoStates)[number];
  code: string | null;
  error: string | null;
  attempts: number;
};

export const settle = (db: Db, outcomes: Outcome[], lease: string): Statement =>
  settleRows(db, vetoOutbox, outcomes, lease, {
    read: sql`value ->> 'state' AS state, value ->> 'code' AS code, value ->> 'error' AS error, value ->> 'attempts' AS attempts`,
    set: sql`state = o.state, code = o.code, error = o.error, attempts = o.attempts`,
  });

/** An endpoint that answered with a 2xx wants our requests. */
export const noteProven = (db: Db, campaignIds: number[]): Statement =>
  db.run(sql`UPDATE vetoes SET is_unproven = 0 WHERE campaign_id IN ${listed(campaignIds)} AND is_unproven`);
