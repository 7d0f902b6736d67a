import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { type call, newDomain } from "../support/client";
import { type Browser, colleagueOf, type Fields, leadsTo, signedIn } from "../support/session";

afterEach(() => void vi.restoreAllMocks());

/** A page's database calls and rows read. */
async function costOf(page: () => Promise<unknown>) {
  const lines: Record<string, unknown>[] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(JSON.parse(String(line))));
  await page();
  spy.mockRestore();
  return lines.find((line) => line.message === "request") ?? {};
}

describe("the list of campaigns", () => {
  it("shows the account's campaigns with their numbers, newest first, for all brands or one", async () => {
    const ada = await signedIn();
    const first = await newCampaign({ name: "First of Ada", publish: "public" }, ada.member);
    await newCampaign({ name: "Second of Ada", reward_type: 3 }, ada.member);
    await first.signUp(someone());
    const all = await ada.page("/campaigns");
    expect(all.status).toBe(200);
    expect(all.text.indexOf("Second of Ada")).toBeLessThan(all.text.indexOf("First of Ada"));
    expect(all.text).toContain("No unused codes");
    const one = await ada.page(`/campaigns?brand_id=${first.brand.id}`);
    expect(one.text).toContain("First of Ada");
    expect(one.text).not.toContain("Second of Ada");
  });

  it("shows contests and low coupons", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({ name: "With a draw" }, ada.member);
    await campaign.upload(["one", "two"]);
    const end_date = new Date(Date.now() + 86_400_000).toISOString();
    await ada.member.put(`/api/v1/campaigns/${campaign.id}/contest`, { contest_name: "Draw", end_date });
    expect((await ada.page("/campaigns")).text).toContain("Contest running");
    await campaign.upload(Array.from({ length: 10 }, (_, i) => `code ${i}`));
    await env.DB.prepare("UPDATE campaign_stats SET coupons_available = 1, coupon_alert = 1 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    expect((await ada.page("/campaigns")).text).toContain("Coupons low");
  });

  it("accepts any parameters, and shows no other account's campaigns", async () => {
    const ada = await signedIn();
    const bob = await newCampaign({ name: "Private to Bob" });
    for (const query of [
      `brand_id=${bob.brand.id}`,
      "brand_id=x",
      "page=-1&limit=a",
      "page=999999999",
      "brand_id=1&brand_id=2",
    ]) {
      const page = await ada.page(`/campaigns?${query}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain("Private to Bob");
    }
  });

  it("costs two round trips", async () => {
    const ada = await signedIn();
    for (const name of ["One", "Two", "Three"]) await newCampaign({ name }, ada.member);
    expect(await costOf(() => ada.page("/campaigns"))).toMatchObject({ d1_calls: 2 });
  });
});

/** The fields that a page's form would send unchanged, by name. */
function fieldsIn(html: string): Fields {
  const form = /<form[^>]*id="wizard"[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
  const fields: Fields = {};
  const put = (name: string, value: string) => {
    const known = fields[name];
    fields[name] = known === undefined ? value : [known, value].flat();
  };
  const unescaped = (text = "") =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, n: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[n] ?? "",
    );
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
    const isBox = /type="(radio|checkbox)"/.test(tag);
    if (!isBox || /\schecked(=|>|\s)/.test(tag)) put(of("name") ?? "", unescaped(of("value")));
  }
  for (const [, name = "", text] of form.matchAll(/<textarea[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
    put(name, unescaped(text));
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const [, chosen] =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options) ?? [];
    put(name, unescaped(chosen));
  }
  return fields;
}

/** Goes through the wizard: each form is sent back unchanged, except for the input. */
async function walk(browser: Browser, typed: Fields[]) {
  let page = await browser.page("/campaigns/new");
  const pages = [page];
  for (const [i, fields] of typed.entries()) {
    const go = i === 3 ? "live" : String(i + 2);
    page = await browser.submit("/campaigns/new", { ...fieldsIn(page.text), ...fields, go });
    pages.push(page);
  }
  return pages;
}

const idIn = (answer: Awaited<ReturnType<typeof call>>) => Number(/campaigns\/(\d+)/.exec(leadsTo(answer) ?? "")?.[1]);

describe("the wizard", () => {
  it("carries every field of each step to all later steps", async () => {
    const ada = await signedIn();
    const pages = await walk(ada, [{ url: "figs.example" }, { "reward.title": "a bag of figs" }, {}, {}]);
    const [, second = [], third = [], fourth = []] = pages.map(({ text }) =>
      Object.keys(fieldsIn(text)).filter((name) => !name.startsWith("@")),
    );
    expect(second).toEqual(expect.arrayContaining(["reward.title", "reward.image_url"]));
    expect(third).toEqual(expect.arrayContaining(second));
    expect(fourth).toEqual(expect.arrayContaining(third));
    const id = pages[4] && idIn(pages[4]);
    expect((await ada.member.get(`/api/v1/campaigns/${id}`)).data.reward).toMatchObject({ title: "a bag of figs" });
  });

  it("takes a file as the reward's picture without scripts, and carries it to the next step", async () => {
    const ada = await signedIn();
    const [, second] = await walk(ada, [{ url: "figs.example" }]);
    const step = { ...fieldsIn(second?.text ?? ""), go: "3" };
    const gif = Uint8Array.from(atob("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="), (letter) =>
      letter.charCodeAt(0),
    );
    const sent = (bytes: string | Uint8Array<ArrayBuffer>) => ({
      ...step,
      "@file.reward.image_url": new File([bytes], "x.gif"),
    });
    const third = await ada.submit("/campaigns/new", sent(gif));
    expect(fieldsIn(third.text)["reward.image_url"]).toMatch(/\/images\/[\w-]{22}\.1x1\.gif$/);
    const refused = await ada.submit("/campaigns/new", sent("no image"));
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/Step 2 of 4.*The file is not a/s);
  });

  it("leads from a website's address to a campaign with brand, coupons, and style, in one go", async () => {
    const ada = await signedIn();
    const domain = newDomain();
    const pages = await walk(ada, [
      { url: domain },
      { coupons: "A-1\r\nA-2\r\nA-2", num_signups: "2" },
      { "widget.header_title": "Bring <b>two</b> & win", "widget.color": "#123456" },
      { name: "Spring" },
    ]);
    expect(pages.slice(0, 4).map((page) => page.status)).toEqual([200, 200, 200, 200]);
    const last = pages[4];
    expect(last && leadsTo(last)).toMatch(/^\/campaigns\/\d+\/install\?done=live$/);
    const { data } = await ada.member.get(`/api/v1/campaigns/${last && idIn(last)}`);
    expect(data).toMatchObject({
      name: "Spring",
      type_id: 1,
      num_signups: 2,
      reward_type: 1,
      reward_invited: true,
      publish: "private",
      coupons: { total: 2, available: 2 },
      widget: { header_title: "Bring <b>two</b> & win", color: "#123456" },
    });
    const { data: brand } = await ada.member.get(`/api/v1/brands/${data.brand_id}`);
    expect(brand).toMatchObject({ domain });
  });

  it("turns the waitlist on for its template only", async () => {
    const ada = await signedIn();
    for (const template of ["waitlist", "giveaway"]) {
      const pages = await walk(ada, [{ template, url: newDomain() }, {}, {}, { name: "Line" }]);
      const { data } = await ada.member.get(`/api/v1/campaigns/${pages[4] && idIn(pages[4])}`);
      expect(data).toMatchObject({ waitlist_enabled: template === "waitlist", name: "Line" });
    }
  });

  it("offers no friend reward if the goal is visits", async () => {
    const ada = await signedIn();
    const steps = [{ url: newDomain() }, { goal_type: "visit", num_visits: "5", coupons: "" }, {}, { name: "Seen" }];
    const pages = await walk(ada, steps);
    expect(pages[1]?.text).toMatch(/class="when-signup">(?:(?!<\/div>).)*name="@flags" value="reward_invited"/s);
    expect(pages[2]?.text).toContain("earn a reward when your friends join");
    expect(pages[2]?.text).not.toContain("you both get a coupon code");
    const id = pages[4] && idIn(pages[4]);
    const path = `/campaigns/${id}`;
    expect((await ada.member.get(`/api/v1${path}`)).data).toMatchObject({ goal_type: "visit", reward_invited: false });

    const offered = async (page: string) => (await ada.page(`${path}/${page}`)).text.includes('value="reward_invited"');
    const moot = async () => (await ada.page(`${path}/mail`)).text.includes("friends get no reward");
    expect([await offered("rewards"), await moot()]).toEqual([false, true]);
    await ada.member.put(`/api/v1${path}`, { goal_type: "signup", reward_invited: true });
    expect([await offered("rewards"), await moot()]).toEqual([true, false]);
  });

  it("keeps entered text whichever side is rewarded, and returns to the template's text with the goal", async () => {
    const ada = await signedIn();
    const [, , look] = await walk(ada, [{ url: newDomain() }, { goal_type: "visit", num_visits: "5" }]);
    const back = await ada.submit("/campaigns/new", {
      ...fieldsIn(look?.text ?? ""),
      "widget.header_title": "Mine",
      go: "2",
    });
    const again = await ada.submit("/campaigns/new", { ...fieldsIn(back.text), goal_type: "signup", go: "3" });
    expect(again.text).toContain("you both get a coupon code");
    expect(again.text).toContain('value="Mine"');
  });

  it("creates nothing before its last step", async () => {
    const ada = await signedIn();
    await walk(ada, [{ url: newDomain() }, {}, {}]);
    expect((await ada.member.get("/api/v1/campaigns")).data.campaigns).toEqual([]);
    expect((await ada.member.get("/api/v1/brands")).data.brands).toEqual([]);
    const { results } = await env.DB.prepare("SELECT 1 FROM audit_entries WHERE account_id = ?")
      .bind(ada.member.id)
      .all();
    expect(results).toEqual([]);
  });

  it("creates a giveaway with its contest", async () => {
    const ada = await signedIn();
    const pages = await walk(ada, [
      { url: newDomain(), template: "giveaway" },
      { "contest.max_winners": "3" },
      {},
      { name: "Win" },
    ]);
    const id = pages[4] && idIn(pages[4]);
    expect((await ada.member.get(`/api/v1/campaigns/${id}/contest`)).data).toMatchObject({
      contest_name: "Win",
      max_winners: 3,
    });
    expect((await ada.member.get(`/api/v1/campaigns/${id}`)).data).toMatchObject({ type_id: 3, reward_type: 3 });
  });

  it("sent twice creates one campaign", async () => {
    const ada = await signedIn();
    const pages = await walk(ada, [{ url: newDomain() }, {}, {}]);
    const fields = { ...fieldsIn(pages[3]?.text ?? ""), go: "live" };
    const first = await ada.submit("/campaigns/new", fields);
    const second = await ada.submit("/campaigns/new", fields);
    expect(idIn(second)).toBe(idIn(first));
    expect((await ada.member.get("/api/v1/campaigns")).data.campaigns).toHaveLength(1);
  });

  it("shows errors beside the field, and keeps the input", async () => {
    const ada = await signedIn();
    const none = await ada.submit("/campaigns/new", { ...fieldsIn((await ada.page("/campaigns/new")).text), go: "2" });
    expect(none).toMatchObject({ status: 400, text: expect.stringContaining('id="field-url-problem"') });
    const pages = await walk(ada, [{ url: newDomain() }, { reward_type: "2", coupons: "KEPT-1" }]);
    expect(pages[2]).toMatchObject({
      status: 400,
      text: expect.stringContaining('id="field-reward-redirect_url-problem"'),
    });
    expect(pages[2]?.text).toContain("KEPT-1");

    const said = (page?: { text: string }) =>
      /id="field-[^"]*-problem"[^>]*>.*?([^<>]+)<\/p>/s.exec(page?.text ?? "")?.[1];
    const [, few, wild] = await walk(ada, [{ url: newDomain() }, { num_signups: "0" }]);
    expect([said(pages[2]), said(wild), few?.status]).toEqual(["This field is required.", "Must be at least 1.", 200]);
  });

  it("explains that public campaigns need a paid plan, and allows the rest", async () => {
    const free = await signedIn({ plan_id: 1 });
    const pages = await walk(free, [{ url: newDomain() }, {}, {}]);
    expect(pages[3]?.text).toContain('<a href="/plan">paid plan</a>');
    const fields = { ...fieldsIn(pages[3]?.text ?? ""), go: "live" };
    expect(await free.submit("/campaigns/new", { ...fields, publish: "public" })).toMatchObject({ status: 400 });
    expect((await free.member.get("/api/v1/brands")).data.brands).toEqual([]);
    expect((await free.submit("/campaigns/new", fields)).status).toBe(303);
  });

  it("leads back to the website if the plan has no room for another brand", async () => {
    const free = await signedIn({ plan_id: 1 });
    await newCampaign({}, free.member);
    const pages = await walk(free, [{ brand_id: "", url: newDomain() }, {}, {}, {}]);
    expect(pages[4]).toMatchObject({ status: 400, text: expect.stringContaining('id="field-url-problem"') });
  });

  it("creates nothing for another account's brand, or for a viewer", async () => {
    const ada = await signedIn();
    const bob = await newCampaign();
    const pages = await walk(ada, [{ brand_id: String(bob.brand.id) }, {}, {}, {}]);
    expect(pages[4]?.status).toBe(404);
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.page("/campaigns/new")).text).not.toContain('id="wizard"');
    expect((await victor.submit("/campaigns/new", { go: "live" })).status).toBe(403);
  });

  it("accepts any input", async () => {
    const ada = await signedIn();
    const wild: Fields[] = [
      {},
      { go: "9", step: "x" },
      { go: "live", widget: "x", reward: "y" },
      { go: "2", "__proto__.x": "1" },
    ];
    for (const fields of wild) expect((await ada.submit("/campaigns/new", fields)).status).toBeLessThan(500);
  });
});

describe("the preview", () => {
  it("shows unsaved settings in the real widget, sanitized and without scripts", async () => {
    const ada = await signedIn();
    const fields = {
      template: "waitlist",
      "widget.header_title": "Hi <script>x</script><b>you</b>",
      "widget.color": "#123456",
    };
    const byForm = await ada.submit("/campaigns/preview", fields);
    const byAddress = await ada.page(`/campaigns/preview?${new URLSearchParams(fields)}`);
    for (const { status, text, headers } of [byForm, byAddress]) {
      expect(status).toBe(200);
      expect(text).toContain("Hi <b>you</b>");
      expect(text).toContain("#123456");
      expect(text).not.toContain("<script");
      expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'self'");
    }
  });

  it("shows the texts of the chosen template, and the reward as its winner sees it", async () => {
    const ada = await signedIn();
    const chosen = { template: "giveaway", made_for: "refer", "widget.header_title": "Old words" };
    const page = await ada.submit("/campaigns/preview", chosen);
    expect(page.text).toContain("Enter to win");
    expect(page.text).not.toContain("Old words");
    const won = await ada.submit("/campaigns/preview", {
      show: "share",
      reward_type: "5",
      "reward.cash_value": "12.50",
    });
    expect(won.text).toContain("$12.50");
  });

  it("accepts any input", async () => {
    const ada = await signedIn();
    const wild = {
      template: "x",
      num_signups: "-1",
      reward_type: "9",
      "widget.color": "red",
      "widget.template_id": "0",
    };
    expect((await ada.submit("/campaigns/preview", wild)).status).toBe(200);
    expect(
      (await ada.page("/campaigns/preview?show=share&reward_type=2&reward.redirect_url=javascript:1")).status,
    ).toBe(200);
  });
});

describe("a campaign's overview", () => {
  it("shows its numbers, leaderboard, and recent activity", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({ name: "Busy", publish: "public" }, ada.member);
    await campaign.upload(["GIFT-1"]);
    const { data } = await campaign.signUp(someone(), { name: "Grace Hopper" });
    await campaign.refer(data.referral_code, someone());
    const page = await ada.page(`/campaigns/${campaign.id}`);
    expect(page.status).toBe(200);
    for (const words of [
      "Grace Hopper",
      "joined through a friend",
      "received a reward",
      "There are no unused coupon codes",
      "Invitation conversion rate",
      "How far participants got",
    ])
      expect(page.text).toContain(words);
    expect(page.text).toContain(`/p/${campaign.brand.slug}/campaign/${campaign.id}`);
  });

  it("costs two round trips", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({}, ada.member);
    expect(await costOf(() => ada.page(`/campaigns/${campaign.id}`))).toMatchObject({ d1_calls: 2 });
  });

  it("shows what keeps it from working", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({ reward_type: 2 }, ada.member);
    const page = await ada.page(`/campaigns/${campaign.id}`);
    expect(page.text).toContain("No one has seen this campaign yet");
    expect(page.text).toContain("The reward is a link without a URL");
  });
});

describe("every page of a campaign", () => {
  it("is a 404 for another account and for invalid ids", async () => {
    const ada = await signedIn();
    const bob = await newCampaign({ name: "Private to Bob" });
    for (const id of [bob.id, "x", "0", "-1", "99999999999999999999", "1e3"])
      for (const page of ["", "/settings", "/install"]) {
        const answer = await ada.page(`/campaigns/${id}${page}`);
        expect([id, page, answer.status]).toEqual([id, page, 404]);
        expect(answer.text).not.toContain("Private to Bob");
      }
    expect((await ada.submit(`/campaigns/${bob.id}/settings`, { name: "Mine" })).status).toBe(404);
    expect((await ada.submit(`/campaigns/${bob.id}/delete`)).status).toBe(404);
    expect((await ada.submit(`/campaigns/${bob.id}/install`, { url: "https://example.com" })).status).toBe(404);
    expect((await bob.owner.get(`/api/v1/campaigns/${bob.id}`)).data.name).toBe("Private to Bob");
  });
});

describe("a campaign's settings", () => {
  const settings = (campaign: { brand: { id: number } }): Fields => ({
    name: "Renamed",
    brand_id: String(campaign.brand.id),
    type_id: "2",
    publish: "private",
    landing_url: "",
    goal_type: "visit",
    num_signups: "",
    num_visits: "7",
    "@flags": ["double_opt_in", "allow_email", "allow_countdown"],
    double_opt_in: true,
    allow_countdown: true,
    countdown_end: "2030-01-02T03:04",
  });

  it("are changed with one form, like in the API, except for the reward", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({ reward_invited: true, reward_type: 5, reward: { cash_value: 5 } }, ada.member);
    const answer = await ada.submit(`/campaigns/${campaign.id}/settings`, settings(campaign));
    expect(leadsTo(answer)).toBe(`/campaigns/${campaign.id}/settings?done=saved`);
    expect((await ada.member.get(`/api/v1/campaigns/${campaign.id}`)).data).toMatchObject({
      name: "Renamed",
      type_id: 2,
      goal_type: "visit",
      num_signups: 1,
      num_visits: 7,
      reward_type: 5,
      reward_invited: true,
      double_opt_in: true,
      allow_countdown: true,
      countdown_end: "2030-01-02T03:04:00.000Z",
      reward: { cash_value: 5, redirect_url: null },
    });
    const page = await ada.page(`/campaigns/${campaign.id}/settings`);
    expect(page.text).toContain('value="2030-01-02T03:04"');
    expect(page.text).not.toContain('name="reward');
  });

  it("explain at the field why a campaign cannot be public, and keep the input", async () => {
    const free = await signedIn({ plan_id: 1 });
    const campaign = await newCampaign({}, free.member);
    const answer = await free.submit(`/campaigns/${campaign.id}/settings`, {
      ...settings(campaign),
      publish: "public",
    });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('id="field-publish-problem"') });
    expect(answer.text).toContain('value="Renamed"');
    const bad = await free.submit(`/campaigns/${campaign.id}/settings`, {
      ...settings(campaign),
      num_visits: "",
      landing_url: "x",
    });
    expect(bad).toMatchObject({ status: 400, text: expect.stringContaining('id="field-landing_url-problem"') });
    expect((await free.member.get(`/api/v1/campaigns/${campaign.id}`)).data.name).toBe("Test");
  });

  it("take two round trips, and cannot be changed by a viewer", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({}, ada.member);
    const page = () => ada.page(`/campaigns/${campaign.id}/settings`);
    expect(await costOf(page)).toMatchObject({ d1_calls: 2 });
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.page(`/campaigns/${campaign.id}/settings`)).text).not.toContain(">Save<");
    expect((await victor.submit(`/campaigns/${campaign.id}/settings`, settings(campaign))).status).toBe(403);
  });

  it("can delete it, once", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({}, ada.member);
    expect(leadsTo(await ada.submit(`/campaigns/${campaign.id}/delete`))).toBe("/campaigns?done=deleted");
    expect((await ada.submit(`/campaigns/${campaign.id}/delete`)).status).toBe(404);
    expect((await ada.page(`/campaigns/${campaign.id}`)).status).toBe(404);
  });
});
