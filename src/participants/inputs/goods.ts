/** A payment's sum, in minor units. `amount` is the counted part of what the buyer `paid`. */
export type Sum = { amount: number; paid: number; currency: string };

/**
 * The counted part of any provider's payment: the goods after discounts, without tax and shipping. For a partial
 * payment, the same share. The ledger reduces refunds of the paid total in the same proportion (ledger/sales/taken.ts).
 */
export function goodsOf(
  { total, tax, shipping }: { total: number; tax?: number | null | undefined; shipping?: number | null | undefined },
  paid = total,
): number {
  const goods = Math.max(0, total - (tax ?? 0) - (shipping ?? 0));
  return total === 0 ? 0 : Math.round((goods * paid) / total);
}

/** The same sum in another currency whose paid total is known. */
export const alsoIn = ({ amount, paid }: Sum, theirs: { paid: number; currency: string }): Sum => ({
  ...theirs,
  amount: paid === 0 ? 0 : Math.round((amount * theirs.paid) / paid),
});
