import { z } from "zod";
import { reviewStates } from "../../../drizzle/schema/reviews";
import { kindClasses } from "../../fraud/reasons.ts";
import { Participant, Share } from "../../ledger/records/participant-schema";
import { Reward } from "../../ledger/records/reward-schema";
import { Email, TimeOut } from "../../lib/fields";
import { Conversion } from "../conversions/conversion-schema";
import { Redemption } from "../redemptions/redemption-schema";

const next_after = z.int().nullable().meta({
  description: "Null if all campaigns were covered. Otherwise, send it as `after` to continue.",
});

export const PersonRequest = z
  .object({
    email: Email.meta({ description: "Sent in the body, so it does not appear in URL logs." }),
    after: z.int().min(0).default(0).meta({ description: "`next_after` from the previous response." }),
  })
  .meta({ id: "PersonRequest", description: "The person of a request about personal data." });
export type PersonRequest = z.infer<typeof PersonRequest>;

const SentEmail = z
  .object({ kind: z.string(), status: z.string(), date_added: TimeOut, date_sent: TimeOut.nullable() })
  .meta({ id: "SentEmail", description: "An email to a participant within the last 30 days." });

const OwnReview = z
  .object({
    about: z.enum(["referral", "sales"]),
    state: z.enum(reviewStates),
    score: z.number().meta({ description: "From 0 to 1." }),
    kinds: z.array(z.enum(kindClasses)).meta({ description: "The kinds of the review's reasons." }),
    date_opened: TimeOut,
    date_decided: TimeOut.nullable(),
    decided_by: z.string().nullable().meta({
      description: "`rule` or `list` if no person decided. Otherwise, the beginning of an API key, or a person.",
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
    until: TimeOut.meta({ description: "The time of the change." }),
  })
  .meta({
    id: "EarlierData",
    description: "A participant's data before a change. Kept for about 30 days, because earlier events still use it.",
  });

const Membership = Participant.extend({
  campaign_name: z.string(),
  language: z.string().nullable().meta({ description: "The browser's language at signup." }),
  signed_up_themselves: z
    .boolean()
    .meta({ description: "Whether they signed up themselves, in the widget or on a hosted page." }),
  confirmation: z.enum(["waiting", "confirmed"]).nullable().meta({
    description: "When they confirmed their email address. Null if the campaign does not require it.",
  }),
  aliases: z.array(z.string()),
  earlier_data: z.array(EarlierData).meta({ description: "Newest first." }),
  shares: z.array(Share),
  invited_emails: z.array(z.string()),
  rewards: z.array(Reward),
  conversions: z.array(Conversion),
  redemptions: z.array(Redemption),
  emails: z.array(SentEmail),
  reviews: z.array(OwnReview).meta({ description: "Reviews of their signup or sales." }),
}).meta({ id: "Membership", description: "A campaign's data about a participant." });

const ReceivedInvitation = z
  .object({
    campaign_id: z.int(),
    participant_id: z.int().meta({ description: "The participant who sent it." }),
    has_signedup: z.boolean(),
    date_invited: TimeOut,
  })
  .meta({ id: "ReceivedInvitation", description: "An invitation that a participant sent to this address." });

export const PersonData = z
  .object({
    email: z.string(),
    exported_at: TimeOut,
    participants: z.array(Membership).meta({ description: "Up to one per campaign." }),
    invitations: z.array(ReceivedInvitation),
    purchases: z.array(Conversion).meta({
      description: "Conversions that were recorded with this address and a participant's code, without a signup.",
    }),
    is_unsubscribed: z.boolean().meta({ description: "Whether the address is unsubscribed from your campaign email." }),
    cut: z.array(z.string()).meta({
      description:
        "The lists with more than 5,000 rows, which are cut to the newest ones. The API's own lists are complete.",
    }),
    next_after,
  })
  .meta({ id: "PersonData", description: "Everything that the account stores about a person." });
export type PersonData = z.input<typeof PersonData>;

export const PersonErased = z
  .object({
    erased: z.array(z.int()).meta({ description: "The erased participants." }),
    invitations: z.int().meta({ description: "The number of deleted invitations to the address." }),
    next_after,
  })
  .meta({ id: "PersonErased", description: "The deleted data of a person." });
export type PersonErased = z.input<typeof PersonErased>;
