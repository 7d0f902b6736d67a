/** A conversion to record. `id` is the ID of its event, and the prefix of those that it causes. */
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
  /** The buyer, by one of these at most. The others are null. */
  participant_id: number | null;
  external_id: string | null;
  email: string | null;
  /** The mailbox of the buyer's email, and a keyed hash of it. */
  canonical?: string | null;
  mailbox?: string | null;
  /** The same of the forms under which rows from before may have the mailbox. */
  formers?: string[];
  former_mailboxes?: string[];
  /** The participant whose code the buyer came with, or the key of a checkout code. */
  referrer_id: number | null;
  checkout_key?: string | null;
  event_name: string;
  /** The caller's own ID of the conversion. */
  key: string;
  /** Minor units. */
  amount: number;
  /** What the buyer paid in all, if that is known. */
  paid?: number | null;
  /** Null: the campaign's. */
  currency: string | null;
  occurred_at: number;
  /** JSON text. */
  metadata: string | null;
};

export const value = (field: keyof ConversionItem) => `j.value ->> '${field}'`;
