import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { Webhook } from "standardwebhooks";
import type * as Sdk from "../../packages/sdk/src/index.ts";
import { root } from "../../scripts/root.ts";
import { sdkFiles } from "../../scripts/sdk-types.ts";
import { codeOf, installed, newAccount } from "./support/packed.ts";
import { servedProduct } from "./support/product.ts";

/** The SDK's size in a customer's program. The table of operations is a third of it. */
const GZIP_MAX_BYTES = 4_500;

const run = promisify(execFile);
const readme = readFileSync(join(root, "packages/sdk/README.md"), "utf8");
let local: Awaited<ReturnType<typeof servedProduct>>;
let apiKey: string;
let folder: string;
let sdk: typeof Sdk;
/** Node, and the runtimes of `npm run proof -- runtimes`. */
const RUNTIMES: Record<string, string[]> = {
  Node: [process.execPath],
  ...JSON.parse(process.env.SDK_RUNTIMES ?? "{}"),
};
before(async () => {
  local = await servedProduct();
  folder = await installed("sdk");
  apiKey = await newAccount(local.url);
  sdk = await import(join(folder, "node_modules/@referrals/sdk/dist/index.js"));
});
after(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A server for the test. */
async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

/** A server that gives these responses in order, and records its requests. `null` breaks the connection. */
async function scripted(...answers: ([status: number, body: unknown, headers?: Record<string, string>] | null)[]) {
  const asked: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = await serving(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: await text(request) });
    const answer = answers[asked.length - 1];
    if (!answer) return void request.socket.destroy();
    const [status, body, more = {}] = answer;
    response.writeHead(status, { "Content-Type": "application/json", ...more }).end(JSON.stringify(body));
  });
  const client = (options: Partial<Sdk.ClientOptions> = {}) =>
    new sdk.Referrals({ apiKey, baseUrl: server.url, ...options });
  return { ...server, asked, client };
}

const ok = (data: unknown) => ({ success: true, data });
const SOON = { "Retry-After": "0" };

describe("the SDK's package", () => {
  it("matches the document's types and operations: else run `npm run sdk`", async () => {
    const document = await (await fetch(`${local.url}/api/v1/openapi.json`)).json();
    for (const [name, made] of Object.entries(await sdkFiles(document)))
      assert.equal(readFileSync(join(root, name), "utf8"), made, `${name}: run \`npm run sdk\``);
  });

  it(`adds at most ${GZIP_MAX_BYTES} bytes to a program, and has no dependencies`, async (test) => {
    const stdin = { contents: 'export * from "@referrals/sdk";', resolveDir: folder };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
    const bytes = gzipSync(outputFiles[0]?.contents ?? "").byteLength;
    test.diagnostic(`${bytes} bytes gzipped`);
    assert.ok(bytes > 2_000 && bytes <= GZIP_MAX_BYTES, `${bytes}`);
    const { dependencies } = JSON.parse(readFileSync(join(folder, "node_modules/@referrals/sdk/package.json"), "utf8"));
    assert.equal(dependencies, undefined);
  });

  for (const [name, [program = "", ...args]] of Object.entries(RUNTIMES))
    it(`matches its README, word for word, in ${name}`, async () => {
      const env = { ...process.env, REFERRALS_API_KEY: await newAccount(local.url), REFERRALS_URL: local.url };
      writeFileSync(join(folder, "readme.mjs"), codeOf(readme, "js"));
      const { stdout } = await run(program, [...args, "readme.mjs"], { cwd: folder, env });
      const [link, isHers, grace, linus, page, error, known, code, ...rest] = stdout.trim().split("\n");
      assert.match(link ?? "", /^http.*\/t\//);
      assert.deepEqual(
        [isHers, grace, linus, page],
        ["true fulfilled", "grace@example.com 1", "linus@example.com 0", "2 2"],
      );
      assert.match(error ?? "", /^409 already_signed_up req_\w+ http.*#already_signed_up$/);
      assert.deepEqual([known, code, rest], ["true", "true true", []]);
    });

  it("compiles as strict TypeScript, in ES modules and in CommonJS, and has the API's constraints", async () => {
    const user = `import { type Participant, Referrals, type Schemas, webhooks } from "@referrals/sdk";
const client = new Referrals({ apiKey: "k", baseUrl: "https://r.example" });
export async function use(body: string, headers: Headers): Promise<number> {
  for await (const person of client.participants.list({ campaign_id: 1 })) {
    const email: string | null = person.email;
    // @ts-expect-error
    const wrong: number = person.email;
    void [email, wrong];
  }
  // @ts-expect-error
  await client.signups.create({ campaign_id: 1 });
  // @ts-expect-error
  await client.participants.list({ sort: "name" });
  const signup = await client.signups.createReferral({ referral_code: "c", email: "a@b.example", name: "A" });
  if (signup.attributed) return signup.participant.id;
  const event = await webhooks.verify(body, headers, ["whsec_a"]);
  // @ts-expect-error
  void event.data.email;
  if (event.type === "participant.signup") return event.data.campaign_id;
  const page: Schemas["ParticipantList"] = await client.participants.list({}, { signal: AbortSignal.timeout(1) });
  await client.signups.create({ campaign_id: 1, email: "a@b.example", name: "A" }, { query: { upsert: true } });
  return page.pagination.total;
}
`.replace("type Participant, ", "");
    for (const name of ["user.mts", "user.cts"]) writeFileSync(join(folder, name), user);
    const flags = "--noEmit --strict --module nodenext --target es2022 --lib es2023,dom,dom.iterable --types".split(
      " ",
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, ...flags, "", "user.mts", "user.cts"], { cwd: folder }).catch(
      (error) => error,
    );
    assert.equal(stdout, "");
    writeFileSync(join(folder, "user.cjs"), 'console.log(typeof require("@referrals/sdk").Referrals);');
    assert.equal((await run(process.execPath, ["user.cjs"], { cwd: folder })).stdout, "function\n");
  });
});

describe("requests", () => {
  it("retries a write with one key after 429, 503, and a broken connection, and then gets the response", async () => {
    const server = await scripted(
      [429, { success: false, error: "Slow down.", code: "rate_limited" }, SOON],
      null,
      [503, { success: false, error: "Busy.", code: "overloaded" }, SOON],
      [201, ok({ id: 7 })],
    );
    const brand = await server.client().brands.create({ url: "acme.example" });
    assert.equal(brand.id, 7);
    assert.equal(server.asked.length, 4);
    const keys = new Set(server.asked.map(({ headers }) => headers["idempotency-key"]));
    assert.ok(keys.size === 1 && ![...keys].includes(undefined));
    assert.ok(server.asked.every(({ body }) => body === '{"url":"acme.example"}'));
    server.stop();
  });

  it("takes effect once, however often it is sent", async () => {
    const brand = await new sdk.Referrals({ apiKey, baseUrl: local.url }).brands.create({ url: "once.example" });
    let sent = 0;
    // The product handles the first request, but its response is lost.
    const lossy: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (init?.method === "POST" && ++sent === 1) throw new TypeError("socket hang up");
      return answer;
    };
    const client = new sdk.Referrals({ apiKey, baseUrl: local.url, fetch: lossy });
    const { id } = await client.campaigns.create({ brand_id: brand.id, name: "Once" });
    const all = (await client.campaigns.list().toArray(100)).filter(({ name }) => name === "Once");
    assert.deepEqual([sent, all.map((campaign) => campaign.id)], [2, [id]]);
  });

  it("does not retry refusals, long waits, or after the maximum number of attempts", async () => {
    const refused = { success: false, error: "No.", code: "not_found", doc_url: "https://d.example/#not_found" };
    const server = await scripted(
      [404, refused, { "X-Request-Id": "req_1" }],
      [429, { ...refused, code: "rate_limited" }, { "Retry-After": "3600" }],
      [503, {}, SOON],
      [503, {}, SOON],
      [200, "<html>", { "Content-Type": "text/html" }],
    );
    const is = (expected: object) => (error: Error) => {
      assert.ok(error instanceof sdk.ReferralsError);
      const { status, code, requestId, docUrl, retryAfter } = error;
      assert.deepEqual(
        { status, code, requestId, docUrl, retryAfter },
        { requestId: null, docUrl: null, retryAfter: null, ...expected },
      );
      return true;
    };
    const docUrl = refused.doc_url;
    await assert.rejects(
      server.client().brands.get(1),
      is({ status: 404, code: "not_found", requestId: "req_1", docUrl }),
    );
    await assert.rejects(
      server.client().brands.get(1),
      is({ status: 429, code: "rate_limited", docUrl, retryAfter: 3600 }),
    );
    const tired = server.client({ maxRetries: 1 });
    await assert.rejects(tired.brands.get(1), is({ status: 503, code: "unexpected_response", retryAfter: 0 }));
    assert.equal(server.asked.length, 4);
    server.stop();
  });

  it("ends when it is aborted, even during a wait, and when it times out", async () => {
    const server = await scripted([429, {}, { "Retry-After": "50" }]);
    const abort = new AbortController();
    const asked = server.client().brands.get(1, { signal: abort.signal });
    while (server.asked.length === 0) await new Promise(setImmediate);
    abort.abort(new Error("enough"));
    await assert.rejects(asked, { message: "enough" });
    server.stop();
    const silent = await serving(() => {});
    const patient = new sdk.Referrals({ apiKey, baseUrl: silent.url, timeout: 20, maxRetries: 0 });
    await assert.rejects(patient.brands.get(1), { code: "timeout", status: 0 });
    silent.stop();
    await assert.rejects(patient.brands.get(1), { code: "connection_failed", status: 0 });
  });

  it("reads its own writes, and sends the latest bookmark whatever comes last", async () => {
    const server = await scripted(
      [200, ok({}), { "X-Bookmark": "0002" }],
      [200, ok({}), { "X-Bookmark": "0001" }],
      [200, ok({})],
    );
    const client = server.client();
    await client.brands.update(1, {});
    await client.brands.update(1, {});
    await client.brands.get(1);
    assert.deepEqual(
      server.asked.map(({ headers }) => headers["x-bookmark"]),
      [undefined, undefined, "0002"],
    );
    assert.equal(client.bookmark, "0002");
    server.stop();
  });

  it("iterates lists by cursor, or by pages, and requests one page if it is awaited", async () => {
    const rows = (...ids: number[]) => ids.map((id) => ({ id }));
    const page = (page: number, totalPages: number) => ({ page, limit: 1, total: totalPages, totalPages });
    const server = await scripted(
      [200, ok({ participants: rows(1), pagination: { ...page(1, 2), next_after: 1 } })],
      [200, ok({ participants: rows(2), pagination: { ...page(1, 2), next_after: null } })],
      [200, ok({ webhooks: rows(4), pagination: page(1, 2) })],
      [200, ok({ webhooks: rows(3), pagination: page(2, 2) })],
      [200, ok({ participants: rows(9), pagination: page(1, 5) })],
    );
    const client = server.client();
    const seen: number[] = [];
    for await (const { id } of client.participants.list({ campaign_id: 5 })) seen.push(id);
    for await (const { id } of client.webhooks.list({ limit: 1 })) seen.push(id);
    seen.push(...(await client.participants.list()).participants.map(({ id }) => id));
    assert.deepEqual(seen, [1, 2, 4, 3, 9]);
    assert.deepEqual(
      server.asked.map(({ url }) => url?.replace("/api/v1/", "")),
      [
        "participants?limit=100&after=0&campaign_id=5",
        "participants?limit=100&after=1&campaign_id=5",
        "webhooks?limit=1",
        "webhooks?limit=1&page=2",
        "participants",
      ],
    );
    server.stop();
  });
});

describe("webhooks", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const other = `whsec_${btoa("another secret of an endpoint...")}`;
  const body = JSON.stringify({
    type: "webhook.test",
    timestamp: new Date().toISOString(),
    data: { message: "Hi ☕" },
  });
  const headersAt = (at: Date, key = secret) => ({
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign("evt_1", at, body),
  });

  it("match the product's and the signatures of Standard Webhooks", async () => {
    const received = Promise.withResolvers<Awaited<ReturnType<typeof Sdk.webhooks.verify>>>();
    let known = Promise.withResolvers<string>();
    const receiver = await serving(async (request, response) => {
      const event = sdk.webhooks.verify(await text(request), request.headers, await known.promise);
      event.then(received.resolve, received.reject);
      response.end();
    });
    const client = new sdk.Referrals({ apiKey, baseUrl: local.url });
    const { id, secret: own } = await client.webhooks.create({ link: `${receiver.url}/hooks` });
    known.resolve(own);
    const delivery = await client.webhooks.test(id);
    const event = await received.promise;
    assert.deepEqual([event.type, event.id], ["webhook.test", delivery.event_id]);
    receiver.stop();
    known = Promise.withResolvers();

    const { verify, sign } = sdk.webhooks;
    const now = new Date();
    const bytes = new TextEncoder().encode(body);
    const headers = headersAt(now);
    for (const each of [
      await verify(body, headers, secret),
      await verify(bytes, new Headers(headers), [other, secret]),
    ])
      assert.deepEqual(each, { id: "evt_1", ...JSON.parse(body) });
    const two = { ...headers, "webhook-signature": `v1a,xyz v1,${btoa("wrong")} ${headers["webhook-signature"]}` };
    assert.equal((await verify(bytes.buffer, two, secret)).type, "webhook.test");
    assert.deepEqual(new Webhook(secret).verify(body, await sign(body, secret)), JSON.parse(body));
  });

  it("are refused if they were changed, are not ours, or are old", async () => {
    const { verify } = sdk.webhooks;
    const now = new Date();
    const fresh = headersAt(now);
    const refused: [string, object][] = [
      [body.replace("Hi", "Ho"), fresh],
      [body, headersAt(now, other)],
      [body, { ...fresh, "webhook-id": "evt_2" }],
      [body, { ...fresh, "webhook-timestamp": String(Number(fresh["webhook-timestamp"]) + 1) }],
      [body, headersAt(new Date(now.getTime() - 400_000))],
      [body, headersAt(new Date(now.getTime() + 400_000))],
      [body, { ...fresh, "webhook-signature": "v1," }],
      [body, { ...fresh, "webhook-signature": "%%%" }],
      [body, { ...fresh, "webhook-timestamp": "NaN" }],
      [body, {}],
    ];
    for (const [text, headers] of refused)
      await assert.rejects(verify(text, headers as Record<string, string>, secret), {
        name: "WebhookVerificationError",
      });
    await verify(body, headersAt(new Date(now.getTime() - 400_000)), secret, { tolerance: 500 });
    await assert.rejects(verify(JSON.parse(body), fresh, secret), /raw body/);
    await assert.rejects(verify(body, fresh, "not a secret!"), /whsec_/);
    await assert.rejects(verify(body, fresh, []), TypeError);
  });
});

it("referral codes are parsed from links, queries, and codes, and from nothing else", () => {
  const { parse } = sdk.referralCode;
  const plain = btoa("42:1:7");
  const read = { campaign_id: 42, social_type: 1, participant_id: 7, invitation_id: null };
  for (const text of [plain, encodeURIComponent(plain), `?ref=${plain}`, `https://r.example/t/${plain}?x=1`])
    assert.deepEqual(parse(text), { ...read, is_signed: false }, text);
  assert.deepEqual(parse(btoa("42:12:7")), { ...read, social_type: 12, is_signed: false });
  const signed = parse(`https://acme.example/?a=1&ref=${btoa("42:1:7:9").replace(/=+$/, "")}.x1Yz-0aBcDeFgH#top`);
  assert.deepEqual(signed, { ...read, invitation_id: 9, is_signed: true });
  for (const text of [
    "",
    "hello",
    btoa("42:0:7"),
    btoa("42:13:7"),
    btoa("42:1"),
    `${plain}.a.b`,
    "%",
    "https://acme.example/?ref=",
  ])
    assert.equal(parse(text), null, text);
});
