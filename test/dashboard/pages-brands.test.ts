import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newDomain, newMember } from "../support/client";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { wordsOf } from "../support/words";
import { workOf } from "../support/work";

describe("the list of brands", () => {
  it("shows only the account's brands, with the API's totals", async () => {
    const campaign = await newCampaign();
    await campaign.signUp(someone());
    const other = await newCampaign();
    const page = await (await browserOf(campaign.owner)).page("/brands");
    expect(page.text).toContain(`href="/brands/${campaign.brand.id}"`);
    expect(page.text).not.toContain(other.brand.domain);
    const stats = (await campaign.owner.get(`/api/v1/brands/${campaign.brand.id}/stats`)).data;
    const { total_campaigns, total_participants, total_shares, total_clicks, total_impressions } = stats;
    expect(wordsOf(page.text)).toContain(
      [campaign.brand.domain, total_campaigns, total_participants, total_shares, total_clicks, total_impressions].join(
        " ",
      ),
    );
  });

  it("is searched by a part of the domain, whatever is entered", async () => {
    const ada = await signedIn();
    for (const url of ["alpha-shop.com", "beta.org"]) await ada.member.post("/api/v1/brands", { url });
    const found = await ada.page("/brands?q=Alpha");
    expect(found.text).toContain("alpha-shop.com");
    expect(found.text).not.toContain("beta.org");
    const none = await ada.page("/brands?q=%25_%22%3Cscript%3E");
    expect(none.status).toBe(200);
    expect(none.text).toContain("&lt;script&gt;");
    for (const query of ["q=%00", `q=${"x".repeat(3000)}`, "page=x&limit=0", "page=999999999"])
      expect((await ada.page(`/brands?${query}`)).status).toBe(200);
  });

  it("takes two calls and few rows with 30 brands and 200 campaigns", async () => {
    const ada = await signedIn();
    const lines = Array.from({ length: 30 }, newDomain);
    await ada.submit("/brands", { urls: lines.join("\n") });
    await env.DB.batch([
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 6)
        INSERT INTO campaigns (member_id, brand_id, name, date_added) SELECT member_id, id, 'Campaign', 0 FROM brands, i WHERE member_id = ?`).bind(
        ada.member.id,
      ),
      env.DB.prepare("INSERT INTO campaign_stats (campaign_id) SELECT id FROM campaigns WHERE member_id = ?").bind(
        ada.member.id,
      ),
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 179)
        INSERT INTO campaign_days (campaign_id, day, signups) SELECT c.id, date('now', '-' || n || ' days'), 1 FROM campaigns c, i WHERE c.member_id = ?`).bind(
        ada.member.id,
      ),
    ]);
    const list = await workOf(() => ada.page("/brands"));
    const { id } = (await env.DB.prepare("SELECT id FROM brands WHERE member_id = ?")
      .bind(ada.member.id)
      .first<{ id: number }>()) ?? { id: 0 };
    const brand = await workOf(() => ada.page(`/brands/${id}?days=90`));
    console.info(`/brands: ${JSON.stringify(list)}, /brands/:id: ${JSON.stringify(brand)}`);
    expect([list.d1_calls, brand.d1_calls]).toEqual([2, 2]);
    expect(list.rows_read).toBeLessThanOrEqual(2000);
    // A few rows for each of seven campaigns and ninety days.
    expect(brand.rows_read).toBeLessThanOrEqual(7 * 90 * 8);
  });
});

describe("adding brands", () => {
  it("leads to the new brand's page for a single website", async () => {
    const ada = await signedIn();
    const domain = newDomain();
    const added = await ada.submit("/brands", { urls: `  www.${domain}  \r\n\r\n` });
    expect(added.status).toBe(303);
    const page = await ada.page(leadsTo(added) ?? "");
    expect(page.text).toContain(`<h1>${domain}</h1>`);
  });

  it("shows the result of each line, and keeps refused ones in the form", async () => {
    const ada = await signedIn();
    const [first, second] = [newDomain(), newDomain()];
    await ada.submit("/brands", { urls: first });
    const urls = [`https://${first}/shop`, second, `www.${second}`, "no website", "http://10.0.0.1", "<b>x</b>"];
    const answer = await ada.submit("/brands", { urls: urls.join("\n") });
    expect(answer.status).toBe(201);
    const results = [...answer.text.matchAll(/<span class="badge [a-z]+">([^<]+)<\/span>/g)].map(([, said]) => said);
    expect(results).toEqual(["Already there", "Added", "Already there", "Refused", "Refused", "Refused"]);
    expect(answer.text).toContain("no website\nhttp://10.0.0.1\n&lt;b&gt;x&lt;/b&gt;</textarea>");
    const { brands } = (await ada.member.get("/api/v1/brands")).data;
    expect(brands.map(({ domain }: { domain: string }) => domain).sort()).toEqual([first, second].sort());
  });

  it("does nothing more when it is sent again", async () => {
    const ada = await signedIn();
    const urls = [newDomain(), newDomain()].join("\n");
    await ada.submit("/brands", { urls });
    expect(wordsOf((await ada.submit("/brands", { urls })).text)).toContain(
      "0 of 2 added 2 were already there, 0 were refused.",
    );
    expect((await ada.member.get("/api/v1/brands")).data.pagination.total).toBe(2);
  });

  it("creates a hundred in a few calls, and numbers equal slugs", async () => {
    const ada = await signedIn();
    const name = newDomain();
    const other = await newMember();
    await other.post("/api/v1/brands", { url: name });
    const urls = [name, ...Array.from({ length: 99 }, newDomain)];
    const work = await workOf(() => ada.submit("/brands", { urls: urls.join("\n") }));
    console.info(`100 brands: ${JSON.stringify(work)}`);
    expect(work.d1_calls).toBeLessThanOrEqual(5);
    const { brands, pagination } = (await ada.member.get("/api/v1/brands?limit=100")).data;
    expect(pagination.total).toBe(100);
    const slugs = brands.map(({ slug }: { slug: string }) => slug);
    expect(slugs).toContain(`${name.replaceAll(".", "-")}-2`);
    expect(new Set(slugs).size).toBe(100);
  });

  it("stops at the plan's limit, with that reason", async () => {
    const ada = await signedIn({ plan_id: 1 });
    const urls = [newDomain(), newDomain()];
    const answer = await ada.submit("/brands", { urls: urls.join("\n") });
    expect(wordsOf(answer.text)).toContain("1 of 2 added");
    expect(wordsOf(answer.text)).toContain("Your plan allows 1 brand.");
    expect(answer.text).toContain(`${urls[1]}</textarea>`);
  });

  it("stops there for concurrent forms, too, and each form adds its first lines", async () => {
    const ada = await signedIn({ plan_id: 2 });
    const forms = [1, 2, 3].map(() => Array.from({ length: 6 }, newDomain));
    const answers = await Promise.all(forms.map((urls) => ada.submit("/brands", { urls: urls.join("\n") })));
    const { brands } = (await ada.member.get("/api/v1/brands?limit=100")).data;
    expect(brands).toHaveLength(10);
    const there = new Set(brands.map(({ domain }: { domain: string }) => domain));
    for (const [i, urls] of forms.entries()) {
      const added = urls.filter((url) => there.has(url));
      expect(added).toEqual(urls.slice(0, added.length));
      expect(wordsOf(answers[i]?.text ?? "")).toContain(`${added.length} of 6 added`);
      if (added.length < 6) expect(wordsOf(answers[i]?.text ?? "")).toContain("Your plan allows 10 brands.");
    }
  });

  it("refuses zero lines and more than a hundred, and loses none of them", async () => {
    const ada = await signedIn();
    expect((await ada.submit("/brands", { urls: " \n " })).status).toBe(400);
    expect((await ada.submit("/brands", {})).status).toBe(400);
    const urls = Array.from({ length: 101 }, (_, i) => `site-${i}.com`).join("\n");
    const refused = await ada.submit("/brands", { urls });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("At most 100 lines");
    expect(refused.text).toContain("site-100.com");
  });
});

describe("a brand's pages", () => {
  it("show its numbers and its campaigns", async () => {
    const campaign = await newCampaign();
    await campaign.signUp(someone());
    const page = await (await browserOf(campaign.owner)).page(`/brands/${campaign.brand.id}?days=7`);
    expect(wordsOf(page.text)).toContain("Signups 1 0 before");
    expect(page.text).toContain(`href="/campaigns/${campaign.id}"`);
    expect(page.text).not.toContain(`href="/p/${campaign.brand.slug}"`);
  });

  it("link to its public page if there is one", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const page = await (await browserOf(campaign.owner)).page(`/brands/${campaign.brand.id}`);
    expect(page.text).toContain(`href="/p/${campaign.brand.slug}"`);
  });

  it("change its settings, with socials in rows", async () => {
    const ada = await signedIn();
    const brand = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    const url = `https://${newDomain()}`;
    const form = {
      url,
      slug: `${brand.slug}-x`,
      description: "Tools",
      logo_url: "https://example.com/logo.png",
      background_image: "",
      "socials.0.social": "",
      "socials.0.profile_url": "",
      "socials.1.social": "instagram",
      "socials.1.profile_url": "https://instagram.com/acme",
    };
    const saved = await ada.submit(`/brands/${brand.id}`, form);
    expect(leadsTo(saved)).toBe(`/brands/${brand.id}/settings?done=saved`);
    expect((await ada.member.get(`/api/v1/brands/${brand.id}`)).data).toMatchObject({
      url,
      slug: form.slug,
      description: "Tools",
      logo_url: form.logo_url,
      background_image: null,
      socials: [{ social: "instagram", profile_url: "https://instagram.com/acme" }],
    });
    const page = await ada.page(`/brands/${brand.id}/settings`);
    expect(page.text).toContain('value="https://instagram.com/acme"');
    await ada.submit(`/brands/${brand.id}`, { url, slug: form.slug });
    expect((await ada.member.get(`/api/v1/brands/${brand.id}`)).data).toMatchObject({
      socials: [],
      description: "Tools",
    });
  });

  it("keep the input after an error, and show where it is", async () => {
    const ada = await signedIn();
    const brand = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    const taken = (await (await newMember()).post("/api/v1/brands", { url: newDomain() })).data;
    const path = `/brands/${brand.id}`;
    const refused = await ada.submit(path, {
      url: brand.url,
      slug: brand.slug,
      description: "Kept <me>",
      "socials.0.social": "",
      "socials.0.profile_url": "",
      "socials.1.social": "x",
      "socials.1.profile_url": "nowhere",
    });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Kept &lt;me&gt;");
    expect(refused.text).toMatch(/id="field-socials-1-profile_url-problem"/);
    const slug = await ada.submit(path, { url: brand.url, slug: taken.slug });
    expect(slug.status).toBe(400);
    expect(slug.text).toContain('id="field-slug-problem"');
    expect((await ada.submit(path, { url: "http://10.0.0.1", slug: brand.slug })).text).toContain(
      'id="field-url-problem"',
    );
    expect((await ada.member.get(`/api/v1/brands/${brand.id}`)).data).toEqual(brand);
  });

  it("accept any form without failing", async () => {
    const ada = await signedIn();
    const brand = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`socials.${i}.social`, "x"]));
    for (const fields of [{}, { socials: "x" }, { "socials.0": "x" }, { "socials.__proto__.x": "y" }, many])
      expect((await ada.submit(`/brands/${brand.id}`, fields)).status).toBeLessThan(500);
  });

  it("delete it with everything that belongs to it, once", async () => {
    const campaign = await newCampaign();
    await campaign.signUp(someone());
    const ada = await browserOf(campaign.owner);
    const path = `/brands/${campaign.brand.id}`;
    expect(wordsOf((await ada.page(`${path}/settings`)).text)).toContain("its 1 campaign, its 1 participant,");
    expect(leadsTo(await ada.submit(`${path}/delete`))).toBe("/brands?done=deleted");
    expect((await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`)).status).toBe(404);
    expect((await ada.submit(`${path}/delete`)).status).toBe(404);
  });

  it("are hidden from others, and 404 for missing brands", async () => {
    const brand = (await (await newMember()).post("/api/v1/brands", { url: newDomain() })).data;
    const mallory = await signedIn();
    for (const id of [brand.id, 999_999_999, "x", "0", "1e3"]) {
      const answers = await Promise.all([
        mallory.page(`/brands/${id}`),
        mallory.page(`/brands/${id}/settings`),
        mallory.submit(`/brands/${id}`, { url: "evil.com", slug: "evil-com" }),
        mallory.submit(`/brands/${id}/delete`),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    }
  });

  it("show its name everywhere, even in the audit log and before deletion", async () => {
    const ada = await newMember();
    const url = newDomain();
    const brand = (await ada.post("/api/v1/brands", { url })).data;
    const desk = await browserOf(ada);
    const [log, farewell] = [
      async () => (await desk.page("/audit")).text,
      () => desk.page(`/brands/${brand.id}/settings`),
    ];
    await ada.put(`/api/v1/brands/${brand.id}`, { description: "Figs" });
    expect(await log()).toContain(`<a href="/brands/${brand.id}">${url}</a>`);
    await ada.put(`/api/v1/brands/${brand.id}`, { name: "Fern & Fig" });
    expect(await log()).toContain(`<a href="/brands/${brand.id}">Fern &amp; Fig</a>`);
    expect((await farewell()).text).toContain("<b>Fern &amp; Fig</b>");
  });

  it("offer a viewer no form, and an editor all of them", async () => {
    const ada = await newMember();
    const brand = (await ada.post("/api/v1/brands", { url: newDomain() })).data;
    const victor = await colleagueOf(ada, "viewer");
    for (const path of ["/brands", `/brands/${brand.id}`, `/brands/${brand.id}/settings`]) {
      const { status, text } = await victor.page(path);
      expect(status).toBe(200);
      expect(text.replaceAll('action="/sign-out"', "")).not.toMatch(
        /method="post"[^>]*action="\/brands|href="\/brands\/new"/,
      );
    }
    expect((await victor.page("/brands/new")).status).toBe(403);
    expect((await victor.submit("/brands", { urls: newDomain() })).status).toBe(403);
    expect((await victor.submit(`/brands/${brand.id}/delete`)).status).toBe(403);
    const edith = await colleagueOf(ada, "editor");
    expect((await edith.submit(`/brands/${brand.id}`, { url: brand.url, slug: brand.slug })).status).toBe(303);
  });
});
