import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkDraw, type Published } from "../../src/dashboard/browser/draw";
import { fill, textsOf } from "../../src/texts/text";
import { call, newMember, type TestMember } from "../support/client";
import { contestPath, entrants, join, newCampaign, newContest, PERIOD, publicDraw, runDraw } from "../support/contests";

afterEach(() => vi.useRealTimers());

const onRecord = async (campaignId: number, number: number) =>
  (await call("GET", `/api/v1/contests/${campaignId}/draw?number=${number}`)).data;
const listOf = async (campaignId: number, number: number) =>
  (await call("GET", `/api/v1/contests/${campaignId}/entrants?number=${number}`)).text;

/** The failed claims and the notes of a check. */
async function verdictOn(draw: Published, list: string) {
  const steps = await checkDraw(draw, list);
  const claims = (of: typeof steps) =>
    of.map(({ claim: { text, words = {} } }) => fill(textsOf("en")[text as "proof_note"], words));
  return { failed: claims(steps.filter(({ holds }) => !holds)), notes: claims(steps.filter(({ isNote }) => isNote)) };
}

async function drawnContest(body: object = {}) {
  const contest = await newContest({ max_winners: 2, ...body });
  await join(contest.campaignId, [{}, {}, {}, {}]);
  await runDraw();
  return contest;
}

const again = (member: TestMember, path: string) => member.put(path, { contest_name: "Again", ...PERIOD });

describe("a contest's terms", () => {
  const HOUR_MS = 3_600_000;
  const soon = () => new Date(Date.now() + HOUR_MS).toISOString();

  it("cannot exclude existing participants once it has started", async () => {
    const { member, path, made } = await newContest({ start_date: "2026-01-01", end_date: "2099-01-01" });
    for (const change of [{ start_date: "2026-01-02" }, { weighting: "uniform" }])
      expect(await member.put(path, change)).toMatchObject({ status: 409, code: "contest_started" });
    for (const end_date of ["2026-01-03", new Date(Date.now() - HOUR_MS).toISOString()])
      expect(await member.put(path, { end_date })).toMatchObject({ status: 400, details: [{ path: "end_date" }] });
    expect((await member.get(path)).data).toEqual(made);
    expect(await member.put(path, { start_date: "2025-12-31" })).toMatchObject({ status: 200, data: { changes: 1 } });
  });

  it("may end now, but no earlier, for a caller with a slow clock", async () => {
    const { member, path } = await newContest({ start_date: "2026-01-01", end_date: "2099-01-01" });
    const before = Date.now();
    const { data } = await member.put(path, { end_date: new Date(before - 30_000).toISOString() });
    expect(Date.parse(data.end_date)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(data.end_date)).toBeLessThanOrEqual(Date.now());
  });

  it("are fixed after the end, whether it is on or off", async () => {
    const { member, path } = await newContest({ start_date: "2026-01-01", end_date: soon(), is_on: false });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * HOUR_MS });
    for (const change of [{ end_date: "2099-01-01" }, { start_date: "2025-01-01" }, { max_winners: 9 }])
      expect(await member.put(path, change)).toMatchObject({ status: 409, code: "contest_started" });
    expect(await member.put(path, { is_on: true, description: "A bike" })).toMatchObject({ status: 200 });
  });

  it("change at most twenty times after the start, and the proof has the count", async () => {
    const { member, campaignId, path } = await newContest({ start_date: "2026-01-01", end_date: "2099-01-01" });
    for (let n = 1; n <= 20; n++) expect((await member.put(path, { max_winners: n + 1 })).status).toBe(200);
    expect(await member.put(path, { max_winners: 30 })).toMatchObject({ status: 409, code: "contest_started" });
    expect(await member.put(path, { max_winners: 21, contest_name: "Same" })).toMatchObject({ status: 200 });
    expect(await publicDraw(campaignId)).toMatchObject({ changes: 20, changed_at: expect.any(String) });
  });

  it("change freely before the start, without being counted", async () => {
    const { member, path } = await newContest();
    expect((await member.put(path, { max_winners: 7, end_date: "2127-01-01" })).data.changes).toBe(0);
  });
});

describe("a removed contest", () => {
  it("stays on record with its list, and the campaign's next one has another number and commitment", async () => {
    const { member, campaignId, path, made } = await drawnContest();
    const drawn = await publicDraw(campaignId);
    const list = (await entrants(campaignId)).text;
    expect((await member.delete(path)).status).toBe(200);
    expect(await publicDraw(campaignId)).toEqual({
      ...drawn,
      removed_at: expect.any(String),
      records: [expect.objectContaining({ number: 1, seed: drawn.seed, removed_at: expect.any(String) })],
    });
    const { data: second } = await again(member, path);
    expect(second).toMatchObject({ number: 2, drawn_at: null, winners: [] });
    expect(second.draw.commitment).not.toBe(made.draw.commitment);
    expect((await entrants(campaignId)).status).toBe(404);
    expect(await listOf(campaignId, 1)).toBe(list);
    expect(await onRecord(campaignId, 1)).toMatchObject({ winners: drawn.winners, latest_number: 2 });
    expect(await onRecord(campaignId, 3)).toBeUndefined();
  });

  it("appears in every later proof, drawn or not", async () => {
    const { member, campaignId, path } = await drawnContest();
    await member.delete(path);
    await again(member, path);
    await member.delete(path);
    await again(member, path);
    await runDraw();
    const verdict = await verdictOn(await publicDraw(campaignId), (await entrants(campaignId)).text);
    expect(verdict.failed).toEqual(["The fingerprint was published before all entrants were known."]);
    expect(verdict.notes).toEqual([
      "Entrants who had signed up before the fingerprint was published: 4",
      "Contest 2 of this campaign was removed before its draw.",
      "Contest 1 of this campaign was drawn before and then removed.",
    ]);
    const first = await verdictOn(await onRecord(campaignId, 1), await listOf(campaignId, 1));
    expect(first.failed).toEqual([]);
    expect(first.notes).toEqual(["The organizer removed this contest.", "Later contests of this campaign: 2"]);
  });

  it.each([
    ["taken out", "DELETE FROM past_contests WHERE campaign_id = ? AND number = 1"],
    ["changed", "UPDATE past_contests SET end_date = end_date + 1 WHERE campaign_id = ? AND number = 1"],
  ])("that someone with database access has %s is detected by the next proof", async (_, sql) => {
    const { member, campaignId, path } = await drawnContest();
    await member.delete(path);
    await again(member, path);
    await join(campaignId, [{}]);
    await runDraw();
    const list = (await entrants(campaignId)).text;
    expect((await verdictOn(await publicDraw(campaignId), list)).failed).toEqual([]);
    await env.DB.prepare(sql).bind(campaignId).run();
    expect((await verdictOn(await publicDraw(campaignId), list)).failed).toEqual([
      "The campaign’s earlier contests are all on record.",
    ]);
  });

  it("keeps its secret if it was not drawn", async () => {
    const { member, campaignId, path } = await newContest();
    await member.delete(path);
    expect(await publicDraw(campaignId)).toMatchObject({ seed: null, drawn_at: null, winners: [] });
    expect((await entrants(campaignId)).status).toBe(404);
    const row = await env.DB.prepare("SELECT * FROM past_contests WHERE campaign_id = ?").bind(campaignId).first();
    expect(row).toMatchObject({ revealed_seed: null });
    expect(row).not.toHaveProperty("seed");
  });

  it("allows at most forty replacements a month", async () => {
    const { member, path } = await newContest();
    for (let n = 1; n <= 40; n++) {
      await member.delete(path);
      const answer = await again(member, path);
      expect(answer.status, `contest ${n + 1}`).toBe(n < 40 ? 200 : 409);
    }
  });
});

describe("a draw of a deleted campaign", () => {
  it.each(["campaign", "brand"])("stays on record by numbers only when the %s is deleted", async (what) => {
    const { member, campaignId, path } = await drawnContest({ contest_name: "Secret prize", description: "A yacht" });
    await member.delete(path);
    await again(member, path);
    await runDraw();
    const { brand_id } = (await member.get(`/api/v1/campaigns/${campaignId}`)).data;
    const drawn = await publicDraw(campaignId);
    const list = (await entrants(campaignId)).text;
    const gone = what === "campaign" ? `/api/v1/campaigns/${campaignId}` : `/api/v1/brands/${brand_id}`;
    expect((await member.delete(gone)).status).toBe(200);
    expect(await publicDraw(campaignId)).toMatchObject({ number: 2, seed: drawn.seed, winners: drawn.winners });
    expect(await listOf(campaignId, 2)).toBe(list);
    const { results } = await env.DB.prepare("SELECT * FROM past_contests WHERE campaign_id = ?")
      .bind(campaignId)
      .all();
    expect(results).toHaveLength(2);
    expect(JSON.stringify(results)).not.toMatch(/Secret prize|yacht|Again/);
  });

  it("leaves no record if the contest was not drawn", async () => {
    const { member, campaignId } = await newContest();
    await member.delete(`/api/v1/campaigns/${campaignId}`);
    expect((await call("GET", `/api/v1/contests/${campaignId}/draw`)).status).toBe(404);
  });
});

describe("the commitment", () => {
  it("is late if all entrants had signed up before it", async () => {
    const { member, campaignId, path } = await newContest();
    await member.delete(path);
    await join(campaignId, [{}, {}]);
    await again(member, path);
    await runDraw();
    const verdict = await verdictOn(await publicDraw(campaignId), (await entrants(campaignId)).text);
    expect(verdict.failed).toEqual(["The fingerprint was published before all entrants were known."]);
  });

  it("is in time if others join after it, with a note about earlier entrants", async () => {
    const member = await newMember();
    const campaignId = await newCampaign(member);
    await join(campaignId, [{}, {}]);
    await again(member, contestPath(campaignId));
    await join(campaignId, [{}]);
    await runDraw();
    const verdict = await verdictOn(await publicDraw(campaignId), (await entrants(campaignId)).text);
    expect(verdict).toEqual({
      failed: [],
      notes: ["Entrants who had signed up before the fingerprint was published: 2"],
    });
  });

  it("is late if it came after the end", async () => {
    const { campaignId } = await drawnContest();
    const draw = await publicDraw(campaignId);
    const late = { ...draw, committed_at: new Date(Date.parse(draw.end_date) + 1).toISOString() };
    expect((await verdictOn(late, (await entrants(campaignId)).text)).failed).toEqual([
      "The fingerprint was published before the contest ended.",
    ]);
  });
});

describe("the list of a brand's draws", () => {
  async function brandWithDraws() {
    const contest = await drawnContest({ contest_name: "Win a <b>bike</b>" });
    const { member, campaignId, path } = contest;
    const { brand_id } = (await member.get(`/api/v1/campaigns/${campaignId}`)).data;
    const { slug } = (await member.get(`/api/v1/brands/${brand_id}`)).data;
    return { ...contest, path, slug, brand_id };
  }
  const publish = (member: TestMember, campaignId: number) =>
    member.put(`/api/v1/campaigns/${campaignId}`, { publish: "public" });
  const page = (slug: string, language = "en", query = "") =>
    call("GET", `/p/${slug}/draws${query}`, undefined, {
      headers: { Accept: "text/html", "Accept-Language": language },
    });

  it("has the draws of public campaigns, removed ones included, with links to their proofs", async () => {
    const { member, campaignId, path, slug } = await brandWithDraws();
    expect((await call("GET", `/api/v1/brands/${slug}/draws`)).status).toBe(404);
    expect((await page(slug)).status).toBe(404);
    await publish(member, campaignId);
    await member.delete(path);
    await again(member, path);
    await runDraw();
    await member.delete(path);
    await again(member, path);
    const { data } = await call("GET", `/api/v1/brands/${slug}/draws?limit=1`);
    expect(data.pagination).toMatchObject({ total: 2, totalPages: 2 });
    expect(data.draws).toMatchObject([
      {
        campaign_id: campaignId,
        number: 2,
        contest_name: "Again",
        entrants_count: 4,
        winners_count: 1,
        removed_at: expect.any(String),
        proof_url: `https://referrals.test/contest/${campaignId}?number=2`,
      },
    ]);
    const { status, text } = await page(slug);
    expect(status).toBe(200);
    for (const number of [1, 2]) expect(text).toContain(`/contest/${campaignId}?number=${number}`);
    expect(text).not.toContain(`?number=3`);
    expect(text).not.toMatch(/Person|@example|<b>bike/);
    expect((await page(slug, "en", "?page=2")).status).toBe(200);
  });

  it.each([
    ["en", "Past draws"],
    ["de", "Bisherige Verlosungen"],
    ["fr", "Tirages passés"],
    ["es", "Sorteos anteriores"],
    ["pt", "Sorteios anteriores"],
  ])("is in %s", async (language, title) => {
    const { member, campaignId, slug } = await brandWithDraws();
    await publish(member, campaignId);
    expect((await page(slug, language)).text).toContain(title);
    const chosen = await page(slug, "en", `?lang=${language}`);
    expect(chosen.text).toContain(title);
    expect(chosen.text).toContain(
      `hreflang="${language}" href="https://referrals.test/p/${slug}/draws?lang=${language}"`,
    );
  });

  it("keeps a deleted public campaign's draw, without its name", async () => {
    const { member, campaignId, slug } = await brandWithDraws();
    await publish(member, campaignId);
    await member.delete(`/api/v1/campaigns/${campaignId}`);
    const { data } = await call("GET", `/api/v1/brands/${slug}/draws`);
    expect(data.draws).toMatchObject([{ campaign_id: campaignId, contest_name: null }]);
  });

  it("is a 404 for an unknown brand", async () => {
    expect((await call("GET", "/api/v1/brands/nobody/draws")).status).toBe(404);
    expect((await page("nobody")).status).toBe(404);
  });
});
