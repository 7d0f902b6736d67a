import { z } from "zod";
import { Id, TimeOut } from "../lib/fields";
import { PageQuery } from "../lib/page";
import { EventTypeIn, LinkIn } from "../webhooks/schema";

export const ZapierAccount = z
  .object({
    authenticated: z.literal(true),
    member: z.object({ id: z.int(), email: z.string(), name: z.string() }),
  })
  .meta({ id: "ZapierAccount" });
export type ZapierAccount = z.infer<typeof ZapierAccount>;

/** Zapier sends a field that was left empty as an empty text. */
const CampaignIfAny = z
  .union([z.literal(["", null]).transform(() => null), Id])
  .optional()
  .meta({ type: "integer", description: "Without it: every campaign of the account.", example: 42 });

export const ContactQuery = PageQuery.extend({ campaign_id: CampaignIfAny });
export type ContactQuery = z.infer<typeof ContactQuery>;

export const Contact = z
  .object({
    id: z.int(),
    email: z.string(),
    name: z.string().nullable(),
    campaign_id: z.int(),
    date_signedup: TimeOut,
    referral_url: z.string().nullable(),
  })
  .meta({ id: "ZapierContact" });
export type Contact = z.input<typeof Contact>;

/** Zapier polls for a bare array. */
export const Contacts = z.array(Contact);

export const NewHook = z
  .object({
    hookUrl: LinkIn,
    campaign_id: CampaignIfAny,
    event: EventTypeIn.nullish().meta({ description: "Without it: `participant.signup`." }),
  })
  .meta({ id: "NewZapierHook" });
export type NewHook = z.infer<typeof NewHook>;

export const Hook = z.object({ id: z.int() }).meta({ id: "ZapierHook" });

export const HookParam = z.object({ id: Id });
