import { z } from "zod";
import { HOLD_DAYS_MAX, ruleRepeats, ruleTriggers } from "../../../drizzle/schema/conversions";
import { rewardRoles } from "../../../drizzle/schema/rewards";
import { EventName } from "../../ledger/records/event-name";
import { GIVEN_KINDS, givenIds, MUST_BE_GIVEN, neededBy } from "../../ledger/records/given-kinds";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import { RewardRole, RewardTypeOut } from "../../ledger/records/reward-schema";
import { Amount, Sum } from "../../lib/currency";
import { Flag, Id, ImageUrl, integer, line, prose, WebUrl } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";

const Percent = z
  .number()
  .min(0.01)
  .max(100)
  .refine((percent) => Number.isInteger(Number((percent * 100).toFixed(6))), "must have at most two decimals")
  .meta({ type: "number", exclusiveMinimum: 0, maximum: 100, example: 10 });
const Count = integer(1, 1_000_000);

const value = {
  redirect_url: WebUrl.nullable(),
  custom_message: prose(10_000).nullable(),
  amount: Amount.min(1)
    .nullable()
    .meta({ description: "For cash and store credit: a fixed amount, in the currency's minor unit." }),
  percent: Percent.nullable().meta({
    description: "For cash and store credit: a percentage of the conversion's amount, instead of a fixed amount.",
  }),
  max_amount: Amount.min(1).nullable().meta({ description: "The maximum that a percentage gives for one conversion." }),
  duration_months: integer(1, 120).nullable().meta({
    description:
      "Only conversions within this many months of the participant's first such conversion count. Null: no limit.",
  }),
};
type Value = z.infer<z.ZodObject<typeof value>>;

/** The fields of which a kind needs one, and its optional fields. A percentage is an amount, too. */
function fieldsOf(reward_type: number): { needs: (keyof Value)[]; takes: (keyof Value)[] } {
  const needed = neededBy(reward_type);
  if (needed === "amount") return { needs: ["amount", "percent"], takes: ["max_amount"] };
  return { needs: needed ? [needed] : [], takes: [] };
}

const isSet = (field: unknown) => field !== null && field !== undefined && field !== "";

const RuleReward = z
  .object({
    reward_type: integer(1, Math.max(...givenIds))
      .refine((type) => givenIds.includes(type), MUST_BE_GIVEN)
      .meta({ description: GIVEN_KINDS, enum: givenIds, example: rewardKinds.cash.id }),
    ...z.object(value).partial().shape,
  })
  .superRefine((reward, ctx) => {
    const fields = fieldsOf(reward.reward_type);
    const { needs } = fields;
    const refuse = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    if (needs.length > 0 && needs.filter((name) => isSet(reward[name])).length !== 1)
      refuse(
        needs[0] ?? "",
        needs.length > 1 ? `or ${needs.slice(1).join(" or ")} is required, not both` : "is required",
      );
    for (const name of ["redirect_url", "custom_message", "amount", "percent", "max_amount"] as const)
      if (isSet(reward[name]) && ![...fields.needs, ...fields.takes].includes(name))
        refuse(name, "does not fit this reward_type");
    if (isSet(reward.max_amount) && !isSet(reward.percent)) refuse("max_amount", "must be sent with percent");
  })
  .meta({ id: "NewRuleReward", description: "A rule's reward. Its fields depend on `reward_type`." });

const fields = {
  role: z.enum(rewardRoles).meta({ description: "Who gets the reward: the referrer, or the friend they invited." }),
  trigger: z.enum(ruleTriggers).default("conversion").meta({
    description: "What counts: friends' signups, visitors to the share link (each once a day), or conversions.",
  }),
  event_name: EventName.nullable().default(null).meta({
    description: "The event of the conversions that count. Default: `purchase`.",
  }),
  min_amount: Amount.default(0).meta({
    type: "integer",
    description: "The minimum amount of a conversion, in the currency's minor unit. Smaller ones do not count.",
    default: 0,
  }),
  first_only: Flag.default(false).meta({
    description: "Only each participant's first conversion of this event counts.",
  }),
  threshold: Count.default(1).meta({
    description: "The number of friends, visitors, or conversions that earns the reward.",
  }),
  repeat: z.enum(ruleRepeats).default("every").meta({
    description:
      "`once`, or again for every `threshold`. With `once`, earlier friends and visitors count too, and participants who already have enough get the reward right away.",
  }),
  reward: RuleReward,
  max_per_participant: Count.nullable()
    .default(null)
    .meta({ description: "The maximum number of rewards per participant." }),
  max_per_month: Count.nullable()
    .default(null)
    .meta({ description: "The maximum number of rewards per participant in a UTC month." }),
  budget: Amount.nullable().default(null).meta({
    description:
      "For cash and store credit: the maximum total for all participants. The last percentage reward gets the rest; a fixed amount is given in full or not at all. Refunds do not restore the budget.",
  }),
  hold_days: integer(0, HOLD_DAYS_MAX).default(0).meta({
    description:
      "The number of days to hold the reward. If the conversion is refunded during that time, the reward is not given.",
    default: 0,
  }),
  needs_approval: Flag.default(false).meta({ description: "The reward is held until you approve it." }),
  expires_days: integer(1, 3650).nullable().default(null).meta({
    description:
      "The number of days after which a pending reward expires, and unredeemed store credit too. Null: never.",
  }),
  title: line(200).nullable().default(null),
  image_url: ImageUrl.nullable().default(null).meta({ description: "Shown wherever the rule is promised." }),
  visible: Flag.default(true).meta({
    description:
      "Whether the widget, the hosted page, the landing page, and invitations show the rule. Hidden rules still earn rewards.",
    default: true,
  }),
  position: integer(0, 1_000_000).default(0).meta({ description: "The sort order in lists." }),
};

const OF_CONVERSIONS = ["event_name", "min_amount", "first_only"] as const;
const OF_SALES = ["percent", "max_amount", "duration_months"] as const;

/** A complete rule. */
export const NewRule = z
  .object(fields)
  .superRefine((rule, ctx) => {
    const refuse = (message: string, ...path: string[]) => ctx.addIssue({ code: "custom", path, message });
    if (rule.budget !== null && neededBy(rule.reward.reward_type) !== "amount")
      refuse("is only for cash and store credit", "budget");
    if (rule.trigger === "conversion") return;
    const onlyThere = "is only for the trigger conversion";
    for (const name of OF_CONVERSIONS) if (rule[name]) refuse(onlyThere, name);
    for (const name of OF_SALES) if (isSet(rule.reward[name])) refuse(onlyThere, "reward", name);
    if (rule.role === "invited" && rule.trigger === "visit") refuse("must be referrer for visits", "role");
    if (rule.role === "invited" && rule.threshold > 1) refuse("must be 1 for friends, who sign up once", "threshold");
  })
  .meta({ id: "NewRule", description: "A new rule." });
export type NewRule = z.infer<typeof NewRule>;

type Bare<F> = F extends z.ZodDefault<infer S> ? S : F;
type Fields = { [K in keyof typeof fields]: Bare<(typeof fields)[K]> };
/** The fields without their defaults, so a change keeps the fields it leaves out. */
const bare = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => [name, field instanceof z.ZodDefault ? field.unwrap() : field]),
) as Fields;

export const RuleChange = z
  .object(bare)
  .partial()
  .meta({ id: "RuleChange", description: "Any subset. `reward` is replaced as a whole." });
export type RuleChange = z.infer<typeof RuleChange>;

export const Rule = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    role: RewardRole,
    trigger: z.enum(ruleTriggers),
    event_name: z.string().nullable(),
    min_amount: z.int(),
    first_only: z.boolean(),
    threshold: z.int(),
    repeat: z.enum(ruleRepeats),
    reward: z.object({
      reward_type: RewardTypeOut,
      redirect_url: z.string().nullable(),
      custom_message: z.string().nullable(),
      amount: z.int().nullable(),
      percent: z.number().nullable(),
      max_amount: z.int().nullable(),
      duration_months: z.int().nullable(),
    }),
    max_per_participant: z.int().nullable(),
    max_per_month: z.int().nullable(),
    budget: z.int().nullable(),
    spent: Sum.meta({
      description: "The rule's total rewards so far, in the currency's minor unit. 0 for the campaign's own goal.",
    }),
    hold_days: z.int(),
    needs_approval: z.boolean(),
    expires_days: z.int().nullable(),
    title: z.string().nullable(),
    image_url: z.string().nullable(),
    visible: z.boolean(),
    position: z.int(),
  })
  .meta({ id: "Rule", description: "A way for the referrer or the friend to earn a reward." });
export type Rule = z.input<typeof Rule>;

/** A rule that was just created or changed. */
export const SavedRule = Rule.extend({ ignored: Ignored }).meta({
  id: "SavedRule",
  description: "The rule, and the request fields that were ignored.",
});

export const Rules = z.object({ rules: z.array(Rule) });
export const RuleParam = z.object({ campaignId: Id, ruleId: Id });
export const RemovedRule = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "RemovedRule", description: "The rule that was removed. It gives no more rewards." });
