import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { filter, pageQuery } from "../../lib/page";
import { EventTypeIn, eventTypes, LinkIn } from "../webhooks/webhook-schema";

export const ZapierAccount = z
  .object({
    authenticated: z.literal(true),
    member: z.object({ id: z.int(), email: z.string(), name: z.string() }),
  })
  .meta({ id: "ZapierAccount", description: "The account that the credential belongs to." });
export type ZapierAccount = z.infer<typeof ZapierAccount>;

const EVERY_CAMPAIGN = "Default: all campaigns of the account.";

export const ContactQuery = pageQuery(100).extend({
  campaign_id: filter(Id).meta({ description: EVERY_CAMPAIGN }),
});
export type ContactQuery = z.infer<typeof ContactQuery>;

export const Contact = z
  .object({
    id: z.int(),
    email: z.string(),
    name: z.string().nullable(),
    campaign_id: z.int(),
    date_signedup: TimeOut,
    referral_url: z.string().nullable(),
    status: z.enum(["active", "pending", "blocked"]).meta({
      description: "`pending`: the email is not confirmed yet, or the plan's limit is reached.",
    }),
  })
  .meta({ id: "ZapierContact", description: "A participant, in the form that Zapier polls." });
export type Contact = z.input<typeof Contact>;

/** Zapier expects a bare array. */
export const Contacts = z.array(Contact);

/** Zapier sends an empty field as an empty string. */
const maybeEmpty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? null : value), schema.nullable().optional());

export const NewHook = z
  .object({
    hookUrl: LinkIn,
    campaign_id: maybeEmpty(Id).meta({ type: ["integer", "null"], description: EVERY_CAMPAIGN, example: 42 }),
    event: maybeEmpty(EventTypeIn).meta({
      type: ["string", "null"],
      enum: [...eventTypes, null],
      description: "Default: `participant.signup`.",
    }),
  })
  .meta({ id: "NewZapierHook", description: "A URL that gets events of one type." });
export type NewHook = z.infer<typeof NewHook>;

export const Hook = z.object({ id: z.int() }).meta({ id: "ZapierHook", description: "The subscription." });

export const HookParam = z.object({ id: Id });
