import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { startLocal } from "../../scripts/local.ts";

type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
};

const stateDir = mkdtempSync(join(tmpdir(), "referrals-openapi-"));
let local: Awaited<ReturnType<typeof startLocal>>;
let text: string;
before(async () => {
  local = await startLocal({ port: 0, stateDir, logs: false });
  text = await (await fetch(`${local.url}/api/v1/openapi.json`)).text();
});
after(async () => {
  await local.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

test("the document passes the linter's recommended rules", async () => {
  const config = await createConfig({
    extends: ["recommended"],
    // A share link answers with a redirect and nothing else, and the guide shows the tag that a page needs, as code.
    rules: { "operation-2xx-response": "off", "no-unsafe-markdown": "off", "no-server-example.com": "error" },
  });
  const problems = await lintFromString({ source: text, config });
  assert.deepEqual(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    [],
  );
});

test("every operation is told in full: its words, its chapter, its example, and what each status holds", () => {
  const { paths, tags } = JSON.parse(text);
  const chapters = new Set(tags.map(({ name }: { name: string }) => name));
  const operations: [string, Operation][] = Object.entries<Record<string, Operation>>(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
  assert.equal(new Set(operations.map(([, { operationId }]) => operationId)).size, operations.length);
  for (const [name, { summary, tags, requestBody, responses }] of operations) {
    assert.ok(summary, name);
    assert.ok(
      tags.length === 1 && tags.every((tag) => chapters.has(tag)),
      `${name} is in no chapter of src/docs/tags.ts`,
    );
    for (const [type, { example }] of Object.entries(requestBody?.content ?? {}))
      assert.notEqual(example, undefined, `${name} has no example in ${type}`);
    const statuses = Object.keys(responses);
    assert.ok(
      statuses.some((status) => /^[23]/.test(status)),
      name,
    );
    for (const status of ["400", "429", "500", "503"]) assert.ok(statuses.includes(status), `${name} lacks ${status}`);
    for (const [status, { description, content }] of Object.entries(responses)) {
      assert.ok(description, `${name} ${status}`);
      if (!/^3/.test(status)) assert.ok(content, `${name} ${status} has no body`);
    }
  }
});

test("every field says what it is", () => {
  const untold: string[] = [];
  const walk = (value: unknown, pointer: string) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const isField = pointer.endsWith("/properties") && typeof inner === "object";
      const words = ["type", "anyOf", "oneOf", "allOf", "$ref", "enum", "const"];
      if (isField && !words.some((word) => word in inner)) untold.push(`${pointer}/${key}`);
      walk(inner, `${pointer}/${key}`);
    }
  };
  walk(JSON.parse(text), "");
  assert.deepEqual(untold, []);
});

test("both base paths give it, and it names the server that it came from", async () => {
  const alias = await fetch(`${local.url}/v1/openapi.json`);
  assert.equal(await alias.text(), text);
  const { openapi, servers, paths } = JSON.parse(text);
  assert.equal(openapi, "3.1.0");
  assert.deepEqual(servers, [{ url: local.url }]);
  assert.ok(paths["/api/v1/brands"] && paths["/healthz"] && !paths["/v1/brands"]);
});

test("the page at /docs has all that it asks for, from its own server", async () => {
  const page = await fetch(`${local.url}/docs`);
  assert.match(page.headers.get("Content-Type") ?? "", /^text\/html/);
  assert.doesNotMatch(page.headers.get("Content-Security-Policy") ?? "", /unsafe|https?:|\*/);
  const html = await page.text();
  const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? "");
  assert.ok(links.includes("/api/v1/openapi.json") && links.length >= 5);
  assert.doesNotMatch(html, /<script>|style=|onclick=/);
  for (const link of links) {
    assert.match(link, /^\//);
    const answer = await fetch(local.url + link);
    assert.equal(answer.status, 200, link);
    assert.ok((await answer.text()).length > 100, link);
  }
});
