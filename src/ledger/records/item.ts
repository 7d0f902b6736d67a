import type { MemberCtx } from "../../lib/ctx";

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
  /** Keyed hashes of the older forms in which existing rows may have the mailbox. */
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
  /** The participant's source: JSON text of a `Source`. */
  source?: string | null;
  /** The participant's language, for campaigns in each visitor's language. Null if unknown. */
  language: string | null;
  /** A keyed hash of the visitor's form, to recognize a repeated submission. */
  form?: string | null;
  /** If set, the item gets its own group. */
  checkout_code?: string | null;
  checkout_key?: string | null;
  origin: string;
  /** Null for a signup without a referral code. */
  referrer: number | null;
  social: number | null;
  invitation: number | null;
  /** Ignores an invalid referral code instead of refusing the signup, because page visitors expect that. */
  lenient: boolean;
  /** Whether to skip the campaign's emails and webhooks for this signup, as imports do. */
  no_emails?: boolean;
  no_webhooks?: boolean;
  /** Whether to sign up even if the campaign is not live, as imports do. */
  at_any_time?: boolean;
  /** The prefix of the event IDs of its import. An import that is being undone adds nobody. */
  import_key?: string;
  /** Whether a visitor typed the email. If so, and the campaign requires it, they must confirm it. */
  is_visitor: boolean;
  /** The suspected fraud, as JSON (see `Suspicion`), and the list entries' keys that would match. */
  suspicion?: string | null;
  /**
   * The weight of rewards in the account's other campaigns, as JSON (see `farmingWeights`). Null if they are not
   * checked.
   */
  farming?: string | null;
  listed?: string[] | null;
  /** The member who makes the request, and the hash of their API key. Both are null for public requests. */
  member_id: number | null;
  key_hash: string | null;
  /** The account that owns the key, if it is not the member's: a test mode key. */
  owner_id?: number | undefined;
  /** The epoch of the member's token, if the request came with one. */
  token_epoch?: number | undefined;
};

/** The requester, as the item's transaction checks it again. */
export const requestedBy = ({ memberId, ownerId, keyHash, tokenEpoch }: MemberCtx["actor"]) => ({
  member_id: memberId,
  key_hash: keyHash,
  token_epoch: tokenEpoch,
  ...(ownerId !== undefined && { owner_id: ownerId }),
});

export const value = (field: keyof SignUpItem) => `j.value ->> '${field}'`;

/** Whether a canonical form, including an older one, belongs to the item's mailbox. Most mailboxes have one form. */
export const isMailbox = (canonical: string) =>
  `(${canonical} = ${value("canonical")} OR iif(${value("formers")} IS NULL, 0, ${canonical} IN (SELECT value FROM json_each(${value("formers")}))))`;

/** Whether the item's API key or token is still valid for its member. */
export const KEY_ALIVE = `((${value("key_hash")} IS NULL OR EXISTS (
    SELECT 1 FROM api_keys k WHERE k.hash = ${value("key_hash")} AND k.revoked_at IS NULL AND coalesce(k.expires_at > ${value("at")}, 1)
      AND k.member_id = coalesce(${value("owner_id")}, ${value("member_id")})))
  AND (${value("token_epoch")} IS NULL OR EXISTS (
    SELECT 1 FROM members m WHERE m.id = ${value("member_id")} AND m.token_epoch = ${value("token_epoch")})))`;

/** Whether the item belongs to an import that is being undone or was undone. */
export const IS_UNDONE = `(${value("import_key")} IS NOT NULL AND EXISTS (
    SELECT 1 FROM imports i WHERE i.campaign_id = c.id AND i.key = ${value("import_key")} AND i.undo_before IS NOT NULL))`;

/** Whether the member who makes the request owns campaign `c`. Public requests can sign up to any campaign. */
export const IS_OWNERS = `(${value("member_id")} IS NULL OR ${value("member_id")} = c.member_id)`;
