/** What the delivery queue carries: ids, never payloads. The row in D1 says whether anything is left to do. */
export type DeliveryHint = { v: 1; delivery_ids: number[] };
