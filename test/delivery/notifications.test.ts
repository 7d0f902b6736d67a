import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addDigests, weekIn } from "../../src/delivery/notifications/digest";
import { addNotifications } from "../../src/delivery/notifications/notification";
import { notificationNames } from "../../src/delivery/notifications/notification-kinds";
import { openDb } from "../../src/lib/db";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { browserOf, colleagueOf, leadsTo } from "../support/session";

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** A Wednesday. */
const NOW = Date.parse("2026-11-25T12:00:00Z");

const at = (moment: number) => ({ env, db: openDb(env.DB, "first-primary"), now: () => new Date(moment) });
const tell = (moment = Date.now()) => addNotifications(at(moment));
const told = async (member: { id: number }) =>
  (await mailroom(member).rows()).filter(({ kind }) => kind === "notification").map(({ cause }) => cause);

/** A campaign where every referral takes a code. */
const withCodes = async (codes: number, ...rest: Parameters<typeof newCampaign>) => {
  const campaign = await newCampaign({ reward_type: 1, num_signups: 1, ...rest[0] }, rest[1]);
  await campaign.upload(someCodes(codes));
  const refer = async () => campaign.refer((await campaign.signUp(someone())).data.referral_code, someone());
  return { ...campaign, refer };
};

const linkIn = (text = "") => /https?:\/\/[^\s]*\/unsubscribe\/(\S+)/.exec(text)?.[1] ?? "";

describe("alerts to members", () => {
  it("announce low codes once, and again after an upload", async () => {
    const campaign = await withCodes(1, { name: "Fig <b>season</b>" });
    await tell();
    expect(await told(campaign.owner)).toEqual([]);
    await campaign.refer();
    await Promise.all([tell(), tell()]);
    await tell();
    expect(await told(campaign.owner)).toHaveLength(1);
    const [letter] = await mailroom(campaign.owner).deliver();
    expect(letter?.subject).toBe("Fig <b>season</b>: no codes left");
    expect(letter?.text).toContain("Fig <b>season</b>: No codes left");
    expect(letter?.html).not.toContain("<b>season");
    expect(letter?.text).toContain(`/campaigns/${campaign.id}/coupons`);
    await campaign.upload(someCodes(1));
    await tell();
    expect(await told(campaign.owner)).toHaveLength(1);
    await campaign.refer();
    await tell();
    expect(await told(campaign.owner)).toHaveLength(2);
  });

  it("are one email for all campaigns of an account", async () => {
    const owner = await newMember();
    const campaigns = [await withCodes(1, {}, owner), await withCodes(1, {}, owner)];
    for (const { refer } of campaigns) await refer();
    await tell();
    expect(await told(owner)).toHaveLength(1);
    const [letter] = await mailroom(owner).deliver();
    expect(letter?.subject).toBe("2 campaigns need coupon codes");
    for (const { brand } of campaigns) expect(letter?.text).toContain(`Test · ${brand.domain}: No codes left`);
  });

  it("announce open reviews together, at most once a day, and no decided ones", async () => {
    const campaign = await newCampaign();
    const { owner } = campaign;
    let opened = 0;
    const open = async (moment: number) => {
      const { id } = (await campaign.signUp(someone())).data;
      await env.DB.prepare(
        `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, score, reasons, version, is_holding, event, date_opened)
         VALUES (?1 * 2, ?2, ?3, ?1, ?1, 900, '[]', 1, 1, 'evt_${++opened}', ?4)`,
      )
        .bind(id, owner.id, campaign.id, moment)
        .run();
    };
    const decide = () => env.DB.prepare("UPDATE reviews SET state = 'denied' WHERE member_id = ?").bind(owner.id).run();
    const now = Date.now() - HOUR;
    await open(now);
    await open(now + HOUR / 6);
    await tell(now + HOUR / 5);
    expect(await told(owner)).toEqual([]);
    for (const moment of [HOUR / 4, HOUR / 4, HOUR]) await tell(now + moment);
    expect(await told(owner)).toHaveLength(1);
    const [letter] = await mailroom(owner).deliver();
    expect(letter?.subject).toBe("2 reviews are waiting");
    expect(letter?.text).toContain("/reviews");
    await open(now + HOUR);
    await tell(now + DAY);
    expect(await told(owner)).toHaveLength(1);
    await tell(now + DAY + HOUR / 4);
    expect(await told(owner)).toHaveLength(2);
    await open(now + 2 * DAY);
    await decide();
    await tell(now + 4 * DAY);
    expect(await told(owner)).toHaveLength(2);
  });

  it("announce a webhook that has failed for an hour, in the account's zone", async () => {
    const owner = await newMember();
    await env.DB.prepare("UPDATE members SET time_zone = 'Asia/Tokyo' WHERE id = ?").bind(owner.id).run();
    const { id } = (await owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/secret-path" })).data;
    const since = (moment: number | null) =>
      env.DB.prepare("UPDATE webhooks SET failing_since = ? WHERE id = ?").bind(moment, id).run();
    await since(NOW);
    await tell(NOW + HOUR - 1);
    expect(await told(owner)).toEqual([]);
    for (const later of [HOUR, 2 * HOUR]) await tell(NOW + later);
    expect(await told(owner)).toHaveLength(1);
    await mailroom(owner).skipWaiting();
    await env.DB.prepare("UPDATE mails SET date_added = ? WHERE member_id = ?").bind(Date.now(), owner.id).run();
    const [letter] = await mailroom(owner).deliver();
    expect(letter?.subject).toBe("Webhook failing: hooks.example.com");
    expect(letter?.text).toContain("Failing since Nov 25, 2026, 9:00 PM GMT+9");
    expect(letter?.text).not.toContain("secret-path");
    // It recovered, and fails again.
    await since(null);
    await tell(NOW + 3 * HOUR);
    await since(NOW + 4 * HOUR);
    await tell(NOW + 6 * HOUR);
    expect(await told(owner)).toHaveLength(2);
  });

  it("reach the owner, and team members who switched them on", async () => {
    const owner = await newMember();
    const { member: viewer, ...desk } = await colleagueOf(owner, "viewer");
    const other = await newMember();
    const first = await withCodes(1, {}, owner);
    await first.refer();
    await tell();
    expect([await told(owner), await told(viewer), await told(other)].map(({ length }) => length)).toEqual([1, 0, 0]);
    expect((await desk.page("/account/notifications")).text).not.toMatch(/name="codes_low"[^>]* checked/);
    const saved = await desk.submit("/account/notifications", {
      "@flags": [...notificationNames],
      codes_low: true,
    });
    expect(saved.status).toBe(303);
    expect((await desk.page("/account/notifications")).text).toMatch(/name="codes_low"[^>]* checked/);
    const second = await withCodes(1, {}, owner);
    await second.refer();
    await tell();
    expect([await told(owner), await told(viewer), await told(other)].map(({ length }) => length)).toEqual([2, 1, 0]);
  });

  it("are not sent to former team members, members limited to brands, or after being switched off", async () => {
    const owner = await newMember();
    const desks: Awaited<ReturnType<typeof colleagueOf>>[] = [];
    for (const _ of Array(4)) desks.push(await colleagueOf(owner, "viewer"));
    const choose = (desk: (typeof desks)[number], isOn: boolean) =>
      desk.submit("/account/notifications", { "@flags": [...notificationNames], codes_low: isOn });
    for (const desk of desks) expect((await choose(desk, true)).status).toBe(303);
    const campaign = await withCodes(1, {}, owner);
    await campaign.refer();
    await tell();
    const [left, limited, off, stays] = desks;
    if (!left || !limited || !off || !stays) throw new Error("four colleagues");
    await env.DB.prepare("DELETE FROM memberships WHERE person_id = ?").bind(left.member.id).run();
    await env.DB.prepare("UPDATE memberships SET brand_ids = '[1]' WHERE person_id = ?").bind(limited.member.id).run();
    await choose(off, false);
    for (const { member } of [left, limited, off]) {
      expect(await mailroom(member).deliver()).toEqual([]);
      expect(await mailroom(member).rows()).toMatchObject([{ status: "suppressed", error: "not_wanted" }]);
    }
    for (const member of [owner, stays.member]) expect(await mailroom(member).deliver()).toHaveLength(1);
  });

  it("link to their account's switches, wherever the reader is working now", async () => {
    const owner = await newMember();
    const { member } = await colleagueOf(owner, "viewer");
    const home = await browserOf(member);
    const campaign = await withCodes(1, {}, owner);
    await campaign.refer();
    await tell();
    const [letter] = await mailroom(owner).deliver();
    const path = /\/account\/notifications\S*/.exec(letter?.text ?? "")?.[0] ?? "";
    expect(path).toContain(`=${owner.id}`);
    const saved = await home.submit(path, { "@flags": [...notificationNames], digest: true });
    expect(leadsTo(saved)).toBe(`${path}&done=saved`);
    const rows = await env.DB.prepare("SELECT account_id, name FROM notification_choices WHERE person_id = ? AND is_on")
      .bind(member.id)
      .all();
    expect(rows.results).toEqual([{ account_id: owner.id, name: "digest" }]);
    expect((await home.page(path)).text).toMatch(/name="digest"[^>]* checked/);
    const foreign = await newMember();
    for (const account of [foreign.id, "0", "x"])
      for (const answer of [
        await home.page(`/account/notifications?account=${account}`),
        await home.submit(`/account/notifications?account=${account}`),
      ])
        expect(answer.status).toBe(404);
  });

  it("have no switches for members limited to brands", async () => {
    const owner = await newMember();
    const desk = await colleagueOf(owner, "editor");
    await env.DB.prepare("UPDATE memberships SET brand_ids = '[1]' WHERE person_id = ?").bind(desk.member.id).run();
    const { text } = await desk.page("/account/notifications");
    expect(text).toContain("so you do not get them.");
    expect(text).not.toContain('name="codes_low"');
    const sent = await desk.submit("/account/notifications", { "@flags": [...notificationNames], digest: true });
    expect(sent.status).toBe(400);
    expect(sent.text).toContain("so you do not get them.");
    const chosen = env.DB.prepare("SELECT 1 FROM notification_choices WHERE person_id = ?").bind(desk.member.id);
    expect(await chosen.first()).toBeNull();
    expect((await desk.page(`/account/notifications?account=${desk.member.id}`)).text).toContain('name="codes_low"');
  });

  it("can be stopped with one click, per person, account, and kind", async () => {
    const campaign = await withCodes(1);
    const { owner } = campaign;
    await campaign.refer();
    await tell();
    const [letter] = await mailroom(owner).deliver();
    const token = linkIn(letter?.text);
    expect(letter?.headers?.["List-Unsubscribe"]).toContain(token);
    expect(letter?.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    const forged = token.replace(`${owner.id}.${owner.id}`, `${owner.id}.${owner.id + 1}`);
    for (const bad of [forged, token.replace("codes_low", "digest")])
      expect((await call("POST", `/unsubscribe/${bad}`, {})).status).toBe(404);
    const settings = await browserOf(owner);
    const isOn = async () => (await settings.page("/account/notifications")).text.match(/ checked/g)?.length;
    expect((await call("GET", `/unsubscribe/${token}`)).status).toBe(200);
    expect(await isOn()).toBe(notificationNames.length);
    for (const _ of [1, 2]) expect((await call("POST", `/unsubscribe/${token}`, {})).status).toBe(200);
    expect(await isOn()).toBe(notificationNames.length - 1);
    await campaign.upload(someCodes(1));
    await campaign.refer();
    await tell();
    expect(await told(owner)).toHaveLength(1);
  });

  it("are not sent to unverified or suspended members, or in test mode", async () => {
    const owners = [await newMember({ is_verified: false }), await newMember(), await newMember()];
    const campaigns = [];
    for (const owner of owners) campaigns.push(await withCodes(1, {}, owner));
    for (const { refer } of campaigns) await refer();
    const [, suspended, twin] = owners;
    await env.DB.prepare("UPDATE members SET suspended_at = 1 WHERE id = ?").bind(suspended?.id).run();
    await env.DB.prepare("UPDATE members SET test_of = ? WHERE id = ?").bind(owners[0]?.id, twin?.id).run();
    await tell();
    for (const owner of owners) expect(await told(owner)).toEqual([]);
  });
});

describe("the weekly digest", () => {
  /** Counts on a day, as the ledger keeps them. */
  const counted = (campaign: number, day: string, fields: Record<string, number>) =>
    env.DB.prepare(
      `INSERT INTO campaign_days (campaign_id, day, ${Object.keys(fields).join()}) VALUES (?, ?, ${Object.keys(fields).map(() => "?")})`,
    )
      .bind(campaign, day, ...Object.values(fields))
      .run();
  const dueAt = (member: { id: number }, moment: number) =>
    env.DB.prepare("UPDATE members SET digest_at = ? WHERE id = ?").bind(moment, member.id).run();
  const MONDAY = Date.parse("2026-11-30T08:00:00Z");
  /** A run handles a few accounts, so other tests' accounts must not be due. */
  beforeEach(() =>
    env.DB.prepare("UPDATE members SET digest_at = ?")
      .bind(MONDAY * 2)
      .run(),
  );

  it("is sent once, with the week's numbers beside the previous week's", async () => {
    const { id, owner } = await newCampaign();
    await counted(id, "2026-11-17", { signups: 4, referrals: 2, clicks: 9 });
    await counted(id, "2026-11-23", { signups: 12, referrals: 5, clicks: 40, revenue: 12_500 });
    await counted(id, "2026-11-30", { signups: 1000 });
    await dueAt(owner, MONDAY);
    await addDigests(at(MONDAY - 1));
    expect(await told(owner)).toEqual([]);
    await Promise.all([addDigests(at(MONDAY)), addDigests(at(MONDAY))]);
    await addDigests(at(MONDAY + 60_000));
    // As if the run had died between its reads and its end.
    await dueAt(owner, MONDAY);
    await addDigests(at(MONDAY + DAY));
    expect(await told(owner)).toEqual([`notification:digest:${owner.id}:${owner.id}:2026-11-23`]);
    await env.DB.prepare("UPDATE mails SET date_added = ?1, next_attempt_at = 0 WHERE member_id = ?2")
      .bind(Date.now(), owner.id)
      .run();
    const [letter] = await mailroom(owner).deliver();
    expect(letter?.subject).toBe("Test Member: your week in referrals");
    expect(letter?.text).toContain("November 23 to November 29");
    for (const line of [
      "Signups: 12 (4 the previous week)",
      "Referrals: 5 (2 the previous week)",
      "Invitation conversion rate: 12.5%",
      "Net revenue: $125.00 ($0.00 the previous week)",
    ])
      expect(letter?.text).toContain(line);
    expect(letter?.text).toContain("/home?from=2026-11-23&to=2026-11-29");
  });

  it("is skipped in a week without activity, and sent in the next", async () => {
    const { id, owner } = await newCampaign();
    await counted(id, "2026-11-20", { signups: 3 });
    await counted(id, "2026-12-01", { signups: 1 });
    await dueAt(owner, MONDAY);
    await addDigests(at(MONDAY));
    expect(await told(owner)).toEqual([]);
    await addDigests(at(MONDAY + 7 * DAY));
    expect(await told(owner)).toEqual([`notification:digest:${owner.id}:${owner.id}:2026-11-30`]);
  });

  it("of a failing account does not stop others, and is tried again later", async () => {
    const [broken, well] = [await newCampaign(), await newCampaign()];
    for (const { id } of [broken, well]) await counted(id, "2026-11-23", { signups: 3 });
    await dueAt(broken.owner, MONDAY - DAY);
    await dueAt(well.owner, MONDAY);
    const zone = (name: string | null) =>
      env.DB.prepare("UPDATE members SET time_zone = ? WHERE id = ?").bind(name, broken.owner.id).run();
    await zone("No/Where");
    await addDigests(at(MONDAY));
    const [mine, theirs] = [broken, well].map(({ owner }) => `notification:digest:${owner.id}:${owner.id}:2026-11-23`);
    expect(await told(well.owner)).toEqual([theirs]);
    await zone(null);
    await addDigests(at(MONDAY + HOUR - 1));
    expect(await told(broken.owner)).toEqual([]);
    await addDigests(at(MONDAY + HOUR));
    expect(await told(broken.owner)).toEqual([mine]);
  });

  it("has no rate of fewer than 30 visits", async () => {
    const { id, owner } = await newCampaign();
    await counted(id, "2026-11-23", { referrals: 5, clicks: 29 });
    await dueAt(owner, MONDAY);
    await addDigests(at(MONDAY));
    await env.DB.prepare("UPDATE mails SET date_added = ?1, next_attempt_at = 0 WHERE member_id = ?2")
      .bind(Date.now(), owner.id)
      .run();
    expect((await mailroom(owner).deliver())[0]?.text).not.toContain("%");
  });

  it("waits for Monday at eight in the account's zone, summer and winter", () => {
    const week = (zone: string, moment: string) => {
      const { from, to, next } = weekIn(zone, new Date(moment));
      return [from, to, new Date(next).toISOString()];
    };
    expect(week("UTC", "2026-11-29T10:00:00Z")).toEqual(["2026-11-16", "2026-11-22", "2026-11-30T08:00:00.000Z"]);
    expect(week("UTC", "2026-11-30T07:59:59Z")).toEqual(["2026-11-16", "2026-11-22", "2026-11-30T08:00:00.000Z"]);
    expect(week("UTC", "2026-11-30T08:00:00Z")).toEqual(["2026-11-23", "2026-11-29", "2026-12-07T08:00:00.000Z"]);
    expect(week("Asia/Tokyo", "2026-11-29T23:00:00Z")).toEqual([
      "2026-11-23",
      "2026-11-29",
      "2026-12-06T23:00:00.000Z",
    ]);
    expect(week("America/New_York", "2026-10-26T12:00:00Z")).toEqual([
      "2026-10-19",
      "2026-10-25",
      "2026-11-02T13:00:00.000Z",
    ]);
  });

  it("begins in the account's second week", async () => {
    const { id, owner } = await newCampaign();
    await counted(id, "2026-11-23", { signups: 3 });
    await addDigests(at(MONDAY));
    expect(await told(owner)).toEqual([]);
    const next = await env.DB.prepare("SELECT digest_at FROM members WHERE id = ?").bind(owner.id).first("digest_at");
    expect(next).toBe(MONDAY + 7 * DAY);
  });
});

it("needs a session for its settings", async () => {
  const answer = await call("GET", "/account/notifications", undefined, { headers: { Accept: "text/html" } });
  expect(answer.headers.get("Location")).toMatch(/^\/sign-in/);
});
