import { z } from "zod";

export const ALIASES_MAX = 20;
const ALIAS_MAX_CHARACTERS = 100;

/**
 * `campaign:channel:participant` in base64, with or without a tag: one of our referral codes. Does not verify the tag.
 */
export function isOurCode(text: string) {
  try {
    const body = text.split(".")[0] ?? "";
    return text.length < 200 && /^\d+:\d{1,2}:\d+/.test(atob(body.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return false;
  }
}

/** A referral code of another product. Case-sensitive, as in that product. */
export const Alias = z
  .string()
  .trim()
  .min(1)
  .max(ALIAS_MAX_CHARACTERS)
  .regex(/^[^\s\p{C}"<>\\^`{|}/?#&,;]+$/u, "must be a code without spaces or characters that end a URL parameter")
  .refine((code) => !isOurCode(code), "is a referral code of this product")
  .transform((code) => code.normalize("NFC"))
  .meta({ type: "string", minLength: 1, maxLength: ALIAS_MAX_CHARACTERS, example: "abc123" });

export const Aliases = z
  .object({ aliases: z.array(Alias).max(ALIASES_MAX) })
  .meta({ id: "Aliases", description: "The participant's codes in other products." });
export type Aliases = z.infer<typeof Aliases>;
