import { z } from "zod";
import { decimalsOf } from "../../lib/currency";
import { Email } from "../../lib/fields";
import type { Sum } from "./goods";
import type { InputReason } from "./input-reasons";

/** A payment's possible buyers. The first that is a participant counts. */
export type Buyer = {
  participant_id: number | null;
  external_id: string | null;
  email: string | null;
  /** The codes they came with, from a link or entered at checkout. The first that belongs to a participant counts. */
  codes: string[];
};

/**
 * A payment. `sums` has the same sum in each currency in the event, the provider's own first. `aliases` are other IDs
 * that the provider's events may use for it. `awaits`: another event may contain the buyer's referral code. `half`:
 * another event may be about the same payment without sharing an ID.
 */
export type Sale = {
  act: "sale";
  sale_id: string;
  sums: Sum[];
  occurred_at: Date | null;
  buyer: Buyer;
  aliases?: string[];
  awaits?: Missing;
  half?: Half;
};
/** Which of the two events it is, and the data they share: the customer and the sum. */
export type Half = { side: Side; said: string };
export type Side = "session" | "invoice";
/** What another event of the payment may contain: the referrer, or the invoice. */
export type Missing = "code" | "invoice";

type Money = { amount: number; currency: string };
/**
 * A refund, in each currency in the event. Null: the full remaining amount. Refunds of the same `part` share one sum.
 * `is_total`: the amount is the total so far. `is_back`: the seller got it back. `of_paid`: it refers to the buyer's
 * paid total.
 */
export type Refund = {
  act: "refund";
  sale_id: string;
  refund_id: string;
  sums: Money[] | null;
  part: string | null;
  of_paid: boolean;
  is_total?: boolean;
  is_back?: boolean;
  reason: string;
  aliases?: string[];
};

/** Other IDs of a payment, in a separate event. */
type Link = { act: "link"; sale_id: string; aliases: string[] };

export type Happening = Sale | Refund | Link | { act: null; reason: InputReason };

/** The parts of a provider's event that we read. */
export type ProviderEvent = { id: string; type: string; is_test: boolean; happening: Happening };

export const nothing = (reason: InputReason): Happening => ({ act: null, reason });

/** Reads a provider's object. If it does not have the documented form, it has no meaning for us. */
export function understood(read: () => Happening): Happening {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) return nothing("not_understood");
    throw error;
  }
}

/** A provider's ID. Some are numbers. */
export const Ref = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(180));

/** An optional field. If it cannot be read, it counts as missing. */
export const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().catch(null);

export const Text = z.string().trim().min(1).max(500);

/** A provider's time. Null if it cannot be read. */
export function momentOf(text: string | null | undefined): Date | null {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
}

/** A payment's metadata from the shop. */
const Attached = z.object({
  participant_id: maybe(z.coerce.number().int().min(1)),
  external_id: maybe(Text),
  referral_code: maybe(Text),
  checkout_code: maybe(Text),
});

/** Reads a payment's metadata under the names documented in the guide, the buyer's email, and codes they entered. */
export function buyerOf(attached: unknown, email: unknown, typed: string[] = []): Buyer {
  const { data } = Attached.safeParse(attached ?? {});
  return {
    participant_id: data?.participant_id ?? null,
    external_id: data?.external_id ?? null,
    email: Email.safeParse(email).data ?? null,
    codes: [data?.referral_code, data?.checkout_code, ...typed].filter((code) => code != null),
  };
}

/** An amount like "19.99" in minor units. */
export const minorUnits = (decimal: string | number, currency: string) =>
  Math.round(Number(decimal) * 10 ** decimalsOf(currency));
