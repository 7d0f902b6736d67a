import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { openApi } from "../../demo/api.ts";
import { installed, newAccount } from "./support/packed.ts";
import { servedProduct } from "./support/product.ts";

const home = mkdtempSync(join(tmpdir(), "referrals-home-"));
const config = join(home, "referrals/config.json");
let local: Awaited<ReturnType<typeof servedProduct>>;
let folder: string;
let key: string;
before(async () => {
  local = await servedProduct();
  folder = await installed("cli");
  key = await newAccount(local.url);
});
after(async () => {
  await local.stop();
  for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  const { REFERRALS_URL: _, REFERRALS_API_KEY: __, ...env } = process.env;
  const program = join(folder, "node_modules/.bin/referrals");
  return spawn(program, args, { env: { ...env, XDG_CONFIG_HOME: home }, cwd: folder });
}

async function referrals(...args: string[]) {
  const child = start(...args);
  child.stdin?.end();
  const [out, err, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, "close"),
  ]);
  return { out, err, code };
}

async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

describe("the CLI", () => {
  it("stores a key for this user only, and sends it to its own installation only", async () => {
    const wrong = await referrals("login", "--url", local.url, "--key", "ref_wrong");
    assert.deepEqual([wrong.code, wrong.out], [1, ""]);
    assert.match(wrong.err, /\(request req_\w+\)\nSign in with another key/);
    assert.equal((await referrals("login", "--url", `${local.url}/`, "--key", key)).code, 0);
    assert.equal(statSync(config).mode & 0o777, 0o600);
    assert.equal(statSync(join(config, "..")).mode & 0o777, 0o700);
    assert.deepEqual(JSON.parse(readFileSync(config, "utf8")), { url: local.url, key });
    const { email } = JSON.parse((await referrals("whoami", "--json")).out);
    assert.match(email, /^ada-.*@example\.com$/);
    const other = await serving((request) => assert.fail(`It sent ${request.headers.authorization} elsewhere.`));
    const refused = await referrals("whoami", "--url", other.url);
    assert.deepEqual([refused.code, refused.out], [2, ""]);
    assert.match(refused.err, /No API key for/);
    other.stop();
  });

  it("prints its usage, and exits with 2 after an invalid command", async () => {
    const help = await referrals("help");
    assert.deepEqual([help.code, help.err], [0, ""]);
    for (const command of ["login", "campaigns", "analytics", "import", "export", "events tail", "listen", "trigger"])
      assert.ok(help.out.includes(`referrals ${command}`), command);
    const misused = [
      ["fly"],
      ["campaigns", "--sort"],
      ["import"],
      ["import", "x.csv"],
      ["import", "x.csv", "--campaign", "1", "--kind", "people"],
      ["export"],
      ["export", "people"],
      ["export", "rewards", "--filter", "status"],
      ["analytics"],
      ["events"],
      ["listen"],
      ["toString"],
    ];
    const all = await Promise.all([[], ...misused].map((args) => referrals(...args)));
    assert.deepEqual(
      all.map(({ code, out }) => [code, out]),
      all.map(() => [2, ""]),
    );
  });

  it("imports a file: checks it first, adds everyone once, and reports bad rows", async () => {
    const api = openApi(local.url).as({ "X-API-Key": key });
    const brand = await api.post<{ id: number }>("/brands", { url: "acme.example" });
    const { id } = await api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name: "Launch" });
    assert.match((await referrals("campaigns")).out, new RegExp(`^ +${id} +live +Launch\n$`));
    const file = join(folder, "people.csv");
    writeFileSync(
      file,
      '\uFEFFE-mail;Name;Plan\r\nann@example.com;"Ann; ""A"" Jr";pro\r\n\r\nnobody;X;\r\nbob@example.com;;\r\n',
    );
    const imported = async (...more: string[]) => {
      const { out, code } = await referrals("import", file, "--campaign", String(id), "--json", ...more);
      return { code, ...JSON.parse(out) };
    };
    const bad = [{ row: 4, outcome: "invalid", message: "email must be a valid email address." }];
    const none = { code: 1, imports: [], rows: 3, counts: { add: 2, invalid: 1 }, problems: bad };
    const people = () =>
      api.get<{ participants: { name: string; email: string; metadata: unknown }[] }>(
        `/participants?campaign_id=${id}`,
      );
    assert.deepEqual(await imported("--dry-run"), none);
    assert.deepEqual((await people()).participants, []);
    const first = await imported("--webhooks");
    assert.deepEqual(first, { ...none, imports: first.imports, counts: { added: 2, invalid: 1 } });
    const again = await imported();
    assert.deepEqual(again.counts, { known: 2, invalid: 1 });
    const { participants } = await people();
    assert.deepEqual(participants.map(({ name, metadata }) => [name, metadata]).sort(), [
      [null, null],
      ['Ann; "A" Jr', { plan: "pro" }],
    ]);
    writeFileSync(file, "email,name\ncarol@example.com,C\nann@example.com,Ann B\nnobody,X\n");
    const updated = await imported("--upsert");
    assert.deepEqual([updated.code, updated.counts], [1, { added: 1, updated: 1 }]);
    assert.deepEqual(updated.problems, [{ row: 4, outcome: "invalid", message: '"nobody" is not an email address.' }]);
    assert.ok((await people()).participants.some(({ name }) => name === "Ann B"));
    // In Excel's format, as an import that can be undone.
    writeFileSync(file, Buffer.from("email;name\ndora@example.com;D\xf3ra\n", "latin1"));
    const { imports, code } = await imported();
    assert.equal(code, 0);
    assert.ok((await people()).participants.some(({ name }) => name === "D\u00f3ra"));
    const undone = await referrals("import", "--undo", String(imports[0]));
    assert.deepEqual(
      [undone.code, undone.out],
      [0, `Import ${imports[0]} was undone. 0 were kept because other data depends on them.\n`],
    );
    assert.ok(!(await people()).participants.some(({ email }) => email === "dora@example.com"));
    const told = await referrals("import", "--undo", String(first.imports[0]));
    assert.deepEqual([told.code, told.out], [1, ""]);

    writeFileSync(file, "A-1\nA-2\nA-1\n");
    assert.deepEqual((await imported("--kind", "coupons")).counts, {
      added: 2,
      prolonged: 0,
      duplicates: 1,
      invalid: 0,
      filled: 0,
    });
    const out = join(folder, "codes.csv");
    const saved = await referrals("export", "coupons", "--campaign", String(id), "--out", out, "--json");
    const text = readFileSync(out, "utf8");
    assert.deepEqual([saved.code, JSON.parse(saved.out).bytes], [0, Buffer.byteLength(text)]);
    assert.deepEqual(text.match(/A-\d/g), ["A-1", "A-2"]);
    const lines = (await referrals("export", "participants", "--format", "jsonl", "--filter", "q=carol")).out;
    assert.deepEqual([JSON.parse(lines).email, lines.endsWith("}\n")], ["carol@example.com", true]);
    const refused = await referrals("export", "rewards", "--filter", "colour=red", "--out", join(folder, "none.csv"));
    assert.deepEqual([refused.code, refused.out], [1, ""]);
    assert.match(refused.err, /has no `colour`/);
    assert.ok(!existsSync(join(folder, "none.csv")));

    const report = await referrals("analytics", "--campaign", String(id));
    assert.equal(report.code, 0, report.err);
    assert.match(report.out, /^ +\d{4}-\d\d-\d\d – .*\n(.*\n)*Signups +\d +0\n(.*\n)*Net revenue +\$0\.00 +\$0\.00\n/);
    const byChannel = await referrals("analytics", "--campaign", String(id), "--by", "channel", "--json");
    assert.equal(JSON.parse(byChannel.out).group_by, "channel");
    const tailing = start("events", "tail", "--json", "--after", "0", "--type", "participant.signup");
    const events = createInterface({ input: tailing.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const joined = [await events.next(), await events.next()].map(({ value }) => JSON.parse(value as string));
    tailing.kill("SIGINT");
    assert.deepEqual(
      joined.map(({ data, type }) => [type, data.email]),
      ["ann@example.com", "bob@example.com"].map((email) => ["participant.signup", email]),
    );
    const absent = await referrals("import", file, "--campaign", "999999", "--dry-run");
    assert.deepEqual([absent.code, absent.out], [1, ""]);
  });

  it("triggers a sample that passes the receiver's verification, and prints the receiver's response", async () => {
    const received: { type: string; id: string }[] = [];
    const receiver = await serving(async (request, response) => {
      const { secret } = JSON.parse(readFileSync(config, "utf8"));
      const event = new Webhook(secret).verify(await text(request), request.headers as Record<string, string>);
      received.push(event as { type: string; id: string });
      response.writeHead(received.length === 1 ? 204 : 500).end();
    });
    const { out, code } = await referrals("trigger", "reward.fulfilled", "--forward", receiver.url, "--json");
    assert.deepEqual([code, JSON.parse(out).status, received[0]?.type], [0, 204, "reward.fulfilled"]);
    assert.equal((await referrals("trigger", "reward.fulfilled", "--forward", receiver.url)).code, 1);
    const unknown = await referrals("trigger", "reward.eaten", "--forward", receiver.url);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /Events: participant\.signup, /);
    receiver.stop();
  });

  it("follows the event log from now or from a number, forwards each event once, and survives a lost receiver", async () => {
    const event = (sequence: number) => ({
      id: `evt_${sequence}`,
      sequence,
      type: "participant.signup",
      created: "2026-11-28T12:00:00.000Z",
      data: {},
    });
    const log = [3, 5, 8].map(event);
    const asked: string[] = [];
    // The log in the API's format: numbers ascend with gaps.
    const server = await serving((request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://localhost");
      const [sent, limit] = [searchParams.get("after"), Number(searchParams.get("limit"))];
      const from = sent === "latest" ? (log.at(-1)?.sequence ?? 0) : Number(sent);
      if (limit > 1) asked.push(`${from} ${searchParams.get("type")}`);
      const all = log.filter(({ sequence }) => sequence > from);
      const items = all.slice(0, limit);
      const pagination = { after: items.at(-1)?.sequence ?? from, has_more: all.length > limit, limit };
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ success: true, data: { items, pagination } }));
    });
    const bodies: string[] = [];
    const receiver = await serving(async (request, response) => {
      bodies.push(request.headers["webhook-id"] as string);
      request.resume();
      response.end();
    });
    const at = ["--url", server.url, "--key", "k", "--json"];
    const listening = start("listen", "--forward", receiver.url, "--after", "3", ...at);
    const lines = createInterface({ input: listening.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value as string);
    assert.deepEqual(
      [await next(), await next()].map(({ id, status }) => [id, status]),
      [
        ["evt_5", 200],
        ["evt_8", 200],
      ],
    );
    receiver.stop();
    log.push(event(9));
    assert.deepEqual([(await next()).status, bodies], [0, ["evt_5", "evt_8"]]);
    listening.kill("SIGINT");
    assert.deepEqual(await once(listening, "close"), [130, null]);

    const tailing = start("events", "tail", "--type", "participant.signup", ...at);
    const tailed = createInterface({ input: tailing.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    while (!asked.includes("9 participant.signup")) await new Promise(setImmediate);
    log.push(event(12));
    assert.equal(JSON.parse((await tailed.next()).value as string).sequence, 12);
    tailing.kill("SIGINT");
    await once(tailing, "close");
    server.stop();
  });
});
