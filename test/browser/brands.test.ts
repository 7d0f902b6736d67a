import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newPng, send, unexpected, visited } from "./support/editor.ts";
import { signIn, WAYS } from "./support/member.ts";
import { axe, openWorld, shoot, type World } from "./support/world.ts";

type Brand = {
  id: number;
  domain: string;
  slug: string;
  logo_url: string | null;
  background_image: string | null;
  socials: { social: string; profile_url: string }[];
};
/** The color in the middle of the logo, which is a picture or a drawing of 120 by 80. */
const MIDDLE = [181, 124, 87];
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><rect width="120" height="80" fill="rgb(${MIDDLE})"/></svg>`;

type Stats = Record<`total_${"participants" | "clicks" | "impressions"}`, number>;
const METRICS = { Signups: "participants", "Friends' visits": "clicks", Views: "impressions" } as const;

describe("brands in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  let png: Buffer;
  before(async () => {
    world = await openWorld();
    png = await newPng(world);
  });
  after(() => world.close());

  for (const way of WAYS) {
    it(`are added many at once, with a result for each line, by ${way}`, async () => {
      const desk = await signIn(world, way, "/brands");
      const { page, press, fill } = desk;
      const add = page.getByRole("link", { name: /^Add (brands|your first brand)$/ }).first();
      await Promise.all([page.waitForURL("**/brands/new"), press(add)]);
      const lines = [
        `one-${way}.example.com`,
        "http://127.0.0.1/",
        `two-${way}.example.org`,
        "localhost",
        `one-${way}.example.com`,
      ];
      await fill(page.getByLabel("Websites"), lines.join("\n"));
      await send(desk, "Add");
      await page.getByRole("heading", { name: "2 of 5 added" }).waitFor();
      const rows = page.getByRole("region", { name: "Results" }).locator("tbody tr");
      const results = (await rows.allTextContents()).map((text) => /Added|Already there|Refused/.exec(text)?.[0]);
      assert.deepEqual(results, ["Added", "Refused", "Added", "Refused", "Already there"]);
      assert.equal(await page.getByLabel("Refused lines").inputValue(), "http://127.0.0.1/\nlocalhost");
      if (way === "keyboard") await axe(page);
      await shoot(page, `brands-added-${way}`, { fullPage: true });
      await fill(page.getByLabel("Refused lines"), `three-${way}.example.net`);
      await send(desk, "Add");
      await page.getByText("Created.").waitFor();
      const { brands } = await world.product.api.get<{ brands: Brand[] }>("/brands?limit=100");
      for (const domain of [`one-${way}.example.com`, `two-${way}.example.org`, `three-${way}.example.net`])
        assert.equal(brands.filter((brand) => brand.domain === domain).length, 1, domain);
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });

    it(`have a logo, a background, profiles, and an address, which visitors see, by ${way}`, async () => {
      const { api } = world.product;
      const campaign = await world.newCampaign();
      const path = `/brands/${campaign.brand_id}`;
      const desk = await signIn(world, way, `${path}/settings`);
      const { page, fill, chooseFile } = desk;
      const slug = `beans-${way}`;
      await fill(page.getByLabel("Public page URL"), "No spaces!");
      await fill(page.getByLabel("Network 1"), "instagram");
      await fill(page.getByLabel("Profile 1"), "https://instagram.com/beans");
      await send(desk, "Save");
      await page.getByText("Must be 3 to 100 lowercase letters").first().waitFor();
      assert.equal(await page.getByLabel("Public page URL").inputValue(), "No spaces!");
      await shoot(page, `brand-refused-${way}`, { fullPage: true });

      await fill(page.getByLabel("Public page URL"), slug);
      await send(desk, "Save");
      await page.getByText("Saved.").waitFor();

      await page.getByRole("link", { name: "Brand kit" }).click();
      await page.waitForURL(/\/kit$/);
      // The browser converts a drawing to PNG. Without scripts, it is sent unchanged.
      if (way === "plain") await chooseFile(page.getByLabel("Logo: a file"), "logo.png", png);
      else await chooseFile(page.getByLabel("Logo: a file"), "logo.svg", Buffer.from(SVG));
      if (way !== "plain")
        await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[name=logo_url]")?.value !== "");
      await fill(page.getByLabel("Brand name"), "beans.example.com");
      await send(desk, "Save");
      await page.getByText("Must not contain a web address or phone number").first().waitFor();
      const logo = page.getByLabel("Logo", { exact: true });
      assert.match(await logo.inputValue(), /\/images\/[\w-]{22}\.\d+x\d+\.png$/);
      await fill(page.getByLabel("Brand name"), "Beans");
      await fill(page.getByLabel("Background image", { exact: true }), await logo.inputValue());
      await send(desk, "Save");
      await page.getByText("Saved.").waitFor();
      await page.getByRole("heading", { level: 1, name: "Beans" }).waitFor();
      const brand = await api.get<Brand>(path);
      assert.deepEqual(
        [brand.slug, brand.background_image, brand.socials],
        [slug, brand.logo_url, [{ social: "instagram", profile_url: "https://instagram.com/beans" }]],
      );
      const seen = await visited(world, `/p/${slug}`, (one) => one.content());
      assert.ok(seen.includes(String(brand.logo_url)));
      await visited(world, `/p/${slug}/campaign/${campaign.id}`, async (one) => {
        assert.match(String(await one.locator("body").getAttribute("class")), /pictured/);
        assert.equal(await one.locator('a[href="https://instagram.com/beans"]').count(), 1);
      });
      const logoOnImage = await visited(world, `/p/${slug}/campaign/${campaign.id}/share.png`, async (one) => {
        await shoot(one, `share-image-with-logo-${way}`);
        return one.evaluate(() => {
          const canvas = document.createElement("canvas");
          const pen = canvas.getContext("2d");
          [canvas.width, canvas.height] = [1200, 630];
          pen?.drawImage(document.images[0] ?? canvas, 0, 0);
          return [...(pen?.getImageData(84 + 51, 104, 1, 1).data ?? [])];
        });
      });
      for (const [i, part] of MIDDLE.entries())
        assert.ok(Math.abs((logoOnImage[i] ?? 0) - part) < 8, `${logoOnImage} instead of ${MIDDLE}`);
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });

    it(`show their numbers for 7, 30, and 90 days, as in the API, by ${way}`, async () => {
      const { api } = world.product;
      const campaign = await world.newCampaign();
      for (const name of ["ada", "grace", "linus"])
        await api.post("/signups", { campaign_id: campaign.id, email: `${name}@example.com`, name });
      const path = `/brands/${campaign.brand_id}`;
      const desk = await signIn(world, way, path);
      const { page, press } = desk;
      for (const [at, stats] of [
        [path, await api.get<Stats>(`${path}/stats`)],
        ["/home", null],
      ] as const) {
        await desk.goTo(at);
        for (const days of [7, 90, 30]) {
          await Promise.all([
            page.waitForURL(new RegExp(`days=${days}`)),
            press(page.getByRole("link", { name: `${days} days` })),
          ]);
          await page.locator(".chart-key", { hasText: `Previous ${days} days` }).waitFor();
          assert.equal(await page.locator(".chart-was").count(), 1);
          assert.equal(await page.locator(".chart-table tbody tr").count(), days);
          for (const [label, name] of Object.entries(METRICS)) {
            const metric = page.locator(".metrics a", { hasText: label }).locator(".metric-value");
            const value = Number.parseInt(String(await metric.textContent()), 10);
            if (stats) assert.equal(value, stats[`total_${name}`], label);
            else if (name === "participants") assert.ok(value >= 3);
          }
        }
        await shoot(page, `trend${at.replaceAll("/", "-")}-${way}`, { fullPage: true });
      }
      assert.deepEqual(desk.problems, []);
      await desk.person.close();
    });
  }
});
