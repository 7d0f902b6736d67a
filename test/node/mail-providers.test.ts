import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { openApi } from "../../demo/api.ts";
import { startLocal } from "../../scripts/local.ts";

const CAMPAIGN = "Grüße & Küsse, eine lange Kampagne mit vielen Wörtern für alle Freunde 🎉";
const undo: (() => unknown)[] = [];
after(async () => {
  for (const one of undo.reverse()) await one();
});

/** The product with this provider, and a campaign with a welcome email. */
async function product(vars: Record<string, string>) {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-provider-"));
  const running = await startLocal({
    port: 0,
    stateDir,
    logs: false,
    vars: { MAIL_FROM: "hello@mail.acme.com", ...vars },
  });
  undo.push(async () => {
    await running.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const visitor = openApi(running.url);
  const account = { email: "ada@example.com", name: "Ada", password: "correct horse battery" };
  await visitor.post("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const api = visitor.as({ Authorization: `Bearer ${token}` });
  const brand = await api.post<{ id: number }>("/brands", { url: "acme.example" });
  const fields = { brand_id: brand.id, name: CAMPAIGN, campaign_entry_subject: "Willkommen bei {{campaign_name}}" };
  const campaign = await api.post<{ id: number }>("/campaigns", fields);
  const mailbox = async () => (await fetch(`${running.url}/dev/mail`)).text();
  return {
    signUp: (email: string) => api.post("/signups", { campaign_id: campaign.id, email, name: "Grace" }),
    /** Waits until the test mailbox shows a matching email. */
    shows: async (state: string) => {
      while (!(await mailbox()).includes(`>${state}<`)) await setTimeout(200);
    },
  };
}

/** A mail server, with its accepted emails. */
async function mailServer(options: SMTPServerOptions = {}) {
  const taken: { to: string; user: unknown; message: string }[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "ada" && password === "p@ss word" ? done(null, { user: username }) : done(new Error("no")),
    onData: async (stream, { envelope, user }, done) => {
      taken.push({ to: envelope.rcptTo[0]?.address ?? "", user, message: await text(stream) });
      done();
    },
    ...options,
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  undo.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { taken, url: `smtp://ada:${encodeURIComponent("p@ss word")}@127.0.0.1:${port}` };
}

describe("email by SMTP, from the built Worker", { timeout: 3_600_000 }, () => {
  it("arrives complete, and later emails use their own connections", async () => {
    const { taken, url } = await mailServer();
    const { signUp, shows } = await product({ MAIL_PROVIDER: "smtp", SMTP_URL: url });
    await signUp("grace@example.com");
    await shows("sent");
    while (!taken.some(({ to }) => to === "grace@example.com")) await setTimeout(100);
    const got = taken.find(({ to }) => to === "grace@example.com");
    assert.equal(got?.user, "ada");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
    assert.match(got.message, /^[\x00-\x7f]*$/);
    assert.ok(got.message.split("\r\n").every((line) => line.length <= 998));
    const mail = await PostalMime.parse(got.message);
    assert.equal(mail.subject, `Willkommen bei ${CAMPAIGN}`);
    assert.deepEqual(mail.from, { name: "acme.example", address: "hello@mail.acme.com" });
    assert.match(mail.text ?? "", /http\S+\/t\//);
    assert.match(mail.html ?? "", /^<!doctype html>/i);
    assert.match(mail.messageId ?? "", /^<[\w-]+@mail\.acme\.com>$/);
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
    assert.match(header("list-unsubscribe") ?? "", /^<http\S+\/unsubscribe\/\S+>$/);
    assert.equal(header("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  });

  it("is retried if the server defers it, and ends if the server refuses the address", async () => {
    const refusing = await mailServer({
      onRcptTo: ({ address }, _, done) =>
        done(Object.assign(new Error("no"), { responseCode: address.startsWith("full") ? 452 : 550 })),
    });
    const { signUp, shows } = await product({ MAIL_PROVIDER: "smtp", SMTP_URL: refusing.url });
    await signUp("grace@example.com");
    await shows("failed: smtp_recipient_refused");
    await signUp("full@example.com");
    await shows("pending: smtp_deferred");
    assert.deepEqual(refusing.taken, []);
  });

  it("waits if the server rejects the password, is unreachable, or hangs up", async () => {
    const { url, taken } = await mailServer();
    const wrong = await product({ MAIL_PROVIDER: "smtp", SMTP_URL: url.replace("ada:", "eve:") });
    await wrong.signUp("grace@example.com");
    await wrong.shows("pending: smtp_sign_in");
    const nobody = await product({ MAIL_PROVIDER: "smtp", SMTP_URL: "smtp://127.0.0.1:1" });
    await nobody.signUp("grace@example.com");
    await nobody.shows("pending: smtp_unreachable");
    const rude = createServer();
    rude.on("connection", (socket) => socket.destroy());
    rude.listen(0, "127.0.0.1");
    await once(rude, "listening");
    undo.push(() => rude.close());
    const hung = await product({
      MAIL_PROVIDER: "smtp",
      SMTP_URL: `smtp://127.0.0.1:${(rude.address() as AddressInfo).port}`,
    });
    await hung.signUp("grace@example.com");
    await hung.shows("pending: smtp_unreachable");
    assert.deepEqual(taken, []);
  });

  it("is never sent twice if the connection is lost after the message", async () => {
    let messages = 0;
    // It accepts the message, and hangs up without a response.
    const losing = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.write("220 mail\r\n");
      let said = "";
      let isMessage = false;
      socket.on("data", (some) => {
        said += some;
        for (;;) {
          const end = isMessage ? said.indexOf("\r\n.\r\n") : said.indexOf("\r\n");
          if (end < 0) return;
          const line = said.slice(0, end);
          said = said.slice(end + 2);
          if (isMessage) {
            messages++;
            return socket.destroy();
          }
          isMessage = line === "DATA";
          socket.write(isMessage ? "354 go on\r\n" : "250 fine\r\n");
        }
      });
    });
    losing.listen(0, "127.0.0.1");
    await once(losing, "listening");
    undo.push(() => losing.close());
    const url = `smtp://127.0.0.1:${(losing.address() as AddressInfo).port}`;
    const { signUp, shows } = await product({ MAIL_PROVIDER: "smtp", SMTP_URL: url });
    await signUp("grace@example.com");
    await shows("failed: connection_lost");
    // Ada's verification, and Grace. Long enough for the sweep to try again.
    while (messages < 2) await setTimeout(200);
    await setTimeout(3000);
    assert.equal(messages, 2);
  });
});

describe("email by Resend, from the built Worker", { timeout: 3_600_000 }, () => {
  type Got = { headers: IncomingMessage["headers"]; body: Record<string, unknown> };
  /** The parts of https://resend.com/docs/api-reference/emails/send-email that we use. */
  async function fake(reply: (got: Got, n: number) => { status: number; body: object }) {
    const got: Got[] = [];
    const server = createServer(async (request, response) => {
      assert.equal(`${request.method} ${request.url}`, "POST /emails");
      const one = { headers: request.headers, body: JSON.parse(await text(request)) };
      got.push(one);
      const { status, body } = reply(one, got.length);
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    // A connection closed while it is idle may lose the next email.
    server.keepAliveTimeout = 0;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    undo.push(() => server.close());
    const vars = {
      MAIL_PROVIDER: "resend",
      RESEND_API_KEY: "re_test",
      RESEND_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    return { got, ...(await product(vars)) };
  }

  it("is posted with its key, and recorded as sent", async () => {
    const { got, signUp, shows } = await fake((_, n) => ({ status: 200, body: { id: `re-${n}` } }));
    await signUp("grace@example.com");
    const find = () => got.find(({ body }) => (body.to as string[])[0] === "grace@example.com");
    while (!find()) await setTimeout(100);
    await shows("sent");
    const { headers, body } = find() as Got;
    assert.equal(headers.authorization, "Bearer re_test");
    assert.match(String(headers["idempotency-key"]), /\/entry:/);
    assert.equal(body.from, '"acme.example" <hello@mail.acme.com>');
    assert.equal(body.subject, `Willkommen bei ${CAMPAIGN}`);
    assert.match(String(body.html), /^<!doctype html>/i);
    assert.match(JSON.stringify(body.headers), /List-Unsubscribe=One-Click/);
  });

  it("waits for a quota, and ends at an invalid address", async () => {
    const refusal = (name: string, status: number) => ({ status, body: { statusCode: status, name, message: "no" } });
    // A quota holds all emails, so only Grace's may meet it.
    const replies: Record<string, ReturnType<typeof refusal>> = {
      "bad@example.com": refusal("validation_error", 422),
      "grace@example.com": refusal("daily_quota_exceeded", 429),
    };
    const { signUp, shows } = await fake(
      ({ body }, n) => replies[String((body.to as string[])[0])] ?? { status: 200, body: { id: `re-${n}` } },
    );
    await signUp("bad@example.com");
    await shows("failed: invalid_parameter");
    await signUp("grace@example.com");
    await shows("pending: daily_quota_exceeded");
  });
});
