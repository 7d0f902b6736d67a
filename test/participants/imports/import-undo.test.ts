import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newEventId } from "../../../src/lib/crypto";
import { openDb } from "../../../src/lib/db";
import { importRows } from "../../../src/participants/imports/import";
import { undoImports } from "../../../src/participants/imports/undo";
import { newCampaign, someCodes, someone } from "../../support/campaign";
import { call } from "../../support/client";
import { snapshot } from "../../support/everything";
import { brokenPromises } from "../../support/invariants";
import { browserOf, colleagueOf, type Fields } from "../../support/session";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
type Row = Record<string, unknown>;
const JSON_ANSWER = { headers: { Accept: "application/json" } };

const field = (html: string, name: string) =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "").replaceAll("&quot;", '"');

async function aCampaign(fields: Row = {}) {
  const campaign = await newCampaign(fields);
  const { submit, page: open } = await browserOf(campaign.owner);
  const path = `/campaigns/${campaign.id}/import`;
  /** Imports a file in parts, like the page's script. @returns the requests, to repeat them */
  const load = async (csv: string, telling: Fields = {}) => {
    const { text } = await submit(path, { text: csv });
    const token = field(text, "token");
    const rows = field(text, "rows").split(/\r?\n/).filter(Boolean);
    for (let at = 0; at < rows.length; at += 500) {
      const part = { token, rows: rows.slice(at, at + 500).join("\n"), ...telling };
      const answer = await submit(`${path}/run`, part, JSON_ANSWER);
      expect(answer.status, answer.text).toBe(200);
      const { results } = JSON.parse(answer.text) as { results: Row[] };
      expect(results.filter(({ outcome }) => outcome !== "added")).toEqual([]);
    }
    return { token, rows: rows.slice(0, 500).join("\n") };
  };
  const newest = async () =>
    (await env.DB.prepare("SELECT * FROM imports WHERE campaign_id = ? ORDER BY id DESC")
      .bind(campaign.id)
      .first<Row>()) ?? {};
  const undo = async () => submit(`${path}/${(await newest()).id}/undo`, {});
  const find = async (email: string) =>
    (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${email}`)).data.participants[0];
  return { ...campaign, submit, open, path, load, newest, undo, find };
}

/** All stored data, except rows that an undone import may leave. */
async function stored(campaignId: number) {
  const {
    imports: _i,
    import_layouts: _l,
    audit_entries: _a,
    campaign_days: _d,
    sessions: _s,
    participants = [],
    ...tables
  } = await snapshot();
  const days = await env.DB.prepare(
    "SELECT coalesce(sum(signups), 0) AS signups, coalesce(sum(referrals), 0) AS referrals FROM campaign_days WHERE campaign_id = ?",
  )
    .bind(campaignId)
    .first<Row>();
  // `updated_since` lists participants who lost friends as changed once more.
  const people = participants.map((row) => ({ ...JSON.parse(row), updated_at: null }));
  return { tables, people, days };
}

/** A participant's last position in the order of changes. */
const changed = (id: number) =>
  env.DB.prepare("SELECT updated_at FROM participants WHERE id = ?").bind(id).first<number>("updated_at");

describe("undoing an import", () => {
  it("restores the previous state", async () => {
    const campaign = await aCampaign({ reward_type: 5, num_signups: 2, reward_invited: true });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 5 });
    const ada = (await campaign.signUp(someone())).data;
    const bob = someone();
    await campaign.refer(ada.referral_code, bob);
    await campaign.refer((await campaign.find(bob)).referral_code, someone());
    const before = await stored(campaign.id);
    const chain = Array.from({ length: 12 }, () => someone());
    const rows = chain.map((email, n) => `${email},Chain ${n},${n === 0 ? ada.email : chain[n - 1]}`);
    const others = Array.from({ length: 700 }, (_, n) => `${someone()},Other ${n},${n % 3 === 0 ? chain[5] : ""}`);
    await campaign.load(`email,name,invited_by\n${[...others, ...rows.reverse()].join("\n")}`);
    expect(await campaign.stats()).toMatchObject({ total_participants: 715, total_referrals: 248 });
    const imported = await changed(ada.id);
    // Ada, the chain's sixth, and each referred participant earned something.
    expect((await campaign.stats()).rewards_pending).toBeGreaterThan(240);
    expect((await campaign.undo()).status).toBe(303);
    expect(await campaign.newest()).toMatchObject({ kept: 0, date_undone: expect.any(Number) });
    expect(await stored(campaign.id)).toEqual(before);
    expect(await changed(ada.id)).toBeGreaterThan(imported ?? 0);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("keeps participants who were active since, with their referrers, and names them", async () => {
    const campaign = await aCampaign({ num_signups: 1, reward_type: 3 });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { custom_message: "Thanks" });
    const names = ["shared", "clicked", "refers", "blocked", "sold", "invites", "parent", "child", "idle", "rewards"];
    const email = Object.fromEntries(names.map((name) => [name, someone()]));
    const csv = names.map((name) => `${email[name]},${name === "child" ? email.parent : ""}`).join("\n");
    await campaign.load(`email,invited_by\n${csv}`);
    const person = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await campaign.find(email[name] ?? "")])),
    );
    const api = (path: string, body: Row) => campaign.owner.post(`/api/v1/${path}`, body);
    const share = { kind: "share" as const, id: newEventId(new Date()), at: Date.now(), social: 2, origin: "" };
    await env.LEDGER.getByName(String(campaign.id)).share({ ...share, participant_id: person.shared.id });
    await call("GET", new URL(person.clicked.share_url).pathname, undefined, { headers: { "User-Agent": CHROME } });
    await campaign.refer(person.refers.referral_code, someone());
    const block = await campaign.owner.patch(`/api/v1/participants/${person.blocked.id}`, { status: "blocked" });
    expect(block.status, block.text).toBe(200);
    const sale = { campaign_id: campaign.id, participant_id: person.sold.id, conversion_id: "o-1", amount: 100 };
    expect((await api("conversions", sale)).status).toBe(201);
    await env.DB.prepare(
      "INSERT INTO invitations (campaign_id, participant_id, email, date_invited) VALUES (?, ?, ?, 1)",
    )
      .bind(campaign.id, person.invites.id, someone())
      .run();
    const listed = await campaign.open(campaign.path);
    expect(listed.text).toContain("Undo import");
    expect(await campaign.find(email.clicked ?? "")).toMatchObject({ click_count: 1 });
    await campaign.undo();
    // The child's signup gave the parent the message, so both stay.
    const stay = names.filter((name) => name !== "idle" && name !== "rewards");
    expect(await campaign.newest()).toMatchObject({ kept: stay.length });
    for (const name of names) expect(Boolean(await campaign.find(email[name] ?? "")), name).toBe(stay.includes(name));
    const page = await campaign.open(`${campaign.path}/${(await campaign.newest()).id}`);
    for (const name of names) expect(page.text.includes(email[name] ?? ""), name).toBe(stay.includes(name));
    expect((await campaign.open(campaign.path)).text).toContain(`${stay.length} participants kept`);
    expect(await campaign.stats()).toMatchObject({ total_participants: stay.length + 1, total_referrals: 2 });
  });

  it("removes no code, and no reward that someone earned later with these friends", async () => {
    const campaign = await aCampaign({ num_signups: 2, reward_type: 1 });
    await campaign.upload(someCodes(5));
    const ada = (await campaign.signUp(someone())).data;
    const [first, second] = [someone(), someone()];
    await campaign.load(`email,invited_by\n${first},${ada.email}`);
    await campaign.refer(ada.referral_code, second);
    expect(await campaign.rewards()).toHaveLength(1);
    await campaign.undo();
    expect(await campaign.newest()).toMatchObject({ kept: 1 });
    expect(await campaign.find(ada.email)).toMatchObject({ referral_count: 2 });
    expect(await campaign.rewards()).toMatchObject([{ status: "fulfilled", coupon: expect.any(String) }]);
  });

  it.each([
    ["that comes once, not reached", { repeat: "once", threshold: 5 }, 0],
    ["that comes once, reached", { repeat: "once", threshold: 2 }, 2],
    ["that comes again and again", { repeat: "every", threshold: 5 }, 2],
  ])("keeps friends counted by a rule %s", async (_, rule, kept) => {
    const campaign = await aCampaign({ num_signups: 100 });
    const reward = { reward_type: 5, amount: 500 };
    const body = { role: "referrer", trigger: "signup", ...rule, reward };
    expect((await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, body)).status).toBe(201);
    const ada = (await campaign.signUp(someone())).data;
    await campaign.load(`email,invited_by\n${someone()},${ada.email}\n${someone()},${ada.email}\n${someone()},`);
    await campaign.undo();
    expect(await campaign.newest()).toMatchObject({ kept });
    expect(await campaign.find(ada.email)).toMatchObject({ referral_count: kept });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("is refused after the first time, after too long, and after notifications", async () => {
    const campaign = await aCampaign();
    const sent = await campaign.load(`email\n${someone()}`);
    const viewer = await colleagueOf(campaign.owner, "viewer");
    const path = `${campaign.path}/${(await campaign.newest()).id}/undo`;
    expect((await viewer.submit(path, {})).status).toBe(403);
    const stranger = await aCampaign();
    expect((await stranger.submit(path, {})).status).toBe(404);
    expect((await stranger.submit(`${stranger.path}/${(await campaign.newest()).id}/undo`, {})).status).toBe(404);
    expect((await campaign.stats()).total_participants).toBe(1);

    expect((await campaign.undo()).status).toBe(303);
    const again = await campaign.undo();
    expect([again.status, again.text]).toEqual([400, expect.stringContaining("was already undone")]);
    expect((await campaign.submit(`${campaign.path}/run`, sent, JSON_ANSWER)).status).toBe(409);
    expect((await campaign.stats()).total_participants).toBe(0);

    await campaign.load(`email\n${someone()}`, { webhooks: "on", "@flags": ["emails", "webhooks"] });
    const told = await campaign.undo();
    expect([told.status, told.text]).toEqual([400, expect.stringContaining("sent emails or webhooks")]);
    expect((await campaign.open(campaign.path)).text).toContain("so it cannot be undone");
    expect((await campaign.stats()).total_participants).toBe(1);
  });

  it("stops additions by a request in progress, before or after its participants are added", async () => {
    const campaign = await aCampaign();
    const emails = [1, 2, 3].map(() => someone());
    const { text } = await campaign.submit(campaign.path, { text: `email\n${emails.join("\n")}` });
    const token = field(text, "token");
    const [first = "", second = "", third = ""] = field(text, "rows").split(/\r?\n/);
    const run = (rows: string) => campaign.submit(`${campaign.path}/run`, { token, rows }, JSON_ANSWER);
    await run(first);
    const { first_id, last_id } = await campaign.newest();
    await run(second);
    // As if that request had not yet recorded its participants.
    await env.DB.prepare("UPDATE imports SET first_id = ?, last_id = ? WHERE campaign_id = ?")
      .bind(first_id, last_id, campaign.id)
      .run();
    const db = openDb(env.DB, "first-primary");
    const batch = db.batch.bind(db);
    const isImport = (rows: unknown) => Array.isArray(rows) && rows[0]?.undo_before === null;
    let undone: number | undefined;
    const late = {
      ...{ env, origin: "", requestEvent: newEventId(new Date()), effects: [], later: () => {}, now: () => new Date() },
      actor: { kind: "member" as const, memberId: campaign.owner.id, keyHash: null },
      db: Object.assign(Object.create(db), {
        batch: async (statements: Parameters<typeof batch>[0]) => {
          const results = await batch(statements);
          if (isImport(results[0])) undone = (await campaign.undo()).status;
          return results;
        },
      }),
    };
    const results = await importRows(late, campaign.id, { token, rows: third, emails: false, webhooks: false });
    expect(undone).toBe(303);
    expect(results).toMatchObject([{ outcome: "refused" }]);
    expect((await campaign.stats()).total_participants).toBe(0);
    expect(await campaign.newest()).toMatchObject({ kept: 0, date_undone: expect.any(Number) });
  });

  it("is finished by a job, even by two at once", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    await campaign.load(`email\n${Array.from({ length: 1_100 }, () => someone()).join("\n")}`);
    await env.DB.prepare("UPDATE imports SET undo_before = last_id + 1 WHERE campaign_id = ?").bind(campaign.id).run();
    expect((await campaign.open(campaign.path)).text).toContain("Being undone");
    const run = () => undoImports({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
    await Promise.all([run(), run()]);
    expect(await campaign.newest()).toMatchObject({ kept: 0, date_undone: expect.any(Number) });
    expect((await campaign.stats()).total_participants).toBe(1);
    expect((await campaign.find(ada.email)).id).toBe(ada.id);
  });
});

describe("a waitlist", () => {
  it("closes the gaps of removed participants", async () => {
    const campaign = await aCampaign({ waitlist_enabled: true, waitlist_places_per_friend: 2 });
    const people: { id: number; referral_code: string; email: string }[] = [];
    for (let n = 0; n < 3; n++) people.push((await campaign.signUp(someone())).data);
    const places = () =>
      Promise.all(
        people.map(async ({ id }) => {
          const { waitlist } = (await campaign.owner.get(`/api/v1/participants/${id}`)).data;
          return [waitlist.position, waitlist.of];
        }),
      );
    const before = await places();
    await campaign.load(`email,referred by\n${someone()},${people[2]?.email}\n${someone()},\n`);
    expect(await places()).toEqual([
      [2, 5],
      [3, 5],
      [1, 5],
    ]);
    await campaign.undo();
    expect(await places()).toEqual(before);
  });
});
