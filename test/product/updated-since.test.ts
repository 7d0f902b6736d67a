import { env } from "cloudflare:workers";
import { getTableColumns } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import {
  conversionColumns,
  conversions,
  coupons,
  deliveries,
  participantColumns,
  participants,
  rewardColumns,
  rewards,
  rewardValues,
  type Stamped,
  stamped,
  stampTrigger,
} from "../../drizzle/schema";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { workOf } from "../support/work";

const tables = { participants, rewards, coupons, conversions, deliveries };

const START = "1970-01-01T00:00:00Z";
type Row = Record<string, unknown> & { id: number };

/** Reads a list from the last position to its end. */
async function poll(campaign: TestCampaign, path: string, since: string, limit = 3) {
  const name = path.split("/").at(-1)?.split("?")[0] ?? "";
  const rows: Row[] = [];
  for (let at = since; ; ) {
    const sep = path.includes("?") ? "&" : "?";
    const { status, text, data } = await campaign.owner.get(
      `/api/v1${path}${sep}limit=${limit}&updated_since=${encodeURIComponent(at)}`,
    );
    if (status !== 200) throw new Error(text);
    rows.push(...data[name]);
    at = data.pagination.next_updated_since;
    if (!data.pagination.has_more) return { rows, next: at };
  }
}
const ids = (rows: Row[]) => rows.map(({ id }) => id);

describe("the order of changes", () => {
  it("is kept by a trigger of every list, which covers each column of the API", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_stamp'",
    ).all<{ name: string; sql: string }>();
    const found = new Map(results.map(({ name, sql }) => [name, sql]));
    const words = (sql: string | undefined) => sql?.replaceAll(/[\s;]+/g, " ").trim();
    for (const list of Object.keys(stamped) as Stamped[])
      expect(words(found.get(`${list}_stamp`))).toBe(words(stampTrigger(list)));
  });

  /** Columns that no statement changes, or that the API does not show. */
  const constant: Record<Stamped, string[]> = {
    participants: ["id", "campaign_id", "visit_count"],
    rewards: [
      // Copied from the rule when the reward is earned.
      ...Object.keys(rewardValues),
      "id",
      "campaign_id",
      "participant_id",
      "role",
      "reward_type",
      "date_earned",
      "rule_id",
      "conversion_id",
      "currency",
      "coupon",
      "coupon_valid_until",
      "coupon_last_day",
    ],
    coupons: ["id"],
    conversions: [
      "id",
      "campaign_id",
      "participant_id",
      "referrer_id",
      "attributed_by",
      "event_name",
      "external_id",
      "paid",
      "currency",
      "occurred_at",
      "date_added",
    ],
    deliveries: ["id", "event_id", "type", "webhook_id"],
  };
  const shown: Record<Stamped, string[]> = {
    participants: Object.keys(participantColumns),
    rewards: Object.keys(rewardColumns),
    coupons: ["id", "code", "reward_id", "date_assigned"],
    conversions: Object.keys(conversionColumns),
    deliveries: ["id", "event_id", "type", "webhook_id", "status", "attempts", "next_attempt_at"],
  };
  it.each(Object.keys(stamped) as Stamped[])("counts every column of %s that can change", (list) => {
    const changing = shown[list].filter((column) => !constant[list].includes(column));
    const missing = changing.filter((column) => !(stamped[list].shows as readonly string[]).includes(column));
    // A column that no statement changes goes into `constant`.
    expect(missing, "add them to drizzle/schema/stamps.ts, and replace the trigger in a migration").toEqual([]);
    expect(Object.keys(getTableColumns(tables[list]))).toEqual(expect.arrayContaining([...stamped[list].shows]));
  });
});

describe("updated_since", () => {
  it("returns each participant once, and again after any change, whoever made it", async () => {
    const campaign = await newCampaign();
    const people = [];
    for (let i = 0; i < 7; i++) people.push((await campaign.signUp(someone())).data);
    const [first, second, third] = people;
    const whole = await poll(campaign, "/participants", START);
    expect(ids(whole.rows)).toEqual(people.map(({ id }) => id));
    expect((await poll(campaign, "/participants", whole.next)).rows).toEqual([]);

    await campaign.owner.patch(`/api/v1/participants/${second.id}`, { name: "Someone Else" });
    const friend = (await campaign.refer(first.referral_code, someone())).data;
    // A statement that ignores the order.
    await env.DB.prepare("UPDATE participants SET metadata = '{}' WHERE id = ?").bind(third.id).run();
    const changes = await poll(campaign, "/participants", whole.next, 1);
    expect(ids(changes.rows)).toEqual([friend.id, second.id, first.id, third.id]);
    expect(changes.rows.find(({ id }) => id === first.id)).toMatchObject({ referral_count: 1 });
    expect((await poll(campaign, "/participants", changes.next)).rows).toEqual([]);

    await campaign.owner.delete(`/api/v1/participants/${second.id}`);
    const [blocked] = await Promise.all([
      campaign.owner.patch(`/api/v1/participants/${third.id}`, { status: "blocked" }),
      campaign.signUp(someone()),
    ]);
    expect(blocked.status).toBe(200);
    expect(
      (await poll(campaign, `/participants?campaign_id=${campaign.id}&status=blocked`, changes.next)).rows,
    ).toMatchObject([{ id: third.id, status: "blocked" }]);
    const late = new Date(Date.now() + 3_600_000).toISOString();
    expect((await poll(campaign, "/participants", late)).rows).toEqual([]);
  });

  it("skips and repeats nothing while rows are added, changed, and deleted between pages", async () => {
    const campaign = await newCampaign();
    const known = new Map<number, string>();
    let next = START;
    const seen = new Map<number, string>();
    for (let round = 0; round < 12; round++) {
      const answers = await Promise.all([
        campaign.signUp(someone()),
        campaign.signUp(someone()),
        campaign.signUp(someone()),
      ]);
      for (const { data } of answers) known.set(data.id, data.name);
      const [some] = [...known.keys()].slice(round, round + 1);
      if (some) {
        await campaign.owner.patch(`/api/v1/participants/${some}`, { name: `Round ${round}` });
        known.set(some, `Round ${round}`);
      }
      const gone = round % 4 === 3 ? [...known.keys()].at(-2) : undefined;
      if (gone) {
        await campaign.owner.delete(`/api/v1/participants/${gone}`);
        known.delete(gone);
        seen.delete(gone);
      }
      const { data } = await campaign.owner.get(
        `/api/v1/participants?limit=2&updated_since=${encodeURIComponent(next)}`,
      );
      next = data.pagination.next_updated_since;
      for (const row of data.participants) {
        expect(seen.get(row.id)).not.toBe(row.name);
        seen.set(row.id, row.name);
      }
    }
    const rest = await poll(campaign, "/participants", next, 2);
    for (const row of rest.rows) {
      expect(seen.get(row.id)).not.toBe(row.name);
      seen.set(row.id, String(row.name));
    }
    expect([...seen].sort()).toEqual([...known].sort());
  });

  it("returns added or changed rewards, coupons, conversions, and deliveries", async () => {
    const campaign = await newCampaign({ reward_type: 1, goal_type: "signup", num_signups: 1 });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://acme.com/hook", events: ["participant.signup"] });
    const hook = (await campaign.owner.get("/api/v1/webhooks")).data.webhooks[0].id;
    await campaign.upload(someCodes(5));
    const codes = `/campaigns/${campaign.id}/coupons`;
    const sendings = `/webhooks/${hook}/deliveries`;
    const before = {
      rewards: await poll(campaign, "/rewards", START),
      coupons: await poll(campaign, codes, START),
      deliveries: await poll(campaign, sendings, START),
    };
    expect(before.coupons.rows).toHaveLength(5);
    const referrer = (await campaign.signUp(someone())).data;
    await campaign.refer(referrer.referral_code, someone());
    const rewards = await poll(campaign, "/rewards", before.rewards.next);
    expect(rewards.rows).toMatchObject([{ participant_id: referrer.id, status: "fulfilled" }]);
    expect((await poll(campaign, codes, before.coupons.next)).rows).toMatchObject([{ status: "assigned" }]);
    const sent = await poll(campaign, sendings, before.deliveries.next);
    expect(new Set(ids(sent.rows)).size).toBeGreaterThanOrEqual(2);

    const [reward] = ids(rewards.rows);
    await campaign.owner.patch(`/api/v1/rewards/${reward}`, { status: "revoked" });
    const after = await poll(campaign, `/rewards?status=revoked&campaign_id=${campaign.id}`, rewards.next);
    expect(after.rows).toMatchObject([{ id: reward, status: "revoked" }]);

    const sales = await poll(campaign, "/conversions", START);
    const sale = { campaign_id: campaign.id, participant_id: referrer.id, event_name: "order", amount: 500 };
    const bought = await campaign.owner.post("/api/v1/conversions", { ...sale, conversion_id: "1", currency: "USD" });
    expect(bought.status).toBeLessThan(300);
    const recorded = await poll(campaign, "/conversions", sales.next);
    expect(recorded.rows).toHaveLength(1);
    const refund = { campaign_id: campaign.id, event_name: "order", conversion_id: "1", refund_id: "r", amount: 100 };
    const refunded = await campaign.owner.post("/api/v1/refunds", refund);
    expect(refunded.status).toBeLessThan(300);
    expect((await poll(campaign, "/conversions", recorded.next)).rows).toMatchObject([{ refunded_amount: 100 }]);
  });

  /** A campaign with a row of every list, all of which were read. */
  async function everythingRead() {
    const campaign = await newCampaign({ reward_type: 1, goal_type: "signup", num_signups: 1 });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://acme.com/hook", events: ["participant.signup"] });
    const hook = (await campaign.owner.get("/api/v1/webhooks")).data.webhooks[0].id;
    await campaign.upload(someCodes(3));
    const referrer = (await campaign.signUp(someone())).data;
    await campaign.refer(referrer.referral_code, someone());
    await sell(campaign, referrer.id, "1");
    const paths: Record<Stamped, string> = {
      participants: "/participants",
      rewards: "/rewards",
      coupons: `/campaigns/${campaign.id}/coupons`,
      conversions: "/conversions",
      deliveries: `/webhooks/${hook}/deliveries`,
    };
    return { campaign, paths };
  }
  const sell = async (campaign: TestCampaign, participant_id: number, conversion_id: string) => {
    const body = { campaign_id: campaign.id, participant_id, event_name: "order", amount: 500, currency: "USD" };
    const { status, data } = await campaign.owner.post("/api/v1/conversions", { ...body, conversion_id });
    expect(status).toBe(201);
    return data.conversion.id as number;
  };
  /** A change by a statement that ignores the order. */
  const changes: Record<Stamped, string> = {
    participants: "metadata = '{}'",
    rewards: "note = 'x'",
    coupons: "code = code || 'x'",
    conversions: "metadata = '{}'",
    deliveries: "attempts = '[]'",
  };
  it.each(Object.keys(stamped) as Stamped[])(
    "returns a row of %s again after any statement that changes it",
    async (list) => {
      const { campaign, paths } = await everythingRead();
      const whole = await poll(campaign, paths[list], START);
      expect(whole.rows.length).toBeGreaterThan(0);
      expect(new Set(ids(whole.rows)).size).toBe(whole.rows.length);
      const [row] = whole.rows;
      await env.DB.prepare(`UPDATE ${list} SET ${changes[list]} WHERE id = ?`).bind(row?.id).run();
      const again = await poll(campaign, paths[list], whole.next);
      expect(ids(again.rows)).toEqual([row?.id]);
      expect((await poll(campaign, paths[list], again.next)).rows).toEqual([]);
    },
  );

  it("writes no order for a new reward, conversion, or code, or a given code", async () => {
    const { campaign } = await everythingRead();
    for (const list of ["rewards", "coupons", "conversions"])
      expect(
        await env.DB.prepare(`SELECT count(*) AS n FROM ${list} WHERE campaign_id = ? AND updated_at IS NOT NULL`)
          .bind(campaign.id)
          .first("n"),
      ).toBe(0);
  });

  it("returns a reward whose request began before that of the last one read", async () => {
    const campaign = await newCampaign({ reward_type: 2, custom_message: "Thanks" });
    const [first, second] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    await campaign.refer(first.referral_code, someone());
    const whole = await poll(campaign, "/rewards", START);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 300_000 });
    await campaign.refer(second.referral_code, someone());
    vi.useRealTimers();
    expect((await poll(campaign, "/rewards", whole.next)).rows).toMatchObject([{ participant_id: second.id }]);
  });

  it("returns conversions of several campaigns in commit order, even after the last ones were purged", async () => {
    const campaign = await newCampaign();
    const other = await newCampaign({}, campaign.owner);
    const buyers = [(await campaign.signUp(someone())).data.id, (await other.signUp(someone())).data.id];
    const sold: number[] = [];
    let next = START;
    const seen: number[] = [];
    for (let n = 0; n < 5; n++) {
      sold.push(await sell(campaign, buyers[0], `a${n}`), await sell(other, buyers[1], `b${n}`));
      const page = await poll(campaign, "/conversions", next, 1);
      seen.push(...ids(page.rows));
      next = page.next;
    }
    expect(seen).toEqual(sold);
    await env.DB.prepare("DELETE FROM conversions WHERE campaign_id = ?").bind(other.id).run();
    const late = await sell(campaign, buyers[0], "late");
    expect(late).toBeGreaterThan(Math.max(...sold));
    expect(ids((await poll(campaign, "/conversions", next)).rows)).toEqual([late]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM conversions WHERE campaign_id = 0").first("n")).toBe(1);
  });

  it("returns a code when it is added and when it is given, each once, however they interleave", async () => {
    const campaign = await newCampaign({ reward_type: 1, goal_type: "signup", num_signups: 1 });
    const path = `/campaigns/${campaign.id}/coupons`;
    const seen = new Map<number, unknown[]>();
    let next = START;
    for (let round = 0; round < 5; round++) {
      await campaign.upload(Array.from({ length: 3 }, (_, n) => `code-${round}-${n}`));
      for (let n = 0; n < 2; n++)
        await campaign.refer((await campaign.signUp(someone())).data.referral_code, someone());
      const page = await poll(campaign, path, next, 2);
      for (const { id, status } of page.rows) seen.set(id, [...(seen.get(id) ?? []), status]);
      next = page.next;
    }
    expect((await poll(campaign, path, next)).rows).toEqual([]);
    const told = [...seen.entries()].sort(([a], [b]) => a - b).map(([, statuses]) => statuses);
    expect(told).toHaveLength(15);
    expect(told.slice(0, 10).every((statuses) => statuses.at(-1) === "assigned")).toBe(true);
    expect(told.slice(10).every((statuses) => statuses.join() === "available")).toBe(true);
    for (const statuses of told) expect(new Set(statuses).size).toBe(statuses.length);
    const since = await poll(campaign, path, new Date(Date.now() - 20 * 60_000).toISOString());
    expect(since.rows).toHaveLength(15);
    expect((await poll(campaign, path, new Date(Date.now() + 20 * 60_000).toISOString())).rows).toEqual([]);
  });

  it("can begin at any moment, even among rows from before the order", async () => {
    const campaign = await newCampaign({ reward_type: 2, custom_message: "Thanks" });
    const friends = [];
    const referrer = (await campaign.signUp(someone())).data;
    friends.push((await campaign.refer(referrer.referral_code, someone())).data);
    await campaign.signUp(someone());
    const old =
      "UPDATE participants SET signup_event = 'evt_018000000000' || substr(signup_event, 17), updated_at = NULL";
    await env.DB.prepare(`${old} WHERE id = ?`).bind(friends[0].id).run();
    await env.DB.prepare(`${old} WHERE id = ?`).bind(referrer.id).run();
    await env.DB.prepare("UPDATE rewards SET updated_at = NULL, date_earned = 1000 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    const recent = await poll(campaign, "/participants", new Date(Date.now() - 60_000).toISOString());
    expect(ids(recent.rows)).not.toContain(friends[0].id);
    expect(recent.rows).toHaveLength(1);
    expect((await poll(campaign, "/rewards", START)).rows).toHaveLength(1);
    expect((await poll(campaign, "/rewards", "2020-01-01T00:00:00Z")).rows).toEqual([]);
  });

  it("costs the same at any position, and reveals nothing about others", async () => {
    const campaign = await newCampaign();
    await campaign.owner.post("/api/v1/signups/batch", {
      campaign_id: campaign.id,
      signups: Array.from({ length: 300 }, () => ({ email: someone(), name: "Many" })),
    });
    await env.DB.prepare("UPDATE participants SET metadata = '{}' WHERE campaign_id = ?").bind(campaign.id).run();
    const costs: number[] = [];
    let next = "0.0.0.0";
    for (let page = 0; page < 12; page++) {
      const get = () => campaign.owner.get(`/api/v1/participants?limit=20&updated_since=${next}`);
      costs.push((await workOf(get)).rows_read);
      next = (await get()).data.pagination.next_updated_since;
    }
    expect(Math.max(...costs) - Math.min(...costs)).toBeLessThanOrEqual(40);
    const stranger = await newCampaign();
    expect((await poll(stranger, "/participants", "0.0.0.0")).rows).toEqual([]);
    expect((await stranger.owner.get(`/api/v1/campaigns/${campaign.id}/coupons?updated_since=0.0.0.0`)).status).toBe(
      404,
    );
  });

  it("refuses invalid times, and filters that would search", async () => {
    const { owner } = await newCampaign();
    for (const since of ["yesterday", "1.2.3", "1.2.3.99999999999999999", "9999999999999999.1.1.1"])
      expect(await owner.get(`/api/v1/participants?updated_since=${since}`)).toMatchObject({ status: 400 });
    const both = await owner.get(`/api/v1/participants?updated_since=0.0.0.0&email=a@b.co`);
    expect(both).toMatchObject({ status: 400, code: "invalid_request" });
    expect(both.text).toContain("must not be combined with `email`");
  });
});

describe("the event log", () => {
  it("is read from its end, and from a moment", async () => {
    const campaign = await newCampaign();
    const referrer = (await campaign.signUp(someone())).data;
    for (let i = 0; i < 4; i++) await campaign.refer(referrer.referral_code, someone());
    const list = async (query: string) => (await campaign.owner.get(`/api/v1/events?${query}`)).data;
    const forward = (await list("limit=100")).items.map(({ id }: { id: string }) => id);
    const backward: string[] = [];
    for (let query = "order=desc&limit=2"; ; ) {
      const { items, pagination } = await list(query);
      backward.push(...items.map(({ id }: { id: string }) => id));
      if (!pagination.has_more) break;
      query = `order=desc&limit=2&before=${pagination.before}`;
    }
    expect(backward).toEqual(forward.toReversed());
    const joined = await list("order=desc&limit=3&type=participant.signup");
    expect(joined.items.map(({ type }: { type: string }) => type)).toEqual(Array(3).fill("participant.signup"));
    expect((await list(`limit=100&updated_since=${new Date(Date.now() - 1000).toISOString()}`)).items).toHaveLength(
      forward.length,
    );
    const later = await list(`updated_since=${new Date(Date.now() + 3_600_000).toISOString()}`);
    expect(later.items).toEqual([]);
  });
});
