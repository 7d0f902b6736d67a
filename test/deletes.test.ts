import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { Env } from "../src/env";
import { costOf, newBrand, newCampaign } from "./support/campaigns";
import { newMember, type TestMember } from "./support/client";

type Row = Record<string, string | number | null>;

let lastId = 1_000_000;
const nextId = () => ++lastId;

const insert = (table: string, row: Row) =>
  env.DB.prepare(
    `INSERT OR REPLACE INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row).map(() => "?")})`,
  ).bind(...Object.values(row));

const webhookRow = (member_id: number, campaign_id: number | null) => ({
  id: nextId(),
  member_id,
  campaign_id,
  link: "https://acme.com/hook",
  events: "[]",
  secret: "s",
  date_added: 1,
});

/** One row at least in every table that hangs on a campaign, and a delivery to a webhook of the whole account. */
function everythingOf(member_id: number, campaign_id: number, accountHook: number): [string, Row][] {
  const [participant_id, reward_id, event_id] = [nextId(), nextId(), `evt_${nextId()}`];
  const webhook = webhookRow(member_id, campaign_id);
  const delivery = { campaign_id, event_id, type: "participant.signup" };
  const person = { member_id, campaign_id, email: "a@b.co", date_signedup: 1, signup_event: "e" };
  const earned = { participant_id, role: "referrer", reward_type: 1, date_earned: 1, earn_event: "e" };
  return [
    ["campaign_days", { campaign_id, day: "2026-01-01" }],
    ["campaign_landers", { campaign_id, settings: "{}" }],
    ["campaign_drafts", { campaign_id, kind: "lander", settings: "{}", date_changed: 1 }],
    [
      "contests",
      { campaign_id, contest_name: "c", start_date: 1, end_date: 2, seed: "s", commitment: "c", committed_at: 1 },
    ],
    ["contest_entrants", { campaign_id, part: 0, list: "" }],
    ["participants", { id: participant_id, ...person }],
    ["invitations", { campaign_id, participant_id, email: "c@d.co", date_invited: 1 }],
    ["shares", { participant_id, social_type: 1, date_shared: 1 }],
    ["visits", { participant_id, day: "2026-01-01", visitor: "v", click_event: "e" }],
    ["scores", { campaign_id, referral_count: 1, click_count: 1, participants: 1 }],
    [
      "mails",
      {
        cause: `entry:${participant_id}`,
        kind: "entry",
        member_id,
        campaign_id,
        participant_id,
        origin: "",
        date_added: 1,
      },
    ],
    ["rewards", { id: reward_id, member_id, campaign_id, status: "pending", ...earned }],
    ["coupons", { id: nextId(), campaign_id, code: "A", code_key: "a", reward_id }],
    ["webhooks", webhook],
    ["events", { campaign_id, id: event_id, type: "participant.signup", data: "{}", date: 1 }],
    ["deliveries", { id: nextId(), webhook_id: webhook.id, ...delivery }],
    ["deliveries", { id: nextId(), webhook_id: accountHook, ...delivery }],
  ];
}

async function newAccount() {
  const member = await newMember();
  const hook = webhookRow(member.id, null);
  await insert("webhooks", hook).run();
  return { member, hook: hook.id };
}

/** A campaign with a row everywhere. */
async function fullCampaign({ member, hook }: { member: TestMember; hook: number }, brand_id: number): Promise<number> {
  const { id } = await newCampaign(member, { brand_id });
  await env.DB.batch(everythingOf(member.id, id, hook).map(([table, row]) => insert(table, row)));
  return id;
}

/** Every row of every table, but for what notes that a key was used. */
async function snapshot() {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' AND name NOT IN ('d1_migrations', 'api_keys')",
  ).all<{ name: string }>();
  const rows = await env.DB.batch(tables.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`)));
  return Object.fromEntries(
    tables.map(({ name }, index) => [name, (rows[index]?.results ?? []).map((row) => JSON.stringify(row)).sort()]),
  );
}

const tablesThatDiffer = (a: Record<string, string[]>, b: Record<string, string[]>) =>
  Object.keys(a).filter((table) => a[table]?.length !== b[table]?.length);

/** Tables that hold nothing of a campaign. All others must be covered by the rows above. */
const OTHER_TABLES = [
  "account_days",
  "account_rolls",
  "audit_entries",
  "brands",
  "idempotency_keys",
  "images",
  "mail_days",
  "members",
  "memberships",
  "plans",
  "sessions",
  "suppressions",
  "team_invitations",
];

const forgotten: string[] = [];
const ledger = {
  LEDGER: {
    getByName: (name: string) => ({ forget: async () => void forgotten.push(name) }),
  } as unknown as Env["LEDGER"],
};
afterEach(() => forgotten.splice(0));

describe("deleting a campaign", () => {
  it("removes all that hangs on it, and nothing else", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    await fullCampaign(account, brand);
    const stranger = await newAccount();
    await fullCampaign(stranger, await newBrand(stranger.member));
    const before = await snapshot();
    const id = await fullCampaign(account, brand);
    const full = await snapshot();
    expect(tablesThatDiffer(before, full).sort()).toEqual(
      Object.keys(full)
        .filter((table) => !OTHER_TABLES.includes(table))
        .sort(),
    );

    const answer = await account.member.delete(`/api/v1/campaigns/${id}`, { env: ledger });
    expect(answer).toMatchObject({ status: 200, data: { id, deleted: true } });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([String(id)]);
  });

  it("is a 404 the second time, and for everybody else", async () => {
    const [account, stranger] = [await newAccount(), await newMember()];
    const id = await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    expect(await stranger.delete(`/api/v1/campaigns/${id}`, { env: ledger })).toMatchObject({ status: 404 });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    expect((await account.member.delete(`/api/v1/campaigns/${id}`)).status).toBe(200);
    expect(await account.member.delete(`/api/v1/campaigns/${id}`)).toMatchObject({ status: 404, code: "not_found" });
    expect((await account.member.get(`/api/v1/campaigns/${id}`)).status).toBe(404);
  });

  it("removes nothing when a part of it cannot be removed", async () => {
    const account = await newAccount();
    const id = await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    await env.DB.exec(
      `CREATE TRIGGER refuse BEFORE DELETE ON coupons WHEN old.campaign_id = ${id} BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    expect((await account.member.delete(`/api/v1/campaigns/${id}`, { env: ledger })).status).toBe(500);
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    await env.DB.exec("DROP TRIGGER refuse");
    expect((await account.member.delete(`/api/v1/campaigns/${id}`)).status).toBe(200);
  });

  it("costs what the campaign holds, however much its neighbours do", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    const cost = async () => {
      const id = await fullCampaign(account, brand);
      return costOf(() => account.member.delete(`/api/v1/campaigns/${id}`));
    };
    const alone = await cost();
    const neighbour = await fullCampaign(account, brand);
    for (let n = 0; n < 20; n++)
      await env.DB.batch(
        Array.from({ length: 20 }, (_, m) =>
          everythingOf(account.member.id, neighbour, account.hook)
            .filter(
              ([table]) =>
                !["webhooks", "contests", "contest_entrants", "campaign_landers", "campaign_drafts"].includes(table),
            )
            .filter(([, row]) => row.webhook_id === undefined || row.webhook_id === account.hook)
            .map(([table, row]) =>
              insert(table, {
                ...row,
                ...("day" in row && "campaign_id" in row && { day: `${n}-${m}` }),
                ...("referral_count" in row && { referral_count: 20 * n + m }),
                ...("email" in row && { email: `${n}-${m}@b.co` }),
                ...("code_key" in row && { code_key: `${n}-${m}` }),
              }),
            ),
        ).flat(),
      );
    const amidst = await cost();
    expect(amidst.d1_calls).toBe(2);
    expect(amidst.rows_read - alone.rows_read).toBeLessThan(10);
    expect(amidst.rows_written).toBe(alone.rows_written);
  });
});

describe("deleting a brand", () => {
  it("removes its campaigns and all that hangs on them, and nothing else", async () => {
    const account = await newAccount();
    await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    const brand = await newBrand(account.member);
    const ids = [await fullCampaign(account, brand), await fullCampaign(account, brand)];
    const answer = await account.member.delete(`/api/v1/brands/${brand}`, { env: ledger });
    expect(answer).toMatchObject({ status: 200, data: { id: brand, deleted: true } });
    expect(await snapshot()).toEqual(before);
    expect(forgotten.sort()).toEqual(ids.map(String).sort());
  });

  it("is a 404 the second time, and for everybody else", async () => {
    const [account, stranger] = [await newAccount(), await newMember()];
    const brand = await newBrand(account.member);
    await fullCampaign(account, brand);
    const before = await snapshot();
    expect(await stranger.delete(`/api/v1/brands/${brand}`, { env: ledger })).toMatchObject({ status: 404 });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    expect((await account.member.delete(`/api/v1/brands/${brand}`)).status).toBe(200);
    expect(await account.member.delete(`/api/v1/brands/${brand}`)).toMatchObject({ status: 404, code: "not_found" });
  });

  it("makes room for another under the plan", async () => {
    const member = await newMember({ plan_id: 1 });
    const brand = await newBrand(member);
    expect((await member.post("/api/v1/brands", { url: "acme-two.com" })).status).toBe(403);
    await member.delete(`/api/v1/brands/${brand}`);
    expect((await member.post("/api/v1/brands", { url: "acme-two.com" })).status).toBe(201);
  });
});
