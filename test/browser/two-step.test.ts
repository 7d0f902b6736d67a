import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { handsOf, WAYS } from "./support/member.ts";
import { addressed, newcomer, says } from "./support/newcomer.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

/** The authenticator app's code, a number of 30-second steps from now. The product accepts one step before and after. */
const codeOf = (secret: string, steps: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

describe("two-step verification", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld({ vars: { RATE_LIMITS: "on" } });
  });
  after(() => world.close());

  const looksGood = async (page: Page, name: string) => {
    await shoot(page, name, { fullPage: true });
    await axe(page);
    await noSidewaysScroll(page);
    await page.setViewportSize({ width: 390, height: 800 });
    await shoot(page, `${name}-phone`, { fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  for (const way of WAYS) {
    it(`is turned on, required, passed by the app and by a recovery code, and turned off, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill, member } = me;
      await me.goTo("/account");
      await press(page.getByRole("link", { name: "Turn on two-step verification" }));
      if (way === "keyboard") await looksGood(page, "two-step-start");
      await fill(page.getByLabel("Your password"), member.password);
      await press(page.getByRole("button", { name: "Continue" }));
      await page.waitForURL("**/two-step/confirm");
      await page.getByRole("img", { name: "QR code" }).waitFor();
      await press(page.locator("summary", { hasText: "Cannot scan it?" }));
      const secret = (await page.locator(".copy code").textContent()) ?? "";
      if (way === "keyboard") await looksGood(page, "two-step-confirm");
      await fill(page.getByLabel("Six-digit code"), "12345");
      await press(page.getByRole("button", { name: "Turn on" }));
      await says(page, "The code is incorrect");
      const used = codeOf(secret, 0);
      await fill(page.getByLabel("Six-digit code"), used);
      await press(page.getByRole("button", { name: "Turn on" }));
      await says(page, "Your recovery codes");
      const codes = await page.locator(".codes code").allTextContents();
      assert.equal(codes.length, 10);
      if (way === "keyboard") await looksGood(page, "two-step-codes");

      const person = await world.browser.person({ javaScriptEnabled: way !== "plain", ...addressed() });
      const { page: there } = await visit(person, `${world.product.url}/brands`);
      const hands = handsOf(there, way);
      const passFirstStep = async () => {
        await hands.fill(there.getByLabel("Email"), member.email);
        await hands.fill(there.getByLabel("Password"), member.password);
        await hands.press(there.getByRole("button", { name: "Sign in" }));
        await says(there, "Enter your code");
      };
      await passFirstStep();
      if (way === "keyboard") await looksGood(there, "two-step-sign-in");
      await hands.fill(there.getByLabel("Code"), used);
      await hands.press(there.getByRole("button", { name: "Sign in" }));
      await says(there, "The code is incorrect or has already been used.");
      await hands.fill(there.getByLabel("Code"), codeOf(secret, 1));
      await hands.press(there.getByRole("button", { name: "Sign in" }));
      await there.waitForURL("**/brands");
      await hands.press(there.locator("details.account summary"));
      await hands.press(there.getByRole("button", { name: "Sign out", exact: true }).first());
      await there.waitForURL("**/sign-in");
      await passFirstStep();
      await hands.fill(there.getByLabel("Code"), codes[0] ?? "");
      await hands.press(there.getByRole("button", { name: "Sign in" }));
      await there.waitForURL("**/home");

      await me.goTo("/account/two-step");
      await says(page, "9 codes are left");
      if (way === "keyboard") await looksGood(page, "two-step-on");
      await press(page.getByRole("link", { name: "Turn off" }));
      await fill(page.getByLabel("Your password"), member.password);
      await fill(page.getByLabel("Code"), codes[1] ?? "");
      if (way === "keyboard") await looksGood(page, "two-step-off");
      await press(page.getByRole("button", { name: "Turn off" }));
      await says(page, "Two-step verification is off.");
      if (way === "keyboard") await looksGood(page, "account");
      assert.deepEqual(
        me.problems.filter((problem) => !problem.includes("status of 400")),
        [],
      );
      await Promise.all([person, me.person].map((one) => one.close()));
    });
  }
});
