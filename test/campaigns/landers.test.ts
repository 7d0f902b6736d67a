import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { costOf, newBrand, newCampaign } from "../support/campaigns";
import { call, newMember } from "../support/client";

const lander = (id: number | string, headers: Record<string, string> = {}) =>
  call("GET", `/api/v1/lander?campaign_id=${id}`, undefined, { headers });

const publicCampaign = async (brand: object = {}) => {
  const member = await newMember();
  const brandId = await newBrand(member, brand);
  const { id } = await newCampaign(member, { brand_id: brandId, publish: "public" });
  return { member, brandId, id: id as number };
};

describe("the lander of a public campaign", () => {
  it("is the default one, with the brand's background, until one is stored", async () => {
    const socials = [
      { social: "Facebook", profile_url: "https://facebook.com/acme" },
      { social: "x", profile_url: "https://x.com/acme" },
    ];
    const images = { logo_url: "https://acme.com/logo.png", background_image: "https://acme.com/back.jpg" };
    const { member, brandId, id } = await publicCampaign({ ...images, socials });
    const brand = (await member.get(`/api/v1/brands/${brandId}`)).data;
    const answer = await lander(id);
    expect(answer).toMatchObject({ status: 200, success: true });
    expect(answer.data).toEqual({
      lander: "default",
      template_id: 1,
      is_default: true,
      header_title: expect.stringMatching(/./),
      header_description: expect.stringMatching(/./),
      footer_title: expect.any(String),
      footer_description: expect.any(String),
      background_type: "image",
      background_color: expect.stringMatching(/^#[0-9a-f]{6}$/),
      background_image: images.background_image,
      font_color: expect.stringMatching(/^#[0-9a-f]{6}$/),
      font_family: expect.any(String),
      button_text: expect.stringMatching(/./),
      campaign_id: id,
      campaign_name: "Launch",
      brand_domain: brand.domain,
      brand_name: brand.domain,
      brand_logo_url: images.logo_url,
      brand_background_image: images.background_image,
      facebook_url: "https://facebook.com/acme",
      x_url: "https://x.com/acme",
      brand: { id: brandId, domain: brand.domain, slug: brand.slug, url: brand.url, ...images },
      social_urls: socials,
      rules: [],
      status: "live",
      starts_at: null,
      ends_at: null,
      status_title: "",
      status_text: "",
    });
    expect((await call("GET", `/v1/lander?campaign_id=${id}`)).data).toEqual(answer.data);
  });

  it("has a plain background for a brand without an image", async () => {
    const { id } = await publicCampaign();
    expect((await lander(id)).data).toMatchObject({ background_type: "color", background_image: null });
  });

  it("is the stored one after that", async () => {
    const { member, id } = await publicCampaign({ background_image: "https://acme.com/back.jpg" });
    const settings = {
      template_id: 3,
      header_title: "Give 10",
      background_type: "color",
      background_color: "#aabbcc",
      background_image: "https://acme.com/own.jpg",
      font_family: "'Open Sans', sans-serif",
    };
    expect((await member.put(`/api/v1/campaigns/${id}/lander`, settings)).status).toBe(200);
    expect((await lander(id)).data).toMatchObject({ ...settings, lander: "lander_3", is_default: false });
  });

  it("does not let a social network's name replace a field", async () => {
    const { id } = await publicCampaign({
      socials: [
        { social: "brand_logo", profile_url: "https://evil.com" },
        { social: "__proto__", profile_url: "https://evil.com" },
      ],
    });
    expect((await lander(id)).data).toMatchObject({ brand_logo_url: null });
  });
});

describe("the lander of a private campaign", () => {
  it("is for its owner only, and never cached", async () => {
    const [owner, stranger] = [await newMember(), await newMember()];
    const { id } = await newCampaign(owner);
    const answer = await owner.get(`/api/v1/lander?campaign_id=${id}`);
    expect(answer).toMatchObject({ status: 200, data: { campaign_id: id } });
    expect(answer.headers.get("Cache-Control")).toContain("private");
    const absent = await lander(987_654_321);
    expect(absent).toMatchObject({ status: 404, code: "not_found" });
    expect(await lander(id)).toMatchObject({ status: 404, text: absent.text });
    expect(await lander(id, { "X-API-Key": stranger.key })).toMatchObject({ status: 404, text: absent.text });
    expect(await lander(id, { "X-API-Key": "ref_wrong" })).toMatchObject({ status: 404 });
  });

  it("is a 404 again as soon as a public one becomes private", async () => {
    const { member, id } = await publicCampaign();
    expect((await lander(id)).status).toBe(200);
    await member.put(`/api/v1/campaigns/${id}`, { publish: "private" });
    expect((await lander(id)).status).toBe(404);
  });
});

describe("requesting a lander", () => {
  it.each(["", "?campaign_id=", "?campaign_id=x", "?campaign_id=-1"])("is a 400 with %s", async (query) => {
    expect(await call("GET", `/api/v1/lander${query}`)).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("queries the database once, and then not at all", async () => {
    const { id } = await publicCampaign();
    expect((await costOf(() => lander(id))).d1_calls).toBe(1);
    expect(await costOf(() => lander(id))).toEqual({ d1_calls: 0, rows_read: 0, rows_written: 0 });
  });

  it("returns 304 for its ETag, with and without a copy, and the whole lander otherwise", async () => {
    const { member, id } = await publicCampaign();
    const first = await lander(id);
    const etag = first.headers.get("ETag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, "*"])
      expect(await lander(id, { "If-None-Match": sent })).toMatchObject({ status: 304, text: "" });
    const repeated = await lander(id, { "If-None-Match": '"other"' });
    expect(repeated).toMatchObject({ status: 200, text: first.text });
    expect(repeated.headers.get("ETag")).toBe(etag);
    expect(repeated.headers.get("Access-Control-Allow-Origin")).toBe("*");

    await member.put(`/api/v1/campaigns/${id}/lander`, {});
    const changed = await lander(id, { "If-None-Match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("ETag")).not.toBe(etag);
  });

  it("gives every request its own id, with a copy, too", async () => {
    const { id } = await publicCampaign();
    const ids = [await lander(id), await lander(id)].map((answer) => answer.headers.get("X-Request-Id"));
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(null);
  });

  it("sees a write whose bookmark it sends, whatever the copy has", async () => {
    const { id } = await publicCampaign();
    await lander(id);
    const { results } = await env.DB.prepare("UPDATE campaigns SET name = 'Elsewhere' WHERE id = ? RETURNING id")
      .bind(id)
      .run();
    expect(results.length).toBe(1);
    expect((await lander(id)).data.campaign_name).toBe("Launch");
    const bookmark = "00000001-00000002-00004f1a-9c0d";
    expect((await lander(id, { "X-Bookmark": bookmark })).data.campaign_name).toBe("Elsewhere");
    expect((await lander(id)).data.campaign_name).toBe("Elsewhere");
  });

  it("shows changes to the lander, the campaign, and the brand at once", async () => {
    const { member, brandId, id } = await publicCampaign();
    const shows = async (expected: object) => expect((await lander(id)).data).toMatchObject(expected);
    await shows({ campaign_name: "Launch" });
    await member.put(`/api/v1/campaigns/${id}`, { name: "Renamed" });
    await shows({ campaign_name: "Renamed" });
    await member.put(`/api/v1/campaigns/${id}/lander`, { button_text: "Go" });
    await shows({ button_text: "Go" });
    await member.put(`/api/v1/brands/${brandId}`, { logo_url: "https://acme.com/new.png" });
    await shows({ brand_logo_url: "https://acme.com/new.png" });
    await member.delete(`/api/v1/campaigns/${id}`);
    expect((await lander(id)).status).toBe(404);
  });

  it("is a 404 after its brand is deleted", async () => {
    const { member, brandId, id } = await publicCampaign();
    expect((await lander(id)).status).toBe(200);
    await member.delete(`/api/v1/brands/${brandId}`);
    expect((await lander(id)).status).toBe(404);
  });
});

describe("storing a lander", () => {
  it("accepts any subset, is idempotent, and null restores a default", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const path = `/api/v1/campaigns/${id}/lander`;
    expect((await member.get(path)).data).toMatchObject({ campaign_id: id, lander: "default", is_default: true });
    const first = await member.put(path, {
      template_id: "2",
      header_title: "Hello",
      background_image: "https://a.com/b.png",
    });
    expect(first).toMatchObject({
      status: 200,
      data: { campaign_id: id, lander: "lander_2", template_id: 2, is_default: false, header_title: "Hello" },
    });
    expect((await member.get(path)).data).toEqual(first.data);
    const second = await member.put(path, { button_text: "Go", background_image: null });
    expect(second.data).toEqual({ ...first.data, button_text: "Go", background_image: null });
    expect((await member.put(path, second.data)).data).toEqual(second.data);
    expect((await member.get(`/api/v1/campaigns/${id}`)).data.lander).toEqual(second.data);
  });

  it("removes forbidden HTML from a text", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const header_title = `<b onclick="x()">Hi</b><script>alert(1)</script><img src=x onerror=alert(1)>`;
    expect((await member.put(`/api/v1/campaigns/${id}/lander`, { header_title })).data.header_title).toBe("<b>Hi</b>");
  });

  it.each([
    [{ template_id: 0 }, "template_id"],
    [{ template_id: 6 }, "template_id"],
    [{ background_type: "video" }, "background_type"],
    [{ background_color: "red" }, "background_color"],
    [{ background_image: "http://acme.com/x.png" }, "background_image"],
    [{ font_color: "#12345" }, "font_color"],
    [{ font_family: "x; background: url(//evil)" }, "font_family"],
    [{ header_title: "x".repeat(10_001) }, "header_title"],
    [{ header_title: null }, "header_title"],
  ])("refuses %j", async (body, path) => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    const answer = await member.put(`/api/v1/campaigns/${id}/lander`, body);
    expect(answer).toMatchObject({ status: 400, details: [{ path }] });
    expect((await member.get(`/api/v1/campaigns/${id}/lander`)).data.is_default).toBe(true);
  });
});
