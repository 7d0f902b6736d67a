import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../src/cron";
import { call } from "../support/client";
import { neverAnswers } from "../support/faults";

describe("/healthz", () => {
  it("reports publicly that the service works", async () => {
    expect(await call("GET", "/healthz")).toMatchObject({ status: 200, success: true, data: { status: "ok" } });
  });

  it("is a 503 with Retry-After within seconds if the database does not respond", async () => {
    const broken = {
      withSession: () => ({ prepare: neverAnswers.prepare, batch: () => Promise.reject(new Error("down")) }),
    };
    for (const DB of [neverAnswers, broken as unknown as D1Database]) {
      const answer = await call("GET", "/healthz", undefined, { env: { DB } });
      expect(answer).toMatchObject({ status: 503, success: false, code: "overloaded" });
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    }
  });

  it("is a 503 for late jobs only if asked, so a monitor notices a stopped cron", async () => {
    await env.DB.exec("DELETE FROM jobs");
    expect(await call("GET", "/healthz")).toMatchObject({ status: 200, data: { jobs: "late" } });
    const late = await call("GET", "/healthz?jobs=1");
    expect(late).toMatchObject({ status: 503, code: "overloaded", error: "Jobs are late. Check the cron trigger." });
    expect((await call("GET", "/healthz?jobs=0")).status).toBe(200);
    await runJobs(env);
    expect(await call("GET", "/healthz?jobs=1")).toMatchObject({ status: 200, data: { jobs: "on_time" } });
  });
});
