/** One signup on its way through a group. `id` becomes its event's id. */
export type SignUpItem = {
  kind: "signup";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  email: string;
  canonical: string;
  /** When the person signed up elsewhere, in milliseconds, where that was before now. */
  came?: number;
  name: string | null;
  referral_url: string | null;
  external_id: string | null;
  /** JSON text. */
  metadata: string | null;
  ip_hash: string | null;
  /** What to write to the person in where the campaign speaks each visitor's language; null when nobody knows. */
  language: string | null;
  origin: string;
  /** Null on a signup without a code. */
  referrer: number | null;
  social: number | null;
  invitation: number | null;
  /** A code that does not count is left aside instead of refusing the signup: what visitors of a page would expect. */
  lenient: boolean;
  /** By a way in where visitors type what they like: their addresses are confirmed where the campaign says so. */
  is_visitor: boolean;
  /** The member who asks, and the hash of the key he asks with; both null when the public does. */
  member_id: number | null;
  key_hash: string | null;
  /** The epoch of the token that he asks with, if he does. */
  token_epoch?: number | undefined;
};

export const value = (field: keyof SignUpItem) => `j.value ->> '${field}'`;

/** Whether the key or the token that an item came with still opens its member's account. */
export const KEY_ALIVE = `((${value("key_hash")} IS NULL OR EXISTS (
    SELECT 1 FROM api_keys k WHERE k.hash = ${value("key_hash")} AND k.revoked_at IS NULL AND k.member_id = ${value("member_id")}))
  AND (${value("token_epoch")} IS NULL OR EXISTS (
    SELECT 1 FROM members m WHERE m.id = ${value("member_id")} AND m.token_epoch = ${value("token_epoch")})))`;

/** Whether campaign `c` is the asking member's; to the public every campaign is open. */
export const IS_OWNERS = `(${value("member_id")} IS NULL OR ${value("member_id")} = c.member_id)`;
