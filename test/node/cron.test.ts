import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { killRuntime } from "../../chaos/nemesis.ts";
import { freePort } from "../../chaos/port.ts";
import { type ApiRefusal, openApi } from "../../demo/api.ts";
import { startLocal } from "../../scripts/local.ts";

describe("the local product", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-cron-"));
  after(() => rmSync(stateDir, { recursive: true, force: true }));

  it("fires cron triggers, even after a crash, so an ended contest is drawn automatically", async () => {
    const pidFile = join(stateDir, "workerd.pid");
    process.env.WORKERD_PID_FILE = pidFile;
    const product = await startLocal({ port: await freePort(), stateDir, logs: false, crons: ["* * * * * *"] });
    try {
      const visitor = openApi(product.url);
      const account = { email: "ada@example.com", name: "Ada", password: "correct horse" };
      await visitor.post("/members", account);
      const { token } = await visitor.post<{ token: string }>("/auth/token", account);
      const api = visitor.as({ Authorization: `Bearer ${token}` });
      const brand = await api.post<{ id: number }>("/brands", { url: "acme.com" });
      const campaign = await api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name: "Spring" });
      await killRuntime(pidFile, product.url);
      const path = `/campaigns/${campaign.id}/contest`;
      const contest = { contest_name: "Bring the most friends", is_on: true };
      const start_date = new Date(Date.now() - 120_000).toISOString();
      // A busy machine may take longer than that.
      for (let ahead = 2_000, isTaken = false; !isTaken; ahead *= 2) {
        const end_date = new Date(Date.now() + ahead).toISOString();
        isTaken = await api.put(path, { ...contest, start_date, end_date }).then(
          () => true,
          (error: ApiRefusal) => {
            assert.equal(error.said, "end_date must be in the future.");
            return false;
          },
        );
      }

      const isDrawn = async () => (await api.get<{ drawn_at: string | null }>(path)).drawn_at !== null;
      while (!(await isDrawn())) await setTimeout(100);
    } finally {
      await product.stop();
    }
  });
});
