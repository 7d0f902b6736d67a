import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";
import type { Page } from "playwright-core";
import { root } from "../../scripts/root.ts";
import { codeOf, installed } from "../node/support/packed.ts";
import { openWorld, visit, type World } from "./support/world.ts";

/** Without React. */
const GZIP_MAX_BYTES = 3_000;

const app = (code: string) => `${code}
import { StrictMode, useState } from "react";
import { hydrateRoot } from "react-dom/client";
export function App({ campaign, baseUrl, identity }) {
  const [isShown, setShown] = useState(true);
  return (
    <StrictMode>
      <button type="button" onClick={() => setShown(!isShown)}>Toggle</button>
      {isShown && <Page campaign={campaign} baseUrl={baseUrl} customer={{ email: "grace@example.com", name: "Grace" }} />}
      {isShown && <ReferralsWidget campaign={campaign} baseUrl={baseUrl} mode="embed" className="second" onReady={() => window.readies++} />}
      <Program campaign={campaign} baseUrl={baseUrl} />
      <OwnLink campaign={campaign} baseUrl={baseUrl} identity={identity} />
      <OwnLink campaign={campaign} baseUrl={baseUrl} identity={{ ...identity, external_id: "crm-8" }} />
    </StrictMode>
  );
}
if (typeof document !== "undefined") {
  window.readies = 0;
  hydrateRoot(document.querySelector("#root"), <App {...window.settings} />, { onRecoverableError: (error) => console.error(error) });
}
`;

describe("the React package", { timeout: 3_600_000 }, () => {
  let world: World;
  let folder: string;
  before(async () => {
    world = await openWorld();
    folder = await installed("react");
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The bundle of a program with the installed package and this React. */
  async function bundled(contents: string, react: number, options: BuildOptions) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder, loader: "jsx" },
      bundle: true,
      write: false,
      jsx: "automatic",
      nodePaths: [join(root, react === 18 ? "test/react-18/node_modules" : "node_modules"), join(root, "node_modules")],
      define: { "process.env.NODE_ENV": '"development"' },
      ...options,
    });
    return outputFiles?.[0]?.text ?? "";
  }

  it(`adds at most ${GZIP_MAX_BYTES} bytes to a page`, async (test) => {
    const text = await bundled('export * from "@referrals/react";', 19, {
      format: "esm",
      minify: true,
      external: ["react"],
    });
    const bytes = gzipSync(text).byteLength;
    test.diagnostic(`${bytes} bytes gzipped`);
    assert.ok(bytes > 1_000 && bytes <= GZIP_MAX_BYTES, String(bytes));
  });

  const code = codeOf(readFileSync(join(root, "packages/react/README.md"), "utf8"), "jsx");

  for (const react of [18, 19])
    it(`renders on the server and in StrictMode, without duplicates, in React ${react}`, async () => {
      const { id } = await world.newCampaign({ reward_type: 3, coupons: [] });
      await world.product.api.put(`/campaigns/${id}/widget`, {
        fields: [{ key: "team", type: "select", label: "Team", required: true, options: ["Blue", "Red"] }],
        share_messages: { 7: "{name} here: come to {campaign}" },
      });
      const { secret } = await world.product.api.post<{ secret: string }>(`/campaigns/${id}/identity-secret`, {});
      const time = Math.floor(Date.now() / 1000);
      const mac = createHmac("sha256", secret).update(`${id}\n${time}\ncrm-7\nmax@example.com`).digest("hex");
      const identity = { external_id: "crm-7", email: "max@example.com", hash: `${time}.${mac}` };
      const settings = { campaign: id, baseUrl: world.product.url, identity };
      const server = `${app(code)}
        import { renderToString } from "react-dom/server";
        export const render = (settings) => renderToString(<App {...settings} />);`;
      const rendered = { exports: {} as { render(settings: object): string } };
      const cjs = await bundled(server, react, { format: "cjs", platform: "node" });
      new Function("module", "exports", "require", cjs)(rendered, rendered.exports, createRequire(import.meta.url));
      const html = rendered.exports.render(settings);
      assert.match(html, new RegExp(`<referrals-widget campaign="${id}" mode="embed"></referrals-widget>`));
      assert.match(html, /class="second".*Loading…/);

      const client = (await bundled(app(code), react, { format: "esm" })).replaceAll("</script", "<\\/script");
      const body = `<div id="root">${html}</div><script>window.settings = ${JSON.stringify(settings)}</script>
        <script type="module">${client}</script>`;
      const url = world.host.page(`/react-${react}`, { body });
      const visitor = await world.browser.person();
      const { page, problems } = await visit(visitor, url);
      const logged: string[] = [];
      page.on("console", (message) => void logged.push(message.text()));

      const frames = page.locator("referrals-widget iframe");
      // Two frames are ready, each with one event.
      const told = () => page.evaluate(() => (window as unknown as { readies: number }).readies);
      const ready = async () => {
        for (const n of [0, 1]) await frames.nth(n).contentFrame().locator("[data-ready]").waitFor();
      };
      await ready();
      assert.equal(await told(), 2);
      assert.deepEqual([await frames.count(), await page.locator('script[src$="/widget.js"]').count()], [2, 1]);
      const own = page.locator("p.own");
      await own.filter({ hasText: `${world.product.url}/t/` }).waitFor();
      await own.filter({ hasText: "bad_identity" }).waitFor();
      await press(page, "Toggle");
      await page.waitForFunction(() => !document.querySelector("referrals-widget"));
      await press(page, "Toggle");
      await ready();
      assert.deepEqual([await frames.count(), await told()], [2, 4]);

      const form = page.locator("referrals-widget:not(.second) iframe").contentFrame();
      await form.locator('input[name="email"]').waitFor();
      assert.equal(await form.locator('input[name="email"]').inputValue(), "grace@example.com");
      await form.getByLabel("Team").selectOption("Blue");
      await form.locator("button[type=submit]").click();
      await form.locator("[data-link]").waitFor();
      assert.equal(logged.filter((line) => line.startsWith("joined ")).length, 1);

      await page.getByRole("textbox", { name: "Email", exact: true }).fill("ada@example.com");
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ada Lovelace");
      await page.getByLabel("Team").selectOption("Red");
      await press(page, "Get my link");
      const link = await page.locator("output").textContent();
      assert.match(link ?? "", new RegExp(`^${world.product.url}/t/`));
      const text = page.getByRole("link", { name: "Text a friend" });
      await text.and(page.locator(`[href*="Ada%20here"]`)).waitFor();
      const { name: campaign } = await world.product.api.get<{ name: string }>(`/campaigns/${id}`);
      const href = await text.getAttribute("href");
      assert.equal(decodeURIComponent(href ?? ""), `sms:?&body=Ada here: come to ${campaign} ${link}`);
      const shared = page.waitForResponse((answer) => answer.url().endsWith("/api/widget/share"));
      await text.evaluate((anchor: HTMLElement) => {
        anchor.addEventListener("click", (event) => event.preventDefault());
        anchor.click();
      });
      assert.equal((await (await shared).json()).data.social_type, 7);
      const { participants } = await world.product.api.get<{ participants: { metadata: object }[] }>(
        `/participants?campaign_id=${id}&email=ada@example.com`,
      );
      assert.deepEqual(participants[0]?.metadata, { team: "Red" });
      await page.reload();
      await page.locator("output").waitFor();
      assert.equal(await page.locator("output").textContent(), link);
      await press(page, "Not you?");
      await page.getByRole("textbox", { name: "Email", exact: true }).fill("ada@example.com");
      await page.getByLabel("Team").selectOption("Blue");
      const said = page.waitForEvent("console", (message) => message.text() === "already");
      await press(page, "Get my link");
      await said;
      // The browser logs the refusal of the wrong hash, once for each effect of StrictMode.
      assert.deepEqual(
        problems.filter((problem) => !/status of 403/.test(problem)),
        [],
      );
      await visitor.close();
    });
});

/** By key: a widget above that grows between a mouse's press and release moves the button away, and nothing is clicked. */
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
