import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { browserOf, signedIn } from "../support/session";

const FREE_PLAN_MAX = 500;
const ROOM = 2;

/** An account on the free plan with room for `room` more participants, its campaign, and a browser. */
async function nearlyFull(room = ROOM) {
  const { member } = await signedIn({ plan_id: 1 });
  const campaign = await newCampaign({}, member);
  const opened = await browserOf(member);
  return { ...campaign, ...opened, fill: () => fill(campaign, room) };
}
type Full = Awaited<ReturnType<typeof nearlyFull>>;

const active = async (campaign: Pick<TestCampaign, "id">) =>
  (
    await env.DB.prepare(
      "SELECT total_participants - pending_participants - blocked_participants AS n FROM campaign_stats WHERE campaign_id = ?",
    )
      .bind(campaign.id)
      .first<{ n: number }>()
  )?.n ?? 0;

const fill = async (campaign: TestCampaign, room: number) => {
  const more = FREE_PLAN_MAX - room - (await active(campaign));
  await env.DB.prepare("UPDATE campaign_stats SET total_participants = total_participants + ? WHERE campaign_id = ?")
    .bind(more, campaign.id)
    .run();
};

const people = (campaign: TestCampaign, n: number) =>
  Promise.all(Array.from({ length: n }, async () => (await campaign.signUp(someone())).data.id as number));
const patch = (campaign: TestCampaign, id: number, status: string) =>
  campaign.owner.patch(`/api/v1/participants/${id}`, { status });
const patchAll = (campaign: TestCampaign, ids: number[], status: string) =>
  Promise.all(ids.map((id) => patch(campaign, id, status)));

/** Each way to become active: creates five inactive people, fills the plan, and activates them all at once. */
const ways: Record<string, (campaign: Full) => Promise<unknown>> = {
  "PATCH of parked people": async (campaign) => {
    await fill(campaign, 0);
    const ids = await people(campaign, 5);
    await campaign.fill();
    return patchAll(campaign, ids, "active");
  },
  "PATCH of people set to pending": async (campaign) => {
    const ids = await people(campaign, 5);
    await patchAll(campaign, ids, "pending");
    await campaign.fill();
    return patchAll(campaign, ids, "active");
  },
  "unblocking one by one": async (campaign) => {
    const ids = await people(campaign, 5);
    await patchAll(campaign, ids, "blocked");
    await campaign.fill();
    return Promise.all(ids.map((id) => campaign.submit(`/participants/${id}/status`, { status: "active" })));
  },
  "unblocking many at once": async (campaign) => {
    const ids = await people(campaign, 5);
    await patchAll(campaign, ids, "blocked");
    await campaign.fill();
    return campaign.submit("/participants/status", { "@lists": "ids", ids, status: "active" });
  },
  "unblocking many of a campaign": async (campaign) => {
    const ids = await people(campaign, 5);
    await patchAll(campaign, ids, "blocked");
    await campaign.fill();
    return campaign.submit(`/campaigns/${campaign.id}/participants/status`, { "@lists": "ids", ids, status: "active" });
  },
  "admitting people who have not confirmed": async (campaign) => {
    const ids = await unconfirmed(campaign, 5);
    await campaign.fill();
    return patchAll(campaign, ids, "active");
  },
  "confirming an email": async (campaign) => {
    const ids = await unconfirmed(campaign, 5);
    await campaign.fill();
    return Promise.all(
      ids.map(async (participant_id) =>
        call(
          "POST",
          `/confirm/${await confirmationToken(env, { campaign_id: campaign.id, participant_id }, new Date())}`,
        ),
      ),
    );
  },
  "a signup by the API": async (campaign) => {
    await campaign.fill();
    return people(campaign, 5);
  },
  "a signup by referral": async (campaign) => {
    const ada = (await campaign.signUp(someone())).data;
    await campaign.fill();
    return Promise.all(Array.from({ length: 5 }, () => campaign.refer(ada.referral_code, someone())));
  },
  "a known participant who is attributed": async (campaign) => {
    const ada = (await campaign.signUp(someone())).data;
    const emails = Array.from({ length: 5 }, someone);
    await fill(campaign, 0);
    for (const email of emails) await campaign.signUp(email);
    await campaign.fill();
    return Promise.all(emails.map((email) => campaign.refer(ada.referral_code, email)));
  },
  "a signup by the widget": async (campaign) => {
    await campaign.fill();
    return Promise.all(
      Array.from({ length: 5 }, () =>
        call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone() }),
      ),
    );
  },
  "a form of the dashboard": async (campaign) => {
    await campaign.fill();
    return Promise.all(
      Array.from({ length: 5 }, () =>
        campaign.submit(`/campaigns/${campaign.id}/participants/new`, { email: someone(), name: "New" }),
      ),
    );
  },
  "an import": async (campaign) => {
    await campaign.fill();
    const path = `/campaigns/${campaign.id}/import`;
    const text = ["email,name", ...Array.from({ length: 5 }, () => `${someone()},X`)].join("\n");
    const page = await campaign.submit(path, { text });
    const field = (name: string) =>
      (new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "").replaceAll("&quot;", '"');
    return campaign.submit(`${path}/run`, { token: field("token"), rows: field("rows") });
  },
};

async function unconfirmed(campaign: Full, n: number) {
  await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { double_opt_in: true });
  const emails = Array.from({ length: n }, someone);
  for (const email of emails) await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });
  const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&status=pending`))
    .data;
  return participants.map(({ id }: { id: number }) => id) as number[];
}

describe("the plan's limit of participants", () => {
  for (const [way, come] of Object.entries(ways))
    it(`holds for ${way}`, async () => {
      const campaign = await nearlyFull();
      await come(campaign);
      const { length } = (
        await env.DB.prepare("SELECT id FROM participants WHERE campaign_id = ? AND status <> 'active'")
          .bind(campaign.id)
          .all()
      ).results;
      const room = way === "a known participant who is attributed" ? ROOM : 0;
      expect([await active(campaign), length]).toEqual([FREE_PLAN_MAX - room, 3 + room]);
    });

  it("is reported to a PATCH, which then changes nothing", async () => {
    const campaign = await nearlyFull(0);
    const [id = 0] = await people(campaign, 1);
    await patch(campaign, id, "blocked");
    await campaign.fill();
    const answer = await campaign.owner.patch(`/api/v1/participants/${id}`, { status: "active", name: "Other" });
    expect(answer).toMatchObject({ status: 403, code: "participant_limit" });
    expect((await campaign.owner.get(`/api/v1/participants/${id}`)).data).toMatchObject({
      status: "blocked",
      name: "Somebody",
    });
    expect(await campaign.events("participant.admitted")).toEqual([]);
  });

  it("is shown in the dashboard", async () => {
    const campaign = await nearlyFull(1);
    const ids = await people(campaign, 3);
    await patchAll(campaign, ids, "blocked");
    await campaign.fill();
    const many = await campaign.submit("/participants/status", { "@lists": "ids", ids, status: "active" });
    expect(many.headers.get("Location")).toContain("done=plan_full");
    const one = await campaign.submit(`/participants/${ids[2]}/status`, { status: "active" });
    expect(one.status).toBe(403);
    expect(one.text).toContain("Your plan does not allow more active participants.");
  });

  it("removes no existing participant, and ends with a larger plan", async () => {
    const campaign = await nearlyFull(0);
    const [here = 0] = await people(campaign, 1);
    await campaign.fill();
    expect((await patch(campaign, here, "active")).status).toBe(200);
    const [parked = 0] = await people(campaign, 1);
    const headers = { Authorization: "Bearer test-operator-token" };
    await call(
      "PUT",
      `/api/v1/operator/members/${campaign.owner.id}/plan`,
      { plan_id: 2, plan_expiry: null },
      { headers },
    );
    expect((await campaign.owner.get(`/api/v1/participants/${parked}`)).data.status).toBe("active");
    expect((await patch(campaign, here, "blocked")).status).toBe(200);
    expect((await patch(campaign, here, "active")).status).toBe(200);
  });
});
