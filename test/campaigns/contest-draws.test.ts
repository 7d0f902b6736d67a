import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { draw } from "../../src/campaigns/contest/draw";
import { drawDueContests } from "../../src/campaigns/contest/due-draws";
import { openDb } from "../../src/lib/db";
import { call, newMember } from "../support/client";
import {
  AFTER,
  disturbed,
  END,
  endedEvents,
  entrants,
  hinted,
  jobCtx,
  join,
  newCampaign,
  newContest,
  PERIOD,
  publicDraw,
  runDraw,
  START,
  within,
} from "../support/contests";

afterEach(() => vi.restoreAllMocks());

describe("the entrants", () => {
  it("are the active participants of the period, with one more entry per credited referral of the period", async () => {
    const { campaignId } = await newContest();
    const [before, first, last, late, pending, blocked, erased, star] = await join(campaignId, [
      { at: new Date(START.getTime() - 1) },
      { at: START },
      { at: END },
      { at: new Date(END.getTime() + 1) },
      { status: "pending" },
      { status: "blocked" },
      { status: "erased" },
      {},
    ]);
    const friends = await join(campaignId, [
      { invited_by: star },
      { invited_by: star, status: "erased" },
      { invited_by: star, status: "blocked" },
      { invited_by: star, credited: false },
      { invited_by: star, at: new Date(START.getTime() - 1) },
      { invited_by: star, at: new Date(END.getTime() + 1) },
      { invited_by: before },
      { invited_by: late },
    ]);
    const [other] = await join((await newContest()).campaignId, [{}]);
    await runDraw();
    const list = (await entrants(campaignId)).text;
    const inPeriod = [friends[0], friends[3], friends[6], friends[7]];
    expect(list).toBe(`${first}:1\n${last}:1\n${star}:3\n${inPeriod.map((id) => `${id}:1\n`).join("")}`);
    const ids = list.match(/^\d+/gm)?.map(Number);
    for (const id of [before, late, pending, blocked, erased, other]) expect(ids).not.toContain(id);
  });

  it("have one entry each with uniform weighting", async () => {
    const { campaignId } = await newContest({ weighting: "uniform" });
    const [star] = await join(campaignId, [{}]);
    const [friend] = await join(campaignId, [{ invited_by: star }]);
    await runDraw();
    expect((await entrants(campaignId)).text).toBe(`${star}:1\n${friend}:1\n`);
  });

  it("are published after the draw, are cacheable, and contain only participants' ids", async () => {
    const { campaignId } = await newContest({ max_winners: 2 });
    await join(campaignId, [{}, {}, {}]);
    expect(await entrants(campaignId)).toMatchObject({ status: 404, code: "not_found" });
    await runDraw();
    const answer = await entrants(campaignId);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain/);
    expect(answer.headers.get("Cache-Control")).toContain("public");
    const { text } = await call("GET", `/api/v1/contests/${campaignId}/draw`);
    for (const published of [answer.text, text]) expect(published).not.toMatch(/Person|@|example\.com/);
    expect(await entrants(9_999_999)).toMatchObject({ status: 404 });
    expect(await entrants(0)).toMatchObject({ status: 400 });
  });
});

describe("a draw", () => {
  it("can be recomputed from public data", async () => {
    const { campaignId, member, path, made } = await newContest({ max_winners: 3 });
    const [star] = await join(campaignId, [{}, {}, {}]);
    await join(campaignId, Array(5).fill({ invited_by: star }));
    const announced = await publicDraw(campaignId);
    expect(announced).toMatchObject({ commitment: made.draw.commitment, seed: null, drawn_at: null, winners: [] });
    await runDraw();

    const published = await publicDraw(campaignId);
    const list = (await entrants(campaignId)).text;
    const seed = Uint8Array.fromHex(published.seed);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", seed));
    expect(digest.toHex()).toBe(announced.commitment);
    const recomputed = await draw(seed, list, published.max_winners);
    expect(published).toMatchObject({
      ...recomputed,
      commitment: announced.commitment,
      committed_at: announced.committed_at,
      drawn_at: AFTER.toISOString(),
      winner_indices: recomputed.winners.map((w) => w.index),
      entrants_count: 8,
      total_entries: 13,
    });
    const named = (await member.get(path)).data;
    expect(named.winners.map(({ name, ...winner }: { name: string }) => winner)).toEqual(recomputed.winners);
    expect(named.winners.every(({ name }: { name: string }) => name.startsWith("Person "))).toBe(true);
    expect(named.draw).toMatchObject({ seed: published.seed, entrants_hash: recomputed.entrants_hash });
  });

  it("happens once, however many crons run at once or later", async () => {
    const { campaignId, member, path } = await newContest({ max_winners: 2 });
    await join(campaignId, Array(20).fill({}));
    const failures = vi.spyOn(console, "error");
    await Promise.all([1, 2, 3, 4, 5].map(() => runDraw()));
    const drawn = (await member.get(path)).data;
    await runDraw(new Date(AFTER.getTime() + 86_400_000));
    expect(failures).not.toHaveBeenCalled();
    expect((await member.get(path)).data).toEqual(drawn);

    const events = await endedEvents(campaignId);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      date: AFTER.getTime(),
      data: {
        campaign_id: campaignId,
        contest_name: "Giveaway",
        drawn_at: drawn.drawn_at,
        winners: drawn.winners.map(({ participant_id, index }: { participant_id: number; index: number }) => ({
          participant_id,
          index,
        })),
      },
    });
  });

  it("that dies before its commit leaves nothing behind, and the next one draws", async () => {
    const { campaignId, member, path } = await newContest();
    await join(campaignId, [{}, {}]);
    const dies = () => Promise.reject(new Error("the Worker died"));
    await drawDueContests(jobCtx(AFTER, disturbed(3, dies)));
    expect((await member.get(path)).data).toMatchObject({ drawn_at: null, winners: [], draw: { seed: null } });
    expect(await endedEvents(campaignId)).toEqual([]);
    expect((await entrants(campaignId)).status).toBe(404);
    await runDraw();
    expect((await member.get(path)).data).toMatchObject({ winners: [{ name: expect.any(String) }] });
    expect(await endedEvents(campaignId)).toHaveLength(1);
  });

  it("with a lost response has happened, once", async () => {
    const { campaignId, member, path } = await newContest();
    await join(campaignId, [{}, {}]);
    const losesAnswer = async (commit: () => Promise<unknown>) => {
      await commit();
      throw new Error("Network connection lost.");
    };
    await drawDueContests(jobCtx(AFTER, disturbed(3, losesAnswer)));
    const drawn = (await member.get(path)).data;
    expect(drawn.winners).toHaveLength(1);
    await runDraw();
    expect((await member.get(path)).data).toEqual(drawn);
    expect(await endedEvents(campaignId)).toHaveLength(1);
  });

  it.each([{ end_date: "2199-01-01" }, { start_date: "2026-02-01" }, { max_winners: 2 }, { is_on: false }])(
    "from a contest that was changed to %j meanwhile does not count",
    async (change) => {
      const { campaignId, member, path } = await newContest();
      await join(campaignId, [{}, {}]);
      const changeFirst = async (commit: () => Promise<unknown>) => {
        expect((await member.put(path, change)).status).toBe(200);
        return commit();
      };
      await drawDueContests(jobCtx(AFTER, disturbed(3, changeFirst)));
      expect((await member.get(path)).data).toMatchObject({ drawn_at: null, winners: [] });
      expect(await endedEvents(campaignId)).toEqual([]);

      await join(campaignId, [{}]);
      await member.put(path, { end_date: PERIOD.end_date, is_on: true });
      await runDraw();
      const published = await publicDraw(campaignId);
      const list = (await entrants(campaignId)).text;
      const recomputed = await draw(Uint8Array.fromHex(published.seed), list, published.max_winners);
      expect(published).toMatchObject({ ...recomputed, entrants_count: 3 });
    },
  );

  it("of a contest that was replaced meanwhile does not count", async () => {
    const { campaignId, member, path, made } = await newContest();
    const makeAgain = async (commit: () => Promise<unknown>) => {
      await member.delete(path);
      await member.put(path, { contest_name: "Giveaway", ...PERIOD });
      return commit();
    };
    await drawDueContests(jobCtx(AFTER, disturbed(3, makeAgain)));
    const { draw: again, drawn_at } = (await member.get(path)).data;
    expect(drawn_at).toBeNull();
    expect(again.commitment).not.toBe(made.draw.commitment);
    expect(await endedEvents(campaignId)).toEqual([]);
  });

  it("waits for the end, and for last-moment signups", async () => {
    const { member, path } = await newContest();
    for (const now of [within, END, new Date(END.getTime() + 19_000)]) {
      await runDraw(now);
      expect((await member.get(path)).data.drawn_at).toBeNull();
    }
    await runDraw(new Date(END.getTime() + 20_000));
    expect((await member.get(path)).data.drawn_at).not.toBeNull();
  });

  it("does not happen while the contest is off", async () => {
    const { member, path } = await newContest({ is_on: false });
    await runDraw();
    expect((await member.get(path)).data.drawn_at).toBeNull();
    await member.put(path, { is_on: true });
    await runDraw();
    expect((await member.get(path)).data.drawn_at).toBe(AFTER.toISOString());
  });

  it("follows soon when the contest is ended early", async () => {
    const { member, path } = await newContest({ start_date: "2026-01-01", end_date: "2099-01-01" });
    expect((await member.put(path, { end_date: new Date().toISOString() })).status).toBe(200);
    await runDraw();
    expect((await member.get(path)).data.drawn_at).toBe(AFTER.toISOString());
  });

  it("is final: nothing of the contest changes afterward", async () => {
    const { member, path } = await newContest();
    await runDraw();
    const drawn = (await member.get(path)).data;
    for (const change of [{ end_date: "2099-01-01" }, { contest_name: "Other" }, { is_on: false }, {}])
      expect(await member.put(path, change)).toMatchObject({ status: 409, code: "contest_drawn" });
    expect((await member.get(path)).data).toEqual(drawn);
    expect((await member.delete(path)).status).toBe(200);
    expect(await publicDraw(drawn.campaign_id)).toMatchObject({
      seed: drawn.draw.seed,
      removed_at: expect.any(String),
    });
  });

  it("without entrants has no winners", async () => {
    const { campaignId, member, path } = await newContest({ max_winners: 5 });
    await runDraw();
    expect((await member.get(path)).data).toMatchObject({
      drawn_at: AFTER.toISOString(),
      winners: [],
      draw: { entrants_count: 0, total_entries: 0, seed: expect.any(String) },
    });
    expect(await entrants(campaignId)).toMatchObject({ status: 200, text: "" });
    expect(await endedEvents(campaignId)).toMatchObject([{ data: { winners: [] } }]);
  });

  it("that fails does not delay others", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const [broken, swapped, good] = [await newContest(), await newContest(), await newContest()];
    const setSeed = (campaignId: number, seed: string) =>
      env.DB.prepare("UPDATE contests SET seed = ? WHERE campaign_id = ?").bind(seed, campaignId).run();
    const other = await env.DB.prepare("SELECT seed FROM contests WHERE campaign_id = ?")
      .bind(good.campaignId)
      .first<{ seed: string }>();
    await setSeed(broken.campaignId, "bm90IHNlYWxlZCBhdCBhbGwgYnkgYW55Ym9keQ==");
    await setSeed(swapped.campaignId, other?.seed ?? "");
    await runDraw();
    for (const { member, path } of [broken, swapped]) {
      expect((await member.get(path)).data.drawn_at).toBeNull();
      await member.delete(path);
    }
    expect((await good.member.get(good.path)).data.drawn_at).not.toBeNull();
  });

  it("reaches the account's and the campaign's webhooks, each once", async () => {
    const { campaignId, member } = await newContest();
    const otherCampaign = await newCampaign(member);
    const stranger = await newMember();
    const addWebhook = (memberId: number, campaign: number | null, events: string[]) =>
      env.DB.prepare(
        "INSERT INTO webhooks (member_id, campaign_id, link, events, secret, date_added) VALUES (?, ?, 'https://hooks.example.com/x', ?, 'sealed', 0) RETURNING id",
      )
        .bind(memberId, campaign, JSON.stringify(events))
        .first<{ id: number }>();
    const wanted = [
      await addWebhook(member.id, null, ["contest.ended", "participant.signup"]),
      await addWebhook(member.id, campaignId, ["contest.ended"]),
    ];
    await addWebhook(member.id, campaignId, ["participant.signup"]);
    await addWebhook(member.id, otherCampaign, ["contest.ended"]);
    await addWebhook(stranger.id, null, ["contest.ended"]);
    await Promise.all([runDraw(), runDraw(), runDraw()]);
    const [event] = await endedEvents(campaignId);
    const { results } = await env.DB.prepare(
      "SELECT id, webhook_id, event_id, type FROM deliveries WHERE campaign_id = ? ORDER BY webhook_id",
    )
      .bind(campaignId)
      .all<{ id: number }>();
    expect(results).toMatchObject(
      wanted.map((hook) => ({ webhook_id: hook?.id, event_id: event?.id, type: "contest.ended" })),
    );
    expect(hinted.filter((id) => results.some((row) => row.id === id))).toEqual(results.map((row) => row.id));
  });

  it("forgets an erased winner's name, but not the winning id", async () => {
    const { campaignId, member, path } = await newContest();
    const [id] = await join(campaignId, [{}]);
    await runDraw();
    await env.DB.prepare("UPDATE participants SET name = NULL, email = NULL, status = 'erased' WHERE id = ?")
      .bind(id)
      .run();
    expect((await member.get(path)).data.winners).toEqual([{ participant_id: id, name: null, index: 0, entries: 1 }]);
    const events = JSON.stringify(await endedEvents(campaignId));
    expect(events).not.toContain("Person");
  });
});

describe("a draw with 20 500 participants", () => {
  it("takes three calls, complete and in order", async () => {
    const { campaignId, member, path } = await newContest({ max_winners: 1000 });
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20500)
       INSERT INTO participants (id, member_id, campaign_id, email, name, date_signedup, invited_by, signup_event, credit_event)
       SELECT 7000000 + i, ?1, ?2, 'p' || i || '@example.com', 'Person', ?3,
         CASE WHEN i > 500 THEN 7000000 + i % 500 + 1 END, 'evt_signup', CASE WHEN i > 500 THEN 'evt_credit' END FROM n`,
    )
      .bind(member.id, campaignId, within.getTime())
      .run();
    const ctx = jobCtx();
    await drawDueContests(ctx);
    expect(ctx.db.meter.d1_calls).toBe(3);
    // Each person is read as an entrant, as a referral, and while sorting and grouping: the same number of times in any campaign.
    expect(ctx.db.meter.rows_read).toBeLessThan(6.1 * 20_500);
    expect(ctx.db.meter.rows_written).toBeLessThan(10);

    const drawn = (await member.get(path)).data;
    expect(drawn.winners).toHaveLength(1000);
    expect(drawn.draw).toMatchObject({ entrants_count: 20_500, total_entries: 40_500 });
    const { count } = (await env.DB.prepare("SELECT count(*) AS count FROM contest_entrants WHERE campaign_id = ?")
      .bind(campaignId)
      .first<{ count: number }>()) ?? { count: 0 };
    expect(count).toBe(2);
    const lines = (await entrants(campaignId)).text.split("\n");
    expect(lines).toHaveLength(20_501);
    expect(lines[0]).toBe("7000001:41");
    expect(lines[20_499]).toBe("7020500:1");
    const recomputed = await draw(Uint8Array.fromHex(drawn.draw.seed), lines.join("\n"), 1000);
    expect(recomputed.winners.map((w) => w.index)).toEqual(drawn.draw.winner_indices);
  });
});

describe("no contest query", () => {
  it("scans a whole table", async () => {
    const { campaignId, member, path } = await newContest();
    const queries = new Set<string>();
    const session = env.DB.withSession("first-primary");
    const spied = {
      withSession: () => ({
        prepare: (query: string) => {
          queries.add(query);
          return session.prepare(query);
        },
        batch: (statements: D1PreparedStatement[]) => session.batch(statements),
        getBookmark: () => session.getBookmark(),
      }),
    } as unknown as D1Database;
    const spying = { env: { DB: spied } };
    await drawDueContests(jobCtx(AFTER, openDb(spied, "first-primary")));
    await call("GET", `/api/v1/contests/${campaignId}/draw`, undefined, spying);
    await call("GET", `/api/v1/contests/${campaignId}/entrants`, undefined, spying);
    await member.get(path, spying);
    await member.put(path, { max_winners: 3 }, spying);
    await member.delete(path, spying);
    await member.put(path, { contest_name: "Again", ...PERIOD }, spying);
    await member.put(path, { max_winners: 3 }, spying);
    expect(queries.size).toBeGreaterThan(12);
    for (const query of queries) {
      const parameters = [...query.matchAll(/\?/g)].map(() => null);
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
        .bind(...parameters)
        .all<{ detail: string }>();
      const scans = results
        .map((row) => row.detail)
        .filter((detail) => /^SCAN (?!w VIRTUAL|o$|\(subquery|j VIRTUAL|CONSTANT)/.test(detail));
      expect(scans, query).toEqual([]);
    }
  });
});
