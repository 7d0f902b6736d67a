import { beforeAll, describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { browser, browserOf } from "../support/session";
import { workOf } from "../support/work";

const MENU = 'aria-label="Main"';

describe("the dashboard's search", () => {
  let campaign: Awaited<ReturnType<typeof newCampaign>>;
  let ada: Awaited<ReturnType<typeof browserOf>>;
  let person: number;
  beforeAll(async () => {
    campaign = await newCampaign({ name: "Figs for friends" });
    ada = await browserOf(campaign.owner);
    person = (await campaign.signUp("zoe.quill@example.com", { name: "Zoë Quill" })).data.id;
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/crm-in" });
  });
  const found = async (who: typeof ada, q: string) => {
    const { text, status } = await who.page(`/search?${new URLSearchParams({ q })}`);
    expect(status).toBe(200);
    const hits = /id="found"[^>]*>(.*)<\/div>/s.exec(text)?.[1] ?? "";
    return [...hits.matchAll(/<a href="([^"]*)"/g)].map(([, path]) => path);
  };

  it("finds participants by the start of their email and any part of their name, without accents", async () => {
    for (const q of ["zoe.qu", "ZOE.QU", "zoe", "quill zoe"])
      expect(await found(ada, q), q).toContain(`/participants/${person}`);
    expect(await found(ada, "oe.quill@")).not.toContain(`/participants/${person}`);
  });

  it("finds campaigns, brands, webhooks, and pages, and links to the list of participants", async () => {
    expect(await found(ada, "friends figs")).toContain(`/campaigns/${campaign.id}`);
    expect(await found(ada, campaign.brand.domain.slice(0, 12))).toContain(`/brands/${campaign.brand.id}`);
    expect((await found(ada, "crm-in")).some((path) => /^\/webhooks\/\d+$/.test(path ?? ""))).toBe(true);
    expect(await found(ada, "billing")).toEqual(["/plan", "/participants?name=billing"]);
    const menu = /<nav aria-label="Main".*?<\/nav>/s.exec((await ada.page("/home")).text)?.[0] ?? "";
    const entries = [...menu.matchAll(/href="([^"]*)"/g)].map(([, path]) => path);
    expect(entries.length).toBeGreaterThan(10);
    expect(await found(ada, "")).toEqual(expect.arrayContaining([...entries, "/reports", "/account/notifications"]));
  });

  it("finds nothing of other accounts", async () => {
    const victor = await browserOf((await newCampaign({ name: "Other" })).owner);
    for (const q of ["zoe", "friends figs", "crm-in"])
      expect(await found(victor, q)).toEqual([`/participants?${new URLSearchParams({ name: q })}`]);
  });

  it("makes one database call besides the session's, and accepts any text", async () => {
    for (const q of ["zoe", "'", '"<b>', "%", "x".repeat(300), "\u0000"])
      expect((await workOf(() => found(ada, q))).d1_calls, q).toBeLessThanOrEqual(2);
  });

  it("keeps the menu on missing pages, for signed-in members", async () => {
    for (const path of ["/campaigns/999999999", "/participants/0", "/nowhere", "/brands/x"]) {
      const { status, text } = await ada.page(path);
      expect([path, status, text.includes(MENU)]).toEqual([path, 404, true]);
      expect(text).toContain("Page not found");
    }
    const { status, text } = await browser().page("/nowhere");
    expect([status, text.includes(MENU)]).toEqual([404, false]);
    expect(text).toContain('href="/sign-in"');
    expect(text).not.toContain("campaign");
  });
});
