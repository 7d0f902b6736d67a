import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { CampaignLedger } from "../../src/ledger/ledger";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { newMember } from "../support/client";
import { isShort } from "../support/seed";

const PATH = "/api/v1/signups/batch";
const batch = ({ owner, id }: TestCampaign, signups: unknown[], query = "", headers: Record<string, string> = {}) =>
  owner.post(`${PATH}${query}`, { campaign_id: id, signups }, { headers });
const person = (more: Record<string, unknown> = {}) => ({ email: someone(), name: "Grace Hopper", ...more });
const of = async ({ owner }: TestCampaign, id: number) => (await owner.get(`/api/v1/participants/${id}`)).data;
const added = { status: "active", is_new: true, attributed: false, updated: false, error: null };

describe("a batch of signups", () => {
  it("has a result for each row, in order", async () => {
    const campaign = await newCampaign({ reward_type: 3 });
    const other = await newCampaign({}, campaign.owner);
    const ada = (await campaign.signUp(someone())).data;
    const foreign = (await other.signUp(someone())).data;
    const [known, twice] = [person(), person()];
    await campaign.signUp(known.email);
    const answer = await batch(campaign, [
      person({ metadata: { plan: "pro" }, external_id: "crm-7" }),
      known,
      { email: "nobody", name: "Grace" },
      person({ referral_code: ada.referral_code }),
      person({ referral_code: foreign.referral_code }),
      person({ referral_code: "rubbish" }),
      twice,
      { ...twice, email: twice.email.toUpperCase() },
      null,
      "text",
      person({ name: "" }),
      person({ emial: "typo" }),
    ]);
    expect(answer.status, answer.text).toBe(200);
    const { results, ignored } = answer.data;
    expect(results.map(({ index }: { index: number }) => index)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const refused = (code: string) => ({ id: null, status: null, is_new: false, error: { code } });
    expect(results).toMatchObject([
      added,
      { is_new: false, updated: false, error: null, status: "active" },
      refused("invalid_request"),
      { ...added, attributed: true },
      refused("bad_code"),
      refused("bad_code"),
      added,
      { is_new: false, error: null },
      refused("invalid_request"),
      refused("invalid_request"),
      refused("invalid_request"),
      added,
    ]);
    expect(results[2].error.message).toBe("email must be a valid email address.");
    expect(results[7].id).toBe(results[6].id);
    expect(ignored).toEqual(["signups.11.emial"]);
    expect(await of(campaign, results[0].id)).toMatchObject({ metadata: { plan: "pro" }, external_id: "crm-7" });
    expect(await of(campaign, ada.id)).toMatchObject({ referral_count: 1, rewards: [{ status: "fulfilled" }] });
    expect((await campaign.stats()).total_participants).toBe(6);
  });

  it("accepts a thousand, and not one more", async () => {
    const campaign = await newCampaign();
    const people = Array.from({ length: 1000 }, () => person());
    const { data } = await batch(campaign, people);
    expect(data.results.every(({ is_new }: { is_new: boolean }) => is_new)).toBe(true);
    expect(new Set(data.results.map(({ id }: { id: number }) => id)).size).toBe(1000);
    expect((await campaign.events("participant.signup")).length).toBe(1000);
    for (const wrong of [[...people, person()], []])
      expect(await batch(campaign, wrong)).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("counts every fifty rows as a request, and does nothing beyond the limit", async () => {
    const campaign = await newCampaign();
    const asked: string[] = [];
    const limit = async ({ key }: { key: string }) => ({ success: asked.push(key) <= 3 });
    const post = (signups: unknown[]) =>
      campaign.owner.post(
        PATH,
        { campaign_id: campaign.id, signups },
        { env: { ...env, RATE_LIMITS: "on", KEY_LIMIT: { limit } } },
      );
    const people = Array.from({ length: 150 }, () => person());
    expect((await post(people)).status).toBe(200);
    expect(asked).toEqual(Array(3).fill(String(campaign.owner.id)));
    asked.length = 0;
    expect(await post([...people, person()])).toMatchObject({ status: 429, code: "rate_limited" });
    expect((await campaign.stats()).total_participants).toBe(150);
  });

  it("names unknown fields beside its rows", async () => {
    const { owner, id } = await newCampaign();
    const body = { campaign_id: id, signups: [person({ emial: "typo" })], upsert: true };
    expect((await owner.post(PATH, body)).data.ignored).toEqual(["upsert", "signups.0.emial"]);
  });

  it("accepts few checkout codes at once, because each is its own commit", async () => {
    const campaign = await newCampaign();
    const asked = vi.spyOn(CampaignLedger.prototype, "signUpAll");
    const people = Array.from({ length: 120 }, (_, n) => person({ checkout_code: `FRIEND${n}` }));
    const { data } = await batch(campaign, people);
    expect(data.results.every(({ is_new }: { is_new: boolean }) => is_new)).toBe(true);
    expect(asked.mock.calls.map(([items]) => items.length)).toEqual([50, 50, 20]);
    asked.mockRestore();
  });

  it("is done once per Idempotency-Key, even if its response was lost", async () => {
    const campaign = await newCampaign();
    const [people, headers] = [[person(), person()], { "Idempotency-Key": crypto.randomUUID() }];
    const first = await batch(campaign, people, "", headers);
    const again = await batch(campaign, people, "", headers);
    expect(again.text).toBe(first.text);
    await env.DB.prepare("UPDATE idempotency_keys SET status = NULL, body = NULL, leased_until = 0").run();
    expect((await batch(campaign, people, "", headers)).data).toEqual(first.data);
    expect((await campaign.stats()).total_participants).toBe(2);
  });

  it("is a 404 for a campaign of another account", async () => {
    const campaign = await newCampaign();
    const stranger = await newMember();
    const answer = await stranger.post(PATH, { campaign_id: campaign.id, signups: [person()] });
    expect(answer).toMatchObject({ status: 404, code: "not_found" });
    expect((await campaign.stats()).total_participants).toBe(0);
  });
});

describe("an upsert", () => {
  it("adds a participant, then updates the sent fields and keeps the rest", async () => {
    const campaign = await newCampaign();
    const body = { campaign_id: campaign.id, ...person({ metadata: { plan: "pro" }, external_id: "crm-7" }) };
    const upsert = (more: object) => campaign.owner.post("/api/v1/signups?upsert=true", { ...body, ...more });
    const first = await upsert({});
    expect(first.status).toBe(201);
    const second = await upsert({ name: "Grace H.", metadata: undefined, external_id: null });
    expect(second).toMatchObject({ status: 200, data: { id: first.data.id, name: "Grace H.", external_id: null } });
    expect(second.data).toEqual({ ...first.data, name: "Grace H.", external_id: null });
    expect((await upsert({ metadata: { plan: "gold" } })).data.metadata).toEqual({ plan: "gold" });
    expect((await campaign.owner.post("/api/v1/signups?upsert=false", body)).status).toBe(409);
    expect((await campaign.owner.post("/api/v1/signups?upsert=maybe", body)).status).toBe(400);
    const told = (await campaign.events("participant.%")).map(({ type }) => type);
    expect(told).toEqual(["participant.signup", "participant.updated", "participant.updated"]);
  });

  it("sets, changes, and clears checkout codes, and refuses taken ones", async () => {
    const campaign = await newCampaign();
    const [ada, bob, eve, dan] = Array.from({ length: 4 }, () => person());
    const upsert = (body: object) =>
      campaign.owner.post("/api/v1/signups?upsert=true", { campaign_id: campaign.id, ...body });
    const { id } = (await upsert({ ...ada, checkout_code: "ADA10" })).data;
    await upsert({ ...bob });
    expect(await upsert({ ...ada, checkout_code: "ADA20" })).toMatchObject({ status: 200, data: { id } });
    expect((await of(campaign, id)).checkout_code).toBe("ADA20");
    expect((await upsert({ ...ada, name: "Ada" })).data).toMatchObject({ name: "Ada", checkout_code: "ADA20" });
    const taken = await upsert({ ...bob, name: "Bobby", checkout_code: "ada20" });
    expect(taken).toMatchObject({ status: 409, code: "checkout_code_taken" });
    const bobs = async () =>
      (await campaign.owner.get(`/api/v1/participants?email=${bob?.email}`)).data.participants[0];
    expect(await bobs()).toMatchObject({ name: "Grace Hopper", checkout_code: null });
    expect((await upsert({ ...bob, checkout_code: "ADA10" })).status, "free again").toBe(200);
    expect((await upsert({ ...bob, checkout_code: null })).data.checkout_code).toBeNull();

    await upsert({ ...eve });
    const { results } = (
      await batch(
        campaign,
        [
          { ...ada, checkout_code: "ADA30" },
          { ...bob, name: "Bobby", checkout_code: "ADA20" },
          { ...eve, checkout_code: "EVE1" },
          { ...bob, checkout_code: "eve1" },
          { ...dan, checkout_code: "Ada30" },
          { ...bob, checkout_code: "BOB1" },
        ],
        "?upsert=true",
      )
    ).data;
    const codes = results.map((row: { error: { code: string } | null }) => row.error?.code ?? null);
    const no = "checkout_code_taken";
    expect(codes, "newcomers come first").toEqual([no, no, null, no, null, null]);
    expect(results[4]).toMatchObject({ is_new: true });
    expect((await of(campaign, results[4].id)).checkout_code).toBe("Ada30");
    expect(await of(campaign, id)).toMatchObject({ checkout_code: "ADA20" });
    expect(await bobs()).toMatchObject({ name: "Grace Hopper", checkout_code: "BOB1" });
  });

  it("refuses only the rows whose code is taken between its lookup and its update", async () => {
    const campaign = await newCampaign();
    const people = Array.from({ length: 7 }, () => person());
    const ids = (await batch(campaign, people)).data.results.map(({ id }: { id: number }) => id);
    const quick = (await campaign.signUp(someone())).data;
    const rows = people.map((one, n) => ({ ...one, name: `Grace ${n}`, checkout_code: `GRACE${n}` }));
    // Another participant takes two of the codes, in turn, whenever their rows are updated.
    await env.DB.prepare(`CREATE TRIGGER race AFTER INSERT ON events WHEN NEW.type = 'participant.updated' AND NEW.participant_id IN (${ids[2]}, ${ids[5]}) BEGIN
      UPDATE participants SET checkout_key = iif(NEW.participant_id = ${ids[2]}, 'grace2', 'grace5') WHERE id = ${quick.id};
    END`).run();
    const answer = await batch(campaign, rows, "?upsert=true");
    await env.DB.prepare("DROP TRIGGER race").run();
    expect(answer.status, answer.text).toBe(200);
    const codes = answer.data.results.map((row: { error: { code: string } | null }) => row.error?.code ?? null);
    const no = "checkout_code_taken";
    expect(codes).toEqual([null, null, no, null, null, no, null]);
    expect(answer.data.results[2]).toMatchObject({ index: 2, id: null, updated: false });
    expect(await of(campaign, ids[2])).toMatchObject({ name: "Grace Hopper", checkout_code: null });
    expect(await of(campaign, ids[3])).toMatchObject({ name: "Grace 3", checkout_code: "GRACE3" });
    expect((await campaign.events("participant.updated")).length).toBe(5);
  });

  it("updates many with maximum metadata", async () => {
    const campaign = await newCampaign();
    const count = isShort ? 200 : 1000;
    const people = Array.from({ length: count }, () => person());
    const { results } = (await batch(campaign, people)).data;
    const long = people.map((one) => ({ ...one, metadata: { text: "\u4e2d".repeat(3000) } }));
    const answer = await batch(campaign, long, "?upsert=true");
    expect(answer.status, answer.text.slice(0, 200)).toBe(200);
    expect(answer.data.results.every(({ updated }: { updated: boolean }) => updated)).toBe(true);
    expect((await of(campaign, results[count - 1].id)).metadata.text).toHaveLength(3000);
  });

  it("updates the rows of a batch; the last one for a participant counts", async () => {
    const campaign = await newCampaign();
    const [known, fresh] = [person({ metadata: { plan: "pro" } }), person()];
    const { id } = (await campaign.signUp(known.email, known)).data;
    const rows = [{ ...known, name: "One", external_id: "a" }, fresh, { email: known.email, name: "Two" }, fresh];
    const { results } = (await batch(campaign, rows, "?upsert=true")).data;
    expect(results.map(({ updated }: { updated: boolean }) => updated)).toEqual([true, false, true, true]);
    expect(await of(campaign, id)).toMatchObject({ name: "Two", external_id: "a", metadata: { plan: "pro" } });
  });
});
