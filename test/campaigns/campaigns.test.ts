import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newBrand, newCampaign } from "../support/campaigns";
import { newMember, type TestMember } from "../support/client";

const DAY_MS = 86_400_000;

const setPlan = (memberId: number, planId: number, expiry: number | null) =>
  env.DB.prepare("UPDATE members SET plan_id = ?, plan_expiry = ? WHERE id = ?").bind(planId, expiry, memberId).run();

const rowsOf = async (table: string, campaignId: number) =>
  (await env.DB.prepare(`SELECT * FROM ${table} WHERE campaign_id = ?`).bind(campaignId).all()).results.length;

const campaignCount = async (member: TestMember) => (await member.get("/api/v1/campaigns")).data.pagination.total;

describe("creating a campaign", () => {
  it("needs a name and a brand, and has defaults for the rest", async () => {
    const member = await newMember();
    const brand_id = await newBrand(member);
    const answer = await member.post("/api/v1/campaigns", { name: "Launch", brand_id });
    expect(answer).toMatchObject({
      status: 201,
      data: {
        brand_id,
        url_id: brand_id,
        member_id: member.id,
        name: "Launch",
        type_id: 1,
        goal_type: "signup",
        num_signups: 1,
        num_visits: null,
        reward_type: 1,
        reward_invited: false,
        publish: "private",
        landing_url: null,
        allow_email: false,
        allow_countdown: false,
        countdown_end: null,
      },
    });
    expect(await member.get(`/v1/campaigns/${answer.data.id}`)).toMatchObject({ status: 200, data: answer.data });
  });

  it("stores every field", async () => {
    const member = await newMember();
    const fields = {
      name: "Spring",
      brand_id: await newBrand(member),
      type_id: 3,
      goal_type: "visit",
      num_signups: 4,
      num_visits: 25,
      reward_type: 5,
      reward_invited: true,
      publish: "public",
      landing_url: "https://acme.com/join",
      allow_email: true,
      campaign_entry_subject: "Welcome",
      campaign_entry_message: "Line one\nline two",
      reward_notify_subject: "You won",
      reward_notify_message: "Well done",
      twoway_reward_notify_subject: "You too",
      twoway_reward_notify_message: "Well done as well",
      allow_countdown: true,
      countdown_end: "2030-01-31T12:00:00.000Z",
    };
    expect(await member.post("/api/v1/campaigns", fields)).toMatchObject({ status: 201, data: fields });
  });

  it("accepts the old name of the brand, numeric strings, and null for one signup", async () => {
    const member = await newMember();
    const brand_id = await newBrand(member);
    const body = { name: "Launch", url_id: String(brand_id), num_signups: null, reward_type: "3" };
    expect(await member.post("/api/v1/campaigns", body)).toMatchObject({
      status: 201,
      data: { brand_id, url_id: brand_id, num_signups: 1, reward_type: 3 },
    });
  });

  it("also creates its widget, reward, and counters, with their given values", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member, {
      widget: { header_title: "Hello" },
      reward: { cash_value: 12.5, reward_type: 5 },
    });
    for (const table of ["campaign_widgets", "campaign_rewards", "campaign_stats"])
      expect([table, await rowsOf(table, id)]).toEqual([table, 1]);
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({
      reward_type: 5,
      widget: { campaign_id: id, header_title: "Hello", placement: "embed" },
      reward: { campaign_id: id, reward_type: 5, cash_value: 12.5 },
    });
  });

  it.each([
    [{}, "name"],
    [{ name: "" }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ name: "x", type_id: 5 }, "type_id"],
    [{ name: "x", goal_type: "sale" }, "goal_type"],
    [{ name: "x", num_signups: 0 }, "num_signups"],
    [{ name: "x", reward_type: 99 }, "reward_type"],
    [{ name: "x", publish: "open" }, "publish"],
    [{ name: "x", landing_url: "javascript:alert(1)" }, "landing_url"],
    [{ name: "x", countdown_end: "soon" }, "countdown_end"],
    [{ name: "x", widget: { color: "red" } }, "widget.color"],
    [{ name: "x", reward: { cash_value: -1 } }, "reward.cash_value"],
    [{ name: "x", goal_type: "visit" }, "num_visits"],
    [{ name: "x", goal_type: "visit", num_visits: 0 }, "num_visits"],
    [{ name: "x", brand_id: undefined }, "brand_id"],
    [{ name: "x", brand_id: "7; DROP TABLE campaigns" }, "brand_id"],
  ])("refuses %j", async (fields, path) => {
    const member = await newMember();
    const body = { brand_id: await newBrand(member), ...fields };
    expect(await member.post("/api/v1/campaigns", body)).toMatchObject({
      status: 400,
      code: "invalid_request",
      details: [{ path }],
    });
    expect(await campaignCount(member)).toBe(0);
  });

  it("refuses another member's brand as if it did not exist", async () => {
    const [owner, stranger] = [await newMember(), await newMember()];
    const brand_id = await newBrand(owner);
    for (const id of [brand_id, 987_654_321])
      for (const fields of [{}, { publish: "public" }, { reward_type: 4 }])
        expect(await stranger.post("/api/v1/campaigns", { name: "x", brand_id: id, ...fields })).toMatchObject({
          status: 404,
          code: "not_found",
          error: "No such brand.",
        });
    expect(await campaignCount(stranger)).toBe(0);
  });

  it("succeeds or fails completely while its brand is being deleted", async () => {
    const member = await newMember();
    const brand_id = await newBrand(member);
    const create = () => member.post("/api/v1/campaigns", { name: "x", brand_id });
    const answers = await Promise.all([create(), member.delete(`/api/v1/brands/${brand_id}`), create(), create()]);
    expect(answers[1]?.status).toBe(200);
    for (const { status } of answers) expect([200, 201, 404]).toContain(status);
    expect(await campaignCount(member)).toBe(0);
  });

  it("runs once per Idempotency-Key", async () => {
    const member = await newMember();
    const body = { name: "Launch", brand_id: await newBrand(member) };
    const headers = { "Idempotency-Key": "campaign-1" };
    const first = await member.post("/api/v1/campaigns", body, { headers });
    const again = await member.post("/api/v1/campaigns", body, { headers });
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(await campaignCount(member)).toBe(1);
  });
});

describe("being public", () => {
  it("needs a paid plan that has not expired to start, but not to continue", async () => {
    const member = await newMember({ plan_id: 1 });
    const brand_id = await newBrand(member);
    const refused = { status: 403, code: "paid_plan_required" };
    expect(await member.post("/api/v1/campaigns", { name: "x", brand_id, publish: "public" })).toMatchObject(refused);
    const { id } = (await member.post("/api/v1/campaigns", { name: "x", brand_id })).data;
    const publish = () => member.put(`/api/v1/campaigns/${id}`, { publish: "public" });
    expect(await publish()).toMatchObject(refused);
    await setPlan(member.id, 2, Date.now() - 1000);
    expect(await publish()).toMatchObject(refused);
    await setPlan(member.id, 2, Date.now() + DAY_MS);
    expect(await publish()).toMatchObject({ status: 200, data: { publish: "public" } });

    await setPlan(member.id, 1, null);
    expect(await publish()).toMatchObject({ status: 200, data: { publish: "public" } });
    expect(await member.put(`/api/v1/campaigns/${id}`, { name: "Renamed" })).toMatchObject({
      status: 200,
      data: { name: "Renamed", publish: "public" },
    });
    expect((await member.put(`/api/v1/campaigns/${id}`, { publish: "private" })).status).toBe(200);
    expect(await publish()).toMatchObject(refused);
  });
});

describe("a list of campaigns", () => {
  it("has the account's campaigns, newest first, or one brand's", async () => {
    const [member, stranger] = [await newMember(), await newMember()];
    const [one, two] = [await newBrand(member), await newBrand(member)];
    const create = async (name: string, brand_id: number) =>
      (await member.post("/api/v1/campaigns", { name, brand_id })).data.id;
    const [a, b, c] = [await create("a", one), await create("b", two), await create("c", one)];
    const ids = async (query: string, as = member) =>
      (await as.get(`/api/v1/campaigns${query}`)).data.campaigns.map((campaign: { id: number }) => campaign.id);
    expect(await ids("")).toEqual([c, b, a]);
    expect(await ids(`?brand_id=${one}`)).toEqual([c, a]);
    expect(await ids(`?url_id=${two}`)).toEqual([b]);
    expect(await ids("?limit=1&page=2")).toEqual([b]);
    expect(await ids(`?brand_id=${one}`, stranger)).toEqual([]);
    expect((await stranger.get(`/api/v1/campaigns?brand_id=${one}`)).data.pagination).toEqual({
      page: 1,
      limit: 20,
      total: 0,
      totalPages: 0,
    });
    expect(await member.get("/api/v1/campaigns?brand_id=x")).toMatchObject({ status: 400 });
  });
});

describe("a campaign", () => {
  it("shows all of its settings", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({
      widget: { campaign_id: id, placement: "embed" },
      reward: { campaign_id: id, reward_type: 1, custom_message: null, cash_value: null },
      lander: { campaign_id: id, lander: "default", is_default: true },
      contest: null,
      coupons: { total: 0, available: 0, assigned: 0 },
    });
    await env.DB.prepare("UPDATE campaign_stats SET coupons_total = 5, coupons_available = 2 WHERE campaign_id = ?")
      .bind(id)
      .run();
    await member.put(`/api/v1/campaigns/${id}/contest`, { contest_name: "Draw", end_date: "2031-01-01" });
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({
      contest: { campaign_id: id, contest_name: "Draw", end_date: "2031-01-01T00:00:00.000Z", winners: [] },
      coupons: { total: 5, available: 2, assigned: 3 },
    });
  });

  it("is hidden from other accounts in every operation", async () => {
    const [owner, stranger] = [await newMember(), await newMember()];
    const { id } = await newCampaign(owner);
    const mine = await newBrand(stranger);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["PUT", "", { name: "mine now", widget: { header_title: "x" }, reward: { cash_value: 1 } }],
      ["PUT", "", { brand_id: mine }],
      ["PUT", "", { publish: "public", reward_type: 4 }],
      ["DELETE", "", undefined],
      ["GET", "/stats", undefined],
      ["GET", "/widget", undefined],
      ["PUT", "/widget", { header_title: "x" }],
      ["GET", "/reward", undefined],
      ["PUT", "/reward", { cash_value: 1, reward_type: 5 }],
      ["PUT", "/reward", { reward_type: 4 }],
      ["GET", "/lander", undefined],
      ["PUT", "/lander", { header_title: "x" }],
    ] as const) {
      const theirs = await stranger.call(method, `/api/v1/campaigns/${id}${path}`, body);
      const none = await stranger.call(method, `/api/v1/campaigns/987654321${path}`, body);
      expect([method, path, theirs.status, theirs.text]).toEqual([method, path, 404, none.text]);
    }
    expect((await owner.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({
      name: "Launch",
      reward_type: 1,
      widget: { header_title: "Invite your friends, get rewarded" },
      reward: { cash_value: null },
      lander: { is_default: true },
    });
  });
});

describe("changing a campaign", () => {
  it("accepts any subset, including widget and reward, and null clears", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member, { landing_url: "https://acme.com/a", widget: { color: "#112233" } });
    const change = {
      name: "Renamed",
      landing_url: null,
      widget: { header_title: "New" },
      reward: { custom_message: "Thanks", worth_value: "9.99" },
    };
    const answer = await member.put(`/api/v1/campaigns/${id}`, change);
    expect(answer).toMatchObject({
      status: 200,
      data: {
        name: "Renamed",
        landing_url: null,
        num_signups: 1,
        widget: { header_title: "New", color: "#112233" },
        reward: { custom_message: "Thanks", worth_value: 9.99 },
      },
    });
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toEqual(answer.data);
    expect((await member.put(`/api/v1/campaigns/${id}`, change)).data).toEqual(answer.data);
    expect((await member.put(`/api/v1/campaigns/${id}`, {})).data).toEqual(answer.data);
  });

  it("accepts the response of a read", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member, { publish: "public", goal_type: "visit", num_visits: 3 });
    const { data } = await member.get(`/api/v1/campaigns/${id}`);
    expect(await member.put(`/api/v1/campaigns/${id}`, data)).toMatchObject({ status: 200, data });
  });

  it("checks the resulting goal", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const refused = { status: 400, code: "invalid_request", details: [{ path: "num_visits" }] };
    const put = (body: object) => member.put(`/api/v1/campaigns/${id}`, body);
    expect(await put({ goal_type: "visit", name: "no" })).toMatchObject(refused);
    expect((await put({ num_visits: 5 })).status).toBe(200);
    expect(await put({ goal_type: "visit" })).toMatchObject({
      status: 200,
      data: { goal_type: "visit", name: "Launch" },
    });
    expect(await put({ num_visits: null })).toMatchObject(refused);
    expect(await put({ num_visits: 0 })).toMatchObject(refused);
    expect((await put({ goal_type: "signup", num_visits: null })).status).toBe(200);
  });

  it("never makes the goal unreachable, not even with two concurrent changes", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member, { num_visits: 5 });
    const changes = [{ goal_type: "visit" }, { num_visits: null }];
    const answers = await Promise.all(changes.map((change) => member.put(`/api/v1/campaigns/${id}`, change)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  });

  it("changes nothing if a part is refused", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const before = (await member.get(`/api/v1/campaigns/${id}`)).data;
    const refused = { name: "no", widget: { header_title: "no" }, reward: { cash_value: 1 } };
    for (const reason of [{ goal_type: "visit" }, { brand_id: 987_654_321 }, { widget: { color: "x" } }])
      expect((await member.put(`/api/v1/campaigns/${id}`, { ...refused, ...reason })).status).toBeGreaterThanOrEqual(
        400,
      );
    expect((await member.get(`/api/v1/campaigns/${id}`)).data).toEqual(before);
  });

  it("moves to another brand of the member, but not to another account's", async () => {
    const [member, stranger] = [await newMember(), await newMember()];
    const { id } = await newCampaign(member);
    const [mine, theirs] = [await newBrand(member), await newBrand(stranger)];
    expect(await member.put(`/api/v1/campaigns/${id}`, { brand_id: mine })).toMatchObject({
      status: 200,
      data: { brand_id: mine, url_id: mine },
    });
    expect(await member.put(`/api/v1/campaigns/${id}`, { brand_id: theirs })).toMatchObject({ status: 404 });
    expect((await member.get(`/api/v1/campaigns/${id}`)).data.brand_id).toBe(mine);
  });
});
