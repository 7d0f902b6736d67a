import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { scoreProven } from "../../../src/fraud/proof";
import { reasons } from "../../../src/fraud/reasons";
import { openDb } from "../../../src/lib/db";
import { confirmationToken } from "../../../src/participants/confirmations/confirmation-link";
import { settleReviews } from "../../../src/participants/reviews/settle";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { en } from "../../../src/texts/en/en";
import { newCampaign, type TestCampaign } from "../../support/campaign";
import { call } from "../../support/client";
import { brokenPromises } from "../../support/invariants";
import { browserOf } from "../../support/session";

/** Each friend has their own address and browser, but all addresses belong to a VPN. */
const ofVpn = (n: number) => ({
  headers: {
    "CF-Connecting-IP": `81.${n}.69.142`,
    "User-Agent": `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/13${n}.0.0.0 Safari/537.36`,
    "Accept-Language": "en-GB,en;q=0.9",
  },
  cf: { asn: 9009 },
});
const NAMES =
  "olivia.smith liam.garcia emma.jones noah.davis amelia.wilson oliver.moore sophia.hill elijah.green mia.young".split(
    " ",
  );
const join = (campaign: TestCampaign, n: number, ref?: string) =>
  call(
    "POST",
    "/api/widget/signup",
    { campaign_id: campaign.id, email: `${NAMES[n]}@gmail.com`, ...(ref && { ref }) },
    ofVpn(n),
  );

type Review = {
  id: number;
  state: string;
  proof: string | null;
  score: number;
  participant_id: number;
  decided_by: string | null;
  reasons: { code: string; weight: number }[];
};

/** Friends with a VPN: the fourth makes them suspicious. */
async function circle(friends: number, fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({
    reward_type: 5,
    num_signups: 1,
    reward_invited: true,
    reward: { cash_value: 5 },
    default_emails: [],
    ...fields,
  });
  const root = (await join(campaign, 0)).data;
  const answers = [];
  for (let n = 1; n <= friends; n++) answers.push((await join(campaign, n, root.referral_code)).data);
  const reviews = async (min = 1): Promise<Review[]> => {
    let list: Review[] = [];
    await vi.waitUntil(async () => {
      const lists = await Promise.all(
        ["open", "approved"].map((state) =>
          campaign.owner.get(`/api/v1/reviews?campaign_id=${campaign.id}&limit=100&state=${state}`),
        ),
      );
      list = lists.flatMap(({ data }) => data.reviews);
      return list.length >= min;
    });
    return list;
  };
  const asked = async (min = 1) => {
    await vi.waitUntil(async () => (await reviews()).filter(({ proof }) => proof === "asked").length >= min);
    return (await reviews()).filter(({ proof }) => proof === "asked");
  };
  return { campaign, root, answers, reviews, asked };
}

const proofMails = async (campaign: TestCampaign) =>
  (
    await env.DB.prepare(
      "SELECT participant_id FROM mails WHERE campaign_id = ? AND kind IN ('proof', 'confirm') ORDER BY participant_id",
    )
      .bind(campaign.id)
      .all<{ participant_id: number }>()
  ).results.map(({ participant_id }) => participant_id);

const linkOf = async (campaign: TestCampaign, participant_id: number) =>
  `/confirm/${await confirmationToken(env, { campaign_id: campaign.id, participant_id }, new Date())}`;

/** Settles decisions, and releases rewards. */
async function settle() {
  const job = (minutes: number) => ({
    db: openDb(env.DB, "first-primary"),
    env,
    now: () => new Date(Date.now() + minutes * 60_000),
  });
  await settleReviews(job(1));
  await releaseRewards(job(2));
}

describe("a friend whose reward is held by a review", () => {
  it("gets an email, confirms, and then gets the reward", async () => {
    const { campaign, answers, reviews, asked } = await circle(4);
    const list = await asked();
    expect(answers.at(-1).reward).toMatchObject({ why: "review", confirm_email: true });
    expect(await proofMails(campaign)).toEqual(list.map(({ participant_id }) => participant_id).sort((a, b) => a - b));
    const [{ participant_id: friend, id } = { participant_id: 0, id: 0 }] = list;
    const link = await linkOf(campaign, friend);
    const page = await call("GET", link);
    expect(page.text).toContain(en.confirm_proof_help);
    expect((await campaign.owner.get(`/api/v1/reviews/${id}`)).data).toMatchObject({ state: "open", proof: "asked" });
    expect((await call("POST", link)).text).toContain(en.confirmed_proof_title);
    const proven = (await campaign.owner.get(`/api/v1/reviews/${id}`)).data as Review;
    expect(proven).toMatchObject({ state: "approved", proof: "given", decided_by: "proof" });
    expect(proven.score).toBeLessThan(0.5);
    await call("POST", link);
    const decided = (await campaign.events("review.decided")).filter(({ data }) => JSON.parse(data).by === "proof");
    expect(decided).toHaveLength(1);
    const status = async (role: string) =>
      (await campaign.rewards()).find(
        (one: { role: string; participant_id: number }) =>
          one.role === role && (role === "referrer" || one.participant_id === friend),
      )?.status;
    expect([await status("invited"), await status("referrer")]).toEqual(["held", "held"]);
    await settle();
    expect(await status("invited")).toBe("pending");
    for (const other of await asked(0)) await call("POST", await linkOf(campaign, other.participant_id));
    const left = (await reviews()).filter(({ state }) => state === "open");
    await settle();
    expect(await status("referrer")).toBe(left.length === 0 ? "pending" : "held");
    expect(await brokenPromises(campaign.id)).toEqual([]);
    const queue = await (await browserOf(campaign.owner)).page(`/reviews?campaign_id=${campaign.id}&state=approved`);
    expect(queue.text).toContain("Approved by a confirmed email address");
    const { reasons: learned } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/fraud`)).data;
    expect(learned).toEqual([]);
  });

  it("reduces the reasons by confirming, without an approval if the score is still suspicious", async () => {
    const { campaign, asked } = await circle(4);
    const [before] = await asked();
    const more = JSON.stringify({ code: "one_address", weight: 400, with: [] });
    await env.DB.prepare("UPDATE reviews SET reasons = json_insert(reasons, '$[#]', json(?)) WHERE id = ?")
      .bind(more, before?.id)
      .run();
    await call("POST", await linkOf(campaign, before?.participant_id ?? 0));
    const after = (await campaign.owner.get(`/api/v1/reviews/${before?.id}`)).data as Review;
    expect([after.state, after.proof]).toEqual(["open", "given"]);
    const weightOf = (review: Review | undefined, code: string) =>
      review?.reasons.find((one) => one.code === code)?.weight;
    expect(weightOf(after, "data_centers")).toBe((weightOf(before, "data_centers") ?? 0) / 2);
  });

  it("answers with the confirmation of their signup, without another email", async () => {
    const { campaign, root } = await circle(0, { double_opt_in: true });
    const { id: own } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data
      .participants[0];
    await call("POST", await linkOf(campaign, own));
    expect(root.needs_confirmation).toBe(true);
    const { referral_code } = (await campaign.owner.get(`/api/v1/participants/${own}`)).data;
    for (let n = 1; n <= 4; n++) await join(campaign, n, referral_code);
    let ids: number[] = [];
    await vi.waitUntil(async () => {
      const { data } = await campaign.owner.get(`/api/v1/reviews?campaign_id=${campaign.id}`);
      ids = data.reviews
        .filter(({ proof }: Review) => proof === "asked")
        .map(({ participant_id }: Review) => participant_id);
      return ids.length > 0;
    });
    expect(await proofMails(campaign)).toHaveLength(5);
    const [friend = 0] = ids;
    await call("POST", await linkOf(campaign, friend));
    expect((await campaign.owner.get(`/api/v1/reviews/${friend * 2}`)).data).toMatchObject({
      state: "approved",
      decided_by: "proof",
    });
    const reward = (await campaign.rewards()).find((one: { participant_id: number }) => one.participant_id === friend);
    expect(reward.status).toBe("pending");
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("no friend is asked for a proof", () => {
  it("in watch mode, on a block list, or signed up by the owner's server", async () => {
    const watched = await circle(4, { fraud_mode: "watch" });
    const blocking = await circle(0);
    await blocking.campaign.owner.post("/api/v1/lists", { kind: "domain", value: "gmail.com", action: "block" });
    for (let n = 1; n <= 4; n++) await join(blocking.campaign, n, blocking.root.referral_code);
    const served = await circle(0);
    await served.campaign.owner.post("/api/v1/signups/batch", {
      campaign_id: served.campaign.id,
      signups: NAMES.slice(1).map((name) => ({
        email: `${name}@gmail.com`,
        name,
        referral_code: served.root.referral_code,
        ip_address: "81.2.69.142",
      })),
    });
    for (const { campaign, reviews } of [watched, blocking, served]) {
      expect((await reviews()).map(({ proof }) => proof)).not.toContain("asked");
      expect(await proofMails(campaign)).toEqual([]);
    }
  });

  it("once twenty reviews of the referrer are open", async () => {
    const { campaign, root, reviews } = await circle(3);
    const { id } = (
      await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&limit=100`)
    ).data.participants.find(({ referral_code }: { referral_code: string }) => referral_code === root.referral_code);
    await env.DB.prepare(
      `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, score, reasons, version, is_holding, event, date_opened)
        SELECT 8000000000 + ?2 * 100 + value, ?3, ?2, ?1, 0, 'open', 600, '[]', 1, 1, 'x', 0 FROM generate_series(1, 20)`.replace(
        "generate_series(1, 20)",
        "json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')",
      ),
    )
      .bind(id, campaign.id, campaign.owner.id)
      .run();
    await join(campaign, 4, root.referral_code);
    expect((await reviews(21)).map(({ proof }) => proof)).not.toContain("asked");
  });

  it("for reasons that a proof does not resolve", () => {
    const of = (...codes: string[]) => scoreProven(codes.map((code) => ({ code, weight: 0.4 })));
    expect(of("in_a_row", "one_address")).toBeCloseTo(1 - 0.8 * 0.6);
    expect(of("one_address")).toBeNull();
    for (const code of ["on_block_list", "same_mailbox", "ring"]) expect(of("in_a_row", code)).toBeNull();
    for (const [code, { kind }] of Object.entries(reasons)) if (kind === "purchase") expect(of(code)).toBeNull();
  });
});
