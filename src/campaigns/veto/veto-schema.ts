import { z } from "zod";
import { vetoEndings } from "../../../drizzle/schema/vetoes";
import { TimeOut } from "../../lib/fields";
import { LinkIn } from "../../outbox/webhooks/webhook-schema";

const Ending = z.enum(vetoEndings).meta({
  description:
    "What happens to a reward if the endpoint gives no decision within 72 hours, or you turn the veto off while it waits. `hold`: it stays on hold until someone approves or revokes it.",
});

export const VetoChange = z
  .object({
    link: LinkIn.meta({
      description: "An https URL on a public host. We send it a POST request before a reward is given.",
    }),
    is_on: z
      .boolean()
      .optional()
      .meta({ description: "Whether the endpoint decides about new rewards. Default: true." }),
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
    waiting: z.int().meta({ description: "The number of rewards that wait for a decision, counted up to 1,000." }),
    last_error: z.string().nullable().meta({
      description:
        "The error of the latest attempt for the waiting rewards: `timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, or `dns_error`. Null if there was no error.",
    }),
    previous_secret_expires: TimeOut.nullable().meta({
      description: "The time until which the old secret also signs, after a rotation.",
    }),
    date_added: TimeOut,
  })
  .meta({ id: "Veto", description: "Your endpoint that decides whether a campaign's rewards are given." });
export type Veto = z.input<typeof Veto>;

export const SavedVeto = Veto.extend({
  secret: z.string().nullable().meta({
    description: "Verifies our signatures (Standard Webhooks). Shown once: when the veto is created.",
    example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  }),
}).meta({ id: "SavedVeto", description: "The veto. Includes its secret if it is new." });
export type SavedVeto = z.input<typeof SavedVeto>;
