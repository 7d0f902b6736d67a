import { describe, expect, it, vi } from "vitest";
import { ar as arabic } from "../../src/texts/ar/ar";
import { de as german } from "../../src/texts/de/de";
import { en } from "../../src/texts/en/en";
import { fill } from "../../src/texts/text";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { stopClock } from "../support/clock";
import { browserOf } from "../support/session";

const MINUTE = 60_000;
const inMinutes = (n: number) => new Date(Date.now() + n * MINUTE).toISOString();

const change = ({ owner, id }: TestCampaign, fields: unknown) => owner.put(`/api/v1/campaigns/${id}`, fields);
const statusOf = async ({ owner, id }: TestCampaign) => (await owner.get(`/api/v1/campaigns/${id}`)).data.status;
const join = ({ id }: TestCampaign, email = someone()) =>
  call("POST", "/api/widget/signup", { campaign_id: id, email, name: "Grace" });
const frame = ({ id }: TestCampaign, language = "en") =>
  call("GET", `/widget/${id}/embed`, undefined, { headers: { Accept: "text/html", "Accept-Language": language } });
const hasForm = (html: string) => html.includes("<form");

/** A campaign in each status except live, and the refusals of its signups. */
const CLOSED = [
  ["draft", { status: "draft" }, "The campaign is a draft. Set its status to live."],
  [
    "scheduled",
    { status: "scheduled", starts_at: inMinutes(5) },
    "The campaign has not started yet. Set its status to live.",
  ],
  ["paused", { status: "paused" }, "The campaign is paused. Set its status to live."],
  ["ended", { status: "ended" }, "The campaign has ended. Set its status to live."],
  ["archived", { status: "archived" }, "The campaign is archived. Set its status to live."],
] as const;

/** A campaign that is live or, for a draft, new. */
async function closed(fields: { status: string }, more: Record<string, unknown> = {}) {
  const isNew = fields.status === "draft";
  const campaign = await newCampaign({ ...more, ...(isNew && fields) });
  if (!isNew) expect(await change(campaign, fields)).toMatchObject({ status: 200, data: { status: fields.status } });
  return campaign;
}

describe("a campaign's status", () => {
  it("is live by default, and a new campaign may have any of the others", async () => {
    const campaign = await newCampaign();
    expect(await statusOf(campaign)).toBe("live");
    const create = (fields: Record<string, unknown>) =>
      campaign.owner.post("/api/v1/campaigns", { name: "Next", brand_id: campaign.brand.id, ...fields });
    expect((await create({ status: "draft" })).data).toMatchObject({ status: "draft", starts_at: null });
    expect((await create({ starts_at: inMinutes(5) })).data.status).toBe("scheduled");
    expect((await create({ status: "scheduled", starts_at: inMinutes(5) })).data.status).toBe("scheduled");
    expect(await create({ status: "paused" })).toMatchObject({ status: 409, code: "conflict" });
    expect(await create({ status: "gone" })).toMatchObject({ status: 400, details: [{ path: "status" }] });
    expect(await create({ status: null })).toMatchObject({ status: 400 });
  });

  it.each(CLOSED)("%s refuses signups by the API and by visitors, with a reason", async (_, fields, message) => {
    const campaign = await closed(fields);
    expect(await campaign.signUp(someone())).toMatchObject({ status: 409, code: "campaign_not_live", error: message });
    expect(await join(campaign)).toMatchObject({ status: 409, code: "campaign_not_live" });
    expect((await campaign.stats()).total_participants).toBe(0);
    expect(await campaign.events()).toHaveLength(0);
    expect((await change(campaign, { status: "live" })).data.status).toBe("live");
    expect((await campaign.signUp(someone())).status).toBe(201);
    expect((await join(campaign)).status).toBe(200);
  });

  it("changes with the time, to the millisecond, without any job", async () => {
    stopClock();
    const [start, end] = [Date.now() + 5 * MINUTE, Date.now() + 9 * MINUTE];
    const campaign = await newCampaign({
      starts_at: new Date(start).toISOString(),
      ends_at: new Date(end).toISOString(),
    });
    const at = async (time: number) => {
      vi.setSystemTime(time);
      const { status } = await campaign.signUp(someone());
      return [await statusOf(campaign), status, hasForm((await frame(campaign)).text)];
    };
    expect(await at(start - 1)).toEqual(["scheduled", 409, false]);
    expect(await at(start)).toEqual(["live", 201, true]);
    expect(await at(end - 1)).toEqual(["live", 201, true]);
    expect(await at(end)).toEqual(["ended", 409, false]);
  });

  it("changes only if it makes sense, and repeating a change does nothing", async () => {
    const campaign = await newCampaign();
    const to = async (fields: Record<string, unknown>) => {
      const { status, data, code } = await change(campaign, fields);
      return status === 200 ? data.status : [status, code];
    };
    expect(await to({ status: "draft" })).toEqual([409, "conflict"]);
    expect(await to({ status: "scheduled" })).toEqual([400, "invalid_request"]);
    expect(await to({ status: "paused" })).toBe("paused");
    expect(await to({ status: "paused" })).toBe("paused");
    expect(await to({ status: "ended" })).toBe("ended");
    expect(await to({ status: "paused" })).toEqual([409, "conflict"]);
    const { ends_at } = (await change(campaign, { status: "ended" })).data;
    expect(Date.parse(ends_at)).toBeLessThanOrEqual(Date.now());
    expect(await to({ status: "archived" })).toBe("archived");
    expect((await change(campaign, { status: "ended" })).data).toMatchObject({ status: "ended", ends_at });
    expect(await to({ status: "live", ends_at })).toEqual([400, "invalid_request"]);
    expect((await change(campaign, { status: "live" })).data).toMatchObject({ status: "live", ends_at: null });
    expect(await to({ status: "live", starts_at: inMinutes(5) })).toEqual([400, "invalid_request"]);
    expect(await to({ starts_at: inMinutes(5), ends_at: inMinutes(5) })).toEqual([400, "invalid_request"]);
    expect(await to({ status: "scheduled", starts_at: inMinutes(5) })).toBe("scheduled");
    expect(await to({ status: "live" })).toBe("live");
    expect(await to({ ends_at: inMinutes(-1) })).toEqual([400, "invalid_request"]);
    expect(await to({ name: "Renamed" })).toBe("live");
  });

  it("is not ended by an end in the past, however it is sent", async () => {
    const campaign = await newCampaign();
    const past = "2020-01-01T10:00:00.000Z";
    const { submit } = await browserOf(campaign.owner);
    const typed = await submit(`/campaigns/${campaign.id}/status`, { ends_at: past });
    expect([typed.status, typed.text.includes("The end must be in the future.")]).toEqual([400, true]);
    for (const body of [{ ends_at: past }, { status: "paused", ends_at: past }, { starts_at: null, ends_at: past }])
      expect(await change(campaign, body), JSON.stringify(body)).toMatchObject({ status: 400 });
    expect(await statusOf(campaign)).toBe("live");
    const fresh = { brand_id: campaign.brand.id, name: "Over before it began", ends_at: past };
    expect((await campaign.owner.post("/api/v1/campaigns", fresh)).status).toBe(400);
    const ended = (await change(campaign, { status: "ended" })).data;
    expect(await change(campaign, { ends_at: ended.ends_at })).toMatchObject({ status: 200 });
  });

  it("filters lists, and belongs to its owner alone", async () => {
    const campaign = await newCampaign();
    const draft = await newCampaign({ status: "draft" }, campaign.owner);
    const list = async (query: string) =>
      (await campaign.owner.get(`/api/v1/campaigns?${query}`)).data.campaigns.map((row: { id: number }) => row.id);
    expect(await list("")).toEqual([draft.id, campaign.id]);
    expect(await list("status=draft")).toEqual([draft.id]);
    expect(await list(`status=live&brand_id=${campaign.brand.id}`)).toEqual([campaign.id]);
    expect(await list("status=archived")).toEqual([]);
    const other = await newCampaign();
    expect((await other.owner.put(`/api/v1/campaigns/${campaign.id}`, { status: "paused" })).status).toBe(404);
    expect(await statusOf(campaign)).toBe("live");
  });
});

describe("visitors and participants", () => {
  it.each(CLOSED)("of a campaign that is %s see its text instead of the form", async (status, fields) => {
    const campaign = await closed(fields, { publish: "public", widget: { language: "auto" } });
    const name = status === "archived" ? "ended" : status;
    const title = en[`closed_${name}`];
    const hosted = (language: string) =>
      call("GET", `/p/${campaign.brand.slug}/campaign/${campaign.id}`, undefined, {
        headers: { Accept: "text/html", "Accept-Language": language },
      });
    for (const [language, texts] of [
      ["en", en],
      ["de", german()],
      ["ar", arabic()],
    ] as const) {
      const [text = ""] = texts[`closed_${name}_text`].split("{day}");
      for (const page of [await frame(campaign, language), await hosted(language)]) {
        expect(page.status).toBe(200);
        expect(page.text).toContain(texts[`closed_${name}`]);
        expect(page.text).toContain(text);
        expect(hasForm(page.text.replace(/<form[^>]*data-invite.*?<\/form>/s, ""))).toBe(false);
      }
    }
    const lander = (await call("GET", `/api/v1/lander?campaign_id=${campaign.id}`)).data;
    expect(lander).toMatchObject({ status, status_title: title });
    const config = (await call("GET", `/api/widget/config?campaign_id=${campaign.id}`)).data;
    expect(config.status).toBe(status);
    const listed = (await call("GET", `/p/${campaign.brand.slug}`)).text.includes(`/campaign/${campaign.id}`);
    expect(listed).toBe(status !== "draft" && status !== "archived");
  });

  it("see the day on which a campaign starts, in each language", async () => {
    const campaign = await newCampaign({ starts_at: "2100-05-06T12:00:00Z", widget: { language: "auto" } });
    expect((await frame(campaign)).text).toContain(fill(en.closed_scheduled_text, { day: "May 6, 2100" }));
    expect((await frame(campaign, "de")).text).toContain(fill(german().closed_scheduled_text, { day: "6. Mai 2100" }));
  });

  it("see a note about the pause on their own page, with working links", async () => {
    const campaign = await newCampaign();
    const email = someone();
    const { participant_token, share_url } = (await join(campaign, email)).data;
    const ada = (await campaign.signUp(someone())).data;
    await change(campaign, { status: "paused" });
    expect((await join(campaign, email)).data).toEqual({ already_joined: true });
    expect((await frame(campaign)).text).toContain(en.own_paused);
    const own = await call("GET", "/api/widget/participant", undefined, {
      headers: { Authorization: `Bearer ${participant_token}` },
    });
    expect(own).toMatchObject({ status: 200, data: { share_url } });
    expect((await call("GET", new URL(share_url).pathname)).status).toBe(302);
    // Referral codes in the API get the same response for existing and new participants: nobody is credited during a pause.
    for (const friend of [email, someone()])
      expect(await campaign.refer(ada.referral_code, friend)).toMatchObject({ status: 409, code: "campaign_not_live" });
    expect(await campaign.signUp(email)).toMatchObject({ status: 409, code: "already_signed_up" });
    expect((await campaign.stats()).total_referrals).toBe(0);
  });

  it("are not asked to share for an ended campaign", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const email = someone();
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, name: "Ada" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { status: "ended" });
    const page = await call("GET", `/widget/${campaign.id}/embed`, undefined, { headers: { Accept: "text/html" } });
    expect(page.text).toMatch(/panel-welcome.*?This campaign has ended/s);
    expect(page.text).not.toContain("Share your link with your friends");
  });

  it("earn no visits while the campaign is paused, though clicks are counted", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 1, reward_type: 3 });
    const { share_url } = (await campaign.signUp(someone())).data;
    const visit = (browser: string) =>
      call("GET", new URL(share_url).pathname, undefined, {
        headers: { "User-Agent": `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/${browser} Safari/537.36` },
      });
    await change(campaign, { status: "paused" });
    await visit("140.0.0.0");
    expect(await campaign.rewards()).toHaveLength(0);
    expect((await campaign.stats()).total_clicks).toBe(1);
    await change(campaign, { status: "live" });
    await visit("141.0.0.0");
    expect(await campaign.rewards()).toHaveLength(1);
  });
});

describe("the dashboard", () => {
  it("pauses, resumes, schedules, ends, archives, and restores a campaign", async () => {
    const campaign = await newCampaign({ name: "Figs for friends" });
    const { page, submit } = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/status`;
    for (const status of ["paused", "live", "ended", "archived"]) {
      expect((await submit(path, { status })).status).toBe(303);
      expect(await statusOf(campaign)).toBe(status);
    }
    expect((await page("/campaigns")).text).not.toContain("Figs for friends");
    expect((await page("/campaigns?status=archived")).text).toContain("Figs for friends");
    expect((await page("/campaigns?status=nonsense")).status).toBe(200);
    await submit(path, { status: "ended" });
    expect((await page("/campaigns")).text).toContain("Figs for friends");
    const late = await submit(path, { status: "scheduled", starts_at: "2020-01-01T00:00", ends_at: "" });
    expect(late.status).toBe(400);
    expect(late.text).toContain("A scheduled campaign needs a start in the future.");
    expect((await submit(path, { status: "draft" })).text).toContain("cannot become draft");
    expect((await page("/account/audit")).status).toBeLessThan(500);
  });

  it("keeps the status when other settings are saved", async () => {
    const campaign = await newCampaign();
    await change(campaign, { status: "paused", ends_at: "2100-01-01T00:00:00Z" });
    const { submit } = await browserOf(campaign.owner);
    expect((await submit(`/campaigns/${campaign.id}/settings`, { name: "Renamed" })).status).toBe(303);
    const { data } = await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`);
    expect(data).toMatchObject({ name: "Renamed", status: "paused", ends_at: "2100-01-01T00:00:00.000Z" });
  });
});
