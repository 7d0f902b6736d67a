import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { basicGroup, basicSteps, consequences, plainGroup } from "../../src/ledger/signups/signups";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call, newDomain, newMember } from "../support/client";
import { withBindings } from "../support/ledger";

/** Counts the statements in each commit of the campaign's ledger. */
async function watched(campaign: TestCampaign) {
  const sizes: number[] = [];
  const DB = Object.assign(Object.create(env.DB) as D1Database, {
    withSession: (constraint: string) => {
      const session = env.DB.withSession(constraint);
      return {
        prepare: (sql: string) => session.prepare(sql),
        getBookmark: () => session.getBookmark(),
        batch: (statements: D1PreparedStatement[]) => {
          sizes.push(statements.length);
          return session.batch(statements);
        },
      };
    },
  });
  await withBindings(campaign.id, { DB });
  return sizes;
}

const rowOf = async (email: string) =>
  env.DB.prepare("SELECT id, status, confirmation, signup_event FROM participants WHERE email = ?")
    .bind(email)
    .first<{ id: number; status: string; confirmation: string | null; signup_event: string }>();

const countOf = async (sql: string, value: unknown) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${sql}`).bind(value).first<{ n: number }>())?.n;

const edit = (fields: Record<string, unknown>) => (campaign: TestCampaign) =>
  campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, fields);

const fill = (campaign: TestCampaign) =>
  env.DB.prepare("UPDATE campaign_stats SET total_participants = 500 WHERE campaign_id = ?").bind(campaign.id).run();

/** The API refuses it for a campaign with participants. */
const line = (campaign: TestCampaign) =>
  env.DB.prepare("UPDATE campaigns SET waitlist_enabled = 1 WHERE id = ?").bind(campaign.id).run();

const hear = ({ owner }: TestCampaign) => owner.post("/api/v1/webhooks", { link: `https://${newDomain()}/hooks` });

const join = (campaign: TestCampaign, email: string) =>
  call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
type Change = (campaign: TestCampaign) => Promise<unknown>;
/** Changes between two signups, their consequence for the second one, and how to see it. */
const changes: [name: string, consequence: string, change: Change, isSeen: (row: Row) => Promise<boolean>][] = [
  [
    "a webhook",
    "deliveries",
    hear,
    async (row) => (await countOf("deliveries WHERE event_id = ?", row.signup_event)) === 1,
  ],
  [
    "a welcome email",
    "mails",
    edit({ campaign_entry_subject: "Welcome" }),
    async ({ id }) => (await countOf("mails WHERE kind = 'entry' AND participant_id = ?", id)) === 1,
  ],
  [
    "our welcome email",
    "mails",
    edit({ default_emails: ["entry"] }),
    async ({ id }) => (await countOf("mails WHERE kind = 'entry' AND participant_id = ?", id)) === 1,
  ],
  ["the plan's limit", "park", fill, async ({ status }) => status === "pending"],
  [
    "double opt-in",
    "mails",
    edit({ double_opt_in: true }),
    async (row) =>
      row.confirmation === "waiting" &&
      (await countOf("mails WHERE kind = 'confirm' AND participant_id = ?", row.id)) === 1,
  ],
  [
    "a waitlist's tickets",
    "takeTickets",
    line,
    async ({ id }) => (await countOf("participants WHERE waitlist_ticket IS NOT NULL AND id = ?", id)) === 1,
  ],
  [
    "a waitlist's places",
    "takePlaces",
    line,
    async ({ id }) =>
      (await countOf(
        "waitlist_buckets WHERE waiting > 0 AND campaign_id = (SELECT campaign_id FROM participants WHERE id = ?)",
        id,
      )) === 1,
  ],
];

/** A campaign whose ledger has learned that its signups need no other statements. */
async function plain() {
  const campaign = await newCampaign({ default_emails: [] }, await newMember({ plan_id: 1 }));
  const sizes = await watched(campaign);
  await join(campaign, someone());
  await join(campaign, someone());
  return { campaign, sizes };
}

describe("a campaign without deliveries or emails for signups", () => {
  it("skips only consequences that a change below tests", () => {
    expect(new Set(changes.map(([, consequence]) => consequence))).toEqual(new Set(consequences));
    expect(Object.keys(plainGroup).concat(consequences).sort()).toEqual(Object.keys(basicGroup).sort());
    for (const condition of Object.values(basicSteps).flatMap(({ onlyIf = {} }) => Object.values(onlyIf)))
      expect(plainGroup.insertEvents?.text).toContain(condition);
  });

  it("commits with fewer statements after the first time", async () => {
    const { campaign, sizes } = await plain();
    expect(sizes).toHaveLength(2);
    expect(sizes[1]).toBeLessThan(Number(sizes[0]));
    expect((await campaign.stats()).total_participants).toBe(2);
    expect(await campaign.events("participant.signup")).toHaveLength(2);
  });

  it.each(changes)("sees %s from the very next signup on", async (_name, _consequence, change, isSeen) => {
    const { campaign, sizes } = await plain();
    await change(campaign);
    const before = sizes.length;
    for (let n = 0; n < 2; n++) {
      const email = someone();
      expect((await join(campaign, email)).status).toBeLessThan(300);
      const row = await rowOf(email);
      expect(row && (await isSeen(row))).toBe(true);
      expect(await countOf("events WHERE participant_id = ?", row?.id)).toBe(1);
    }
    // The guess was wrong once, and is not repeated at once.
    expect(sizes.length - before).toBe(3);
  });

  it("signs up a whole group, each once, if the guess was wrong", async () => {
    const { campaign } = await plain();
    await hear(campaign);
    const emails = Array.from({ length: 20 }, someone);
    await Promise.all(emails.map((email) => join(campaign, email)));
    expect((await campaign.stats()).total_participants).toBe(22);
    expect(await countOf("deliveries WHERE campaign_id = ?", campaign.id)).toBe(20);
  });

  it.each(changes)(
    "sees %s that appears during a crowd, for everybody after it",
    async (_name, _consequence, change, isSeen) => {
      const { campaign } = await plain();
      const before = Array.from({ length: 16 }, () => join(campaign, someone()));
      await change(campaign);
      const emails = Array.from({ length: 32 }, someone);
      await Promise.all(emails.map((email) => join(campaign, email)));
      await Promise.all(before);
      for (const email of emails) {
        const row = await rowOf(email);
        expect(row && (await isSeen(row))).toBe(true);
      }
    },
  );

  it("does not exist if a webhook gets each signup", async () => {
    const campaign = await newCampaign();
    await hear(campaign);
    const sizes = await watched(campaign);
    for (let n = 0; n < 3; n++) await join(campaign, someone());
    expect(sizes).toEqual(Array(3).fill(Object.keys(basicGroup).length));
  });

  it("still exists beside a webhook for other events", async () => {
    const { campaign, sizes } = await plain();
    await campaign.owner.post("/api/v1/webhooks", {
      link: `https://${newDomain()}/hooks`,
      events: ["reward.fulfilled"],
    });
    const before = sizes.length;
    await join(campaign, someone());
    expect(sizes.length - before).toBe(1);
  });
});
