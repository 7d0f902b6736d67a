import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { formToken } from "../../src/visitors/bots/form-token";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";

const join = (campaign: TestCampaign, fields: Record<string, unknown>) =>
  call("POST", "/api/widget/signup", { campaign_id: campaign.id, name: "Grace", ...fields });

const newId = () => crypto.randomUUID();

/** The equal parts of both responses. A token contains its time. */
const same = ({ participant_token, ...data }: Record<string, unknown>) => ({
  ...data,
  has_token: participant_token !== null,
});

const people = async (campaign: TestCampaign) => {
  const { total_participants, total_referrals } = await campaign.stats();
  return [total_participants, total_referrals, (await campaign.events("participant.signup")).length];
};

const emails = async (campaign: TestCampaign) =>
  (
    await env.DB.prepare(
      "SELECT kind FROM mails m JOIN participants p ON p.id = m.participant_id WHERE p.campaign_id = ?",
    )
      .bind(campaign.id)
      .all()
  ).results;

afterEach(() => void vi.useRealTimers());

describe("the same form, sent again", () => {
  it("gets the new participant's own response, reward included, and does nothing else", async () => {
    const campaign = await newCampaign({ reward_invited: true });
    await campaign.upload(someCodes(5));
    const ada = (await campaign.signUp(someone())).data;
    const form = { email: someone(), form_id: newId(), ref: ada.referral_code };
    const [first, again] = [await join(campaign, form), await join(campaign, form)];
    expect(first.data).toMatchObject({ already_joined: false, reward: { type: "coupon", status: "fulfilled" } });
    expect(same(again.data)).toEqual(same(first.data));
    const headers = { Authorization: `Bearer ${again.data.participant_token}` };
    expect(await call("GET", "/api/widget/participant", undefined, { headers })).toMatchObject({
      data: { share_url: first.data.share_url },
    });
    expect(await people(campaign)).toEqual([2, 1, 2]);
    expect(await emails(campaign)).toEqual([{ kind: "entry" }, { kind: "twoway_reward" }]);
  });

  it("gets it when the button was pressed twice at once", async () => {
    const campaign = await newCampaign();
    const form = { email: someone(), form_id: newId() };
    const answers = await Promise.all([1, 2, 3].map(() => join(campaign, form)));
    expect(new Set(answers.map(({ data }) => data.share_url)).size).toBe(1);
    expect(answers.map(({ data }) => data.already_joined)).toEqual([false, false, false]);
    expect(await people(campaign)).toEqual([1, 0, 1]);
  });

  it("waits for the confirmation again, without a token", async () => {
    const campaign = await newCampaign({ double_opt_in: true });
    const form = { email: someone(), form_id: newId() };
    const [first, again] = [await join(campaign, form), await join(campaign, form)];
    expect(again.data).toMatchObject({ already_joined: false, needs_confirmation: true, participant_token: null });
    expect(same(again.data)).toEqual(same(first.data));
  });

  it("is a different one for any other request, without data", async () => {
    const [campaign, other] = [await newCampaign(), await newCampaign()];
    const form = { email: someone(), form_id: newId() };
    await join(campaign, form);
    for (const stranger of [
      {},
      { form_id: newId() },
      { form_id: null },
      { form_token: await formToken(env, campaign.id, new Date(0)) },
    ])
      expect((await join(campaign, { email: form.email, ...stranger })).data).toEqual({ already_joined: true });
    expect((await join(campaign, { ...form, email: someone() })).data.already_joined).toBe(false);
    expect((await join(other, form)).data.already_joined).toBe(false);
    const stored = await env.DB.prepare("SELECT form FROM participants WHERE campaign_id = ?").bind(campaign.id).all();
    expect(JSON.stringify(stored.results)).not.toContain(form.form_id);
  });

  it("is a different one after fifteen minutes, and after an erasure", async () => {
    const campaign = await newCampaign();
    const form = { email: someone(), form_id: newId() };
    await join(campaign, form);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 14 * 60_000 });
    expect((await join(campaign, form)).data.already_joined).toBe(false);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    expect((await join(campaign, form)).data).toEqual({ already_joined: true });
    const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data;
    await campaign.owner.delete(`/api/v1/participants/${participants[0].id}`);
    expect((await join(campaign, form)).data.already_joined).toBe(false);
    const erased = await env.DB.prepare("SELECT form FROM participants WHERE id = ?").bind(participants[0].id).first();
    expect(erased).toEqual({ form: null });
  });

  it("by a known participant still counts as known", async () => {
    const campaign = await newCampaign();
    const email = someone();
    await campaign.signUp(email);
    const form = { email, form_id: newId() };
    for (let i = 0; i < 2; i++) expect((await join(campaign, form)).data).toEqual({ already_joined: true });
  });

  it("is refused with an id that is not random enough", async () => {
    const campaign = await newCampaign();
    for (const form_id of ["1", "x".repeat(65), "with space in it!", 7])
      expect(await join(campaign, { email: someone(), form_id })).toMatchObject({
        status: 400,
        details: [{ path: "form_id" }],
      });
  });

  it.each(["hosted", "frame"] as const)("works without a script: %s", async (where) => {
    const campaign = await newCampaign({ publish: "public" });
    const path =
      where === "hosted" ? `/p/${campaign.brand.slug}/campaign/${campaign.id}` : `/widget/${campaign.id}/embed`;
    const served = async () => /name="form_token" value="([^"]+)"/.exec((await call("GET", path)).text)?.[1] ?? "";
    const send = (fields: Record<string, string>) =>
      call("POST", path, new URLSearchParams(fields).toString(), {
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
      });
    const linkIn = ({ text }: { text: string }) => /https:\/\/referrals\.test\/t\/[\w.-]+/.exec(text)?.[0] ?? null;
    const [form_token, others] = [await served(), await served()];
    expect(form_token).not.toBe(others);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
    const email = someone();
    const first = linkIn(await send({ email, form_token }));
    expect(first).not.toBeNull();
    expect(linkIn(await send({ email, form_token }))).toBe(first);
    expect(linkIn(await send({ email, form_token: others }))).toBeNull();
    expect(linkIn(await send({ email }))).toBeNull();
    expect(await people(campaign)).toEqual([1, 0, 1]);
  });
});
