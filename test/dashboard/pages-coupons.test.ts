import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { paceOf } from "../../src/dashboard/rewards/coupon-stock";
import { openDb } from "../../src/lib/db";
import { endCodes } from "../../src/participants/coupons/ended-codes";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { costOf } from "../support/campaigns";
import { newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { decoded } from "../support/html";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";

async function couponCampaign(codes: unknown[] = []) {
  const member = await newMember();
  const campaign = await newCampaign({ reward_type: 1 }, member);
  if (codes.length > 0) await campaign.upload(codes);
  return { member, campaign, path: `/campaigns/${campaign.id}/coupons`, ...(await browserOf(member)) };
}

const field = (html: string, name: string) =>
  decoded(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");
const formIn = (html: string) => ({
  text: field(html, "text"),
  as: field(html, "as"),
  name: field(html, "name"),
  column: /<option value="(\d+)" selected/.exec(html)?.[1] ?? "",
});

const codesIn = (html: string) => [...html.matchAll(/<code>([^<]+)</g)].map(([, code]) => code);

const refer = async ({ campaign }: Awaited<ReturnType<typeof couponCampaign>>, name: string) => {
  const { data } = await campaign.signUp(someone(), { name });
  await campaign.refer(data.referral_code, someone());
  return data.id as number;
};

/** The preview of an upload, and the result of adding its codes. */
async function upload(ada: Awaited<ReturnType<typeof couponCampaign>>, fields: Record<string, unknown>) {
  const preview = await ada.submit(ada.path, fields as never);
  expect(preview.status).toBe(200);
  return { preview: preview.text, added: await ada.submit(`${ada.path}/upload`, formIn(preview.text)) };
}

const statsIn = (html: string) =>
  Object.fromEntries([...html.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)/g)].map(([, label, value]) => [label, value]));

describe("codes' last days", () => {
  it("are set for an upload or in its rows, and shown with the expired codes", async () => {
    const ada = await couponCampaign();
    const over = await ada.submit(ada.path, { codes: "SAVE-1", valid_until: "2020-01-01" });
    expect(over.status).toBe(400);
    expect(over.text).toContain("Must be in the future.");
    expect(over.text).toContain("SAVE-1");
    const rows = "code,valid_until\nSAVE-1,2099-03-03\nSAVE-2,\nSAVE-3,03/04/99\nSAVE-4,2020-01-01";
    const file = new File([rows], "codes.csv", { type: "text/csv" });
    const preview = await ada.submit(ada.path, { file, valid_until: "2099-12-24" });
    expect(preview.text).toContain("valid until March 3, 2099");
    expect(preview.text).toContain("valid until December 24, 2099");
    expect(preview.text).toContain("valid_until is not a date like 2027-03-03: line 4.");
    expect(preview.text).toContain("Expired, left out: line 5.");
    const sent = { ...formIn(preview.text), valid_until: field(preview.text, "valid_until") };
    expect(statsIn((await ada.submit(`${ada.path}/upload`, sent)).text)).toMatchObject({
      Added: "2",
      "Invalid lines": "1",
    });
    const page = (await ada.page(ada.path)).text;
    expect(page).toContain("March 3, 2099");
    expect(page).toContain("December 24, 2099");
    expect(page).not.toContain("Expired");

    await env.DB.prepare("UPDATE coupons SET valid_until = 1 WHERE campaign_id = ? AND code = 'SAVE-1'")
      .bind(ada.campaign.id)
      .run();
    await env.DB.prepare("UPDATE campaign_stats SET coupons_look_at = 1 WHERE campaign_id = ?")
      .bind(ada.campaign.id)
      .run();
    await endCodes({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
    const after = (await ada.page(`${ada.path}?status=expired`)).text;
    expect(statsIn(after)).toMatchObject({ Unused: "1", Given: "0", Expired: "1", Total: "2" });
    expect(codesIn(after)).toEqual(["SAVE-1"]);
    const csv = (await ada.page(`${ada.path}/export`)).text;
    expect(csv).toContain("SAVE-1,expired,,,1970-01-01T00:00:00.001Z");
    expect((await ada.submit(`${ada.path}/expired/deletion`, {})).status).toBe(303);
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "1", Total: "1" });
  });
});

describe("a campaign's stock of coupons", () => {
  it("is shown with the owner of each code, in at most two round trips", async () => {
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

  it("ignores invalid parameters", async () => {
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
    expect((await victor.submit(`${ada.path}/upload`, { text: "X", as: "list" })).status).toBe(403);
    expect((await stranger.submit(`${ada.path}/upload`, { text: "X", as: "list" })).status).toBe(404);
  });
});

describe("codes added with the form", () => {
  it("are reported: added, duplicates, filled, and invalid lines", async () => {
    const ada = await couponCampaign(["SAVE-1"]);
    await refer(ada, "First");
    await refer(ada, "Waits");
    const codes = ["save-1", "NEW-1", "", "x".repeat(101), "NEW-2", "new-2", "tab\u0007"].join("\r\n");
    expect((await ada.submit(ada.path, { codes })).text).toContain("Invalid, because");
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "0", Total: "1" });
    const { added } = await upload(ada, { codes });
    expect(added.status).toBe(201);
    expect(statsIn(added.text)).toEqual({
      Added: "2",
      Duplicates: "2",
      "Invalid lines": "2",
      "Pending rewards fulfilled": "1",
    });
    expect(added.text).toContain("lines 4, 7");
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "1", Given: "2", Total: "3" });
  });

  it("may be in a file: a CSV's column of codes, or any number per line", async () => {
    const ada = await couponCampaign();
    const csv = new File(['\uFEFFcode,note\r\nA-1,"two\r\nlines"\r\n\r\n\u0007,bad\r\nA-2,x\r\n'], "codes.csv");
    const { added } = await upload(ada, { codes: "", file: csv });
    expect(statsIn(added.text)).toMatchObject({ Added: "2", "Invalid lines": "1" });
    expect(added.text).toContain("line 5");
    const text = new File(["B-1, B-2\nB-3;B-4\tB-5\n"], "codes.txt", { type: "text/plain" });
    expect(statsIn((await upload(ada, { file: text })).added.text)).toMatchObject({ Added: "5" });
    expect((await ada.page(`${ada.path}?code=b-5`)).text).toContain("<code>B-5</code>");
  });

  it("are previewed with their column, which can be changed", async () => {
    const ada = await couponCampaign();
    const csv = new File(
      ["Coupon Name,Discount Code,Discount Type\nEarly Bird,EARLY20,percent\nLate Bird,LATE10,percent\n"],
      "c.csv",
    );
    const preview = (await ada.submit(ada.path, { file: csv })).text;
    expect(codesIn(preview)).toEqual(["EARLY20", "LATE10"]);
    expect(preview).toContain('<option value="1" selected="">Discount Code</option>');
    const other = (await ada.submit(ada.path, { ...formIn(preview), column: "0" })).text;
    expect(codesIn(other)).toEqual(["Early Bird", "Late Bird"]);
    await ada.submit(`${ada.path}/upload`, { ...formIn(other), column: "1" });
    expect((await ada.page(ada.path)).text).toContain("<code>EARLY20</code>");
    expect((await ada.page(ada.path)).text).not.toContain("Early Bird");
  });

  it("of a binary file are refused, and none is added", async () => {
    const ada = await couponCampaign();
    const answer = await ada.submit(ada.path, {
      file: new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], "codes.csv"),
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("This is an image.");
    const both = await ada.submit(ada.path, { codes: "A-1", file: new File(["code,note\nA-2,x"], "codes.csv") });
    expect(codesIn(both.text)).toEqual(["A-1", "A-2"]);
  });

  it("may be 100 000 at once, and no more", async () => {
    const ada = await couponCampaign();
    const codes = someCodes(100_000).join("\n");
    const { added } = await upload(ada, { file: new File([codes], "codes.txt") });
    expect(statsIn(added.text)).toMatchObject({ Added: "100,000" });
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

  it("can be deleted, except given ones", async () => {
    const ada = await couponCampaign(["SAVE-1", "SAVE-2"]);
    await refer(ada, "Holder");
    const answer = await ada.submit(`${ada.path}/deletion`);
    expect(leadsTo(answer)).toBe(`${ada.path}?done=codes_deleted`);
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "0", Given: "1", Total: "1" });
    expect((await ada.submit(`${ada.path}/deletion`)).status).toBe(303);
  });

  it("of one upload are removed, except given ones", async () => {
    const ada = await couponCampaign(["FIRST-1"]);
    await upload(ada, { file: new File(["SECOND-1\nSECOND-2\n"], "second.txt") });
    await refer(ada, "Holder");
    await refer(ada, "Another");
    const page = (await ada.page(ada.path)).text;
    const [latest = ""] = page.match(/\/uploads\/\d+\/deletion/) ?? [];
    expect(page).toContain("second.txt");
    await ada.campaign.upload(["THIRD-1"]);
    expect(leadsTo(await ada.submit(`${ada.path}${latest}`))).toBe(`${ada.path}?done=upload_taken_back`);
    const left = await ada.page(ada.path);
    expect(statsIn(left.text)).toMatchObject({ Unused: "1", Given: "2", Total: "3" });
    expect(left.text).not.toContain("SECOND-2");
    const stranger = await signedIn();
    expect((await stranger.submit(`${ada.path}${latest}`)).status).toBe(404);
  });

  it("are deleted one by one, unless they were given", async () => {
    const ada = await couponCampaign(["SAVE-1", "SAVE-2", "SAVE-3"]);
    await refer(ada, "Holder");
    const { coupons } = (await ada.campaign.owner.get(`/api/v1${ada.path}`)).data;
    const idOf = (code: string) => coupons.find((coupon: { code: string }) => coupon.code === code).id;
    expect(leadsTo(await ada.submit(`${ada.path}/${idOf("SAVE-2")}/deletion`))).toBe(`${ada.path}?done=code_deleted`);
    const given = await ada.submit(`${ada.path}/${idOf("SAVE-1")}/deletion`);
    expect(given.text).toContain("This code was assigned to a participant");
    expect(statsIn((await ada.page(ada.path)).text)).toMatchObject({ Unused: "1", Given: "1", Total: "2" });
    const next = await refer(ada, "Next");
    expect((await ada.page(`/participants/${next}`)).text).toContain("SAVE-3");
  });
});

describe("the forecast of a stock", () => {
  const DAY_MS = 86_400_000;
  const now = new Date("2026-03-15T12:00:00.000Z");
  const ago = (days: number) => now.getTime() - days * DAY_MS;

  it("extrapolates the last two weeks", () => {
    const pace = paceOf({ given: 28, first: ago(13), date_added: ago(100), available: 10 }, now);
    expect(pace.per_day).toBeCloseTo(2);
    expect(pace.runs_out).toEqual(new Date(now.getTime() + 5 * DAY_MS));
  });

  it("uses a young campaign's days, at least one", () => {
    expect(paceOf({ given: 8, first: ago(3), date_added: ago(4), available: 10 }, now).per_day).toBeCloseTo(2);
    expect(paceOf({ given: 1, first: ago(0), date_added: ago(0.01), available: 10 }, now).per_day).toBe(1);
  });

  it("uses the latest codes if more were given than it reads", () => {
    expect(paceOf({ given: 1000, first: ago(2), date_added: ago(100), available: 500 }, now).per_day).toBeCloseTo(500);
  });

  it("is empty without given codes, or beyond ten years", () => {
    expect(paceOf({ given: 0, first: null, date_added: ago(9), available: 10 }, now).runs_out).toBeNull();
    expect(paceOf({ given: 0, first: null, date_added: ago(9), available: 0 }, now).runs_out).toBeNull();
    expect(paceOf({ given: 1, first: ago(1), date_added: ago(14), available: 9999 }, now).runs_out).toBeNull();
  });

  it("is on the page, from given codes", async () => {
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

describe("a campaign's reward settings", () => {
  const fields = (more: Record<string, unknown>) => ({
    "@flags": "reward_invited",
    reward_type: 5,
    "reward.cash_value": "12.50",
    ...more,
  });

  it("are set by the API's own rules, and shown again", async () => {
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
  ])("show errors beside the field: %o", async (wrong, problem) => {
    const ada = await couponCampaign();
    const path = `/campaigns/${ada.campaign.id}/rewards`;
    const answer = await ada.submit(path, fields({ "reward.custom_message": "Kept", ...wrong }) as never);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(problem);
    expect(answer.text).toContain(">Kept</textarea>");
  });

  it("show what is still missing, and count given rewards", async () => {
    const ada = await couponCampaign();
    await refer(ada, "Waits");
    const path = `/campaigns/${ada.campaign.id}/rewards`;
    const page = (await ada.page(path)).text;
    expect(page).toContain("There are no unused coupon codes");
    expect(statsIn(page)).toEqual({ Given: "0", Pending: "1", Revoked: "0", "Coupons left": "0" });
    expect((await (await signedIn()).page(path)).status).toBe(404);
  });
});

describe("a campaign's codes", () => {
  it("download as CSV with their owners, all or by status, and the audit log has their number", async () => {
    const ada = await couponCampaign(["SAVE-1", "SAVE-2", "=SUM(1)"]);
    const id = await refer(ada, "Grace");
    const file = async (query = "") => (await ada.page(`${ada.path}/export${query}`)).text.replace(/^\uFEFF/, "");
    const lines = (await file()).trim().split("\r\n");
    expect(lines[0]).toBe("code,status,participant_id,date_assigned,valid_until");
    expect(lines[1]).toMatch(new RegExp(`^SAVE-1,assigned,${id},\\d{4}-`));
    expect(lines.slice(2)).toEqual(["SAVE-2,available,,,", "'=SUM(1),available,,,"]);
    expect((await file("?status=available")).trim().split("\r\n")).toEqual([lines[0], ...lines.slice(2)]);
    expect((await (await signedIn()).page(`${ada.path}/export`)).status).toBe(404);

    await ada.submit(`${ada.path}/deletion`);
    expect((await ada.page("/audit")).text).toContain("Deleted 2 unused codes");
  });

  it("have their number in the audit log when the API is used, too", async () => {
    const ada = await couponCampaign(["SAVE-1"]);
    const api = `/api/v1${ada.path.replace(/\/coupons$/, "")}`;
    await ada.member.post(`${api}/coupons`, { codes: ["SAVE-2", "SAVE-3"] });
    const [upload] = (await ada.member.get(`${api}/coupon-uploads`)).data.uploads;
    await ada.member.delete(`${api}/coupon-uploads/${upload.id}`);
    await ada.member.delete(`${api}/coupons`);
    const { text } = await ada.page("/audit");
    for (const said of ["Uploaded 2 coupon codes", "Took back 2 coupon codes", "Deleted 1 unused code"])
      expect(text).toContain(said);
  });
});
