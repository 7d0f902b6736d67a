import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Api, openApi } from "../../demo/api.ts";
import { startLocal } from "../../scripts/local.ts";
import { root } from "../../scripts/root.ts";

const TOKEN = "the operator's token";
/** Tables that the cron writes at any time, a restore's own traces among them. */
const OF_THE_MOMENT = new Set([
  "jobs",
  "alerts",
  "database_mark",
  "database_size",
  "d1_migrations",
  "idempotency_keys",
]);

describe("a restore from a nightly backup", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-restore-"));
  const received: string[] = [];
  let isDown = true;
  const receiver = createServer((request, response) => {
    if (!isDown) received.push(String(request.headers["webhook-id"]));
    response.writeHead(isDown ? 503 : 204).end();
  }).listen(0, "127.0.0.1");
  after(() => {
    receiver.close();
    rmSync(stateDir, { recursive: true, force: true });
  });

  const start = (crons: string[]) =>
    startLocal({
      port: 0,
      stateDir,
      logs: false,
      crons,
      vars: { BACKUP_DAYS: "14", OPERATOR_TOKEN: TOKEN, JWT_SECRET: "a", CODE_SECRET: "b", SEAL_SECRET: "c" },
    });
  type Product = Awaited<ReturnType<typeof start>>;
  const EACH_SECOND = ["* * * * * *"];

  const databaseFile = () => {
    const folder = join(stateDir, "v3");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".sqlite")) continue;
      const db = new DatabaseSync(join(folder, name), { readOnly: true });
      const isIt = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'participants'").get() !== undefined;
      db.close();
      if (isIt) return join(folder, name);
    }
    throw new Error(`No database in ${folder}`);
  };

  /** Every row of every table. Only while the product is stopped. */
  const tables = () => {
    const db = new DatabaseSync(databaseFile(), { readOnly: true });
    const names = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name <> 'sqlite_stat1'",
      )
      .all() as { name: string }[];
    const rows = names
      .filter(({ name }) => !OF_THE_MOMENT.has(name))
      .map(({ name }) => [
        name,
        db
          .prepare(`SELECT * FROM ${name}`)
          .all()
          .map((row) => JSON.stringify(row))
          .filter((row) => !OF_THE_MOMENT.has(JSON.parse(row).name))
          .sort(),
      ]);
    db.close();
    return Object.fromEntries(rows) as Record<string, string[]>;
  };

  const restore = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/restore/restore.ts", "--file", join(stateDir, "restore.sql"), ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, STATE_DIR: stateDir },
    });

  async function asOperator({ url }: Product) {
    const form = (path: string, fields: Record<string, string>, cookie = "") =>
      fetch(`${url}/operator${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { Origin: url, Cookie: cookie, Accept: "text/html" },
        body: new URLSearchParams(fields),
      });
    const signedIn = await form("/sign-in", { token: TOKEN });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    return {
      page: async (path: string) =>
        (await fetch(`${url}/operator${path}`, { headers: { Cookie: cookie, Accept: "text/html" } })).text(),
      submit: async (path: string, fields: Record<string, string>) => {
        const answer = await form(path, fields, cookie);
        assert.equal(answer.status, 303, await answer.text());
      },
    };
  }

  it("restores every row, gives no coupon twice, and sends nothing twice", async () => {
    const given: string[] = [];
    let people = 0;
    const join_ = (api: Api, campaign_id: number) =>
      api.post<{ referral_code: string }>("/signups", { campaign_id, email: `p${++people}@example.com`, name: "Ada" });
    const earn = async (api: Api, code: string) => {
      const friend = { referral_code: code, email: `p${++people}@example.com`, name: "Friend" };
      const { reward } = await api.post<{ reward: { coupon: string | null } | null }>("/signups/referral", friend);
      if (reward?.coupon) given.push(reward.coupon);
    };

    let product = await start([]);
    const account = { email: "ada@example.com", name: "Ada", password: "correct horse battery" };
    await openApi(product.url).post("/members", account);
    const open = async () => {
      const visitor = openApi(product.url);
      const { token } = await visitor.post<{ token: string }>("/auth/token", account);
      return visitor.as({ Authorization: `Bearer ${token}` });
    };
    let api = await open();
    const brand = await api.post<{ id: number }>("/brands", { url: "acme.com" });
    const { id } = await api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name: "Grüße 'n' \"Küsse\" 🎉" });
    await api.post(`/campaigns/${id}/coupons`, { codes: Array.from({ length: 9 }, (_, i) => `CODE-${i}`) });
    await api.put(`/campaigns/${id}/lander`, { header_description: `${'It\'s "long"; '.repeat(600)}🎉` });
    const gone = await api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name: "Gone" });
    await api.delete(`/campaigns/${gone.id}`);
    const { port } = receiver.address() as AddressInfo;
    await api.post("/webhooks", { link: `http://127.0.0.1:${port}/hook` });
    for (let n = 0; n < 3; n++) await earn(api, (await join_(api, id)).referral_code);
    await product.stop();

    product = await start(EACH_SECOND);
    const date = new Date().toISOString().slice(0, 10);
    const bucket = await product.runtime.getR2Bucket("BACKUPS");
    while (!(await bucket.get(`${date}/manifest.json`))) await setTimeout(100);
    await product.stop();
    const before = tables();
    assert.ok((before.participants?.length ?? 0) >= 6 && (before.deliveries?.length ?? 0) >= 6);

    // The lost time begins.
    isDown = false;
    product = await start(EACH_SECOND);
    api = await open();
    for (let n = 0; n < 3; n++) await earn(api, (await join_(api, id)).referral_code);
    while (received.length < 12) await setTimeout(100);
    await product.stop();
    assert.equal(new Set(given).size, 6, "each referral earned a code of its own");

    const file = databaseFile();
    for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
    assert.match(restore("--date", "2020-01-01").stderr, /There is no complete backup of 2020-01-01/);
    const restored = restore("--date", date);
    assert.equal(restored.status, 0, restored.stdout + restored.stderr);
    assert.deepEqual(tables(), before);
    assert.match(restore("--date", date).stderr, /The database has 1 accounts/);

    const sent = received.length;
    product = await start(EACH_SECOND);
    const operator = await asOperator(product);
    while (!(await operator.page("/sending")).includes("The database was restored to")) await setTimeout(100);
    api = await open();
    for (let n = 0; n < 3; n++) await earn(api, (await join_(api, id)).referral_code);
    assert.equal(new Set(given).size, given.length, `a code was given twice: ${given}`);
    assert.equal(given.length, 9);
    // Several minutes of the cron.
    await setTimeout(4000);
    assert.equal(received.length, sent, "nothing is sent while it is on hold");

    await operator.submit("/sending/release", { outbox: "deliveries", reason: "restored" });
    while (received.length === sent) await setTimeout(100);
    await product.stop();
  });
});
