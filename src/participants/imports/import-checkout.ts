import { CheckoutCode, checkoutKey } from "../../ledger/checkout-code";
import type { Note, Ready } from "./import-plan";

/** A checkout code to give to a participant, and the form in which it is compared. */
export type Checkout = { code: string; key: string };

/** The checkout code in a cell, or the first of several. Null if there is none that can be kept. */
export function checkoutIn(cell: string): Checkout | null {
  const code = CheckoutCode.safeParse(cell.split(/[,;|]/)[0]).data;
  return code === undefined ? null : { code, key: checkoutKey(code) };
}

/**
 * The rows with the checkout codes that are free. `holders` are the emails of those in the campaign who have these codes.
 * Participants who are in the campaign already keep what they have.
 */
export function withFreeCodes(rows: Ready[], holders: Map<string, string>, known: { has(email: string): boolean }) {
  const emails = new Map(holders);
  const seen = new Set<string>();
  return rows.map((row): Ready => {
    const { email } = row.person;
    const { checkout } = row;
    if (!checkout || seen.has(email)) return { ...row, checkout: null };
    seen.add(email);
    if (!emails.has(checkout.key)) emails.set(checkout.key, email);
    const noted = (note: Note, kept: Checkout | null): Ready => ({
      ...row,
      checkout: kept,
      notes: [...row.notes, note],
    });
    if (emails.get(checkout.key) !== email) return noted("checkout_taken", null);
    return known.has(email) && !holders.has(checkout.key) ? noted("checkout_known", checkout) : row;
  });
}
