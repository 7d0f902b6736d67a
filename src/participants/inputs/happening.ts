import { z } from "zod";
import { decimalsOf } from "../../lib/currency";
import { Email } from "../../lib/fields";
import type { Sum } from "./goods";
import type { InputReason } from "./input-reasons";

/** Who paid, by what a payment names. The first that is a participant counts. */
export type Buyer = {
  participant_id: number | null;
  external_id: string | null;
  email: string | null;
  /** Codes that they came with, of a link or typed at checkout. The first that is a participant's counts. */
  codes: string[];
};

/**
 * A payment. `sums` is the same sum in each currency that the event states it in, the provider's own first. `aliases` are other ids by
 * which the provider's events may name it. `awaits`: another event may know whose code the buyer came with. `half`: another event may
 * be of the same payment and share no id with it.
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
/** Which of two events it is, and what both say: the customer and the sum. */
export type Half = { side: Side; said: string };
export type Side = "session" | "invoice";
/** What another event of the payment may tell: who referred the buyer, or which invoice it is. */
export type Missing = "code" | "invoice";

type Money = { amount: number; currency: string };
/**
 * Money that went back, in each currency that the event states it in. Null is all that is left. Refunds of the same `part` are one sum;
 * `is_total`: the amount is all of it so far; `is_back`: it came back to the seller. `of_paid`: it is of all that the buyer paid.
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

/** Other ids of a payment, in an event of their own. */
type Link = { act: "link"; sale_id: string; aliases: string[] };

export type Happening = Sale | Refund | Link | { act: null; reason: InputReason };

/** A provider's event, as far as we read it. */
export type ProviderEvent = { id: string; type: string; is_test: boolean; happening: Happening };

export const nothing = (reason: InputReason): Happening => ({ act: null, reason });

/** What a provider's object means. One that is not in the documented form means nothing to us. */
export function understood(read: () => Happening): Happening {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) return nothing("not_understood");
    throw error;
  }
}

/** An id of a provider. Some are numbers. */
export const Ref = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(180));

/** A field that may be missing. One that we cannot read is as good as missing. */
export const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().catch(null);

export const Text = z.string().trim().min(1).max(500);

/** A moment of a provider. One that we cannot read is unknown. */
export function momentOf(text: string | null | undefined): Date | null {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
}

/** What a shop attached to a payment. */
const Attached = z.object({
  participant_id: maybe(z.coerce.number().int().min(1)),
  external_id: maybe(Text),
  referral_code: maybe(Text),
  checkout_code: maybe(Text),
});

/** Reads what the shop attached to a payment under the names that the guide has, the buyer's email, and codes that they typed. */
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
