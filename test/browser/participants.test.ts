import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn, WAYS } from "./support/member.ts";
import { openWorld, type World } from "./support/world.ts";

describe("participants", { timeout: 600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  for (const way of WAYS)
    it(`are searched and filtered, by ${way}`, async () => {
      const { page, problems, person, ...desk } = await signIn(world, way, "/participants?status=active");
      await desk.choose(page.getByLabel("Status"), "Blocked");
      await desk.fill(page.getByLabel("Mail address"), "abc");
      await desk.press(page.getByRole("button", { name: "Show" }));
      await page.waitForURL(
        (url) => url.searchParams.get("q") === "abc" && url.searchParams.get("status") === "blocked",
      );
      assert.deepEqual(problems, []);
      await person.close();
    });
});
