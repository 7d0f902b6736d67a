import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { answer } from "../../src/app";
import { newCampaign, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { mailroom } from "../support/mailroom";

/** A request to this URL, as it reaches the Worker. */
async function fetched(url: string, init: RequestInit = {}, settings: Partial<typeof env> = {}) {
  const ctx = createExecutionContext();
  const response = await answer(new Request(url, { redirect: "manual", ...init }), { ...env, ...settings }, ctx);
  await response.arrayBuffer();
  await waitOnExecutionContext(ctx);
  return response;
}

const askForReset = (email: string, host: string, settings: Partial<typeof env> = {}) =>
  fetched(
    `https://${host}/api/v1/auth/password-reset`,
    { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ email }) },
    settings,
  );

describe("links in emails", () => {
  it("start with PUBLIC_URL, whatever the request's host", async () => {
    const member = await newMember();
    for (const settings of [{}, { PUBLIC_URL: "" }]) await askForReset(member.email, "evil.example", settings);
    const room = mailroom(member);
    await room.deliver();
    expect(room.taken).toHaveLength(2);
    for (const { text, html } of room.taken as { text: string; html: string }[]) {
      expect(text).toContain("https://referrals.test/reset-password/");
      expect(text + html).not.toContain("evil.example");
    }
  });

  it("are not sent without PUBLIC_URL: the email ends with that reason", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const member = await newMember();
    await askForReset(member.email, "evil.example", { PUBLIC_URL: "" });
    const room = mailroom(member);
    await room.deliver({ PUBLIC_URL: "" });
    expect(room.taken).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "public_url_missing", attempts: 0 }]);
  });

  it("start with the request's origin on a local installation, whose emails never leave it", async () => {
    const member = await newMember();
    await askForReset(member.email, "127.0.0.1:8787", { PUBLIC_URL: "" });
    const room = mailroom(member);
    await room.deliver({ PUBLIC_URL: "", DEV_MAIL: "on" });
    expect((room.taken[0] as { text: string }).text).toContain("https://127.0.0.1:8787/reset-password/");
  });
});

describe("a link to a participant's own page", () => {
  const HOUR = 3_600_000;

  it("can be used repeatedly: for a day if it was requested, for a week in other emails", async () => {
    const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
    const email = someone();
    await campaign.signUp(email);
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });
    const room = mailroom(campaign.owner);
    await room.deliver();
    const [entry = "", asked = ""] = (room.taken as { text: string }[]).map(
      ({ text }) => text.match(/https:\/\/referrals\.test(\/status\/\S+)/)?.[1] ?? "",
    );
    const opens = async (path: string) => (await call("GET", path)).status;
    const start = Date.now();
    for (const [hours, ofEntry, ofAsked] of [
      [0, 200, 200],
      [23, 200, 200],
      [25, 200, 404],
      [167, 200, 404],
      [169, 404, 404],
    ] as const) {
      stopClock(start + hours * HOUR);
      expect([await opens(entry), await opens(asked)], `after ${hours} hours`).toEqual([ofEntry, ofAsked]);
    }
  });
});

describe("an installation with https links", () => {
  const settings = { PUBLIC_URL: "https://referrals.test" };

  it("redirects http to https, with the same path, query, and method", async () => {
    for (const method of ["GET", "POST"]) {
      const moved = await fetched("http://referrals.test/sign-in?next=%2Fhome", { method }, settings);
      expect([moved.status, moved.headers.get("Location")]).toEqual([
        308,
        "https://referrals.test/sign-in?next=%2Fhome",
      ]);
    }
  });

  it("does not redirect this machine, or a proxy that terminated TLS", async () => {
    expect((await fetched("http://127.0.0.1:8787/healthz", {}, settings)).status).toBe(200);
    expect((await fetched("http://localhost/healthz", {}, settings)).status).toBe(200);
    const headers = { "X-Forwarded-Proto": "https" };
    expect((await fetched("http://referrals.test/healthz", { headers }, settings)).status).toBe(200);
    expect((await fetched("http://referrals.test/healthz", {}, { PUBLIC_URL: "http://referrals.test" })).status).toBe(
      200,
    );
    expect((await fetched("http://referrals.test/healthz", {}, { PUBLIC_URL: "" })).status).toBe(200);
  });

  it("sends HSTS, on https only", async () => {
    const hsts = "Strict-Transport-Security";
    for (const path of ["/sign-in", "/healthz", "/no-such-page", "/api/v1/brands"])
      expect((await call("GET", path)).headers.get(hsts), path).toBe("max-age=31536000");
    expect((await fetched("http://127.0.0.1/healthz", {}, settings)).headers.get(hsts)).toBeNull();
  });
});
