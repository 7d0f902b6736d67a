import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readSecrets } from "../../scripts/secrets.ts";
import { answers, freshClone } from "./support/clone.ts";

const scratch = mkdtempSync(join(tmpdir(), "referrals-start-"));
const clone = freshClone();

async function call(url: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: shapes differ by endpoint.
  return { status: response.status, ...((await response.json()) as { data: any }) };
}

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) await setTimeout(100);
}

describe("npm start", { timeout: 3_600_000 }, () => {
  after(() => {
    clone.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("serves a fresh clone, keeps its data, and leaves nothing behind when it stops", async () => {
    const first = await clone.start("npm", ["start"]);
    assert.equal(await answers(first.url), 200);
    const secrets = readFileSync(join(clone.folder, ".dev.vars"), "utf8");
    for (const name of ["JWT_SECRET", "CODE_SECRET", "SEAL_SECRET", "OPERATOR_TOKEN"])
      assert.match(secrets, new RegExp(`^${name}=[\\w-]{43}$`, "m"));

    const account = { email: "ada@example.com", name: "Ada", password: "correct horse" };
    assert.equal((await call(first.url, "POST", "/members", account)).status, 201);
    const { data: session } = await call(first.url, "POST", "/auth/token", account);
    const { data: key } = await call(
      first.url,
      "POST",
      "/members/api-key",
      {},
      { Authorization: `Bearer ${session.token}` },
    );
    const asAda = { "X-API-Key": key.api_key };
    const { data: brand } = await call(first.url, "POST", "/brands", { url: "acme.com" }, asAda);
    const { data: campaign } = await call(
      first.url,
      "POST",
      "/campaigns",
      { brand_id: brand.id, name: "Spring" },
      asAda,
    );
    assert.equal(campaign.name, "Spring");
    assert.match(first.output(), /"route":"\/api\/v1\/brands"/, "requests are logged");

    const port = new URL(first.url).port;
    const rival = spawn(process.execPath, ["scripts/serve.ts"], {
      cwd: clone.folder,
      env: { ...process.env, PORT: port },
    });
    let complaint = "";
    rival.stderr.on("data", (chunk) => (complaint += chunk));
    assert.deepEqual(await once(rival, "close"), [1, null]);
    assert.match(complaint, new RegExp(`^Port ${port} is in use`));

    first.child.kill("SIGTERM");
    assert.equal(await first.ended, 0);
    assert.equal(await answers(first.url), 0);

    const second = await clone.start(process.execPath, ["scripts/serve.ts"], { LOGS: "off", RATE_LIMITS: "on" });
    const { data: found } = await call(second.url, "GET", `/campaigns/${campaign.id}`, undefined, asAda);
    assert.equal(found.name, "Spring");
    assert.equal(readFileSync(join(clone.folder, ".dev.vars"), "utf8"), secrets);
    // Twice the quota and one more, so one minute exceeds the quota even if the minute changes in between.
    const tries = await Promise.all(Array.from({ length: 41 }, () => call(second.url, "POST", "/auth/token", {})));
    assert.ok(
      tries.some(({ status }) => status === 429),
      "RATE_LIMITS=on brings the limits back",
    );
    assert.doesNotMatch(second.output(), /"message":"request"/, "LOGS=off");

    second.child.kill("SIGKILL");
    await until(async () => (await answers(second.url)) === 0);
  });

  it("creates secrets once, and keeps existing ones", () => {
    const file = join(scratch, "vars");
    writeFileSync(file, "# mine\nJWT_SECRET=chosen\nRATE_LIMITS=on");
    const made = readSecrets(file);
    assert.equal(made.JWT_SECRET, "chosen");
    assert.equal(made.RATE_LIMITS, "on");
    assert.equal(new Set([made.CODE_SECRET, made.SEAL_SECRET, made.OPERATOR_TOKEN]).size, 3);
    assert.match(readFileSync(file, "utf8"), /^# mine\nJWT_SECRET=chosen\nRATE_LIMITS=on\n/);
    assert.deepEqual(readSecrets(file), made);
  });
});
