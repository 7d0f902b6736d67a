import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/participants/imports/import-file";
import { newCampaign, plainCode, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { browserOf } from "../support/session";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const PERSON = { headers: { "User-Agent": CHROME, "CF-Connecting-IP": "203.0.113.9" } };

/** A unique code. */
const aCode = () => crypto.randomUUID().slice(0, 8);

async function aCampaign(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ landing_url: "https://shop.example/join", ...fields });
  const { submit, page } = await browserOf(campaign.owner);
  const path = `/campaigns/${campaign.id}/import`;
  const field = (html: string, name: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "").replaceAll("&quot;", '"');
  /** Imports a list like the page's form. @returns the result of each row */
  const load = async (csv: string) => {
    const preview = await submit(path, { text: csv });
    const sent = { token: field(preview.text, "token"), rows: field(preview.text, "rows") };
    const answer = await submit(`${path}/run`, sent, { headers: { Accept: "application/json" } });
    expect(answer.status, answer.text).toBe(200);
    return {
      preview: preview.text,
      said: (JSON.parse(answer.text) as { results: { said: string }[] }).results.map(({ said }) => said),
    };
  };
  const find = async (email: string) => {
    const { data } = await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${email}`);
    return (await campaign.owner.get(`/api/v1/participants/${data.participants[0].id}`)).data;
  };
  const undo = async () => {
    const row = await env.DB.prepare("SELECT id FROM imports WHERE campaign_id = ? ORDER BY id DESC")
      .bind(campaign.id)
      .first<{ id: number }>();
    return submit(`${path}/${row?.id}/undo`, {});
  };
  const join = (ref: string, email = someone()) =>
    call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, name: "Friend", ref });
  const setAliases = (id: number, aliases: unknown) =>
    campaign.owner.put(`/api/v1/participants/${id}/aliases`, { aliases });
  return { ...campaign, submit, page, load, find, undo, join, setAliases };
}

const follow = (path: string, headers = {}) =>
  call("GET", path, undefined, { headers: { ...PERSON.headers, ...headers } });
const stored = async (campaignId: number) =>
  (
    await env.DB.prepare("SELECT code FROM aliases WHERE campaign_id = ? ORDER BY code")
      .bind(campaignId)
      .all<{ code: string }>()
  ).results.map(({ code }) => code);

describe("an imported code of another product", () => {
  it.each<[header: string, cell: string, codes: string]>([
    ["Referral Code", "abc123", "abc123"],
    ["shareUrl", "https://shop.example/?utm_source=x&grsf=abc123", "abc123"],
    ["social_id", "abc123", "abc123"],
    ["Referral Link", "https://join.shop.example/abc123", "abc123"],
    ["unique_link", "shop.example/go?mwr=abc123#top", "abc123"],
    ["vanityKeys", "ada, abc123", "ada abc123"],
    ["share url", "https://shop.example/", ""],
    ["Referral link", "none", "none"],
  ])("is read from %s, like %s", (header, cell, codes) => {
    const other = cell.replaceAll("abc123", "xyz789").replaceAll("ada", "grace");
    const rows = [`a@a.example,"${cell}"`, ...(other === cell ? [] : [`b@a.example,"${other}"`])];
    expect(importFile(`email,${header}\n${rows.join("\n")}`).rows[0]?.[9]).toBe(codes);
  });

  it("is not a code shared by several rows (it is their referrer's), nor one of ours", () => {
    const both = importFile("email,referral code\na@a.example,abc\nb@a.example,abc");
    expect(both.rows.map((row) => [row[4], row[9]])).toEqual([
      ["abc", ""],
      ["abc", ""],
    ]);
    const ours = `https://referrals.test/t/${plainCode(42, 6, 7)}.0123456789abcd`;
    expect(importFile(`email,share_url\na@a.example,${ours}`).rows[0]?.[9]).toBe("");
  });

  it("credits its owner in the widget", async () => {
    const campaign = await aCampaign({ num_signups: 2, reward_type: 3 });
    const [code, ada, grace] = [aCode(), someone(), someone()];
    const list = `email,name,Referral Link\n${ada},Ada,https://shop.example/?via=${code}\n${grace},Grace,https://shop.example/?via=x${code}`;
    const { preview, said } = await campaign.load(list);
    expect(said).toEqual(["added", "added"]);
    expect(preview).toContain("2 participants have codes from another product");
    expect((await campaign.join(code)).data.already_joined).toBe(false);
    expect(await campaign.find(ada)).toMatchObject({ referral_count: 1, aliases: [code] });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("credits its owner in the widget even if a chat app changed the link", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const code = aCode();
    await campaign.setAliases(ada.id, [code]);
    for (const ref of [`${code}.`, `${code})`, `${code}\u2026`]) await campaign.join(ref);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(3);
  });

  it("identifies referrers in later files, and can be added to existing participants", async () => {
    const campaign = await aCampaign();
    const [code, ada, friend, other] = [aCode(), someone(), someone(), someone()];
    await campaign.signUp(ada);
    expect((await campaign.load(`email,referral code\n${ada},${code}`)).said).toEqual(["already a participant"]);
    const friends = `email,referred by\n${friend},${code}\n${other},https://shop.example/?kid=${code}`;
    expect((await campaign.load(friends)).said).toEqual(["added", "added"]);
    const { id, referral_count, aliases } = await campaign.find(ada);
    expect({ referral_count, aliases }).toEqual({ referral_count: 2, aliases: [code] });
    expect((await campaign.find(friend)).invited_by).toBe(id);
  });

  it("stays with its owner; codes that cannot be kept are reported", async () => {
    const campaign = await aCampaign();
    const [code, ada] = [aCode(), someone()];
    await campaign.load(`email,own code\n${ada},${code}`);
    const rows = [`${someone()},${code}`, `${someone()},a<b`, `${someone()},twice`, `${someone()},TWICE`];
    expect((await campaign.load(`email,own code\n${rows.join("\n")}`)).said).toEqual([
      "added; another participant has the old code",
      "added; an old code cannot be stored",
      "added",
      "added",
    ]);
    expect(await stored(campaign.id)).toEqual(["TWICE", "twice", code].sort());
  });

  it("is kept with all others of a large request", async () => {
    const campaign = await aCampaign();
    const codesOf = (n: number) => Array.from({ length: 20 }, (_, i) => `${n}-${i}-`.padEnd(95, "x")).join(" ");
    const domain = ["a", "b", "c"].map((letter) => letter.repeat(50)).join(".");
    const rows = Array.from({ length: 1000 }, (_, n) => `friend-${n}@${domain}.example,${codesOf(n)}`);
    const { said } = await campaign.load(`email,own code\n${rows.join("\n")}`);
    expect(new Set(said)).toEqual(new Set(["added"]));
    expect((await stored(campaign.id)).length).toBe(20_000);
  });

  it("is deleted by undoing its import, and with an erased participant", async () => {
    const campaign = await aCampaign();
    const [kept, ada, eve] = [aCode(), someone(), someone()];
    await campaign.load(`email,own code\n${ada},${kept}`);
    await campaign.load(`email,own code\n${ada},${aCode()}\n${eve},${aCode()}`);
    expect((await stored(campaign.id)).length).toBe(3);
    expect((await campaign.undo()).status).toBe(303);
    expect(await stored(campaign.id)).toEqual([kept]);
    expect((await campaign.owner.delete(`/api/v1/participants/${(await campaign.find(ada)).id}`)).status).toBe(200);
    expect(await stored(campaign.id)).toEqual([]);
    expect((await campaign.join(kept)).status).toBe(200);
    expect(await campaign.stats()).toMatchObject({ total_referrals: 0 });
  });

  it("is removed by undoing an import that added nobody", async () => {
    const campaign = await aCampaign();
    const ada = someone();
    await campaign.signUp(ada);
    await campaign.load(`email,own code\n${ada},${aCode()}`);
    expect((await campaign.undo()).status).toBe(303);
    expect(await stored(campaign.id)).toEqual([]);
    expect((await campaign.find(ada)).email).toBe(ada);
  });

  it("is in the exports, and can be imported from them", async () => {
    const campaign = await aCampaign();
    const [code, ada] = [aCode(), someone()];
    const { id } = (await campaign.signUp(ada, { name: "Ada" })).data;
    await campaign.setAliases(id, [`a-${code}`, code]);
    const { text } = await campaign.page(`/campaigns/${campaign.id}/participants/export`);
    expect(text).toContain(`a-${code} ${code}`);
    const { text: account } = await campaign.page("/account/export");
    expect(JSON.parse(account).participants[0].aliases.sort()).toEqual([`a-${code}`, code].sort());
    const copy = await aCampaign();
    expect((await copy.load(text.replace("\uFEFF", ""))).said).toEqual(["added"]);
    expect((await copy.find(ada)).aliases.sort()).toEqual([`a-${code}`, code].sort());
  });
});

describe("the API", () => {
  it("sets a participant's codes, each unique in a campaign", async () => {
    const campaign = await aCampaign();
    const [ada, eve] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const code = aCode();
    expect((await campaign.setAliases(ada.id, [code, `${code}2`, code])).data).toEqual({ aliases: [code, `${code}2`] });
    expect(await campaign.setAliases(eve.id, [`${code}2`])).toMatchObject({ status: 409, code: "conflict" });
    expect((await campaign.setAliases(ada.id, [code])).data).toEqual({ aliases: [code] });
    expect((await campaign.setAliases(eve.id, [`${code}2`])).status).toBe(200);
    expect((await campaign.find(ada.email)).aliases).toEqual([code]);
    const wrong = [
      "",
      "a b",
      "x".repeat(101),
      "a/b",
      ada.referral_code,
      plainCode(campaign.id, 6, ada.id),
      7,
      "a\u202eb",
    ];
    for (const each of wrong) expect((await campaign.setAliases(ada.id, [each])).status, String(each)).toBe(400);
    const many = Array.from({ length: 21 }, (_, n) => `${code}-${n}`);
    expect((await campaign.setAliases(ada.id, many)).status).toBe(400);
    const stranger = await newMember();
    expect((await stranger.put(`/api/v1/participants/${ada.id}/aliases`, { aliases: [] })).status).toBe(404);
    expect(await stored(campaign.id)).toEqual([code, `${code}2`].sort());
  });

  it("credits the owner of a code in referrals and conversions, only in its own campaign", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const code = aCode();
    await campaign.setAliases(ada.id, [code]);
    const referral = { referral_code: code, name: "Friend" };
    const { owner, id } = campaign;
    const refer = (more: object) => owner.post("/api/v1/signups/referral", { ...referral, email: someone(), ...more });
    expect((await refer({ campaign_id: id })).data.participant.invited_by).toBe(ada.id);
    expect(await refer({})).toMatchObject({ status: 400, code: "bad_code" });
    const other = await newCampaign({}, owner);
    expect(await refer({ campaign_id: other.id })).toMatchObject({ status: 400, code: "bad_code" });
    const sale = { campaign_id: id, referral_code: code, conversion_id: aCode(), amount: 100 };
    expect((await owner.post("/api/v1/conversions", sale)).data.conversion.referrer_id).toBe(ada.id);
  });
});

describe("an old link", () => {
  it("to /t redirects with our code, counts, and keeps its other parameters", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const code = aCode();
    await campaign.setAliases(ada.id, [code]);
    const at = (path: string) => follow(path).then(({ headers }) => headers.get("Location"));
    const to = `https://shop.example/join?ref=${ada.referral_code}`;
    expect(await at(`/t/${campaign.id}/${code}`)).toBe(to);
    expect(await at(`/t/${campaign.id}/${code}).`)).toBe(to);
    expect(await at(`/t/${campaign.id}/${code}/`)).toBe(to);
    expect(await at(`/t/${campaign.id}/${code}?utm_source=x`)).toBe(`${to}&utm_source=x`);
    expect(await at(`/t/${campaign.id}?kid=${code}`)).toBe(`${to}&kid=${code}`);
    expect((await campaign.find(ada.email)).click_count).toBe(5);
  });

  it("without a known code redirects to the campaign, and without a campaign to the home page", async () => {
    const campaign = await aCampaign();
    const at = (path: string) => follow(path).then(({ status, headers }) => [status, headers.get("Location")]);
    expect(await at(`/t/${campaign.id}/nobody`)).toEqual([302, "https://shop.example/join"]);
    expect(await at(`/t/${campaign.id}`)).toEqual([302, "https://shop.example/join"]);
    for (const path of ["/t/999999999/abc", "/t/0/abc", "/t/99999999999999999999/abc", "/t/abc123"])
      expect(await at(path)).toEqual([302, "https://referrals.test/"]);
    const { id } = (await campaign.signUp(someone())).data;
    const code = aCode();
    await campaign.setAliases(id, [code]);
    await follow(`/t/${campaign.id}/${code}`, { "User-Agent": "Googlebot/2.1" });
    expect((await campaign.owner.get(`/api/v1/participants/${id}`)).data.click_count).toBe(0);
  });

  it("to a page with the widget gets our code, from the first known parameter", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const code = aCode();
    await campaign.setAliases(ada.id, [code]);
    const script = (query: string) => call("GET", `/api/widget/old-link.js?campaign_id=${query}`);
    const found = await script(`${campaign.id}&code=producthunt&code=${code}`);
    expect(found.headers.get("Content-Type")).toMatch(/^text\/javascript/);
    expect(found.text).toBe(`export default "${ada.referral_code}"`);
    for (const query of [`${campaign.id}&code=nobody`, `${campaign.id}&code=`, `999999999&code=${code}`])
      expect((await script(query)).text).toBe('export default ""');
  });

  it("to the hosted page names the inviter, and the form credits them", async () => {
    const campaign = await aCampaign({ publish: "public", landing_url: null });
    const ada = (await campaign.signUp(someone(), { name: "Ada Lovelace" })).data;
    const code = aCode();
    await campaign.setAliases(ada.id, [code]);
    const { text } = await call("GET", `/p/${campaign.brand.slug}/campaign/${campaign.id}?referralCode=${code}`);
    expect(text).toContain(`value="${ada.referral_code}"`);
    expect(text).toContain("Ada L.");
  });
});

it("with an unknown foreign ref makes no request and credits nobody", async () => {
  const campaign = await aCampaign();
  expect((await campaign.join("producthunt")).data.already_joined).toBe(false);
  expect((await campaign.join("")).data.already_joined).toBe(false);
  expect(await campaign.stats()).toMatchObject({ total_participants: 2, total_referrals: 0 });
});
