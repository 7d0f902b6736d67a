import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { dailyCap } from "../../src/campaigns/sending/daily-cap";
import { withheldFor } from "../../src/campaigns/sending/may-send";
import { pauseBadSenders } from "../../src/campaigns/sending/quarantine";
import { openDb } from "../../src/lib/db";
import { newCampaign, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { mailroom } from "../support/mailroom";
import { signedIn } from "../support/session";

/** The settings of a public installation. */
const STRICT = { TRUSTED_DOMAINS: "", DEV_MAIL: "" };
const HOUR = 3_600_000;

const proven = {
  is_verified: true,
  member_suspended_at: null,
  sending_paused_at: null,
  domain: "acme.com",
  proven_at: new Date(0),
  brand_suspended_at: null,
};

const set = (table: "members" | "brands", id: number, column: string, value: number | string | null) =>
  env.DB.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).bind(value, id).run();

const prove = (brand: { id: number }) => set("brands", brand.id, "proven_at", Date.now());

/** A campaign with a welcome email, at a public installation. */
async function strict(fields: Record<string, unknown> = {}, member = {}) {
  const campaign = await newCampaign(
    { campaign_entry_subject: "Welcome", ...fields },
    await newMember({ plan_id: 1, ...member }),
  );
  const room = mailroom(campaign.owner);
  return { campaign, room, deliver: (over = {}) => room.deliver({ ...STRICT, ...over }) };
}

describe("the sending policy", () => {
  it("lets a campaign send only if email and domain are proven and nobody has stopped it, and names the reason", () => {
    expect(withheldFor(STRICT, proven)).toBeNull();
    const at = new Date();
    for (const [change, reason] of [
      [{ member_suspended_at: at }, "member_suspended"],
      [{ brand_suspended_at: at }, "brand_suspended"],
      [{ sending_paused_at: at }, "sending_paused"],
      [{ is_verified: false }, "member_unverified"],
      [{ is_verified: null }, "member_unverified"],
      [{ proven_at: null }, "domain_unproven"],
      [{ domain: null }, "domain_unproven"],
    ] as const)
      expect(withheldFor(STRICT, { ...proven, ...change })).toBe(reason);
  });

  it("trusts the domains of a local installation, and no similar ones", () => {
    const local = { TRUSTED_DOMAINS: "example example.com", DEV_MAIL: "on" };
    const reasonOf = (domain: string) => withheldFor(local, { ...proven, is_verified: false, proven_at: null, domain });
    for (const domain of ["acme.example", "example.com", "shop.example.com"]) expect(reasonOf(domain)).toBeNull();
    for (const domain of ["notexample.com", "example.com.evil.net", "acme.com", "example.org"])
      expect(reasonOf(domain)).toBe("domain_unproven");
    expect(withheldFor({ ...local, TRUSTED_DOMAINS: " " }, { ...proven, proven_at: null })).toBe("domain_unproven");
  });
});

describe("emails caused before the proof", () => {
  beforeEach(() => stopClock());

  it.each([
    ["entry", { campaign_entry_subject: "Hi" }],
    ["confirm", { campaign_entry_subject: null, double_opt_in: true }],
  ])("wait with the reason, and are sent with the proof: %s", async (kind, fields) => {
    const { campaign, room, deliver } = await strict(fields, { is_verified: false });
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), name: "Grace" });
    expect(await deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([
      { kind, status: "pending", held_for: "member_unverified", error: null, attempts: 0 },
    ]);
    await set("members", campaign.owner.id, "is_verified", 1);
    await room.skipWaiting();
    expect(await deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "pending", held_for: "domain_unproven" }]);
    await prove(campaign.brand);
    await room.skipWaiting();
    expect(await deliver()).toMatchObject([{ from: { name: campaign.brand.domain } }]);
    expect(await room.rows()).toMatchObject([{ status: "sent", held_for: null, error: null }]);
  });

  it("end with that reason after 72 hours, and the signup stands", async () => {
    const { campaign, room, deliver } = await strict();
    const { data } = await campaign.signUp(someone());
    const added = Date.now();
    await deliver();
    const age = (ms: number) =>
      env.DB.prepare("UPDATE mails SET date_added = ?")
        .bind(added - ms)
        .run();
    for (const hours of [1, 10, 71]) {
      await age(hours * HOUR);
      await room.skipWaiting();
      await deliver();
      const [row] = await room.rows();
      expect(row).toMatchObject({ status: "pending", held_for: "domain_unproven" });
      expect(Number(row?.next_attempt_at)).toBeGreaterThan(Date.now());
      expect(Number(row?.next_attempt_at)).toBeLessThanOrEqual(added - hours * HOUR + 72 * HOUR);
    }
    await age(72 * HOUR);
    await room.skipWaiting();
    expect(await deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "domain_unproven", next_attempt_at: null }]);
    expect((await campaign.owner.get(`/api/v1/participants/${data.id}`)).data.status).toBe("active");
  });

  it("are shown on the campaign, the brand, the participant, and in the API", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({ campaign_entry_subject: "Hi", double_opt_in: true }, ada.member);
    const { data } = await campaign.signUp(someone());
    await mailroom(ada.member).deliver(STRICT);
    const { id, domain } = campaign.brand;
    for (const path of [`/campaigns/${campaign.id}`, `/brands/${id}`])
      expect((await ada.page(path, { env: STRICT })).text).toContain(
        `Emails wait until you prove that ${domain} is yours.`,
      );
    expect((await ada.page(`/campaigns/${campaign.id}`, { env: STRICT })).text).toContain(
      "cannot confirm their email address",
    );
    expect((await ada.page(`/brands/${id}/settings`, { env: STRICT })).text).toContain(`_referrals.${domain}`);
    expect((await ada.page(`/participants/${data.id}`, { env: STRICT })).text).toContain("domain is not verified");
    const shown = (await ada.member.get(`/api/v1/brands/${id}`, { env: STRICT })).data;
    expect(shown.sending).toEqual({ allowed: false, reason: "domain_unproven" });
    expect(shown.verification).toMatchObject({ status: "unproven", method: null, proven_at: null });
    expect((await ada.member.get(`/api/v1/brands/${id}`)).data.sending).toEqual({ allowed: true, reason: null });
  });

  it("do not delay a member's test to themselves, with us as the sender", async () => {
    const ada = await signedIn();
    const campaign = await newCampaign({}, ada.member);
    await ada.submit(`/campaigns/${campaign.id}/mail/test`, { kind: "entry" }, { env: STRICT });
    const taken = await mailroom(ada.member).deliver(STRICT);
    expect(taken).toMatchObject([{ to: ada.member.email, from: { name: "Referrals" } }]);
  });
});

describe("limits for new accounts", () => {
  beforeEach(() => stopClock());
  const cap = (days: number, is_paid: boolean, ceiling = "5000") =>
    dailyCap({ MAIL_PER_DAY: ceiling }, { date_signedup: new Date(0), is_paid }, new Date(days * 24 * HOUR));

  it("grow with the account's age and its plan, up to the installation's", () => {
    expect([0, 2.9, 3, 14, 60].map((days) => cap(days, false))).toEqual([100, 100, 300, 1000, 2500]);
    expect([0, 3, 14].map((days) => cap(days, true))).toEqual([1000, 2500, 5000]);
    expect(cap(90, false, "50")).toBe(50);
    expect(cap(90, true, "")).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("hold a new free account to its number, whatever the installation allows", async () => {
    const { campaign, room, deliver } = await strict();
    await prove(campaign.brand);
    const day = new Date().toISOString().slice(0, 10);
    await env.DB.prepare("INSERT INTO mail_days (member_id, day, mails) VALUES (?, ?, 99)")
      .bind(campaign.owner.id, day)
      .run();
    for (let n = 0; n < 3; n++) await campaign.signUp(someone());
    expect(await deliver()).toHaveLength(1);
    expect((await room.rows()).map(({ error }) => error)).toEqual([null, "capped", "capped"]);
  });

  it("count a mailbox over all senders and all its spellings", async () => {
    const name = crypto.randomUUID().replaceAll("-", "");
    const taken: string[] = [];
    for (let sender = 0; sender < 4; sender++) {
      const { campaign, deliver } = await strict();
      await prove(campaign.brand);
      for (let n = 0; n < 7; n++) await campaign.signUp(`${name.slice(0, n + 1)}.${name.slice(n + 1)}+${n}@gmail.com`);
      taken.push(...(await deliver()).map(({ to }) => String(to)));
    }
    expect(taken).toHaveLength(20);
  });

  it("let few account emails reach an unverified mailbox, and always those of a verified one", async () => {
    const victim = `${crypto.randomUUID()}@gmail.com`;
    const taken: unknown[] = [];
    for (let n = 0; n < 9; n++) {
      const member = await newMember({ is_verified: false });
      await set("members", member.id, "email", victim.replace("@", `+${n}@`));
      await member.post("/api/v1/auth/verification", undefined);
      taken.push(...(await mailroom(member).deliver()));
    }
    expect(taken).toHaveLength(6);
    const owner = await newMember();
    await set("members", owner.id, "email", victim);
    await call("POST", "/api/v1/auth/password-reset", { email: victim });
    expect(await mailroom(owner).deliver()).toHaveLength(1);
  });
});

describe("the quarantine", () => {
  const record = async (memberId: number, mails: number, bounces: number, complaints: number) => {
    const day = new Date().toISOString().slice(0, 10);
    await env.DB.prepare(
      "INSERT OR REPLACE INTO mail_days (member_id, day, mails, bounces, complaints) VALUES (?, ?, ?, ?, ?)",
    )
      .bind(memberId, day, mails, bounces, complaints)
      .run();
    const db = openDb(env.DB, "first-primary");
    const id = crypto.randomUUID();
    await env.DB.prepare(
      "INSERT INTO mails (cause, kind, member_id, campaign_id, origin, status, provider_id, date_added) VALUES (?1, 'entry', ?2, 1, '', 'sent', ?1, 1)",
    )
      .bind(id, memberId)
      .run();
    await db.batch([pauseBadSenders(db, [id], new Date())]);
    const row = await env.DB.prepare("SELECT sending_paused_at AS at FROM members WHERE id = ?")
      .bind(memberId)
      .first<{ at: number | null }>();
    return row?.at !== null;
  };

  it.each([
    [49, 49, 49, false],
    [100, 5, 1, false],
    [60, 3, 0, false],
    [100, 6, 0, true],
    [50, 3, 0, true],
    [2000, 0, 2, false],
    [1999, 0, 2, true],
    [500, 0, 1, false],
  ])("with %i emails, %i bounces, and %i complaints: %s", async (mails, bounces, complaints, isPaused) => {
    const member = await newMember();
    expect(await record(member.id, mails, bounces, complaints)).toBe(isPaused);
  });

  it("holds campaign email until the operator resumes it, and then starts over", async () => {
    const { campaign, room, deliver } = await strict();
    await prove(campaign.brand);
    await record(campaign.owner.id, 90, 9, 0);
    await campaign.signUp(someone());
    expect(await deliver()).toEqual([]);
    expect((await room.rows()).filter(({ kind }) => kind === "entry").at(-1)).toMatchObject({
      held_for: "sending_paused",
    });
    const operator = { headers: { Authorization: "Bearer test-operator-token" } };
    const path = `/api/v1/operator/members/${campaign.owner.id}/sending-pause`;
    expect((await call("DELETE", path, undefined, operator)).data).toMatchObject({ sending_paused_at: null });
    expect(await deliver()).toHaveLength(1);
    expect(await record(campaign.owner.id, 90, 0, 0)).toBe(false);
    expect((await call("GET", "/api/v1/operator/senders", undefined, operator)).data.senders).toContainEqual(
      expect.objectContaining({ member_id: campaign.owner.id, bounces: 0, sending_paused_at: null }),
    );
  });
});
