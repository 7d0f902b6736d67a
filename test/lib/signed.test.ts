import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { memberLink, readLink, stateOf } from "../../src/accounts/account-link";
import { joinLink, readJoin } from "../../src/accounts/team/invitation-link";
import { isOperatorSession, operatorSession } from "../../src/dashboard/doors/operator-session";
import { readUnsubscribe, unsubscribeUrl } from "../../src/delivery/email/unsubscribe-link";
import { readCode, referralCode } from "../../src/ledger/records/referral-code";
import type { Env } from "../../src/lib/env";
import { keyedHash, type Purpose } from "../../src/lib/keyed-hash";
import { ID, type Kind, readToken, signToken } from "../../src/lib/signed";
import { confirmationToken, readConfirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { formState, formToken } from "../../src/visitors/bots/form-token";

const [MINUTE, DAY] = [60_000, 86_400_000];
const issued = new Date("2026-03-01T12:00:00Z");
const later = (ms: number) => new Date(issued.getTime() + ms);
const lastPart = (url: string) => url.split("/").at(-1) ?? "";

const who = { campaign_id: 42, participant_id: 7 };
const invitation = { id: 7, account_id: 42, email: "ada@example.com" };
const known = { id: 7, email: "ada@example.com", password_hash: "scrypt$1" };
const member = { origin: "", member: known, issued };
const hash = await keyedHash("secret", "recipient", "42:ada@example.com");

type Sort = {
  issue: (env: Env) => Promise<string>;
  opens: (env: Env, token: string, now: Date) => Promise<boolean>;
  lifetimeMs: number;
};
/** Every token we sign, by the function that issues it and the one that reads it. */
const sorts: Record<string, Sort> = {
  "a referral code": {
    issue: (env) => referralCode(env, { ...who, social_type: 1 }),
    opens: async (env, token) => (await readCode(env, token).catch(() => null))?.is_signed ?? false,
    lifetimeMs: Number.POSITIVE_INFINITY,
  },
  "a form": {
    issue: (env) => formToken(env, 42, issued),
    opens: async (env, token, now) => (await formState(env, 42, token, now)) !== "stale",
    lifetimeMs: DAY,
  },
  "a confirmation": {
    issue: (env) => confirmationToken(env, who, issued),
    opens: async (env, token, now) => (await readConfirmationToken(env, token, now)) !== null,
    lifetimeMs: 7 * DAY,
  },
  "an unsubscribe link": {
    issue: async (env) => lastPart(await unsubscribeUrl(env, "", 42, hash, issued)),
    opens: async (env, token, now) => (await readUnsubscribe(env, token, now)) !== null,
    lifetimeMs: Number.POSITIVE_INFINITY,
  },
  "a verification": {
    issue: async (env) => lastPart(await memberLink(env, "verify", member)),
    opens: async (env, token, now) =>
      (await readLink(env, "verify", token, now)?.isRight(stateOf("verify", known))) ?? false,
    lifetimeMs: 7 * DAY,
  },
  "a password reset": {
    issue: async (env) => lastPart(await memberLink(env, "reset-password", member)),
    opens: async (env, token, now) =>
      (await readLink(env, "reset-password", token, now)?.isRight(stateOf("reset-password", known))) ?? false,
    lifetimeMs: 60 * MINUTE,
  },
  "an invitation": {
    issue: async (env) => lastPart(await joinLink(env, { origin: "", invitation, issued })),
    opens: async (env, token, now) => (await readJoin(env, token, now)?.isOf(invitation)) ?? false,
    lifetimeMs: 7 * DAY,
  },
  "an operator's session": {
    issue: (env) => operatorSession(env, issued),
    opens: isOperatorSession,
    lifetimeMs: 60 * MINUTE,
  },
};

/** The token with each bit of its text flipped. */
const flipped = (token: string) =>
  Array.from({ length: token.length * 7 }, (_, bit) => {
    const at = Math.floor(bit / 7);
    return token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << (bit % 7))) + token.slice(at + 1);
  });

describe.each(Object.entries(sorts))("%s", (name, { issue, opens, lifetimeMs }) => {
  it("is accepted if we issued it", async () => {
    expect(await opens(env, await issue(env), later(MINUTE))).toBe(true);
  });

  it("is refused with any bit flipped, shortened, or lengthened", async () => {
    const token = await issue(env);
    for (const other of [...flipped(token), token.slice(0, -1), `${token}A`, "", "."])
      expect(await opens(env, other, later(MINUTE)), JSON.stringify(other)).toBe(false);
  });

  it("expires at the end of its lifetime", async () => {
    const token = await issue(env);
    const [last, after] = Number.isFinite(lifetimeMs) ? [lifetimeMs, lifetimeMs + 1] : [36_500 * DAY, null];
    expect(await opens(env, token, later(last))).toBe(true);
    if (after !== null) expect(await opens(env, token, later(after))).toBe(false);
  });

  it("is refused under another secret", async () => {
    const others = { JWT_SECRET: "another", CODE_SECRET: "another", SEAL_SECRET: "another", OPERATOR_TOKEN: "another" };
    expect(await opens({ ...env, ...others }, await issue(env), later(MINUTE))).toBe(false);
  });

  it("is still accepted while its secret is the previous one", async () => {
    const token = await issue(env);
    const next = { JWT_SECRET: "another", CODE_SECRET: "another" };
    const previous = { JWT_SECRET_PREVIOUS: env.JWT_SECRET, CODE_SECRET_PREVIOUS: env.CODE_SECRET };
    expect(await opens({ ...env, ...next, ...previous }, token, later(MINUTE))).toBe(true);
    const wrong = { JWT_SECRET_PREVIOUS: "third", CODE_SECRET_PREVIOUS: "third" };
    const isOfThem = !(await opens({ ...env, ...next }, token, later(MINUTE)));
    expect(await opens({ ...env, ...next, ...wrong }, token, later(MINUTE))).toBe(!isOfThem);
  });

  it("opens nothing else", async () => {
    const token = await issue(env);
    for (const [other, { opens }] of Object.entries(sorts))
      if (other !== name) expect(await opens(env, token, later(MINUTE)), other).toBe(false);
  });
});

const purposes: Record<Purpose, true> = {
  "api-key": true,
  referral: true,
  form: true,
  "sent-form": true,
  confirm: true,
  report: true,
  unsubscribe: true,
  notification: true,
  verify: true,
  "reset-password": true,
  "team/join": true,
  domain: true,
  host: true,
  registration: true,
  operator: true,
  address: true,
  visitor: true,
  credit: true,
  recipient: true,
  mailbox: true,
  person: true,
  place: true,
  limit: true,
  "sign-in-place": true,
  "second-factor": true,
  "recovery-code": true,
  "agent-confirm": true,
};

describe.each(Object.keys(purposes) as Purpose[])("a token signed for the purpose %s", (purpose) => {
  const kind = (purpose: Purpose): Kind => ({ purpose, secret: "CODE_SECRET", parts: [ID], lifetimeMs: DAY });
  const sign = () => signToken(env, kind(purpose), { parts: [42], issued, state: "x" });

  it("is refused for every other purpose, and without its state", async () => {
    const token = await sign();
    for (const other of Object.keys(purposes) as Purpose[])
      expect((await readToken(env, kind(other), token, issued, "x")) !== null, other).toBe(other === purpose);
    for (const state of [undefined, "", "y", "x:"])
      expect(await readToken(env, kind(purpose), token, issued, state)).toBeNull();
  });

  it("has a purpose without the separating colon", () => expect(purpose).not.toContain(":"));
});
