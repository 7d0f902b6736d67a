import { z } from "zod";
import { rewardRoles } from "../../../drizzle/schema/rewards";
import { Id, prose, TimeIn, TimeOut } from "../../lib/fields";
import { filter, moment, WalkQuery } from "../../lib/page";
import { valuesShown } from "./reward-fields";
import { kindIds, kindNames, kindOf } from "./reward-kinds";

/** The kinds' IDs run from 1 without gaps. */
export const LAST_KIND = Math.max(...kindIds);

const REWARD_STATUSES = ["held", "pending", "fulfilled", "revoked", "expired"] as const;

/** Whether a reward has been lost: revoked or expired. */
export const isLost = (status: (typeof REWARD_STATUSES)[number]) => status === "revoked" || status === "expired";

/** The status of a token's transfer, as the API returns it. */
export const tokenStates = ["pending", "approved", "sent", "confirmed", "failed", "cancelled"] as const;
export type TokenState = (typeof tokenStates)[number];

/** As the API returns it. */
export const RewardTypeOut = z.int().meta({
  id: "RewardType",
  type: "integer",
  enum: [...kindIds],
  description: `A kind of reward: ${kindIds.map((id) => `${id} ${kindOf(id)}`).join(", ")}.`,
});

/** The same by its name. */
const RewardKind = z.enum(kindNames).meta({ id: "RewardKind", description: "A kind of reward, by its name." });

export const RewardRole = z
  .enum(rewardRoles)
  .meta({ id: "RewardRole", description: "Who gets the reward: the referrer or the friend." });

export const Reward = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int(),
    role: RewardRole,
    reward_type: RewardTypeOut,
    type: RewardKind,
    status: z.enum(REWARD_STATUSES).meta({
      description:
        "`held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`.",
    }),
    held_until: TimeOut.nullable(),
    expires_at: TimeOut.nullable().meta({ description: "When it expires, unless it is given or redeemed before." }),
    needs_approval: z.boolean().meta({ description: "Whether the reward is held until someone approves it." }),
    coupon: z.string().nullable().meta({ description: "The coupon code, once assigned." }),
    coupon_valid_until: TimeOut.nullable().meta({ description: "The last moment the code can be used." }),
    coupon_last_day: z.string().nullable().meta({
      description: "The day of that moment in the account's time zone.",
      example: "2027-03-03",
    }),
    ...valuesShown,
    amount: z
      .int()
      .nullable()
      .meta({ description: "For cash and store credit: the amount in the currency's minor unit." }),
    owed_back: z.int().meta({ description: "The part of `amount` that refunds took back after it was paid." }),
    expired_amount: z
      .int()
      .meta({ description: "The part of `amount` that expired. For store credit, what was not redeemed." }),
    currency: z.string().meta({ description: "ISO 4217." }),
    rule_id: z.int().nullable().meta({ description: "The rule that gave it. Null for the campaign's own goal." }),
    conversion_id: z.int().nullable().meta({ description: "The `id` of the conversion that earned it, if any." }),
    payout_id: z.int().nullable().meta({ description: "The payout that it was paid with." }),
    token_transaction: z.string().nullable().meta({ description: "The hash of the confirmed transaction." }),
    token_state: z.enum(tokenStates).nullable().meta({
      description:
        "The status of a token's transfer. The reward's `status` is `pending` until the transfer is confirmed. Null for other rewards.",
    }),
    token_reason: z.string().nullable().meta({
      description:
        "Why the transfer is waiting or failed: a code from [the guide](/docs/tokens). `not_set_up`: no transfer was started.",
    }),
    date_earned: TimeOut,
    date_fulfilled: TimeOut.nullable(),
    date_expired: TimeOut.nullable(),
  })
  .meta({ id: "Reward", description: "A reward that a participant earned." });
export type Reward = z.input<typeof Reward>;

export const RewardChange = z
  .object({ status: z.enum(["fulfilled", "revoked"]), note: prose(1000).nullable().optional() })
  .meta({ id: "RewardChange", description: "The new status of a reward." });
export type RewardChange = z.infer<typeof RewardChange>;

export const RewardEntry = z
  .object({
    at: TimeOut,
    from: z.string().nullable().meta({ description: "The status before. Null for the first step." }),
    to: z.string(),
    amount: z
      .int()
      .nullable()
      .meta({ description: "The amount added or, if negative, taken back, in the currency's minor unit." }),
    reason: z.string(),
    by: z
      .string()
      .nullable()
      .meta({ description: "A rule, `hold`, `refund`, `expiry`, `erasure`, an API key's beginning, or a person." }),
  })
  .meta({ id: "RewardEntry", description: "A step in a reward's history, from the credit ledger." });
export type RewardEntry = z.input<typeof RewardEntry>;

export const RewardDetails = Reward.extend({
  entries: z.array(RewardEntry).meta({ description: "The reward's history, step by step; at most 100 entries." }),
}).meta({ id: "RewardDetails", description: "A reward with its entries in the credit ledger." });
export type RewardDetails = z.input<typeof RewardDetails>;

/** How many rewards one request acts on. */
export const ACTED_MAX = 100;

/** The statuses that an action changes. A filter never revokes a reward that was given. */
const ACTED_STATUS = { approve: ["held"], fulfill: ["pending"], revoke: ["held", "pending"] };

export const ActionFilter = z
  .object({
    campaign_id: Id,
    participant_id: Id.nullish(),
    reward_type: RewardTypeOut.min(1).max(LAST_KIND).nullish(),
    status: z.enum(["held", "pending"]).nullish().meta({ description: "Required to revoke." }),
    earned_after: TimeIn.nullish().meta({ description: "Earned at or after this moment." }),
    earned_before: TimeIn.nullish().meta({ description: "Earned before this time." }),
  })
  .meta({ id: "ActionFilter", description: "Selects a campaign's rewards for an action." });
export type ActionFilter = z.infer<typeof ActionFilter>;

export const RewardActions = z
  .object({
    ids: z.array(Id).min(1).max(ACTED_MAX).nullish(),
    filter: ActionFilter.nullish().meta({
      description: `Instead of \`ids\`: the oldest ${ACTED_MAX} rewards that match and that the action changes.`,
    }),
    action: z.enum(["approve", "fulfill", "revoke"]),
    note: prose(1000).nullish(),
  })
  .superRefine(({ ids, filter, action }, c) => {
    const refuse = (message: string, ...path: string[]) => c.addIssue({ code: "custom", path, message });
    if (Boolean(ids) === Boolean(filter)) refuse("must be sent, or filter, but not both", "ids");
    const status = filter?.status;
    if (status && !ACTED_STATUS[action].includes(status)) refuse("does not fit the action", "filter", "status");
    if (filter && !status && action === "revoke") refuse("is required to revoke", "filter", "status");
  })
  .meta({ id: "RewardActions", description: "An action on rewards." });
export type RewardActions = z.infer<typeof RewardActions>;

export const RewardResults = z
  .object({
    results: z.array(
      z.object({
        id: z.int(),
        done: z.boolean(),
        status: z.enum(REWARD_STATUSES).nullable(),
        error: z.string().nullable().meta({ description: "Why nothing changed." }),
      }),
    ),
    has_more: z.boolean().meta({
      description: "Whether the filter matches more rewards. If so, send the request again with a new Idempotency-Key.",
    }),
  })
  .meta({ id: "RewardResults", description: "The result for each reward." });

export const RewardQuery = WalkQuery.extend({
  campaign_id: filter(Id),
  participant_id: filter(Id),
  status: filter(z.enum(REWARD_STATUSES)),
  brand_id: filter(Id).meta({ type: "integer", minimum: 1, description: "All campaigns of a brand." }),
  earned_after: moment("Earned at or after this moment."),
  earned_before: moment("Earned before this time."),
  reward_type: filter(z.enum(kindIds.map(String)).transform(Number)).meta({
    type: "integer",
    minimum: 1,
    maximum: LAST_KIND,
  }),
});
export type RewardQuery = z.infer<typeof RewardQuery>;

/** The filters of the rewards page. Invalid filters are ignored. */
export const RewardFilter = RewardQuery.omit({
  after: true,
  updated_since: true,
  earned_after: true,
  earned_before: true,
}).extend({
  brand_id: RewardQuery.shape.brand_id.catch(undefined),
  campaign_id: RewardQuery.shape.campaign_id.catch(undefined),
  participant_id: RewardQuery.shape.participant_id.catch(undefined),
  status: RewardQuery.shape.status.catch(undefined),
  reward_type: RewardQuery.shape.reward_type.catch(undefined),
});

/** How many rewards a page has. */
const CHANGED_MAX = 100;

/** The step that a page's form requests. */
const step = { status: z.enum(["approved", "fulfilled", "revoked"]) };
export const RewardStep = RewardChange.extend(step);
export type RewardStep = z.infer<typeof RewardStep>;

export const RewardsChange = RewardStep.extend({
  reward_id: z.array(Id).min(1, "choose at least one reward").max(CHANGED_MAX, `choose at most ${CHANGED_MAX} rewards`),
});

export const RewardParam = z.object({ rewardId: Id });
