import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign as newCampaignWithPeople, someone } from "../support/campaign";
import { newBrand, newCampaign } from "../support/campaigns";
import { newDomain, newMember } from "../support/client";
import { browserOf, leadsTo } from "../support/session";

const linkBrand = (brandId: number) =>
  env.DB.prepare("UPDATE brands SET in_vnoc = 1, vnoc_id = 7 WHERE id = ?").bind(brandId).run();

describe("a campaign's reward settings", () => {
  it("are stored in dollars, and null clears", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const path = `/api/v1/campaigns/${id}/reward`;
    const settings = {
      reward_type: 5,
      custom_message: "Well <done> & thanks",
      redirect_url: "https://acme.com/gift",
      cash_value: 19.99,
      worth_value: 0.1,
    };
    const answer = await member.put(path, settings);
    expect(answer).toMatchObject({ status: 200, data: { campaign_id: id, ...settings } });
    expect((await member.get(path)).data).toEqual(answer.data);
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({ reward_type: 5, reward: answer.data });
    expect((await member.put(path, settings)).data).toEqual(answer.data);
    expect((await member.put(path, {})).data).toEqual(answer.data);
    expect(await member.put(path, { cash_value: null })).toMatchObject({
      data: { ...settings, cash_value: null },
    });
  });

  it.each([
    [{ cash_value: 1.005 }, "cash_value"],
    [{ cash_value: 1e12 }, "cash_value"],
    [{ redirect_url: "javascript:alert(1)" }, "redirect_url"],
    [{ custom_message: "x".repeat(10_001) }, "custom_message"],
    [{ token_amount: "-1" }, "token_amount"],
    [{ token_amount: 1e30 }, "token_amount"],
    [{ token_chain_id: 0 }, "token_chain_id"],
    [{ reward_type: "cash" }, "reward_type"],
  ])("refuse %j", async (body, path) => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    expect(await member.put(`/api/v1/campaigns/${id}/reward`, body)).toMatchObject({
      status: 400,
      details: [{ path }],
    });
  });
});

describe("token rewards", () => {
  it("are for campaigns of linked brands", async () => {
    const member = await newMember();
    const [linked, plain] = [await newBrand(member), await newBrand(member)];
    await linkBrand(linked);
    const refused = { status: 400, code: "token_not_allowed" };
    const create = (brand_id: number, fields: object) =>
      member.post("/api/v1/campaigns", { name: "x", brand_id, ...fields });
    expect(await create(plain, { reward_type: 4 })).toMatchObject(refused);
    expect(await create(plain, { reward: { token_symbol: "ABC" } })).toMatchObject(refused);
    const onPlain = (await create(plain, {})).data.id;
    const onLinked = (await create(linked, { reward_type: 4 })).data.id;
    expect(await member.put(`/api/v1/campaigns/${onPlain}`, { reward_type: 4 })).toMatchObject(refused);
    expect(await member.put(`/api/v1/campaigns/${onPlain}/reward`, { reward_type: 4 })).toMatchObject(refused);
    expect(await member.put(`/api/v1/campaigns/${onPlain}/reward`, { token_amount: "1" })).toMatchObject(refused);
    expect(await member.put(`/api/v1/campaigns/${onPlain}/reward`, { token_amount: null })).toMatchObject({
      status: 200,
    });
    const token = {
      token_symbol: "ABC",
      token_address: "0xabc",
      token_amount: "0.000000000000000001",
      token_chain_id: 1,
    };
    expect(await member.put(`/api/v1/campaigns/${onLinked}/reward`, token)).toMatchObject({
      status: 200,
      data: { ...token, reward_type: 4 },
    });
    expect(await member.put(`/api/v1/campaigns/${onLinked}`, { brand_id: plain })).toMatchObject(refused);
    expect((await member.get(`/api/v1/campaigns/${onPlain}`)).data).toMatchObject({
      reward_type: 1,
      reward: { token_symbol: null, token_amount: null },
    });
  });

  it("end with the linked domain; earned rewards and campaign settings stay", async () => {
    const campaign = await newCampaignWithPeople();
    const { id, brand, owner } = campaign;
    await linkBrand(brand.id);
    const token = { token_symbol: "ABC", token_amount: "1" };
    await owner.put(`/api/v1/campaigns/${id}`, { reward_type: 4, reward: token });
    const ada = (await campaign.signUp(someone())).data;
    const earned = (await campaign.refer(ada.referral_code, someone())).data.reward;
    expect(earned).toMatchObject({ type: "token", status: "pending", token_symbol: "ABC" });

    const browser = await browserOf(owner);
    const warned = async (page: string) => (await browser.page(page)).text.includes("no longer linked to VNOC");
    const pages = [`/campaigns/${id}`, `/campaigns/${id}/rewards`];
    const seen = () => Promise.all(pages.map(warned));
    const ends = `Changing the domain from ${brand.domain} removes the link`;
    const told = async () => (await browser.page(`/brands/${brand.id}/settings`)).text.includes(ends);
    const change = async (fields: object) => (await owner.put(`/api/v1/brands/${brand.id}`, fields)).data;
    const linked = { in_vnoc: true, vnoc_id: 7 };
    for (const same of [{ url: `http://www.${brand.domain}/shop` }, { slug: `${brand.slug}-x` }, { description: "x" }])
      expect(await change(same)).toMatchObject({ ...linked, domain: brand.domain });
    expect([await seen(), await told()]).toEqual([[false, false], true]);

    const domain = newDomain();
    expect(await change({ url: domain, description: "y" })).toMatchObject({ domain, in_vnoc: false, vnoc_id: null });
    expect([await seen(), await told()]).toEqual([[true, true], false]);
    expect(await campaign.rewards()).toEqual([earned]);
    const grace = (await campaign.signUp(someone())).data;
    const later = (await campaign.refer(grace.referral_code, someone())).data.reward;
    expect(later).toMatchObject({ type: "token", status: "pending", token_symbol: "ABC" });
  });

  it("may stay unchanged after the link ends, but nothing more", async () => {
    const { id, brand, owner } = await newCampaignWithPeople();
    await linkBrand(brand.id);
    const path = `/api/v1/campaigns/${id}`;
    await owner.put(path, { reward_type: 4, reward: { token_symbol: "ABC" } });
    await owner.put(`/api/v1/brands/${brand.id}`, { url: newDomain() });
    const other = await newBrand(owner);
    const refused = { status: 400, code: "token_not_allowed" };
    expect(await owner.put(path, { brand_id: other })).toMatchObject(refused);
    expect(await owner.put(path, { reward: { token_amount: "9" } })).toMatchObject(refused);

    const browser = await browserOf(owner);
    const settings = { name: "Renamed", brand_id: String(brand.id), publish: "public" };
    expect(leadsTo(await browser.submit(`/campaigns/${id}/settings`, settings))).toContain("done=saved");
    const form = (await browser.page(`/campaigns/${id}/rewards`)).text;
    expect(form).toMatch(/name="reward_type" value="4" checked/);
    expect(form).not.toContain('name="reward.token_symbol"');
    expect(leadsTo(await browser.submit(`/campaigns/${id}/rewards`, { reward_type: "4" }))).toContain("done=saved");
    const stays = { name: "Renamed", publish: "public", reward_type: 4, reward: { token_symbol: "ABC" } };
    expect((await owner.get(path)).data).toMatchObject(stays);
    expect((await owner.put(path, { reward_type: 1 })).status).toBe(200);
    expect(await owner.put(path, { reward_type: 4 })).toMatchObject(refused);
  });
});
