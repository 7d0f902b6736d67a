import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { startLocal } from "../../scripts/local.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

describe("alerts of the built Worker", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-alerts-"));
  const posted: { headers: Record<string, string>; body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    posted.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(204).end();
  });
  after(() => {
    receiver.close();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("reach the operator's URL, signed, and the operator's mailbox, while all sending is on hold", async () => {
    receiver.listen(0, "127.0.0.1");
    await once(receiver, "listening");
    const { port } = receiver.address() as AddressInfo;
    const product = await startLocal({
      port: 0,
      stateDir,
      logs: false,
      crons: [],
      explorer: true,
      vars: {
        PUBLIC_URL: "https://refer.example",
        OPERATOR_EMAIL: "ops@example.com",
        OPERATOR_WEBHOOK_URL: `http://127.0.0.1:${port}/alerts`,
        OPERATOR_WEBHOOK_SECRET: SECRET,
      },
    });
    try {
      const db = await product.runtime.getD1Database("DB");
      await db
        .prepare("INSERT INTO outbox_holds (outbox, reason, since, set_by) VALUES ('mails', 'restored', ?, 'test')")
        .bind(Date.now())
        .run();
      await product.runJobs();
      await product.runJobs();
      assert.equal(posted.length, 1);
      const [{ headers, body }] = posted as [(typeof posted)[number]];
      const told = new Webhook(SECRET).verify(body, headers) as { type: string; data: { name: string; url: string } };
      assert.deepEqual([told.type, told.data.name], ["alert.raised", "outbox_held"]);
      assert.equal(told.data.url, "https://refer.example/operator");
      const explorer = "http://localhost/cdn-cgi/local/explorer/api/local/email/sending?per_page=100";
      const { result } = (await (await product.runtime.dispatchFetch(explorer)).json()) as {
        result: { to: string[]; subject: string }[];
      };
      assert.deepEqual(
        result.map(({ to, subject }) => [to, subject]),
        [[["ops@example.com"], "Alert: Sending is on hold"]],
      );
    } finally {
      await product.stop();
    }
  });
});
