/** A refund of a conversion. It may arrive before its conversion. `id` becomes the ID of its event. */
export type RefundItem = {
  kind: "refund";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  origin: string;
  /** The member who makes the request, and the hash of their API key. */
  member_id: number;
  key_hash: string | null;
  owner_id?: number | undefined;
  token_epoch?: number | undefined;
  /** The conversion, by the caller's own ID. */
  event_name: string;
  key: string;
  /** The caller's own ID for the refund. */
  refund_id: string;
  /**
   * Minor units. Null means everything that is left. Negative amounts come back to the sale. The other columns are
   * those of `refunds`.
   */
  amount: number | null;
  reason: string | null;
  currency?: string | null;
  part?: string | null;
  is_total?: boolean;
  of_paid?: boolean;
};

export const value = (field: keyof RefundItem) => `j.value ->> '${field}'`;
