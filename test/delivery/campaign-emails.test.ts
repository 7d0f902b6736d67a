import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sendMails } from "../../src/delivery/email/email-round";
import { RETRY_DELAYS_MS } from "../../src/delivery/email/email-schedule";
import { emailUse } from "../../src/delivery/email/email-use";
import { openDb } from "../../src/lib/db";
import { disabledWebhookMails } from "../../src/outbox/emails/email";
import { retried } from "../../src/outbox/outcome";
import { sweep } from "../../src/outbox/sweep";
import { textsOf } from "../../src/texts/text";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { stopClock } from "../support/clock";
import { withBindings } from "../support/ledger";
import { mailroom, providerThat } from "../support/mailroom";
import { faultyDb } from "../support/outside";

const TEXTS = {
  campaign_entry_subject: "Welcome to {{campaign_name}}",
  campaign_entry_message: "Hello {{name}}, share {{referral_url}}",
  reward_notify_subject: "You earned {{reward}}",
  reward_notify_message: "Here it is: {{reward}}",
  twoway_reward_notify_subject: "A gift",
  twoway_reward_notify_message: "Yours: {{reward}}",
};

/** A campaign that welcomes people, and its mailroom. */
async function welcoming(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({
    campaign_entry_subject: "Welcome to {{campaign_name}}",
    default_emails: [],
    ...fields,
  });
  return { campaign, room: mailroom(campaign.owner) };
}

const joinByWidget = (campaign: { id: number }, email: string, more: object = {}) =>
  call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, ...more });

/** A new participant's token. */
async function insider(campaign: TestCampaign, name = "Ada") {
  const { data } = await joinByWidget(campaign, someone(), { name });
  return {
    ...data,
    invite: (...emails: string[]) =>
      call(
        "POST",
        "/api/widget/invite",
        { emails },
        { headers: { Authorization: `Bearer ${data.participant_token}` } },
      ),
  };
}

const jobs = (over: Partial<typeof env> = {}) => {
  const settings = { ...env, ...over };
  return { db: openDb(settings.DB, "first-primary"), env: settings, now: () => new Date() };
};
const pathIn = (text: string | undefined, start: string) =>
  text?.match(new RegExp(`https://referrals\\.test(${start}[^\\s)>]+)`))?.[1] ?? "";
const unsubscribePath = (headers: Record<string, string> | undefined) =>
  pathIn(headers?.["List-Unsubscribe"], "/unsubscribe/");

describe("a campaign's activity", () => {
  it("sends a welcome if the campaign has one, and otherwise nothing", async () => {
    const { campaign, room } = await welcoming();
    const silent = await newCampaign({}, campaign.owner);
    const email = someone();
    await campaign.signUp(email);
    await silent.signUp(someone());
    const [mail, ...others] = await room.deliver();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: email,
      from: { email: "mail@referrals.test", name: campaign.brand.domain },
      subject: "Welcome to Test",
      headers: {
        "List-Unsubscribe": expect.stringMatching(/^<https:\/\/referrals\.test\/unsubscribe\/[\w.-]+>$/),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    });
    expect(await room.rows()).toMatchObject([{ kind: "entry", status: "sent", attempts: 1, error: null }]);
  });

  it("emails both sides about their rewards once there is a code, however often codes come", async () => {
    const { campaign, room } = await welcoming({ ...TEXTS, reward_invited: true });
    const [ada, grace] = [someone(), someone()];
    const { data } = await campaign.signUp(ada);
    await campaign.refer(data.referral_code, grace);
    expect((await room.deliver()).map(({ to, subject }) => [to, subject])).toEqual([
      [ada, "Welcome to Test"],
      [grace, "Welcome to Test"],
    ]);
    const codes = someCodes(2);
    await campaign.upload(codes);
    await campaign.upload(someCodes(2));
    const told = (await room.deliver()).slice(2);
    expect(told.map(({ to }) => to).sort()).toEqual([ada, grace].sort());
    expect(told.map(({ subject }) => subject).sort()).toEqual(["A gift", expect.stringMatching(/^You earned \S+-\d$/)]);
    expect(told.every(({ text }) => codes.some((code) => text?.includes(code)))).toBe(true);
  });

  it("emails about a reward at once if a code is available, and about cash when it is paid, once", async () => {
    const { campaign, room } = await welcoming({
      reward_notify_message: "You get {{reward}}",
      campaign_entry_subject: null,
    });
    await campaign.upload(someCodes(1));
    const { data } = await campaign.signUp(someone());
    await campaign.refer(data.referral_code, someone());
    expect(await room.deliver()).toHaveLength(1);

    const cash = await newCampaign({ reward_type: 5, reward_notify_message: "You get {{reward}}" }, campaign.owner);
    await campaign.owner.put(`/api/v1/campaigns/${cash.id}/reward`, { cash_value: 12.5 });
    const referrer = (await cash.signUp(someone())).data;
    const { reward } = (await cash.refer(referrer.referral_code, someone())).data;
    expect(await room.deliver()).toHaveLength(1);
    for (let n = 0; n < 2; n++) await campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status: "fulfilled" });
    expect((await room.deliver())[1]?.text).toContain("You get $12.50");
    expect(room.taken).toHaveLength(2);
  });

  it("emails about a reward for visits", async () => {
    const { campaign, room } = await welcoming({
      campaign_entry_subject: null,
      goal_type: "visit",
      num_visits: 1,
      reward_type: 3,
      reward: { custom_message: "Free coffee" },
      reward_notify_subject: "Earned",
    });
    const { data } = await campaign.signUp(someone());
    const headers = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537.36" };
    await call("GET", `/t/${data.referral_code}`, undefined, { headers });
    await vi.waitFor(async () => expect(await room.rows()).toHaveLength(1), { timeout: 600_000, interval: 100 });
    expect(await room.deliver()).toMatchObject([{ subject: "Earned", text: expect.stringContaining("Free coffee") }]);
  });

  it("welcomes a pending participant when they are admitted, but not one who was blocked and unblocked", async () => {
    const { campaign, room } = await welcoming();
    const { data } = await campaign.signUp(someone());
    await env.DB.prepare("UPDATE participants SET status = 'pending' WHERE id = ?").bind(data.id).run();
    await env.DB.prepare("DELETE FROM mails WHERE participant_id = ?").bind(data.id).run();
    const set = (status: string) => campaign.owner.patch(`/api/v1/participants/${data.id}`, { status });
    await set("active");
    expect(await room.rows()).toHaveLength(1);
    await env.DB.prepare("DELETE FROM mails WHERE participant_id = ?").bind(data.id).run();
    for (const status of ["blocked", "active", "pending", "active"]) await set(status);
    expect(await room.rows()).toEqual([]);
  });

  it("emails once if the ledger repeats its transaction after a lost response", async () => {
    const { campaign, room } = await welcoming({ ...TEXTS, reward_invited: true });
    await campaign.upload(someCodes(1));
    const DB = faultyDb(async (call, run) => {
      const results = await run();
      if (call % 2 === 1) throw new Error("D1_ERROR: Network connection lost.");
      return results;
    });
    const heal = await withBindings(campaign.id, { DB });
    const { data } = await campaign.signUp(someone());
    expect((await campaign.refer(data.referral_code, someone())).status).toBe(201);
    await campaign.upload(someCodes(1));
    await heal();
    expect((await room.rows()).map(({ kind }) => kind).sort()).toEqual(["entry", "entry", "reward", "twoway_reward"]);
  });

  it("emails once if people repeat themselves, or the queue does", async () => {
    const { campaign, room } = await welcoming();
    const email = someone();
    await Promise.all(Array.from({ length: 3 }, () => campaign.signUp(email)));
    const [row, ...others] = await room.rows();
    expect(others).toEqual([]);
    const id = row?.id ?? 0;
    await Promise.all([room.hand([id, id]), room.hand([id]), room.hand([id])]);
    await room.hand([id]);
    expect(room.taken).toHaveLength(1);
  });
});

describe("a known participant who signs up again", () => {
  it("gets a link to their page, at most three a day, with the same response that any program gets", async () => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null });
    const email = someone();
    await campaign.signUp(email);
    for (let n = 0; n < 5; n++) expect((await joinByWidget(campaign, email)).data).toEqual({ already_joined: true });
    const [mail] = await room.deliver();
    expect(room.taken).toHaveLength(3);
    expect(mail?.to).toBe(email);
    expect((await call("GET", pathIn(mail?.text, "/status/"))).status).toBe(200);
  });

  it("gets none if they are blocked", async () => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null });
    const email = someone();
    const { data } = await campaign.signUp(email);
    await campaign.owner.patch(`/api/v1/participants/${data.id}`, { status: "blocked" });
    expect((await joinByWidget(campaign, email)).data).toEqual({ already_joined: true });
    expect(await room.rows()).toEqual([]);
  });
});

describe("invitations", () => {
  it("reach the friend with the inviter's name, and signing up by their link marks them", async () => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null, allow_email: true });
    const ada = await insider(campaign);
    const friend = someone();
    expect((await ada.invite(friend, friend)).data).toEqual({ accepted: 1 });
    const [mail, ...others] = await room.deliver();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: friend, headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } });
    expect(`${mail?.subject} ${mail?.text}`).toContain("Ada");

    const click = await call("GET", pathIn(mail?.text, "/t/"));
    const ref = new URL(click.headers.get("Location") ?? "").searchParams.get("ref");
    await joinByWidget(campaign, friend, { ref });
    const invitations = await env.DB.prepare("SELECT has_signedup FROM invitations WHERE campaign_id = ?")
      .bind(campaign.id)
      .all();
    expect(invitations.results).toEqual([{ has_signedup: 1 }]);
    const [joined] = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data.participants;
    expect(joined).toMatchObject({ email: friend, invited_social: 4 });
  });

  it("are not sent to participants, to capped recipients, or twice by the same person", async () => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null, allow_email: true });
    const [ada, known, friend] = [await insider(campaign), someone(), someone()];
    await campaign.signUp(known);
    for (let n = 0; n < 2; n++) await ada.invite(known, friend);
    for (let n = 0; n < 4; n++) await (await insider(campaign, `N${n}`)).invite(friend);
    expect((await room.deliver()).map(({ to }) => to)).toEqual([friend, friend, friend]);
  });

  it("are not sent to a friend who joined in the meantime", async () => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null, allow_email: true });
    const ada = await insider(campaign);
    const friend = someone();
    await ada.invite(friend);
    await env.DB.prepare("UPDATE invitations SET has_signedup = 1 WHERE campaign_id = ?").bind(campaign.id).run();
    expect(await room.deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "suppressed", error: "joined_already" }]);
  });
});

describe("a provider that", () => {
  it("refuses is retried on the schedule until it accepts the email, once", async () => {
    stopClock();
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const refuses = providerThat(async () => {
      throw new Error("E_LIMIT for somebody@example.com");
    });
    for (const [n, delay] of RETRY_DELAYS_MS.entries()) {
      const before = Date.now();
      await room.deliver(refuses);
      const [row] = await room.rows();
      expect(row).toMatchObject({ status: "pending", attempts: n + 1, error: "refused" });
      const waits = (row?.next_attempt_at ?? 0) - before;
      expect(waits).toBeGreaterThanOrEqual(delay * 0.79);
      expect(waits).toBeLessThanOrEqual(delay * 1.21);
      await room.deliver(refuses);
      expect((await room.rows())[0]?.attempts).toBe(n + 1);
      await room.skipWaiting();
    }
    await room.deliver();
    await room.skipWaiting();
    await room.deliver();
    expect(room.taken).toHaveLength(1);
    expect(await room.rows()).toMatchObject([{ status: "sent", attempts: RETRY_DELAYS_MS.length + 1 }]);
  });

  it("refuses to the end is not tried again", async () => {
    expect(RETRY_DELAYS_MS.map((ms) => ms / 60_000)).toEqual([1, 5, 30, 120, 480, 1440]);
    expect(retried(RETRY_DELAYS_MS, 7, new Date()).status).toBe("failed");
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    await env.DB.prepare("UPDATE mails SET attempts = 6 WHERE member_id = ?").bind(campaign.owner.id).run();
    await room.deliver(
      providerThat(async () => {
        throw Object.assign(new Error("no"), { code: "E_RECIPIENT_NOT_ALLOWED" });
      }),
    );
    expect(await room.rows()).toMatchObject([{ status: "failed", attempts: 7, error: "E_RECIPIENT_NOT_ALLOWED" }]);
  });

  it("loses the connection may have sent the email: it is not tried again", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    await room.deliver(
      providerThat(async () => {
        throw new Error("Network connection lost.");
      }),
    );
    await room.deliver();
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "connection_lost" }]);
    expect(room.taken).toEqual([]);
  });

  it("is missing, or has no sender address, fails emails with a reason and stops nothing else", async () => {
    const { campaign, room } = await welcoming();
    for (const off of [{ EMAIL: undefined }, { MAIL_FROM: "" }]) {
      expect((await campaign.signUp(someone())).status).toBe(201);
      await room.deliver(off);
    }
    expect(await room.rows()).toMatchObject([
      { status: "failed", error: "mail_off" },
      { status: "failed", error: "mail_off" },
    ]);
  });

  it("fails for one email does not delay the others of the round", async () => {
    const { campaign, room } = await welcoming();
    const [bad, good] = [someone(), someone()];
    for (const email of [bad, good]) await campaign.signUp(email);
    await room.deliver(
      providerThat(async ({ to }) => {
        if (to === bad) throw new Error("no");
      }),
    );
    expect(await room.rows()).toMatchObject([{ status: "pending" }, { status: "sent" }]);
  });
});

describe("a crash", () => {
  const crash = () => Promise.reject(new Error("killed"));
  /** One round with a database that dies at its n-th call, before or after it took effect. */
  async function roundThatDies(at: number, isAfter: boolean, member: { id: number }, ids: number[]) {
    const room = mailroom(member);
    const db = faultyDb(async (call, run) => {
      if (call < at) return run();
      if (isAfter && call === at) await run();
      return crash();
    });
    await room.hand(ids, { DB: db });
    return room.taken;
  }

  it("before the email is released loses nothing: it is sent after the lease ends", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const ids = (await room.rows()).map(({ id }) => id);
    expect(await roundThatDies(1, true, campaign.owner, ids)).toEqual([]);
    expect(await room.deliver()).toEqual([]);
    await room.skipWaiting();
    expect(await room.deliver()).toHaveLength(1);
  });

  it("between sending and recording sends nothing twice: the email fails with that reason", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const ids = (await room.rows()).map(({ id }) => id);
    expect(await roundThatDies(3, false, campaign.owner, ids)).toHaveLength(1);
    expect(await room.rows()).toMatchObject([{ status: "sending" }]);
    await room.deliver();
    await sweep(jobs(), emailUse);
    expect(await room.rows()).toMatchObject([{ status: "sending" }]);
    await room.skipWaiting();
    await room.deliver();
    await sweep(jobs(), emailUse);
    await room.deliver();
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "outcome_unknown" }]);
    expect(room.taken).toEqual([]);
  });

  it("after the release with a lost response is checked again, and the email is sent once", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const ids = (await room.rows()).map(({ id }) => id);
    const db = faultyDb(async (call, run) => {
      const results = await run();
      if (call === 2) throw new Error("D1_ERROR: Network connection lost.");
      return results;
    });
    await room.hand(ids, { DB: db });
    expect(room.taken).toHaveLength(1);
    expect(await room.rows()).toMatchObject([{ status: "sent" }]);
  });

  it("that loses the queue's message is made up for by the sweep", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const [row] = await room.rows();
    await env.DB.prepare("UPDATE mails SET hinted_until = 0 WHERE id = ?")
      .bind(row?.id ?? 0)
      .run();
    const sent: unknown[] = [];
    const MAILS = { sendBatch: async (batch: unknown[]) => void sent.push(...batch) } as unknown as typeof env.MAILS;
    await sweep(jobs({ MAILS }), emailUse);
    expect(JSON.stringify(sent)).toContain(String(row?.id));
    const again = sent.length;
    await sweep(jobs({ MAILS }), emailUse);
    expect(sent).toHaveLength(again);
  });
});

describe("an email's language", () => {
  const inLanguage = (tag: string) => ({ headers: { "Accept-Language": tag } });
  const speaking = async (language: string) => {
    const { campaign, room } = await welcoming({ campaign_entry_subject: null, campaign_entry_message: "x" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language });
    return { campaign, room };
  };

  it("is that of the reader's browser when they joined, if the campaign uses each visitor's", async () => {
    const { campaign, room } = await speaking("auto");
    const [ada, grace, linus] = [someone(), someone(), someone()];
    const join = (email: string, tag: string) =>
      call("POST", "/api/widget/signup", { campaign_id: campaign.id, email }, inLanguage(tag));
    await join(ada, "de-AT,de;q=0.9,en;q=0.5");
    await call("POST", `/widget/${campaign.id}/embed`, new URLSearchParams({ email: grace }).toString(), {
      headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "sv,fr;q=0.8" },
    });
    await campaign.signUp(linus);
    const subjects = Object.fromEntries((await room.deliver()).map(({ to, subject }) => [String(to), subject]));
    expect(subjects).toEqual({
      [ada]: textsOf("de").mail_entry_subject,
      [grace]: textsOf("fr").mail_entry_subject,
      [linus]: textsOf("en").mail_entry_subject,
    });
  });

  it("is the campaign's own if it has one, whatever the browser's", async () => {
    const { campaign, room } = await speaking("es");
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone() }, inLanguage("de"));
    expect((await room.deliver())[0]?.subject).toBe(textsOf("es").mail_entry_subject);
  });

  it("is erased with the participant", async () => {
    const { campaign } = await speaking("auto");
    const email = someone();
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email }, inLanguage("de"));
    const read = () =>
      env.DB.prepare("SELECT id, language FROM participants WHERE campaign_id = ?").bind(campaign.id).first<{
        id: number;
        language: string | null;
      }>();
    const before = await read();
    expect(before?.language).toBe("de");
    expect((await campaign.owner.delete(`/api/v1/participants/${before?.id}`)).status).toBe(200);
    expect((await read())?.language).toBeNull();
  });
});

describe("a person who unsubscribes", () => {
  it("gets only requested emails from that member's campaigns, and other members' emails as before", async () => {
    const { campaign, room } = await welcoming({ ...TEXTS, allow_email: true });
    const email = someone();
    await campaign.signUp(email);
    const path = unsubscribePath((await room.deliver())[0]?.headers);

    const page = await call("GET", path);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<form method="post">') });
    const second = await newCampaign(TEXTS, campaign.owner);
    await second.signUp(email);
    expect(await room.deliver()).toHaveLength(2);

    const oneClick = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    for (let n = 0; n < 2; n++)
      expect((await call("POST", path, "List-Unsubscribe=One-Click", oneClick)).status).toBe(200);

    const third = await newCampaign({ ...TEXTS, allow_email: true }, campaign.owner);
    await (await insider(third)).invite(email);
    await third.signUp(email);
    await joinByWidget(third, email);
    const others = (await room.deliver()).slice(2).filter(({ to }) => to === email);
    expect((await room.rows()).filter(({ error }) => error === "unsubscribed").map(({ kind }) => kind)).toEqual([
      "invitation",
      "entry",
    ]);
    expect(others).toHaveLength(1);
    expect(others[0]?.text).toContain("/status/");

    const stranger = await welcoming();
    await stranger.campaign.signUp(email);
    expect(await stranger.room.deliver()).toHaveLength(1);
  });

  it("needs our link: any other is a 404 in the visitor's language, and changes nothing", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const path = unsubscribePath((await room.deliver())[0]?.headers);
    const foreign = path.replace(/\/(\d+)\./, `/${campaign.owner.id + 1}.`);
    for (const bad of [foreign, path.slice(0, -1), `${path}a`, "/unsubscribe/x", "/unsubscribe/1..a"])
      for (const method of ["GET", "POST"]) {
        const answer = await call(method, bad, undefined, { headers: { "Accept-Language": "de" } });
        expect(answer, bad).toMatchObject({
          status: 404,
          text: expect.stringContaining("Dieser Link funktioniert nicht"),
        });
      }
    const count = await env.DB.prepare("SELECT count(*) AS n FROM suppressions WHERE member_id IN (?, ?)")
      .bind(campaign.owner.id, campaign.owner.id + 1)
      .first();
    expect(count).toEqual({ n: 0 });
  });

  it("is stored without their address, and their link does not reveal it", async () => {
    const { campaign, room } = await welcoming();
    const email = someone();
    await campaign.signUp(email);
    const path = unsubscribePath((await room.deliver())[0]?.headers);
    await call("POST", path);
    const rows = await env.DB.prepare("SELECT * FROM suppressions WHERE member_id = ?").bind(campaign.owner.id).all();
    for (const text of [
      path,
      atob(path.split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? ""),
      JSON.stringify(rows.results),
    ])
      expect(text).not.toContain(email.split("@")[0]);
  });
});

describe("caps", () => {
  beforeEach(() => stopClock());

  it("hold back emails beyond ten a day to one address until tomorrow, over all campaigns of the member", async () => {
    const { campaign, room } = await welcoming();
    const email = someone();
    await campaign.signUp(email);
    for (let n = 0; n < 11; n++)
      await (await newCampaign({ campaign_entry_subject: "Hi" }, campaign.owner)).signUp(email);
    await campaign.signUp(someone());
    await room.deliver();
    expect(room.taken.filter(({ to }) => to === email)).toHaveLength(10);
    expect(room.taken).toHaveLength(11);
    const held = (await room.rows()).filter(({ status }) => status === "pending");
    const tomorrow = Math.ceil((Date.now() + 1) / 86_400_000) * 86_400_000;
    expect(held).toMatchObject([
      { error: "capped", next_attempt_at: tomorrow, attempts: 0 },
      { error: "capped", next_attempt_at: tomorrow, attempts: 0 },
    ]);
    await env.DB.prepare("UPDATE mails SET date_tried = date_tried - 86400000 WHERE member_id = ?")
      .bind(campaign.owner.id)
      .run();
    await room.skipWaiting();
    await room.deliver();
    expect(room.taken).toHaveLength(13);
  });

  it("hold back emails beyond the member's daily limit, but never their own email", async () => {
    const { campaign, room } = await welcoming();
    for (let n = 0; n < 4; n++) {
      await campaign.signUp(someone());
      if (n < 2) await room.deliver({ MAIL_PER_DAY: "3" });
    }
    await call("POST", "/api/v1/auth/password-reset", { email: campaign.owner.email });
    await room.deliver({ MAIL_PER_DAY: "3" });
    expect(room.taken).toHaveLength(4);
    expect(room.taken.filter(({ to }) => to === campaign.owner.email)).toHaveLength(1);
    await campaign.signUp(someone());
    await room.deliver({ MAIL_PER_DAY: "3" });
    expect((await room.rows()).filter(({ error }) => error === "capped")).toHaveLength(2);
    await env.DB.prepare("UPDATE mail_days SET day = '2026-01-01' WHERE member_id = ?").bind(campaign.owner.id).run();
    await room.skipWaiting();
    await room.deliver({ MAIL_PER_DAY: "3" });
    expect(room.taken).toHaveLength(6);
    const days = await env.DB.prepare("SELECT mails FROM mail_days WHERE member_id = ?").bind(campaign.owner.id).all();
    expect(days.results).toEqual([{ mails: 2 }]);
  });

  it("do not keep an email waiting until it is useless", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    await env.DB.prepare(
      "UPDATE mails SET date_added = date_added - 8 * 86400000, error = 'capped' WHERE member_id = ?",
    )
      .bind(campaign.owner.id)
      .run();
    expect(await room.deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "capped" }]);
  });
});

describe("an erased person", () => {
  it("gets and leaves no email, neither as a participant nor as an invited friend", async () => {
    const { campaign, room } = await welcoming({ allow_email: true });
    const other = await insider(campaign, "Other");
    const email = someone();
    await other.invite(email);
    const { data } = await campaign.signUp(email);
    await joinByWidget(campaign, email);
    expect((await room.rows()).map(({ kind }) => kind)).toEqual(["entry", "invitation", "entry", "magic_link"]);
    await campaign.owner.delete(`/api/v1/participants/${data.id}`);
    expect((await room.rows()).map(({ kind }) => kind)).toEqual(["entry"]);
    expect((await room.deliver()).filter(({ to }) => to === email)).toEqual([]);
  });

  it("gets none if they are erased while the email is being written", async () => {
    const { campaign, room } = await welcoming();
    const { data } = await campaign.signUp(someone());
    const ids = (await room.rows()).map(({ id }) => id);
    const db = faultyDb(async (n, run) => {
      const results = await run();
      if (n === 1) await campaign.owner.delete(`/api/v1/participants/${data.id}`);
      return results;
    });
    const taken: unknown[] = [];
    const EMAIL = { send: async (post: unknown) => void taken.push(post) } as unknown as SendEmail;
    await sendMails(jobs({ DB: db, EMAIL }), ids);
    expect(taken).toEqual([]);
    expect(await room.rows()).toEqual([]);
  });
});

describe("the log and the queue", () => {
  it("contain no address", async () => {
    const lines: string[] = [];
    const keep = (line: unknown) => void lines.push(String(line));
    const spies = [
      vi.spyOn(console, "log").mockImplementation(keep),
      vi.spyOn(console, "error").mockImplementation(keep),
    ];
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    await room.deliver(
      providerThat(async ({ to }) => {
        throw new Error(`cannot send to <${to}>`);
      }),
    );
    await room.skipWaiting();
    await room.deliver();
    for (const spy of spies) spy.mockRestore();
    expect(lines.join("\n")).toContain("mail refused");
    expect(lines.join("\n")).not.toMatch(/@example\.com/);
  });
});

describe("/dev/mail", () => {
  it("does not exist unless it is switched on", async () => {
    expect(await call("GET", "/dev/mail")).toMatchObject({ status: 404, code: "not_found" });
    expect(await call("GET", "/dev/mail/1")).toMatchObject({ status: 404, code: "not_found" });
  });

  it("shows emails with their status, and each as a page that runs nothing", async () => {
    const { campaign, room } = await welcoming();
    const email = someone();
    await campaign.signUp(email, { name: "<script>alert(1)</script>" });
    await room.deliver();
    const on = { env: { DEV_MAIL: "on" }, origin: "http://127.0.0.1:8787" };
    const list = await call("GET", "/dev/mail", undefined, on);
    expect(list.status).toBe(200);
    expect(list.text).toContain(email);
    expect(list.text).not.toContain("<script>alert");
    const [row] = await room.rows();
    const letter = await call("GET", `/dev/mail/${row?.id}`, undefined, on);
    expect(letter).toMatchObject({ status: 200, text: room.taken[0]?.html });
    expect(letter.headers.get("Content-Security-Policy")).toContain("sandbox");
    expect((await call("GET", "/dev/mail/999999999", undefined, on)).status).toBe(404);
  });

  it("is reachable from this machine only, under any name", async () => {
    const { campaign, room } = await welcoming();
    await campaign.signUp(someone());
    const [row] = await room.rows();
    const at = async (origin: string) =>
      Promise.all(
        ["/dev/mail", `/dev/mail/${row?.id}`].map(
          async (path) => (await call("GET", path, undefined, { env: { DEV_MAIL: "on" }, origin })).status,
        ),
      );
    for (const host of ["localhost:8787", "127.0.0.1:8787", "[::1]:8787"])
      expect(await at(`http://${host}`)).toEqual([200, 200]);
    for (const host of [
      "referrals.test",
      "evil.example:8787",
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "192.168.1.5:8787",
      "0.0.0.0:8787",
    ])
      expect(await at(`https://${host}`)).toEqual([404, 404]);
  });
});

describe("a webhook that is disabled by its endpoint", () => {
  it.each(["failing", "gone"])("is reported to its owner, once each time (%s)", async (reason) => {
    const member = await newMember();
    const room = mailroom(member);
    const { data } = await member.post("/api/v1/webhooks", { link: "https://hooks.acme.com/in" });
    const note = async () => {
      const { db } = jobs();
      await db.batch([disabledWebhookMails(db, [data.id], "", new Date())]);
    };
    await note();
    expect(await room.rows()).toEqual([]);
    const disable = (since: number) =>
      env.DB.prepare("UPDATE webhooks SET status = 'disabled', disabled_reason = ?, failing_since = ? WHERE id = ?")
        .bind(reason, since, data.id)
        .run();
    await disable(1);
    for (let n = 0; n < 2; n++) await note();
    expect(await room.deliver()).toMatchObject([
      { to: member.email, from: { name: "Referrals" }, text: expect.stringContaining("https://hooks.acme.com/in") },
    ]);
    expect(room.taken[0]?.headers).toBeUndefined();
    await disable(2);
    await note();
    expect(await room.deliver()).toHaveLength(2);
  });
});
