import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { participantLinkToken, participantToken } from "../../../src/auth/token";
import { hashOf } from "../../../src/campaigns/identity/identity";
import { runJobs } from "../../../src/cron";
import { factorOf, weighed } from "../../../src/fraud/feedback.ts";
import { CampaignLedger } from "../../../src/ledger/ledger";
import { openDb } from "../../../src/lib/db";
import { settleReviews } from "../../../src/participants/reviews/settle";
import { heldRewards } from "../../../src/participants/reviews/settling-store";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { en } from "../../../src/texts/en/en";
import { agentOf } from "../../support/agent";
import { newCampaign, someCodes, type TestCampaign } from "../../support/campaign";
import { call, newMember } from "../../support/client";
import { brokenPromises } from "../../support/invariants";
import { browserOf, colleagueOf, leadsTo } from "../../support/session";
import { cash, newShop } from "../../support/shop";
import { workOf } from "../../support/work";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const NAMES =
  "olivia liam emma noah amelia oliver sophia elijah isabella mateo ava lucas mia levi evelyn ezra luna asher".split(
    " ",
  );

const SURNAMES = "smith garcia johnson miller davis lopez wilson moore taylor walker young hill green baker".split(" ");

/** A mailbox with a realistic name, because a generated one would be evidence. */
const mailboxOf = (n: number) => `${NAMES[n % NAMES.length]}.${SURNAMES[n % SURNAMES.length]}@gmail.com`;

const FROM_HOME = {
  headers: { "CF-Connecting-IP": "81.2.69.142", "User-Agent": CHROME, "Accept-Language": "en-GB,en;q=0.9" },
};

type From = { address?: string; agent?: string; email?: string };
/** A person signs up in the widget, from home. */
const join = (
  campaign: TestCampaign,
  ref: string | undefined,
  n: number,
  { address = "81.2.69.142", agent = CHROME, email = mailboxOf(n) }: From = {},
) =>
  call(
    "POST",
    "/api/widget/signup",
    { campaign_id: campaign.id, email, ...(ref && { ref }) },
    {
      headers: { "CF-Connecting-IP": address, "User-Agent": agent, "Accept-Language": "en-GB,en;q=0.9" },
    },
  );

/** A cash campaign, and a referrer with friends from one address and device. */
async function faked(friends: number, fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({
    reward_type: 5,
    num_signups: 1,
    reward_invited: true,
    reward: { cash_value: 5 },
    default_emails: [],
    ...fields,
  });
  await campaign.upload(someCodes(2)).catch(() => undefined);
  const root = (await join(campaign, undefined, 0)).data;
  const answers = [];
  for (let n = 1; n <= friends; n++) answers.push(await join(campaign, root.referral_code, n));
  return { campaign, root, answers };
}

const rowOf = async (campaign: TestCampaign, email: string) =>
  (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${encodeURIComponent(email)}`)).data
    .participants[0];

/** The ledger opens reviews of earlier friends after its response. */
const reviewsOf = async (campaign: TestCampaign, min: number, query = "") => {
  let list: { id: number; [field: string]: unknown }[] = [];
  await vi.waitUntil(async () => {
    list = (await campaign.owner.get(`/api/v1/reviews?campaign_id=${campaign.id}&limit=100${query}`)).data.reviews;
    return list.length >= min;
  });
  return list;
};

const job = (now = new Date()) => ({ db: openDb(env.DB, "first-primary"), env, now: () => now });
const MINUTE = 60_000;
/** Six minutes later: settles decisions, and releases rewards. */
async function settle() {
  // One run settles 200 reviews, and a test before may have decided more.
  for (let run = 0; run < 2; run++) await settleReviews(job(new Date(Date.now() + 6 * MINUTE)));
  await releaseRewards(job(new Date(Date.now() + 7 * MINUTE)));
}

describe("an agent", () => {
  it("sees suspicious signups, and decides once the preview is confirmed", async () => {
    const { campaign } = await faked(6);
    await reviewsOf(campaign, 5);
    const agent = agentOf(campaign.owner);
    const { reviews, total } = (await agent.use("list_reviews", { campaign_id: campaign.id })).data;
    expect(total).toBeGreaterThan(4);
    const [{ referrer, participant, reasons, id: review_id }] = reviews;
    expect(referrer.from_participant).toMatchObject({ untrusted: true, email: mailboxOf(0) });
    expect([referrer.id === participant.id, reasons.length > 0]).toEqual([false, true]);
    const args = { review_id, verdict: "deny", scope: "all_of_referrer" };
    const open = async () => (await agent.use("list_reviews", { referrer_id: referrer.id })).data.total;
    const { preview, confirm_token } = (await agent.use("decide_review", args)).data;
    expect(preview).toMatchObject({ verdict: "deny", total });
    expect((await agent.use("decide_review", { ...args, verdict: "approve", confirm_token })).isError).toBe(true);
    expect(await open()).toBe(total);
    const { result } = (await agent.use("decide_review", { ...args, confirm_token })).data;
    expect([result.review.state, await open()]).toEqual(["denied", 0]);
    const back = (await agent.use("decide_review", { ...args, verdict: "reopen" })).data;
    expect(back.preview.total).toBe(total);
  });
});

describe("suspicious friends", () => {
  it("are signed up and credited, and their rewards are held", async () => {
    const { campaign, answers } = await faked(8);
    expect(answers.map(({ status, data }) => [status, data.already_joined])).toEqual(Array(8).fill([200, false]));
    const list = await reviewsOf(campaign, 7);
    expect(list.every(({ state, is_holding }) => state === "open" && is_holding)).toBe(true);
    const [latest] = list as unknown as [{ reasons: { code: string; message: string }[]; score: number }];
    expect(latest.reasons.map(({ code }) => code)).toContain("one_device_here");
    expect(latest.reasons.every(({ message }) => /^[A-Z].*\.$/.test(message))).toBe(true);
    expect(latest.score).toBeGreaterThan(0.5);
    expect((await campaign.stats()).total_referrals).toBe(8);
    const rewards = await campaign.rewards();
    expect(rewards).toHaveLength(9);
    expect(new Set(rewards.map(({ status }: { status: string }) => status))).toEqual(new Set(["held"]));
    expect(await brokenPromises(campaign.id)).toEqual([]);
    const opened = await campaign.events("review.opened");
    expect(opened.map(({ id }) => id).length).toBe(list.length);
    expect(JSON.parse(opened[0]?.data ?? "{}")).toMatchObject({ state: "open", campaign_id: campaign.id });
  });

  it("earn five minutes after the owner approves them, and until then it can be undone", async () => {
    const { campaign } = await faked(7);
    const list = await reviewsOf(campaign, 6);
    const { owner } = campaign;
    const [one] = list;
    const approve = (verdict: string) =>
      owner.post(`/api/v1/reviews/${one?.id}`, { verdict, scope: "all_of_referrer", note: "My team" });
    expect((await approve("approve")).data).toMatchObject({
      state: "approved",
      note: "My team",
      undo_until: expect.any(String),
    });
    expect((await approve("deny")).status).toBe(409);
    expect((await approve("reopen")).data).toMatchObject({ state: "open", undo_until: null });
    await settle();
    expect((await campaign.rewards()).every(({ status }: { status: string }) => status === "held")).toBe(true);
    await approve("approve");
    await settle();
    await settle();
    expect((await reviewsOf(campaign, list.length, "&state=approved")).length).toBe(list.length);
    expect((await campaign.rewards()).map(({ status }: { status: string }) => status)).toEqual(
      Array(8).fill("pending"),
    );
    expect((await approve("reopen")).status).toBe(409);
    expect((await campaign.events("review.decided")).length).toBe(3 * list.length);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("follow the first of two opposite concurrent decisions: the refused one changes nothing", async () => {
    const { campaign } = await faked(7);
    const list = await reviewsOf(campaign, 6);
    const [one, other] = list;
    const decide = (id: number | undefined, verdict: string, scope: string) =>
      campaign.owner.post(`/api/v1/reviews/${id}`, { verdict, scope });
    await decide(other?.id, "approve", "this");
    const [all, only] = await Promise.all([
      decide(one?.id, "deny", "all_of_referrer"),
      decide(one?.id, "approve", "this"),
    ]);
    expect([all.status, only.status].sort()).toEqual([200, 409]);
    const state = all.status === 200 ? "denied" : "approved";
    const now = await campaign.owner.get(`/api/v1/reviews?campaign_id=${campaign.id}&limit=100&state=${state}`);
    const decided = state === "denied" ? list.length - 1 : 2;
    expect(now.data.reviews).toHaveLength(decided);
    expect((await campaign.events("review.decided")).length).toBe(state === "denied" ? list.length : 2);
    // A verdict about all of a referrer whose named review was decided otherwise.
    await decide(one?.id, "reopen", "this");
    await decide(one?.id, "approve", "this");
    const before = (await campaign.events("review.decided")).length;
    expect((await decide(one?.id, "deny", "all_of_referrer")).status).toBe(409);
    expect((await campaign.events("review.decided")).length).toBe(before);
  });

  it("earn nothing after a denial, and an honest friend of the same referrer does", async () => {
    const { campaign, root } = await faked(7);
    const list = await reviewsOf(campaign, 6);
    const honest = await join(campaign, root.referral_code, 11, {
      address: "92.40.1.7",
      agent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    });
    expect(honest.data.reward).toMatchObject({ status: "pending" });
    for (const { id } of list) await campaign.owner.post(`/api/v1/reviews/${id}`, { verdict: "deny" });
    await settle();
    const rewards: { status: string; role: string }[] = await campaign.rewards();
    expect(rewards.filter(({ status }) => status === "revoked")).toHaveLength(
      list.length + (rewards.find(({ role }) => role === "referrer")?.status === "revoked" ? 1 : 0),
    );
    expect(
      rewards.filter(({ status, role }) => status === "pending" && role === "invited").length,
    ).toBeGreaterThanOrEqual(1);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are settled however many rewards other reviews hold", async () => {
    const { campaign } = await faked(7);
    const [, second] = await reviewsOf(campaign, 6);
    await campaign.owner.post(`/api/v1/reviews/${second?.id}`, { verdict: "deny" });
    const db = openDb(env.DB, "first-primary");
    const { results } = await env.DB.prepare("SELECT id FROM participants WHERE campaign_id = ? ORDER BY id")
      .bind(campaign.id)
      .all<{ id: number }>();
    const ids = results.map(({ id }) => id);
    const later = new Date(Date.now() + 6 * MINUTE);
    const [all] = await db.batch([heldRewards(db, ids, 1000, later)]);
    expect(all.map(({ verdict }) => verdict)).toEqual(["denied"]);
    const [one] = await db.batch([heldRewards(db, ids, 1, later)]);
    expect(one).toEqual(all);
  });

  it("are decided by their score if nobody decides", async () => {
    const { campaign } = await faked(8);
    const list = await reviewsOf(campaign, 7);
    await env.DB.prepare("UPDATE reviews SET decides_at = 1 WHERE campaign_id = ?").bind(campaign.id).run();
    await runJobs(env);
    const decided = [
      ...(await reviewsOf(campaign, 0, "&state=approved")),
      ...(await reviewsOf(campaign, 1, "&state=denied")),
    ];
    expect(decided).toHaveLength(list.length);
    for (const { state, score, decided_by } of decided as unknown as {
      state: string;
      score: number;
      decided_by: string;
    }[])
      expect([state, decided_by]).toEqual([score >= 0.8 ? "denied" : "approved", "rule"]);
  });

  it("are only watched, or not checked, if the campaign is set to", async () => {
    for (const [fraud_mode, min] of [
      ["watch", 6],
      ["off", 0],
    ] as const) {
      const { campaign } = await faked(7, { fraud_mode });
      const list = await reviewsOf(campaign, min);
      expect(list.every(({ is_holding }) => is_holding === false)).toBe(true);
      if (fraud_mode === "off") expect(list).toEqual([]);
      expect((await campaign.rewards()).every(({ status }: { status: string }) => status === "pending")).toBe(true);
    }
  });
});

describe("honest friends", () => {
  it("are not held: a family, a server that signs everyone up, and this machine", async () => {
    const family = await faked(3);
    const campaign = await newCampaign({ reward_type: 5, reward_invited: true, reward: { cash_value: 5 } });
    const ada = (await campaign.signUp("ada@example.com")).data;
    for (let n = 0; n < 8; n++)
      await campaign.refer(ada.referral_code, `friend${n}@example.com`, { ip_address: "127.0.0.1" });
    const local = await newCampaign({ reward_type: 5, reward: { cash_value: 5 } });
    const root = (await join(local, undefined, 0, { address: "127.0.0.1" })).data;
    for (let n = 1; n < 9; n++) await join(local, root.referral_code, n, { address: "127.0.0.1" });
    for (const one of [family.campaign, campaign, local]) {
      expect(await reviewsOf(one, 0)).toEqual([]);
      expect((await one.rewards()).every(({ status }: { status: string }) => status === "pending")).toBe(true);
    }
  });
});

describe("a referrer's sales", () => {
  it("are reviewed if their link is opened in hidden frames, and their rewards are held", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    const { campaign, ada, grace } = shop;
    const before = await shop.buy({ participant_id: grace.id }, 1000, { conversion_id: "before" });
    expect(before.data.rewards[0].status).toBe("pending");
    const headers = {
      "User-Agent": CHROME,
      "Sec-Fetch-Dest": "iframe",
      "Sec-Fetch-Mode": "navigate",
      "Sec-Fetch-Site": "cross-site",
    };
    for (let n = 0; n < 3; n++) await call("GET", `/t/${ada.referral_code}`, undefined, { headers });
    const [review] = await reviewsOf(campaign, 1);
    expect(review).toMatchObject({
      about: "sales",
      referrer_id: ada.id,
      participant_id: ada.id,
      reasons: [{ code: "hidden_clicks" }],
    });
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.click_count).toBe(0);
    const after = await shop.buy({ participant_id: grace.id }, 1000, { conversion_id: "after" });
    expect(after.data.rewards[0]).toMatchObject({ status: "held", needs_approval: true });
    const rewards = await campaign.rewards();
    expect(rewards.map(({ status }: { status: string }) => status)).toEqual(["held", "held"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await campaign.owner.post(`/api/v1/reviews/${review?.id}`, { verdict: "deny" });
    await settle();
    expect((await campaign.rewards()).map(({ status }: { status: string }) => status)).toEqual(["revoked", "revoked"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("the page Reviews", () => {
  it("lists the queue by referrer with reasons and money, decides one or all, and undoes it", async () => {
    const { campaign } = await faked(8);
    const list = await reviewsOf(campaign, 7);
    const browser = await browserOf(campaign.owner);
    expect((await browser.page("/home")).text).toContain("waiting for your review");
    const queue = await browser.page(`/reviews?campaign_id=${campaign.id}`);
    for (const text of [
      "Approve all for this referrer",
      "The same device signed up several times",
      // The referrer's reward counts once, however many reviews hold it.
      "9 rewards held, worth $45.00",
      "2 rewards held, worth $10.00",
      'data-review-key="d"',
      'class="trait-network"',
    ])
      expect(queue.text).toContain(text);
    expect(queue.text).toContain(`<span class="menu-count">${list.length}<`);
    const path = `/reviews/${list[0]?.id}`;
    expect(leadsTo(await browser.submit(path, { verdict: "deny", scope: "this", state: "open" }))).toBe(
      `/reviews?state=open&done=review_denied&undo=${list[0]?.id}&scope=this`,
    );
    const after = await browser.page(`/reviews?undo=${list[0]?.id}&scope=this`);
    expect(after.text).toContain("Undo the last decision");
    expect((await browser.page("/reviews?undo=x&scope=y&campaign_id=z&state=w")).status).toBe(200);
    expect((await browser.page("/reviews?state=denied")).text).toContain("Undo");
    await browser.submit(path, { verdict: "reopen", scope: "this", state: "denied" });
    const note = "<b>Their</b> own laptop";
    await browser.submit(path, { verdict: "deny", scope: "this", state: "open", note });
    expect((await browser.page("/reviews?state=denied")).text).toContain("&lt;b&gt;Their&lt;/b&gt; own laptop");
    expect((await browser.submit(path, { verdict: "deny", scope: "this", note: "x".repeat(1001) })).status).toBe(400);
    await browser.submit(path, { verdict: "reopen", scope: "this", state: "denied", note: "" });
    expect((await campaign.owner.get(`/api/v1${path}`)).data).toMatchObject({ state: "open", note });
    await browser.submit(path, { verdict: "approve", scope: "all_of_referrer", state: "open" });
    expect((await browser.page("/reviews")).text).toContain("Nothing to review");
    expect(await reviewsOf(campaign, 1, "&state=approved")).toHaveLength(list.length);
  });
});

it("still works with 2,000 open reviews: a limited page, and a click that decides one and 200 others of its referrer", async () => {
  const { campaign } = await faked(1);
  const { id } = await rowOf(campaign, mailboxOf(0));
  const numbers = JSON.stringify(Array.from({ length: 2000 }, (_, n) => n));
  await env.DB.prepare(
    `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, score, reasons, version, is_holding, event, date_opened)
      SELECT 9000000000 + 2 * (?2 * 10000 + value), ?3, ?2, iif(value < 250, ?1, 7000000000 + value % 9), 4500000000 + ?2 * 10000 + value, 'open', 900, '[]', 2, 1, 'x', 0 FROM json_each(?4)`,
  )
    .bind(id, campaign.id, campaign.owner.id, numbers)
    .run();
  const browser = await browserOf(campaign.owner);
  const work = await workOf(async () => {
    const { text } = await browser.page(`/reviews?campaign_id=${campaign.id}`);
    expect(text).toContain("2,000 open reviews");
    expect(text.match(/<li data-review[ =]/g)).toHaveLength(50);
    expect(text.length).toBeLessThan(150_000);
  });
  expect(work.d1_calls).toBeLessThan(6);
  const [own] = (await campaign.owner.get(`/api/v1/reviews?referrer_id=${id}`)).data.reviews;
  const denied = await browser.submit(`/reviews/${own.id}`, { verdict: "deny", scope: "all_of_referrer" });
  expect(denied.status).toBe(303);
  expect((await campaign.owner.get(`/api/v1/reviews?campaign_id=${campaign.id}`)).data.pagination.total).toBe(
    2000 - 201,
  );
});

describe("allow and block lists", () => {
  it("decide before the score: a block beats an allow, and an allow beats the score", async () => {
    const campaign = await newCampaign({ reward_type: 5, reward_invited: true, reward: { cash_value: 5 } });
    const { owner } = campaign;
    const add = (kind: string, value: string, action: string, more = {}) =>
      owner.post("/api/v1/lists", { kind, value, action, ...more });
    expect((await add("domain", "Bad.Example", "block", { note: "Known" })).data).toMatchObject({
      value: "bad.example",
      note: "Known",
    });
    expect((await add("network", "81.2.69.200/24", "allow")).data.value).toBe("81.2.69.0/24");
    expect((await add("network", "81.0.0.0/8", "block")).status).toBe(400);
    expect((await add("email", "no", "block")).status).toBe(400);
    await add("domain", "over.example", "block", { expires_at: "2020-01-01T00:00:00.000Z" });
    const root = (await join(campaign, undefined, 0)).data;
    for (let n = 1; n < 8; n++) await join(campaign, root.referral_code, n);
    expect(await reviewsOf(campaign, 0, "&state=open")).toEqual([]);
    const allowed = await reviewsOf(campaign, 1, "&state=approved");
    expect(allowed.every(({ decided_by }) => decided_by === "list")).toBe(true);
    // It is within a network that is allowed.
    await join(campaign, root.referral_code, 9, { email: "a@bad.example" });
    await join(campaign, root.referral_code, 10, { email: "a@over.example" });
    const [blocked, ...rest] = await reviewsOf(campaign, 1, "&state=open");
    expect(rest).toEqual([]);
    expect(blocked).toMatchObject({ score: 1, participant: { email: "a@bad.example" } });
    const { data } = await owner.get("/api/v1/lists?kind=domain");
    expect(data.entries.map(({ value }: { value: string }) => value)).toEqual(["over.example", "bad.example"]);
    expect((await owner.delete(`/api/v1/lists/${data.entries[0].id}`)).status).toBe(200);
    expect((await owner.delete(`/api/v1/lists/${data.entries[0].id}`)).status).toBe(404);
    expect((await (await newMember()).get("/api/v1/lists")).data.entries).toEqual([]);
  });
});

describe("a participant whose reward is in review", () => {
  /** The participant's page, and their widget's data. */
  const seenBy = async (campaign: TestCampaign, id: number) => {
    const person = { id, campaign_id: campaign.id };
    const page = await call("GET", `/status/${await participantLinkToken(env, person, new Date())}`);
    const token = await participantToken(env, person, new Date(), { isProven: true });
    const own = await call("GET", "/api/widget/participant", undefined, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const list = /data-list="rewards">(.*?)<template/s.exec(page.text)?.[1] ?? "";
    return { list, api: JSON.stringify(own.data), whys: own.data.rewards.map((reward: { why: string }) => reward.why) };
  };

  it("sees that it is checked, then that it does not count, and never the findings", async () => {
    const { campaign } = await faked(7);
    const list = (await reviewsOf(campaign, 6)) as unknown as {
      participant_id: number;
      reasons: { code: string; message: string }[];
    }[];
    const [review] = list;
    const friend = review?.participant_id ?? 0;
    const before = await seenBy(campaign, friend);
    expect(before.whys).toEqual(["review"]);
    expect(before.list).toContain(en.reward_checking);
    for (const { id } of await reviewsOf(campaign, 6))
      await campaign.owner.post(`/api/v1/reviews/${id}`, { verdict: "deny", note: "One hand" });
    await settle();
    const after = await seenBy(campaign, friend);
    expect(after.whys).toEqual(["not_counted"]);
    expect(after.list).toContain(en.reward_not_counted);
    for (const { api, list: shown } of [before, after])
      for (const secret of [
        ...(review?.reasons ?? []).flatMap(({ code, message }) => [code, message]),
        "One hand",
        "score",
      ])
        expect(api + shown).not.toContain(secret);
  });

  it("sees the same in the form's response and on their page a moment later", async () => {
    const { campaign, root } = await faked(7);
    await reviewsOf(campaign, 6);
    const { data } = await join(campaign, root.referral_code, 8);
    const friend = (await rowOf(campaign, mailboxOf(8))).id;
    expect([data.reward.status, [data.reward.why]]).toEqual(["held", (await seenBy(campaign, friend)).whys]);
    expect(data.reward.why).toBe("review");
  });

  it("sees no trace of the review once they have it, or if the owner revoked it for another reason", async () => {
    const { campaign, root } = await faked(1);
    const [own] = (await campaign.rewards()) as { id: number; participant_id: number }[];
    expect((await seenBy(campaign, own?.participant_id ?? root.id)).whys).toEqual([null]);
    await campaign.owner.patch(`/api/v1/rewards/${own?.id}`, { status: "revoked" });
    expect((await seenBy(campaign, own?.participant_id ?? root.id)).whys).toEqual(["gone"]);
  });
});

describe("lists of one account", () => {
  it("belong to the account", async () => {
    const stranger = await newMember();
    await stranger.post("/api/v1/lists", { kind: "country", value: "GB", action: "block" });
    await stranger.post("/api/v1/lists", { kind: "domain", value: "gmail.com", action: "block" });
    const { campaign } = await faked(1);
    expect(await reviewsOf(campaign, 0)).toEqual([]);
  });

  it("are not applied in campaigns that are off", async () => {
    const campaign = await newCampaign({ fraud_mode: "off" });
    await campaign.owner.post("/api/v1/lists", { kind: "domain", value: "gmail.com", action: "block" });
    const root = (await join(campaign, undefined, 0)).data;
    await join(campaign, root.referral_code, 1);
    expect(await reviewsOf(campaign, 0)).toEqual([]);
  });
});

describe("the page of lists", () => {
  it("adds, finds, pages, and deletes entries, and explains invalid ones", async () => {
    const owner = await newMember();
    const browser = await browserOf(owner);
    expect((await browser.page("/lists")).text).toContain("No entries yet");
    const add = (kind: string, value: string, more: Record<string, string> = {}) =>
      browser.submit("/lists", { kind, value, action: "block", note: "", expires_at: "", ...more });
    expect(leadsTo(await add("domain", "Bad.Example", { note: "Known <farm>" }))).toBe("/lists?done=added");
    await add("referrer", "12", { action: "allow", expires_at: "2020-01-01T00:00" });
    await add("country", "de");
    await add("asn", "as16509");
    const wrong = await add("network", "81.0.0.0/8");
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("Must be an IP address or a network with a prefix of at least /16");
    const { text } = await browser.page("/lists");
    for (const said of [
      "bad.example",
      "Known &lt;farm&gt;",
      "Participant 12",
      "Ended",
      "Germany",
      "AS16509",
      "4 entries",
    ])
      expect(text).toContain(said);
    const found = await browser.page("/lists?q=FARM&kind=domain&action=block");
    expect(found.text).toContain("1 entry");
    expect((await browser.page("/lists?q=nothing&kind=x&page=0")).text).toContain("No matches");
    expect((await browser.page("/lists?new=referrer&value=7")).text).toMatch(/value="7"/);
    const [entry] = (await owner.get("/api/v1/lists?q=farm")).data.entries;
    expect(leadsTo(await browser.submit(`/lists/${entry.id}/delete`, { q: "farm" }))).toBe(
      "/lists?q=farm&done=deleted",
    );
    expect((await owner.get("/api/v1/lists")).data.pagination.total).toBe(3);
    const other = await browserOf(await newMember());
    const [kept] = (await owner.get("/api/v1/lists")).data.entries;
    expect((await other.submit(`/lists/${kept.id}/delete`, {})).status).toBe(404);
    const viewer = await colleagueOf(owner, "viewer");
    expect((await viewer.page("/lists")).text).not.toContain("Add an entry");
    expect((await viewer.submit("/lists", { kind: "country", value: "FR", action: "block" })).status).toBe(403);
  });
});

describe("people's decisions", () => {
  it("move a reason's weight within limits, from its expected share", () => {
    expect(factorOf({ reviewed: 0, confirmed: 0 })).toBe(1);
    expect(factorOf({ reviewed: 10, confirmed: 8 })).toBe(1);
    expect(factorOf({ reviewed: 1000, confirmed: 1000 })).toBe(1.25);
    expect(factorOf({ reviewed: 1000, confirmed: 0 })).toBe(0.5);
    expect([1, 2, 5, 20].map((n) => factorOf({ reviewed: n, confirmed: 0 }))).toEqual([0.91, 0.83, 0.67, 0.5]);
    expect(weighed(0.9, 1.25)).toBe(0.95);
    expect(weighed(0.4, 0.5)).toBe(0.2);
    expect(weighed(1, 1.25)).toBe(1);
  });

  it("are shown for each reason, one per referrer, and affect the next reviews", async () => {
    const { campaign, root } = await faked(8);
    const { owner } = campaign;
    const feedback = async () => (await owner.get(`/api/v1/campaigns/${campaign.id}/fraud`)).data;
    expect(await feedback()).toEqual({ campaign_id: campaign.id, version: 3, reasons: [] });
    const [one] = await reviewsOf(campaign, 7);
    await owner.post(`/api/v1/reviews/${one?.id}`, { verdict: "approve", scope: "all_of_referrer" });
    await settle();
    const { reasons } = await feedback();
    const found = reasons.find(({ code }: { code: string }) => code === "one_device_here");
    expect(found).toMatchObject({
      reviewed: 1,
      confirmed: 0,
      factor: 0.91,
      message: expect.any(String),
      kind: "network",
    });
    const page = await (await browserOf(owner)).page(`/campaigns/${campaign.id}/fraud`);
    expect(page.text).toContain("0 of 1");
    expect(page.text).toContain("× 0.91");
    const before = new Set((await reviewsOf(campaign, 0)).map(({ id }) => id));
    for (let n = 9; n < 12; n++) await join(campaign, root.referral_code, n);
    const next = (await reviewsOf(campaign, 1)).find(({ id }) => !before.has(id)) as unknown as {
      reasons: { code: string; factor: number }[];
    };
    expect(next.reasons.find(({ code }) => code === "one_device_here")?.factor).toBe(0.91);
    expect((await (await newMember()).get(`/api/v1/campaigns/${campaign.id}/fraud`)).status).toBe(404);
  });

  it("set up a veto on the campaign's page, which shows the secret once", async () => {
    const campaign = await newCampaign();
    const browser = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/fraud`;
    const shown = await browser.submit(path, { link: "https://example.com/veto", is_on: "on", ending: "give" });
    expect(shown.text).toContain("whsec_");
    expect((await campaign.owner.get(`/api/v1${path.replace("fraud", "veto")}`)).data).toMatchObject({
      link: "https://example.com/veto",
      is_on: true,
      ending: "give",
    });
    expect(leadsTo(await browser.submit(path, { link: "https://example.com/veto", ending: "hold" }))).toContain(
      "saved",
    );
    expect((await campaign.owner.get(`/api/v1${path.replace("fraud", "veto")}`)).data).toMatchObject({ is_on: false });
    expect((await browser.submit(path, { link: "http://10.0.0.1/", ending: "hold" })).status).toBe(400);
    expect((await browser.submit(`${path}/secret`, {})).text).toContain("whsec_");
  });
});

describe("every entry point", () => {
  const friends = (n: number) => Array.from({ length: n }, (_, i) => mailboxOf(i + 1));

  it("checks the visitors' data of a batch and an upsert, and nothing without it", async () => {
    for (const [ip_address, min] of [
      ["81.2.69.142", 2],
      [undefined, 0],
    ] as const) {
      const { campaign, root } = await faked(0);
      const { owner } = campaign;
      const batch = (emails: string[]) =>
        owner.post("/api/v1/signups/batch", {
          campaign_id: campaign.id,
          signups: emails.map((email) => ({ email, name: "N", referral_code: root.referral_code, ip_address })),
        });
      expect(
        (await batch(friends(10))).data.results.every(({ attributed }: { attributed: boolean }) => attributed),
      ).toBe(true);
      const list = await reviewsOf(campaign, min);
      expect(list.length >= min && (min > 0 || list.length === 0)).toBe(true);
      expect(JSON.stringify(list)).not.toContain("even_pace");
      await owner.post("/api/v1/lists", { kind: "domain", value: "bad.example", action: "block" });
      await batch(["eve@bad.example"]);
      const [blocked] = await reviewsOf(campaign, 1, "&state=open");
      expect(blocked).toMatchObject({ participant: { email: "eve@bad.example" }, score: 1 });
      expect(await brokenPromises(campaign.id)).toEqual([]);
    }
    const { campaign } = await faked(0);
    const arrives = vi.spyOn(CampaignLedger.prototype, "signUp");
    const sent = { campaign_id: campaign.id, email: mailboxOf(40), name: "N", ip_address: "81.2.69.142" };
    expect((await campaign.owner.post("/api/v1/signups?upsert=true", sent)).status).toBe(201);
    expect(arrives.mock.lastCall?.[1]).toMatchObject({ address: "81.2.69.142", network: "81.2.69.0/24" });
    arrives.mockRestore();
  });

  it("checks the browsers of customers identified by a host's server", async () => {
    const { campaign, root } = await faked(0);
    const { secret } = (await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/identity-secret`, {})).data;
    for (const [n, email] of friends(9).entries()) {
      const who = { campaign_id: campaign.id, external_id: `crm-${n}`, email };
      const hash = await hashOf(secret, who, Math.floor(Date.now() / 1000));
      await call("POST", "/api/widget/identify", { ...who, hash, ref: root.referral_code }, FROM_HOME);
    }
    const [latest] = await reviewsOf(campaign, 3);
    expect(JSON.stringify(latest?.reasons)).toContain("one_device_here");
  });

  it("except an import: an existing list is history", async () => {
    const { campaign, root } = await faked(6);
    const before = await reviewsOf(campaign, 1);
    const { email } = (
      await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&limit=100`)
    ).data.participants.find(({ referral_code }: { referral_code: string }) => referral_code === root.referral_code);
    const rows = friends(20)
      .slice(8)
      .map((friend) => ({ email: friend, referred_by: email }));
    const made = await campaign.owner.post("/api/v1/imports", { campaign_id: campaign.id, kind: "participants", rows });
    expect(made.status).toBeLessThan(300);
    await runJobs(env);
    expect((await reviewsOf(campaign, before.length)).length).toBe(before.length);
  });
});

it("costs a referral one call, and a basic signup no extra row", async () => {
  const { campaign, root } = await faked(2);
  expect((await workOf(() => join(campaign, undefined, 12, { address: "92.40.1.8" }))).d1_calls).toBe(1);
  expect((await workOf(() => join(campaign, root.referral_code, 13, { address: "92.40.1.9" }))).d1_calls).toBe(1);
});

it("deletes an erased participant's reviews and hashes", async () => {
  const { campaign } = await faked(8);
  const list = (await reviewsOf(campaign, 7)) as unknown as { id: number; participant_id: number }[];
  const gone = list[0];
  await campaign.owner.post(`/api/v1/reviews/${gone?.id}`, { verdict: "deny", note: "Met them" });
  const { email } = (await campaign.owner.get(`/api/v1/participants/${gone?.participant_id}`)).data;
  const known = (await campaign.owner.post("/api/v1/privacy/access", { email })).data.participants[0];
  expect(known.reviews).toEqual([
    {
      about: "referral",
      state: "denied",
      score: expect.any(Number),
      kinds: expect.arrayContaining(["network"]),
      date_opened: expect.any(String),
      date_decided: expect.any(String),
      decided_by: expect.any(String),
      note: "Met them",
    },
  ]);
  expect(JSON.stringify(known.reviews)).not.toContain("one_device");
  await campaign.owner.delete(`/api/v1/participants/${gone?.participant_id}`);
  // Their referrer's rewards wait for it, so it stays until the decision is applied to them.
  const bare = (await campaign.owner.get(`/api/v1/reviews/${gone?.id}`)).data;
  expect(bare).toMatchObject({ state: "denied", reasons: [], note: null, participant: { name: null, email: null } });
  await settle();
  expect((await campaign.owner.get(`/api/v1/reviews/${gone?.id}`)).status).toBe(404);
  const { runInDurableObject } = await import("cloudflare:test");
  const stub = env.LEDGER.getByName(String(campaign.id));
  const kept = await runInDurableObject(stub, (_, state) =>
    JSON.stringify([...state.storage.kv.list({ prefix: "fraud_" })]),
  );
  expect(kept).not.toContain(`\\"participant\\":${gone?.participant_id}}`);
  expect(kept).not.toMatch(new RegExp(`participant\\\\*":${gone?.participant_id}[,}]`));
  expect(kept).not.toContain("81.2.69");
  expect(kept).not.toContain("gmail");
});
