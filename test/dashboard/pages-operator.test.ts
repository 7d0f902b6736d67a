import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../src/cron";
import worker from "../../src/worker";
import { newDomain, newMember } from "../support/client";
import { browser, leadsTo, signedIn } from "../support/session";

const TOKEN = "test-operator-token";
const COOKIE = "__Host-operator";

async function operator() {
  const opened = browser();
  await opened.submit("/operator/sign-in", { token: TOKEN });
  return opened;
}

describe("the operator's pages", () => {
  it("open with the token only, not with an account", async () => {
    const ada = await signedIn();
    expect(leadsTo(await ada.page("/operator"))).toBe("/operator/sign-in");
    for (const path of ["/operator/members", `/operator/members/${ada.member.id}`, "/operator/brands/1"])
      expect((await ada.page(path)).status, path).toBe(404);
    expect((await ada.submit(`/operator/members/${ada.member.id}/plan`, { plan_id: 3 })).status).toBe(404);
    const wrong = await ada.submit("/operator/sign-in", { token: `${TOKEN}x` });
    expect(wrong.status).toBe(400);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect((await (await operator()).page("/operator")).status).toBe(200);
  });

  it("stay closed without a token, whatever the cookie says", async () => {
    const none = { env: { OPERATOR_TOKEN: "" } };
    expect((await browser().submit("/operator/sign-in", { token: "" }, none)).status).toBe(400);
    const opened = await operator();
    expect(leadsTo(await opened.page("/operator", none))).toBe("/operator/sign-in");
  });

  it("reject another token, a changed cookie, and an expired one", async () => {
    const opened = await operator();
    expect(leadsTo(await opened.page("/operator", { env: { OPERATOR_TOKEN: "another" } }))).toBe("/operator/sign-in");
    const cookie = opened.cookies.get(COOKIE) ?? "";
    const [until = "", mark] = cookie.split(".");
    for (const forged of [`${Number(until) + 1}.${mark}`, `${until}.`, `9e15.${mark}`, "", `1.${mark}`]) {
      opened.cookies.set(COOKIE, forged);
      expect(leadsTo(await opened.page("/operator"))).toBe("/operator/sign-in");
    }
  });

  it("end with signing out, and accept no forms from other sites", async () => {
    const opened = await operator();
    const foreign = { headers: { Origin: "https://evil.example" } };
    expect((await opened.submit("/operator/sign-out", {}, foreign)).status).toBe(403);
    await opened.submit("/operator/sign-out");
    expect(opened.cookies.has(COOKIE)).toBe(false);
  });

  it("find a member by the start of their email, and page through all", async () => {
    const ada = await newMember();
    const opened = await operator();
    const found = await opened.page(`/operator/members?q=${ada.email.slice(0, 20).toUpperCase()}`);
    expect(found.text).toContain(ada.email);
    const other = await newMember();
    const older = await opened.page(`/operator/members?before=${other.id}`);
    expect(older.text).toContain(ada.email);
    expect(older.text).not.toContain(other.email);
    expect((await opened.page("/operator/members?before=x&q=%00")).status).toBe(200);
  });

  it("hide test-mode accounts, and link back from missing pages", async () => {
    const ada = await signedIn();
    await ada.submit("/test-mode/on");
    const opened = await operator();
    const { text } = await opened.page("/operator/members");
    expect(text).toContain(ada.member.email);
    expect(text).not.toContain(`test:${ada.member.id}`);
    expect((await opened.page("/operator/members?q=test:")).text).toContain("No accounts found");
    expect((await opened.page("/operator/members/999999999")).text).toContain('href="/operator"');
  });

  it("grant a plan, by the API's rules", async () => {
    const ada = await newMember({ plan_id: 1 });
    const opened = await operator();
    const path = `/operator/members/${ada.id}`;
    expect(leadsTo(await opened.submit(`${path}/plan`, { plan_id: 2, plan_expiry: "2031-01-31" }))).toBe(
      `${path}?done=saved`,
    );
    expect((await ada.get("/api/v1/members/profile")).data).toMatchObject({
      plan_id: 2,
      plan_expiry: "2031-01-31T00:00:00.000Z",
    });
    const refused = await opened.submit(`${path}/plan`, { plan_id: 99, plan_expiry: "2032-02-29" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("2032-02-29");
    expect((await opened.submit("/operator/members/999999999/plan", { plan_id: 2 })).status).toBe(404);
    for (const bad of ["x", "0", "999999999"]) expect((await opened.page(`/operator/members/${bad}`)).status).toBe(404);
  });

  it("link a brand to VNOC and unlink it", async () => {
    const ada = await newMember();
    const brand = (await ada.post("/api/v1/brands", { url: newDomain() })).data;
    const opened = await operator();
    const path = `/operator/brands/${brand.id}`;
    expect((await opened.page(path)).text).toContain(
      "After unlinking, campaigns that already offer tokens keep granting them",
    );
    await opened.submit(path, { "@flags": "in_vnoc", in_vnoc: true, vnoc_id: "7" });
    expect((await ada.get(`/api/v1/brands/${brand.id}`)).data).toMatchObject({ in_vnoc: true, vnoc_id: 7 });
    await opened.submit(path, { "@flags": "in_vnoc", vnoc_id: "" });
    expect((await ada.get(`/api/v1/brands/${brand.id}`)).data).toMatchObject({ in_vnoc: false, vnoc_id: null });
    expect((await opened.submit(path, { "@flags": "in_vnoc", vnoc_id: "x" })).status).toBe(400);
    expect((await opened.page("/operator/brands/999999999")).status).toBe(404);
  });

  it("show deleted data that is not purged yet", async () => {
    const opened = await operator();
    await runJobs(env);
    expect((await opened.page("/operator")).text).toContain("All deleted data has been purged");
    await env.DB.prepare(
      "INSERT INTO purges (kind, subject_id, member_id, date_deleted) VALUES ('campaign', 77777777, 1, 1)",
    ).run();
    expect((await opened.page("/operator")).text).toContain("Campaign 77777777");
    await runJobs(env);
    expect((await opened.page("/operator")).text).toContain("All deleted data has been purged");
  });

  it("show when due items are not sent", async () => {
    const ada = await newMember();
    const opened = await operator();
    const late = () => opened.page("/operator").then(({ text }) => text.split("Emails")[1]?.includes("Late"));
    expect(await late()).toBe(false);
    await env.DB.prepare(
      "INSERT INTO mails (cause, kind, member_id, origin, next_attempt_at, date_added) VALUES ('test:1', 'verify_member', ?, 'x', ?, 0)",
    )
      .bind(ada.id, Date.now() - 3600_000)
      .run();
    expect(await late()).toBe(true);
  });

  it("count failed emails by reason, and send those with one reason again", async () => {
    const ada = await newMember();
    const opened = await operator();
    const now = Date.now();
    const mail = env.DB.prepare(
      "INSERT INTO mails (cause, kind, member_id, origin, status, error, attempts, date_added) VALUES (?, 'verify_member', ?, 'x', ?, ?, 7, ?)",
    );
    const rows: [cause: string, status: string, error: string, age: number][] = [
      ["a", "failed", "E_SENDER_NOT_VERIFIED", 0],
      ["b", "failed", "E_SENDER_NOT_VERIFIED", 2],
      ["c", "failed", "E_SENDER_NOT_VERIFIED", 8],
      ["d", "failed", "timeout", 0],
      ["e", "sent", "E_SENDER_NOT_VERIFIED", 0],
    ];
    await env.DB.batch(
      rows.map(([cause, status, error, age]) => mail.bind(`t:${cause}`, ada.id, status, error, now - age * 86_400_000)),
    );
    const { text } = await opened.page("/operator/sending");
    const row = text.split("<tr>").find((one) => one.includes("E_SENDER_NOT_VERIFIED")) ?? "";
    expect([...row.matchAll(/class="number">(\d+)/g)].map(([, n]) => n)).toEqual(["1", "2"]);
    expect(text).toContain("Some of these may have arrived");
    await opened.submit("/operator/sending/again", { code: "E_SENDER_NOT_VERIFIED" });
    const { results } = await env.DB.prepare(
      "SELECT cause, status, attempts FROM mails WHERE cause GLOB 't:*' ORDER BY cause",
    ).all();
    expect(results).toEqual([
      { cause: "t:a", status: "pending", attempts: 0 },
      { cause: "t:b", status: "pending", attempts: 0 },
      { cause: "t:c", status: "failed", attempts: 7 },
      { cause: "t:d", status: "failed", attempts: 7 },
      { cause: "t:e", status: "sent", attempts: 7 },
    ]);
    expect(leadsTo(await opened.submit("/operator/sending/again", { code: "none" }))).toBe(
      "/operator/sending?done=nothing_to_send",
    );
    expect((await opened.submit("/operator/sending/again", {})).status).toBe(400);
    await env.DB.exec("DELETE FROM mails");
  });

  it("show dead letters, and put them back into their queue", async () => {
    const opened = await operator();
    const sent: unknown[] = [];
    const queue = {
      sendBatch: async (batch: MessageSendRequest[]) => void sent.push(...batch.map(({ body }) => body)),
    };
    const [DELIVERIES, MAILS] = [queue as unknown as Queue, queue as unknown as Queue];
    await env.DB.exec("DELETE FROM dead_letters");
    const bodies = [{ v: 1, delivery_ids: [7, 8] }, { v: 1, mail_ids: [9] }, "nonsense"];
    const messages = bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts: 1, body }));
    const batch = createMessageBatch("referrals-deliveries-dead", messages);
    const ctx = createExecutionContext();
    await worker.queue(batch as MessageBatch<never>, env, ctx);
    expect(await getQueueResult(batch, ctx)).toMatchObject({ ackAll: true });
    const { text } = await opened.page("/operator/sending");
    expect(text).toContain("3 in 30 days");
    expect(text).toContain("Not understood");
    const letters = [...text.matchAll(/dead-letters\/(\d+)/g)].map(([, id]) => id);
    for (const id of letters)
      expect(
        leadsTo(await opened.submit(`/operator/sending/dead-letters/${id}`, {}, { env: { DELIVERIES, MAILS } })),
      ).toBe("/operator/sending?done=requeued");
    expect(sent).toEqual([
      { v: 1, mail_ids: [9] },
      { v: 1, delivery_ids: [7, 8] },
    ]);
    expect((await opened.submit(`/operator/sending/dead-letters/${letters[0]}`)).status).toBe(404);
    expect((await opened.submit("/operator/sending/dead-letters/x")).status).toBe(404);
  });

  it("refuse an unknown outbox, and a skip without a time", async () => {
    const opened = await operator();
    expect((await opened.submit("/operator/sending/release", { outbox: "letters", reason: "x" })).status).toBe(404);
    expect((await opened.submit("/operator/sending/skip", { outbox: "mails", before: "yesterday" })).status).toBe(400);
    expect(
      (await opened.submit("/operator/sending/skip", { outbox: "mails", before: "2026-99-99T10:00" })).status,
    ).toBe(400);
  });

  it("show open alerts with advice, and past ones", async () => {
    const opened = await operator();
    await env.DB.exec("DELETE FROM alerts");
    await env.DB.exec(
      "INSERT INTO alerts (name, detail, raised_at, seen_at, resolved_at) VALUES ('dead_letters', '3 in the last day.', 1, 1, NULL), ('backup_late', 'There is no backup yet.', 1, 1, 2), ('of_old', 'x', 1, 1, 2)",
    );
    const health = (await opened.page("/operator")).text;
    expect(health).toContain("3 in the last day. See them on /operator/sending");
    expect(health).not.toContain("There is no backup yet.");
    const { text } = await opened.page("/operator/alerts");
    for (const told of ["3 in the last day.", "There is no backup yet.", "A former alert"])
      expect(text).toContain(told);
    await env.DB.exec("DELETE FROM alerts");
  });
});
