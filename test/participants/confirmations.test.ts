import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { deliveriesAbout } from "../../src/dashboard/participants/participant-detail-store";
import type { SignUpItem } from "../../src/ledger/records/item";
import { newEventId } from "../../src/lib/crypto";
import { openDb } from "../../src/lib/db";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { joinedLongAgo, newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";

/** A campaign with double opt-in, where one friend earns both sides a coupon. */
async function careful(fields: Record<string, unknown> = {}, member?: Awaited<ReturnType<typeof newMember>>) {
  const campaign = await newCampaign({ double_opt_in: true, num_signups: 1, reward_invited: true, ...fields }, member);
  await campaign.upload(someCodes(20));
  return campaign;
}

const join = (campaign: { id: number }, more: Record<string, unknown> = {}) =>
  call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), ...more });

const rowOf = async (campaign: TestCampaign, email: string) =>
  (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${encodeURIComponent(email)}`)).data
    .participants[0];

/** A participant who signed up in the widget, and their confirmation. */
async function newcomer(campaign: TestCampaign, more: Record<string, unknown> = {}) {
  const email = someone();
  const joined = await join(campaign, { email, ...more });
  expect(joined.status, joined.text).toBe(200);
  const { id } = await rowOf(campaign, email);
  const path = await linkOf(campaign, id);
  return {
    ...{ id, email, path, joined: joined.data },
    now: () => rowOf(campaign, email),
    confirm: () => call("POST", path),
  };
}

const linkOf = async (campaign: { id: number }, participant_id: number, issued = new Date()) =>
  `/confirm/${await confirmationToken(env, { campaign_id: campaign.id, participant_id }, issued)}`;

const totals = async (campaign: TestCampaign) => {
  const { total_participants, total_referrals, total_rewards_given, rewards_pending } = await campaign.stats();
  return { people: total_participants, referrals: total_referrals, rewards: total_rewards_given + rewards_pending };
};

const mailsTo = async (id: number) =>
  (
    await env.DB.prepare("SELECT kind FROM mails WHERE participant_id = ? ORDER BY id").bind(id).all<{ kind: string }>()
  ).results.map(({ kind }) => kind);

/** A person about to join a group, through the widget or not. */
function arrival(is_visitor: boolean): SignUpItem {
  const [email, at] = [someone(), Date.now()];
  const nothing = {
    referral_url: null,
    external_id: null,
    metadata: null,
    ip_hash: null,
    language: null,
    referrer: null,
    social: null,
  };
  const who = { email, canonical: email, mailbox: email, name: "X", invitation: null, member_id: null, key_hash: null };
  return { kind: "signup", id: newEventId(new Date()), at, origin: "", lenient: true, is_visitor, ...who, ...nothing };
}

/** Invariants of a campaign's rows, whatever happened. */
const expectSound = async (campaign: TestCampaign) => {
  expect(await brokenPromises(campaign.id)).toEqual([]);
  const counted = await env.DB.prepare(
    `SELECT pending_participants = (SELECT count(*) FROM participants p WHERE p.campaign_id = s.campaign_id AND p.status = 'pending') AS pending,
      blocked_participants = (SELECT count(*) FROM participants p WHERE p.campaign_id = s.campaign_id AND p.status = 'blocked') AS blocked
    FROM campaign_stats s WHERE s.campaign_id = ?`,
  )
    .bind(campaign.id)
    .first();
  expect(counted).toEqual({ pending: 1, blocked: 1 });
};

describe("a campaign's double_opt_in", () => {
  it("is off by default, and shown with the campaign", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}`;
    expect((await campaign.owner.get(path)).data.double_opt_in).toBe(false);
    expect((await join(campaign)).data.needs_confirmation).toBe(false);
    expect((await campaign.owner.put(path, { double_opt_in: true })).data.double_opt_in).toBe(true);
    expect((await join(campaign)).data).toMatchObject({ already_joined: false, needs_confirmation: true });
    expect((await campaign.owner.put(path, { double_opt_in: "yes" })).status).toBe(400);
  });
});

describe("a participant who has not confirmed their email", () => {
  it("is pending, and gets the confirmation email", async () => {
    const campaign = await careful();
    const ada = await newcomer(campaign);
    expect(await ada.now()).toMatchObject({ status: "pending" });
    expect(await mailsTo(ada.id)).toEqual(["confirm"]);
    const { leaderboard } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/leaderboard`)).data;
    expect(leaderboard).toEqual([]);
  });

  it("is not credited to anyone, and earns no reward for anyone", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    expect(grace.joined).toMatchObject({ needs_confirmation: true, reward: null });
    expect(await grace.now()).toMatchObject({ invited_by: ada.id, status: "pending" });
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 0, rewards: 0 });
    await expectSound(campaign);
  });

  it("gets the goal's reward, and so does the referrer, as soon as they are admitted", async () => {
    const campaign = await careful();
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/both" });
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    await campaign.refer((await grace.now()).referral_code, someone());
    expect((await call("POST", grace.path)).status).toBe(200);
    expect(await grace.now()).toMatchObject({ status: "active", referral_count: 1 });
    const earned = (await campaign.rewards()).map((reward: { participant_id: number; role: string }) => [
      reward.participant_id,
      reward.role,
    ]);
    expect(earned).toEqual(
      expect.arrayContaining([
        [ada.id, "referrer"],
        [grace.id, "referrer"],
        [grace.id, "invited"],
      ]),
    );
    const told = async ({ id }: { id: number }) =>
      (await deliveriesAbout(openDb(env.DB, "first-primary"), campaign.owner.id, id, 20))
        .map(({ type }) => type)
        .sort();
    expect(await told(ada)).toEqual(["participant.signup", "reward.fulfilled"]);
    expect(await told(grace)).toEqual(["participant.signup", "reward.fulfilled", "reward.fulfilled"]);
    await expectSound(campaign);
  });

  it("is sent to webhooks at once, marked as unconfirmed", async () => {
    const campaign = await careful();
    await newcomer(campaign);
    await campaign.signUp(someone());
    const told = (await campaign.events("participant.signup")).map(({ data }) => JSON.parse(data).needs_confirmation);
    expect(told).toEqual([true, undefined]);
  });

  it("is never one that the owner signs up", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    expect(ada.status).toBe("active");
    const answer = await campaign.refer(ada.referral_code, someone());
    expect(answer.data).toMatchObject({ participant: { status: "active" }, reward: { status: "fulfilled" } });
  });

  it("is not activated by a larger plan, and uses no place of the plan", async () => {
    const owner = await newMember({ plan_id: 1 });
    const campaign = await careful({}, owner);
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 499 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    const waiting = await newcomer(campaign);
    const last = (await campaign.signUp(someone())).data;
    const parked = (await campaign.signUp(someone())).data;
    expect([last.status, parked.status]).toEqual(["active", "pending"]);
    const headers = { Authorization: "Bearer test-operator-token" };
    const plan = { plan_id: 3, plan_expiry: null };
    expect((await call("PUT", `/api/v1/operator/members/${owner.id}/plan`, plan, { headers })).status).toBe(200);
    expect((await rowOf(campaign, parked.email)).status).toBe("active");
    expect((await waiting.now()).status).toBe("pending");
  });

  it("uses no place of the plan, even when others sign up at the same moment", async () => {
    const owner = await newMember({ plan_id: 1 });
    const campaign = await careful({}, owner);
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 499 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    const ledger = env.LEDGER.getByName(String(campaign.id));
    // What arrives while the first is committed is one group, in this order.
    const visitors = Array.from({ length: 6 }, () => ledger.signUp(arrival(true)));
    const last = await ledger.signUp(arrival(false));
    await Promise.all(visitors);
    expect(last).toMatchObject({ ok: true, value: { participant: { status: "active" } } });
  });

  it("gets no token, and neither does the person who typed their email", async () => {
    const campaign = await careful({ allow_email: true });
    const ada = await newcomer(campaign);
    expect(ada.joined).toMatchObject({ needs_confirmation: true, participant_token: null });
    const here = { id: ada.id, campaign_id: campaign.id };
    for (const isProven of [true, false])
      expect(await uses(await participantToken(env, here, new Date(), { isProven }))).toEqual([401, 401, 401]);
    const link = await participantLinkToken(env, here, new Date());
    expect((await call("GET", `/status/${link}`)).status).toBe(404);
  });

  it("gets the email again by signing up again, at most three times a day, with the same response", async () => {
    const campaign = await careful();
    const ada = await newcomer(campaign);
    for (let i = 0; i < 4; i++)
      expect((await join(campaign, { email: ada.email })).data).toEqual({ already_joined: true });
    expect(await mailsTo(ada.id)).toEqual(["confirm", "confirm", "confirm"]);
    expect(await totals(campaign)).toMatchObject({ people: 1 });
  });

  it("can still be attributed to a referrer, which takes effect on confirmation", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign);
    await join(campaign, { email: grace.email, ref: ada.referral_code });
    expect(await grace.now()).toMatchObject({ invited_by: ada.id, status: "pending" });
    expect(await totals(campaign)).toMatchObject({ referrals: 0 });
    await grace.confirm();
    expect(await totals(campaign)).toMatchObject({ referrals: 1, rewards: 2 });
  });

  it("cannot be used to claim an existing participant as a friend", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = (await campaign.signUp(someone())).data;
    await join(campaign, { email: grace.email, ref: ada.referral_code });
    expect(await rowOf(campaign, grace.email)).toMatchObject({ invited_by: null, status: "active" });
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 0, rewards: 0 });
  });

  it("is admitted if the owner chooses to", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    await campaign.owner.patch(`/api/v1/participants/${grace.id}`, { status: "active" });
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 1, rewards: 2 });
    await grace.confirm();
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 1, rewards: 2 });
    await expectSound(campaign);
  });
});

/** Everything that a participant token opens: their numbers with the coupon, shares, and invitations. */
async function uses(token: string) {
  const headers = { Authorization: `Bearer ${token}` };
  const answers = [
    await call("GET", "/api/widget/participant", undefined, { headers }),
    await call("POST", "/api/widget/share", { social_type: 1 }, { headers }),
    await call("POST", "/api/widget/invite", { emails: [someone()] }, { headers }),
  ];
  return answers.map(({ status }) => status);
}

describe("confirming an email", () => {
  it("opens the participant to the mailbox's owner, and to nobody who typed the email before", async () => {
    const campaign = await careful({ allow_email: true });
    const ada = (await campaign.signUp(someone())).data;
    const victim = await newcomer(campaign, { ref: ada.referral_code });
    // A token from before tokens had their source, when a signup's response still contained one.
    const early = await participantToken(env, { id: victim.id, campaign_id: campaign.id }, new Date(), {
      isProven: false,
    });
    const thanks = await victim.confirm();
    const again = await join(campaign, { email: victim.email });
    expect(again.data).toEqual({ already_joined: true });
    expect(await uses(early)).toEqual([401, 401, 401]);

    const [, status = ""] = /href="(\/status\/[^"]+)"/.exec(thanks.text) ?? [];
    const page = await call("GET", status);
    const [, token = ""] = /data-token="([^"]+)"/.exec(page.text) ?? [];
    expect(await uses(token)).toEqual([200, 200, 200]);
    const own = await call("GET", "/api/widget/participant", undefined, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(own.data.rewards).toMatchObject([{ role: "invited", coupon: expect.any(String) }]);
  });

  it("is not required of participants who joined without it: their tokens stay valid", async () => {
    const campaign = await newCampaign({ allow_email: true });
    const { data } = await join(campaign);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { double_opt_in: true });
    expect(await uses(data.participant_token)).toEqual([200, 200, 200]);
  });

  it("activates the participant, credits the referrer, and grants both rewards, once", async () => {
    const campaign = await careful();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { campaign_entry_subject: "Welcome" });
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    expect((await grace.confirm()).status).toBe(200);
    expect(await grace.now()).toMatchObject({ status: "active" });
    expect((await rowOf(campaign, ada.email)).referral_count).toBe(1);
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 1, rewards: 2 });
    expect((await mailsTo(grace.id)).sort()).toEqual(["confirm", "entry", "twoway_reward"]);
    expect((await grace.confirm()).status).toBe(200);
    await Promise.all(Array.from({ length: 5 }, grace.confirm));
    expect(await totals(campaign)).toEqual({ people: 2, referrals: 1, rewards: 2 });
    expect((await mailsTo(grace.id)).sort()).toEqual(["confirm", "entry", "twoway_reward"]);
    await expectSound(campaign);
  });

  it("takes effect once for many concurrent clicks", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const friends = await Promise.all(Array.from({ length: 8 }, () => newcomer(campaign, { ref: ada.referral_code })));
    const answers = await Promise.all(friends.flatMap(({ confirm }) => [confirm(), confirm(), confirm()]));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await totals(campaign)).toEqual({ people: 9, referrals: 8, rewards: 9 });
    await expectSound(campaign);
  });

  it("beyond the plan's limit waits until the plan has room", async () => {
    const owner = await newMember({ plan_id: 1 });
    const campaign = await careful({}, owner);
    const [first, second] = [await newcomer(campaign), await newcomer(campaign)];
    await env.DB.prepare(
      "UPDATE campaign_stats SET total_participants = total_participants + 499 WHERE campaign_id = ?",
    )
      .bind(campaign.id)
      .run();
    await Promise.all([first.confirm(), second.confirm()]);
    const statuses = [(await first.now()).status, (await second.now()).status].sort();
    expect(statuses).toEqual(["active", "pending"]);
    const headers = { Authorization: "Bearer test-operator-token" };
    await call("PUT", `/api/v1/operator/members/${owner.id}/plan`, { plan_id: 3, plan_expiry: null }, { headers });
    expect([(await first.now()).status, (await second.now()).status]).toEqual(["active", "active"]);
  });

  it("does not admit a blocked participant, then or later", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    const become = (status: string) => campaign.owner.patch(`/api/v1/participants/${grace.id}`, { status });
    await become("blocked");
    await grace.confirm();
    expect((await grace.now()).status).toBe("blocked");
    expect(await totals(campaign)).toMatchObject({ referrals: 0, rewards: 0 });
    await become("active");
    expect(await totals(campaign)).toMatchObject({ referrals: 1, rewards: 2 });
    await become("blocked");
    await grace.confirm();
    expect((await grace.now()).status).toBe("blocked");
    await expectSound(campaign);
  });

  it("concurrent with a block credits at most once, and the participant ends up blocked", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const friends = await Promise.all(Array.from({ length: 12 }, () => newcomer(campaign, { ref: ada.referral_code })));
    const block = (id: number) => campaign.owner.patch(`/api/v1/participants/${id}`, { status: "blocked" });
    await Promise.all(
      friends.flatMap(({ id, confirm }, i) => (i % 2 ? [confirm(), block(id)] : [block(id), confirm()])),
    );
    const rows = await Promise.all(friends.map(({ now }) => now()));
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["blocked"]));
    await expectSound(campaign);
    const { referrals } = await totals(campaign);
    expect((await rowOf(campaign, ada.email)).referral_count).toBe(referrals);
    await Promise.all(
      friends.map(({ id }) => campaign.owner.patch(`/api/v1/participants/${id}`, { status: "active" })),
    );
    expect(await totals(campaign)).toMatchObject({ referrals: 12 });
    await expectSound(campaign);
  });

  it("concurrent with an erasure credits at most once, and returns 404 from then on", async () => {
    const campaign = await careful({ reward_type: 5, reward_invited: false });
    const ada = (await campaign.signUp(someone())).data;
    const friends = await Promise.all(Array.from({ length: 8 }, () => newcomer(campaign, { ref: ada.referral_code })));
    const erase = (id: number) => campaign.owner.delete(`/api/v1/participants/${id}`);
    await Promise.all(friends.flatMap(({ id, confirm }) => [confirm(), erase(id), confirm()]));
    const { referrals, people } = await totals(campaign);
    expect(people).toBe(1);
    expect((await rowOf(campaign, ada.email)).referral_count).toBe(referrals);
    const { credited } =
      (await env.DB.prepare(
        "SELECT count(*) AS credited FROM participants WHERE campaign_id = ? AND credit_event IS NOT NULL",
      )
        .bind(campaign.id)
        .first<{ credited: number }>()) ?? {};
    expect(credited).toBe(referrals);
    for (const { confirm, path } of friends)
      expect([(await confirm()).status, (await call("GET", path)).status]).toEqual([404, 404]);
  });

  it("still works after the setting is turned off", async () => {
    const campaign = await careful();
    const ada = await newcomer(campaign);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { double_opt_in: false });
    await ada.confirm();
    expect((await ada.now()).status).toBe("active");
  });
});

describe("the confirmation page", () => {
  it("changes nothing when it is opened, however often", async () => {
    const campaign = await careful();
    const ada = await newcomer(campaign);
    for (const method of ["GET", "GET", "HEAD"]) expect((await call(method, ada.path)).status).toBe(200);
    const { text, headers } = await call("GET", ada.path);
    expect(text).toContain('<form method="post" action="">');
    expect(text).not.toContain(ada.email);
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    expect((await ada.now()).status).toBe("pending");
  });

  it("leads to the participant's own page", async () => {
    const campaign = await careful();
    const ada = await newcomer(campaign);
    const thanks = await ada.confirm();
    const [, status = ""] = /href="(\/status\/[^"]+)"/.exec(thanks.text) ?? [];
    expect((await call("GET", status)).status).toBe(200);
    expect((await call("GET", ada.path)).text).toContain("/status/");
  });

  it("uses the campaign's language, or the browser's without a campaign", async () => {
    const campaign = await careful({ widget: { language: "fr" }, name: "<b>Été</b>" });
    const ada = await newcomer(campaign);
    const { text } = await call("GET", ada.path);
    expect(text).toContain('<html lang="fr"');
    expect(text).toContain("Confirmez votre adresse");
    expect(text).toContain("&lt;b&gt;Été&lt;/b&gt;");
    const gone = await call("GET", "/confirm/x", undefined, { headers: { "Accept-Language": "de-AT,en;q=0.5" } });
    expect(gone).toMatchObject({ status: 404 });
    expect(gone.text).toContain("Dieser Link ist nicht mehr gültig");
  });

  it("opens only with its own link, for a week", async () => {
    const [campaign, other] = [await careful(), await careful()];
    const ada = await newcomer(campaign);
    await joinedLongAgo(ada.id);
    const week = 7 * 86_400_000;
    const ago = (ms: number) => linkOf(campaign, ada.id, new Date(Date.now() - ms));
    const [, good = ""] = ada.path.split("/confirm/");
    const parts = good.split(".");
    const bad = [
      await ago(week + 1),
      await linkOf(other, ada.id),
      await linkOf(campaign, 999_999_999),
      `/confirm/${[parts[0], Number(parts[1]) + 1, ...parts.slice(2)].join(".")}`,
      `/confirm/${parts.slice(0, 3).join(".")}.${"A".repeat(20)}`,
      `/confirm/${good.slice(0, -1)}`,
      `/confirm/${good}A`,
      `/confirm/${ada.joined.referral_code}`,
      `/confirm/${"A".repeat(200)}`,
    ];
    for (const path of bad)
      for (const method of ["GET", "POST"]) expect((await call(method, path)).status, path).toBe(404);
    expect((await ada.now()).status).toBe("pending");
    expect((await call("POST", await ago(week - 60_000))).status).toBe(200);
    expect((await ada.now()).status).toBe("active");
  });

  it("repeats its response for the same request", async () => {
    const campaign = await careful();
    const ada = (await campaign.signUp(someone())).data;
    const grace = await newcomer(campaign, { ref: ada.referral_code });
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    for (let i = 0; i < 2; i++) expect((await call("POST", grace.path, undefined, { headers })).status).toBe(200);
    expect(await totals(campaign)).toMatchObject({ referrals: 1 });
  });
});
