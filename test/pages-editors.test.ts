import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign } from "./support/campaign";
import { call } from "./support/client";
import { scripts } from "./support/payloads";
import { browserOf, colleagueOf, leadsTo, signedIn } from "./support/session";

/** A campaign, and a browser in which its owner is signed in. */
async function atWork(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  const editor = await browserOf(campaign.owner);
  return { campaign, editor, path: `/campaigns/${campaign.id}` };
}
const publicly = { publish: "public" };
const drafts = async (campaign: { id: number }) =>
  (await env.DB.prepare("SELECT kind, settings FROM campaign_drafts WHERE campaign_id = ?").bind(campaign.id).all())
    .results;

describe("the lander's editor", () => {
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

  it("publishes what the form holds, and ends the draft with it", async () => {
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

  it("puts fields that were emptied back to their defaults", async () => {
    const { campaign, editor, path } = await atWork();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { header_title: "Old", font_color: "#ff0000" });
    await editor.submit(`${path}/lander/publish`, { template_id: 1, header_title: "", font_color: "" });
    const { data } = await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/lander`);
    expect(data).toMatchObject({ header_title: "Invite your friends, get rewarded", font_color: "#1f2937" });
  });

  it("goes back to what is published, as often as it is asked", async () => {
    const { campaign, editor, path } = await atWork();
    await editor.submit(`${path}/lander`, { header_title: "A draft" });
    for (let i = 0; i < 2; i++)
      expect(leadsTo(await editor.submit(`${path}/lander/revert`))).toBe(`${path}/lander?done=reverted`);
    expect(await drafts(campaign)).toEqual([]);
  });

  it("says what is wrong beside the field, keeps what was typed, and stores nothing", async () => {
    const { campaign, editor, path } = await atWork();
    for (const to of ["", "/publish"]) {
      const refused = await editor.submit(`${path}/lander${to}`, {
        header_title: "Kept",
        background_color: "red",
        background_image: "http://a.example/x.png",
      });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain("Kept");
      expect(refused.text).toContain("Must be a colour as #rrggbb.");
      expect(refused.text).toContain("Must be an https URL.");
    }
    expect(await drafts(campaign)).toEqual([]);
  });

  it("shows what is being typed without storing it, as far as it is good, and notes nothing", async () => {
    const { campaign, editor, path } = await atWork();
    const look = await editor.submit(`${path}/lander/preview`, { header_title: "Half typed", font_color: "#ff" });
    expect(look).toMatchObject({ status: 200, text: expect.stringContaining("Half typed") });
    expect(await drafts(campaign)).toEqual([]);
    const noted = await env.DB.prepare("SELECT count(*) AS n FROM audit_entries WHERE account_id = ?")
      .bind(campaign.owner.id)
      .first("n");
    expect(noted).toBe(0);
  });

  it("counts no impression and lets its preview be framed by our own pages only, with nothing in it that runs", async () => {
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

describe("editors", () => {
  it("show a viewer everything but forms, and take none from him", async () => {
    const { campaign, path } = await atWork();
    const viewer = await colleagueOf(campaign.owner, "viewer");
    for (const part of ["lander"]) {
      const page = await viewer.page(`${path}/${part}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('enctype="multipart/form-data"');
      expect((await viewer.page(`${path}/${part}/preview`)).status).toBe(200);
      for (const to of ["", "/publish", "/revert", "/preview"])
        expect((await viewer.submit(`${path}/${part}${to}`)).status, to).toBe(403);
    }
  });

  it("are not there for other accounts, nor what their forms would change", async () => {
    const { campaign, editor, path } = await atWork();
    const stranger = await signedIn();
    for (const part of ["lander"]) {
      await editor.submit(`${path}/${part}`, {});
      for (const from of ["", "/preview"])
        expect((await stranger.page(`${path}/${part}${from}`)).status, from).toBe(404);
      for (const to of ["", "/publish", "/revert", "/preview"])
        expect((await stranger.submit(`${path}/${part}${to}`, {})).status, to).toBe(404);
    }
    expect(await drafts(campaign)).toHaveLength(1);
  });

  it("answer bad ids and broken forms without failing", async () => {
    const { editor, path } = await atWork();
    for (const part of ["lander"]) {
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
      const look = await editor.submit(`${path}/lander/preview`, fields);
      expect(look.status).toBe(200);
      expect(await harmIn(look.text), script).toEqual([]);
    }
  });
});

/** What a browser would run of a page, or leave it by. */
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
