import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";
import { outside } from "../support/outside";
import { browser, colleagueOf, leadsTo, signedIn } from "../support/session";

const OPERATOR = { headers: { Authorization: "Bearer test-operator-token" } };
const suspend = (what: string, id: number | string, suspended = true, reason: string | null = "Phishing") =>
  call("PUT", `/api/v1/operator/${what}/${id}/suspension`, { suspended, reason }, OPERATOR);
const audited = (account: number) =>
  env.DB.prepare("SELECT action, via FROM audit_entries WHERE account_id = ? AND via = 'operator'").bind(account).all();

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (c) => c.charCodeAt(0),
);

/** An account with everything that a visitor, an integration, and a colleague can use. */
async function account() {
  const ada = await signedIn();
  const campaign = await newCampaign({ publish: "public", campaign_entry_subject: "Hi" }, ada.member);
  const { data: person } = await call("POST", "/api/widget/signup", {
    campaign_id: campaign.id,
    email: someone(),
    name: "Grace",
  });
  const colleague = await colleagueOf(ada.member, "editor");
  const uploaded = await ada.submit(
    "/images",
    { file: new File([PNG], "a.png", { type: "image/png" }) },
    {
      headers: { Accept: "application/json" },
    },
  );
  const image = new URL(JSON.parse(uploaded.text).url).pathname;
  const token = { headers: { Authorization: `Bearer ${person.participant_token}` } };
  /** Each entry point's status or redirect. */
  const doors = async () => {
    const share = new URL(person.share_url).pathname;
    const asked = {
      key: await ada.member.get("/api/v1/brands"),
      signup: await ada.member.post("/api/v1/signups", { campaign_id: campaign.id, email: someone(), name: "N" }),
      session: await ada.page("/home"),
      colleague: await colleague.page(`/campaigns/${campaign.id}`),
      config: await call("GET", `/api/widget/config?campaign_id=${campaign.id}`),
      join: await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), name: "N" }),
      me: await call("GET", "/api/widget/participant", undefined, token),
      frame: await call("GET", `/widget/${campaign.id}/embed`),
      page: await call("GET", `/p/${campaign.brand.slug}/campaign/${campaign.id}`),
      brand: await call("GET", `/p/${campaign.brand.slug}`),
      lander: await call("GET", `/api/v1/lander?campaign_id=${campaign.id}`),
      link: await call("GET", share),
      image: await call("GET", image),
    };
    return Object.fromEntries(
      Object.entries(asked).map(([door, { status, headers }]) => [
        door,
        status === 302 || status === 303
          ? new URL(headers.get("Location") ?? "", "https://referrals.test").pathname
          : status,
      ]),
    );
  };
  return { ada, campaign, person, colleague, image, doors };
}

const OPEN = {
  key: 200,
  signup: 201,
  session: 200,
  colleague: 200,
  config: 200,
  join: 200,
  me: 200,
  frame: 200,
  page: 200,
  brand: 200,
  lander: 200,
  image: 200,
};

describe("a suspended member", () => {
  it("loses all access with the next request, and regains it after the suspension", async () => {
    const { ada, campaign, doors } = await account();
    const before = await doors();
    expect(before).toMatchObject(OPEN);
    const people = async () =>
      (await env.DB.prepare("SELECT count(*) AS n FROM participants WHERE campaign_id = ?")
        .bind(campaign.id)
        .first("n")) ?? 0;
    const joined = await people();
    expect((await suspend("members", ada.member.id)).data.reason).toBe("Phishing");
    expect(await doors()).toEqual({
      key: 403,
      signup: 403,
      session: "/sign-in",
      colleague: "/home",
      config: 404,
      join: 403,
      me: 401,
      frame: 404,
      page: 404,
      brand: 404,
      lander: 404,
      link: "/",
      image: 404,
    });
    expect((await ada.member.get("/api/v1/brands")).code).toBe("suspended");
    expect(await people()).toBe(joined);
    const { results } = await audited(ada.member.id);
    expect(results).toEqual([{ action: "Suspended the account: Phishing", via: "operator" }]);
    expect((await suspend("members", ada.member.id, false)).data).toEqual({ suspended_at: null, reason: null });
    const again = await doors();
    // The session that was turned away is over; its owner signs in again.
    expect(again).toEqual({ ...before, session: again.session, colleague: again.colleague });
    expect((await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`)).status).toBe(200);
  });

  it("cannot sign in, and none of their tokens works", async () => {
    const email = someone();
    const credentials = { email, password: "correct horse battery" };
    const { data } = await call("POST", "/api/v1/members", { ...credentials, name: "Eve" });
    const { token } = (await call("POST", "/api/v1/auth/token", credentials)).data;
    await suspend("members", data.id);
    expect((await call("POST", "/api/v1/auth/token", credentials)).code).toBe("suspended");
    const wrong = await call("POST", "/api/v1/auth/token", { ...credentials, password: "something else" });
    expect(wrong.code).toBe("unauthenticated");
    const bearer = { headers: { Authorization: `Bearer ${token}` } };
    expect((await call("GET", "/api/v1/members/profile", undefined, bearer)).code).toBe("suspended");
    const page = await browser().submit("/sign-in", credentials);
    expect(page.status).toBe(400);
    expect(page.headers.getSetCookie().join()).not.toContain("__Host-session");
    expect(page.text).toContain("This account or brand is suspended");
  });

  it("sends no email and no webhook until the suspension ends", async () => {
    const world = outside();
    try {
      const { ada, campaign } = await account();
      const endpoint = await world.endpoint(ada.member);
      await campaign.signUp(someone());
      const room = mailroom(ada.member);
      await suspend("members", ada.member.id);
      expect(await room.deliver()).toEqual([]);
      expect((await room.rows()).map(({ status }) => status)).toContain("pending");
      // By then, the signup's own message no longer counts as on its way.
      world.later(120_000);
      await world.cron();
      await world.consume();
      expect(endpoint.received).toEqual([]);
      await suspend("members", ada.member.id, false);
      expect((await room.deliver()).length).toBeGreaterThan(0);
      world.later(3_700_000);
      await world.cron();
      await world.consume();
      expect(endpoint.received.length).toBeGreaterThan(0);
    } finally {
      world.close();
    }
  });
});

describe("a suspended brand", () => {
  it("stops with its campaigns, accepts no new ones, and does not affect the rest of the account", async () => {
    const { ada, campaign, doors } = await account();
    const other = await newCampaign({ publish: "public" }, ada.member);
    await suspend("brands", campaign.brand.id);
    expect(await doors()).toMatchObject({
      key: 200,
      signup: 403,
      join: 403,
      page: 404,
      brand: 404,
      link: "/",
      image: 200,
    });
    expect((await call("GET", `/api/widget/config?campaign_id=${other.id}`)).status).toBe(200);
    const add = () => ada.member.post("/api/v1/campaigns", { brand_id: campaign.brand.id, name: "New" });
    expect((await add()).status).toBe(404);
    const move = { brand_id: other.brand.id };
    expect((await ada.member.put(`/api/v1/campaigns/${campaign.id}`, move)).status).toBe(200);
    expect((await doors()).config).toBe(404);
    expect((await ada.member.get(`/api/v1/brands/${campaign.brand.id}`)).data.sending.reason).toBe("brand_suspended");
    await suspend("brands", campaign.brand.id, false);
    expect((await add()).status).toBe(201);
  });

  it("stays suspended while its member is", async () => {
    const { ada, campaign, doors } = await account();
    await suspend("brands", campaign.brand.id);
    await suspend("members", ada.member.id);
    await suspend("members", ada.member.id, false);
    expect((await doors()).config).toBe(404);
    await suspend("brands", campaign.brand.id, false);
    expect((await doors()).config).toBe(200);
  });
});

describe("a suspended image", () => {
  it("is hidden, and others of the account are shown", async () => {
    const { doors, image, ada } = await account();
    const key = image.split("/").at(-1) ?? "";
    expect((await suspend("images", key)).status).toBe(200);
    expect(await doors()).toMatchObject({ ...OPEN, image: 404 });
    expect((await audited(ada.member.id)).results).toHaveLength(1);
    await suspend("images", key, false);
    expect((await doors()).image).toBe(200);
  });
});

describe("the operator", () => {
  it("suspends with a form and a reason, and sees it", async () => {
    const { ada, campaign, doors } = await account();
    const opened = browser();
    await opened.submit("/operator/sign-in", { token: "test-operator-token" });
    const paths = [`/operator/members/${ada.member.id}`, `/operator/brands/${campaign.brand.id}`];
    for (const path of paths) {
      const form = { "@flags": "suspended", suspended: "on", reason: "Reported by Bob" };
      expect(leadsTo(await opened.submit(`${path}/suspension`, form))).toBe(`${path}?done=suspended`);
      expect((await opened.page(path)).text).toContain("Reported by Bob");
      expect((await opened.submit(`${path}/suspension`, { ...form, reason: "x".repeat(501) })).status).toBe(400);
      expect((await doors()).config).toBe(404);
      expect(leadsTo(await opened.submit(`${path}/suspension`, { "@flags": "suspended" }))).toBe(`${path}?done=lifted`);
      expect((await doors()).config).toBe(200);
    }
  });

  it("gets 404 for missing items, and others get 401", async () => {
    for (const [what, id] of [
      ["members", 999_999],
      ["brands", 999_999],
      ["images", `${"a".repeat(22)}.png`],
    ] as const) {
      expect((await suspend(what, id)).status).toBe(404);
      const path = `/api/v1/operator/${what}/${id}/suspension`;
      expect((await call("PUT", path, { suspended: true })).status).toBe(401);
    }
  });

  it("sees what each member sends", async () => {
    const { ada, campaign } = await account();
    await mailroom(ada.member).deliver();
    const { data } = await call("GET", "/api/v1/operator/senders", undefined, OPERATOR);
    expect(data.senders).toContainEqual(
      expect.objectContaining({
        member_id: ada.member.id,
        mails_today: 1,
        mails: 1,
        domains: [{ domain: campaign.brand.domain, is_proven: true }],
        subjects: ["Hi"],
      }),
    );
    const opened = browser();
    await opened.submit("/operator/sign-in", { token: "test-operator-token" });
    const page = await opened.page("/operator/senders");
    for (const text of [ada.member.email, campaign.brand.domain]) expect(page.text).toContain(text);
  });
});
