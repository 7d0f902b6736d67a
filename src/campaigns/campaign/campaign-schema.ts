import { z } from "zod";
import { goalTypes, publishStates } from "../../../drizzle/schema/campaigns";
import { Flag, Id, integer, line, prose, TimeIn, TimeOut, WebUrl } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";
import { Contest } from "../contest/contest-schema";
import { Lander } from "../lander/lander-schema";
import { RewardSettings, RewardSettingsChange, RewardType } from "../reward/reward-settings-schema";
import { Widget, WidgetChange } from "../widget/widget-schema";

const Subject = line(250).nullable();
const Message = prose(10_000).nullable();

/** The email is sent if its subject or message is set. The other one then has our default, in the campaign's language. */
const mailPart = <S extends z.ZodType>(part: S, about: string) =>
  part.meta({
    description: `Of the mail ${about}. It is sent when its subject or its message is set. Placeholders: \`{{name}}\`, \`{{email}}\`, \`{{referral_url}}\`, \`{{campaign_name}}\`, \`{{reward}}\`.`,
  });

const fields = {
  name: line(200).min(1),
  brand_id: Id,
  url_id: Id.meta({ description: "`brand_id` under its older name; `brand_id` decides when both are sent." }),
  type_id: integer(1, 4),
  goal_type: z.enum(goalTypes).meta({
    description: "What counts towards the goal. Switched, it rewards those who have reached the new goal already.",
  }),
  num_signups: integer(1, 1_000_000)
    .nullable()
    .transform((n) => n ?? 1)
    .meta({
      type: ["integer", "null"],
      minimum: 1,
      maximum: 1_000_000,
      description:
        "Referrals to the goal; null reads as 1. Lowered, it rewards those who have that many already, within moments.",
    }),
  num_visits: integer(0, 1_000_000_000).nullable().meta({
    description:
      "Distinct visitors to the goal; at least 1 when `goal_type` is `visit`. Lowered, it rewards those who had that many already, within moments.",
  }),
  reward_type: RewardType,
  reward_invited: Flag.meta({
    description:
      "Whether a newly referred participant earns the same kind of reward, too. Without effect when `goal_type` is `visit`: there codes count visitors, and nobody is referred.",
  }),
  publish: z.enum(publishStates).meta({ description: "Becoming `public` needs a paid plan that has not expired." }),
  landing_url: WebUrl.nullable(),
  allow_email: Flag,
  campaign_entry_subject: mailPart(Subject, "that welcomes who has joined"),
  campaign_entry_message: mailPart(Message, "that welcomes who has joined"),
  reward_notify_subject: mailPart(Subject, "about a reward for inviting friends, once it is fulfilled"),
  reward_notify_message: mailPart(Message, "about a reward for inviting friends, once it is fulfilled"),
  twoway_reward_notify_subject: mailPart(Subject, "about an invited friend's own reward, once it is fulfilled"),
  twoway_reward_notify_message: mailPart(Message, "about an invited friend's own reward, once it is fulfilled"),
  allow_countdown: Flag,
  countdown_end: TimeIn.nullable(),
  double_opt_in: Flag.meta({
    description:
      "Whether visitors who sign up by the widget or a hosted page must confirm their address by mail. Until then they are `pending`, earn nothing and are credited to nobody. Signups with a key are trusted.",
  }),
  widget: WidgetChange,
  reward: RewardSettingsChange,
};

export const NewCampaign = z
  .object(fields)
  .partial()
  .required({ name: true })
  .meta({ id: "NewCampaign", description: "`name` and `brand_id` (or `url_id`) are needed; the rest has defaults." });
export type NewCampaign = z.infer<typeof NewCampaign>;

export const CampaignChange = z
  .object(fields)
  .partial()
  .meta({ id: "CampaignChange", description: "Any subset. `widget` and `reward` change what they name of theirs." });
export type CampaignChange = z.infer<typeof CampaignChange>;

export const Campaign = z
  .object({
    id: z.int(),
    brand_id: z.int(),
    url_id: z.int().meta({ description: "The same as `brand_id`." }),
    member_id: z.int(),
    name: z.string(),
    type_id: z.int(),
    goal_type: z.enum(goalTypes),
    num_signups: z.int(),
    num_visits: z.int().nullable(),
    reward_type: z.int(),
    reward_invited: z.boolean(),
    publish: z.enum(publishStates),
    landing_url: z.string().nullable(),
    allow_email: z.boolean(),
    campaign_entry_subject: z.string().nullable(),
    campaign_entry_message: z.string().nullable(),
    reward_notify_subject: z.string().nullable(),
    reward_notify_message: z.string().nullable(),
    twoway_reward_notify_subject: z.string().nullable(),
    twoway_reward_notify_message: z.string().nullable(),
    allow_countdown: z.boolean(),
    countdown_end: TimeOut.nullable(),
    double_opt_in: z.boolean(),
    date_added: TimeOut,
  })
  .meta({ id: "Campaign" });
export type Campaign = z.input<typeof Campaign>;

export const CampaignDetail = Campaign.extend({
  widget: Widget,
  reward: RewardSettings,
  lander: Lander,
  contest: Contest.nullable(),
  coupons: z.object({ total: z.int(), available: z.int(), assigned: z.int() }),
}).meta({ id: "CampaignDetail" });
export type CampaignDetail = z.input<typeof CampaignDetail>;

export const DeletedCampaign = z.object({ id: z.int(), deleted: z.literal(true) }).meta({ id: "DeletedCampaign" });

export const CampaignFilter = PageQuery.extend({
  brand_id: filter(Id),
  url_id: filter(Id).meta({ description: "`brand_id` under its older name." }),
});
export type CampaignFilter = z.infer<typeof CampaignFilter>;
