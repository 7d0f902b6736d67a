import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newDomain, newMember } from "../support/client";
import { browserOf } from "../support/session";

const storedRules = async (campaignId: number) =>
  (
    await env.DB.prepare(
      "SELECT * FROM campaign_rules WHERE campaign_id = ? AND date_removed IS NULL ORDER BY position, id",
    )
      .bind(campaignId)
      .all<Record<string, unknown>>()
  ).results;

/** A campaign with something of everything. */
async function original() {
  const campaign = await newCampaign({
    name: "Figs",
    goal_type: "signup",
    num_signups: 3,
    reward_type: 5,
    reward_invited: true,
    publish: "public",
    currency: "EUR",
    landing_url: "https://acme.example/figs",
    allow_email: true,
    campaign_entry_subject: "Hello",
    campaign_entry_message: "You are in.",
    allow_countdown: true,
    countdown_end: "2100-01-01T00:00:00Z",
    double_opt_in: true,
    widget: {
      header_title: "Figs for friends",
      language: "de",
      turnstile_site_key: "0x4AAA",
      turnstile_secret: "0xSECRET",
    },
    reward: { cash_value: 12.5 },
  });
  const { owner, id } = campaign;
  await owner.put(`/api/v1/campaigns/${id}/lander`, { header_title: "A page", template_id: 3 });
  const rule = (percent: number) =>
    owner.post(`/api/v1/campaigns/${id}/rules`, {
      role: "referrer",
      reward: { reward_type: 5, percent },
      budget: 1000,
    });
  await rule(10);
  const gone = (await rule(20)).data;
  await rule(30);
  await owner.delete(`/api/v1/campaigns/${id}/rules/${gone.id}`);
  await campaign.upload(["FIG-1"]);
  await campaign.signUp(someone());
  return campaign;
}

describe("a duplicate", () => {
  it("has the settings, but no participants, codes, or secrets", async () => {
    const campaign = await original();
    const { owner, id } = campaign;
    const detail = async (of: number) => (await owner.get(`/api/v1/campaigns/${of}`)).data;
    const made = await owner.post(`/api/v1/campaigns/${id}/duplicate`, {});
    expect(made).toMatchObject({
      status: 201,
      data: { name: "Figs (copy)", status: "draft", brand_id: campaign.brand.id },
    });
    const [before, copy] = [await detail(id), await detail(made.data.id)];
    const same = ({ id: _, name, status, date_added, coupons, widget, lander, reward, ...rest }: typeof before) => ({
      ...rest,
      lander: { ...lander, campaign_id: 0 },
      reward: { ...reward, campaign_id: 0 },
      widget: { ...widget, campaign_id: 0, turnstile_site_key: null, has_turnstile_secret: false },
    });
    expect(same(copy)).toEqual(same(before));
    expect(before.widget).toMatchObject({ turnstile_site_key: "0x4AAA", has_turnstile_secret: true });
    expect(copy.widget).toMatchObject({ turnstile_site_key: null, has_turnstile_secret: false });
    expect(copy.coupons).toEqual({ total: 0, available: 0, assigned: 0 });
    expect((await owner.get(`/api/v1/campaigns/${copy.id}/stats`)).data.total_participants).toBe(0);
    const values = (rules: Record<string, unknown>[]) =>
      rules.map(({ id: _, campaign_id, date_added, ...rule }) => rule);
    const [rules, copied] = [await storedRules(id), await storedRules(copy.id)];
    expect(rules).toHaveLength(2);
    expect(values(copied)).toEqual(values(rules));
    expect(copied.map((rule) => rule.id)).toEqual([copy.id * 1024 + 2, copy.id * 1024 + 3]);
    const stored = await env.DB.prepare("SELECT settings FROM campaign_widgets WHERE campaign_id = ?")
      .bind(copy.id)
      .first<{ settings: string }>();
    expect(stored?.settings).not.toContain("turnstile");
    expect(
      (
        await owner.post(`/api/v1/campaigns/${copy.id}/rules`, {
          role: "referrer",
          reward: { reward_type: 5, percent: 5 },
        })
      ).status,
    ).toBe(201);
  });

  it("can belong to another brand of the same member only, without the brand's own page", async () => {
    const { owner, id } = await original();
    const duplicate = (fields: unknown, by = owner) => by.post(`/api/v1/campaigns/${id}/duplicate`, fields);
    const brand = (await owner.post("/api/v1/brands", { url: newDomain() })).data;
    const made = await duplicate({ brand_id: brand.id, name: "Dates", status: "live" });
    expect(made.data).toMatchObject({ brand_id: brand.id, name: "Dates", status: "live", landing_url: null });
    const other = await newCampaign();
    expect(await duplicate({ brand_id: other.brand.id })).toMatchObject({ status: 404, error: "No such brand." });
    expect(await duplicate({}, other.owner)).toMatchObject({ status: 404, error: "No such campaign." });
    expect((await duplicate({ name: "" })).status).toBe(400);
    expect((await duplicate({ status: "archived" })).status).toBe(400);
    expect((await owner.get("/api/v1/campaigns")).data.pagination.total).toBe(2);
  });

  it("of a public campaign needs a plan for public campaigns", async () => {
    const { owner, id } = await newCampaign({ publish: "public" });
    await env.DB.prepare("UPDATE members SET plan_id = 1 WHERE id = ?").bind(owner.id).run();
    expect(await owner.post(`/api/v1/campaigns/${id}/duplicate`, {})).toMatchObject({
      status: 403,
      code: "paid_plan_required",
    });
  });

  it("keeps its name within the limit, and is created by a button in the dashboard", async () => {
    const member = await newMember();
    const { id, brand } = await newCampaign({ name: "x".repeat(200) }, member);
    const made = await member.post(`/api/v1/campaigns/${id}/duplicate`, {});
    expect(made.data.name).toHaveLength(200);
    const { submit } = await browserOf(member);
    const sent = await submit(`/campaigns/${id}/duplicate`, {
      "copy.name": "From the dashboard",
      "copy.brand_id": brand.id,
    });
    expect(sent.headers.get("Location")).toMatch(/^\/campaigns\/\d+\/settings\?done=created$/);
    const { campaigns } = (await member.get("/api/v1/campaigns")).data;
    expect(campaigns[0]).toMatchObject({ name: "From the dashboard", status: "draft" });
    expect((await submit(`/campaigns/${id}/duplicate`, { "copy.name": "", "copy.brand_id": brand.id })).status).toBe(
      400,
    );
  });
});
