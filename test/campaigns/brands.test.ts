import { describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { call, newDomain, newMember } from "../support/client";

describe("creating a brand", () => {
  it("needs only the website's URL", async () => {
    const member = await newMember();
    const domain = newDomain();
    const answer = await member.post("/api/v1/brands", { url: `WWW.${domain.toUpperCase()}` });
    expect(answer).toMatchObject({
      status: 201,
      data: {
        domain,
        url: `https://www.${domain}`,
        slug: domain.replaceAll(".", "-"),
        socials: [],
        in_vnoc: false,
        total_campaigns: 0,
      },
    });
    expect(await member.get(`/v1/brands/${answer.data.id}`)).toMatchObject({ status: 200, data: answer.data });
  });

  it.each([
    ["ftp://acme.com", "scheme"],
    ["https://127.0.0.1", "IPv4"],
    ["https://[::1]/", "IPv6"],
    ["http://2130706433", "decimal IPv4"],
    ["localhost", "single label"],
    ["https://user:pw@acme.com", "credentials"],
    ["javascript:alert(1)", "scheme"],
    ["   ", "nothing"],
  ])("refuses %s (%s)", async (url) => {
    const member = await newMember();
    expect(await member.post("/api/v1/brands", { url })).toMatchObject({
      status: 400,
      code: "invalid_request",
      details: [{ path: "url" }],
    });
  });

  it("numbers a taken default slug, and refuses an explicit one", async () => {
    const [one, two] = [await newMember(), await newMember()];
    const domain = newDomain();
    const first = await one.post("/api/v1/brands", { url: domain });
    const second = await two.post("/api/v1/brands", { url: `https://www.${domain}/shop` });
    expect(second.data.slug).toBe(`${first.data.slug}-2`);
    expect(await two.post("/api/v1/brands", { url: newDomain(), slug: first.data.slug })).toMatchObject({
      status: 409,
      code: "slug_taken",
    });
  });

  it("gives two concurrent requests different slugs", async () => {
    const member = await newMember();
    const domain = newDomain();
    const answers = await Promise.all([1, 2, 3].map(() => member.post("/api/v1/brands", { url: domain })));
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((a) => a.data.slug)).size).toBe(3);
  });

  it("stops at the plan's number of brands", async () => {
    const member = await newMember({ plan_id: 1 });
    expect((await member.post("/api/v1/brands", { url: newDomain() })).status).toBe(201);
    expect(await member.post("/api/v1/brands", { url: newDomain() })).toMatchObject({
      status: 403,
      code: "brand_limit",
    });
  });

  it("stops at the plan's number of brands for concurrent requests, too", async () => {
    const member = await newMember({ plan_id: 2 });
    const asked = Array.from({ length: 14 }, () => member.post("/api/v1/brands", { url: newDomain() }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([...Array(10).fill(201), ...Array(4).fill(403)]);
    expect((await member.get("/api/v1/brands")).data.pagination.total).toBe(10);
  });

  it("runs once per Idempotency-Key", async () => {
    const member = await newMember();
    const body = { url: newDomain() };
    const headers = { "Idempotency-Key": "order-1" };
    const first = await member.post("/api/v1/brands", body, { headers });
    const again = await member.post("/v1/brands", body, { headers });
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(await member.post("/api/v1/brands", { url: newDomain() }, { headers })).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
    expect((await member.get("/api/v1/brands")).data.pagination.total).toBe(1);
  });
});

describe("a brand", () => {
  it("is hidden from others", async () => {
    const [owner, stranger] = [await newMember(), await newMember()];
    const { id } = (await owner.post("/api/v1/brands", { url: newDomain() })).data;
    for (const [method, path, body] of [
      ["GET", `/api/v1/brands/${id}`],
      ["PUT", `/api/v1/brands/${id}`, { description: "mine now" }],
      ["GET", `/api/v1/brands/${id}/stats`],
    ] as const)
      expect(await stranger.call(method, path, body)).toMatchObject({ status: 404, code: "not_found" });
    expect((await owner.get(`/api/v1/brands/${id}`)).data.description).toBeNull();
  });

  it("can be changed field by field, and null clears", async () => {
    const member = await newMember();
    const { id } = (await member.post("/api/v1/brands", { url: newDomain(), description: "Anvils" })).data;
    const domain = newDomain();
    expect(await member.put(`/api/v1/brands/${id}`, { url: domain })).toMatchObject({
      status: 200,
      data: { domain, description: "Anvils" },
    });
    expect(await member.put(`/api/v1/brands/${id}`, { description: null })).toMatchObject({
      data: { domain, description: null },
    });
  });
});

describe("the brand kit", () => {
  const kit = { name: "Acme Coffee", color: "#0f766e", button_color: "#b45309", font_family: "Georgia, serif" };

  it("is inherited by widgets, pages, share images, and emails, unless the campaign sets its own", async () => {
    const campaign = await newCampaign();
    const { owner, id } = campaign;
    const brand = `/api/v1/brands/${campaign.brand.id}`;
    const read = async () => (await owner.get(`/api/v1/campaigns/${id}/widget`)).data;
    expect(await read()).toMatchObject({
      color: "#4f46e5",
      button_color: "#4f46e5",
      font_family: "system-ui, sans-serif",
    });
    expect((await owner.put(brand, kit)).data).toMatchObject(kit);
    const { name: _, ...look } = kit;
    expect(await read()).toMatchObject({ ...look, popup_button_color: kit.button_color });

    const config = (await call("GET", `/api/widget/config?campaign_id=${id}`)).data;
    expect(config).toMatchObject({ brand_name: kit.name, widget: look });
    expect((await owner.get(`/api/v1/campaigns/${id}/lander`)).data.font_family).toBe(kit.font_family);
    const frame = (await call("GET", `/widget/${id}/embed`)).text;
    expect(frame).toContain("--accent:#b45309");
    expect(frame).toContain('--font:"Georgia",serif');

    // Values equal to the kit's follow it; others are the campaign's own.
    await owner.put(`/api/v1/campaigns/${id}/widget`, { color: kit.color, button_color: "#1d4ed8" });
    await owner.put(brand, { color: "#7c3aed" });
    expect(await read()).toMatchObject({
      color: "#7c3aed",
      button_color: "#1d4ed8",
      popup_button_color: kit.button_color,
    });
    await owner.put(brand, { name: null, color: null, button_color: null, font_family: null });
    expect(await read()).toMatchObject({ color: "#4f46e5", button_color: "#1d4ed8" });
    expect((await call("GET", `/api/widget/config?campaign_id=${id}`)).data.brand_name).toBe(campaign.brand.domain);
  });

  it.each([
    [{ name: "PayPal.com" }, "name"],
    [{ name: "Call 0800 555 1234" }, "name"],
    [{ name: "x".repeat(61) }, "name"],
    [{ color: "red" }, "color"],
    [{ font_family: "x;}body{display:none" }, "font_family"],
  ])("refuses %j", async (change, path) => {
    const campaign = await newCampaign();
    expect(await campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, change)).toMatchObject({
      status: 400,
      details: [{ path }],
    });
  });
});
