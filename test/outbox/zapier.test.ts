import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newMember, type TestMember } from "../support/client";
import { newCampaign, newParticipant, type Outside, outside } from "../support/outside";

let world: Outside;
let member: TestMember;
beforeEach(async () => {
  world = outside();
  member = await newMember();
});
afterEach(() => world.close());

describe("Zapier", () => {
  it("checks the key", async () => {
    expect(await member.post("/api/v1/zapier/auth", {})).toMatchObject({
      status: 200,
      data: { authenticated: true, member: { id: member.id, email: member.email, name: "Test Member" } },
    });
    expect(await member.post("/v1/zapier/auth", undefined)).toMatchObject({ status: 200 });
    expect(await member.post("/api/v1/zapier/auth", {}, { headers: { "X-API-Key": "ref_wrong" } })).toMatchObject({
      status: 401,
    });
  });

  it("polls for contacts as a bare array, newest first, without erased ones", async () => {
    const [one, two] = [await newCampaign(member), await newCampaign(member)];
    const first = await newParticipant(member, one, { referral_url: "https://acme.com/?x=1" });
    const second = await newParticipant(member, two, { name: null });
    await newParticipant(member, one, { email: null, name: null, status: "erased" });
    const third = await newParticipant(member, one);
    const answer = await member.get("/api/v1/zapier/contacts");
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual([
      {
        id: third.id,
        email: third.email,
        name: "Grace Hopper",
        campaign_id: one,
        date_signedup: new Date().toISOString(),
        referral_url: null,
        status: "active",
      },
      {
        id: second.id,
        email: second.email,
        name: null,
        campaign_id: two,
        date_signedup: new Date().toISOString(),
        referral_url: null,
        status: "active",
      },
      {
        id: first.id,
        email: first.email,
        name: "Grace Hopper",
        campaign_id: one,
        date_signedup: new Date().toISOString(),
        referral_url: "https://acme.com/?x=1",
        status: "active",
      },
    ]);
    const ids = async (query: string) =>
      (await member.get(`/api/v1/zapier/contacts?${query}`)).data.map((c: { id: number }) => c.id);
    expect(await ids(`campaign_id=${one}`)).toEqual([third.id, first.id]);
    expect(await ids("campaign_id=")).toEqual([third.id, second.id, first.id]);
    expect(await ids("limit=2&page=2")).toEqual([first.id]);
    expect(await ids("limit=x&page=0")).toHaveLength(3);
    expect(await ids("page=9")).toEqual([]);
  });

  it("misses none of 100 participants who join between two polls, and sees their status", async () => {
    const campaign = await newCampaign(member);
    const statuses = ["active", "pending", "blocked"];
    const people = [];
    for (let i = 0; i < 103; i++) people.push(await newParticipant(member, campaign, { status: statuses[i % 3] }));
    const expected = people.reverse().map(({ id }, i) => [id, statuses[(102 - i) % 3]]);
    const { data } = await member.get(`/api/v1/zapier/contacts?campaign_id=${campaign}`);
    const shown = data.map((one: { id: number; status: string }) => [one.id, one.status]);
    expect(shown).toEqual(expected.slice(0, 100));
    const asked = (query: string) => member.get(`/api/v1/zapier/contacts?campaign_id=${campaign}&${query}`);
    expect((await asked("limit=20")).data).toHaveLength(20);
    for (const limit of ["101", "0", "x", ""]) expect((await asked(`limit=${limit}`)).data).toHaveLength(100);
    expect((await asked("page=2")).data).toHaveLength(3);
  });

  it("gets a 404 for another member's campaign, and none of its people", async () => {
    const owner = await newMember();
    const campaign = await newCampaign(owner);
    await newParticipant(owner, campaign);
    for (const id of [campaign, 999_999_999])
      expect(await member.get(`/api/v1/zapier/contacts?campaign_id=${id}`)).toMatchObject({
        status: 404,
        code: "not_found",
      });
    expect((await member.get("/api/v1/zapier/contacts")).data).toEqual([]);
    expect(await member.get("/api/v1/zapier/contacts?campaign_id=x")).toMatchObject({
      status: 400,
      details: [{ path: "campaign_id" }],
    });
  });

  it("subscribes a hook for signups, or for the named event", async () => {
    const campaign_id = await newCampaign(member);
    const hookUrl = "https://hooks.zapier.com/hooks/standard/1/abc/";
    const first = await member.post("/api/v1/zapier/hooks", { hookUrl });
    expect(first).toMatchObject({ status: 201, data: { id: expect.any(Number) } });
    expect(Object.keys(first.data)).toEqual(["id"]);
    expect((await member.get(`/api/v1/webhooks/${first.data.id}`)).data).toMatchObject({
      link: hookUrl,
      campaign_id: null,
      events: ["participant.signup"],
      status: "active",
    });
    const second = await member.post("/api/v1/zapier/hooks", { hookUrl, campaign_id, event: "reward.fulfilled" });
    expect((await member.get(`/api/v1/webhooks/${second.data.id}`)).data).toMatchObject({
      campaign_id,
      events: ["reward.fulfilled"],
    });
    for (const empty of ["", null]) {
      const blank = await member.post("/api/v1/zapier/hooks", { hookUrl, campaign_id: empty, event: empty });
      expect((await member.get(`/api/v1/webhooks/${blank.data.id}`)).data).toMatchObject({
        campaign_id: null,
        events: ["participant.signup"],
      });
    }
  });

  it("gets a signup by the hook, and nothing after it unsubscribed", async () => {
    const endpoint = await world.endpoint(member);
    const other = await newMember();
    const { data } = await member.post("/api/v1/zapier/hooks", { hookUrl: endpoint.link });
    await member.delete(`/api/v1/webhooks/${endpoint.id}`);
    await world.consume([(await world.happen(member)).hint]);
    expect(endpoint.received).toHaveLength(1);
    expect(await other.delete(`/api/v1/zapier/hooks/${data.id}`)).toMatchObject({ status: 404 });
    expect(await member.delete(`/api/v1/zapier/hooks/${data.id}`)).toMatchObject({
      status: 200,
      data: { id: data.id, deleted: true },
    });
    expect(await member.delete(`/api/v1/zapier/hooks/${data.id}`)).toMatchObject({ status: 404 });
    expect((await world.happen(member)).ids).toEqual([]);
  });

  it.each([
    [{}, 400, "invalid_request"],
    [{ hookUrl: "https://10.0.0.1/" }, 400, "bad_link"],
    [{ hookUrl: "http://example.com" }, 400, "bad_link"],
    [{ hookUrl: "https://example.com", event: "nothing" }, 400, "invalid_request"],
    [{ hookUrl: "https://example.com", campaign_id: 999_999_999 }, 404, "not_found"],
  ])("cannot subscribe %j", async (body, status, code) => {
    expect(await member.post("/api/v1/zapier/hooks", body)).toMatchObject({ status, code });
  });
});
