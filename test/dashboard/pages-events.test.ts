import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { type Endpoint, type Outside, outside } from "../support/outside";
import { colleagueOf, leadsTo, signedIn } from "../support/session";

const PAGE = 25;
const HOSTILE = `<img src=x onerror=alert(1)>"'&`;

let world: Outside;
let ada: Awaited<ReturnType<typeof signedIn>>;
let campaign: TestCampaign;
let endpoint: Endpoint;
beforeEach(async () => {
  world = outside();
  // Each test begins on the same day.
  await env.DB.prepare("DELETE FROM event_days").run();
  await env.DB.prepare("INSERT INTO event_days (day, participant_id) VALUES ('', 0)").run();
  ada = await signedIn();
  campaign = await newCampaign({ reward_type: 3, custom_message: "Yes", num_signups: 1 }, ada.member);
});
afterEach(() => world.close());

const page = async (path: string, who: Pick<typeof ada, "page"> = ada) => {
  const { status, text } = await who.page(path, { env: world.env });
  return { status, text, shown: plain(text) };
};
const plain = (html: string) =>
  html.replace(
    /&(quot|#39|lt|gt|amp);/g,
    (_, name: string) => ({ quot: '"', "#39": "'", lt: "<", gt: ">" })[name] ?? "&",
  );
const submit = (path: string, fields = {}) => ada.submit(path, fields, { env: world.env });
const deliver = async () => {
  world.later(61_000);
  await world.cron();
  await world.consume();
};
const idsOn = (text: string) => [...text.matchAll(/href="\/events\/(evt_[^"]+)"/g)].map(([, id]) => id);
const nextOf = (text: string) => plain(/rel="next" href="([^"]*)"/.exec(text)?.[1] ?? "");
const logged = async (query = ""): Promise<{ id: string; type: string }[]> =>
  (await ada.member.get(`/api/v1/events?order=desc&limit=100${query}`)).data.items;
/** A friend who joins with a referrer's link, so there are several kinds of events. */
const refer = async (of = campaign) => of.refer((await of.signUp(someone())).data.referral_code, someone());

describe("the events page", () => {
  it("lists the API's events, newest first, page by page", async () => {
    for (let i = 0; i < PAGE; i++) await campaign.signUp(someone());
    await refer();
    const ids = (await logged()).map(({ id }) => id);
    const first = await page("/events");
    expect(idsOn(first.text)).toEqual(ids.slice(0, PAGE));
    const second = await page(nextOf(first.text));
    expect(idsOn(second.text)).toEqual(ids.slice(PAGE));
    expect(nextOf(second.text)).toBe("");
    expect(second.text).toContain('<a class="button" href="/events">');
  });

  it("filters by type and campaign", async () => {
    const other = await newCampaign({}, ada.member);
    await refer();
    await other.signUp(someone());
    for (const query of ["type=reward.fulfilled", `campaign_id=${other.id}`, "type=participant.signup"]) {
      const found = (await logged(`&${query}`)).map(({ id }) => id);
      expect(found.length).toBeGreaterThan(0);
      expect(idsOn((await page(`/events?${query}`)).text), query).toEqual(found);
    }
    const none = await page(`/events?type=reward.fulfilled&campaign_id=${other.id}`);
    expect(none.text).toContain("No matches");
    expect((await page("/events?type=nonsense&campaign_id=x&before=-1")).status).toBe(200);
    expect((await page(`/events?campaign_id=${(await newCampaign()).id}`)).status).toBe(404);
  });

  it("shows that nothing has happened yet", async () => {
    const { text } = await page("/events", await signedIn());
    expect(text).toContain("No events yet");
    expect(text).not.toContain('class="pager"');
  });

  it("names the participant even if the payload has only their ID", async () => {
    const { id } = (await campaign.signUp(someone(), { name: "Zoë Quill" })).data;
    const sale = { campaign_id: campaign.id, participant_id: id, conversion_id: "order-1", amount: 1000 };
    await ada.member.post("/api/v1/conversions", sale);
    const { text } = await page("/events?type=conversion.created");
    expect(text).toContain(`<a href="/participants/${id}">Zoë Quill</a>`);
  });

  it("counts each event's deliveries by result", async () => {
    endpoint = await world.endpoint(ada.member);
    await world.endpoint(ada.member, {}, () => new Response("no", { status: 410 }));
    await campaign.signUp(someone());
    expect((await page("/events")).text).toContain("2 pending");
    await deliver();
    const { text } = await page("/events");
    expect(text).toContain("1 failed");
    expect(text).toContain("1 delivered");
    const { text: others } = await page("/events", await signedIn());
    expect(others).not.toContain("delivered");
  });

  it("separates test mode, and links to it and back", async () => {
    await campaign.signUp(someone());
    expect(leadsTo(await submit("/test-mode/on?next=/events"))).toBe("/events");
    const { text } = await page("/events");
    expect(text).toContain("No events yet");
    expect(text).not.toContain("View test events");
    expect(leadsTo(await submit("/test-mode/on?next=https://evil.example"))).toBe("/home");
  });
});

describe("an event's page", () => {
  const newest = async () => (await logged())[0]?.id ?? "";

  it("shows the API's payload, escaped, with a copy button", async () => {
    await campaign.signUp(someone(), { name: HOSTILE, metadata: { note: HOSTILE } });
    const id = await newest();
    const body = (await ada.member.get(`/api/v1/events/${id}`)).data;
    const { text } = await page(`/events/${id}`);
    const json = JSON.stringify(body, null, 2);
    const [, shown = ""] = /<pre>(.*?)<\/pre>/s.exec(text) ?? [];
    const [, copied = ""] = /data-copy="([^"]*)"[^>]*aria-label="Copy the payload"/.exec(text) ?? [];
    expect(plain(shown)).toBe(json);
    expect(plain(copied)).toBe(json);
    expect(text).not.toContain("<img src=x");
    expect(text).toContain(`href="/participants/${body.data.participant_id}"`);
    expect(text).toContain(`href="/campaigns/${campaign.id}"`);
  });

  it("lists its deliveries, and retries a failed one with permission", async () => {
    endpoint = await world.endpoint(ada.member, {}, () => new Response("no", { status: 410 }));
    await campaign.signUp(someone());
    await deliver();
    const id = await newest();
    const { text } = await page(`/events/${id}`);
    expect(text).toContain(endpoint.link);
    expect(text).toContain("Failed");
    expect(text).toMatch(/action="\/deliveries\/\d+\/retry"/);
    const viewer = await colleagueOf(ada.member, "viewer");
    const { text: seen } = await page(`/events/${id}`, viewer);
    expect(seen).toContain(endpoint.link);
    expect(seen).not.toContain("/retry");
    expect((await page("/events", viewer)).text).not.toContain("/events/replay");
  });

  it("is hidden from other accounts", async () => {
    await campaign.signUp(someone());
    const stranger = await signedIn();
    for (const id of [await newest(), "evt_0", "x".repeat(300)])
      expect((await page(`/events/${id}`, stranger)).status, id).toBe(404);
  });
});

describe("replaying events", () => {
  const range = () => ({
    from: new Date(Date.now() - 3_600_000).toISOString().slice(0, 16),
    "@times": ["from UTC", "to UTC"],
  });

  it("sends earlier events to a new webhook", async () => {
    await refer();
    endpoint = await world.endpoint(ada.member);
    const path = `/webhooks/${endpoint.id}`;
    expect((await page("/events")).text).toContain(endpoint.link);
    const sent = { webhook_id: endpoint.id, ...range() };
    expect(leadsTo(await submit("/events/replay", sent))).toBe(`${path}?done=replayed`);
    await deliver();
    expect(endpoint.received.length).toBe((await logged()).length);
    const entry = await env.DB.prepare(
      "SELECT action FROM audit_entries WHERE account_id = ? AND path = '/events/replay'",
    )
      .bind(ada.member.id)
      .first("action");
    expect(entry).toBe("Replayed events to a webhook");
  });

  it("shows errors beside the field, and refuses another account's webhook", async () => {
    endpoint = await world.endpoint(ada.member);
    const missing = await submit("/events/replay", { webhook_id: endpoint.id, from: "" });
    expect(missing.status).toBe(400);
    expect(missing.text).toContain("This field is required.");
    const stranger = await signedIn();
    const foreign = await world.endpoint(stranger.member);
    expect((await submit("/events/replay", { webhook_id: foreign.id, ...range() })).status).toBe(404);
  });
});
