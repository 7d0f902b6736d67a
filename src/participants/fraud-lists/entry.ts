import type { fraudEntries } from "../../../drizzle/schema";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import { Email } from "../../lib/fields";
import type { Page } from "../../lib/page";
import { networkIn, PREFIX_MIN } from "../signups/listed";
import type { EntryQuery, NewEntry } from "./entry-schema";
import * as store from "./entry-store";

/** A list entry as stored. */
export type Entry = typeof fraudEntries.$inferSelect;

/** The maximum number of entries per account. */
export const ENTRIES_MAX = 1_000;

/** The normalized form of each kind's value. Null if it is invalid. */
const FORMS: Record<NewEntry["kind"], { of: (value: string) => string | null; what: string }> = {
  email: { of: (value) => Email.safeParse(value).data ?? null, what: "must be an email address" },
  domain: {
    of: (value) => (DOMAIN.test(value.toLowerCase()) ? value.toLowerCase() : null),
    what: "must be a domain, like `acme.com`",
  },
  network: {
    of: networkOf,
    what: `must be an IP address or a network with a prefix of at least /${PREFIX_MIN.ipv4}, or /${PREFIX_MIN.ipv6} for IPv6`,
  },
  asn: {
    of: (value) => /^(?:AS)?([1-9]\d{0,9})$/i.exec(value)?.[1] ?? null,
    what: "must be an AS number, like `AS16509`",
  },
  country: {
    of: (value) => (/^[a-z]{2}$/i.test(value) ? value.toUpperCase() : null),
    what: "must be a two-letter country code",
  },
  referrer: { of: (value) => (/^[1-9]\d{0,14}$/.test(value) ? value : null), what: "must be a participant's ID" },
};

const DOMAIN = /^(?=.{4,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/;

function networkOf(value: string): string | null {
  const [address = "", bits] = value.split("/");
  const least = address.includes(":") ? PREFIX_MIN.ipv6 : PREFIX_MIN.ipv4;
  const size = bits === undefined ? 128 : Number(bits);
  if (!Number.isInteger(size) || size < least || size > 128) return null;
  return networkIn(address, size);
}

export async function entries(ctx: MemberCtx, query: EntryQuery): Promise<Page<Entry>> {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.entriesPage(ctx.db, memberId, query),
    store.entryCount(ctx.db, memberId, query),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

/**
 * Adds an entry, or replaces the one with the same value.
 * @throws 400 for a value that does not fit its kind, 409 if there are already a thousand
 */
export async function addEntry(ctx: MemberCtx, { kind, value, action, note, expires_at }: NewEntry): Promise<Entry> {
  const form = FORMS[kind].of(value);
  if (form === null) throw invalid("value", FORMS[kind].what);
  const { memberId } = ctx.actor;
  const [[counted]] = await ctx.db.batch([store.entryCount(ctx.db, memberId, {})]);
  if ((counted?.total ?? 0) >= ENTRIES_MAX)
    throw new AppError("conflict", "Your lists already have 1,000 entries. Delete some first.");
  const entry = {
    member_id: memberId,
    kind,
    value: form,
    action,
    note: note ?? null,
    expires_at: expires_at ?? null,
    date_added: ctx.now(),
  };
  const [[added]] = await commit(ctx, store.putEntry(ctx.db, entry));
  if (!added) throw new AppError("internal");
  return added;
}

/** @throws 404 */
export async function dropEntry(ctx: MemberCtx, id: number): Promise<Entry> {
  const [[dropped]] = await commit(ctx, store.dropEntry(ctx.db, ctx.actor.memberId, id));
  if (!dropped) throw notFound("list entry");
  return dropped;
}
