import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { joinedLongAgo, newCampaign, someone } from "../support/campaign";
import { call, newMember } from "../support/client";

const PAGE = { headers: { Accept: "text/html" } };
const path = (id: number) => `/api/v1/participants/${id}`;

describe("a corrected email", () => {
  it("finds, refers, and signs up the participant, and the old one does not", async () => {
    const campaign = await newCampaign({ reward_type: 3 });
    const { owner } = campaign;
    const [old, right] = [someone(), someone()];
    const ada = (await campaign.signUp(old, { metadata: { plan: "pro" } })).data;
    await campaign.refer(ada.referral_code, someone());
    const before = (await owner.get(path(ada.id))).data;
    const changed = await owner.patch(path(ada.id), { email: ` ${right.toUpperCase()} ` });
    expect(changed).toMatchObject({ status: 200, data: { id: ada.id, email: right } });
    expect((await owner.get(path(ada.id))).data).toEqual({ ...before, email: right });
    const found = async (email: string) =>
      (await owner.get(`/api/v1/participants?email=${email}`)).data.participants.map(({ id }: { id: number }) => id);
    expect([await found(old), await found(right)]).toEqual([[], [ada.id]]);
    expect(await campaign.signUp(right)).toMatchObject({ status: 409, code: "already_signed_up" });
    expect((await campaign.refer(ada.referral_code, right)).code).toBe("self_referral");
    expect((await campaign.signUp(old)).status).toBe(201);
  });

  it("is refused if another participant has it, and the error has their id", async () => {
    const campaign = await newCampaign();
    const taken = someone();
    const [one, two] = [(await campaign.signUp(taken)).data, (await campaign.signUp(someone())).data];
    const change = { email: taken, name: "Other", status: "blocked" };
    const refused = await campaign.owner.patch(path(two.id), change);
    expect(refused).toMatchObject({ status: 409, code: "already_signed_up" });
    expect(JSON.parse(refused.text).participant_id).toBe(one.id);
    expect((await campaign.owner.get(path(two.id))).data).toMatchObject(two);
    expect((await campaign.owner.patch(path(one.id), { email: taken, name: "Same" })).data.name).toBe("Same");
    const other = await newCampaign({}, campaign.owner);
    const elsewhere = (await other.signUp(someone())).data;
    expect((await campaign.owner.patch(path(elsewhere.id), { email: taken })).status).toBe(200);
  });

  it("invalidates links and tokens of the old one", async () => {
    const campaign = await newCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    const of = { id, campaign_id: campaign.id };
    const [now, before] = [new Date(), new Date(Date.now() - 60_000)];
    await joinedLongAgo(id);
    const opened = async (issued: Date) => {
      const Authorization = `Bearer ${await participantToken(env, of, issued, { isProven: true })}`;
      const numbers = await call("GET", "/api/widget/participant", undefined, { headers: { Authorization } });
      return [
        numbers.status,
        (await call("GET", `/status/${await participantLinkToken(env, of, issued)}`, undefined, PAGE)).status,
      ];
    };
    expect(await opened(before)).toEqual([200, 200]);
    await campaign.owner.patch(path(id), { name: "Ada" });
    expect(await opened(before)).toEqual([200, 200]);
    await campaign.owner.patch(path(id), { email: someone() });
    expect(await opened(now)).toEqual([200, 200]);
    expect(await opened(before)).toEqual([401, 404]);
  });

  it("goes to one of many concurrent requests", async () => {
    const campaign = await newCampaign();
    const people = await Promise.all(Array.from({ length: 5 }, async () => (await campaign.signUp(someone())).data));
    const email = someone();
    const answers = await Promise.all(people.map(({ id }) => campaign.owner.patch(path(id), { email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it("cannot be unconfirmed or invalid, or changed by others", async () => {
    const campaign = await newCampaign({ double_opt_in: true });
    const { owner } = campaign;
    const email = someone();
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });
    const { id } = (await owner.get(`/api/v1/participants?email=${email}`)).data.participants[0];
    expect(await owner.patch(path(id), { email: someone() })).toMatchObject({ status: 409, code: "conflict" });
    expect((await owner.patch(path(id), { email })).status).toBe(200);
    for (const wrong of ["nobody", "", null, 7])
      expect((await owner.patch(path(id), { email: wrong })).status).toBe(400);
    const stranger = await newMember();
    for (const sent of [someone(), email]) {
      const answer = await stranger.patch(path(id), { email: sent });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain("participant_id");
    }
  });

  it("cannot credit another referrer for a mailbox that already has", async () => {
    const campaign = await newCampaign({ reward_type: 3 });
    const [ada, eve] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const mailbox = someone();
    const { participant } = (await campaign.refer(ada.referral_code, mailbox)).data;
    const credited = "SELECT count(DISTINCT mailbox) AS n FROM participants WHERE id = ? AND mailbox = ?";
    const row = await env.DB.prepare("SELECT mailbox FROM participants WHERE id = ?").bind(participant.id).first();
    await campaign.owner.patch(path(participant.id), { email: someone() });
    expect(await env.DB.prepare(credited).bind(participant.id, row?.mailbox).first("n")).toBe(1);
    await campaign.refer(eve.referral_code, mailbox);
    expect((await campaign.owner.get(path(eve.id))).data.referral_count).toBe(0);
    expect((await campaign.owner.get(path(ada.id))).data.referral_count).toBe(1);
  });
});
