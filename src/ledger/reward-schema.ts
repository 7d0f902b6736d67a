import { z } from "zod";
import { Id, prose, TimeOut } from "../lib/fields";
import { filter, PageQuery } from "../lib/page";
import { valuesShown } from "./reward-fields";
import { kindIds, kindNames } from "./reward-kinds";

/** The kinds' IDs run from 1 without gaps. */
export const LAST_KIND = Math.max(...kindIds);

export const Reward = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int(),
    role: z.enum(["referrer", "invited"]),
    reward_type: z.int().min(1).max(LAST_KIND),
    type: z.enum(kindNames),
    status: z.enum(["pending", "fulfilled", "revoked"]),
    coupon: z.string().nullable().meta({ description: "The coupon code, once assigned." }),
    ...valuesShown,
    amount: z.int().nullable().meta({ description: "For cash: the amount in the currency's minor unit." }),
    owed_back: z.int().meta({ description: "What refunds took back of `amount` after it was paid." }),
    currency: z.string().meta({ description: "ISO 4217." }),
    rule_id: z
      .int()
      .nullable()
      .meta({ description: "For a conversion's reward: the rule. Null for the campaign's own goal." }),
    conversion_id: z.int().nullable().meta({ description: "The `id` of the conversion that earned it." }),
    token_transaction: z.string().nullable(),
    date_earned: TimeOut,
    date_fulfilled: TimeOut.nullable(),
  })
  .meta({ id: "Reward" });
export type Reward = z.input<typeof Reward>;

export const RewardChange = z
  .object({ status: z.enum(["fulfilled", "revoked"]), note: prose(1000).nullable().optional() })
  .meta({ id: "RewardChange" });
export type RewardChange = z.infer<typeof RewardChange>;

export const RewardQuery = PageQuery.extend({
  campaign_id: filter(Id),
  participant_id: filter(Id),
  status: filter(z.enum(["pending", "fulfilled", "revoked"])),
  reward_type: filter(z.enum(kindIds.map(String)).transform(Number)).meta({
    type: "integer",
    minimum: 1,
    maximum: LAST_KIND,
  }),
});
export type RewardQuery = z.infer<typeof RewardQuery>;

/** The filters of the rewards page. Invalid filters are ignored. */
export const RewardFilter = RewardQuery.extend({
  campaign_id: RewardQuery.shape.campaign_id.catch(undefined),
  participant_id: RewardQuery.shape.participant_id.catch(undefined),
  status: RewardQuery.shape.status.catch(undefined),
  reward_type: RewardQuery.shape.reward_type.catch(undefined),
});

/** The number of rewards on a page. */
const CHANGED_MAX = 100;

export const RewardsChange = RewardChange.extend({
  reward_id: z.array(Id).min(1, "choose at least one reward").max(CHANGED_MAX, `choose at most ${CHANGED_MAX} rewards`),
});

export const RewardParam = z.object({ rewardId: Id });
