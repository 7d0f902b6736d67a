import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emailUse } from "../../src/delivery/email/email-use";
import { openDb } from "../../src/lib/db";
import { sweep } from "../../src/outbox/sweep";
import { someone } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";
import { browser } from "../support/session";

afterEach(() => void vi.restoreAllMocks());

/** A public installation, without the exemptions of a local one. */
const PUBLIC = { TRUSTED_DOMAINS: "", DEV_MAIL: "", REGISTRATION: "open" };
const PASSWORD = "correct horse battery";
const LURE = {
  campaign_entry_subject: "Your account is limited",
  campaign_entry_message: '<p>Dear {{name}}, <a href="https://evil.example/login">verify now</a></p>',
  reward_notify_subject: "Refund waiting",
  reward_notify_message: "Take it: {{reward}}",
  twoway_reward_notify_subject: "Refund waiting",
};

/** A stranger with one disposable mailbox tries to make our domain write to others in PayPal's name. */
async function stranger() {
  const own = someone();
  const page = browser();
  const options = { env: PUBLIC };
  await page.submit(
    "/sign-up",
    { email: own, name: "PayPal: your account is limited. paypal.com", password: PASSWORD },
    options,
  );
  const { token, member } = (await call("POST", "/api/v1/auth/token", { email: own, password: PASSWORD }, options))
    .data;
  const api = (method: string, path: string, body?: unknown) =>
    call(method, path, body, { ...options, headers: { Authorization: `Bearer ${token}` } });
  const brand = (
    await api("POST", "/api/v1/brands", { url: "https://www.paypal.com", logo_url: "https://evil.example/paypal.png" })
  ).data;
  const reward = { reward_type: 3, custom_message: "https://evil.example/refund" };
  const add = async (fields: object) =>
    (
      await api("POST", "/api/v1/campaigns", {
        brand_id: brand.id,
        name: "PayPal Security",
        reward,
        reward_invited: true,
        allow_email: true,
        ...LURE,
        ...fields,
      })
    ).data.id;
  return { own, page, api, brand, add, id: member.id as number, options };
}

/** Tries everything that can send an email to somebody else. @returns the victims */
async function play({ page, api, add, options }: Awaited<ReturnType<typeof stranger>>) {
  const victims: string[] = [];
  const victim = () => {
    const email = someone();
    victims.push(email);
    return email;
  };
  const [campaign_id, asking] = [await add({}), await add({ double_opt_in: true })];
  const join = (id: number, email: string) =>
    call("POST", "/api/widget/signup", { campaign_id: id, email, name: "Victim" }, options);

  const known = victim();
  const referrer = (await api("POST", "/api/v1/signups", { campaign_id, email: known, name: "Victim" })).data;
  for (let n = 0; n < 5; n++) await api("POST", "/api/v1/signups", { campaign_id, email: victim(), name: "Victim" });
  await api("POST", "/api/v1/signups/referral", { referral_code: referrer.referral_code, email: victim(), name: "V" });
  await join(campaign_id, known);
  await join(asking, victim());
  const joined = (await join(campaign_id, victim())).data;
  const asParticipant = { ...options, headers: { Authorization: `Bearer ${joined.participant_token}` } };
  expect(
    (await call("POST", "/api/widget/invite", { emails: [victim(), victim()] }, asParticipant)).status,
  ).toBeLessThan(300);
  const rows = JSON.stringify([[2, victim(), "Victim", "", "", "", ""]]);
  await page.submit(`/campaigns/${campaign_id}/import/run`, { token: crypto.randomUUID(), rows }, options);
  for (let n = 0; n < 3; n++) await page.submit("/team/invitations", { email: victim(), role: "owner" }, options);
  await page.submit(`/campaigns/${campaign_id}/mail/test`, { kind: "entry" }, options);
  await call("POST", "/api/v1/auth/password-reset", { email: victim() }, options);
  await api("DELETE", `/api/v1/campaigns/${asking}`);
  return { victims, campaign_id };
}

/** Delivers everything due, including what the sweep finds. @returns the recipients */
async function delivered(id: number) {
  const room = mailroom({ id });
  const settings = { ...env, ...PUBLIC };
  await sweep({ db: openDb(env.DB, "first-primary"), env: settings, now: () => new Date() }, emailUse);
  return (await room.deliver(PUBLIC)).map(({ to, from, subject }) => ({ to, from, subject }));
}

describe("a stranger who signs up without proof", () => {
  it("reaches only their own mailbox, with the verification link", async () => {
    const eve = await stranger();
    const { victims } = await play(eve);
    expect(victims.length).toBeGreaterThan(12);
    const sent = await delivered(eve.id);
    expect(sent).toEqual([
      { to: eve.own, from: { name: "Referrals", email: env.MAIL_FROM }, subject: "Confirm your email address" },
    ]);
    const rows = await mailroom({ id: eve.id }).rows();
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(["verify_member", "entry", "twoway_reward", "reward", "magic_link", "invitation"]),
    );
    for (const row of rows.filter(({ kind }) => kind !== "verify_member")) expect(row.status).toBe("pending");
  });

  it("with a verified mailbox still cannot send email from a domain that they do not own", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("", { status: 404 }));
    const eve = await stranger();
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(eve.id).run();
    const { victims } = await play(eve);
    expect((await eve.api("POST", `/api/v1/brands/${eve.brand.id}/verify`)).data.verification.status).toBe("unproven");
    const sent = await delivered(eve.id);
    const others = sent.filter(({ to }) => to !== eve.own);
    // Colleagues: three per run, twenty a day at most, from us, naming the verified address.
    expect(others).toHaveLength(3);
    for (const { to, from, subject } of others) {
      expect(victims).toContain(to);
      expect(from).toEqual({ name: "Referrals", email: env.MAIL_FROM });
      expect(subject).toBe(`${eve.own} invited you to join the team`);
    }
    expect(sent.filter(({ to }) => to === eve.own)).toMatchObject([{ from: { name: "Referrals" } }]);
  });

  it("cannot flood mailboxes by changing their email back and forth", async () => {
    const eve = await stranger();
    const victim = someone();
    const change = (email: string) => eve.page.submit("/account/email", { email, password: PASSWORD }, eve.options);
    for (let n = 0; n < 4; n++) {
      await change(victim.replace("@", `+${n}@`));
      await delivered(eve.id);
    }
    const rows = await mailroom({ id: eve.id }).rows();
    expect(rows.filter(({ kind }) => kind === "email_changed")).toEqual([]);
    expect(rows.filter(({ kind }) => kind === "verify_member").length).toBeLessThanOrEqual(3);
  });

  it("gains no plan capacity by deleting campaigns", async () => {
    const eve = await stranger();
    const first = await eve.add({});
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 500 WHERE campaign_id = ?").bind(first).run();
    await eve.api("DELETE", `/api/v1/campaigns/${first}`);
    const signUp = async (campaign_id: number) =>
      (await eve.api("POST", "/api/v1/signups", { campaign_id, email: someone(), name: "N" })).data.status;
    const second = await eve.add({});
    expect(await signUp(second)).toBe("pending");
    const used = await env.DB.prepare("SELECT sum(places) AS n FROM used_places WHERE member_id = ?")
      .bind(eve.id)
      .first();
    expect(used).toEqual({ n: 500 });
    await env.DB.prepare("UPDATE used_places SET day = '2026-01-01' WHERE member_id = ?").bind(eve.id).run();
    expect(await signUp(second)).toBe("active");
  });
});
