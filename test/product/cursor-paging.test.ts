import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openDb } from "../../src/lib/db";
import { eventStatements } from "../../src/outbox/webhooks/event";
import { participantsPage } from "../../src/participants/participant-store";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { newMember, type TestMember } from "../support/client";
import { workOf } from "../support/work";

type Row = { id: number };

/** More conversions of another event than one search looks at. */
const visits = (owner: TestMember, campaignId: number, participantId: number) =>
  env.DB.prepare(
    `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 10100)
    INSERT INTO conversions (member_id, campaign_id, participant_id, event_name, external_id, amount, currency, outcome, decisions, occurred_at, date_added, event)
    SELECT ?1, ?2, ?3, 'visit', n, 0, 'USD', 'not_credited', '[]', 1, 1, 'evt_v' || n FROM i`,
  )
    .bind(owner.id, campaignId, participantId)
    .run();

/** A database in which `then` happens right after a query with this text. */
const doesAfter = (text: string, then: D1PreparedStatement) => {
  const wrap = (session: D1DatabaseSession) => {
    let isIt = false;
    return {
      prepare: (query: string) => {
        isIt ||= query.includes(text);
        return session.prepare(query);
      },
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await session.batch(statements);
        if (isIt) await then.run();
        isIt = false;
        return results;
      },
      getBookmark: () => session.getBookmark(),
    };
  };
  return { withSession: (constraint: string) => wrap(env.DB.withSession(constraint)) } as unknown as D1Database;
};

/** Pages through a list by `limit`, and runs something after each page. */
async function walk(
  member: TestMember,
  path: string,
  list: string,
  limit: number,
  meanwhile = async (_: number) => {},
) {
  const ids: number[] = [];
  let after: number | null = 0;
  for (let page = 0; after !== null && page < 50; page++) {
    const mark = path.includes("?") ? "&" : "?";
    const answer = await member.get(`/api/v1/${path}${mark}after=${after}&limit=${limit}`);
    expect(answer.status, answer.text).toBe(200);
    ids.push(...answer.data[list].map(({ id }: Row) => id));
    after = answer.data.pagination.next_after;
    await meanwhile(page);
  }
  return ids;
}

describe("paging by cursor", () => {
  it("returns each participant once, while others are added and deleted", async () => {
    const campaign = await newCampaign();
    const ids: number[] = [];
    const join = async () => ids.push((await campaign.signUp(someone())).data.id);
    for (let i = 0; i < 7; i++) await join();
    const gone: number[] = [];
    const { owner } = campaign;
    const seen = await walk(owner, `participants?campaign_id=${campaign.id}`, "participants", 2, async (page) => {
      if (page > 2) return;
      await join();
      // One that was shown, and one that was not.
      for (const id of page === 1 ? [ids[0] ?? 0, ids[6] ?? 0] : []) {
        await owner.delete(`/api/v1/participants/${id}`);
        gone.push(id);
      }
    });
    expect(seen).toEqual(ids.filter((id) => id !== gone[1]));
    expect(await walk(owner, "participants", "participants", 3)).toEqual(ids.filter((id) => !gone.includes(id)));
  });

  it("continues a search after a participant of the page was erased", async () => {
    const campaign = await newCampaign();
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.push((await campaign.signUp(someone())).data.id);
    const path = `/api/v1/participants?campaign_id=${campaign.id}&q=person&limit=2`;
    const erased = env.DB.prepare("UPDATE participants SET status = 'erased', email = NULL WHERE id = ?").bind(ids[1]);
    const page = await campaign.owner.get(`${path}&after=0`, { env: { DB: doesAfter("fits", erased) } });
    expect(page.data.participants.map(({ id }: Row) => id)).toEqual([ids[0]]);
    const rest = await campaign.owner.get(`${path}&after=${page.data.pagination.next_after}`);
    expect(rest.data.participants.map(({ id }: Row) => id)).toEqual([ids[2]]);
    expect(rest.data.pagination.next_after).toBeNull();
  });

  it("returns each reward once, in the order they were earned, whatever the filter", async () => {
    const campaign = await newCampaign({ reward_type: 5, reward_invited: true });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 5 });
    const refer = async () => {
      const { referral_code } = (await campaign.signUp(someone())).data;
      await campaign.refer(referral_code, someone());
    };
    for (let i = 0; i < 3; i++) await refer();
    const of = `campaign_id=${campaign.id}`;
    const { rewards } = (await campaign.owner.get(`/api/v1/rewards?${of}&limit=100`)).data;
    const all = rewards.map(({ id }: Row) => id).reverse();
    expect(all).toHaveLength(6);
    for (const query of ["", `?${of}`, `?${of}&status=pending`, `?${of}&reward_type=5`])
      for (const limit of [1, 4, 6, 100])
        expect(await walk(campaign.owner, `rewards${query}`, "rewards", limit), query).toEqual(all);
    let more = 0;
    const seen = await walk(campaign.owner, `rewards?${of}`, "rewards", 2, async (page) => {
      if (page === 0) more = await refer().then(() => 2);
    });
    expect(seen.slice(0, 6)).toEqual(all);
    expect(new Set(seen).size).toBe(6 + more);
  });

  it("returns each coupon and delivery once", async () => {
    const campaign = await newCampaign();
    await campaign.upload(someCodes(5));
    const path = `campaigns/${campaign.id}/coupons`;
    const { coupons } = (await campaign.owner.get(`/api/v1/${path}`)).data;
    const ids = coupons.map(({ id }: Row) => id).reverse();
    let isMore = true;
    const seen = await walk(campaign.owner, path, "coupons", 2, async () => {
      if (isMore) await campaign.upload(someCodes(1));
      isMore = false;
    });
    expect(seen.slice(0, 5)).toEqual(ids);
    expect(new Set(seen).size).toBe(6);
    expect(await walk(campaign.owner, `${path}?status=available`, "coupons", 4)).toEqual(seen);

    const { owner } = campaign;
    const webhook = (await owner.post("/api/v1/webhooks", { link: "https://example.com/hooks" })).data;
    const db = openDb(env.DB, "first-primary");
    const happen = (n: number | string) => {
      const event = { campaign_id: campaign.id, member_id: owner.id, type: "participant.share" as const, data: {} };
      return db.batch(eventStatements(db, { ...event, id: `evt_${String(n).padStart(32, "0")}`, date: new Date() }));
    };
    for (let n = 1; n <= 5; n++) await happen(n);
    const log = `webhooks/${webhook.id}/deliveries`;
    const { deliveries } = (await owner.get(`/api/v1/${log}`)).data;
    const expected = deliveries.map(({ id }: Row) => id).reverse();
    const walked = await walk(owner, log, "deliveries", 2, async (page) => {
      if (page === 0) await happen(6);
    });
    expect(walked.slice(0, 5)).toEqual(expected);
    expect(new Set(walked).size).toBe(6);

    // More delivered ones than one search reads, between waiting ones.
    await env.DB.prepare(
      `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 10100)
      INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, status)
      SELECT ?1, ?2, 'evt_1' || printf('%031d', n), 'participant.share', 'delivered' FROM i`,
    )
      .bind(webhook.id, campaign.id)
      .run();
    await happen("2".padEnd(32, "0"));
    const waiting = await walk(owner, `${log}?status=pending`, "deliveries", 4);
    expect(waiting).toEqual([...walked, expect.any(Number)]);
    const newest = (await owner.get(`/api/v1/${log}?limit=1`)).data.deliveries[0];
    expect(waiting.at(-1)).toBe(newest.id);
    const page = await owner.get(`/api/v1/${log}?status=pending&after=${walked.at(-1)}`);
    expect(page.data.deliveries, "the search pauses").toEqual([]);
    const work = await workOf(() => owner.get(`/api/v1/${log}?status=pending&after=0`));
    expect(work.rows_read).toBeLessThan(60_000);
  });

  it("returns each conversion once, whatever the filter, even for an event rarer than one search", async () => {
    const campaign = await newCampaign();
    const { owner } = campaign;
    const ada = (await campaign.signUp(someone())).data;
    const sell = async (conversion_id: string, event_name: string) =>
      (
        await owner.post("/api/v1/conversions", {
          campaign_id: campaign.id,
          participant_id: ada.id,
          conversion_id,
          event_name,
        })
      ).data.conversion.id;
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push(await sell(`order-${n}`, "purchase"));
    let more = 0;
    const seen = await walk(owner, `conversions?campaign_id=${campaign.id}`, "conversions", 2, async (page) => {
      if (page === 0) more = await sell("order-5", "purchase");
    });
    expect(seen).toEqual([...ids, more]);
    for (const query of ["", `?participant_id=${ada.id}`, "?event_name=purchase"])
      for (const limit of [1, 4, 6, 100])
        expect(await walk(owner, `conversions${query}`, "conversions", limit), query).toEqual(seen);

    await visits(owner, campaign.id, ada.id);
    const late = await sell("order-6", "purchase");
    for (const query of [`campaign_id=${campaign.id}`, `participant_id=${ada.id}`, ""])
      expect(await walk(owner, `conversions?event_name=purchase&${query}`, "conversions", 5), query).toEqual([
        ...seen,
        late,
      ]);
  });

  it("reads no more conversions in an account with many campaigns", async () => {
    const owner = await newMember();
    const bought: number[] = [];
    for (let n = 0; n < 3; n++) {
      const campaign = await newCampaign({}, owner);
      const { id } = (await campaign.signUp(someone())).data;
      const sell = async (conversion_id: string) =>
        bought.push(
          (await owner.post("/api/v1/conversions", { campaign_id: campaign.id, participant_id: id, conversion_id }))
            .data.conversion.id,
        );
      await sell("first");
      await visits(owner, campaign.id, id);
      await sell("last");
    }
    expect(await walk(owner, "conversions?event_name=purchase", "conversions", 100)).toEqual(bought);
    const reads = async (query: string) => (await workOf(() => owner.get(`/api/v1/conversions${query}`))).rows_read;
    expect(await reads("?event_name=purchase")).toBeLessThan(9 * 10_000);
    expect(await reads("?event_name=purchase&after=0")).toBeLessThan(13 * 10_000);
    expect(await reads("?limit=10")).toBeLessThan(200);
  });

  it("ends with null, keeps pages unchanged, and refuses invalid IDs", async () => {
    const campaign = await newCampaign();
    await campaign.signUp(someone());
    const list = (query: string) => campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}${query}`);
    const exact = (await list("&after=0&limit=1")).data.pagination;
    expect(exact).toMatchObject({ page: 1, limit: 1, total: 1, totalPages: 1, next_after: expect.any(Number) });
    expect((await list(`&after=${exact.next_after}`)).data).toMatchObject({
      participants: [],
      pagination: { next_after: null },
    });
    for (const query of ["", "&after=", "&page=1"])
      expect((await list(query)).data.pagination).toEqual({ page: 1, limit: 20, total: 1, totalPages: 1 });
    for (const after of ["x", "-1", "1.5", "9007199254740993"])
      expect((await list(`&after=${after}`)).status).toBe(400);
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/participants?after=0`)).data.participants).toEqual([]);
  });

  it("reads no more rows at the end than at the beginning", async () => {
    const member = await newMember();
    const campaign = await newCampaign({}, member);
    await env.DB.prepare(
      `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 5000)
      INSERT INTO participants (member_id, campaign_id, email, email_canonical, status, date_signedup, signup_event)
      SELECT ?1, ?2, 'w' || n || '@' || ?2 || '.example', 'w' || n, 'active', 1, 'evt_w' || n FROM i`,
    )
      .bind(member.id, campaign.id)
      .run();
    const first = await env.DB.prepare("SELECT min(id) AS id FROM participants WHERE campaign_id = ?")
      .bind(campaign.id)
      .first<Row>();
    const db = openDb(env.DB, "first-unconstrained");
    const read = async (after: number, more: object) => {
      const { sql, params } = participantsPage(db, member.id, { page: 1, limit: 20, after, ...more }).toSQL();
      const { meta } = await env.DB.prepare(sql)
        .bind(...params)
        .all();
      return meta.rows_read;
    };
    for (const more of [{}, { campaign_id: campaign.id }])
      expect(await read((first?.id ?? 0) + 4_900, more)).toBeLessThanOrEqual(await read(first?.id ?? 0, more));
  });
});
