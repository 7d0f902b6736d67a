import { z } from "zod";
import { Metadata } from "../../ledger/records/participant-schema";
import { Email, Id, OptionalName } from "../../lib/fields";
import { arrival } from "./arrival-schema";

/**
 * The text is signed as sent, so it is not trimmed. It has no line breaks, because those separate the parts of the
 * signed text.
 */
const signedText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\r\n]*$/);

export const Address = Email;

export const WidgetIdentity = z
  .object({
    campaign_id: Id,
    external_id: signedText(255).meta({ description: "Your own ID for this customer." }),
    email: signedText(320).meta({ description: "Their email address, as it was signed." }),
    hash: z.string().max(100).meta({
      description:
        "The time of signing in Unix seconds, a dot, and the HMAC-SHA256 in lowercase hex of the campaign's ID, that time, `external_id`, and `email`, with a line break between them. The key is the campaign's identity secret. Valid for 24 hours.",
    }),
    name: OptionalName.optional(),
    metadata: Metadata.nullish(),
    ref: z.string().nullish().meta({ description: "The referral code they arrived with, if they are new." }),
    host_url: z.string().nullish().meta({ description: "The URL of the page." }),
    ...arrival,
    join: z.boolean().nullish().meta({ description: "If false, only opens existing participants." }),
  })
  .meta({ id: "WidgetIdentity", description: "A customer who is signed in on the host's site." });
export type WidgetIdentity = z.infer<typeof WidgetIdentity>;

export const Identified = z
  .object({
    is_new: z.boolean().meta({ description: "Whether this request signed them up." }),
    needs_confirmation: z.boolean().meta({ description: "True if they must confirm their email address first." }),
    participant_token: z.string().nullable().meta({
      description:
        "Gives access to this participant's own data until 24 hours after the hash was created. Null if they must confirm their email address, or if they are not in the campaign and `join` is false.",
    }),
  })
  .meta({ id: "Identified", description: "The identified participant." });
