import { Metadata } from "../../ledger/records/participant-schema";
import { readCode } from "../../ledger/records/referral-code";
import { chunks } from "../../lib/chunks";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound, sentenceOf } from "../../lib/errors";
import { Email, Id, line, OptionalName, TimeIn } from "../../lib/fields";
import { isSpoiled } from "../../lib/files/spoiled";
import { aliasesAmong } from "../aliases/alias";
import { type Holder, holdersOf } from "../aliases/alias-store";
import { canonicalEmail } from "../mailbox";
import { codesOf, type Named, settled } from "./import-aliases";
import { type Checkout, checkoutIn, withFreeCodes } from "./import-checkout";
import { aliasesIn, codeIn } from "./import-codes";
import { leftOut } from "./import-left-out";
import type { SentRow } from "./import-schema";
import * as store from "./import-store";
import { firstEmail } from "./mailbox-list";

/** The possible outcomes of a row, with their texts. */
export const outcomes = {
  add: "will be added",
  attribute: "already a participant; the referrer will be recorded",
  known: "already a participant",
  added: "added",
  parked: "added, pending: the plan is full",
  attributed: "already a participant; the referrer was recorded",
  twice: "same email as a row above",
  invalid: "could not be read",
  left_out: "left out",
  later: "not imported yet; import the same rows again",
  refused: "refused",
} as const;
export type Outcome = keyof typeof outcomes;
export type Result = { line: number; email: string; outcome: Outcome; said: string };

/** Notes about a row: data that cannot be stored, so the participant is added without it, and `muted`. */
const notes = {
  name: "the name cannot be stored",
  external_id: "the external ID cannot be stored",
  date: "the date cannot be read",
  future: "the date is in the future",
  metadata: "the metadata is not a JSON object",
  bad_code: "the referral code belongs to another campaign",
  unknown_code: "nobody in the campaign or the file has the referrer's code",
  code: "an old code cannot be stored",
  code_taken: "another participant has the old code",
  checkout_code: "the checkout code cannot be stored",
  checkout_taken: "another participant has the checkout code",
  checkout_known: "existing participants keep their checkout code",
  other_emails: "the cell has several emails; we use the first",
  unknown_inviter: "the referrer is neither in the campaign nor in the file",
  self: "people cannot refer themselves",
  circle: "the rows refer to each other in a circle",
  goal: "this campaign counts visits, so it has no referrals",
  muted: "gets no emails",
} as const;
export type Note = keyof typeof notes;

type ImportedPerson = {
  email: string;
  name: string | null;
  external_id: string | null;
  date: Date | null;
  /** JSON text. */
  metadata: string | null;
};
/**
 * A row that can be signed up. Its referrer is identified by email, by participant ID, or by another product's code.
 */
export type Ready = {
  line: number;
  person: ImportedPerson;
  inviter: { email: string } | { id: number } | null;
  /** Codes from other products. */
  aliases: string[];
  checkout: Checkout | null;
  notes: Note[];
};

/** A row's outcome. `noted` lists data of the row that cannot be stored. */
export const resultOf = (line: number, email: string, outcome: Outcome, noted: Note[] = [], said?: string): Result => ({
  line,
  email,
  outcome,
  said: [said ?? outcomes[outcome], ...noted.map((note) => notes[note])].join("; "),
});

/** D1 accepts parameters of up to 2 MB. Emails and codes are shorter than 260 characters. */
const NAMES_PER_QUERY = 4_000;

/**
 * Reads rows and looks up the participants they refer to. In `ready`, referrers come before the friends they referred.
 */
export async function planOf(ctx: MemberCtx, campaignId: number, rows: SentRow[]) {
  const read = await Promise.all(rows.map((row) => readRow(ctx, campaignId, row)));
  const named = read.filter((row) => "person" in row);
  const refused = read.filter((row) => "outcome" in row);
  const emails = [
    ...new Set(
      named.flatMap(({ person, inviter }) => [person.email, ...(inviter && "email" in inviter ? [inviter.email] : [])]),
    ),
  ];
  const ids = [...new Set(named.flatMap(({ inviter }) => (inviter && "id" in inviter ? (inviter.id ?? []) : [])))];
  const codes = [...new Set(named.flatMap(codesOf))];
  const checkoutKeys = named.flatMap(({ checkout }) => checkout?.key ?? []);
  const { memberId } = ctx.actor;
  const byEmails = chunks(emails, NAMES_PER_QUERY).map((part) =>
    store.knownByEmail(ctx.db, memberId, campaignId, part),
  );
  const byCodes = chunks(codes, NAMES_PER_QUERY).map((part) => holdersOf(ctx.db, memberId, campaignId, part));
  const [[campaign], byId, ...found] = await ctx.db.batch([
    store.campaignFor(ctx.db, memberId, campaignId),
    store.knownById(ctx.db, memberId, campaignId, ids),
    ...byEmails,
    ...byCodes,
    ...chunks(checkoutKeys, NAMES_PER_QUERY).map((part) => store.checkoutHolders(ctx.db, memberId, campaignId, part)),
  ]);
  if (!campaign) throw notFound("campaign");
  const byEmail = found.slice(0, byEmails.length).flat() as store.Known[];
  const holders = found.slice(byEmails.length, byEmails.length + byCodes.length).flat() as Holder[];
  const buyersCodes = found.slice(byEmails.length + byCodes.length).flat() as store.CheckoutHolder[];
  const known = new Map(byEmail.map((row) => [row.email, row]));
  const knownIds = new Map([...byId, ...holders].map((row) => [row.id, row]));
  const ready = withFreeCodes(
    settled(named, new Map(holders.map((holder) => [holder.code, holder]))),
    new Map(buyersCodes.map(({ key, email }) => [key, email])),
    known,
  );
  return { campaign, ready, refused, known, knownIds };
}

const ExternalId = line(200);

async function readRow(ctx: MemberCtx, campaignId: number, sent: SentRow): Promise<Named | Result> {
  const [line, cell, name, external_id, code, inviter, date, metadata, left, own, checkoutCell] = sent;
  const { email, hasOthers: hasOtherEmails } = firstEmail(cell);
  if (left && left !== "muted") return resultOf(line, email, "left_out", [], leftOut[left]);
  const read = Email.safeParse(email);
  if (!read.success) {
    const message = read.error.issues[0]?.message ?? "";
    return resultOf(line, email, "invalid", [], email === "" ? "no email" : sentenceOf({ path: "email", message }));
  }
  const noted: Note[] = left === "muted" ? ["muted"] : [];
  if (hasOtherEmails) noted.push("other_emails");
  const kept = <T>(text: string, note: Note, parse: (text: string) => T | null): T | null => {
    if (text === "") return null;
    const value = parse(text);
    if (value === null) noted.push(note);
    return value;
  };
  const person = {
    email: read.data,
    name: kept(name, "name", (text) => OptionalName.safeParse(text).data ?? null),
    external_id: kept(external_id, "external_id", (text) =>
      isSpoiled(text) ? null : (ExternalId.safeParse(text).data ?? null),
    ),
    date: kept(date, "date", (text) => TimeIn.safeParse(text).data ?? null),
    metadata: kept(metadata, "metadata", metadataIn),
  };
  if (person.date && person.date > ctx.now()) {
    noted.push("future");
    person.date = null;
  }
  const checkout = kept(checkoutCell, "checkout_code", checkoutIn);
  const { kept: aliases, hasOthers } = aliasesIn(own);
  if (hasOthers) noted.push("code");
  const referrer = await referrerOf(ctx, campaignId, { email: person.email, code, inviter });
  if (typeof referrer === "string") noted.push(referrer);
  return { line, person, inviter: typeof referrer === "string" ? null : referrer, aliases, checkout, notes: noted };
}

/** An object's JSON text, as the API would store it. */
function metadataIn(text: string): string | null {
  try {
    const read = Metadata.safeParse(JSON.parse(text));
    return read.success ? JSON.stringify(read.data) : null;
  } catch {
    return null;
  }
}

/** A row's referrer, or the reason why there is none. */
async function referrerOf(
  ctx: MemberCtx,
  campaignId: number,
  { email, code, inviter }: { email: string; code: string; inviter: string },
): Promise<Named["inviter"] | Note> {
  if (code !== "") {
    const id = await referrerIn(ctx, campaignId, code);
    const [old] = aliasesAmong([code]);
    if (id === null && old !== undefined) return { code: old, id: null, otherwise: "unknown_code" };
    return id === null ? "bad_code" : { id };
  }
  if (inviter === "") return null;
  const byEmail = Email.safeParse(inviter);
  if (byEmail.success) return canonicalEmail(byEmail.data) === canonicalEmail(email) ? "self" : { email: byEmail.data };
  const id = Id.safeParse(inviter).data ?? null;
  const [old] = aliasesAmong([codeIn(inviter)]);
  if (old !== undefined) return { code: old, id, otherwise: "unknown_inviter" };
  return id === null ? "unknown_inviter" : { id };
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
