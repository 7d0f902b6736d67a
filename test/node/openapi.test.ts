import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import spectral, { type RulesetDefinition } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { build } from "esbuild";
import { z } from "zod";
import { SOCIAL_TYPES } from "../../packages/react/src/referral-api.ts";
import { root } from "../../scripts/root.ts";
import { servedProduct } from "./support/product.ts";

type Schema = { $ref?: string; enum?: unknown[]; properties?: Record<string, Schema>; description?: string };
type Media = { schema: Schema; example?: unknown };
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { in: string; name: string; required?: boolean; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
};
type Items = Record<string, Record<string, Operation>>;
type Document = {
  openapi: string;
  info: { description: string };
  servers: unknown;
  paths: Items;
  webhooks: Items;
  tags: { name: string }[];
  components: { schemas: Record<string, Schema>; parameters: Record<string, { example?: unknown; schema: object }> };
};

let local: Awaited<ReturnType<typeof servedProduct>>;
let text: string;
let document: Document;
before(async () => {
  local = await servedProduct();
  text = await (await fetch(`${local.url}/api/v1/openapi.json`)).text();
  document = JSON.parse(text);
});
after(async () => {
  await local.stop();
});

const operationsOf = (items: Items) =>
  Object.entries(items).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );

test("three validators accept the document without a warning", async () => {
  const config = await createConfig({ extends: ["recommended"], rules: { "no-server-example.com": "error" } });
  const byRedocly = await lintFromString({ source: text, config });
  assert.deepEqual(
    byRedocly.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    [],
  );
  const judge = new spectral.Spectral();
  judge.setRuleset({ extends: oas as RulesetDefinition });
  const bySpectral = await judge.run(text);
  assert.deepEqual(
    bySpectral.map(({ code, message, path }) => [code, message, path.join("/")]),
    [],
  );
  const bySchema = await new Validator().validate(JSON.parse(text));
  assert.deepEqual(bySchema.errors ?? [], []);
  assert.ok(bySchema.valid);
});

test("every operation is complete: texts, tag, example, and the body of each status", () => {
  const chapters = new Set(document.tags.map(({ name }) => name));
  const operations = operationsOf(document.paths);
  assert.ok(operations.length > 80);
  for (const [name, { summary, tags, parameters = [], requestBody, responses }] of operations) {
    assert.ok(summary, name);
    assert.ok(
      tags.length === 1 && tags.every((tag) => chapters.has(tag)),
      `${name} is in no chapter of src/docs/tags.ts`,
    );
    for (const parameter of parameters.filter(({ in: place }) => place === "path"))
      assert.ok(parameter.required, `${name} ${parameter.name}`);
    for (const [type, { example }] of Object.entries(requestBody?.content ?? {}))
      assert.notEqual(example, undefined, `${name} has no example in ${type}`);
    const statuses = Object.keys(responses);
    assert.ok(
      statuses.some((status) => /^2/.test(status)),
      name,
    );
    for (const status of ["400", "429", "500", "503"]) assert.ok(statuses.includes(status), `${name} lacks ${status}`);
    for (const [status, { description, content }] of Object.entries(responses)) {
      assert.ok(description, `${name} ${status}`);
      if (!/^3/.test(status)) assert.ok(content, `${name} ${status} has no body`);
    }
    const schemas = statuses
      .filter((status) => status < "3")
      .flatMap((status) => responses[status]?.content?.["application/json"]?.schema.$ref ?? []);
    assert.ok(new Set(schemas).size <= 1, `${name} has one schema for all of its successes`);
  }
});

test("programs get an API without pages, and its guide elsewhere", async () => {
  for (const [name, { responses }] of operationsOf(document.paths)) {
    assert.match(name, /^\w+ (\/api\/|\/healthz$)/);
    const types = Object.values(responses).flatMap(({ content }) => Object.keys(content ?? {}));
    assert.ok(!types.includes("text/html"), name);
  }
  assert.ok(document.info.description.length < 300);
  const guide = await fetch(`${local.url}/docs/guide.md`);
  assert.match(guide.headers.get("Content-Type") ?? "", /^text\/markdown/);
  assert.match(await guide.text(), /^# .*## Idempotency/s);
});

const VERBS =
  /^(check|count|create|delete|duplicate|erase|export|get|link|list|receive|record|recover|replay|redeem|refund|request|reset|resume|retry|revoke|rotate|suspend|test|undo|update|upload|verify)[A-Z]/;

test("operation ids are verbs with nouns", () => {
  const ids = operationsOf(document.paths).map(([, { operationId }]) => operationId);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    ids.filter((id) => !VERBS.test(id)),
    [],
  );
  for (const id of ["createSignup", "updateWebhook", "listParticipants"]) assert.ok(ids.includes(id), id);
});

test("every envelope, list, object, enum, and error is a schema with a name and a description", () => {
  const { schemas } = document.components;
  const parts: string[] = [];
  const walk = (value: unknown, pointer: string, isNamed: boolean) => {
    if (typeof value !== "object" || value === null) return;
    const { enum: values, properties } = value as Schema;
    if (!isNamed && (Array.isArray(values) || properties?.constructor === Object)) parts.push(pointer);
    for (const [key, inner] of Object.entries(value))
      if (key !== "example" && key !== "default") walk(inner, `${pointer}/${key}`, false);
  };
  for (const [name, schema] of Object.entries(schemas)) {
    walk(schema, name, true);
    assert.ok(schema.description, `${name} has no description`);
  }
  walk(document.paths, "", false);
  assert.deepEqual(
    parts.filter((pointer) => !pointer.endsWith("/properties")),
    [],
  );
  for (const [name, { responses }] of operationsOf(document.paths))
    for (const [status, { content }] of Object.entries(responses)) {
      const json = content?.["application/json"];
      if (json) assert.ok(json.schema.$ref, `${name} ${status}`);
      if (json && /^[45]/.test(status)) assert.equal(json.schema.$ref, "#/components/schemas/Error", name);
    }
  for (const name of [
    "EventType",
    "GoalType",
    "RewardType",
    "RewardKind",
    "SocialType",
    "ErrorCode",
    "ParticipantListResponse",
  ])
    assert.ok(schemas[name], name);
});

test("the React package has every share channel", () => {
  assert.deepEqual(Object.values(SOCIAL_TYPES), document.components.schemas.SocialType?.enum);
});

const isSafe = (schema: { format?: string }) => schema.format === "int64";

test("ids are int64, metadata is open, and arrays have item types", () => {
  const found = { ids: 0, metadata: 0, arrays: 0 };
  const walk = (value: unknown, key: string, parent: string) => {
    if (typeof value !== "object" || value === null) return;
    const schema = value as { type?: string | string[]; items?: unknown; additionalProperties?: unknown };
    const types = [schema.type].flat();
    if (parent === "properties" && /^(id|(?!(type|template)_)\w+_id)$/.test(key) && types.includes("integer")) {
      assert.ok(isSafe(schema as { format?: string }), key);
      found.ids++;
    }
    if (parent === "properties" && key === "metadata" && types.includes("object")) {
      assert.equal(schema.additionalProperties, true);
      found.metadata++;
    }
    if (types.includes("array")) {
      assert.ok(schema.items, `${parent} ${key}`);
      found.arrays++;
    }
    for (const [name, inner] of Object.entries(value)) if (name !== "example") walk(inner, name, key);
  };
  walk(document.components.schemas, "", "");
  assert.ok(found.ids > 100 && found.metadata > 4 && found.arrays > 20, JSON.stringify(found));
});

/** Checks examples against their schemas. Undeclared fields are errors. */
function checkOf(schemas: Schema[]) {
  const local = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll("#/components/schemas/", "#/$defs/"), (_, one) =>
      one?.properties?.constructor === Object && one.type === "object" ? { additionalProperties: false, ...one } : one,
    );
  const $defs = local(document.components.schemas);
  return z.fromJSONSchema({ type: "array", prefixItems: local(schemas), $defs });
}

test("every success and every event has a valid example", () => {
  const examples = [...operationsOf(document.paths), ...operationsOf(document.webhooks)].flatMap(
    ([name, { requestBody, responses }]) => {
      const successes = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status));
      const bodies = [requestBody, ...successes.map(([, response]) => response)];
      return bodies.flatMap((body) => {
        const json = body?.content?.["application/json"];
        return json ? [[name, json] as const] : [];
      });
    },
  );
  assert.ok(examples.length > 120, String(examples.length));
  const check = checkOf(examples.map(([, { schema }]) => schema));
  const { error } = check.safeParse(examples.map(([, { example }]) => example));
  assert.deepEqual(
    error?.issues.map(({ path: [index, ...path], message }) => [examples[Number(index)]?.[0], path, message]) ?? [],
    [],
  );
});

test("every event has its payload among the webhooks, and no header has an example that importers would send", () => {
  const { EventType } = document.components.schemas;
  assert.deepEqual(Object.keys(document.webhooks), EventType?.enum);
  const { IdempotencyKey } = document.components.parameters;
  assert.ok(IdempotencyKey && !JSON.stringify(IdempotencyKey).includes("example"));
});

const run = promisify(execFile);

test("three generators create clients that compile, and one of them runs the main flow", async () => {
  const folder = mkdtempSync(join(root, "test/clients/generated-"));
  try {
    cpSync(join(root, "test/clients/flow.ts"), join(folder, "flow.ts"));
    cpSync(join(root, "test/clients/tsconfig.json"), join(folder, "tsconfig.json"));
    writeFileSync(join(folder, "openapi.json"), text);
    const orval = { api: { input: "./openapi.json", output: { target: "./orval.ts", client: "fetch" } } };
    writeFileSync(join(folder, "orval.config.mjs"), `export default ${JSON.stringify(orval)};`);
    const generate = (program: string, ...args: string[]) =>
      run(process.execPath, [join(root, "test/clients/node_modules/.bin", program), ...args], {
        cwd: folder,
        timeout: 1_800_000,
      });
    await Promise.all([
      generate("openapi-typescript", "openapi.json", "-o", "types.ts"),
      generate("openapi-ts", "-i", "./openapi.json", "-o", "./hey", "-c", "@hey-api/client-fetch"),
      generate("orval", "--config", "orval.config.mjs"),
    ]);
    const compiled = await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]).catch(
      ({ stdout }) => ({ stdout }),
    );
    assert.equal(compiled.stdout, "");

    const outfile = join(folder, "flow.mjs");
    await build({ entryPoints: [join(folder, "flow.ts")], outfile, bundle: true, format: "esm", platform: "node" });
    const { play } = await import(outfile);
    assert.deepEqual(await play(local.url), {
      friend: "linus@example.com",
      again: false,
      refused: "already_signed_up",
      listed: ["linus@example.com"],
      total: 2,
      metadata: { plan: "pro" },
      rewards: [["message", "fulfilled"]],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every field has a description", () => {
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
  walk(document, "");
  assert.deepEqual(untold, []);
});

test("both base paths serve it, with the URL of its own server", async () => {
  const alias = await fetch(`${local.url}/v1/openapi.json`);
  assert.equal(await alias.text(), text);
  const { openapi, servers, paths } = document;
  assert.equal(openapi, "3.1.0");
  assert.deepEqual(servers, [{ url: local.url }]);
  assert.ok(paths["/api/v1/brands"] && paths["/healthz"] && !paths["/v1/brands"]);
});

for (const path of ["/docs", "/docs/reference"])
  test(`the page at ${path} loads everything from its own server`, async () => {
    const page = await fetch(local.url + path);
    assert.match(page.headers.get("Content-Type") ?? "", /^text\/html/);
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    assert.doesNotMatch(policy.replace("img-src 'self' https: data:", ""), /unsafe|https?:|\*/);
    const html = await page.text();
    const links = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, link]) => link ?? "");
    assert.ok(links.includes("/api/v1/openapi.json") && links.length >= 5);
    assert.doesNotMatch(html, /<script>|style=|onclick=/);
    for (const link of new Set(links)) {
      assert.match(link, /^\//);
      const answer = await fetch(local.url + link);
      assert.equal(answer.status, 200, link);
      assert.ok((await answer.text()).length > 100, link);
    }
  });
