import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { build, built } from "../../scripts/build.ts";
import { startLocal } from "../../scripts/local.ts";

/** Our size on customers' pages, in gzipped bytes. These figures are published. */
const MAX_BYTES = { "widget.js": 3_000, "embed.js": 2_650, "popup.js": 5_000, "memory.js": 800, "frame.js": 12_000 };

describe("the browser's scripts", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-assets-"));
  let product: Awaited<ReturnType<typeof startLocal>>;
  before(async () => {
    await build();
    product = await startLocal({ port: 0, stateDir, logs: false });
  });
  after(async () => {
    await product.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  for (const [name, max] of Object.entries(MAX_BYTES))
    it(`are small: ${name} is at most ${max} bytes`, (test) => {
      const bytes = gzipSync(readFileSync(join(built.assets, name)), { level: 9 }).byteLength;
      test.diagnostic(`${bytes} bytes gzipped`);
      assert.ok(bytes <= max, `${bytes} bytes`);
    });

  it("are served to any page, and cached for minutes, whatever the query", async () => {
    for (const path of ["/widget.js?campaign=1", "/embed.js", "/popup.js", "/launcher.js", "/memory.js", "/frame.js"]) {
      const { status, headers } = await fetch(product.url + path);
      assert.equal(status, 200);
      assert.match(headers.get("Content-Type") ?? "", /^text\/javascript/);
      assert.equal(headers.get("Cache-Control"), "public, max-age=300, stale-while-revalidate=86400");
      assert.equal(headers.get("Access-Control-Allow-Origin"), "*");
      assert.equal(headers.get("Cross-Origin-Resource-Policy"), "cross-origin");
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
    }
    assert.equal((await fetch(`${product.url}/_headers`)).status, 404);
  });

  it("include the font in the package's version, cached forever, and available to widgets", async () => {
    const { version } = JSON.parse(readFileSync("node_modules/@fontsource-variable/inter/package.json", "utf8"));
    const paths = readFileSync(join(built.assets, "dashboard.css"), "utf8").match(/\/fonts\/[^"')]+/g) ?? [];
    assert.equal(paths.length, 2);
    const page = await (await fetch(`${product.url}/sign-in`)).text();
    const preloaded = /<link rel="preload" href="([^"]+)" as="font"/.exec(page)?.[1] ?? "";
    assert.ok(paths.includes(preloaded), preloaded);
    for (const path of paths) {
      assert.ok(path.startsWith(`/fonts/inter-${version}/`), path);
      const { status, headers } = await fetch(product.url + path);
      assert.deepEqual([status, headers.get("Content-Type")], [200, "font/woff2"]);
      assert.equal(headers.get("Cache-Control"), "public, max-age=31536000, immutable");
      assert.equal(headers.get("Access-Control-Allow-Origin"), "*");
    }
  });

  it("come with the licenses of the packages in the product", async () => {
    const response = await fetch(`${product.url}/third-party-licenses.txt`);
    assert.match(response.headers.get("Content-Type") ?? "", /^text\/plain/);
    const text = await response.text();
    for (const title of [/^hono [\d.]+ \(MIT\)$/m, /^swagger-ui-dist [\d.]+ \(Apache-2\.0\)$/m])
      assert.match(text, title);
    for (const words of ["SIL OPEN FONT LICENSE Version 1.1", "The Inter Project Authors", "Apache License"])
      assert.ok(text.includes(words), words);
    const inSwagger = await fetch(`${product.url}/docs-assets/swagger-ui-bundle.js.LICENSE.txt`);
    assert.match(await inSwagger.text(), /DOMPurify/);
  });

  it("need nothing of the page and add only one object to it", () => {
    const script = readFileSync(join(built.assets, "widget.js"), "utf8");
    assert.doesNotMatch(script, /\beval\(|new Function|innerHTML|document\.write|\.setAttribute\("style"|require\(/);
  });
});
