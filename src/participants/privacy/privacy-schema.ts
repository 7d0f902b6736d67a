import { z } from "zod";
import { reviewStates } from "../../../drizzle/schema/reviews";
import { kindClasses } from "../../fraud/reasons.ts";
import { Participant, Share } from "../../ledger/participant-schema";
import { Reward } from "../../ledger/reward-schema";
import { Email, TimeOut } from "../../lib/fields";
import { Conversion } from "../conversions/conversion-schema";
import { Redemption } from "../redemptions/redemption-schema";

const next_after = z.int().nullable().meta({
  description: "Null if all campaigns were looked at. Otherwise, send it as `after` for the next ones.",
});

export const PersonRequest = z
  .object({
    email: Email.meta({ description: "In the body, so that no log of URLs has it." }),
    after: z.int().min(0).default(0).meta({ description: "The `next_after` of the request before." }),
  })
  .meta({ id: "PersonRequest", description: "Who a request about personal data is for." });
export type PersonRequest = z.infer<typeof PersonRequest>;

const SentEmail = z
  .object({ kind: z.string(), status: z.string(), date_added: TimeOut, date_sent: TimeOut.nullable() })
  .meta({ id: "SentEmail", description: "An email to a participant, of the last 30 days." });

const OwnReview = z
  .object({
    about: z.enum(["referral", "sales"]),
    state: z.enum(reviewStates),
    score: z.number().meta({ description: "From 0 to 1." }),
    kinds: z.array(z.enum(kindClasses)).meta({ description: "What kinds of reasons there were." }),
    date_opened: TimeOut,
    date_decided: TimeOut.nullable(),
    decided_by: z.string().nullable().meta({
      description: "`rule` or `list` if no person decided. Otherwise an API key's beginning, or a person.",
    }),
    note: z.string().nullable(),
  })
  .meta({ id: "OwnReview", description: "A review of a participant's own signup or sales." });

const EarlierData = z
  .object({
    email: z.string().nullable(),
    name: z.string().nullable(),
    external_id: z.string().nullable(),
    metadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ type: ["object", "null"], additionalProperties: true }),
    until: TimeOut.meta({ description: "When it was changed." }),
  })
  .meta({
    id: "EarlierData",
    description:
      "What a participant's data was before a change. Earlier events keep the body that they had, for about 30 days.",
  });

const Membership = Participant.extend({
  campaign_name: z.string(),
  language: z.string().nullable().meta({ description: "The browser's language at signup." }),
  signed_up_themselves: z.boolean().meta({ description: "In the widget or on a hosted page." }),
  confirmation: z.enum(["waiting", "confirmed"]).nullable().meta({
    description: "Of the email address. Null if the campaign does not ask for it.",
  }),
  aliases: z.array(z.string()),
  earlier_data: z.array(EarlierData).meta({ description: "Newest first." }),
  shares: z.array(Share),
  invited_emails: z.array(z.string()),
  rewards: z.array(Reward),
  conversions: z.array(Conversion),
  redemptions: z.array(Redemption),
  emails: z.array(SentEmail),
  reviews: z.array(OwnReview).meta({ description: "Whether their signup or their sales looked like fraud." }),
}).meta({ id: "Membership", description: "What a campaign knows about a participant." });

const ReceivedInvitation = z
  .object({
    campaign_id: z.int(),
    participant_id: z.int().meta({ description: "Who sent it." }),
    has_signedup: z.boolean(),
    date_invited: TimeOut,
  })
  .meta({ id: "ReceivedInvitation", description: "An invitation that a participant sent to this address." });

export const PersonData = z
  .object({
    email: z.string(),
    exported_at: TimeOut,
    participants: z.array(Membership).meta({ description: "At most one per campaign." }),
    invitations: z.array(ReceivedInvitation),
    purchases: z.array(Conversion).meta({
      description: "Conversions that were recorded with this address and a participant's code, without a signup.",
    }),
    is_unsubscribed: z.boolean().meta({ description: "Whether the address gets no campaign email of yours." }),
    cut: z.array(z.string()).meta({
      description: "Lists with more than 5,000 rows, of which the newest are here. The lists of the API have all.",
    }),
    next_after,
  })
  .meta({ id: "PersonData", description: "Everything that the account stores about a person." });
export type PersonData = z.input<typeof PersonData>;

export const PersonErased = z
  .object({
    erased: z.array(z.int()).meta({ description: "The participants who were erased." }),
    invitations: z.int().meta({ description: "How many invitations to the address were deleted." }),
    next_after,
  })
  .meta({ id: "PersonErased", description: "What was deleted of a person." });
export type PersonErased = z.input<typeof PersonErased>;
