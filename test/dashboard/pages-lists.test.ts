import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { browserOf, colleagueOf } from "../support/session";
import { workOf } from "../support/work";

/** Two campaigns. The first has more people, more rewards, and a sale. */
async function shop() {
  const figs = await newCampaign({ name: "=Figs", num_signups: 1, reward_type: 5 });
  const { owner } = figs;
  const apples = await newCampaign({ name: "Apples" }, owner);
  const { id, referral_code } = (await figs.signUp(someone(), { name: "@Rita" })).data;
  await figs.refer(referral_code, someone());
  await figs.refer(referral_code, someone());
  const { referral_code: another } = (await figs.signUp(someone())).data;
  await figs.refer(another, someone());
  const sale = { campaign_id: figs.id, participant_id: id, conversion_id: "=order", amount: 1250 };
  expect((await owner.post("/api/v1/conversions", sale)).status).toBe(201);
  return { owner, figs, apples, me: await browserOf(owner) };
}

const namesIn = (text: string, className: string) =>
  [...text.matchAll(new RegExp(`<a class="${className}"[^>]*>(?:<(?:img|span)[^>]*>.*?</?[^>]*>)?([^<]*)`, "g"))].map(
    ([, name]) => name,
  );

describe("a list of the dashboard", () => {
  it("of campaigns is sorted by its headings, and so is the file", async () => {
    const { me, figs } = await shop();
    const named = async (query: string) => namesIn((await me.page(`/campaigns${query}`)).text, "campaign-name");
    expect(await named("")).toEqual(["Apples", "=Figs"]);
    for (const sort of ["participants", "referrals", "name"])
      expect([sort, await named(`?sort=${sort}`)]).toEqual([sort, ["=Figs", "Apples"]]);
    const { text } = await me.page("/campaigns?sort=referrals&status=unarchived");
    expect(text).toMatch(/aria-sort="descending"><a class="sort" href="\/campaigns\?sort=referrals">Referrals/);
    const file = await me.page("/campaigns/export?sort=referrals");
    expect(file.headers.get("Content-Disposition")).toBe('attachment; filename="campaigns.csv"');
    const [head, first] = file.text.split("\r\n");
    expect(head).toBe("id,name,brand,status,publish,participants,referrals,clicks,date_added");
    expect(first).toMatch(new RegExp(`^${figs.id},'=Figs,`));
    const newest = await workOf(() => me.page("/campaigns"));
    const sorted = await workOf(() => me.page("/campaigns?sort=referrals"));
    expect(sorted.d1_calls).toBe(newest.d1_calls);
  });

  it("of brands is sorted by its headings, and so is the file", async () => {
    const { me, owner, figs } = await shop();
    const { data: empty } = await owner.post("/api/v1/brands", { url: `aaa-${crypto.randomUUID()}.example.com` });
    const ids = async (query: string) =>
      [...(await me.page(`/brands${query}`)).text.matchAll(/class="brand-name" href="\/brands\/(\d+)"/g)].map(([, n]) =>
        Number(n),
      );
    expect((await ids(""))[0]).toBe(empty.id);
    expect((await ids("?sort=participants"))[0]).toBe(figs.brand.id);
    expect((await ids("?sort=campaigns")).at(-1)).toBe(empty.id);
    expect((await ids("?sort=name"))[0]).toBe(empty.id);
    const { text } = await me.page("/brands/export?sort=participants");
    expect(text).toContain("id,name,domain,campaigns,participants,shares,clicks,impressions,date_added");
    expect(text.split("\r\n")[1]).toMatch(new RegExp(`^${figs.brand.id},`));
  });

  it("of rewards reverses its order on a second click, page by page, and in the file", async () => {
    const { me, owner } = await shop();
    const { rewards } = (await owner.get("/api/v1/rewards")).data;
    const newest = rewards.map(({ id }: { id: number }) => id);
    expect(newest.length).toBeGreaterThan(1);
    const ids = async (query: string) =>
      [...(await me.page(`/rewards${query}`)).text.matchAll(/class="person" href="\/rewards\/(\d+)"/g)].map(([, n]) =>
        Number(n),
      );
    expect(await ids("")).toEqual(newest);
    expect(await ids("?sort=oldest")).toEqual(newest.toReversed());
    expect(await ids("?sort=oldest&reward_type=5")).toEqual(newest.toReversed());
    expect([...(await ids("?sort=oldest&limit=1")), ...(await ids("?sort=oldest&limit=1&page=2"))]).toEqual(
      newest.toReversed().slice(0, 2),
    );
    expect((await me.page("/rewards")).text).toContain(
      'aria-sort="descending"><a class="sort" href="/rewards?sort=oldest">',
    );
    expect((await me.page("/rewards?sort=oldest")).text).toContain(
      'aria-sort="ascending"><a class="sort" href="/rewards">',
    );
    const { text } = await me.page("/rewards/export?sort=oldest");
    const exported = text.trim().split("\r\n").slice(1);
    expect(exported.map((line) => Number(line.split(",")[0]))).toEqual(newest.toReversed());
  });

  it("of rewards sorts the newest 1,000 by amount, page by page, in a bounded number of rows", async () => {
    const { id, owner } = await newCampaign();
    const { id: participant } = (
      await owner.post("/api/v1/signups", { campaign_id: id, email: someone(), name: "Rita" })
    ).data;
    const ALL = 1130;
    // Classic rewards are in hundredths of the major unit, those of rules in minor units. Coupons have no amount.
    await env.DB.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ALL})
      INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, cash_cents, amount, currency, date_earned, earn_event)
      SELECT 4503599627370496 + ?3 * 1048576 + i, ?1, ?2, ?3, 'referrer', iif(i % 10 = 0, 1, 2), iif(i % 20 = 1, 'fulfilled', 'pending'),
        iif(i % 10 > 0 AND i % 2, i * 7919 % 100 * 100, NULL), iif(i % 10 > 0 AND NOT i % 2, i * 7919 % 100 * iif(i % 3, 100, 1), NULL),
        iif(i % 3, 'USD', 'JPY'), i, 'e' || i FROM n`)
      .bind(owner.id, id, participant)
      .run();
    await env.DB.prepare("UPDATE campaign_stats SET rewards_pending = ? WHERE campaign_id = ?").bind(ALL, id).run();
    const me = await browserOf(owner);
    const first = 2 ** 52 + participant * 2 ** 20;
    const ids = (text: string) =>
      [...text.matchAll(/class="person" href="\/rewards\/(\d+)"/g)].map(([, n]) => Number(n) - first);
    const newest = Array.from({ length: 1000 }, (_, n) => ALL - 999 + n).map((i) => ({
      i,
      amount: i % 10 === 0 ? null : (i * 7919) % 100,
      currency: i % 3 ? "USD" : "JPY",
    }));
    const NOTE = "Only the newest 1,000 rewards are sorted by amount.";
    for (const [sort, sign] of [
      ["largest", -1],
      ["smallest", 1],
    ] as const) {
      const sorted = newest.toSorted(
        (a, b) =>
          Number(a.amount === null) - Number(b.amount === null) ||
          a.currency.localeCompare(b.currency) ||
          sign * ((a.amount ?? 0) - (b.amount ?? 0)) ||
          sign * (a.i - b.i),
      );
      for (const [filter, right] of [
        ["", sorted],
        [`&campaign_id=${id}`, sorted],
        ["&status=fulfilled", sorted.filter(({ i }) => i % 20 === 1)],
        ["&reward_type=1", sorted.filter(({ i }) => i % 10 === 0)],
      ] as const) {
        const seen: number[] = [];
        let path: string | undefined = `/rewards?sort=${sort}${filter}&limit=100`;
        for (let pages = 0; path && pages < 25; pages++) {
          const { text } = await me.page(path);
          seen.push(...ids(text));
          expect(text).toContain(NOTE);
          path = /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
        }
        expect(seen, `${sort}${filter}`).toEqual(right.map(({ i }) => i));
      }
    }
    for (const filter of ["", `&participant_id=${participant}`, "&status=pending"]) {
      const work = await workOf(() => me.page(`/rewards?sort=largest${filter}`));
      expect(work.d1_calls).toBe(2);
      expect(work.rows_read, filter).toBeLessThanOrEqual(12_000);
    }
    expect((await me.page("/rewards/export?sort=largest")).text.trim().split("\r\n")).toHaveLength(ALL + 1);
    expect((await me.page("/rewards?sort=oldest")).text).not.toContain(NOTE);
  });

  it("can be downloaded without formulas, with its filters, by the account only", async () => {
    const { me, figs, owner } = await shop();
    const viewer = await colleagueOf(owner, "viewer");
    const path = `/campaigns/${figs.id}/conversions`;
    const { text } = await viewer.page(`${path}/export`);
    expect(text).toContain("id,conversion_id,event_name,participant_id,buyer_name");
    expect(text).toContain("'=order");
    expect(text).toContain("'@Rita");
    expect((await me.page(path)).text).toContain(`href="${path}/export"`);
    expect((await me.page(`${path}/export?outcome=capped`)).text.trim().split("\r\n")).toHaveLength(1);
    const events = (await me.page("/events/export?type=participant.signup")).text.trim().split("\r\n");
    expect(events[0]).toContain("id,type,participant_id,participant_email,campaign_id");
    expect(events.length).toBeGreaterThan(2);
    expect(events.slice(1).every((line) => line.includes("participant.signup"))).toBe(true);
    await me.submit(`/campaigns/${figs.id}/participants/new`, { email: someone(), name: "By hand" });
    expect((await me.page("/audit/export")).text).toMatch(/action,where,path,via,.*\r\n.*,dashboard,/);

    const stranger = await browserOf(await newMember());
    expect((await stranger.page(`${path}/export`)).status).toBe(404);
    expect((await stranger.page(`/rewards/export?campaign_id=${figs.id}`)).status).toBe(404);
    expect((await stranger.page(`/events/export?campaign_id=${figs.id}`)).status).toBe(404);
    for (const list of ["campaigns", "brands", "events", "audit", "rewards", "participants"])
      expect((await stranger.page(`/${list}/export`)).text.trim().split("\r\n"), list).toHaveLength(1);
  });
});
