import { z } from "zod";
import { CheckoutCode } from "../../ledger/records/checkout-code";
import { Metadata, Participant } from "../../ledger/records/participant-schema";
import { Reward } from "../../ledger/records/reward-schema";
import { Email, Id, line, ReferralUrl, RequiredName } from "../../lib/fields";

const person = {
  email: Email,
  name: RequiredName,
  referral_url: ReferralUrl.nullish(),
  metadata: Metadata.nullish(),
  external_id: line(200).nullish(),
  checkout_code: CheckoutCode.nullish(),
};

const Address = line(64).nullish().meta({ description: "The participant's IP address. Only a keyed hash is stored." });

export const NewSignup = z
  .object({ campaign_id: Id, ...person, ip_address: Address })
  .meta({ id: "NewSignup", description: "Someone who joins a campaign." });
export type NewSignup = z.infer<typeof NewSignup>;

const Code = z.string().trim().nullish();

export const NewReferral = z
  .object({
    referral_code: Code.meta({
      description: "Base64 of campaign_id:social_type:participant_id[:invited_id], plain or signed.",
    }),
    code: Code.meta({ description: "Former name of referral_code." }),
    campaign_id: Id.nullish().meta({
      description:
        "Required for a participant's code from another product. Returns 404 if the code belongs to another campaign.",
    }),
    ...person,
    ip_address: Address,
    ip: Address,
  })
  .refine(({ referral_code, code }) => typeof (referral_code ?? code) === "string", {
    message: "is required",
    path: ["referral_code"],
  })
  .transform(({ code, ip, ...input }) => ({
    ...input,
    referral_code: input.referral_code || code || "",
    ip_address: input.ip_address ?? ip,
  }))
  .meta({ id: "NewReferral", description: "Someone who joins with a referral code." });
export type NewReferral = z.infer<typeof NewReferral>;

export const Attributed = z
  .object({
    message: z.string(),
    id: z.int(),
    attributed: z.literal(true),
    participant: Participant,
    reward: Reward.nullable().meta({ description: "The reward this call earned the referrer." }),
    invited_reward: Reward.nullable().meta({ description: "The reward this call earned the friend." }),
  })
  .meta({ id: "Attributed", description: "The referral counts." });

const NotAttributed = z
  .object({ message: z.string(), id: z.int(), attributed: z.literal(false) })
  .meta({ id: "NotAttributed", description: "The participant was already referred; nothing changed." });

export const ReferralSignup = z.union([Attributed, NotAttributed]).meta({
  id: "ReferralSignup",
  description: "The result of a signup with a referral code. `attributed` distinguishes the cases.",
});
