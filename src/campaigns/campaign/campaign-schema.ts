import { z } from "zod";
import { campaignMails, friendMails, goalTypes, publishStates } from "../../../drizzle/schema/campaigns";
import { fraudModes, reviewEndings } from "../../../drizzle/schema/reviews";
import { CampaignStatus } from "../../ledger/records/lifecycle";
import { RewardTypeOut } from "../../ledger/records/reward-schema";
import { Currency } from "../../lib/currency";
import { Flag, Id, integer, line, prose, RequiredName, TimeIn, TimeOut, WebUrl } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";
import { Contest } from "../contest/contest-schema";
import { Lander } from "../lander/lander-schema";
import { RewardSettings, RewardSettingsChange, RewardType } from "../reward/reward-settings-schema";
import { Widget, WidgetChange } from "../widget/widget-schema";

const Subject = line(250).nullable();
const Message = prose(10_000).nullable();

/**
 * The email is sent if its subject or message is set. The other part then uses our default, in the campaign's language.
 */
const mailPart = <S extends z.ZodType>(part: S, about: string) =>
  part.meta({
    description: `For the email ${about}. The email is sent if its subject or message is set. Placeholders: \`{{name}}\`, \`{{email}}\`, \`{{referral_url}}\`, \`{{campaign_name}}\`, \`{{reward}}\`.`,
  });

const fields = {
  name: RequiredName,
  brand_id: Id,
  url_id: Id.meta({ description: "Former name of `brand_id`. If both are sent, `brand_id` takes precedence." }),
  type_id: integer(1, 4),
  goal_type: z.enum(goalTypes).meta({
    description:
      "What counts toward the goal. After a change, participants who have already reached the new goal are rewarded.",
  }),
  num_signups: integer(1, 1_000_000)
    .nullable()
    .transform((n) => n ?? 1)
    .meta({
      type: ["integer", "null"],
      minimum: 1,
      maximum: 1_000_000,
      description:
        "Referrals needed to reach the goal; null means 1. After the goal is lowered, participants who have already reached it are rewarded shortly.",
    }),
  num_visits: integer(0, 1_000_000_000).nullable().meta({
    description:
      "Unique visitors needed to reach the goal; at least 1 if `goal_type` is `visit`. After the goal is lowered, participants who have already reached it are rewarded shortly.",
  }),
  reward_type: RewardType,
  reward_invited: Flag.meta({
    description:
      "Whether the referred friend also earns the same kind of reward. Has no effect if `goal_type` is `visit`, because visits refer nobody.",
  }),
  publish: z.enum(publishStates).meta({ description: "Switching to `public` requires an active paid plan." }),
  currency: Currency.meta({
    description:
      "The currency of its conversions and rewards. It cannot change once the campaign has rules or conversions.",
  }),
  landing_url: WebUrl.nullable(),
  allow_email: Flag,
  campaign_entry_subject: mailPart(Subject, "sent after joining"),
  campaign_entry_message: mailPart(Message, "sent after joining"),
  reward_notify_subject: mailPart(Subject, "sent when a referrer's reward is fulfilled"),
  reward_notify_message: mailPart(Message, "sent when a referrer's reward is fulfilled"),
  twoway_reward_notify_subject: mailPart(Subject, "sent when a friend's reward is fulfilled"),
  twoway_reward_notify_message: mailPart(Message, "sent when a friend's reward is fulfilled"),
  admitted_notify_subject: mailPart(Subject, "sent when a participant is let in from the waitlist"),
  admitted_notify_message: mailPart(Message, "sent when a participant is let in from the waitlist"),
  default_emails: z.array(z.enum(campaignMails)).max(campaignMails.length).meta({
    description:
      "The emails that use our default text if the campaign has neither a subject nor a message for them: `entry` after joining, `reward` and `twoway_reward` when a referrer's or a friend's reward is fulfilled, `admitted` when a participant is admitted from the waitlist. They go to participants who signed up themselves, in the widget or on a hosted page. A new campaign has all of them. An empty list turns them off.",
  }),
  friend_emails: z.array(z.enum(friendMails)).max(friendMails.length).meta({
    description:
      "More emails to participants, with our default text: `friend_joined` (at most one a day), `one_to_go` when they need one more friend for the goal, `reminder` once to participants who signed up themselves and have shared nothing for three days, `recap` on Mondays to participants whose friends joined in the previous week. All are off by default.",
  }),
  allow_countdown: Flag,
  countdown_end: TimeIn.nullable(),
  double_opt_in: Flag.meta({
    description:
      "Whether visitors who sign up through the widget or a hosted page must confirm their email address. Until they do, they are `pending` and earn nothing, and their referrer gets no credit. Signups with an API key need no confirmation.",
  }),
  waitlist_enabled: Flag.meta({
    description:
      "Whether participants wait in line until you admit them (`POST /campaigns/{campaignId}/releases`). It cannot change while the campaign has participants.",
  }),
  waitlist_places_per_friend: integer(0, 1000).meta({
    description:
      "How many places each friend moves a participant up. It cannot change while the campaign has participants.",
  }),
  fraud_mode: z.enum(fraudModes).meta({
    description:
      "How to handle referrals and sales that look like fraud. `hold` opens a review, and holds the rewards of the referrer and the friend until you decide it. `strict` does the same with less evidence. `watch` opens reviews and holds nothing. `off` checks nothing.",
  }),
  review_days: integer(1, 365).meta({
    description: "The number of days after which `review_ending` decides an open review.",
  }),
  review_ending: z.enum(reviewEndings).meta({
    description: "How an undecided review ends. `by_score` denies it at a score of 0.8 or higher.",
  }),
  status: CampaignStatus.meta({
    description:
      "Visitors and the API can sign up only while the campaign is `live`, which is the default. `scheduled` needs a `starts_at` in the future. `live` starts the campaign now, or reopens it after it ended. `ended` and `archived` end it now; an archived campaign is also hidden in the dashboard. A campaign that has started cannot become a draft again.",
  }),
  starts_at: TimeIn.nullable().meta({ description: "The time when a `scheduled` campaign becomes `live`." }),
  ends_at: TimeIn.nullable().meta({ description: "The time when the campaign's status becomes `ended`." }),
  widget: WidgetChange,
  reward: RewardSettingsChange,
};

export const NewCampaign = z.object(fields).partial().required({ name: true }).meta({
  id: "NewCampaign",
  description: "`name` and `brand_id` (or `url_id`) are required; everything else has a default.",
});
export type NewCampaign = z.infer<typeof NewCampaign>;

export const CampaignChange = z.object(fields).partial().meta({
  id: "CampaignChange",
  description: "Any subset. `widget` and `reward` change only the fields they contain.",
});
export type CampaignChange = z.infer<typeof CampaignChange>;

export const NewDuplicate = z
  .object({
    name: RequiredName.meta({ description: "Default: the original's name followed by `(copy)`." }),
    brand_id: Id.meta({ description: "Another brand of the account. Default: the original's brand." }),
    status: CampaignStatus.extract(["draft", "live"]).meta({ description: "Default: `draft`." }),
  })
  .partial()
  .meta({ id: "NewDuplicate", description: "Changes to make in the copy." });
export type NewDuplicate = z.infer<typeof NewDuplicate>;

const GoalType = z
  .enum(goalTypes)
  .meta({ id: "GoalType", description: "What counts toward the goal: friends' signups, or visits." });

export const Campaign = z
  .object({
    id: z.int(),
    brand_id: z.int(),
    url_id: z.int().meta({ description: "Same as `brand_id`." }),
    member_id: z.int(),
    name: z.string(),
    type_id: z.int(),
    goal_type: GoalType,
    num_signups: z.int(),
    num_visits: z.int().nullable(),
    reward_type: RewardTypeOut,
    reward_invited: z.boolean(),
    publish: z.enum(publishStates),
    currency: z.string(),
    landing_url: z.string().nullable(),
    allow_email: z.boolean(),
    campaign_entry_subject: z.string().nullable(),
    campaign_entry_message: z.string().nullable(),
    reward_notify_subject: z.string().nullable(),
    reward_notify_message: z.string().nullable(),
    twoway_reward_notify_subject: z.string().nullable(),
    twoway_reward_notify_message: z.string().nullable(),
    admitted_notify_subject: z.string().nullable(),
    admitted_notify_message: z.string().nullable(),
    default_emails: z.array(z.enum(campaignMails)),
    friend_emails: z.array(z.enum(friendMails)),
    allow_countdown: z.boolean(),
    countdown_end: TimeOut.nullable(),
    double_opt_in: z.boolean(),
    waitlist_enabled: z.boolean(),
    waitlist_places_per_friend: z.int(),
    fraud_mode: z.enum(fraudModes),
    review_days: z.int(),
    review_ending: z.enum(reviewEndings),
    status: CampaignStatus,
    starts_at: TimeOut.nullable(),
    ends_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "Campaign", description: "A brand's referral program." });
export type Campaign = z.input<typeof Campaign>;

export const CampaignDetail = Campaign.extend({
  widget: Widget,
  reward: RewardSettings,
  lander: Lander,
  contest: Contest.nullable(),
  coupons: z.object({ total: z.int(), available: z.int(), assigned: z.int() }),
}).meta({ id: "CampaignDetail", description: "A campaign with its settings." });
export type CampaignDetail = z.input<typeof CampaignDetail>;

export const DeletedCampaign = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedCampaign", description: "The deleted campaign. Its participants were deleted with it." });

export const CampaignFilter = PageQuery.extend({
  brand_id: filter(Id),
  url_id: filter(Id).meta({ description: "Former name of `brand_id`." }),
  status: filter(CampaignStatus),
});
export type CampaignFilter = z.infer<typeof CampaignFilter>;
