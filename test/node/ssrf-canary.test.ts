import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import limit from "p-limit";
import { startLocal } from "../../scripts/local.ts";
import { hostileLinks } from "../support/links.ts";

type Local = Awaited<ReturnType<typeof startLocal>>;
const stateDir = mkdtempSync(join(tmpdir(), "referrals-ssrf-"));
const closings: (() => void)[] = [];
after(async () => {
  for (const close of closings) close();
  rmSync(stateDir, { recursive: true, force: true });
});

/** Whoever opens a connection to the canary, and with what. One that only says hello in TLS was reached all the same. */
const hits: string[] = [];
let port = 0;

/** Listens where nothing of ours should ever call: on the loopback addresses, on a free port and on the well-known ones if they are free. */
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

/** The corpus as it is, and with the canary's own port, over https and over http. Only one of its two names of ours is ours here. */
const corpus = () => [
  ...new Set(
    hostileLinks
      .filter((link) => !/b(ü|x)?cher/i.test(link))
      .flatMap((link) => [link, withPort(link), overHttp(withPort(link))]),
  ),
];

const someAtOnce = limit(16);

/** The built product, an account in it, and its database. */
async function start(vars: Record<string, string>) {
  const local = await startLocal({
    port: 0,
    stateDir,
    logs: false,
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
  const { token } = (await call("POST", "/auth/token", account)).data;
  const post = (path: string, body?: unknown) => call("POST", path, body, { Authorization: `Bearer ${token}` });
  return { local, post, db: await local.runtime.getD1Database("DB", "referrals") };
}

/** The error of every delivery's first attempt, by the webhook's link, once there is one. */
async function firstAttempts(db: Awaited<ReturnType<typeof start>>["db"]) {
  for (let tries = 0; tries < 1800; tries++) {
    const { results } = await db
      .prepare(
        "SELECT w.link, d.attempts ->> '$[0].error' AS error, json_array_length(d.attempts) AS n FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id",
      )
      .all<{ link: string; error: string | null; n: number }>();
    if (results.length > 0 && results.every(({ n }) => n > 0))
      return new Map(results.map(({ link, error }) => [link, error]));
    await setTimeout(100);
  }
  throw new Error("Some deliveries were not attempted within three minutes.");
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

test("with the production's policy nothing leads to a canary on loopback", { timeout: 600_000 }, async (t) => {
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

      // And had one slipped in, by another policy or by hand, the attempt itself would refuse it.
      const { data: template } = await post("/webhooks", { link: "https://hooks.example.com/in" });
      const copy =
        "INSERT INTO webhooks (member_id, link, events, secret, date_added) SELECT member_id, ?, events, secret, date_added FROM webhooks WHERE id = ? RETURNING id";
      const rows = await db.batch<{ id: number }>(links.map((link) => db.prepare(copy).bind(link, template.id)));
      await someAtOnce.map(rows, async ({ results }) =>
        assert.equal((await post(`/webhooks/${results[0]?.id}/test`)).status, 202),
      );
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

test("a receiver that is allowed leads nobody on to the canary", { timeout: 600_000 }, async () => {
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
