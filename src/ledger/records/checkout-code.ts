import { z } from "zod";
import { readsAsCode } from "./referral-code";

const CHARACTERS_MAX = 40;
const LETTERS = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;
const UNSEEN = /[\p{Cf}\p{Z}\p{Cc}]+/gu;

/**
 * A checkout code in the form used for comparisons. We convert to upper case first, because letters like `ß` and `ς`
 * have no upper case of their own. Codes contain no spaces, so spaces and invisible characters that a buyer typed are
 * removed.
 */
export const checkoutKey = (text: string) =>
  text.replace(UNSEEN, "").normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");

/** A checkout code for a participant. It must not read as a referral code in any letter case. */
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
      .refine((code) => !readsAsCode(code), "looks like a referral code. Choose another."),
  )
  .meta({
    type: "string",
    minLength: 3,
    maxLength: CHARACTERS_MAX,
    description:
      "A word that friends type at checkout. Unique in the campaign and not case-sensitive. Letters, digits, `-`, and `_`.",
    example: "ADA10",
  });

/** A code as the buyer typed it. An invalid code matches nobody; an empty one is null. */
export const TypedCheckoutCode = z
  .string()
  .max(500)
  .transform((text) => checkoutKey(text) || null)
  .nullish()
  .meta({ type: ["string", "null"], maxLength: 500, example: "ADA10" });
