import { z } from "zod";

export const ALIASES_MAX = 20;
export const ALIAS_MAX_CHARACTERS = 100;

/** `campaign:channel:participant` in base64, with a tag or without: a referral code of ours. Says nothing of its tag. */
export function isOurCode(text: string) {
  try {
    const body = text.split(".")[0] ?? "";
    return text.length < 200 && /^\d+:\d{1,2}:\d+/.test(atob(body.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return false;
  }
}

/** A referral code of another product. Case counts, as it does there. */
export const Alias = z
  .string()
  .trim()
  .min(1)
  .max(ALIAS_MAX_CHARACTERS)
  .regex(/^[^\s\p{C}"<>\\^`{|}/?#&,;]+$/u, "must be a code: no spaces, and nothing that ends a URL's parameter")
  .refine((code) => !isOurCode(code), "is a referral code of this product")
  .transform((code) => code.normalize("NFC"))
  .meta({ type: "string", minLength: 1, maxLength: ALIAS_MAX_CHARACTERS, example: "abc123" });

export const Aliases = z
  .object({ aliases: z.array(Alias).max(ALIASES_MAX) })
  .meta({ id: "Aliases", description: "The codes that a participant had in other products." });
export type Aliases = z.infer<typeof Aliases>;
