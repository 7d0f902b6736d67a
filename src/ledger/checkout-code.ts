import { z } from "zod";
import { readsAsCode } from "./referral-code";

const CHARACTERS_MAX = 40;
const LETTERS = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;
const UNSEEN = /[\p{Cf}\p{Z}\p{Cc}]+/gu;

/**
 * The form in which checkout codes are compared. Upper case comes first because letters like `ß` and `ς` have no upper
 * case of their own. Codes have no spaces, so those that a buyer typed count for nothing.
 */
export const checkoutKey = (text: string) =>
  text.replace(UNSEEN, "").normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");

/** A checkout code to give to a participant. It never reads as a referral code, in any case of its letters. */
export const CheckoutCode = z
  .string()
  .max(500)
  .transform((text) => text.trim().normalize("NFC"))
  .pipe(
    z
      .string()
      .min(3)
      .max(CHARACTERS_MAX)
      .regex(LETTERS, "must have only letters, digits, dashes, and underscores, and begin with a letter or digit")
      .refine((code) => !readsAsCode(code), "reads like a referral code. Choose another."),
  )
  .meta({
    type: "string",
    minLength: 3,
    maxLength: CHARACTERS_MAX,
    description:
      "A word that friends type at checkout. Unique in the campaign; case does not matter. Letters, digits, `-`, and `_`.",
    example: "ADA10",
  });

/** A code as a buyer typed it. What is not one finds nobody; nothing typed is null. */
export const TypedCheckoutCode = z
  .string()
  .max(500)
  .transform((text) => checkoutKey(text) || null)
  .nullish()
  .meta({ type: ["string", "null"], maxLength: 500, example: "ADA10" });
