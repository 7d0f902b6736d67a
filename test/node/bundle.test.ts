import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { cpuOf } from "../../bench/cpu.ts";
import { median } from "../../bench/report.ts";
import { build, built } from "../../scripts/build.ts";
import "../../scripts/local.ts";

/**
 * A little above what it is. Whoever needs more says so here. 120 kB of it are for agents, and evaluated only once one calls: the
 * MCP SDK, the OAuth server, and the tools. 27 kB are viem's parts that sign, evaluated only by installations that send tokens.
 * What friends read, in twelve languages, takes 45 kB: each is a function that runs when a reader of that language comes. Lists of changes, imports, and exports over the API take 8 kB.
 * Plans sold by Stripe take 5 kB, logos on share images 3, what friends answer to a review, in all languages, 8, and the order of
 * Arabic and Latin words on share images (bidi-js) 8. The last days of codes, saved views, and the order and files of lists take 14.
 * The public proof of a draw in twelve languages takes 13, and what a mailbox collects across campaigns 2.
 */
const GZIP_MAX_KB = 1060;
const STARTS = 5;
/**
 * To start the product may take this many times the processor time of starting a Worker that does nothing. A visitor's first request takes about 2,
 * and any other 2.3, because it evaluates the API with its schemas and the dashboard, too.
 */
const START_MAX_RATIO = { "/p/nobody": 2.8, "/nothing": 2.9 };

const TRIVIAL = `export class CampaignLedger {}
export default { fetch: () => new Response("ok") };`;

/** Processor time from nothing to the first answer, in milliseconds: the runtime's own start, and the script's. */
async function startOf(script: string, path = "/nothing") {
  const folder = mkdtempSync(join(tmpdir(), "referrals-start-"));
  process.env.WORKERD_PID_FILE = join(folder, "pid");
  const { compatibilityDate, compatibilityFlags } = JSON.parse(readFileSync(built.options, "utf8"));
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate,
      compatibilityFlags,
      cf: false,
      bindings: { LOGS: "off" },
      d1Databases: { DB: "referrals" },
      durableObjects: { LEDGER: { className: "CampaignLedger", useSQLite: true } },
    }),
  );
  try {
    await (await runtime.dispatchFetch(`http://referrals.test${path}`)).text();
    return cpuOf(Number(readFileSync(join(folder, "pid"), "utf8")));
  } finally {
    delete process.env.WORKERD_PID_FILE;
    await runtime.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is evaluated with modules that only agents need: the tools, the MCP SDK, and the OAuth server. */
const OF_AGENTS = {
  tools: 'name:"set_up_campaign"',
  sdk: '="io.modelcontextprotocol/related-task"',
  oauth: `='Basic realm="OAuth"'`,
};

/** The script, which notes what of these it evaluates, and tells it at /evaluated. */
function noting(script: string) {
  let noted = script;
  for (const [what, code] of Object.entries(OF_AGENTS)) {
    assert.equal(script.split(code).length, 2, `${code} is in the bundle, once`);
    const at = code.search(/["'].*$/);
    const text = `${code.slice(0, at)}((globalThis.evaluated??=[]).push("${what}"),${code.slice(at)})`;
    noted = noted.replace(code, () => text);
  }
  return noted;
}

const TELLING = `import worker from "./worker.js";
export * from "./worker.js";
export default { ...worker, fetch: (request, env, ctx) =>
  request.url.endsWith("/evaluated") ? Response.json(globalThis.evaluated ?? []) : worker.fetch(request, env, ctx) };`;

describe("the built Worker", () => {
  let script: string;
  before(async () => {
    await build();
    script = readFileSync(built.script, "utf8");
  });

  it(`is at most ${GZIP_MAX_KB} kB`, (test) => {
    const kb = gzipSync(script).byteLength / 1000;
    test.diagnostic(`${kb.toFixed(0)} kB gzipped, ${(script.length / 1000).toFixed(0)} kB in full`);
    assert.ok(kb <= GZIP_MAX_KB, `${kb} kB`);
  });

  it("evaluates nothing that only agents need until one calls", async () => {
    const { compatibilityDate, compatibilityFlags } = JSON.parse(readFileSync(built.options, "utf8"));
    const runtime = new Miniflare(
      convertV4MiniflareOptions({
        modulesRoot: "/",
        modules: [
          { type: "ESModule", path: "/front.js", contents: TELLING },
          { type: "ESModule", path: "/worker.js", contents: noting(script) },
        ],
        compatibilityDate,
        compatibilityFlags,
        cf: false,
        bindings: { LOGS: "off", RATE_LIMITS: "off", PUBLIC_URL: "" },
        d1Databases: { DB: "referrals" },
        kvNamespaces: ["OAUTH_KV"],
        durableObjects: { LEDGER: { className: "CampaignLedger", useSQLite: true } },
      }),
    );
    const get = async (path: string) => (await runtime.dispatchFetch(`http://127.0.0.1${path}`)).text();
    try {
      for (const path of ["/nothing", "/docs", "/sign-in", "/mcp", "/.well-known/oauth-protected-resource/mcp"])
        await get(path);
      assert.deepEqual(JSON.parse(await get("/evaluated")), []);
      await get("/.well-known/oauth-authorization-server");
      assert.deepEqual(JSON.parse(await get("/evaluated")), ["oauth"]);
    } finally {
      await runtime.dispose();
    }
  });

  it("starts within a few times the start of nothing at all", {
    skip: !existsSync("/proc/self/task"),
  }, async (test) => {
    const times: { trivial: number; ours: Record<string, number> }[] = [];
    for (let i = 0; i < STARTS; i++) {
      const ours: Record<string, number> = {};
      for (const path of Object.keys(START_MAX_RATIO)) ours[path] = await startOf(script, path);
      times.push({ trivial: await startOf(TRIVIAL), ours });
    }
    for (const [path, max] of Object.entries(START_MAX_RATIO)) {
      const ratio = median(times.map(({ ours, trivial }) => (ours[path] ?? 0) / trivial));
      const told = times.map(({ ours, trivial }) => `${ours[path]?.toFixed(0)} to ${trivial.toFixed(0)}`).join(", ");
      test.diagnostic(`${path}: ${ratio.toFixed(2)} x the processor time of a trivial Worker (ms: ${told})`);
      assert.ok(ratio <= max, `${path}: ${ratio} x: ${told}`);
    }
  });
});
