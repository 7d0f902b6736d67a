import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { cash, newShop } from "../support/shop";

type Decision = {
  id: string;
  at: string;
  participant_id: number;
  subject: { type: string; id: number };
  outcome: string;
  reasons: { code: string; message: string; rule_id: number | null; reward_id: number | null }[];
  rule_id: number | null;
  reward_id: number | null;
};

const list = async ({ id, owner }: TestCampaign, query = ""): Promise<Decision[]> => {
  const answer = await owner.get(`/api/v1/decisions?campaign_id=${id}&after=0&limit=100${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.data.decisions;
};
const told = (decisions: Decision[]) =>
  decisions.map(({ subject, outcome, reasons }) => `${subject.type} ${outcome}: ${reasons.map(({ code }) => code)}`);

/** Every decision of a list reads the same by its own ID. */
async function expectStable(campaign: TestCampaign, decisions: Decision[]) {
  for (const decision of decisions)
    expect((await campaign.owner.get(`/api/v1/decisions/${decision.id}`)).data).toEqual(decision);
}

describe("decisions", () => {
  it("explain signups, conversions, holds, and refunds, per campaign and per participant", async () => {
    const { campaign, rules, ada, grace, buy } = await newShop([
      { reward: cash({ percent: 10 }), hold_days: 14, max_per_participant: 1 },
    ]);
    const { data } = await buy({ participant_id: grace.id }, 5000);
    const reward = data.rewards[0];
    await buy({ participant_id: grace.id }, 5000);
    await buy({ referral_code: ada.referral_code, email: ada.email }, 5000);
    await campaign.owner.post(`/api/v1/conversions/${data.conversion.id}/refunds`, { refund_id: "r1", amount: 1000 });
    await campaign.owner.post("/api/v1/refunds", {
      campaign_id: campaign.id,
      conversion_id: "unknown",
      refund_id: "r2",
    });
    await campaign.owner.post("/api/v1/rewards/actions", { ids: [reward.id], action: "revoke" });
    const all = await list(campaign);
    expect(told(all)).toEqual([
      "signup not_credited: no_referrer",
      "signup not_credited: threshold_not_reached",
      "conversion credited: earned",
      "hold held: hold_days",
      "conversion capped: participant_cap",
      "conversion not_credited: own_code",
      "refund reversed: refunded",
      "refund not_credited: sale_unknown",
      "reward reversed: revoked",
    ]);
    expect(all[2]).toMatchObject({
      subject: { type: "conversion", id: data.conversion.id },
      participant_id: grace.id,
      rule_id: rules[0].id,
      reward_id: reward.id,
      reasons: [{ message: "The reward was earned.", rule_id: rules[0].id, reward_id: reward.id }],
    });
    expect(all[6]).toMatchObject({ subject: { id: data.conversion.id }, rule_id: rules[0].id, reward_id: reward.id });
    expect(await list(campaign, `&participant_id=${ada.id}`)).toEqual(all.filter((_, n) => n !== 7));
    expect(told(await list(campaign, `&participant_id=${grace.id}`))).toEqual([
      "signup not_credited: threshold_not_reached",
      "conversion credited: earned",
      "conversion capped: participant_cap",
      "refund reversed: refunded",
    ]);
    await expectStable(campaign, all);
    const newest = await campaign.owner.get(`/api/v1/decisions?campaign_id=${campaign.id}&limit=2`);
    expect(newest.data.decisions).toEqual(all.slice(-2).reverse());
    const byPerson = await campaign.owner.get(`/api/v1/decisions?participant_id=${ada.id}&limit=1`);
    expect(byPerson.data.decisions).toEqual(all.slice(-1));
  });

  it("can be listed completely, each once, without writing", async () => {
    const { campaign, grace, buy } = await newShop([{ reward: cash({ amount: 100 }), needs_approval: true }]);
    for (let n = 0; n < 3; n++) await buy({ participant_id: grace.id });
    const all = await list(campaign);
    const events = (await campaign.events()).length;
    const more = await newCampaign({}, campaign.owner);
    await more.signUp(someone());
    const everywhere = (await campaign.owner.get("/api/v1/decisions?after=0&limit=100")).data.decisions;
    expect(everywhere).toEqual([...all, ...(await list(more))]);
    for (const scope of ["", `&participant_id=${grace.id}`]) {
      const seen: Decision[] = [];
      let after: string | null = "0";
      while (after !== null) {
        const { data } = await campaign.owner.get(
          `/api/v1/decisions?campaign_id=${campaign.id}&limit=2&after=${after}${scope}`,
        );
        seen.push(...data.decisions);
        after = data.pagination.next_after;
      }
      expect(seen).toEqual(await list(campaign, scope));
    }
    expect(all.filter(({ subject }) => subject.type === "hold").map(({ outcome }) => outcome)).toEqual(
      Array(3).fill("held"),
    );
    expect(told(all)).toContain("hold held: approval_needed");
    expect((await campaign.events()).length).toBe(events);
  });

  it("show the release of an approved reward, and the refund of a late sale", async () => {
    const { campaign, grace, buy } = await newShop([{ reward: cash({ percent: 10 }), needs_approval: true }]);
    const { data } = await buy({ participant_id: grace.id });
    await campaign.owner.post("/api/v1/rewards/actions", { ids: [data.rewards[0].id], action: "approve" });
    const late = { conversion_id: "late", event_name: "purchase" };
    await campaign.owner.post("/api/v1/refunds", { campaign_id: campaign.id, ...late, refund_id: "r1", amount: 500 });
    expect(told(await list(campaign)).at(-1)).toBe("refund not_credited: sale_unknown");
    await buy({ participant_id: grace.id }, 1000, late);
    const all = await list(campaign);
    expect(told(all).slice(3)).toEqual([
      "hold held: approval_needed",
      "hold credited: released",
      "refund reversed: refunded",
      "conversion credited: earned",
      "hold held: approval_needed",
    ]);
    await expectStable(campaign, all);
  });

  it("explain why a friend did not count, and when one counted later", async () => {
    const campaign = await newCampaign({ num_signups: 1, double_opt_in: true, reward_type: 3 });
    const ada = (await campaign.signUp(someone())).data;
    const email = `friend-${crypto.randomUUID()}@example.com`;
    const body = { campaign_id: campaign.id, email, ref: ada.referral_code };
    expect((await call("POST", "/api/widget/signup", body)).status).toBe(200);
    expect(told(await list(campaign)).at(-1)).toBe("signup not_credited: not_confirmed");
    const friend = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${email}`)).data
      .participants[0];
    const token = await confirmationToken(env, { campaign_id: campaign.id, participant_id: friend.id }, new Date());
    expect((await call("POST", `/confirm/${token}`)).status).toBeLessThan(400);
    const again = (await campaign.refer(ada.referral_code, email.replace("@", "+2@"))).data;
    expect(again.attributed).toBe(true);
    expect((await campaign.refer(ada.referral_code, someone())).status).toBe(201);
    const all = await list(campaign);
    expect(told(all)).toEqual([
      "signup not_credited: no_referrer",
      "signup not_credited: participant_not_active",
      "signup credited: earned",
      "signup not_credited: mailbox_counted",
      "signup not_credited: already_earned",
    ]);
    const [reward] = await campaign.rewards();
    expect(all[2]).toMatchObject({ subject: { id: friend.id }, rule_id: null, reward_id: reward.id });
    expect(await list(campaign, `&participant_id=${ada.id}`)).toEqual(all);
    await expectStable(campaign, all);
  });

  it("show the caps of signup rules", async () => {
    const { campaign, ada, rules } = await newShop([
      { trigger: "signup", repeat: "every", reward: cash({ amount: 100 }), max_per_participant: 1 },
      { trigger: "signup", repeat: "every", reward: cash({ amount: 100 }), budget: 100 },
    ]);
    await campaign.refer(ada.referral_code, someone());
    const all = (await list(campaign)).slice(1);
    expect(told(all)).toEqual([
      "signup credited: earned,earned,threshold_not_reached",
      "signup capped: threshold_not_reached,participant_cap,budget_spent",
    ]);
    expect(all[1]).toMatchObject({ rule_id: rules[0].id, reward_id: null });
    await expectStable(campaign, all);
  });

  it("show counted visits", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 2, reward_type: 3 });
    const ada = (await campaign.signUp(someone())).data;
    for (const visitor of ["1", "2", "2", "3"])
      await call("GET", `/t/${ada.referral_code}`, undefined, {
        headers: { "CF-Connecting-IP": `203.0.113.${visitor}`, "User-Agent": "Mozilla/5.0 Firefox/130.0" },
      });
    const own = await list(campaign, `&participant_id=${ada.id}`);
    expect(told(own)).toEqual([
      "signup not_credited: no_referrer",
      "visit not_credited: threshold_not_reached",
      "visit credited: earned",
      "visit not_credited: already_earned",
    ]);
    expect(await list(campaign)).toEqual(
      own.filter(({ subject, outcome }) => subject.type === "signup" || outcome === "credited"),
    );
    await expectStable(campaign, own);
  });

  it("explain a visit by the rules at its moment, not on its day", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const visit = (visitor: number) =>
      call("GET", `/t/${ada.referral_code}`, undefined, {
        headers: { "CF-Connecting-IP": `203.0.113.${visitor}`, "User-Agent": "Mozilla/5.0 Firefox/130.0" },
      });
    const rules = `/api/v1/campaigns/${campaign.id}/rules`;
    const rule = { role: "referrer", trigger: "visit", threshold: 2, reward: cash({ amount: 100 }) };
    const { id } = (await campaign.owner.post(rules, rule)).data;
    await visit(1);
    await visit(2);
    await campaign.owner.delete(`${rules}/${id}`);
    const all = await list(campaign, `&participant_id=${ada.id}`);
    expect(told(all).slice(1)).toEqual(["visit not_credited: threshold_not_reached", "visit credited: earned"]);
    await expectStable(campaign, all);
  });

  it("belong to the member, and unknown ids are refused", async () => {
    const { campaign, ada } = await newShop([]);
    const [first] = await list(campaign);
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/decisions?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await stranger.get(`/api/v1/decisions?participant_id=${ada.id}`)).status).toBe(404);
    expect((await stranger.get("/api/v1/decisions")).data.decisions).toEqual([]);
    expect((await stranger.get(`/api/v1/decisions/${first?.id}`)).status).toBe(404);
    const { owner } = campaign;
    expect((await owner.get(`/api/v1/decisions/${first?.id.slice(0, -1)}`)).status).toBe(404);
    expect((await owner.get(`/api/v1/decisions/${campaign.id}_evt_0192f0c7a4b100_visit_9`)).status).toBe(404);
    expect((await owner.get("/api/v1/decisions/7")).status).toBe(404);
    for (const query of ["campaign_id=x", "after=x", "after=7"])
      expect((await owner.get(`/api/v1/decisions?${query}`)).status, query).toBe(400);
  });
});
