import type { MemberCtx } from "../lib/ctx";

/** A signup as an item of a group. `id` becomes the ID of its event. */
export type SignUpItem = {
  kind: "signup";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  email: string;
  canonical: string;
  /** A keyed hash of `canonical`, for this campaign. */
  mailbox: string;
  /** The same of the forms under which rows from before may have the mailbox. */
  formers?: string[];
  former_mailboxes?: string[];
  /** The time of an earlier signup elsewhere, in milliseconds. */
  came?: number;
  name: string | null;
  referral_url: string | null;
  external_id: string | null;
  /** JSON text. */
  metadata: string | null;
  ip_hash: string | null;
  /** Where they came from: JSON text of a `Source`. */
  source?: string | null;
  /** The participant's language, for campaigns in each visitor's language. Null if unknown. */
  language: string | null;
  /** A keyed hash of the visitor's form, by which it is known when it comes again. */
  form?: string | null;
  /** With a code, the item goes into a group of its own. */
  checkout_code?: string | null;
  checkout_key?: string | null;
  origin: string;
  /** Null for a signup without a referral code. */
  referrer: number | null;
  social: number | null;
  invitation: number | null;
  /** Ignores an invalid referral code instead of refusing the signup, as visitors of a page expect. */
  lenient: boolean;
  /** Whether the campaign's emails and webhooks leave out what this signup causes, as imports do. */
  no_emails?: boolean;
  no_webhooks?: boolean;
  /** Whether it signs up even if the campaign is not live, as imports do. */
  at_any_time?: boolean;
  /** How the IDs of its import's signups begin. An import that is being undone adds nobody. */
  import_key?: string;
  /** Whether a visitor typed the email, so that it must be confirmed if the campaign requires it. */
  is_visitor: boolean;
  /** What looks like fraud, as JSON (see `Suspicion`), and the keys of list entries that would fit. */
  suspicion?: string | null;
  /** What rewards in the account's other campaigns weigh, as JSON (see `farmingWeights`). Null: nobody looks. */
  farming?: string | null;
  listed?: string[] | null;
  /** The member who makes the request, and the hash of their API key. Both are null for public requests. */
  member_id: number | null;
  key_hash: string | null;
  /** The account that the key is of, if that is not the member: a key of test mode. */
  owner_id?: number | undefined;
  /** The epoch of the member's token, if the request came with one. */
  token_epoch?: number | undefined;
};

/** Whose request an item is, as its transaction checks it again. */
export const requestedBy = ({ memberId, ownerId, keyHash, tokenEpoch }: MemberCtx["actor"]) => ({
  member_id: memberId,
  key_hash: keyHash,
  token_epoch: tokenEpoch,
  ...(ownerId !== undefined && { owner_id: ownerId }),
});

export const value = (field: keyof SignUpItem) => `j.value ->> '${field}'`;

/** Whether a canonical form, of a row from before, too, is that of the item's mailbox. Most mailboxes have one form. */
export const isMailbox = (canonical: string) =>
  `(${canonical} = ${value("canonical")} OR iif(${value("formers")} IS NULL, 0, ${canonical} IN (SELECT value FROM json_each(${value("formers")}))))`;

/** Whether the item's API key or token is still valid for its member. */
export const KEY_ALIVE = `((${value("key_hash")} IS NULL OR EXISTS (
    SELECT 1 FROM api_keys k WHERE k.hash = ${value("key_hash")} AND k.revoked_at IS NULL AND coalesce(k.expires_at > ${value("at")}, 1)
      AND k.member_id = coalesce(${value("owner_id")}, ${value("member_id")})))
  AND (${value("token_epoch")} IS NULL OR EXISTS (
    SELECT 1 FROM members m WHERE m.id = ${value("member_id")} AND m.token_epoch = ${value("token_epoch")})))`;

/** Whether the item is of an import that is being undone, or was. */
export const IS_UNDONE = `(${value("import_key")} IS NOT NULL AND EXISTS (
    SELECT 1 FROM imports i WHERE i.campaign_id = c.id AND i.key = ${value("import_key")} AND i.undo_before IS NOT NULL))`;

/** Whether campaign `c` is the requesting member's. Public requests can sign up to any campaign. */
export const IS_OWNERS = `(${value("member_id")} IS NULL OR ${value("member_id")} = c.member_id)`;
