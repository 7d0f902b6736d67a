import { readCode } from "../../ledger/referral-code";
import { chunks } from "../../lib/chunks";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound, sentenceOf } from "../../lib/errors";
import { canonicalEmail } from "../mailbox";
import { ImportedPerson, type SentRow } from "./import-schema";
import * as store from "./import-store";

/** The possible outcomes of a row, with their texts. */
const outcomes = {
  add: "will be added",
  attribute: "already a participant; the referrer will be recorded",
  known: "already a participant",
  added: "added",
  parked: "added, pending: the plan is full",
  attributed: "already a participant; the referrer was recorded",
  twice: "same email as a row above",
  invalid: "could not be read",
  bad_code: "the referral code belongs to another campaign",
  unknown_inviter: "the referrer is neither in the campaign nor in the file",
  self: "a person cannot refer themselves",
  circle: "the rows refer each other in a circle",
  goal: "this campaign counts visits, so it has no referrals",
  later: "not imported yet; send the same rows again",
  refused: "refused",
} as const;
export type Outcome = keyof typeof outcomes;
export type Result = { line: number; email: string; outcome: Outcome; said: string };

/** A row that can be signed up. Its referrer is given by email or by participant ID. */
export type Ready = { line: number; person: ImportedPerson; inviter: { email: string } | { id: number } | null };

export const resultOf = (line: number, email: string, outcome: Outcome, said: string = outcomes[outcome]): Result => ({
  line,
  email,
  outcome,
  said,
});

/** D1 accepts parameters of up to 2 MB. An email is shorter than 260 characters. */
const EMAILS_PER_QUERY = 4_000;

/** Reads rows and looks up the participants they name. In `ready`, referrers come before the friends they referred. */
export async function planOf(ctx: MemberCtx, campaignId: number, rows: SentRow[]) {
  const read = await Promise.all(rows.map((row) => readRow(ctx, campaignId, row)));
  const ready = read.filter((row) => "person" in row);
  const refused = read.filter((row) => "outcome" in row);
  const emails = [
    ...new Set(ready.flatMap(({ person: { email, invited_by } }) => [email, ...(invited_by ? [invited_by] : [])])),
  ];
  const ids = [...new Set(ready.flatMap(({ inviter }) => (inviter && "id" in inviter ? [inviter.id] : [])))];
  const { memberId } = ctx.actor;
  const [[campaign], byId, ...byEmail] = await ctx.db.batch([
    store.campaignFor(ctx.db, memberId, campaignId),
    store.knownById(ctx.db, memberId, campaignId, ids),
    ...chunks(emails, EMAILS_PER_QUERY).map((part) => store.knownByEmail(ctx.db, memberId, campaignId, part)),
  ]);
  if (!campaign) throw notFound("campaign");
  const known = new Map(byEmail.flat().map((row) => [row.email, row]));
  const knownIds = new Map(byId.map((row) => [row.id, row]));
  return { campaign, ready, refused, known, knownIds };
}

async function readRow(ctx: MemberCtx, campaignId: number, sent: SentRow): Promise<Ready | Result> {
  const [line, email, name, external_id, referral_code, invited_by, date] = sent;
  const read = ImportedPerson.safeParse({ email, name, external_id, referral_code, invited_by, date });
  if (!read.success) {
    const [issue] = read.error.issues;
    const said = issue && sentenceOf({ path: issue.path.join("."), message: issue.message });
    return resultOf(line, email, "invalid", said);
  }
  const person = read.data;
  if (person.date && person.date > ctx.now())
    return resultOf(line, email, "invalid", sentenceOf({ path: "date", message: "is in the future" }));
  if (person.invited_by !== null) {
    if (canonicalEmail(person.invited_by) === canonicalEmail(person.email)) return resultOf(line, email, "self");
    return { line, person, inviter: { email: person.invited_by } };
  }
  if (person.referral_code === null) return { line, person, inviter: null };
  const id = await referrerIn(ctx, campaignId, person.referral_code);
  return id === null ? resultOf(line, email, "bad_code") : { line, person, inviter: { id } };
}

async function referrerIn(ctx: MemberCtx, campaignId: number, code: string) {
  try {
    const referral = await readCode(ctx.env, code);
    return referral.campaign_id === campaignId ? referral.participant_id : null;
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_code") return null;
    throw error;
  }
}
