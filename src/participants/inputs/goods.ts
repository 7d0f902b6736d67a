/** A sum as a payment states it, in minor units. `amount` is what counts of what the buyer `paid`. */
export type Sum = { amount: number; paid: number; currency: string };

/**
 * What counts of a payment of any provider: the goods after discounts, without tax and shipping. Of a payment of a part, it is the same
 * part. The ledger takes refunds of what the buyer paid in the same proportion (ledger/taken.ts).
 */
export function goodsOf(
  { total, tax, shipping }: { total: number; tax?: number | null | undefined; shipping?: number | null | undefined },
  paid = total,
): number {
  const goods = Math.max(0, total - (tax ?? 0) - (shipping ?? 0));
  return total === 0 ? 0 : Math.round((goods * paid) / total);
}

/** The same sum in another currency, of which what was paid is known. */
export const alsoIn = ({ amount, paid }: Sum, theirs: { paid: number; currency: string }): Sum => ({
  ...theirs,
  amount: paid === 0 ? 0 : Math.round((amount * theirs.paid) / paid),
});
