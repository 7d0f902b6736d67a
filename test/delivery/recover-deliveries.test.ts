import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { newMember, type TestMember } from "../support/client";
import { type Endpoint, type Outside, outside } from "../support/outside";
import { browserOf } from "../support/session";

const [HOUR, DAY] = [3_600_000, 86_400_000];
let world: Outside;
let member: TestMember;
let campaign: TestCampaign;
beforeEach(async () => {
  world = outside();
  member = await world.verified();
  campaign = await newCampaign({}, member);
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

const set = (endpoint: Endpoint, status: string) => member.put(`/api/v1/webhooks/${endpoint.id}`, { status });
const recover = (endpoint: Endpoint, more: Record<string, unknown> = {}) =>
  member.post(
    `/api/v1/webhooks/${endpoint.id}/recover`,
    { since: "2026-01-01T00:00:00Z", ...more },
    { env: world.env },
  );
const recovered = async (endpoint: Endpoint, more: Record<string, unknown> = {}) =>
  (await recover(endpoint, more)).data.recovered;
const join = async (of = campaign) => (await of.signUp(someone())).data.id as number;

/** The participants in events that the endpoint received since the last call. */
async function heard(endpoint: Endpoint) {
  world.later(120_000);
  await world.cron();
  await world.consume();
  return endpoint.received.splice(0).map(({ body }) => JSON.parse(body).data.participant_id as number);
}

describe("a disabled webhook", () => {
  it("gets missed events, each once", async () => {
    const [endpoint, other] = [await world.endpoint(member), await world.endpoint(member)];
    const before = await join();
    expect(await heard(endpoint)).toEqual([before]);
    await set(endpoint, "disabled");
    world.later(HOUR);
    const missed = [await join(), await join(await newCampaign({}, member)), await join()];
    await heard(endpoint);
    expect(await recover(endpoint)).toMatchObject({ status: 409 });
    await set(endpoint, "active");
    expect(await recover(endpoint)).toMatchObject({ status: 202, data: { recovered: 3, next: null } });
    expect((await heard(endpoint)).sort()).toEqual(missed.sort());
    expect(await recovered(endpoint)).toBe(0);
    expect(await recovered(other)).toBe(0);
    const { deliveries } = (await member.get(`/api/v1/webhooks/${endpoint.id}/deliveries`)).data;
    expect(deliveries.map(({ status }: { status: string }) => status)).toEqual(Array(4).fill("delivered"));
  });

  it("gets only its campaign, its types, its time, and no test events", async () => {
    const foreign = await newCampaign({}, await newMember());
    const elsewhere = await newCampaign({}, member);
    await join();
    world.later(HOUR);
    const endpoint = await world.endpoint(member, { campaign_id: campaign.id, events: ["participant.signup"] });
    await set(endpoint, "disabled");
    world.later(HOUR);
    const since = new Date().toISOString();
    await join(elsewhere);
    await join(foreign);
    const [first, second] = [await join(), await join()];
    await member.patch(`/api/v1/participants/${first}`, { status: "blocked" });
    const tested = await world.endpoint(member, { campaign_id: campaign.id });
    await member.post(`/api/v1/webhooks/${tested.id}/test`, {}, { env: world.env });
    await set(endpoint, "active");
    const later = new Date(Date.now() + HOUR).toISOString();
    expect(await recovered(endpoint, { since: later })).toBe(0);
    expect(await recovered(endpoint, { since })).toBe(2);
    expect((await heard(endpoint)).sort()).toEqual([first, second].sort());
    expect(await recovered(endpoint)).toBe(0);
  });

  it("gets no events of a silent import", async () => {
    const endpoint = await world.endpoint(member);
    await set(endpoint, "disabled");
    const { submit } = await browserOf(member);
    const path = `/campaigns/${campaign.id}/import`;
    const file = new File([`email\n${someone()}\n`], "people.csv", { type: "text/csv" });
    const token = /name="token" value="([^"]*)"/.exec((await submit(path, { file, text: "" })).text)?.[1] ?? "";
    const rows = JSON.stringify([1, someone(), "", "", "", "", "", "", ""]);
    await submit(`${path}/run`, { token, rows }, { headers: { Accept: "application/json" } });
    expect(await campaign.events("participant.signup")).toHaveLength(1);
    const joined = await join();
    await set(endpoint, "active");
    expect(await recovered(endpoint)).toBe(1);
    expect(await heard(endpoint)).toEqual([joined]);
  });

  it("gets nothing twice after old deliveries were deleted", async () => {
    const endpoint = await world.endpoint(member);
    await join();
    await heard(endpoint);
    world.later(31 * DAY);
    await env.DB.prepare("DELETE FROM deliveries WHERE webhook_id = ?").bind(endpoint.id).run();
    expect(await recovered(endpoint)).toBe(0);
  });

  it("recovers any number in calls of limited work", async () => {
    const endpoint = await world.endpoint(member, { events: ["participant.signup"] });
    const at = Date.now();
    const fill = (type: string, mark: string, n: number) =>
      env.DB.prepare(
        `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?4)
        INSERT INTO events (campaign_id, id, type, data, date)
        SELECT ?1, 'evt_' || printf('%012x', ?2) || ?3 || printf('%019x', n), ?5, '{}', ?2 FROM i`,
      )
        .bind(campaign.id, at, mark, n, type)
        .run();
    await fill("participant.erased", "a", 20_500);
    await fill("participant.signup", "b", 1_200);
    const one = await recover(endpoint);
    expect(one.data).toEqual({ recovered: 0, next: expect.stringMatching(/^\d+:evt_/) });
    const counts = [];
    for (let i = 0; i < 3; i++) counts.push(await recovered(endpoint, { after: one.data.next }));
    expect(counts).toEqual([1_000, 200, 0]);
    const { submit } = await browserOf(member);
    expect(
      (await submit(`/webhooks/${endpoint.id}/recover`, { since: "2026-01-01T00:00" })).headers.get("Location"),
    ).toContain("nothing_to_recover");
    for (const after of ["x", "1:evt_'", 5]) expect((await recover(endpoint, { after })).status).toBe(400);
  });
});
