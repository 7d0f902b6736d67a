import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { addressParser } from "postal-mime";
import { openApi } from "../../demo/api.ts";
import { startLocal } from "../../scripts/local.ts";

/** Emails received by the simulated binding. */
type Got = {
  from: string;
  to: string[];
  subject: string;
  headers?: Record<string, string>;
  text: string;
  html: string;
};

describe("email through the built Worker, the queue, and the simulated binding", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-mail-"));
  let product: Awaited<ReturnType<typeof startLocal>>;
  before(async () => {
    const vars = { MAIL_FROM: "hello@mail.acme.com", MAIL_PER_DAY: "5000", DEV_MAIL: "on" };
    product = await startLocal({ port: 0, stateDir, logs: false, vars, explorer: true });
  });
  after(async () => {
    await product.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  const explorer = async <T>(path: string): Promise<T> => {
    const response = await product.runtime.dispatchFetch(
      `http://localhost/cdn-cgi/local/explorer/api/local/email/sending${path}`,
    );
    assert.equal(response.status, 200, await response.clone().text());
    return ((await response.json()) as { result: T }).result;
  };

  it("sends each kind once, complete, to its reader", async () => {
    const visitor = openApi(product.url);
    const account = { email: "ada@example.com", name: "Ada", password: "correct horse battery" };
    await visitor.post("/members", account);
    await visitor.post("/auth/password-reset", { email: account.email });
    const { token } = await visitor.post<{ token: string }>("/auth/token", account);
    const api = visitor.as({ Authorization: `Bearer ${token}` });
    const brand = await api.post<{ id: number }>("/brands", { url: "acme.example" });
    const campaign = await api.post<{ id: number }>("/campaigns", {
      brand_id: brand.id,
      name: "Grüße & Küsse",
      reward_invited: true,
      allow_email: true,
      double_opt_in: true,
      campaign_entry_subject: "Willkommen bei {{campaign_name}} 🎉",
      reward_notify_subject: "Earned",
      twoway_reward_notify_subject: "A gift",
    });
    await api.post(`/campaigns/${campaign.id}/coupons`, { codes: ["TEN-1", "TEN-2"] });
    const people = { campaign_id: campaign.id, name: "Grace" };
    const grace = await api.post<{ referral_code: string }>("/signups", { ...people, email: "grace@example.com" });
    await api.post("/signups/referral", {
      referral_code: grace.referral_code,
      email: "alan@example.com",
      name: "Alan",
    });

    const widget = async (path: string, body: object, bearer?: string) => {
      const headers = { "Content-Type": "application/json", ...(bearer && { Authorization: `Bearer ${bearer}` }) };
      const response = await fetch(`${product.url}/api/widget${path}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { data: { participant_token: string } }).data;
    };
    await widget("/signup", { campaign_id: campaign.id, email: "grace@example.com" });
    await widget("/signup", { campaign_id: campaign.id, email: "edsger@example.com" });
    const confirming = await mailTo("edsger@example.com", /\/confirm\//);
    const path = new URL(confirming.text.match(/http\S+\/confirm\/\S+/)?.[0] ?? "").pathname;
    await fetch(`${product.url}${path}`, { method: "POST" });
    const magic = await mailTo("grace@example.com", /\/status\//);
    const status = await fetch(magic.text.match(/http\S+\/status\/\S+/)?.[0] ?? "");
    assert.equal(status.status, 200);
    const own = (await status.text()).match(/eyJ[\w.-]+/)?.[0];
    assert.ok(own, "the page knows its participant");
    await widget("/invite", { emails: ["friend@example.com"] }, own);

    const expected: [string, RegExp, boolean][] = [
      ["ada@example.com", /\/verify\//, false],
      ["ada@example.com", /\/reset-password\//, false],
      ["grace@example.com", /\/t\//, true],
      ["alan@example.com", /\/t\//, true],
      ["grace@example.com", /TEN-\d/, true],
      ["alan@example.com", /TEN-\d/, true],
      ["grace@example.com", /\/status\//, true],
      ["edsger@example.com", /\/confirm\//, true],
      ["edsger@example.com", /\/t\//, true],
      ["friend@example.com", /\/t\//, true],
    ];
    for (const [to, what, isCampaigns] of expected) {
      const mail = await mailTo(to, what);
      const told = JSON.stringify(mail, null, 1);
      assert.deepEqual(addressParser(mail.from), [
        { name: isCampaigns ? "acme.example" : "Referrals", address: "hello@mail.acme.com" },
      ]);
      assert.match(mail.html, /^<!doctype html>/i, told);
      assert.match(mail.html, what, told);
      const list = mail.headers?.["List-Unsubscribe"];
      assert.equal(
        mail.headers?.["List-Unsubscribe-Post"],
        isCampaigns ? "List-Unsubscribe=One-Click" : undefined,
        told,
      );
      if (isCampaigns) assert.equal((await fetch(list?.slice(1, -1) ?? "")).status, 200, told);
    }
    assert.equal((await mailTo("grace@example.com", /\/t\//)).subject, "Willkommen bei Grüße & Küsse 🎉");

    const shownAsSent = async () =>
      (await (await fetch(`${product.url}/dev/mail`)).text()).match(/class="state sent"/g)?.length;
    // The result is recorded after the provider accepts the email.
    while ((await shownAsSent()) !== expected.length) await setTimeout(200);
    // Long enough for a second email to arrive.
    await setTimeout(3000);
    assert.equal((await sent()).length, expected.length, "each once");
    assert.equal(await shownAsSent(), expected.length);
  });

  const sent = () => explorer<{ messageId: string; to: string[] }[]>("?per_page=100");

  /** Waits for the email to this reader with this text. */
  async function mailTo(to: string, what: RegExp): Promise<Got> {
    for (;;) {
      for (const { messageId, to: readers } of await sent()) {
        if (!readers.includes(to)) continue;
        const mail = await explorer<Got>(`?email_id=${encodeURIComponent(messageId)}`);
        if (what.test(mail.text)) return mail;
      }
      await setTimeout(200);
    }
  }
});
