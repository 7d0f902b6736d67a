import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { handsOf, WAYS, type Way } from "./support/member.ts";
import { addressed, followMail, type Newcomer, newcomer, says, until } from "./support/newcomer.ts";
import { axe, openWorld, shoot, visit, type World } from "./support/world.ts";

const PAGES = [
  "/brands",
  "/campaigns",
  "/participants",
  "/rewards",
  "/webhooks",
  "/api-keys",
  "/images",
  "/team",
  "/plan",
];

/** Forms on a page that change the account. */
const formsOn = (page: Page) => page.locator("main form[method=post]").count();

describe("a team", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  /** Invites a new person to the owner's account; they join with the email. */
  async function colleagueOf(owner: Newcomer, role: string, way: Way) {
    const email = `${role.toLowerCase()}-${way}@example.com`;
    const { page, press, fill, choose } = owner;
    await owner.goTo("/team");
    await fill(page.getByLabel("Email"), email);
    const select = page.getByLabel("Role", { exact: true });
    await choose(select, (await select.locator("option", { hasText: `${role}:` }).textContent()) ?? "");
    await press(page.getByRole("button", { name: "Send invitation" }));
    await says(page, "Invitation sent.");
    const person = await world.browser.person({ javaScriptEnabled: way !== "plain", ...addressed() });
    const { page: theirs } = await visit(person, `${world.product.url}/dev/mail`);
    const hands = handsOf(theirs, way);
    const goTo = (to: string) => theirs.goto(world.product.url + to);
    await followMail({ page: theirs, press: hands.press, goTo }, email, "invited you to join the team");
    await hands.press(theirs.getByRole("link", { name: "Create account" }));
    await hands.fill(theirs.getByLabel("Your name"), `Our ${role}`);
    await hands.fill(theirs.getByLabel("Email"), email);
    await hands.fill(theirs.getByLabel("Password"), "correct horse battery");
    await hands.press(theirs.getByRole("button", { name: "Create account" }));
    await hands.press(theirs.getByRole("button", { name: "Join" }));
    await says(theirs, "Welcome to the team.");
    return { person, page: theirs, goTo, ...hands };
  }

  for (const way of WAYS)
    it(`invites by email, gives each role its permissions, locks out removed members, and logs everything, by ${way}`, async () => {
      const owner = await newcomer(world, way);
      const viewer = await colleagueOf(owner, "Viewer", way);
      const editor = await colleagueOf(owner, "Editor", way);
      for (const path of PAGES) {
        await viewer.goTo(path);
        assert.equal(await formsOn(viewer.page), 0, `${path} of a viewer`);
      }
      await viewer.goTo("/brands");
      await says(viewer.page, owner.website);
      const brand = (await viewer.page.getByRole("link", { name: owner.website }).getAttribute("href")) ?? "";
      await viewer.goTo(`${brand}/settings`);
      await says(viewer.page, "You can view this brand but not change it.");
      assert.equal((await viewer.goTo("/webhooks/new"))?.status(), 403);
      await says(viewer.page, "You don't have permission to change this");
      for (const path of ["/team", "/api-keys"]) {
        await editor.goTo(path);
        assert.equal(await formsOn(editor.page), 0, `${path} of an editor`);
      }
      await editor.goTo(`${brand}/settings`);
      await editor.fill(editor.page.getByLabel("Description"), "Coffee for everybody");
      await editor.press(editor.page.getByRole("button", { name: "Save" }));
      await says(editor.page, "Saved.");

      const { page, press, choose } = owner;
      await owner.goTo("/team");
      if (way !== "plain") await axe(page);
      await shoot(page, `team-${way}`, { fullPage: true });
      const row = page.getByRole("row", { name: /Our Viewer/ });
      await choose(row.getByLabel("Our Viewer's role"), "Editor");
      await press(row.getByRole("button", { name: "Change" }));
      await says(page, "Role changed.");
      await viewer.goTo("/webhooks/new");
      await says(viewer.page, "Add webhook");
      await press(row.getByText("Remove", { exact: true }));
      await press(row.getByRole("button", { name: "Yes, remove" }));
      await says(page, "Removed from the team.");
      await viewer.fill(viewer.page.getByLabel("Endpoint URL"), "https://hooks.example.com/late");
      await viewer.press(viewer.page.getByRole("button", { name: "Add webhook" }));
      await says(viewer.page, "Your access to the other account has ended.");
      await viewer.goTo("/brands");
      assert.equal(await viewer.page.getByText(owner.website).count(), 0);
      await owner.goTo("/webhooks");
      await says(page, "No webhooks yet");

      await owner.goTo("/audit");
      const told = (words: string, who: string) =>
        until(page, page.getByRole("row", { name: words }).filter({ hasText: who }));
      await told("Joined the team", "Our Viewer");
      await told("Updated a brand", "Our Editor");
      await told(owner.website, "Our Editor");
      await told("Changed a team member's role", owner.member.name);
      await told("Removed a team member", owner.member.name);
      if (way !== "plain") await axe(page);
      await shoot(page, `audit-${way}`, { fullPage: true });
      await Promise.all([owner, viewer, editor].map(({ person }) => person.close()));
    });

  for (const way of WAYS)
    it(`sees when its plan is too small, and only the operator changes plans and links VNOC, by ${way}`, async () => {
      const me = await newcomer(world, way);
      await me.goTo("/plan");
      await says(me.page, "1 of 1");
      assert.ok(
        await me.page
          .locator("meter")
          .last()
          .evaluate((bar: HTMLMeterElement) => bar.value > bar.high),
      );
      await shoot(me.page, `plan-${way}`, { fullPage: true });
      for (const path of ["/operator/members", "/operator/members/1", "/operator/brands/1"])
        assert.equal((await me.goTo(path))?.status(), 404, path);
      const person = await world.browser.person({ javaScriptEnabled: way !== "plain", ...addressed() });
      const { page, problems } = await visit(person, `${world.product.url}/operator`);
      const { press, fill, choose, tick } = handsOf(page, way);
      await fill(page.getByLabel("Token"), world.product.operatorToken);
      await press(page.getByRole("button", { name: "Sign in" }));
      await says(page, "Webhook deliveries");
      await says(page, "On time");
      await shoot(page, `operator-health-${way}`);
      await press(page.getByRole("link", { name: "Members" }));
      await fill(page.getByPlaceholder("Email…"), me.member.email);
      await Promise.all([page.waitForURL(/[?&]q=/), page.keyboard.press("Enter")]);
      await press(page.getByRole("link", { name: me.member.email }));
      const select = page.getByLabel("Plan", { exact: true });
      await choose(select, (await select.locator("option", { hasText: "Growth" }).textContent()) ?? "");
      await press(page.getByRole("button", { name: "Save" }));
      await says(page, "Saved.");
      await press(page.getByRole("link", { name: me.website }));
      await tick(page.getByLabel("Linked"));
      await fill(page.getByLabel("VNOC id"), "77");
      await press(page.getByRole("button", { name: "Save" }));
      await says(page, "Saved.");
      assert.deepEqual(problems, []);
      await me.goTo("/plan");
      await says(me.page, "1 of 10");
      await me.goTo("/audit");
      const told = me.page.getByRole("row", { name: "The operator" });
      await until(me.page, told, (count) => count === 2);
      await Promise.all([me.person, person].map((one) => one.close()));
    });
});
