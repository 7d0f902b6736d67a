import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { PATIENCE_MS } from "./support/browser.ts";
import { signIn, WAYS } from "./support/member.ts";
import { says, until } from "./support/newcomer.ts";
import { axe, openWorld, shoot, type World } from "./support/world.ts";

type Received = { body: string; headers: Record<string, string>; status: number };

/** A customer's endpoint with a configurable response. */
async function openReceiver() {
  const received: Received[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ body, headers: request.headers as Record<string, string>, status });
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    answer: (code: number) => {
      status = code;
    },
    /** The next accepted delivery with this text in its body. */
    accepted: async (words: string, had: number) => {
      const isIt = ({ body, status: code }: Received) => code === 204 && body.includes(words);
      for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await setTimeout(50)) {
        const found = received.slice(had).find(isIt);
        if (found) return found;
      }
      throw new Error(`${words} did not come: ${JSON.stringify(received.slice(had))}`);
    },
    count: () => received.length,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const verifies = (secret: string, { body, headers }: Received) => new Webhook(secret).verify(body, headers);

describe("a webhook", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  for (const way of WAYS)
    it(`is created, tested, monitored while it fails, recovered, rotated, changed, and deleted, by ${way}`, async (test) => {
      const receiver = await openReceiver();
      test.after(receiver.close);
      const campaign = await world.newCampaign({ name: `Hooks by ${way}` });
      const signUp = (email: string) =>
        world.product.api.post("/signups", { campaign_id: campaign.id, email, name: "P" });
      const desk = await signIn(world, way, "/webhooks");
      const { page, press, fill, choose } = desk;
      const button = (name: string | RegExp) => page.getByRole("button", { name });

      await press(page.getByRole("link", { name: "Add webhook" }));
      await fill(page.getByLabel("Endpoint URL"), receiver.url);
      const select = page.getByLabel("Campaign");
      const option = select.locator("option", { hasText: `Hooks by ${way}` });
      await choose(select, (await option.textContent()) ?? "");
      await press(button("Add webhook"));
      await says(page, "This is the only time you will see it");
      const secret = (await page.locator(".copy code").textContent()) ?? "";
      await press(page.getByRole("link", { name: "Continue to webhook" }));
      await page.waitForURL(/webhooks\/\d+$/);
      const home = page.url();
      assert.ok(!(await page.content()).includes(secret));

      await press(button("Send test event"));
      const tested = await receiver.accepted("webhook.test", 0);
      verifies(secret, tested);
      const delivered = page.getByRole("cell", { name: "Delivered" });
      /** On a delivery's page, which reloads until the first attempt if scripts run. */
      const seeDelivered = () => (way === "plain" ? until(page, delivered) : delivered.first().waitFor());
      await seeDelivered();
      const attempt = page.getByRole("region", { name: "Attempts", exact: true }).getByRole("row").nth(1);
      assert.match((await attempt.textContent()) ?? "", /204.*Delivered.*\d+ ms/);
      const headers = (await page.getByRole("region", { name: "Headers", exact: true }).textContent()) ?? "";
      assert.ok(headers.includes(`webhook-id: ${tested.headers["webhook-id"]}`), headers);
      const body = (await page.getByRole("region", { name: "Body", exact: true }).textContent()) ?? "";
      assert.deepEqual(JSON.parse(body), JSON.parse(tested.body));
      if (way !== "plain") await axe(page);
      await shoot(page, `delivery-${way}`, { fullPage: true });

      receiver.answer(500);
      await signUp(`first-${way}@example.com`);
      await page.goto(home);
      await until(page, page.getByText("Rejected by your endpoint (500)"));
      await until(page, page.getByText("Failing", { exact: true }));
      receiver.answer(410);
      await signUp(`second-${way}@example.com`);
      await until(page, page.getByText("The endpoint returned 410 Gone."));
      const failed = page
        .getByRole("region", { name: "Deliveries", exact: true })
        .getByRole("cell", { name: "Failed", exact: true });
      await until(page, failed, (count) => count === 2);
      await shoot(page, `endpoint-failing-${way}`, { fullPage: true });
      await choose(page.getByLabel("Status"), "Delivered");
      await press(button("Apply"));
      await page.waitForURL(/status=delivered/);
      assert.deepEqual([await failed.count(), await page.getByRole("link", { name: "webhook.test" }).count()], [0, 1]);
      await choose(page.getByLabel("Status"), "Failed");
      await choose(page.getByLabel("Event", { exact: true }), "participant.signup");
      await press(button("Apply"));
      await page.waitForURL(/type=participant.signup/);
      assert.equal(await failed.count(), 2);

      receiver.answer(204);
      let had = receiver.count();
      await press(button("Enable"));
      await says(page, "Saved.");
      await press(button(/^Retry delivery/).first());
      await says(page, "Resending.");
      const retried = await receiver.accepted(`-${way}@example.com`, had);
      await until(page, delivered);
      assert.ok((await page.getByRole("region", { name: "Attempts", exact: true }).getByRole("row").count()) > 2);
      const other = retried.body.includes(`first-${way}@`) ? "second" : "first";
      had = receiver.count();
      await page.goto(home);
      await desk.setTime(page.getByLabel("Since (UTC)"), "2026-01-01T00:00");
      await press(button("Recover"));
      await says(page, "Resending up to 1,000 failed deliveries");
      verifies(secret, await receiver.accepted(`${other}-${way}@example.com`, had));
      await until(page, failed, (count) => count === 0);

      await press(page.getByText("Rotate secret", { exact: true }));
      await press(button("Yes, rotate secret"));
      await says(page, "The new secret");
      const renewed = (await page.locator(".copy code").textContent()) ?? "";
      assert.notEqual(renewed, secret);
      await press(page.getByRole("link", { name: "Continue to webhook" }));
      await page.waitForURL(/webhooks\/\d+$/);
      await says(page, "The secret was rotated.");
      had = receiver.count();
      await press(button("Send test event"));
      const doubly = await receiver.accepted("webhook.test", had);
      for (const one of [secret, renewed]) verifies(one, doubly);
      assert.throws(() => verifies(`whsec_${btoa("somebody else's secret, of 32 b.")}`, doubly));

      await seeDelivered();
      await page.goto(home);
      assert.equal(await page.getByLabel("participant.signup").isVisible(), false);
      await desk.tick(page.getByLabel("All events, including new ones"), false);
      await desk.tick(page.getByLabel("participant.signup"), false);
      await fill(page.getByLabel("Note"), "For the warehouse");
      await press(button("Save"));
      await says(page, "Saved.");
      assert.deepEqual(
        [await page.getByLabel("Note").inputValue(), await page.getByLabel("participant.signup").isChecked()],
        ["For the warehouse", false],
      );
      await press(button("Disable"));
      await says(page, "You disabled it.");
      await press(page.getByText("Delete webhook", { exact: true }));
      await press(button("Yes, delete webhook"));
      await page.waitForURL("**/webhooks?done=deleted");
      assert.equal(await page.getByRole("link", { name: receiver.url }).count(), 0);
      assert.equal((await page.goto(home))?.status(), 404);
      await says(page, "Page not found");
      assert.deepEqual(
        desk.problems.filter((problem) => !problem.includes("404")),
        [],
      );
      await desk.person.close();
    });
});
