import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Webhook } from "standardwebhooks";
import { CONTENTS } from "../../scripts/docs-contents.ts";
import { forReaders, pageOf } from "../../scripts/docs-site.ts";
import { startLocal } from "../../scripts/local.ts";
import { root } from "../../scripts/root.ts";
import { LANGUAGES, type Operation, requestOf } from "../../src/docs/browser/samples.ts";
import { excerpt, type Part, search } from "../../src/docs/browser/search.ts";
import { newAccount } from "./support/packed.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "referrals-docs-"));
let local: Awaited<ReturnType<typeof startLocal>>;
before(async () => {
  local = await startLocal({ port: 0, stateDir: join(folder, "state"), logs: false });
});
after(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

const entries = CONTENTS.flatMap(({ pages }) => pages);
const guideOf = (slug: string) =>
  readFileSync(join(root, entries.find((entry) => entry.slug === slug)?.file ?? assert.fail(slug)), "utf8");
const get = async (path: string) => {
  const answer = await fetch(local.url + path, { redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

describe("the documentation's site", () => {
  it("has every page, strict and whole: each link leads somewhere, to a heading that is there", async () => {
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

  it("is there as Markdown, too, with this installation's address, and /llms.txt lists it", async () => {
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

  it("keeps old addresses", async () => {
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

  it("shows every event with a body like those that are sent", async () => {
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

describe("the builder of pages", () => {
  it("leaves out what is for us, leads links to pages, and refuses links to nothing", () => {
    const text =
      "Held (`test/a.test.ts`, `test/b.test.ts`). <!-- x -->See [hooks](webhooks.md#replay), [us](architecture.md), [there](https://a.example).";
    assert.equal(
      forReaders("docs/mcp.md", text),
      "Held. See [hooks](/docs/webhooks#replay), us, [there](https://a.example).",
    );
    assert.throws(() => forReaders("docs/mcp.md", "[a](gone.md)"), /gone\.md/);
  });

  it("gives headings of the same name anchors of their own, and takes no heading from code", () => {
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

/** The blocks of a guide that are marked with this word, with their language. */
const marked = (slug: string, word: string) =>
  [...guideOf(slug).matchAll(new RegExp(`^\`\`\`(\\w+) ${word}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, language = "", code = ""]) => ({ language, code }),
  );

type Friend = { attributed: boolean; reward: { custom_message: string }; invited_reward: object | null };

describe("the code in guides", () => {
  it("does what it says, word for word, with the ids of its own answers", async () => {
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

describe("the samples of the reference", () => {
  type Document = { paths: Record<string, Record<string, Operation>> };

  it("call the API as they are", async () => {
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

  it("are Python and TypeScript that parse, and shell that quotes, for every operation", async () => {
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

type Sample = { command: string; file: string; main: string; args?: string[] };

/** How to call each language's `verify` with a case from stdin: lines of secret, id, timestamp, signature, and body. */
const SAMPLES: Record<string, Sample> = {
  js: {
    command: process.execPath,
    file: "verify.mjs",
    main: `import { readFileSync } from "node:fs";
const [secret, id, timestamp, signature, body] = readFileSync(0, "utf8").split("\\n");
console.log(verify(secret, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature }, Buffer.from(body)));`,
  },
  python: {
    command: "python3",
    file: "verify.py",
    main: `import sys
secret, id, timestamp, signature, body = sys.stdin.read().split("\\n")
print(str(verify(secret, {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}, body.encode())).lower())`,
  },
  ruby: {
    command: "ruby",
    file: "verify.rb",
    main: `secret, id, timestamp, signature, body = STDIN.read.split("\\n", 5)
puts verify(secret, { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signature }, body)`,
  },
  php: {
    command: "php",
    file: "verify.php",
    main: `[$secret, $id, $timestamp, $signature, $body] = explode("\\n", stream_get_contents(STDIN), 5);
echo verify($secret, ["webhook-id" => $id, "webhook-timestamp" => $timestamp, "webhook-signature" => $signature], $body) ? "true" : "false";`,
  },
  go: {
    command: "go",
    args: ["run"],
    file: "verify.go",
    main: `func main() {
	all, _ := io.ReadAll(os.Stdin)
	lines := strings.SplitN(string(all), "\\n", 5)
	headers := http.Header{}
	headers.Set("webhook-id", lines[1])
	headers.Set("webhook-timestamp", lines[2])
	headers.Set("webhook-signature", lines[3])
	fmt.Println(verify(lines[0], headers, []byte(lines[4])))
}`,
  },
  java: {
    command: "java",
    file: "Main.java",
    main: `class Main {
    public static void main(String[] args) throws Exception {
        String[] lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\\n", 5);
        Map<String, String> headers = Map.of("webhook-id", lines[1], "webhook-timestamp", lines[2], "webhook-signature", lines[3]);
        System.out.println(Webhooks.verify(lines[0], headers, lines[4].getBytes(StandardCharsets.UTF_8)));
    }
}`,
  },
};

/** The sample as a program. Go wants its imports together, and Java its entry first. */
function programOf(language: string, code: string, main: string) {
  if (language === "go") return `${code.replace("import (", 'import (\n\t"fmt"\n\t"io"\n\t"os"')}\n${main}`;
  if (language === "java") return code.replace(/^class Webhooks/m, () => `${main}\n\nclass Webhooks`);
  return `${code}\n${main}`;
}

describe("the verification of webhooks", () => {
  const secret = `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`;
  const body = '{"type":"participant.signup","data":{"name":"Zoë"}}';
  const signed = (at: Date, text = body, by = secret) => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    return [secret, "evt_1", timestamp, new Webhook(by).sign("evt_1", at, text), body];
  };
  const other = `whsec_${Buffer.from("another-secret-0123456789").toString("base64")}`;
  const now = () => new Date();
  const rotated = () => {
    const [first, id, timestamp, signature, text] = signed(now());
    return [first, id, timestamp, `${new Webhook(other).sign("evt_1", now(), body)} ${signature}`, text];
  };
  const cases: [name: string, lines: () => (string | undefined)[], isOurs: boolean][] = [
    ["ours", () => signed(now()), true],
    ["of a rotation", rotated, true],
    ["tampered with", () => signed(now(), body.replace("Zoë", "Eve")), false],
    ["signed by others", () => signed(now(), body, other), false],
    ["old", () => signed(new Date(Date.now() - 600_000)), false],
    ["without a signature", () => signed(now()).with(3, ""), false],
    ["without a time", () => signed(now()).with(2, ""), false],
  ];

  for (const { language, code } of marked("verify-webhooks", "verify")) {
    const { command, file, main, args = [] } = SAMPLES[language] ?? assert.fail(`Nobody can run ${language}.`);
    const isThere = spawnSync(command, ["--version"]).status === 0 || spawnSync(command, ["version"]).status === 0;
    it(`in ${language} knows our deliveries from all others`, {
      skip: !isThere && `There is no ${command} here.`,
    }, () => {
      const path = join(folder, file);
      writeFileSync(path, programOf(language, code, main));
      for (const [name, lines, isOurs] of cases) {
        const { stdout, stderr } = spawnSync(command, [...args, path], { input: lines().join("\n"), encoding: "utf8" });
        assert.equal(stdout.trim(), String(isOurs), `${name}: ${stderr}`);
      }
    });
  }

  it("is told in six languages", () => {
    assert.deepEqual(
      marked("verify-webhooks", "verify").map(({ language }) => language),
      Object.keys(SAMPLES),
    );
  });
});
