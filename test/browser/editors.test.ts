import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { groupOf, look, newPng, pageOf, preview, send, unexpected, visited } from "./support/editor.ts";
import { signIn, WAYS } from "./support/member.ts";
import { openWidget, snippet } from "./support/widget.ts";
import { axe, openWorld, shoot, visit, type World } from "./support/world.ts";

const PLACEMENTS = { Embed: "embed", Popup: "popup", "Floating button": "floating", "Top bar": "topbar" } as const;
const SAID = { Form: /A cup for two/, Joined: /The kettle is on\./, Closed: /A cup for two|Free coffee/ };
const TEMPLATES = ["Card", "Split", "Story", "Poster", "Receipt"];
const TOO_LARGE = 2 * 1024 * 1024 + 1;

describe("the editors of landing pages and widgets", { timeout: 3_600_000 }, () => {
  let world: World;
  let png: Buffer;
  before(async () => {
    world = await openWorld();
    png = await newPng(world);
  });
  after(() => world.close());

  for (const way of WAYS) {
    it(`edit a landing page, and show visitors only what is published, by ${way}`, async () => {
      const campaign = await world.newCampaign();
      const path = await pageOf(world, campaign);
      const desk = await signIn(world, way, `/campaigns/${campaign.id}/lander`);
      const { page, fill, pick, choose, chooseFile, press } = desk;
      const title = page.getByLabel("Title", { exact: true });

      if (way !== "plain") {
        const undo = page.getByRole("button", { name: "Undo" });
        await fill(title, "One");
        await page.locator("[data-undo]:not([disabled])").waitFor();
        await fill(title, "Two");
        await press(undo);
        assert.equal(await title.inputValue(), "One");
        await preview(page).getByText("One", { exact: true }).waitFor();
        await press(page.getByRole("button", { name: "Redo" }));
        assert.equal(await title.inputValue(), "Two");
      }
      // Use the frame's own element: a new preview replaces the page in it.
      const isWide = (least: number, most: number) =>
        page.waitForFunction(
          ([least, most]) => {
            const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Preview"]:not(.coming)');
            const width = frame?.contentWindow?.innerWidth ?? 0;
            return width >= least && width <= most;
          },
          [least, most] as const,
        );
      await pick(page.getByRole("group", { name: "Width" }), "Phone");
      await isWide(1, 392);
      await shoot(page, `lander-phone-${way}`);
      await pick(page.getByRole("group", { name: "Width" }), "Desktop");
      await isWide(way === "plain" ? 500 : 1000, 3000);
      for (const template of TEMPLATES) {
        await pick(page.getByRole("group", { name: "Page layout" }), template);
        await look(desk, way);
        await preview(page)
          .locator(`body.template-${TEMPLATES.indexOf(template) + 1}`)
          .waitFor();
        await shoot(page, `lander-${template}-${way}`);
      }
      await fill(title, "Bring a friend, drink for free");
      await fill(page.getByLabel("Subtitle"), "One cup for each of you.");
      await fill(page.getByLabel("Button", { exact: true }), "Pour me one");
      await fill(page.getByLabel("Footer title"), "Small print");
      await fill(page.getByLabel("Footer text"), "One cup a <b>day</b>.");
      await fill(page.getByLabel("Text color", { exact: true }), "#102030");
      await fill(page.getByLabel("Background color", { exact: true }), "#faf3e8");
      await fill(page.getByLabel("Fonts"), "Georgia, serif");
      await choose(page.getByLabel("Background", { exact: true }), "An image");
      await look(desk, way);
      for (const said of ["Bring a friend, drink for free", "Pour me one", "Small print", "One cup a day."])
        await preview(page).getByText(said).first().waitFor();

      const file = page.getByLabel("Image: a file");
      const address = page.getByLabel("Image", { exact: true });
      for (const [name, content, told] of [
        ["notes.png", "This is no image.".repeat(10), "The file is not a PNG"],
        ["huge.png", Buffer.concat([png, Buffer.alloc(TOO_LARGE)]), "larger than 2 MB"],
      ] as const) {
        await chooseFile(file, name, content);
        if (way === "plain") await send(desk, "Save draft");
        await page.getByText(told).waitFor();
        assert.equal(await address.inputValue(), "");
        assert.equal(await title.inputValue(), "Bring a friend, drink for free");
      }
      await chooseFile(file, "beans.png", png);
      if (way !== "plain")
        await page.waitForFunction(() =>
          /\/images\//.test(document.querySelector<HTMLInputElement>('[name="background_image"]')?.value ?? ""),
        );
      await send(desk, "Save draft");
      await page.getByText("The draft is saved").waitFor();
      assert.match(await address.inputValue(), /\/images\/[\w-]{22}\.\d+x\d+\.png$/);
      await preview(page).locator("body.pictured").waitFor();
      if (way === "keyboard") await axe(page);
      await shoot(page, `lander-draft-${way}`, { fullPage: true });

      const text = (one: Page) => one.locator("body").textContent().then(String);
      assert.doesNotMatch(await visited(world, path, text), /drink for free/);
      await send(desk, "Publish");
      await page.getByText("Published. It can take").waitFor();
      const shown = await visited(world, path, async (one) => {
        const asked = await one.request.get(await address.inputValue());
        assert.equal(asked.headers()["content-type"], "image/png");
        await shoot(one, `lander-page-${way}`, { fullPage: true });
        return { text: await text(one), classes: await one.locator("body").getAttribute("class") };
      });
      for (const said of [
        "Bring a friend, drink for free",
        "One cup for each of you.",
        "Pour me one",
        "One cup a day.",
      ])
        assert.ok(shown.text.includes(said), `${said} in ${shown.text}`);
      assert.equal(shown.classes, "template-5 pictured");

      await fill(title, "Never mind");
      await send(desk, "Save draft");
      assert.match(await visited(world, path, text), /drink for free/);
      await press(page.locator("summary", { hasText: "Revert to published" }));
      await send(desk, "Yes, revert to published");
      assert.equal(await title.inputValue(), "Bring a friend, drink for free");
      assert.match(await visited(world, path, text), /drink for free/);
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });

    it(`design a widget in each of its modes, by ${way}`, async () => {
      const campaign = await world.newCampaign();
      const desk = await signIn(world, way, `/campaigns/${campaign.id}/widget`);
      const { page, fill, pick, press, tick, choose } = desk;
      const sharing = groupOf(page, "Sharing, counters, and countdown");
      await press(sharing.locator("summary").first());
      await fill(page.getByLabel("Title", { exact: true }), "A cup for two");
      await fill(page.getByLabel("After joining"), "The kettle is on.");
      const color = page.getByLabel("Brand color", { exact: true });
      await fill(color, "#7a2e0e");
      if (way !== "plain") {
        await press(page.getByRole("button", { name: "Clear Brand color" }));
        assert.equal(await color.inputValue(), "");
        await fill(color, "#7a2e0e");
      }
      assert.ok(!(await page.getByLabel("Launcher button").isVisible()), "an embedded widget has no launcher");
      await pick(page.getByRole("group", { name: "On your site" }), "Popup");
      await fill(page.getByLabel("Launcher button"), "Free coffee");
      await choose(page.getByLabel("Button position"), "Bottom left");
      await tick(page.getByRole("checkbox", { name: "WhatsApp" }));
      await tick(page.getByLabel("Show counters"));
      await fill(page.getByLabel("Participants start at"), "1200");
      for (const [placement, mode] of Object.entries(PLACEMENTS)) {
        await pick(page.getByRole("group", { name: "On your site" }), placement);
        for (const [shown, seen] of [
          ["Form", `.panel.mode-${mode}[data-step=form]`],
          ["Joined", `.panel.mode-${mode}[data-step=share]`],
          ["Closed", mode === "embed" ? ".panel.mode-embed[data-step=form]" : `.go.${mode}`],
        ] as const) {
          await pick(page.getByRole("group", { name: "View" }), shown);
          await look(desk, way);
          const isBubble = mode === "floating" && shown === "Closed";
          await (isBubble
            ? preview(page).getByRole("button", { name: "Free coffee" })
            : preview(page).locator(seen, { hasText: SAID[shown] })
          ).waitFor();
          await shoot(page, `widget-${placement}-${shown}-${way}`);
        }
      }
      await send(desk, "Save draft");
      const config = () =>
        world.product.api.get<{ widget: { header_title: string; placement: string } }>(`/campaigns/${campaign.id}`);
      assert.notEqual((await config()).widget.header_title, "A cup for two");
      await send(desk, "Publish");
      const { widget } = await config();
      assert.deepEqual(
        { ...widget },
        {
          ...widget,
          header_title: "A cup for two",
          placement: "topbar",
          color: "#7a2e0e",
          popup_button_position: "bottom-left",
          socials_allowed: [5],
          stats_on: true,
          stats_start_participants: 1200,
        },
      );

      const host = world.host.page(`/widget-${campaign.id}`, {
        body: `<h1>Shop</h1>${snippet(world.product.url, campaign.id, "async")}`,
      });
      const visitor = await world.browser.person();
      const shop = await visit(visitor, host);
      await shop.page.getByText("Free coffee").waitFor();
      const frame = await openWidget(shop.page, "topbar");
      await frame.getByText("1,200").first().waitFor();
      await shoot(shop.page, `widget-published-${way}`);
      await visitor.close();
      assert.deepEqual(desk.problems, []);
      await desk.person.close();
    });
  }
});
