import type { Arrived } from "../../ledger/arrived";
import { DIRECT } from "../../ledger/records/referral-code";
import { chunks } from "../../lib/chunks";
import { seal, sha256Hex, unseal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { AppError, invalid } from "../../lib/errors";
import { noteUnwanted } from "../../outbox/emails/email";
import { recipientHash } from "../../outbox/emails/recipient";
import { addAliases } from "../aliases/alias-store";
import { signUpAll } from "../signups/signup";
import { inOrder, mayInvite, withoutReferrer } from "./import-order";
import { type Outcome, planOf, type Ready, type Result, resultOf } from "./import-plan";
import { RUN_MAX, SentRow } from "./import-schema";
import * as store from "./import-store";
import { demandNotUndone, noteImport } from "./undo";

/** Signups per call to a ledger. */
const PER_CALL = 500;
/** A parameter may have up to 2 MB, and a code with its email up to 700 bytes. A request has up to 20,000 of them. */
const CODES_PER_STATEMENT = 2000;
/** Each round is a commit. After this many rounds, the rest waits for the next request. */
const ROUNDS_MAX = 100;

/**
 * Previews an import without changing anything. Returns the rows in sending order, referrers first, with a token that
 * identifies the upload. The IDs of its signups are derived from the token, so rows that are sent twice are imported
 * once.
 * @throws 404 for another member's campaign
 */
export async function rehearse(ctx: MemberCtx, campaignId: number, rows: SentRow[]) {
  const { campaign, ready, refused, known, knownIds } = await planOf(ctx, campaignId, rows);
  const { results, placed } = inOrder(ready, { known, knownIds, hasReferrals: campaign.goal_type === "signup" });
  const place = new Map(placed.map((row, i) => [row, i]));
  const sorted = rows.toSorted((a, b) => (place.get(a[0]) ?? rows.length) - (place.get(b[0]) ?? rows.length));
  const upload = { campaign_id: campaignId, at: ctx.now().getTime(), hash: await sha256Hex(JSON.stringify(rows)) };
  return {
    results: [...refused, ...results].sort((a, b) => a.line - b.line),
    rows: sorted,
    token: await seal(secret(ctx.env, "SEAL_SECRET"), JSON.stringify(upload)),
    has_welcome: Boolean(campaign.has_welcome),
  };
}

type Upload = { campaign_id: number; at: number; hash: string };
/** The prefix of the upload's signup IDs. */
const keyOf = ({ at, hash }: Upload) => `evt_${at.toString(16).padStart(12, "0")}${hash.slice(0, 6)}`;
/** Which notifications an import sends. None by default. */
export type Telling = { emails: boolean; webhooks: boolean };

/**
 * Signs up an upload's rows through the campaign's ledger. Rows that were already imported return their first result,
 * recognized by the token's IDs. Emails that joined in another way count as existing participants.
 * @throws 404 for another member's campaign, 400 if the token belongs to another campaign or there are more than 1,000
 * rows, 409 if the import was undone
 */
export async function importRows(
  ctx: MemberCtx,
  campaignId: number,
  { token, rows: text, ...telling }: { token: string; rows: string } & Telling,
): Promise<Result[]> {
  const upload = await uploadOf(ctx, campaignId, token);
  const { campaign, ready, refused, known, knownIds } = await planOf(ctx, campaignId, rowsIn(text));
  await demandNotUndone(ctx, campaignId, keyOf(upload));
  await mute(ctx, ready);
  const added: number[] = [];
  const results = [...refused];
  const ids = new Map([...known.values()].filter((row) => mayInvite(row.status)).map((row) => [row.email, row.id]));
  const hasReferrals = campaign.goal_type === "signup";
  let open = ready.map((row) => (row.inviter && !hasReferrals ? withoutReferrer(row, "goal") : row));
  for (let round = 0; open.length > 0; round++) {
    const coming = new Set(open.map((row) => row.person.email));
    const isReady = ({ inviter }: Ready) =>
      !inviter || "id" in inviter || ids.has(inviter.email) || !coming.has(inviter.email);
    const [now, later] = [open.filter(isReady), open.filter((row) => !isReady(row))];
    if (round >= ROUNDS_MAX) {
      results.push(...open.map((row) => resultOf(row.line, row.person.email, "later")));
      break;
    }
    if (now.length === 0) {
      open = open.map((row) => withoutReferrer(row, "circle"));
      continue;
    }
    const isFound = (row: Ready) => inviterIn(row, { ids, knownIds }) !== undefined;
    const rows = now.map((row) => (isFound(row) ? row : withoutReferrer(row, "unknown_inviter")));
    for (const part of chunks(rows, PER_CALL)) {
      const newcomers = await Promise.all(
        part.map((row) => newcomerOf(upload, row, inviterIn(row, { ids, knownIds }) ?? null, telling)),
      );
      const answers = await signUpAll(ctx, campaignId, newcomers);
      for (const [i, row] of part.entries()) {
        const answer = answers[i];
        if (!answer) continue;
        if (answer.ok && answer.is_new) added.push(answer.id);
        if (answer.ok && mayInvite(answer.status)) ids.set(row.person.email, answer.id);
        results.push(resultOf(row.line, row.person.email, outcomeOf(answer), row.notes));
      }
    }
    open = later;
  }
  await giveCheckoutCodes(ctx, campaignId, keyOf(upload), ready);
  const given = await giveAliases(ctx, campaignId, keyOf(upload), ready);
  const touched = added.length > 0 ? added : given;
  if (touched.length > 0) await noteImport(ctx, campaignId, { key: keyOf(upload), at: upload.at, touched, telling });
  return results.sort((a, b) => a.line - b.line);
}

/** Gives the rows' participants their codes from other products. @returns those who got one */
async function giveAliases(ctx: MemberCtx, campaignId: number, key: string, rows: Ready[]): Promise<number[]> {
  const codes = rows.flatMap(({ person, aliases }) => aliases.map((code) => ({ email: person.email, code })));
  const [first, ...others] = chunks(codes, CODES_PER_STATEMENT).map((part) =>
    addAliases(ctx.db, ctx.actor.memberId, campaignId, { key, codes: part }),
  );
  if (!first) return [];
  const given = await ctx.db.batch([first, ...others]);
  return given.flat().map(({ participant_id }) => participant_id);
}

/**
 * Gives the rows' new participants their checkout codes, all at once: as part of a signup, each would be a separate
 * commit.
 */
async function giveCheckoutCodes(ctx: MemberCtx, campaignId: number, key: string, rows: Ready[]) {
  const codes = rows.flatMap(({ person, checkout }) => (checkout ? [{ email: person.email, ...checkout }] : []));
  const [first, ...others] = chunks(codes, CODES_PER_STATEMENT).map((part) =>
    store.giveCheckoutCodes(ctx.db, ctx.actor.memberId, campaignId, { key, codes: part }),
  );
  if (first) await ctx.db.batch([first, ...others]);
}

/** Suppresses emails to the rows' people who must not get any. Runs before they are added, so none is sent. */
async function mute({ env, db, actor, now }: MemberCtx, rows: Ready[]) {
  const muted = rows.filter(({ notes }) => notes.includes("muted"));
  if (muted.length === 0) return;
  const hashes = await Promise.all(muted.map(({ person }) => recipientHash(env, actor.memberId, person.email)));
  await db.batch([noteUnwanted({ db, now }, actor.memberId, hashes)]);
}

type Found = { ids: Map<string, number>; knownIds: Map<number, { status: string }> };

/** @returns undefined if the referrer was not found */
function inviterIn({ inviter }: Ready, { ids, knownIds }: Found): number | null | undefined {
  if (!inviter) return null;
  if ("email" in inviter) return ids.get(inviter.email);
  return mayInvite(knownIds.get(inviter.id)?.status ?? "") ? inviter.id : undefined;
}

async function newcomerOf(
  upload: Upload,
  { line, person }: Ready,
  referrer: number | null,
  { emails, webhooks }: Telling,
) {
  const id = (await sha256Hex(`${upload.hash}:${line}:${person.email}`)).slice(0, 14);
  return {
    id: `${keyOf(upload)}${id}`,
    ...(person.date && { came: person.date.getTime() }),
    email: person.email,
    name: person.name,
    external_id: person.external_id,
    metadata: person.metadata,
    no_emails: !emails,
    no_webhooks: !webhooks,
    lenient: true,
    at_any_time: true,
    import_key: keyOf(upload),
    ...(referrer !== null && { referrer, social: DIRECT }),
  };
}

function outcomeOf(answer: Arrived): Outcome {
  if (!answer.ok) return "refused";
  if (answer.is_new) return answer.status === "pending" ? "parked" : "added";
  return answer.is_attributed ? "attributed" : "known";
}

/** The prefix of an upload's signup IDs. */
export const keyOfToken = async (ctx: MemberCtx, campaignId: number, token: string) =>
  keyOf(await uploadOf(ctx, campaignId, token));

async function uploadOf(ctx: MemberCtx, campaignId: number, token: string): Promise<Upload> {
  const stale = new AppError("form_expired");
  const text = await unseal(secret(ctx.env, "SEAL_SECRET"), token).catch(() => {
    throw stale;
  });
  const upload: Upload = JSON.parse(text);
  if (upload.campaign_id !== campaignId) throw stale;
  return upload;
}

/** Parses rows in the form that the preview returned. @throws 400 for anything else, and for too many rows */
export function rowsIn(text: string, max = RUN_MAX): SentRow[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  if (lines.length === 0 || lines.length > max) throw invalid("rows", `Send between 1 and ${max} rows at a time.`);
  return lines.map((line) => {
    const read = SentRow.safeParse(parsed(line));
    if (!read.success) throw invalid("rows", "These rows are not from an upload.");
    return read.data;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
