import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newBrand, newCampaign } from "./support/campaigns";
import { newMember } from "./support/client";

const linkBrand = (brandId: number) => env.DB.prepare("UPDATE brands SET in_vnoc = 1 WHERE id = ?").bind(brandId).run();

describe("a campaign's reward settings", () => {
  it("are what was set, in dollars, and null clears", async () => {
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
});
