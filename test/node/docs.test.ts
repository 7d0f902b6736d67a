import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { forReaders, pageOf } from "../../scripts/docs-site.ts";
import { root } from "../../scripts/root.ts";
import { LANGUAGES, type Operation, requestOf } from "../../src/docs/browser/samples.ts";
import { excerpt, type Part, search } from "../../src/docs/browser/search.ts";
import { entries, guideOf, marked } from "./support/guides.ts";
import { newAccount } from "./support/packed.ts";
import { servedProduct } from "./support/product.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "referrals-docs-"));
let local: Awaited<ReturnType<typeof servedProduct>>;
before(async () => {
  local = await servedProduct();
});
after(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (path: string) => {
  const answer = await fetch(local.url + path, { redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

describe("the documentation's site", () => {
  it("has every page, valid and complete: each link leads to an existing page and heading", async () => {
    const paths = ["/docs", ...entries.map(({ slug }) => `/docs/${slug}`)];
    const ids = new Map<string, Set<string>>();
    const links: [from: string, to: string][] = [];
    for (const path of paths) {
      const { status, headers, text } = await get(path);
      assert.equal(status, 200, path);
      const policy = headers.get("Content-Security-Policy") ?? "";
      assert.match(policy, /default-src 'none'.*script-src 'self'/, path);
      assert.doesNotMatch(policy.replace("img-src 'self' https: data:", ""), /unsafe|https?:|\*/, path);
      assert.doesNotMatch(text, /<script>|<style|style=|onclick=|https:\/\/your-host/, path);
      assert.equal(text.split("<h1").length, 2, path);
      ids.set(path, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id)));
      for (const [, link = ""] of text.matchAll(/(?:src|href)="([^"]+)"/g)) links.push([path, link]);
      for (const [, src = ""] of text.matchAll(/<(?:script|link|img)[^>]* (?:src|href)="([^"]+)"/g))
        assert.match(src, /^\//, `${path} loads ${src}`);
    }
    const known = new Map<string, number>();
    for (const [from, link] of links.filter(([, to]) => /^[/#]/.test(to))) {
      const [path = "", anchor] = link.startsWith("#") ? [from, link.slice(1)] : link.split("#");
      if (!known.has(path)) known.set(path, (await get(path)).status);
      assert.ok([200, 302, 303].includes(known.get(path) ?? 0), `${from} leads to ${link}: ${known.get(path)}`);
      if (anchor && ids.has(path)) assert.ok(ids.get(path)?.has(decodeURI(anchor)), `${from} leads to ${link}`);
    }
  });

  it("is also available as Markdown, with this installation's address, and /llms.txt lists it", async () => {
    const { text: list } = await get("/llms.txt");
    const links = [...list.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    assert.equal(links.length, entries.length);
    for (const link of links) {
      assert.ok(link.startsWith(local.url), link);
      const { status, headers, text } = await get(link.slice(local.url.length));
      assert.equal(status, 200, link);
      if (link.endsWith(".json")) continue;
      assert.match(headers.get("Content-Type") ?? "", /^text\/markdown/);
      assert.match(text, /^# /, link);
      assert.doesNotMatch(text, /your-host|\btest\/[\w/-]+\.test\.ts`\)/, link);
    }
  });

  it("keeps old URLs", async () => {
    assert.match((await get("/docs/guide.md")).text, /^# .*## Idempotency/s);
    const moved = await get("/docs/guide");
    assert.deepEqual([moved.status, moved.headers.get("Location")], [301, "/docs/api"]);
    assert.match((await get("/docs/mcp")).text, /\/mcp<\/code>/);
    for (const path of [
      "/docs/nothing",
      "/docs/nothing.md",
      "/docs/reference.md",
      "/docs/__proto__",
      "/docs/constructor",
    ])
      assert.equal((await get(path)).status, 404, path);
  });

  it("shows every event with a realistic body", async () => {
    const { webhooks } = JSON.parse((await get("/api/v1/openapi.json")).text);
    const { text } = await get("/docs/events");
    for (const type of Object.keys(webhooks)) assert.ok(text.includes(`id="${type}"`), type);
    const bodies = [...(await get("/docs/events.md")).text.matchAll(/```json\n([\s\S]*?)```/g)];
    assert.equal(bodies.length, Object.keys(webhooks).length);
    for (const [, body = ""] of bodies) assert.ok(JSON.parse(body).type in webhooks);
  });

  it("finds guides, operations, events, and errors by words", async () => {
    const parts = JSON.parse((await get("/docs/search.json")).text) as Part[];
    const first = (query: string) => search(parts, query)[0]?.path;
    assert.equal(first("idempotency"), "/docs/api#idempotency");
    assert.equal(first("python"), "/docs/verify-webhooks#python");
    assert.equal(first("createSignup"), "/docs/reference#/Signups/createSignup");
    assert.match(first("coupons.exhausted") ?? "", /^\/docs\/events#coupons\.exhausted|^\/docs\/webhooks/);
    assert.equal(first("already_signed_up"), "/docs/errors#already_signed_up");
    assert.deepEqual(search(parts, "xylophone"), []);
    assert.deepEqual(search(parts, "a ((( "), []);
    assert.match(excerpt({ title: "", path: "", text: `${"x ".repeat(200)}needle y` }, "needle"), /^….*needle y$/);
  });
});

describe("the page builder", () => {
  it("omits our own notes, links to pages, and refuses broken links", () => {
    const text =
      "Held (`test/a.test.ts`, `test/b.test.ts`). <!-- x -->See [hooks](webhooks.md#replay), [us](architecture.md), [there](https://a.example).";
    assert.equal(
      forReaders("docs/mcp.md", text),
      "Held. See [hooks](/docs/webhooks#replay), us, [there](https://a.example).",
    );
    assert.throws(() => forReaders("docs/mcp.md", "[a](gone.md)"), /gone\.md/);
  });

  it("gives headings with the same name unique anchors, and ignores headings in code", () => {
    const { sections, html } = pageOf(
      "s",
      "S",
      "# T\n\nIntro.\n\n## A `b`\n\none\n\n```sh\n## no\n```\n\n## A b\n\ntwo <b>\n",
    );
    assert.deepEqual(
      sections.map(({ anchor, text }) => [anchor, text.split("\n")[0]]),
      [
        ["a-b", "one"],
        ["a-b-2", "two <b>"],
      ],
    );
    assert.match(html, /<h2 id="a-b-2">/);
  });
});

type Friend = { attributed: boolean; reward: { custom_message: string }; invited_reward: object | null };

describe("the code in guides", () => {
  it("works unchanged, with the ids of its own responses", async () => {
    const key = await newAccount(local.url);
    const values: Record<string, string> = { YOUR_KEY: key };
    const filled = (code: string) =>
      code
        .replaceAll("https://your-host", local.url)
        .replace(
          /\b(YOUR_KEY|BRAND_ID|CAMPAIGN_ID|REFERRAL_CODE)\b/g,
          (name) => values[name] ?? assert.fail(`no ${name} yet`),
        );
    const answers: Record<string, unknown>[] = [];
    for (const { code } of [...marked("quick-start", "run"), ...marked("zapier", "run")].filter(
      ({ language }) => language === "sh",
    )) {
      const { stdout } = await run("bash", ["-ec", filled(code)]);
      const { success, data } = JSON.parse(stdout);
      assert.ok(success, `${code}${stdout}`);
      if (data.domain) values.BRAND_ID = data.id;
      if (data.goal_type) values.CAMPAIGN_ID = data.id;
      if (data.share_url) values.REFERRAL_CODE = data.referral_code;
      answers.push(data);
    }
    assert.equal(answers.length, 8);
    const friend = answers[4] as Friend;
    assert.ok(friend.attributed && friend.invited_reward);
    assert.equal(friend.reward.custom_message, "Thank you. The next month is on us.");
    assert.equal((answers[5] as { rewards: object[] }).rewards.length, 2);
    const { items } = answers[6] as { items: { type: string }[] };
    assert.ok(items.some(({ type }) => type === "participant.signup"));
    const [script] = marked("quick-start", "run").filter(({ language }) => language === "js");
    const { outputFiles } = await build({
      stdin: { contents: filled(script?.code ?? ""), resolveDir: folder },
      alias: { "@referrals/sdk": join(root, "packages/sdk/src/index.ts") },
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
    });
    writeFileSync(join(folder, "quick.mjs"), outputFiles[0]?.contents ?? "");
    assert.equal((await run(process.execPath, [join(folder, "quick.mjs")])).stdout, "true\n");
  });
});

type Schema = { $ref?: string; properties?: Record<string, Schema>; allOf?: Schema[]; additionalProperties?: unknown };
type Call = { method: string; url: URL; body?: Record<string, unknown>; code: string };

/** The requests of a page's shell blocks, run by a shell with a curl that prints its arguments. */
function callsOf(slug: string): Call[] {
  const blocks = [...guideOf(slug).matchAll(/^```sh[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
  return blocks
    .filter((code) => code.includes("/api/v1"))
    .flatMap((code) => {
      const told = 'curl() { for a in "$@"; do printf "%s\\0" "$a"; done; printf "\\1\\0"; }; cat() { :; };';
      const quiet = code
        .replaceAll(" | ", " # | ")
        .replaceAll("https://your-host", local.url)
        .replace(/\b[A-Z]+_ID\b/g, "1");
      const { stdout, stderr } = spawnSync("bash", ["-c", `${told}\n${quiet}`], { encoding: "utf8" });
      assert.equal(stderr, "", code);
      const all = stdout.split("\u0001\0").slice(0, -1);
      return all.map((one) => callOf(one.split("\0").slice(0, -1), code));
    });
}

function callOf(args: string[], code: string): Call {
  const after = (...names: string[]) => args[args.findIndex((arg) => names.includes(arg)) + 1] as string;
  const has = (...names: string[]) => args.some((arg) => names.includes(arg));
  const sent = has("-d", "--data", "--json") ? after("-d", "--data", "--json") : undefined;
  const method = has("-X", "--request") ? after("-X", "--request") : sent === undefined ? "GET" : "POST";
  const url = new URL(args.find((arg) => /^https?:/.test(arg)) ?? assert.fail(code));
  return { method, url, code, ...(sent?.startsWith("{") && { body: JSON.parse(sent) }) };
}

describe("the calls in guides", () => {
  it("are operations of the API, with known parameters and fields", async () => {
    const { paths, components } = JSON.parse((await get("/api/v1/openapi.json")).text);
    const fieldsOf = (schema: Schema): Record<string, Schema> => {
      const { $ref, allOf = [], properties } = schema;
      const own = $ref ? fieldsOf(components.schemas[$ref.split("/").at(-1) ?? ""]) : properties;
      return Object.assign({}, own, ...allOf.map(fieldsOf));
    };
    const calls = entries.flatMap(({ slug, file }) => (file ? callsOf(slug) : []));
    assert.ok(calls.length > 15, String(calls.length));
    for (const { method, url, body, code } of calls) {
      const parts = url.pathname.split("/");
      const path = Object.keys(paths).find((known) => {
        const names = known.split("/");
        return names.length === parts.length && names.every((name, i) => name.startsWith("{") || name === parts[i]);
      });
      const operation = paths[path ?? ""]?.[method.toLowerCase()] ?? assert.fail(`${method} ${url}\n${code}`);
      const parameters = (operation.parameters ?? []).map(({ name }: { name: string }) => name);
      for (const name of url.searchParams.keys()) assert.ok(parameters.includes(name), `${name}\n${code}`);
      if (!body) continue;
      const fields = fieldsOf(operation.requestBody.content["application/json"].schema);
      for (const name of Object.keys(body)) assert.ok(fields[name], `${name}\n${code}`);
    }
  });
});

describe("the samples of the reference", () => {
  type Document = { paths: Record<string, Record<string, Operation>> };

  it("call the API unchanged", async () => {
    const { paths } = JSON.parse((await get("/api/v1/openapi.json")).text) as Document;
    const key = await newAccount(local.url);
    const sample = (path: string, method: string, language: string) => {
      const operation = paths[path]?.[method] ?? assert.fail(path);
      const text = LANGUAGES[language]?.(requestOf(local.url, path, method, operation)) ?? "";
      return text.replaceAll("YOUR_KEY", key);
    };
    const { stdout } = await run("bash", ["-ec", sample("/api/v1/brands", "post", "curl")]);
    assert.ok(JSON.parse(stdout).data.domain, stdout);
    const script = `${sample("/api/v1/brands", "get", "TypeScript")}\nconsole.log(success, data.brands.length);`;
    writeFileSync(join(folder, "sample.mts"), script);
    assert.equal((await run(process.execPath, [join(folder, "sample.mts")])).stdout, "true 1\n");
  });

  it("are valid Python and TypeScript, and safely quoted shell, for every operation", async () => {
    const { paths } = JSON.parse((await get("/api/v1/openapi.json")).text) as Document;
    const all = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => requestOf(local.url, path, method, operation)),
    );
    assert.ok(all.length > 80);
    for (const { url } of all) assert.doesNotMatch(url, /[{}]/);
    const python = JSON.stringify(all.map((one) => LANGUAGES.Python?.(one)));
    const program = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)\nprint('ok')";
    const parsed = spawnSync("python3", ["-c", program], { input: python, encoding: "utf8" });
    if (!parsed.error) assert.equal(parsed.stdout.trim(), "ok", parsed.stderr);
    const script = all.map((one) => `async () => {\n${LANGUAGES.TypeScript?.(one)}\n};`).join("\n");
    await build({ stdin: { contents: script, loader: "ts" }, write: false });
    const shell = spawnSync("bash", ["-n"], {
      input: all.map((one) => LANGUAGES.curl?.(one)).join("\n"),
      encoding: "utf8",
    });
    assert.equal(shell.status, 0, shell.stderr);
    const quoted = LANGUAGES.curl?.({ method: "POST", url: "http://a/?b=c'd", headers: {}, body: { a: "it's $(b)" } });
    const echoed = spawnSync("bash", ["-c", `curl() { printf '%s\\n' "$@"; }; ${quoted}`], { encoding: "utf8" });
    assert.deepEqual(echoed.stdout.trim().split("\n"), ["-X", "POST", "http://a/?b=c'd", "-d", `{"a":"it's $(b)"}`]);
  });
});
