import { z } from "zod";
import { vetoEndings } from "../../../drizzle/schema/vetoes";
import { TimeOut } from "../../lib/fields";
import { LinkIn } from "../../outbox/webhooks/webhook-schema";

const Ending = z.enum(vetoEndings).meta({
  description:
    "What becomes of a reward about which the endpoint says nothing for 72 hours, or that waits when you turn it off. `hold`: it stays held until someone approves or revokes it.",
});

export const VetoChange = z
  .object({
    link: LinkIn.meta({
      description: "An https URL on a public host. We POST a question to it before a reward is given.",
    }),
    is_on: z.boolean().optional().meta({ description: "Whether new rewards are asked for. True if it is left out." }),
    ending: Ending.optional(),
  })
  .meta({ id: "VetoChange", description: "The endpoint that decides about rewards." });
export type VetoChange = z.infer<typeof VetoChange>;

export const Veto = z
  .object({
    campaign_id: z.int(),
    link: z.string(),
    is_on: z.boolean(),
    ending: Ending,
    waiting: z.int().meta({ description: "Rewards that wait for an answer, counted up to 1,000." }),
    last_error: z.string().nullable().meta({
      description:
        "What the latest attempt of the rewards that wait came to: `timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, or `dns_error`. Null if it answered.",
    }),
    previous_secret_expires: TimeOut.nullable().meta({
      description: "After a rotation: until then, the old secret also signs.",
    }),
    date_added: TimeOut,
  })
  .meta({ id: "Veto", description: "An endpoint of yours that decides whether a campaign's rewards are given." });
export type Veto = z.input<typeof Veto>;

export const SavedVeto = Veto.extend({
  secret: z.string().nullable().meta({
    description: "Verifies our signatures (Standard Webhooks). Shown once: when the veto is created.",
    example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  }),
}).meta({ id: "SavedVeto", description: "The veto, with its secret if it is new." });
export type SavedVeto = z.input<typeof SavedVeto>;
