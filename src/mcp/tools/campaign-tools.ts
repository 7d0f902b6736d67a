import { z } from "zod";
import { website as domainOf } from "../../campaigns/brands/website";
import { invalid } from "../../lib/errors";
import { campaignId, id, limit, minor } from "../shapes";
import { tool, type Use } from "../tool";

export const Campaign = z.object({
  id: z.number().int(),
  name: z.string(),
  brand_id: z.number().int(),
  status: z
    .string()
    .describe("draft, scheduled, live, paused, ended, or archived. Only live campaigns accept signups."),
  publish: z.string().describe("`public` campaigns have a hosted page."),
  goal_type: z.string(),
  currency: z.string(),
  waitlist_enabled: z.boolean(),
  starts_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  date_added: z.string(),
});

export const listCampaigns = tool({
  name: "list_campaigns",
  title: "List campaigns",
  description:
    "Start here: most tools need a campaign's ID. Lists campaigns with their status, newest first. Use show_campaign for a campaign's numbers and rules.",
  input: z.object({
    status: z.enum(["draft", "scheduled", "live", "paused", "ended", "archived"]).optional(),
    page: z.number().int().min(1).max(1_000_000).default(1),
    limit,
  }),
  output: z.object({ campaigns: z.array(Campaign), total: z.number().int() }),
  needs: "read",
  repeats: true,
  run: async (args, { api }) => {
    const { campaigns, pagination } = await api.get("/campaigns", args);
    return { campaigns, total: pagination.total };
  },
});

export const Rule = z.object({
  id: z.number().int(),
  role: z.string().describe("Who gets it: `referrer`, or `invited` for the friend."),
  trigger: z.string().describe("signup, visit, or conversion."),
  event_name: z.string().nullable(),
  threshold: z.number().int(),
  repeat: z.string(),
  reward: z.object({
    reward_type: z.number().int().describe("1 coupon, 2 redirect, 3 message, 4 token, 5 cash, 6 store credit."),
    amount: z.number().int().nullable().describe("In minor units."),
    percent: z.number().nullable(),
    max_amount: z.number().int().nullable(),
    redirect_url: z.string().nullable(),
    custom_message: z.string().nullable(),
  }),
  budget: z.number().int().nullable(),
  spent: z.number(),
  hold_days: z.number().int(),
  needs_approval: z.boolean(),
});

const KINDS = { coupon: 1, link: 2, message: 3, cash: 5, store_credit: 6 } as const;

const Gift = z
  .object({
    kind: z.enum(["coupon", "link", "message", "cash", "store_credit"]),
    amount: minor("For cash and store credit: the amount.").optional(),
    url: z.string().max(2000).optional().describe("For a link: its URL."),
    message: z.string().max(2000).optional().describe("For a message: the text that the participant reads."),
  })
  .describe("To add coupon codes, call import_file afterwards.");
type Gift = z.output<typeof Gift>;

/** A reward for the campaign's own goal. Its amounts are in the major unit. */
const ownReward = ({ kind, amount, url, message }: Gift) => ({
  ...(kind === "cash" && { cash_value: (amount ?? 0) / 100 }),
  ...(kind === "store_credit" && { credit_value: (amount ?? 0) / 100 }),
  ...(kind === "link" && { redirect_url: url }),
  ...(kind === "message" && { custom_message: message }),
});

const ruleReward = ({ kind, amount, url, message }: Gift) => ({
  reward_type: KINDS[kind],
  ...(amount !== undefined && { amount }),
  ...(url !== undefined && { redirect_url: url }),
  ...(message !== undefined && { custom_message: message }),
});

const SaleRule = z.object({
  for: z.enum(["referrer", "friend"]),
  event_name: z.string().max(64).default("purchase").describe("The event of the conversions that count."),
  reward: Gift.extend({
    percent: z.number().min(0.01).max(100).optional().describe("A percentage of the purchase, instead of an amount."),
    max_amount: minor("The maximum that a percentage gives.").optional(),
  }),
  first_only: z.boolean().default(false).describe("Only each participant's first purchase counts."),
  hold_days: z
    .number()
    .int()
    .min(0)
    .max(90)
    .default(0)
    .describe("The number of days to hold the reward in case of refunds."),
  needs_approval: z.boolean().default(false),
  budget: minor("The maximum that the rule gives to all participants together.").optional(),
});

const isSame = (a: Gift, b: Gift) =>
  a.kind === b.kind && a.amount === b.amount && a.url === b.url && a.message === b.message;

/** The missing field that a reward needs, if any. */
const lackOf = ({ kind, amount, url, message }: Gift, path: string, percent?: number) => {
  if ((kind === "cash" || kind === "store_credit") && !amount && !percent)
    return invalid(`${path}.amount`, "is required");
  if (kind === "link" && !url) return invalid(`${path}.url`, "is required");
  return kind === "message" && !message ? invalid(`${path}.message`, "is required") : null;
};

async function brandIdFor(website: string | undefined, brandId: number | undefined, { api }: Use, key: string) {
  if (brandId !== undefined) return brandId;
  const { brands } = await api.get("/brands", { limit: 100 });
  const wanted = domainOf(website ?? "").domain;
  const known = brands.find(({ domain }: { domain: string }) => domain === wanted);
  return known ? known.id : (await api.post("/brands", { url: website }, `${key}-brand`)).id;
}

export const setUpCampaign = tool({
  name: "set_up_campaign",
  title: "Set up a campaign",
  description:
    "Creates a referral campaign with its rewards: the referrer's reward for friends who sign up, an optional reward for each friend (a two-sided campaign), and rules for purchases. It is a draft unless you ask for `live`; set_campaign_status starts it later. A live campaign gives rewards to real people, so ask the user before you make it live. Call it once: a second call creates a second campaign, unless it has the same `request_id`.",
  input: z.object({
    name: z.string().min(1).max(200),
    website: z.string().max(2000).optional().describe("The brand's website, like acme.com. Required without brand_id."),
    brand_id: id("An existing brand.").optional(),
    status: z.enum(["draft", "live"]).default("draft"),
    currency: z.string().length(3).default("USD"),
    friends_needed: z.number().int().min(1).max(1000).default(1),
    referrer_reward: Gift.describe("The referrer's reward when the required number of friends have signed up."),
    friend_reward: Gift.optional().describe("Each friend's reward for signing up."),
    purchase_rules: z.array(SaleRule).max(10).default([]),
    request_id: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe("Any text of your own. Repeating a call with the same text creates nothing new."),
  }),
  output: z.object({
    campaign: Campaign,
    rules: z.array(Rule),
    next: z.array(z.string()),
    dashboard_url: z.string(),
  }),
  needs: "write",
  repeats: false,
  run: async (args, use) => {
    const { api, origin } = use;
    const { name, website, brand_id, status, currency, friends_needed, referrer_reward, friend_reward } = args;
    if (!website && brand_id === undefined) throw invalid("website", "or brand_id is required");
    const lack =
      lackOf(referrer_reward, "referrer_reward") ??
      (friend_reward && lackOf(friend_reward, "friend_reward")) ??
      args.purchase_rules
        .map((rule, i) => lackOf(rule.reward, `purchase_rules.${i}.reward`, rule.reward.percent))
        .find(Boolean);
    if (lack) throw lack;
    const key = `agent-${args.request_id ?? crypto.randomUUID()}`;
    const brandId = await brandIdFor(website, brand_id, use, key);
    const isShared = friend_reward !== undefined && isSame(referrer_reward, friend_reward);
    const { id: campaign_id } = await api.post(
      "/campaigns",
      {
        name,
        brand_id: brandId,
        // Goes live only after all of its rules exist.
        status: "draft",
        currency,
        num_signups: friends_needed,
        reward_type: KINDS[referrer_reward.kind],
        reward_invited: isShared,
        reward: ownReward(referrer_reward),
      },
      `${key}-campaign`,
    );
    const wanted = [
      ...(friend_reward && !isShared
        ? [{ role: "invited", trigger: "signup", repeat: "once", reward: ruleReward(friend_reward) }]
        : []),
      ...args.purchase_rules.map(({ for: role, reward, ...rule }) => ({
        ...rule,
        role: role === "friend" ? "invited" : "referrer",
        trigger: "conversion",
        reward: {
          ...ruleReward(reward),
          ...(reward.percent !== undefined && { percent: reward.percent }),
          ...(reward.max_amount !== undefined && { max_amount: reward.max_amount }),
        },
      })),
    ];
    for (const [i, rule] of wanted.entries())
      await api.post(`/campaigns/${campaign_id}/rules`, rule, `${key}-rule-${i}`);
    if (status === "live") await api.put(`/campaigns/${campaign_id}`, { status });
    const [campaign, { rules }] = await Promise.all([
      api.get(`/campaigns/${campaign_id}`),
      api.get(`/campaigns/${campaign_id}/rules`),
    ]);
    const givesCoupons = [referrer_reward, friend_reward, ...args.purchase_rules.map(({ reward }) => reward)].some(
      (gift) => gift?.kind === "coupon",
    );
    return {
      campaign,
      rules,
      next: [
        ...(campaign.status === "draft" ? ["Ask the user, then start it with set_campaign_status."] : []),
        ...(givesCoupons ? ["Import coupon codes with import_file. Until then, coupon rewards stay pending."] : []),
        "Get the code for the website with set_up_widget.",
      ],
      dashboard_url: `${origin}/campaigns/${campaign_id}`,
    };
  },
});

export const setCampaignStatus = tool({
  name: "set_campaign_status",
  title: "Start, pause, or resume a campaign",
  description:
    "Starts a draft (`live`), pauses a live campaign, or resumes a paused one (`live`). While it is paused, nobody can sign up, and earned rewards stay. Only people can end and delete campaigns, in the dashboard. Ask the user before you start a campaign.",
  input: z.object({ campaign_id: campaignId, status: z.enum(["live", "paused"]) }),
  output: z.object({ campaign: Campaign }),
  needs: "write",
  repeats: true,
  run: async ({ campaign_id, status }, { api }) => ({
    campaign: await api.put(`/campaigns/${campaign_id}`, { status }),
  }),
});
