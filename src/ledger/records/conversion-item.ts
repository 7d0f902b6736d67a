/** A conversion to record. `id` is its event's ID and the prefix of the IDs of the events it causes. */
export type ConversionItem = {
  kind: "conversion";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  origin: string;
  /** The member who makes the request, and the hash of their API key. */
  member_id: number;
  key_hash: string | null;
  owner_id?: number | undefined;
  token_epoch?: number | undefined;
  /** At most one of these identifies the buyer. The others are null. */
  participant_id: number | null;
  external_id: string | null;
  email: string | null;
  /** The canonical form of the buyer's email address, and its keyed hash. */
  canonical?: string | null;
  mailbox?: string | null;
  /** Keyed hashes of the older forms in which existing rows may have the mailbox. */
  formers?: string[];
  former_mailboxes?: string[];
  /** The participant whose referral code the buyer used, or the key of a checkout code. */
  referrer_id: number | null;
  checkout_key?: string | null;
  event_name: string;
  /** The caller's own ID of the conversion. */
  key: string;
  /** Minor units. */
  amount: number;
  /** What the buyer paid in total, if known. */
  paid?: number | null;
  /** Null uses the campaign's currency. */
  currency: string | null;
  occurred_at: number;
  /** JSON text. */
  metadata: string | null;
};

export const value = (field: keyof ConversionItem) => `j.value ->> '${field}'`;
