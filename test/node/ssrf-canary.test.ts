import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Request, Response } from "miniflare";
import limit from "p-limit";
import { type LocalOptions, startLocal } from "../../scripts/local.ts";
import { hostileLinks } from "../support/links.ts";

type Local = Awaited<ReturnType<typeof startLocal>>;
const stateDir = mkdtempSync(join(tmpdir(), "referrals-ssrf-"));
const closings: (() => void)[] = [];
after(async () => {
  for (const close of closings) close();
  rmSync(stateDir, { recursive: true, force: true });
});

/** Connections to the canary with their first data. A TLS hello alone counts as a hit. */
const hits: string[] = [];
let port = 0;

/** Listens where our product must never connect: on the loopback addresses, on a free port, and on free well-known ports. */
async function openCanary(at: number, host: string): Promise<number> {
  const server = createServer((socket) => {
    const hit = hits.push(`${host}:${socket.localPort}`) - 1;
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      hits[hit] += ` ${bytes.toString("latin1").split("\r\n")[0]?.slice(0, 60)}`;
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  });
  return new Promise((resolve) => {
    server.on("error", () => resolve(0));
    server.listen(at, host, () => resolve((server.address() as AddressInfo).port));
    closings.push(() => server.close());
  });
}

before(async () => {
  port = await openCanary(0, "127.0.0.1");
  for (const [at, host] of [
    [port, "::1"],
    [443, "127.0.0.1"],
    [443, "::1"],
    [80, "127.0.0.1"],
  ] as const)
    if ((await openCanary(at, host)) === 0) console.log(`No canary on ${host}:${at}: it is taken, or not for us.`);
});
beforeEach(() => {
  hits.length = 0;
});

const withPort = (link: string) => link.replace(/^([a-z]+:\/*)([^/?#\\]*?)(:\d*)?(?=[/?#\\]|$)/i, `$1$2:${port}`);
const overHttp = (link: string) => link.replace(/^https:/i, "http:");

/** The corpus, unchanged and with the canary's port, over https and http. Here, only one of our two names in it counts as ours. */
const corpus = () => [
  ...new Set(
    hostileLinks
      .filter((link) => !/b(ü|x)?cher/i.test(link))
      .flatMap((link) => [link, withPort(link), overHttp(withPort(link))]),
  ),
];

const someAtOnce = limit(16);

/** The built product, an account in it, and its database. */
async function start(vars: Record<string, string>, world?: LocalOptions["world"]) {
  const local = await startLocal({
    port: 0,
    stateDir,
    logs: false,
    ...(world && { world }),
    vars: { DOH_URL: "", RATE_LIMITS: "off", ...vars },
  });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init = { method, headers: { "Content-Type": "application/json", ...headers } };
    const response = await fetch(`${local.url}/api/v1${path}`, {
      ...init,
      body: body === undefined ? null : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: shapes differ by endpoint.
    return { status: response.status, ...((await response.json()) as { data: any; code?: string }) };
  };
  const account = { email: `ada-${crypto.randomUUID()}@example.com`, name: "Ada", password: "correct horse" };
  await call("POST", "/members", account);
  const db = await local.runtime.getD1Database("DB", "referrals");
  // Before that, an account may have five webhooks only.
  await db.exec("UPDATE members SET is_verified = 1");
  const { token } = (await call("POST", "/auth/token", account)).data;
  const post = (path: string, body?: unknown) => call("POST", path, body, { Authorization: `Bearer ${token}` });
  return { local, post, db };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Waits for the error of every delivery's first attempt, by the webhook's URL. */
async function firstAttempts(db: Started["db"]) {
  for (;;) {
    const { results } = await db
      .prepare(
        "SELECT w.link, d.attempts ->> '$[0].error' AS error, json_array_length(d.attempts) AS n FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id",
      )
      .all<{ link: string; error: string | null; n: number }>();
    if (results.length > 0 && results.every(({ n }) => n > 0))
      return new Map(results.map(({ link, error }) => [link, error]));
    await setTimeout(100);
  }
}

/** Webhooks with these URLs, inserted without validation. */
async function copy(db: Started["db"], id: number, links: string[]) {
  const sql =
    "INSERT INTO webhooks (member_id, link, events, secret, date_added) SELECT member_id, ?, events, secret, date_added FROM webhooks WHERE id = ? RETURNING id";
  const rows = await db.batch<{ id: number }>(links.map((link) => db.prepare(sql).bind(link, id)));
  return rows.flatMap(({ results }) => results.map((row) => row.id));
}

async function using<T extends { local: Local; db: { exec(sql: string): Promise<unknown> } }>(
  started: T,
  work: (started: T) => Promise<void>,
) {
  try {
    await work(started);
  } finally {
    await started.db.exec("DELETE FROM webhooks");
    await started.local.stop();
  }
}

test("with the production policy nothing reaches a canary on loopback", { timeout: 3_600_000 }, async (t) => {
  assert.ok(hostileLinks.length >= 150);
  await using(
    await start({ ALLOW_LOCAL_WEBHOOKS: "", PUBLIC_URL: "https://referrals.example.com" }),
    async ({ db, post }) => {
      const links = corpus();
      const accepted: number[] = [];
      for (const link of links) {
        const answer = await post("/webhooks", { link });
        if (answer.status === 201) accepted.push(answer.data.id);
        else assert.deepEqual([answer.status, answer.code], [400, "bad_link"], link);
      }
      for (const id of accepted) assert.equal((await post(`/webhooks/${id}/test`)).status, 202);

      // Even a URL that bypassed the validation is refused by the attempt itself.
      const { data: template } = await post("/webhooks", { link: "https://hooks.example.com/in" });
      const copies = await copy(db, template.id, links);
      await someAtOnce.map(copies, async (id) => assert.equal((await post(`/webhooks/${id}/test`)).status, 202));
      const attempts = await firstAttempts(db);
      for (const link of links) assert.equal(attempts.get(link), "url_blocked", link);
      t.diagnostic(
        `${links.length} links, ${accepted.length} accepted, ${attempts.size} attempted, ${hits.length} hits`,
      );
      assert.deepEqual(hits, []);
    },
  );
});

const redirects: [string, (answer: ServerResponse, target: string) => void][] = [
  ...[300, 301, 302, 303, 305, 307, 308].map((status): (typeof redirects)[number] => [
    String(status),
    (answer, target) => answer.writeHead(status, { Location: target }).end(),
  ]),
  ["307-relative", (answer) => answer.writeHead(307, { Location: `//127.0.0.1:${port}/` }).end()],
  ["201-location", (answer, target) => answer.writeHead(201, { Location: target }).end()],
  ["refresh", (answer, target) => answer.writeHead(200, { Refresh: `0; url=${target}` }).end()],
  ["link", (answer, target) => answer.writeHead(200, { Link: `<${target}>; rel="preload"` }).end()],
  [
    "meta",
    (answer, target) =>
      answer.writeHead(200, { "Content-Type": "text/html" }).end(`<meta http-equiv=refresh content="0;url=${target}">`),
  ],
];

test("an allowed receiver cannot redirect us to the canary", { timeout: 3_600_000 }, async () => {
  const asked: string[] = [];
  const receiver = createHttpServer((request, answer) => {
    const name = request.url?.slice(1) ?? "";
    asked.push(name);
    redirects.find(([known]) => known === name)?.[1](answer, `http://127.0.0.1:${port}/${name}`);
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  closings.push(() => receiver.close());
  const at = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;

  await using(await start({ ALLOW_LOCAL_WEBHOOKS: "on" }), async ({ db, post }) => {
    const send = async (link: string) => {
      const { status, data } = await post("/webhooks", { link });
      assert.equal(status, 201, link);
      assert.equal((await post(`/webhooks/${data.id}/test`)).status, 202);
    };
    for (const [name] of redirects) await send(`${at}/${name}`);
    const attempts = await firstAttempts(db);
    assert.deepEqual(new Set(asked), new Set(redirects.map(([name]) => name)));
    for (const [name] of redirects)
      assert.equal(attempts.get(`${at}/${name}`), name.startsWith("3") ? "redirect" : null, name);
    assert.deepEqual(hits, []);

    await send(`http://127.0.0.1:${port}/straight`);
    await firstAttempts(db);
    assert.equal(hits.length, 1, "the canary sings when it is hit");
    assert.match(hits[0] ?? "", /POST \/straight/);
  });
});

type Answers = { type: number; data: string }[];
const a = (...addresses: string[]): Answers => addresses.map((data) => ({ type: 1, data }));
const aaaa = (...addresses: string[]): Answers => addresses.map((data) => ({ type: 28, data }));
const alias = (...names: string[]): Answers => names.map((data) => ({ type: 5, data }));
const [OUTSIDE, OUTSIDE_6] = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"];

/** Names that a stranger's name server resolves to private addresses. */
const inside: Record<string, Answers> = {
  loopback: a("127.0.0.1"),
  "loopback-6": aaaa("::1"),
  private: a("10.0.0.7"),
  metadata: a("169.254.169.254"),
  mapped: aaaa("::ffff:127.0.0.1"),
  "mapped-in-hex": aaaa("::ffff:7f00:1"),
  "mapped-metadata": aaaa("::ffff:a9fe:a9fe"),
  "translated-loopback": aaaa("64:ff9b::7f00:1"),
  "translated-private": aaaa("64:ff9b::a00:7"),
  "translated-metadata": aaaa("64:ff9b::169.254.169.254"),
  "first-of-two": a("127.0.0.1", OUTSIDE),
  "last-of-three": a(OUTSIDE, OUTSIDE, "10.0.0.7"),
  "of-the-other-family": [...a(OUTSIDE), ...aaaa("::1")],
  "behind-aliases": [...alias("a.stranger.example.", "b.stranger.example."), ...a("169.254.169.254")],
  "behind-an-alias-6": [...alias("c.stranger.example."), ...aaaa(OUTSIDE_6, "64:ff9b::7f00:1")],
};
const linkOf = (name: string) => `https://${name}.stranger.example/`;
const nameOf = (host: string) => host.replace(/\.stranger\.example$/, "");

/**
 * Strangers' names, a resolver on loopback that knows them, and a platform without its own barrier: it connects wherever a name
 * points, and only the canary is inside. A real platform also resolves names itself; for `split`, it gets another answer.
 */
async function openStrangers() {
  const asked = new Set<string>();
  let isRebound = false;
  const told: Record<string, () => Answers> = {
    ...Object.fromEntries(Object.entries(inside).map(([name, answers]) => [name, () => answers])),
    rebinds: () => a(isRebound ? "127.0.0.1" : OUTSIDE),
    split: () => a(OUTSIDE),
  };
  const resolver = createHttpServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://resolver");
    const [name, type] = [nameOf(searchParams.get("name") ?? ""), searchParams.get("type")];
    asked.add(`${name} ${type} ${request.headers.accept}`);
    const wanted = [type === "A" ? 1 : 28, 5];
    const Answer = told[name]?.().filter((answer) => wanted.includes(answer.type));
    response.writeHead(200, { "Content-Type": "application/dns-json" });
    response.end(JSON.stringify(Answer ? { Status: 0, Answer } : { Status: 3 }));
  });
  await new Promise<void>((listening) => resolver.listen(0, "127.0.0.1", listening));
  closings.push(() => {
    resolver.close();
    resolver.closeAllConnections();
  });
  const dohUrl = `http://127.0.0.1:${(resolver.address() as AddressInfo).port}/dns-query`;

  const world = async (request: Request) => {
    if (request.url.startsWith(dohUrl)) {
      const answer = await fetch(request.url, { headers: { accept: request.headers.get("accept") ?? "" } });
      return new Response(await answer.text());
    }
    const name = nameOf(new URL(request.url).hostname);
    if (name === "rebinds" && !isRebound) {
      isRebound = true;
      return new Response(null, { status: 503 });
    }
    const { status } = await fetch(`http://127.0.0.1:${port}/${name}`, { method: "POST", body: await request.text() });
    return new Response(null, { status });
  };
  return { asked, dohUrl, world };
}

/** Waits for this number of attempts per webhook. @returns their errors by hostname */
async function attemptsOf(db: Started["db"], isEnough: (name: string, n: number) => boolean) {
  for (;;) {
    const { results } = await db
      .prepare(
        "SELECT w.link, (SELECT json_group_array(value ->> 'error') FROM json_each(d.attempts)) AS errors FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id",
      )
      .all<{ link: string; errors: string }>();
    const all = results.map(({ link, errors }): [string, (string | null)[]] => [
      nameOf(new URL(link).hostname),
      JSON.parse(errors),
    ]);
    if (all.length > 0 && all.every(([name, errors]) => isEnough(name, errors.length))) return new Map(all);
    await setTimeout(100);
  }
}

const sang = () => hits.map((hit) => hit.match(/POST \/(\S+)/)?.[1] ?? hit).toSorted();
const policy = { ALLOW_LOCAL_WEBHOOKS: "", PUBLIC_URL: "https://referrals.example.com" };

const register = ({ post }: Started, name: string) => post("/webhooks", { link: linkOf(name) });

async function send({ post }: Started, ids: number[]) {
  for (const id of ids) assert.equal((await post(`/webhooks/${id}/test`)).status, 202);
}

const untilRebound = (name: string, n: number) => n >= (name === "rebinds" ? 2 : 1);

test("a name that resolves to a private address, now or later, is resolved but not called", {
  timeout: 3_600_000,
}, async () => {
  const strangers = await openStrangers();
  await using(await start({ ...policy, DOH_URL: strangers.dohUrl }, strangers.world), async (started) => {
    for (const name of Object.keys(inside)) {
      const { status, code } = await register(started, name);
      assert.deepEqual([status, code], [400, "bad_link"], name);
    }
    const { data: rebinding } = await register(started, "rebinds");
    strangers.asked.clear();

    // Simulates that each had a public address when the webhook was created.
    const links = Object.keys(inside).map(linkOf);
    await send(started, [rebinding.id, ...(await copy(started.db, rebinding.id, links))]);
    const attempts = await attemptsOf(started.db, untilRebound);
    for (const name of Object.keys(inside))
      assert.deepEqual(new Set(attempts.get(name)), new Set(["dns_blocked"]), name);
    assert.deepEqual(attempts.get("rebinds")?.slice(0, 2), ["http_503", "dns_blocked"]);
    const names = [...Object.keys(inside), "rebinds"];
    const questions = names.flatMap((name) => ["A", "AAAA"].map((type) => `${name} ${type} application/dns-json`));
    assert.deepEqual(strangers.asked, new Set(questions));
    assert.deepEqual(hits, []);

    // A name may change between our lookup and the platform's own. Only the platform can prevent that. Here, it shows that the canary works.
    const { data: split } = await register(started, "split");
    await send(started, [split.id]);
    await attemptsOf(started.db, untilRebound);
    assert.deepEqual(sang(), ["split"]);
  });
});

test("without the policy every one of these names reaches the canary", { timeout: 3_600_000 }, async () => {
  const strangers = await openStrangers();
  await using(await start({ ...policy, DOH_URL: "" }, strangers.world), async (started) => {
    const names = [...Object.keys(inside), "rebinds"];
    for (const name of names) await send(started, [(await register(started, name)).data.id]);
    await attemptsOf(started.db, untilRebound);
    assert.deepEqual(sang(), names.toSorted());
    assert.equal(strangers.asked.size, 0);
  });
});
