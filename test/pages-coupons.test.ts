import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { paceOf } from "../src/dashboard/rewards/coupon-stock";
import { newCampaign, someCodes, someone } from "./support/campaign";
import { costOf } from "./support/campaigns";
import { newMember } from "./support/client";
import { stopClock } from "./support/clock";
import { browserOf, colleagueOf, leadsTo, signedIn } from "./support/session";

async function couponCampaign(codes: unknown[] = []) {
  const member = await newMember();
  const campaign = await newCampaign({ reward_type: 1 }, member);
  if (codes.length > 0) await campaign.upload(codes);
  return { member, campaign, path: `/campaigns/${campaign.id}/coupons`, ...(await browserOf(member)) };
}

const refer = async ({ campaign }: Awaited<ReturnType<typeof couponCampaign>>, name: string) => {
  const { data } = await campaign.signUp(someone(), { name });
  await campaign.refer(data.referral_code, someone());
  return data.id as number;
};

const statsIn = (html: string) =>
  Object.fromEntries([...html.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)/g)].map(([, label, value]) => [label, value]));

describe("a campaign's stock of coupons", () => {
  it("is told with who got which code, in at most two round trips", async () => {
    const ada = await couponCampaign(["SAVE-1", "SAVE-2", "SAVE-3"]);
    const grace = await refer(ada, "Grace Hopper");
    const { d1_calls } = await costOf(async () => {
      const page = await ada.page(ada.path);
      expect(page.status).toBe(200);
      expect(statsIn(page.text)).toMatchObject({ Unused: "2", Given: "1", Total: "3" });
      expect(page.text).toContain(`<a href="/participants/${grace}">Grace Hopper</a>`);
    });
    expect(d1_calls).toBeLessThanOrEqual(2);
    expect((await ada.page(`${ada.path}?status=available`)).text).not.toContain("Grace Hopper");
    const given = (await ada.page(`${ada.path}?status=assigned`)).text;
    expect(given).toContain("<code>SAVE-1");
    expect(given).not.toContain("<code>SAVE-2");
  });

  it("finds a code in any case, and no other", async () => {
    const ada = await couponCampaign(["Save-1", "save-10"]);
    const page = (await ada.page(`${ada.path}?code=SAVE-1`)).text;
    expect(page).toContain("<code>Save-1</code>");
    expect(page).not.toContain("save-10");
    const none = await ada.page(`${ada.path}?code=${encodeURIComponent("<b>")}`);
    expect(none.status).toBe(200);
    expect(none.text).toContain("No code &lt;b&gt;");
  });

  it("takes what makes no sense for nothing", async () => {
    const ada = await couponCampaign(["SAVE-1"]);
    expect((await ada.page(`${ada.path}?status=x&code=&page=-1&limit=x`)).text).toContain("SAVE-1");
    expect((await ada.page("/campaigns/x/coupons")).status).toBe(404);
  });

  it("is hidden from other accounts", async () => {
    const ada = await couponCampaign(["SAVE-1"]);
    const stranger = await signedIn();
    expect((await stranger.page(ada.path)).status).toBe(404);
    expect((await stranger.submit(ada.path, { codes: "X" })).status).toBe(404);
    expect((await stranger.submit(`${ada.path}/deletion`)).status).toBe(404);
    const victor = await colleagueOf(ada.member, "viewer");
    const page = await victor.page(ada.path);
    expect(page.text).toContain("SAVE-1");
    expect(page.text).not.toContain("<textarea");
    expect((await victor.submit(ada.path, { codes: "X" })).status).toBe(403);
  });
});

describe("codes that are added by form", () => {
  it("are told: added, duplicates, filled, and on which lines there are none", async () => {
    const ada = await couponCampaign(["SAVE-1"]);
    await refer(ada, "First");
    await refer(ada, "Waits");
    const codes = ["save-1", "NEW-1", "", "x".repeat(101), "NEW-2", "new-2", "tab\u0007"].join("\r\n");
    const answer = await ada.submit(ada.path, { codes });
    expect(answer.status).toBe(201);
    expect(statsIn(answer.text)).toEqual({
      Added: "2",
      Duplicates: "2",
      "Invalid lines": "2",
      "Pending rewards fulfilled": "1",
    });
    expect(answer.text).toContain("lines 4, 7");
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "1", Given: "2", Total: "3" });
  });

  it("may come in a file: a CSV's first column, or a line each", async () => {
    const ada = await couponCampaign();
    const csv = new File(['\uFEFFcode,note\r\nA-1,"two\r\nlines"\r\n\r\n\u0007,bad\r\nA-2,x\r\n'], "codes.csv");
    const answer = await ada.submit(ada.path, { codes: "", file: csv });
    expect(statsIn(answer.text)).toMatchObject({ Added: "2", "Invalid lines": "1" });
    expect(answer.text).toContain("line 5");
    const text = new File(["B,1\nB,2\n"], "codes.txt", { type: "text/plain" });
    expect(statsIn((await ada.submit(ada.path, { file: text })).text)).toMatchObject({ Added: "2" });
    expect((await ada.page(`${ada.path}?code=${encodeURIComponent("b,2")}`)).text).toContain("<code>B,2</code>");
  });

  it("may be 100 000 at once, and no more", async () => {
    const ada = await couponCampaign();
    const codes = someCodes(100_000).join("\n");
    const answer = await ada.submit(ada.path, { file: new File([codes], "codes.txt") });
    expect(statsIn(answer.text)).toMatchObject({ Added: "100,000" });
    const refused = await ada.submit(ada.path, { file: new File([`${codes}\none-more`], "codes.txt") });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("at most 100000 codes");
    const { rows_read, d1_calls } = await costOf(() => ada.page(`${ada.path}?status=available`));
    expect(d1_calls).toBeLessThanOrEqual(2);
    expect(rows_read).toBeLessThan(400);
  });

  it.each([{}, { codes: " \n " }, { codes: "", file: new File([], "") }])("must be some: %o", async (fields) => {
    const ada = await couponCampaign();
    const answer = await ada.submit(ada.path, fields as never);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("No codes found");
  });

  it("go again, but for those that were given", async () => {
    const ada = await couponCampaign(["SAVE-1", "SAVE-2"]);
    await refer(ada, "Holder");
    const answer = await ada.submit(`${ada.path}/deletion`);
    expect(leadsTo(answer)).toBe(`${ada.path}?done=codes_deleted`);
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "0", Given: "1", Total: "1" });
    expect((await ada.submit(`${ada.path}/deletion`)).status).toBe(303);
  });
});

describe("the forecast of a stock", () => {
  const DAY_MS = 86_400_000;
  const now = new Date("2026-03-15T12:00:00.000Z");
  const ago = (days: number) => now.getTime() - days * DAY_MS;

  it("is the last two weeks' pace, told forth", () => {
    const pace = paceOf({ given: 28, first: ago(13), date_added: ago(100), available: 10 }, now);
    expect(pace.per_day).toBeCloseTo(2);
    expect(pace.runs_out).toEqual(new Date(now.getTime() + 5 * DAY_MS));
  });

  it("is that of a young campaign's days, of which there is one at least", () => {
    expect(paceOf({ given: 8, first: ago(3), date_added: ago(4), available: 10 }, now).per_day).toBeCloseTo(2);
    expect(paceOf({ given: 1, first: ago(0), date_added: ago(0.01), available: 10 }, now).per_day).toBe(1);
  });

  it("follows the last ones where more were given than are looked at", () => {
    expect(paceOf({ given: 1000, first: ago(2), date_added: ago(100), available: 500 }, now).per_day).toBeCloseTo(500);
  });

  it("is none where nothing was given, or in ten years only", () => {
    expect(paceOf({ given: 0, first: null, date_added: ago(9), available: 10 }, now).runs_out).toBeNull();
    expect(paceOf({ given: 0, first: null, date_added: ago(9), available: 0 }, now).runs_out).toBeNull();
    expect(paceOf({ given: 1, first: ago(1), date_added: ago(14), available: 9999 }, now).runs_out).toBeNull();
  });

  it("is on the page, from what was given", async () => {
    stopClock();
    const ada = await couponCampaign(someCodes(30));
    expect((await ada.page(ada.path)).text).toContain("codes will not run out.");
    for (const name of ["One", "Two", "Three"]) await refer(ada, name);
    await env.DB.prepare("UPDATE campaigns SET date_added = ? WHERE id = ?")
      .bind(Date.now() - 40 * DAY_MS, ada.campaign.id)
      .run();
    const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
    const told = day.format(new Date(Date.now() + 126 * DAY_MS));
    expect((await ada.page(ada.path)).text).toContain(`about 2 a week, codes run out on <strong>${told}`);
  });
});

describe("what a campaign gives", () => {
  const fields = (more: Record<string, unknown>) => ({
    "@flags": "reward_invited",
    reward_type: 5,
    "reward.cash_value": "12.50",
    ...more,
  });

  it("is set by the API's own rules, and shown again", async () => {
    const ada = await couponCampaign();
    const path = `/campaigns/${ada.campaign.id}/rewards`;
    const { d1_calls } = await costOf(() => ada.page(path));
    expect(d1_calls).toBeLessThanOrEqual(2);
    const answer = await ada.submit(path, fields({ reward_invited: true }) as never);
    expect(leadsTo(answer)).toBe(`${path}?done=saved`);
    const { data } = await ada.member.get(`/api/v1/campaigns/${ada.campaign.id}`);
    expect(data).toMatchObject({ reward_type: 5, reward_invited: true, reward: { cash_value: 12.5 } });
    expect((await ada.page(path)).text).toContain('value="12.5"');
    await ada.submit(path, fields({}) as never);
    expect((await ada.member.get(`/api/v1/campaigns/${ada.campaign.id}`)).data.reward_invited).toBe(false);
  });

  it.each([
    [{ "reward.cash_value": "a lot" }, "field-reward-cash_value-problem"],
    [{ "reward.redirect_url": "javascript:alert(1)" }, "field-reward-redirect_url-problem"],
    [{ reward_type: 9 }, "field-reward_type-problem"],
    [{ reward_type: 4 }, "field-reward_type-problem"],
  ])("is refused beside its field: %o", async (wrong, problem) => {
    const ada = await couponCampaign();
    const path = `/campaigns/${ada.campaign.id}/rewards`;
    const answer = await ada.submit(path, fields({ "reward.custom_message": "Kept", ...wrong }) as never);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(problem);
    expect(answer.text).toContain(">Kept</textarea>");
  });

  it("tells what is still to be set, and counts what was given", async () => {
    const ada = await couponCampaign();
    await refer(ada, "Waits");
    const path = `/campaigns/${ada.campaign.id}/rewards`;
    const page = (await ada.page(path)).text;
    expect(page).toContain("No coupon codes are left");
    expect(statsIn(page)).toEqual({ Given: "0", Pending: "1", Revoked: "0", "Coupons left": "0" });
    expect((await (await signedIn()).page(path)).status).toBe(404);
  });
});
