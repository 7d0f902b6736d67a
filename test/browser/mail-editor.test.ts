import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { groupOf, look, newPng, pageOf, preview, send, unexpected, visited } from "./support/editor.ts";
import { signIn, WAYS } from "./support/member.ts";
import { followMail } from "./support/newcomer.ts";
import { openWorld, shoot, visit, type World } from "./support/world.ts";

const MAIL_FORMS = { Light: '[style*="background:#fff"]', Dark: '[style*="background:#1a1b1f"]', Text: "h1 + pre" };

describe("the email editor, and images", { timeout: 3_600_000 }, () => {
  let world: World;
  let png: Buffer;
  before(async () => {
    world = await openWorld();
    png = await newPng(world);
    const person = await world.browser.person();
    const { page } = await visit(person, `${world.product.url}/dev/mail`);
    await followMail(
      { page, press: (locator) => locator.click(), goTo: (path) => page.goto(world.product.url + path) },
      world.product.member.email,
      "Confirm your email address",
    );
    await page.getByLabel("Password").fill(world.product.member.password);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Verify my email" }).click()]);
    await person.close();
  });
  after(() => world.close());

  for (const way of WAYS) {
    it(`write an email with inserted values, and send a test, by ${way}`, async () => {
      const campaign = await world.newCampaign({ default_emails: [] });
      const desk = await signIn(world, way, `/campaigns/${campaign.id}/mail`);
      const { page, fill, pick, press, tick } = desk;
      const welcome = groupOf(page, "Welcome");
      const subject = `Welcome to the club ${campaign.id}`;
      await preview(page).getByText("Off (not sent)").waitFor();
      await tick(welcome.getByLabel("Send this email"));
      await fill(welcome.getByLabel("Subject"), subject);
      const place = welcome.getByRole("button", { name: "{{name}}" });
      if (way === "plain") {
        assert.ok(await place.isDisabled());
        await fill(welcome.getByLabel("Message"), "The kettle is on, {{name}}");
      } else {
        await fill(welcome.getByLabel("Message"), "The kettle is on, ");
        await press(place);
        assert.equal(await welcome.getByLabel("Message").inputValue(), "The kettle is on, {{name}}");
      }
      for (const form of ["Light", "Dark", "Text"] as const) {
        await pick(page.getByRole("group", { name: "Display" }), form);
        await look(desk, way);
        await preview(page).locator(MAIL_FORMS[form]).first().waitFor();
        await preview(page).getByText("The kettle is on, Olive Owner").filter({ visible: true }).waitFor();
        await shoot(page, `mail-${form}-${way}`);
      }
      await send(desk, "Send test");
      await page.getByText("Test email sent").waitFor();
      assert.equal(await welcome.getByLabel("Subject").inputValue(), subject);
      const entry = async () =>
        (await world.product.api.get<{ campaign_entry_subject: string | null }>(`/campaigns/${campaign.id}`))
          .campaign_entry_subject;
      assert.equal(await entry(), null);

      const box = await visit(desk.person, `${world.product.url}/dev/mail`);
      const mail = box.page.locator("details", { hasText: `[Test] ${subject}` });
      while ((await mail.locator(".state.sent").count()) === 0) await box.page.reload();
      await mail.locator("summary").click();
      assert.match(String(await mail.locator("pre").textContent()), /The kettle is on, Olive Owner/);
      await box.page.close();

      await send(desk, "Publish");
      assert.equal(await entry(), subject);
      assert.deepEqual(desk.problems, []);
      await desk.person.close();
    });

    it(`upload an image, use it, and delete it, by ${way}`, async () => {
      const campaign = await world.newCampaign();
      const desk = await signIn(world, way);
      const { page, press, chooseFile } = desk;
      await Promise.all([page.waitForURL("**/images"), press(page.getByRole("link", { name: "Images" }))]);
      const images = page.locator("ul.images > li");
      const before = await images.count();
      const file = page.getByLabel("Image", { exact: true });
      await chooseFile(file, "notes.png", "This is no image.".repeat(10));
      await send(desk, "Upload");
      await page.getByText("The file is not a PNG").waitFor();
      await chooseFile(file, "beans.png", png);
      await send(desk, "Upload");
      await page.getByText("Uploaded.").waitFor();
      assert.equal(await images.count(), before + 1);
      const address = String(await images.first().locator("img").getAttribute("src"));
      await shoot(page, `images-${way}`, { fullPage: true });

      await desk.goTo(`/campaigns/${campaign.id}/lander`);
      await desk.choose(page.getByLabel("Background", { exact: true }), "An image");
      await desk.fill(page.getByLabel("Image", { exact: true }), address);
      await look(desk, way);
      await preview(page).locator("body.pictured").waitFor();
      await send(desk, "Publish");
      assert.equal(
        await visited(world, await pageOf(world, campaign), async (one) => {
          const styles = await one.locator("style").allTextContents();
          return styles.some((sheet) => sheet.includes(address));
        }),
        true,
      );

      await desk.goTo("/images");
      await press(images.first().locator("summary"));
      await send(desk, "Yes, delete");
      await page.getByText("Deleted.").waitFor();
      assert.equal(await images.count(), before);
      while ((await page.request.get(address)).status() !== 404) await setTimeout(50);
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });
  }
});
