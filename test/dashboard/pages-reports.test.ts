import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { browser, browserOf, colleagueOf, leadsTo } from "../support/session";
import { wordsOf } from "../support/words";
import { workOf } from "../support/work";

const DAY_MS = 86_400_000;

/** An account with a brand's campaign, in which Rita brought a friend. */
async function shop() {
  const campaign = await newCampaign({ name: "Figs <b>" });
  const { referral_code } = (await campaign.signUp(someone(), { name: "Rita Quill" })).data;
  await campaign.refer(referral_code, someone());
  const ada = await browserOf(campaign.owner);
  const links = async () => [...new Set((await ada.page("/reports")).text.match(/\/report\/[\w.-]+/g) ?? [])];
  const share = (about: string, days = 30) => ada.submit("/reports", { about, days });
  return { campaign, ada, links, share };
}

describe("a shared report", () => {
  it("shows one campaign's numbers to anyone with the link, and names nobody", async () => {
    const { campaign, ada, links, share } = await shop();
    await newCampaign({ name: "Secret dates" }, campaign.owner);
    expect((await ada.page(`/campaigns/${campaign.id}`)).text).toContain(`/reports?about=campaign:${campaign.id}`);
    expect((await share(`campaign:${campaign.id}`)).status).toBe(303);
    const [path = ""] = await links();
    const page = await browser().page(path);
    expect(page.status).toBe(200);
    const words = wordsOf(page.text);
    expect(page.text).toContain("Figs &lt;b&gt;");
    expect(words).toContain("Signups 2 0 before");
    expect(words).toContain("Referrals 1 0 before");
    for (const kept of ["Rita", "Quill", "@example.com", "Secret dates", "/participants", "/campaigns/"])
      expect(page.text).not.toContain(kept);
    expect(page.headers.get("X-Robots-Tag")).toContain("noindex");
    expect(page.text).toContain('<meta name="robots" content="noindex"/>');
    expect(page.headers.get("Cache-Control")).toBe("private, no-store");
    const week = wordsOf((await browser().page(`${path}?days=7&metric=referrals`)).text);
    expect(week).toContain("Previous 7 days");
  });

  it("of a brand has all its campaigns, and no other brand's", async () => {
    const { campaign, links, share } = await shop();
    await newCampaign({ name: "Other brand" }, campaign.owner);
    await share(`brand:${campaign.brand.id}`, 7);
    const [path = ""] = await links();
    const { text } = await browser().page(path);
    expect(wordsOf(text)).toMatch(/Top campaigns .*Figs &lt;b&gt; 2 1/);
    expect(text).not.toContain("Other brand");
  });

  it("is read once for all readers, whatever they request, and stops as soon as it is ended", async () => {
    const { campaign, ada, links, share } = await shop();
    await share(`campaign:${campaign.id}`);
    const [path = ""] = await links();
    const cost = (query: string, headers?: Record<string, string>) =>
      workOf(() => browser().page(path + query, { headers }));
    const first = await cost("?days=365");
    const all = [
      await cost("?days=365&metric=clicks"),
      await cost("?days=365&from=2026-01-01&to=2026-02-01"),
      await cost("?days=365&x=1", { "X-Bookmark": "00000001-00000001-00000001-0123456789abcdef" }),
    ];
    // The link itself, with the names of its brand and its campaign.
    const ofLink = 4;
    expect(first.d1_calls).toBe(2);
    for (const { d1_calls, rows_read } of all) expect([d1_calls, rows_read]).toEqual([1, ofLink]);
    const { text } = await browser().page(`${path}?from=2020-01-01&to=2020-12-31`);
    expect(text).not.toContain("2020");
    expect(text).not.toContain('type="date"');
    await ada.submit(/\/reports\/\d+\/end/.exec((await ada.page("/reports")).text)?.[0] ?? "");
    expect((await browser().page(`${path}?days=365`)).status).toBe(404);
  });

  it("stores a copy of its content, not of the data behind it", async () => {
    const { campaign, links, share } = await shop();
    await share(`brand:${campaign.brand.id}`);
    const [path = ""] = await links();
    let size = 0;
    const put = vi.spyOn(caches.default, "put").mockImplementation(async (_, copy) => {
      size = (await copy.text()).length;
    });
    const copied = async (days: number) => {
      size = 0;
      await browser().page(`${path}?days=${days}`);
      await vi.waitUntil(() => size > 0);
      return size;
    };
    const before = await copied(90);
    const tally = JSON.stringify({ "channel:6": [1, 1, 1, 1, 1, 1, 1, 1] });
    const fields = { brand_id: campaign.brand.id, name: "Further", num_signups: 1, reward_type: 2 };
    for (let n = 0; n < 20; n++) {
      const { id } = (await campaign.owner.post("/api/v1/campaigns", fields)).data;
      const days = Array.from({ length: 25 }, (_, ago) =>
        new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10),
      );
      await env.DB.batch(
        days.map((day) =>
          env.DB.prepare("INSERT INTO campaign_days (campaign_id, day, signups, tally) VALUES (?, ?, 1, ?)").bind(
            id,
            day,
            tally,
          ),
        ),
      );
    }
    expect(await copied(30)).toBeLessThan(before);
    put.mockRestore();
  });

  it("ends on request, after its days, and with its campaign", async () => {
    stopClock();
    const { campaign, ada, links, share } = await shop();
    const isOpen = async (path = "") => (await browser().page(path)).status === 200;
    await share(`campaign:${campaign.id}`, 7);
    const [first = ""] = await links();
    const list = (await ada.page("/reports")).text;
    const end = /\/reports\/\d+\/end/.exec(list)?.[0] ?? "";
    expect(await isOpen(first)).toBe(true);
    expect((await ada.submit(end)).status).toBe(303);
    expect(await isOpen(first)).toBe(false);
    // Readers may have no account, so the page names a contact.
    const { text } = await browser().page(first);
    expect(text).toContain("This report is no longer shared");
    expect(text).not.toContain('href="/home"');
    expect((await ada.submit(end)).status).toBe(404);
    await share(`campaign:${campaign.id}`, 7);
    const [second = ""] = await links();
    const now = Date.now();
    vi.setSystemTime(now + 7 * DAY_MS - 1);
    expect(await isOpen(second)).toBe(true);
    vi.setSystemTime(now + 7 * DAY_MS);
    expect(await isOpen(second)).toBe(false);
    vi.setSystemTime(now);
    await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}`);
    expect(await isOpen(second)).toBe(false);
  });

  it("cannot be guessed, changed, or created for another account's data", async () => {
    const { campaign, ada, links, share } = await shop();
    await share(`campaign:${campaign.id}`);
    const [path = ""] = await links();
    const [, , token = ""] = path.split("/");
    const [id, moment, tag = ""] = token.split(".");
    const otherTag = `${tag.startsWith("A") ? "B" : "A"}${tag.slice(1)}`;
    for (const bad of [`${Number(id) + 1}.${moment}.${tag}`, `${id}.${moment}.${otherTag}`, "x", "1.1.1"])
      expect((await browser().page(`/report/${bad}`)).status, bad).toBe(404);
    const theirs = await newCampaign();
    for (const about of [`campaign:${theirs.id}`, `brand:${theirs.brand.id}`])
      expect((await share(about)).status).toBe(404);
    for (const about of ["", "campaign:0", "plan:1"]) expect((await share(about)).status).toBe(400);
    expect((await share(`campaign:${campaign.id}`, 8)).status).toBe(400);
    expect(await links()).toHaveLength(1);
    const stranger = await browserOf(await newMember());
    expect((await stranger.submit(`/reports/${id}/end`)).status).toBe(404);
    const viewer = await colleagueOf(campaign.owner, "viewer");
    expect((await viewer.page("/reports")).text).toContain(path);
    expect((await viewer.page("/reports")).text).not.toContain("Create link");
    expect((await viewer.submit("/reports", { about: `campaign:${campaign.id}`, days: 7 })).status).toBe(403);
    expect(leadsTo(await browser().page("/reports"))).toMatch(/^\/sign-in/);
    expect((await ada.page("/audit")).text).toContain("Shared a report by link");
  });

  it("has at most fifty links in an account", async () => {
    const { campaign, links, share } = await shop();
    for (let i = 0; i < 50; i++) await share(`campaign:${campaign.id}`);
    expect((await share(`campaign:${campaign.id}`)).status).toBe(400);
    expect(await links()).toHaveLength(50);
  });
});
