import { describe, expect, it } from "vitest";
import costs from "../../docs/costs.md?raw";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { populate } from "../support/population";
import { type Work, workOf } from "../support/work";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A populated campaign with coupons, both rewards, and this many endpoints. */
async function aCampaign(
  people: number,
  { endpoints = 0, ...fields }: { endpoints?: number; [field: string]: unknown } = {},
) {
  const quiet = { reward_type: 1, num_signups: 1, reward_invited: true, default_emails: [] };
  const campaign = await newCampaign({ ...quiet, ...fields });
  await campaign.upload(someCodes(50));
  await populate(campaign, people);
  for (let i = 0; i < endpoints; i++)
    await campaign.owner.post("/api/v1/webhooks", { link: `https://hooks.example.com/${i}` });
  return campaign;
}

type Operation = [name: string, budget: Work, run: (people: number) => Promise<Work>];

const budget = (d1_calls: number, rows_read: number, rows_written: number): Work => ({
  d1_calls,
  rows_read,
  rows_written,
});

const read = (path: (campaign: TestCampaign) => string) => async (people: number) => {
  const campaign = await aCampaign(people);
  return workOf(() => campaign.owner.get(path(campaign)));
};

const cash = { reward_type: 5, amount: 500 };

/** A friend's second purchase under a rule. */
const sale = (rule: Record<string, unknown>) => async (people: number) => {
  const campaign = await aCampaign(people);
  await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, { role: "referrer", ...rule });
  const { referral_code } = (await campaign.signUp(someone())).data;
  const { participant } = (await campaign.refer(referral_code, someone())).data;
  const sold = { campaign_id: campaign.id, participant_id: participant.id, amount: 4999 };
  const convert = (conversion_id: string) => campaign.owner.post("/api/v1/conversions", { ...sold, conversion_id });
  await convert("order-1");
  return workOf(async () => expect((await convert("order-2")).data.rewards).toHaveLength(1));
};

/** The limit of each hot operation. docs/costs.md has the measurements. */
const operations: Operation[] = [
  [
    "Signup, basic",
    budget(1, 70, 8),
    async (people) => {
      const campaign = await aCampaign(people);
      await campaign.signUp(someone());
      return workOf(() => campaign.signUp(someone()));
    },
  ],
  [
    "Signup, basic, one webhook",
    budget(1, 90, 11),
    async (people) => {
      const campaign = await aCampaign(people, { endpoints: 1 });
      await campaign.signUp(someone());
      return workOf(() => campaign.signUp(someone()));
    },
  ],
  [
    "Signup, basic, with an `Idempotency-Key`",
    budget(4, 75, 14),
    async (people) => {
      const campaign = await aCampaign(people);
      await campaign.signUp(someone());
      const body = { campaign_id: campaign.id, email: someone(), name: "Ada" };
      const headers = { "Idempotency-Key": crypto.randomUUID() };
      return workOf(() => campaign.owner.post("/api/v1/signups", body, { headers }));
    },
  ],
  [
    "Signup, already joined",
    budget(1, 40, 0),
    async (people) => {
      const campaign = await aCampaign(people);
      const email = someone();
      await campaign.signUp(email);
      return workOf(() => campaign.signUp(email));
    },
  ],
  [
    "Referral signup, both rewards with coupons, three deliveries",
    budget(1, 450, 42),
    async (people) => {
      const campaign = await aCampaign(people, { endpoints: 1 });
      const ada = (await campaign.signUp(someone())).data;
      return workOf(() => campaign.refer(ada.referral_code, someone()));
    },
  ],
  ["Conversion, one cash reward", budget(1, 300, 13), sale({ reward: { reward_type: 5, percent: 10 } })],
  ["Conversion, one cash reward, held", budget(1, 300, 14), sale({ reward: cash, hold_days: 14 })],
  ["Conversion, one coupon", budget(1, 325, 14), sale({ reward: { reward_type: 1 } })],
  [
    "Conversion, one coupon, held, and to be approved",
    budget(1, 325, 14),
    sale({ reward: { reward_type: 1 }, needs_approval: true }),
  ],
  ["Conversion, one cash reward, with a cap", budget(1, 300, 14), sale({ reward: cash, max_per_month: 100 })],
  [
    "Conversion, one cash reward, held, with a cap",
    budget(1, 300, 15),
    sale({ reward: cash, hold_days: 14, max_per_month: 100 }),
  ],
  ["Conversion, one coupon, with a cap", budget(1, 325, 15), sale({ reward: { reward_type: 1 }, max_per_month: 100 })],
  [
    "Widget signup",
    budget(1, 70, 8),
    async (people) => {
      const campaign = await aCampaign(people);
      const join = () => call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone() });
      // The first in a minute looks up the campaign's form.
      await join();
      return workOf(join);
    },
  ],
  [
    "Widget signup, with our welcome email",
    budget(1, 90, 12),
    async (people) => {
      const campaign = await aCampaign(people, { default_emails: ["entry"] });
      const join = () => call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone() });
      await join();
      return workOf(join);
    },
  ],
  [
    "Click on a share link",
    budget(2, 300, 11),
    async (people) => {
      const campaign = await aCampaign(people);
      const ada = (await campaign.signUp(someone())).data;
      return workOf(() => call("GET", `/t/${ada.referral_code}`, undefined, { headers: { "User-Agent": CHROME } }));
    },
  ],
  ["Campaign stats", budget(2, 40, 0), read((c) => `/api/v1/campaigns/${c.id}/stats`)],
  ["Brand stats", budget(2, 20, 0), read((c) => `/api/v1/brands/${c.brand.id}/stats`)],
  ["Participants, a page of 20", budget(2, 130, 0), read((c) => `/api/v1/participants?campaign_id=${c.id}`)],
  ["Participants of the account, a page of 20", budget(2, 130, 0), read(() => "/api/v1/participants")],
  [
    "Participant by email",
    budget(2, 20, 0),
    read((c) => `/api/v1/participants?campaign_id=${c.id}&email=seed-7@example.com`),
  ],
  ["Leaderboard, a page of 10", budget(2, 40, 0), read((c) => `/api/v1/campaigns/${c.id}/leaderboard?limit=10`)],
  ["Zapier poll", budget(2, 60, 0), read(() => "/api/v1/zapier/contacts?limit=20")],
  [
    "Lander JSON, uncached",
    budget(1, 10, 0),
    async (people) => {
      const campaign = await aCampaign(people, { publish: "public" });
      return workOf(() => call("GET", `/api/v1/lander?campaign_id=${campaign.id}`));
    },
  ],
  [
    "Lander JSON, cached",
    budget(0, 0, 0),
    async (people) => {
      const campaign = await aCampaign(people, { publish: "public" });
      await call("GET", `/api/v1/lander?campaign_id=${campaign.id}`);
      return workOf(() => call("GET", `/api/v1/lander?campaign_id=${campaign.id}`));
    },
  ],
  [
    "Widget configuration, cached",
    budget(0, 0, 0),
    async (people) => {
      const campaign = await aCampaign(people);
      await call("GET", `/api/widget/config?campaign_id=${campaign.id}`);
      return workOf(() => call("GET", `/api/widget/config?campaign_id=${campaign.id}`));
    },
  ],
];

const SMALL = 1_000;
const LARGE = 20_000;
/** Tolerance: a page of fewer people is shorter, or the histogram has another score. */
const ROWS_READ_SLACK = 10;

const rows: string[] = [];

describe("the cost of an operation", () => {
  it.each(operations)("%s stays within its budget, whatever the number of participants", async (name, bound, run) => {
    const few = await run(SMALL);
    const many = await run(LARGE);
    rows.push(`| ${name} | ${many.d1_calls} | ${many.rows_read} | ${many.rows_written} |`);
    for (const measured of [few, many]) {
      expect(measured.d1_calls).toBeLessThanOrEqual(bound.d1_calls);
      expect(measured.rows_written).toBeLessThanOrEqual(bound.rows_written);
      expect(measured.rows_read).toBeLessThanOrEqual(bound.rows_read);
    }
    expect(many.rows_written).toBe(few.rows_written);
    expect(many.rows_read - few.rows_read).toBeLessThanOrEqual(ROWS_READ_SLACK);
  });

  it("matches docs/costs.md", () => {
    const table = ["| operation | D1 calls | rows read | rows written |", "|---|---|---|---|", ...rows].join("\n");
    console.info(table);
    expect(costs).toContain(table);
  });
});
