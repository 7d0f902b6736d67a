import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";
import { scripts } from "../support/payloads";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";

/** A campaign, and its owner's signed-in browser. */
async function atWork(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  const editor = await browserOf(campaign.owner);
  return { campaign, editor, path: `/campaigns/${campaign.id}` };
}
const PARTS = ["lander", "widget", "mail"];
const publicly = { publish: "public" };
const drafts = async (campaign: { id: number }) =>
  (await env.DB.prepare("SELECT kind, settings FROM campaign_drafts WHERE campaign_id = ?").bind(campaign.id).all())
    .results;

describe("the landing page's editor", () => {
  it("keeps a draft that visitors do not see, and shows it in the preview", async () => {
    const { campaign, editor, path } = await atWork(publicly);
    const saved = await editor.submit(`${path}/lander`, { template_id: 3, header_title: "Only a draft" });
    expect(leadsTo(saved)).toBe(`${path}/lander?done=draft_saved`);
    expect((await editor.page(`${path}/lander`)).text).toContain("Only a draft");
    const preview = await editor.page(`${path}/lander/preview`);
    expect(preview.text).toContain("Only a draft");
    expect(preview.text).toContain("template-3");
    const visitors = await call("GET", `/p/${campaign.brand.slug}/campaign/${campaign.id}`);
    expect(visitors.status).toBe(200);
    expect(visitors.text).not.toContain("Only a draft");
  });

  it("publishes the form's content, and deletes the draft", async () => {
    const { campaign, editor, path } = await atWork(publicly);
    await editor.submit(`${path}/lander`, { template_id: 3, header_title: "A draft" });
    const published = await editor.submit(`${path}/lander/publish`, { template_id: 4, header_title: "For everybody" });
    expect(leadsTo(published)).toBe(`${path}/lander?done=published`);
    expect(await drafts(campaign)).toEqual([]);
    expect((await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/lander`)).data).toMatchObject({
      template_id: 4,
      header_title: "For everybody",
    });
    expect((await call("GET", `/p/${campaign.brand.slug}/campaign/${campaign.id}`)).text).toContain("For everybody");
  });

  it("resets emptied fields to their defaults", async () => {
    const { campaign, editor, path } = await atWork();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { header_title: "Old", font_color: "#ff0000" });
    await editor.submit(`${path}/lander/publish`, { template_id: 1, header_title: "", font_color: "" });
    const { data } = await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/lander`);
    expect(data).toMatchObject({ header_title: "Invite your friends, get rewarded", font_color: "#1f2937" });
  });

  it("reverts to the published version, as often as requested", async () => {
    const { campaign, editor, path } = await atWork();
    await editor.submit(`${path}/lander`, { header_title: "A draft" });
    for (let i = 0; i < 2; i++)
      expect(leadsTo(await editor.submit(`${path}/lander/revert`))).toBe(`${path}/lander?done=reverted`);
    expect(await drafts(campaign)).toEqual([]);
  });

  it("shows errors beside the field, keeps the input, and stores nothing", async () => {
    const { campaign, editor, path } = await atWork();
    for (const to of ["", "/publish"]) {
      const refused = await editor.submit(`${path}/lander${to}`, {
        header_title: "Kept",
        background_color: "red",
        background_image: "http://a.example/x.png",
      });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain("Kept");
      expect(refused.text).toContain("Must be a color like #rrggbb.");
      expect(refused.text).toContain("Must be an https URL.");
    }
    expect(await drafts(campaign)).toEqual([]);
  });

  it("previews input without storing or recording it, as far as it is valid", async () => {
    const { campaign, editor, path } = await atWork();
    const noted = () =>
      env.DB.prepare("SELECT count(*) AS n FROM audit_entries WHERE account_id = ?").bind(campaign.owner.id).first("n");
    const before = await noted();
    const look = await editor.submit(`${path}/lander/preview`, { header_title: "Half typed", font_color: "#ff" });
    expect(look).toMatchObject({ status: 200, text: expect.stringContaining("Half typed") });
    expect(await drafts(campaign)).toEqual([]);
    expect(await noted()).toBe(before);
  });

  it("counts no impression, and its preview is framed by our own pages only, without scripts", async () => {
    const { campaign, editor, path } = await atWork(publicly);
    const { headers, text } = await editor.page(`${path}/lander/preview`);
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("sandbox allow-same-origin");
    expect(policy).not.toContain("script-src");
    expect(policy).toContain("default-src 'none'");
    expect(text).not.toContain("<script");
    expect((await campaign.stats()).total_impressions).toBe(0);
  });
});

describe("the widget's editor", () => {
  it("shows which settings come from the brand kit and which are the campaign's own", async () => {
    const { campaign, editor, path } = await atWork();
    const look = async () => (await editor.page(`${path}/widget`)).text;
    const kit = `<a href="/brands/${campaign.brand.id}/kit">brand kit</a>`;
    expect(await look()).toContain(`Set colors and fonts for all campaigns in the ${kit}`);
    await campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, { color: "#7a2e0e" });
    // Values that a client read and wrote back unchanged still follow the brand.
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { color: "#4f46e5", button_color: "#0f766e" });
    const page = await look();
    expect(page).toContain(`From the ${kit}`);
    const shownIn = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1];
    expect([shownIn("color"), shownIn("button_color")]).toEqual(["", "#0f766e"]);
    expect(page).toMatch(/name="color"[^>]*placeholder="#7a2e0e"/);
  });

  it("keeps a draft of every setting, and publishes the API's values", async () => {
    const { campaign, editor, path } = await atWork();
    const fields = {
      placement: "floating",
      template_id: 4,
      header_title: "Give 10",
      description: " ",
      button_color: "#0f766e",
      socials_allowed: [1, 5],
      "@lists": "socials_allowed",
      "@flags": ["stats_on", "allow_countdown"],
      stats_on: true,
      stats_start_participants: 40,
      leaderboard_on: "false",
      countdown_end: "2027-01-31T12:30",
      allow_countdown: true,
      language: "de",
      "texts.copy": "Nimm mit",
      "texts.copied": "",
      widget_width: "",
    };
    const widget = async () => (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/widget`)).data;
    const before = await widget();
    expect(leadsTo(await editor.submit(`${path}/widget`, fields))).toBe(`${path}/widget?done=draft_saved`);
    expect(await widget()).toEqual(before);
    const page = (await editor.page(`${path}/widget`)).text;
    for (const kept of ["Give 10", "Nimm mit", "2027-01-31T12:30", "#0f766e"]) expect(page).toContain(kept);
    expect(leadsTo(await editor.submit(`${path}/widget/publish`, fields))).toBe(`${path}/widget?done=published`);
    expect(await drafts(campaign)).toEqual([]);
    expect(await widget()).toEqual({
      ...before,
      placement: "floating",
      template_id: 4,
      header_title: "Give 10",
      description: "",
      button_color: "#0f766e",
      socials_allowed: [1, 5],
      stats_on: true,
      stats_start_participants: 40,
      leaderboard_on: false,
      countdown_end: "2027-01-31T12:30:00.000Z",
      allow_countdown: true,
      language: "de",
      texts: { copy: "Nimm mit" },
    });
  });

  it("shows each step in each place", async () => {
    const { editor, path } = await atWork();
    for (const placement of ["embed", "popup", "floating", "topbar"])
      for (const [look, words] of [
        ["form", "Enter your details"],
        ["share", "/qr/"],
        ["mail", "We’ve sent you an email"],
        ["closed", "panel"],
      ]) {
        const answer = await editor.submit(`${path}/widget/preview`, { placement, "@look": look ?? "" });
        expect(answer, `${placement} ${look}`).toMatchObject({
          status: 200,
          text: expect.stringContaining(words ?? ""),
        });
      }
    expect((await editor.page(`${path}/widget/preview?look=nonsense`)).status).toBe(200);
    const { text } = await editor.page(`${path}/widget/preview?look=share`);
    const qr = await call("GET", /src="(\/qr\/[^"]+)"/.exec(text)?.[1] ?? "");
    expect(qr.headers.get("Content-Type")).toBe("image/svg+xml");
  });

  it("changes access at once, keeps the secret until another is entered, and never shows it", async () => {
    const { campaign, editor, path } = await atWork();
    const widget = async () => (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/widget`)).data;
    const gate = { "@flags": "block_disposable", turnstile_site_key: "site-1" };
    await editor.submit(`${path}/widget/gate`, { ...gate, turnstile_secret: "secret-of-turnstile" });
    expect(await widget()).toMatchObject({
      block_disposable: false,
      turnstile_site_key: "site-1",
      has_turnstile_secret: true,
    });
    await editor.submit(`${path}/widget/gate`, { ...gate, block_disposable: true, turnstile_secret: "" });
    expect(await widget()).toMatchObject({ block_disposable: true, has_turnstile_secret: true });
    await editor.submit(`${path}/widget/publish`, { header_title: "Looks only" });
    expect(await widget()).toMatchObject({
      header_title: "Looks only",
      turnstile_site_key: "site-1",
      has_turnstile_secret: true,
    });
    expect((await editor.page(`${path}/widget`)).text).not.toContain("secret-of-turnstile");
    await editor.submit(`${path}/widget/gate`, { ...gate, turnstile_site_key: "" });
    expect(await widget()).toMatchObject({ turnstile_site_key: null, has_turnstile_secret: false });
    expect(await editor.submit(`${path}/widget/gate`, { ...gate, turnstile_site_key: "not a key" })).toMatchObject({
      status: 400,
      text: expect.stringContaining("not a key"),
    });
  });
});

describe("the emails' editor", () => {
  const on = { "@flags": ["entry_on", "reward_on", "twoway_reward_on"] };
  const campaignIs = async (campaign: Awaited<ReturnType<typeof atWork>>["campaign"]) =>
    (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`)).data;

  it("sends an email that is on, with our default text if it has none, and none that is off", async () => {
    const { campaign, editor, path } = await atWork({ reward_notify_subject: "Was on", default_emails: [] });
    const fields = {
      ...on,
      entry_on: true,
      twoway_reward_on: true,
      twoway_reward_notify_message: "Hi {{name}}",
      reward_notify_message: "Not sent",
    };
    expect(leadsTo(await editor.submit(`${path}/mail`, fields))).toBe(`${path}/mail?done=draft_saved`);
    expect(await campaignIs(campaign)).toMatchObject({ campaign_entry_subject: null, reward_notify_subject: "Was on" });
    expect((await editor.page(`${path}/mail`)).text).toContain("Not sent");
    expect(leadsTo(await editor.submit(`${path}/mail/publish`, fields))).toBe(`${path}/mail?done=published`);
    expect(await campaignIs(campaign)).toMatchObject({
      campaign_entry_subject: "You’re in! Share your link",
      campaign_entry_message: null,
      reward_notify_subject: null,
      reward_notify_message: null,
      twoway_reward_notify_subject: null,
      twoway_reward_notify_message: "Hi {{name}}",
    });
    expect(await drafts(campaign)).toEqual([]);
  });

  it("shows default emails as on, until they are switched off", async () => {
    const { campaign, editor, path } = await atWork();
    const isOn = async (kind: string) =>
      new RegExp(`<input[^>]*name="${kind}_on"[^>]* checked`).test((await editor.page(`${path}/mail`)).text);
    for (const kind of ["entry", "reward", "twoway_reward"]) expect(await isOn(kind), kind).toBe(true);
    await editor.submit(`${path}/mail/publish`, { ...on, entry_on: true, twoway_reward_on: true });
    expect(await campaignIs(campaign)).toMatchObject({
      default_emails: ["entry", "twoway_reward"],
      campaign_entry_subject: null,
      reward_notify_subject: null,
      twoway_reward_notify_subject: null,
    });
    expect(await isOn("reward")).toBe(false);
    await editor.submit(`${path}/mail/publish`, { ...on, entry_on: true, campaign_entry_subject: "Mine" });
    expect(await campaignIs(campaign)).toMatchObject({ default_emails: ["entry"], campaign_entry_subject: "Mine" });
  });

  it("shows each email light, dark, and as text, with sample values", async () => {
    const { editor, path } = await atWork();
    const fields = {
      "@look": "reward",
      reward_notify_message: "Well done, {{name}}: {{reward}}",
      reward_notify_subject: "For {{name}}",
    };
    for (const as of ["light", "dark", "text"]) {
      const { text, headers } = await editor.submit(`${path}/mail/preview`, { ...fields, "@as": as });
      expect(text).toContain("Well done, Test Member: THANKS-4711");
      expect(text).toContain("For Test Member");
      expect(headers.get("Content-Security-Policy")).toContain("sandbox allow-same-origin");
      expect(headers.get("Content-Security-Policy")).not.toContain("script-src");
    }
  });

  it("shows the default texts with placeholders as its buttons insert them", async () => {
    const { editor, path } = await atWork();
    const { text } = await editor.page(`${path}/mail`);
    expect(text).toContain("Thanks for joining {{campaign_name}}. ");
    expect(text).not.toMatch(/[^{]\{campaign_name\}/);
  });

  it("reports each unknown placeholder, and no other", async () => {
    const { editor, path } = await atWork();
    const look = async (reward_notify_message: string) => {
      const words = { reward_notify_subject: "For { name }", reward_notify_message };
      const of = async (as: string) =>
        (await editor.submit(`${path}/mail/preview`, { "@look": "reward", "@as": as, ...words })).text;
      return Promise.all(["light", "text"].map(of));
    };
    for (const text of await look("{{reward}}, {{coupon}}, {Name} and {{coupon}}"))
      expect(text).toContain("Unknown placeholder {{coupon}}, {Name}. Readers see it as text.");
    for (const text of await look("{{reward}} {referral_url} {{ campaign_name }} {}"))
      expect(text).not.toContain("Unknown placeholder");
  });

  it("sends a test of the draft to the member's verified email only", async () => {
    const { campaign, path } = await atWork();
    const colleague = await colleagueOf(campaign.owner, "editor");
    const fields = { ...on, "@look": "reward", reward_notify_subject: "For {{name}}" };
    await env.DB.prepare("UPDATE members SET is_verified = 0 WHERE id = ?").bind(colleague.member.id).run();
    const refused = await colleague.submit(`${path}/mail/test`, fields);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining("verify your email") });
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(colleague.member.id).run();
    expect(leadsTo(await colleague.submit(`${path}/mail/test`, fields))).toBe(`${path}/mail?done=test_mail_sent`);
    const taken = await mailroom(colleague.member).deliver();
    expect(taken).toMatchObject([{ to: colleague.member.email, subject: "[Test] For Test Member" }]);
    expect(taken[0]?.headers).toBeUndefined();
    expect(await mailroom(campaign.owner).deliver()).toEqual([]);
    const counted = await env.DB.prepare("SELECT count(*) AS n FROM mail_days WHERE member_id = ?")
      .bind(colleague.member.id)
      .first("n");
    expect(counted).toBe(0);
  });

  it("sends at most twenty tests a day", async () => {
    const { campaign, editor, path } = await atWork();
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(campaign.owner.id).run();
    for (let i = 0; i < 20; i++) expect((await editor.submit(`${path}/mail/test`, on)).status).toBe(303);
    expect((await editor.submit(`${path}/mail/test`, on)).status).toBe(400);
    expect(await mailroom(campaign.owner).rows()).toHaveLength(20);
  });
});

describe("editors", () => {
  it("show a viewer everything without forms, and refuse the viewer's forms", async () => {
    const { campaign, path } = await atWork();
    const viewer = await colleagueOf(campaign.owner, "viewer");
    for (const part of PARTS) {
      const page = await viewer.page(`${path}/${part}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('enctype="multipart/form-data"');
      expect((await viewer.page(`${path}/${part}/preview`)).status).toBe(200);
      for (const to of ["", "/publish", "/revert", "/preview"])
        expect((await viewer.submit(`${path}/${part}${to}`)).status, to).toBe(403);
    }
  });

  it("are a 404 for other accounts, and so are their forms", async () => {
    const { campaign, editor, path } = await atWork();
    const stranger = await signedIn();
    for (const part of PARTS) {
      await editor.submit(`${path}/${part}`, {});
      for (const from of ["", "/preview"])
        expect((await stranger.page(`${path}/${part}${from}`)).status, from).toBe(404);
      for (const to of ["", "/publish", "/revert", "/preview"])
        expect((await stranger.submit(`${path}/${part}${to}`, {})).status, to).toBe(404);
    }
    expect(await drafts(campaign)).toHaveLength(PARTS.length);
  });

  it("handle invalid ids and broken forms without failing", async () => {
    const { editor, path } = await atWork();
    for (const part of PARTS) {
      for (const id of ["0", "x", "1e3", "99999999999999999999"])
        expect((await editor.page(`/campaigns/${id}/${part}`)).status).toBe(404);
      const broken = { headers: { "Content-Type": "multipart/form-data; boundary=x" } };
      for (const to of ["", "/publish", "/preview"])
        expect((await editor.submit(`${path}/${part}${to}`, {}, broken)).status, to).toBeLessThan(500);
    }
  });

  it("do not run hostile settings", async () => {
    const { editor, path } = await atWork();
    for (const script of scripts) {
      const fields = {
        header_title: script,
        header_description: script,
        footer_description: script,
        font_family: script,
      };
      const words = {
        header_title: script,
        success_message: script,
        button_text: script,
        popup_button_text: script,
        "texts.copy": script,
      };
      const mail = { campaign_entry_subject: script, campaign_entry_message: script, "@look": "entry" };
      const sent = { lander: fields, widget: { ...words, "@look": "share" }, mail };
      for (const [part, values] of Object.entries(sent)) {
        const look = await editor.submit(`${path}/${part}/preview`, values);
        expect(look.status).toBe(200);
        expect(await harmIn(look.text), `${part} ${script}`).toEqual([]);
      }
    }
  });
});

/** Everything on a page that runs code or navigates. */
async function harmIn(html: string) {
  const found: string[] = [];
  await new HTMLRewriter()
    .on("*", {
      element: ({ tagName, attributes }) => {
        if (["script", "iframe", "object", "embed"].includes(tagName)) found.push(tagName);
        for (const [name = "", value = ""] of attributes) {
          if (name.startsWith("on")) found.push(name);
          if (["href", "action", "formaction", "src"].includes(name) && /^\s*(javascript|data):/i.test(value))
            found.push(`${name}=${value}`);
        }
      },
    })
    .transform(new Response(html, { headers: { "Content-Type": "text/html" } }))
    .text();
  return found;
}
