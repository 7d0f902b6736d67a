import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentOf } from "../support/agent";
import { someone } from "../support/campaign";
import { call, newDomain, newMember, type TestMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { outside } from "../support/outside";
import { browserOf } from "../support/session";

let world: ReturnType<typeof outside>;
beforeEach(async () => {
  world = outside(Math.max(Date.UTC(2034, 0, 1), (await env.WITNESS.getByName("database").latest()) + 3_600_000));
});
afterEach(() => world.close());

/** The member with a key of test mode in place of their own. */
async function inTestMode(member: TestMember): Promise<TestMember> {
  const made = await member.post("/api/v1/keys", { name: "Test", mode: "test", scopes: ["read", "write"] });
  const { key } = made.data;
  const as: TestMember["call"] = (method, path, body, options = {}) =>
    call(method, path, body, { ...options, headers: { "X-API-Key": key, ...options.headers } });
  return {
    ...member,
    key,
    call: as,
    get: (path, options) => as("GET", path, undefined, options),
    post: (path, body, options) => as("POST", path, body, options),
    put: (path, body, options) => as("PUT", path, body, options),
    patch: (path, body, options) => as("PATCH", path, body, options),
    delete: (path, options) => as("DELETE", path, undefined, options),
  };
}

/** A brand, a campaign with a reward and emails, a webhook, and two people: one referred the other. */
async function story(member: TestMember) {
  const brand = (await member.post("/api/v1/brands", { url: newDomain() })).data;
  const entry = { campaign_entry_subject: "Hello", campaign_entry_message: "You are in.", allow_email: true };
  const campaign = (await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Spring", ...entry })).data;
  await member.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes: ["SAVE-1", "SAVE-2"] });
  const endpoint = await world.endpoint(member);
  const ada = (await member.post("/api/v1/signups", { campaign_id: campaign.id, email: someone(), name: "Ada" })).data;
  const body = { referral_code: ada.referral_code, email: someone(), name: "Grace" };
  const grace = (await member.post("/api/v1/signups/referral", body)).data;
  return { brand, campaign, endpoint, ada, grace, emails: [ada.email, body.email] };
}

const LISTS = ["brands", "campaigns", "participants", "rewards", "webhooks", "conversions", "decisions"];

describe("test mode", () => {
  it("and live mode never see each other, by list, by id, or in numbers", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const [real, trial] = [await story(live), await story(test)];
    for (const [member, other] of [
      [live, trial],
      [test, real],
    ] as const) {
      for (const list of LISTS) {
        const { status, text } = await member.get(`/api/v1/${list}`);
        expect(status, list).toBe(200);
        for (const email of other.emails) expect(text, list).not.toContain(email);
        expect(text, list).not.toContain(other.brand.domain ?? other.brand.url);
      }
      for (const path of [
        `brands/${other.brand.id}`,
        `campaigns/${other.campaign.id}`,
        `campaigns/${other.campaign.id}/stats`,
        `campaigns/${other.campaign.id}/leaderboard`,
        `participants/${other.ada.id}`,
      ])
        expect((await member.get(`/api/v1/${path}`)).status, path).toBe(404);
      const body = { campaign_id: other.campaign.id, email: someone(), name: "N" };
      expect((await member.post("/api/v1/signups", body)).status).toBe(404);
    }
    const usage = async () => (await live.get("/api/v1/brands")).data.pagination.total;
    expect(await usage()).toBe(1);
  });

  it("sends no email, and records it instead; live mode still sends", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const [real, trial] = [await story(live), await story(test)];
    const twin = await env.DB.prepare("SELECT id FROM members WHERE test_of = ?").bind(live.id).first<{ id: number }>();
    expect(await mailroom({ id: twin?.id ?? 0 }).deliver()).toEqual([]);
    expect((await mailroom(live).deliver()).map(({ to }) => JSON.stringify(to)).join()).toContain(real.emails[0]);
    const { results } = await env.DB.prepare(
      "SELECT m.status, m.provider_id, p.email FROM mails m JOIN participants p ON p.id = m.participant_id WHERE m.campaign_id = ?",
    )
      .bind(trial.campaign.id)
      .all<{ status: string; provider_id: string; email: string }>();
    expect(results.length).toBeGreaterThan(0);
    for (const row of results) expect(row).toMatchObject({ status: "sent", provider_id: "test" });
    const ada = await browserOf(live);
    await ada.submit("/test-mode/on");
    const page = await ada.page("/test-mode");
    for (const email of trial.emails.slice(0, 1)) expect(page.text).toContain(email);
    for (const email of real.emails) expect(page.text).not.toContain(email);
    const id = /\/test-mode\/emails\/(\d+)/.exec(page.text)?.[1];
    expect((await ada.page(`/test-mode/emails/${id}`)).text).toContain("You are in.");
    const stranger = await browserOf(await newMember());
    await stranger.submit("/test-mode/on");
    expect((await stranger.page(`/test-mode/emails/${id}`)).status).toBe(404);
  });

  it("notifies its own webhooks only, with livemode: false", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const [real, trial] = [await story(live), await story(test)];
    world.later(3_600_000);
    await world.cron();
    await world.consume();
    const bodies = (endpoint: typeof real.endpoint) => endpoint.received.map(({ body }) => JSON.parse(body));
    expect(new Set(bodies(real.endpoint).map(({ livemode }) => livemode))).toEqual(new Set([true]));
    expect(new Set(bodies(trial.endpoint).map(({ livemode }) => livemode))).toEqual(new Set([false]));
    const campaignsOf = (endpoint: typeof real.endpoint) =>
      new Set(bodies(endpoint).map(({ data }) => data.campaign_id));
    expect(campaignsOf(real.endpoint)).toEqual(new Set([real.campaign.id]));
    expect(campaignsOf(trial.endpoint)).toEqual(new Set([trial.campaign.id]));
  });

  it("keeps an agent with its key away from the real account", async () => {
    const live = await newMember();
    const real = await story(live);
    const agent = agentOf(await inTestMode(live));
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%`member_id`%'",
    ).all<{ name: string }>();
    const rows = async () => {
      const counts = results.map(({ name }) =>
        env.DB.prepare(`SELECT '${name}' of, count(*) n FROM "${name}" WHERE member_id = ?`).bind(live.id),
      );
      return (await env.DB.batch(counts)).map((count) => count.results[0]);
    };
    // The real account's own emails are sent first.
    await mailroom(live).deliver();
    const before = await rows();
    expect(before.length).toBeGreaterThan(20);

    const confirmed = async (tool: string, args: object) => {
      const { data, said } = await agent.use(tool, { ...args });
      expect(data, said).toBeDefined();
      return (await agent.use(tool, { ...args, confirm_token: data.confirm_token })).data.result;
    };
    const of = { campaign_id: real.campaign.id };
    for (const [tool, args] of [
      ["show_campaign", of],
      ["set_campaign_status", { ...of, status: "paused" }],
      ["sign_up_participant", { ...of, email: someone(), name: "N" }],
      ["import_file", { ...of, csv: `email\n${someone()}` }],
      ["export_list", { ...of, kind: "participants" }],
      ["explain_referral", { participant_id: real.ada.id }],
    ] as const)
      expect((await agent.use(tool, args)).said, tool).toContain("not_found");
    const made = await agent.use("set_up_campaign", {
      name: "Rehearsal",
      website: newDomain(),
      status: "live",
      referrer_reward: { kind: "cash", amount: 500 },
    });
    const campaign_id = made.data.campaign.id;
    const ada = (await agent.use("sign_up_participant", { campaign_id, email: someone(), name: "Ada" })).data
      .participant;
    const friend = { campaign_id, email: someone(), name: "Grace", referred_by: ada.id };
    expect((await agent.use("sign_up_participant", friend)).data.attributed).toBe(true);
    const file = { campaign_id, csv: `email\n${someone()}\n`, emails: true, webhooks: true };
    expect((await confirmed("import_file", file)).counts).toEqual({ added: 1 });
    const pay = { action: "pay", reference: "T-1", campaign_id };
    expect((await confirmed("settle_rewards", pay)).payout.paid).toHaveLength(1);
    const { text } = (await agent.use("export_list", { kind: "participants" })).data.beginning;
    expect(text).toContain(ada.referral_code);
    for (const email of real.emails) expect(text).not.toContain(email);

    expect(await rows()).toEqual(before);
    const heard = real.endpoint.received.map(({ body }) => JSON.parse(body).data.campaign_id);
    expect(heard).not.toContain(campaign_id);
    const twin = await env.DB.prepare("SELECT id FROM members WHERE test_of = ?").bind(live.id).first<{ id: number }>();
    expect(await mailroom({ id: twin?.id ?? 0 }).deliver()).toEqual([]);
  });

  it("gives no real coupon, counts providers' test events, and has its own plan", async () => {
    const live = await newMember({ plan_id: 1 });
    const test = await inTestMode(live);
    const { campaign } = await story(test);
    const { coupons } = (await test.get(`/api/v1/campaigns/${campaign.id}/coupons`)).data;
    for (const { code } of coupons) expect(code).toMatch(/^TEST-SAVE-\d$/);
    const input = await test.post(`/api/v1/campaigns/${campaign.id}/inputs`, { kind: "stripe" });
    expect(input.data).toMatchObject({ test_mode: true });
    // The free plan has one brand, and test mode has used its own.
    expect((await live.post("/api/v1/brands", { url: newDomain() })).status).toBe(201);
    expect((await test.post("/api/v1/brands", { url: newDomain() })).code).toBe("brand_limit");
  });

  it("is emptied by one call, which keeps live data and the keys", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const [real, trial] = [await story(live), await story(test)];
    expect(await test.delete("/api/v1/test-data")).toMatchObject({ status: 200, data: { deleted: true } });
    for (const list of ["brands", "campaigns", "webhooks"])
      expect((await test.get(`/api/v1/${list}`)).text, list).toContain("[]");
    expect((await live.get(`/api/v1/participants/${real.ada.id}`)).status).toBe(200);
    const left = await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE campaign_id = ?")
      .bind(trial.campaign.id)
      .first("n");
    expect(left).toBe(0);
    expect((await test.post("/api/v1/brands", { url: newDomain() })).status).toBe(201);
  });

  it("is suspended and deleted with its account", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const { campaign } = await story(test);
    const visitor = () => call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), name: "N" });
    expect((await visitor()).status).toBe(200);
    const operator = { headers: { Authorization: "Bearer test-operator-token" } };
    const suspend = (suspended: boolean) =>
      call("PUT", `/api/v1/operator/members/${live.id}/suspension`, { suspended, reason: "x" }, operator);
    expect((await suspend(true)).status).toBe(200);
    expect((await test.get("/api/v1/brands")).code).toBe("suspended");
    expect((await visitor()).status).not.toBe(200);
    await suspend(false);
    expect((await visitor()).status).toBe(200);
  });

  it("cannot be signed in to: its account has no email and no password", async () => {
    const live = await newMember();
    await inTestMode(live);
    const email = `test:${live.id}`;
    expect((await call("POST", "/api/v1/auth/token", { email, password: "" })).status).toBe(400);
    for (const password of ["none", "x"])
      expect((await call("POST", "/api/v1/auth/token", { email, password })).status).toBe(401);
    await call("POST", "/api/v1/auth/password-reset", { email });
    const { results } = await env.DB.prepare(
      "SELECT m.id FROM mails m JOIN members t ON t.id = m.member_id WHERE t.test_of = ?",
    )
      .bind(live.id)
      .all();
    expect(results).toEqual([]);
  });
});

describe("the dashboard's test mode", () => {
  it("labels its public pages, which search engines exclude", async () => {
    const real = await newMember();
    const pageOf = async (member: TestMember) => {
      const brand = (await member.post("/api/v1/brands", { url: newDomain() })).data;
      const campaign = await member.post("/api/v1/campaigns", {
        brand_id: brand.id,
        name: "Spring",
        publish: "public",
        widget: { language: "nl" },
      });
      return (await call("GET", `/p/${brand.slug}/campaign/${campaign.data.id}`)).text;
    };
    const testing = await pageOf(await inTestMode(real));
    expect(testing).toContain("Testmodus: hier telt niets mee.");
    expect(testing).toContain('<meta name="robots" content="noindex"');
    const live = await pageOf(real);
    expect(live).toContain('lang="nl"');
    expect(live).not.toMatch(/Testmodus|noindex/);
  });

  it("shows a banner on every page, and its own data", async () => {
    const live = await newMember();
    const test = await inTestMode(live);
    const [real, trial] = [await story(live), await story(test)];
    const ada = await browserOf(live);
    const people = async () => (await ada.page("/participants")).text;
    expect(await people()).toContain(real.emails[0]);
    await ada.submit("/test-mode/on");
    for (const path of ["/home", "/participants", "/api-keys", "/team", "/plan"])
      expect((await ada.page(path)).text, path).toContain("test-band");
    expect(await people()).toContain(trial.emails[0]);
    expect(await people()).not.toContain(real.emails[0]);
    expect((await ada.page(`/campaigns/${real.campaign.id}`)).status).toBe(404);
    expect((await ada.page("/team")).text).toContain(live.email);
    await ada.submit("/test-mode/off");
    expect(await people()).not.toContain(trial.emails[0]);
    expect((await ada.page("/home")).text).not.toContain("test-band");
  });
});
