import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { startLocal } from "../../scripts/local.ts";
import { root } from "../../scripts/root.ts";

const run = promisify(execFile);
const readme = readFileSync(join(root, "README.md"), "utf8");

const papers = globSync(["*.md", "docs/**/*.md"], { cwd: root });

it("documents link to existing pages, and name existing tests and sources", () => {
  const missing = papers.flatMap((paper) => {
    const text = readFileSync(join(root, paper), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:|#|\/)([^)#]+)/g)].map(([, link = ""]) =>
      join(dirname(paper), link),
    );
    const files = [...text.matchAll(/\b(?:test|bench|scripts|drizzle)\/[\w/.-]+\.(?:m?ts|tsx|mjs|json)\b/g)].map(
      ([file]) => file,
    );
    return [...links, ...files].filter((path) => !existsSync(join(root, path))).map((path) => `${paper}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

it("the guide for contributors names existing files of src", () => {
  const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const sources = globSync("src/**/*.{ts,tsx,css}", { cwd: root }).map((path) => `/${path}`);
  const named = [...guide.matchAll(/`((?:[\w-]+\/)*[\w-]+\.(?:tsx?|css))`/g)].map(([, path = ""]) => path);
  const missing = named.filter(
    (path) => !existsSync(join(root, path)) && !sources.some((source) => source.endsWith(`/${path}`)),
  );
  assert.ok(named.length > 30);
  assert.deepEqual(missing, []);
});

describe("the README", { timeout: 3_600_000 }, () => {
  it("can be read in two minutes", () => {
    assert.ok(readme.split(/\s+/).length <= 450);
  });

  it("leads a new user to a share link, word for word", async () => {
    const commands = readme.match(/```sh\n(api=[\s\S]*?)```/)?.[1] ?? assert.fail("no commands");
    const stateDir = mkdtempSync(join(tmpdir(), "referrals-readme-"));
    const product = await startLocal({ port: 0, stateDir, logs: false });
    try {
      const script = commands.replace("http://127.0.0.1:8787", product.url);
      const { stdout: output } = await run("bash", ["-ec", script]);
      assert.match(output, /"share_url":"http/);
      assert.doesNotMatch(output, /"success":false/);
    } finally {
      await product.stop();
      rmSync(stateDir, { recursive: true, force: true });
    }
  });
});
