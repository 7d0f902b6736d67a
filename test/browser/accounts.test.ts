import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { newSecret } from "../../scripts/secrets.ts";
import { handsOf, WAYS } from "./support/member.ts";
import { addressed, elsewhere, followMail, isSignedIn, newcomer, says, thief, until } from "./support/newcomer.ts";
import { axe, openWorld, shoot, visit, type World } from "./support/world.ts";

const run = promisify(execFile);
type Taken = { account: { email: string }; brands: [{ domain: string }] };
/** The two kinds of keys that the page creates. */
const KEYS = [
  { kind: "Named keys", button: "Create key", form: /^sk_live_\w+$/ },
  { kind: "Classic keys", button: "Create classic key", form: /^ref_[0-9a-f]{48}$/ },
];
const VERIFY = "Confirm your email address";

describe("an account", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld({ vars: { RATE_LIMITS: "on" }, hasClipboard: true });
  });
  after(() => world.close());

  for (const way of WAYS) {
    it(`is created with its first brand, verified by email, signed out and in again, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill, member } = me;
      await me.goTo("/brands");
      await says(page, me.website);
      await me.goTo("/account");
      await says(page, "not verified");
      await followMail(me, member.email, VERIFY);
      await press(page.getByRole("button", { name: "Verify my email" }));
      await press(page.getByRole("link", { name: "to the dashboard" }));
      await me.goTo("/account");
      assert.equal(await page.getByText("not verified").count(), 0);
      await press(page.locator("details.account summary"));
      await press(page.getByRole("button", { name: "Sign out", exact: true }).first());
      await page.waitForURL("**/sign-in");
      assert.equal(await isSignedIn(me), false);
      await fill(page.getByLabel("Email"), member.email);
      await fill(page.getByLabel("Password"), `${member.password}x`);
      await press(page.getByRole("button", { name: "Sign in" }));
      await says(page, "The email or password is incorrect.");
      assert.equal(await page.getByLabel("Email").inputValue(), member.email);
      await fill(page.getByLabel("Password"), member.password);
      await press(page.getByRole("button", { name: "Sign in" }));
      await page.waitForURL("**/account");
      await me.person.close();
    });

    it(`with a forgotten password gets a new one by email, and all other sessions end, by ${way}`, async () => {
      const owner = await newcomer(world, "mouse");
      const person = await world.browser.person({ javaScriptEnabled: way !== "plain", ...addressed() });
      const { page } = await visit(person, `${world.product.url}/sign-in`);
      const hands = handsOf(page, way);
      const me = { page, ...hands, goTo: (to: string) => page.goto(world.product.url + to) };
      await hands.press(page.getByRole("link", { name: "Forgot your password?" }));
      await hands.fill(page.getByLabel("Email"), owner.member.email);
      await hands.press(page.getByRole("button", { name: "Send link" }));
      await says(page, "Check your email");
      const link = await followMail(me, owner.member.email, "Choose a new password");
      const password = newSecret();
      await hands.fill(page.getByLabel("New password"), password);
      await hands.press(page.getByRole("button", { name: "Set password" }));
      await says(page, "Your password is set");
      assert.equal(await isSignedIn(owner), false);
      await me.goTo(link);
      await says(page, "This link does not work");
      await me.goTo("/sign-in");
      await hands.fill(page.getByLabel("Email"), owner.member.email);
      await hands.fill(page.getByLabel("Password"), password);
      await hands.press(page.getByRole("button", { name: "Sign in" }));
      await page.waitForURL("**/home");
      await Promise.all([owner.person.close(), person.close()]);
    });

    it(`changes its email and password, and signs out other browsers, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill, member } = me;
      await followMail(me, member.email, VERIFY);
      await press(page.getByRole("button", { name: "Verify my email" }));
      const other = await elsewhere(world, member);
      await me.goTo("/account");
      await press(page.getByRole("link", { name: "Change email" }));
      const email = `changed-${member.email}`;
      await fill(page.getByLabel("New email"), email);
      await fill(page.getByLabel("Your password"), member.password);
      await press(page.getByRole("button", { name: "Change email" }));
      await says(page, "Email changed.");
      await followMail(me, email, VERIFY);
      await press(page.getByRole("button", { name: "Verify my email" }));
      await me.goTo("/dev/mail");
      await until(
        page,
        page.locator("details", { hasText: member.email }).filter({ hasText: "Your email address was changed" }),
      );
      assert.equal(await isSignedIn(other), true);
      await me.goTo("/account/password");
      const password = newSecret();
      await fill(page.getByLabel("Current password"), "not this one");
      await fill(page.getByLabel("New password"), password);
      await press(page.getByRole("button", { name: "Change password" }));
      await says(page, "The password is incorrect.");
      await fill(page.getByLabel("Current password"), member.password);
      await fill(page.getByLabel("New password"), password);
      assert.equal(await page.getByLabel("End all API tokens").isChecked(), true);
      await me.tick(page.getByLabel("Revoke all API keys"));
      await press(page.getByRole("button", { name: "Change password" }));
      await says(page, "Password changed");
      assert.deepEqual([await isSignedIn(me), await isSignedIn(other)], [true, false]);
      const again = await elsewhere(world, { ...member, email, password });
      await Promise.all([me, other, again].map(({ person }) => person.close()));
    });

    it(`lists its sessions, and an ended one is useless to a thief, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const other = await elsewhere(world, me.member);
      const third = await elsewhere(world, me.member);
      const stolen = await thief(world, other.person);
      assert.equal(await isSignedIn(stolen), true);
      await me.goTo("/account");
      const table = me.page.getByRole("region", { name: "Sessions" }).getByRole("row");
      assert.equal(await table.count(), 4);
      if (way === "keyboard") await shoot(me.page, "account", { fullPage: true });
      const before = await Promise.all([other, third].map(isSignedIn));
      await me.goTo("/account");
      await me.press(me.page.getByRole("button", { name: "Sign out", exact: true }).filter({ visible: true }).first());
      await says(me.page, "Session ended.");
      const after = await Promise.all([other, third].map(isSignedIn));
      assert.deepEqual([before, after.filter(Boolean).length], [[true, true], 1]);
      await me.press(me.page.getByText("Sign out everywhere else", { exact: true }));
      await me.press(me.page.getByRole("button", { name: "Yes, sign out everywhere else" }));
      await says(me.page, "Signed out everywhere else.");
      assert.deepEqual(await Promise.all([other, third, stolen].map(isSignedIn)), [false, false, false]);
      await Promise.all([me, other, third, stolen].map(({ person }) => person.close()));
    });

    it(`is exported and then deleted, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill, member } = me;
      await me.goTo("/account");
      const link = page.getByRole("link", { name: "Export everything" });
      const [download] = await Promise.all([page.waitForEvent("download"), press(link)]);
      const all = (await json(await download.createReadStream())) as Taken;
      assert.match(download.suggestedFilename(), /^referrals-[\d-]+\.json$/);
      assert.deepEqual([all.account.email, all.brands[0].domain], [member.email, me.website]);
      assert.deepEqual(Object.keys(all).slice(2), [
        "brands",
        "campaigns",
        "participants",
        "rewards",
        "coupons",
        "webhooks",
        "saved_views",
      ]);
      await press(page.getByRole("link", { name: "Delete account" }));
      await fill(page.getByLabel("Your password"), "not this one");
      await press(page.getByRole("button", { name: "Delete my account" }));
      await says(page, "The password is incorrect.");
      await fill(page.getByLabel("Your password"), member.password);
      await press(page.getByRole("button", { name: "Delete my account" }));
      await says(page, "Your account and everything in it was deleted");
      await fill(page.getByLabel("Email"), member.email);
      await fill(page.getByLabel("Password"), member.password);
      await press(page.getByRole("button", { name: "Sign in" }));
      await says(page, "The email or password is incorrect.");
      await me.person.close();
    });

    it(`keeps what was typed when the session ends during a form, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill, member } = me;
      await me.goTo("/webhooks/new");
      const typed = `https://hooks.example.com/${way}`;
      await fill(page.getByLabel("Endpoint URL"), typed);
      await me.tick(page.locator("input[name=events]").first(), false);
      await fill(page.getByLabel("Note"), 'For "us" & <them>');
      await me.person.clearCookies();
      await press(page.getByRole("button", { name: "Add webhook" }));
      await says(page, "You are signed out");
      await shoot(page, `kept-form-${way}`);
      const [tab] = await Promise.all([
        me.person.waitForEvent("page"),
        press(page.getByRole("link", { name: "Sign in (new tab)" })),
      ]);
      const there = handsOf(tab, way);
      await there.fill(tab.getByLabel("Email"), member.email);
      await there.fill(tab.getByLabel("Password"), member.password);
      await there.press(tab.getByRole("button", { name: "Sign in" }));
      await tab.waitForURL("**/webhooks/new");
      await tab.close();
      await press(page.getByRole("button", { name: "Send my form" }));
      await says(page, "This is the only time you will see it");
      await me.goTo("/webhooks");
      await press(page.getByRole("link", { name: typed }));
      await page.getByLabel("Note").waitFor();
      assert.equal(await page.getByLabel("Note").inputValue(), 'For "us" & <them>');
      assert.equal(await page.locator("input[name=events]").first().isChecked(), false);
      assert.equal(await page.locator("input[name=events]").nth(1).isChecked(), true);
      await me.person.close();
    });

    it(`shows keys once, which work as described and stop when they are revoked, by ${way}`, async () => {
      const me = await newcomer(world, way);
      const { page, press, fill } = me;
      await me.person.grantPermissions(["clipboard-read", "clipboard-write"], { origin: world.product.url });
      for (const { kind, button, form } of KEYS) {
        await me.goTo("/api-keys");
        if (kind === "Named keys") await fill(page.getByLabel("Name", { exact: true }), "Billing");
        await press(page.getByRole("button", { name: button }));
        await says(page, "Your new key");
        const command = (await page.locator(".copy code").nth(1).textContent()) ?? "";
        const key = (await page.locator(".copy code").first().textContent()) ?? "";
        assert.match(key, form);
        if (way === "plain") assert.equal(await page.locator("[data-copy]:visible").count(), 0);
        else {
          const button = page.getByRole("button", { name: "Copy the command" });
          await Promise.all([page.getByRole("button", { name: "Copied" }).waitFor(), press(button)]);
          assert.equal(await page.evaluate(() => navigator.clipboard.readText()), command);
        }
        const asked = async () => JSON.parse((await run("sh", ["-c", `${command} -s`])).stdout);
        const answer = await asked();
        assert.deepEqual(
          answer.data.brands.map(({ domain }: { domain: string }) => domain),
          [me.website],
        );
        await press(page.getByRole("link", { name: "All keys" }));
        await says(page, key.slice(0, 10));
        assert.ok(!(await page.content()).includes(key.slice(0, 20)));
        const list = page.getByRole("region", { name: kind });
        const heads = await list.getByRole("columnheader").allTextContents();
        const row = list.getByRole("row").nth(1);
        const lastUsed = row.getByRole("cell").nth(heads.indexOf("Last used"));
        await until(page, lastUsed.getByText("never"), (count) => count === 0);
        await press(row.getByText("Revoke", { exact: true }));
        await press(row.getByRole("button", { name: "Yes, revoke" }));
        await says(page, "Revoked.");
        assert.equal((await asked()).code, "unauthenticated");
      }
      await press(page.getByRole("link", { name: "API reference" }).last());
      await page.waitForURL("**/docs/reference");
      await me.person.close();
    });
  }

  it("returns to deep links after signing in or up, on this site only", async () => {
    const me = await newcomer(world, "mouse", { path: "/webhooks/new?campaign_id=7" });
    const elsewhereTo = [
      "//evil.example",
      "https:evil",
      "https://evil.example/",
      "/\\evil",
      "\\\\evil.example",
      "/%5Cevil.example",
      "/%2Fevil.example",
      "%2F%2Fevil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
      "/.//evil.example",
      "/..//evil.example",
    ];
    for (const next of elsewhereTo) {
      const person = await world.browser.person(addressed());
      const { page } = await visit(person, `${world.product.url}/sign-in?${new URLSearchParams({ next })}`);
      await page.getByLabel("Email").fill(me.member.email);
      await page.getByLabel("Password").fill(me.member.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      assert.equal(new URL(page.url()).origin, world.product.url, next);
      await page.goto(`${world.product.url}/sign-in?${new URLSearchParams({ next })}`);
      assert.equal(new URL(page.url()).origin, world.product.url, `${next}, when signed in`);
      await person.close();
    }
    await me.person.close();
  });

  it("explains too many attempts, and lets other visitors sign in", async () => {
    const me = await newcomer(world, "mouse");
    const person = await world.browser.person(addressed());
    const { page } = await visit(person, `${world.product.url}/sign-in`);
    const signIn = `${world.product.url}/sign-in`;
    const options = { form: { email: "" }, headers: { Origin: world.product.url } };
    // The limit is per minute, too short for a slow browser to reach it.
    for (let tries = 0; tries < 5 && !(await page.getByText("Too many attempts").isVisible()); tries++) {
      await page.goto(signIn);
      await page.getByLabel("Email").fill("nobody@example.com");
      await page.getByLabel("Password").fill("a guess");
      await Promise.all(Array.from({ length: 20 }, () => person.request.post(signIn, options)));
      await page.getByRole("button", { name: "Sign in" }).click();
      await page
        .getByText(/is wrong|Too many attempts/)
        .first()
        .waitFor();
    }
    await says(page, "Too many attempts");
    await says(page, "Try again in a minute.");
    await shoot(page, "too-many-tries");
    await axe(page);
    const other = await elsewhere(world, me.member);
    await Promise.all([person, me.person, other.person].map((one) => one.close()));
  });

  it("refuses a form sent by another origin with the member's cookies", async () => {
    const me = await newcomer(world, "mouse");
    const form = (path: string) =>
      `<form method="post" action="${world.product.url}${path}"><button>Win</button></form>`;
    const pages = new Map<string, string>();
    // To a browser, another port of the same host is the same site, so it sends the cookie.
    const neighbour = createServer((request, response) => {
      response.writeHead(200, { "Content-Type": "text/html" }).end(pages.get(request.url ?? ""));
    });
    await new Promise<void>((listening) => neighbour.listen(0, "127.0.0.1", listening));
    const port = (neighbour.address() as AddressInfo).port;
    for (const [n, path] of ["/api-keys", "/account/sessions/revoke", "/sign-out", "/brands"].entries()) {
      pages.set(`/${n}`, form(path));
      for (const there of [`http://127.0.0.1:${port}/${n}`, world.host.page(`/win-${n}`, { body: form(path) })]) {
        await me.page.goto(there);
        await Promise.all([me.page.waitForURL(`${world.product.url}${path}`), me.page.getByText("Win").click()]);
        await says(me.page, /Request from another site|You are signed out/);
      }
    }
    assert.equal(await isSignedIn(me), true);
    await me.goTo("/api-keys");
    await says(me.page, "No named keys yet");
    neighbour.close();
    await me.person.close();
  });
});
