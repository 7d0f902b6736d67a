import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { openApi } from "../../demo/api.ts";

/** The key of a server, and its certificate for 127.0.0.2. */
const PEM = join(import.meta.dirname, "support/mail-server.pem");
// Miniflare reads this on import, so the runtime trusts the certificate.
process.env.NODE_EXTRA_CA_CERTS = PEM;
const { startLocal } = await import("../../scripts/local.ts");

/** A loopback address that, unlike 127.0.0.1, requires encryption. Only Linux has it. */
const HOST = "127.0.0.2";
const PASSWORD = "p@ss word";

const undo: (() => unknown)[] = [];
after(async () => {
  for (const one of undo.reverse()) await one();
});

type Session = { secure: boolean; user: unknown; to: string };

/** A server with this certificate, and its sessions with an email or a password. */
async function mailServer(options: SMTPServerOptions = {}) {
  const pem = readFileSync(PEM, "utf8");
  const taken: Session[] = [];
  const passwords: { secure: boolean; password: unknown }[] = [];
  const server = new SMTPServer({
    key: pem,
    cert: pem,
    onAuth: ({ username, password }, { secure }, done) => {
      passwords.push({ secure, password });
      return password === PASSWORD ? done(null, { user: username }) : done(new Error("no"));
    },
    onData: (stream, { secure, user, envelope }, done) => {
      stream.resume();
      stream.on("end", () => {
        taken.push({ secure, user, to: envelope.rcptTo[0]?.address ?? "" });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  server.listen(0, HOST);
  await once(server.server, "listening");
  undo.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { taken, passwords, port: (server.server.address() as AddressInfo).port };
}

/** A man in the middle who strips and refuses STARTTLS, and reads the traffic. */
async function stripper(port: number) {
  const read: string[] = [];
  const between = createServer((client: Socket) => {
    const server = connect(port, HOST);
    for (const socket of [client, server]) socket.on("error", () => {});
    client.on("data", (some) => {
      read.push(String(some));
      if (String(some) === "STARTTLS\r\n") client.write("502 5.5.1 Command not implemented\r\n");
      else server.write(some);
    });
    server.on("data", (some) => client.write(String(some).replace(/250-STARTTLS\r\n|250 STARTTLS/, "")));
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroy());
  });
  between.listen(0, HOST);
  await once(between, "listening");
  undo.push(() => between.close());
  return { read, port: (between.address() as AddressInfo).port };
}

/** The result of a new account's first email, with this server. */
async function outcomeBy(url: string) {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-tls-"));
  const vars = { MAIL_FROM: "hello@mail.acme.com", MAIL_PROVIDER: "smtp", SMTP_URL: url };
  const running = await startLocal({ port: 0, stateDir, logs: false, isSilent: true, vars });
  undo.push(async () => {
    await running.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const visitor = openApi(running.url);
  const account = { email: "ada@example.com", name: "Ada", password: "correct horse battery" };
  await visitor.post("/members", account);
  for (;;) {
    const mailbox = await (await fetch(`${running.url}/dev/mail`)).text();
    const [, outcome] = />(sent|failed[^<]*|pending: [^<]*)</.exec(mailbox) ?? [];
    if (outcome) return outcome;
    await setTimeout(200);
  }
}

const urlOf = (scheme: string, port: number) => `${scheme}://ada:${encodeURIComponent(PASSWORD)}@${HOST}:${port}`;

describe("email by SMTP with TLS", { timeout: 3_600_000, skip: process.platform !== "linux" }, () => {
  it("is encrypted with STARTTLS before the password and the message", async () => {
    const { taken, passwords, port } = await mailServer();
    assert.equal(await outcomeBy(urlOf("smtp", port)), "sent");
    assert.deepEqual(taken, [{ secure: true, user: "ada", to: "ada@example.com" }]);
    assert.deepEqual(passwords, [{ secure: true, password: PASSWORD }]);
  });

  it("is encrypted from the start with smtps", async () => {
    const { taken, port } = await mailServer({ secure: true });
    assert.equal(await outcomeBy(urlOf("smtps", port)), "sent");
    assert.deepEqual(taken, [{ secure: true, user: "ada", to: "ada@example.com" }]);
  });

  it("is not sent, and neither is the password, if STARTTLS is stripped or refused", async () => {
    const { taken, passwords, port } = await mailServer({ allowInsecureAuth: true });
    const between = await stripper(port);
    assert.equal(await outcomeBy(urlOf("smtp", between.port)), "pending: smtp_tls");
    assert.deepEqual([...taken, ...passwords], []);
    assert.match(between.read.join(""), /EHLO/);
    assert.doesNotMatch(between.read.join(""), /AUTH|MAIL FROM|DATA/);
  });
});
