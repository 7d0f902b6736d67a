import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { call, newMember } from "../support/client";
import { contestPath, newCampaign, newContest, PERIOD, runDraw } from "../support/contests";

describe("a contest", () => {
  it("does not exist until it is created, and then has the requested values", async () => {
    const member = await newMember();
    const campaignId = await newCampaign(member);
    const path = contestPath(campaignId);
    expect(await member.get(path)).toMatchObject({ status: 404, code: "not_found" });
    const made = await member.put(path, { contest_name: "Giveaway", end_date: "2099-01-01" });
    expect(made).toMatchObject({
      status: 200,
      data: {
        campaign_id: campaignId,
        contest_name: "Giveaway",
        description: null,
        end_date: "2099-01-01T00:00:00.000Z",
        max_winners: 1,
        max_display: 10,
        is_on: true,
        weighting: "entries",
        number: 1,
        changes: 0,
        drawn_at: null,
        winners: [],
        draw: {
          algorithm: "hmac-sha256-v1",
          commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
          seed: null,
          entrants_hash: null,
          entrants_count: null,
          total_entries: null,
          winner_indices: [],
          entrants_url: `https://referrals.test/api/v1/contests/${campaignId}/entrants?number=1`,
        },
      },
    });
    expect(await member.get(path)).toMatchObject({ status: 200, data: made.data });
  });

  it("can be changed by any subset, and keeps the rest", async () => {
    const { member, path, made } = await newContest();
    expect(await member.put(path, { max_winners: "25", description: "Win a car", is_on: false })).toMatchObject({
      status: 200,
      data: { ...made, max_winners: 25, description: "Win a car", is_on: false },
    });
    expect((await member.put(path, { description: null })).data).toMatchObject({ max_winners: 25, description: null });
    expect((await member.put(path, {})).data).toMatchObject({ max_winners: 25, is_on: false });
  });

  it("is created once if sent twice, with one commitment", async () => {
    const { member, path, made } = await newContest();
    const again = await member.put(path, { contest_name: "Giveaway", ...PERIOD });
    expect(again).toMatchObject({ status: 200, data: made });
  });

  it("created by concurrent requests is one contest", async () => {
    const member = await newMember();
    const path = contestPath(await newCampaign(member));
    const body = { contest_name: "Giveaway", ...PERIOD };
    const answers = await Promise.all([1, 2, 3, 4].map((n) => member.put(path, { ...body, max_winners: n })));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((a) => a.data.draw.commitment)).size).toBe(1);
  });

  const later = { start_date: "2098-12-01" };
  const sooner = { end_date: "2098-06-01" };
  it.each([
    ["its start a little before its end", [later, sooner]],
    ["its end a little before its start", [sooner, later]],
  ])("never ends before it starts, even with two concurrent changes, %s", async (_, changes) => {
    const { member, path } = await newContest({ start_date: "2098-01-01", end_date: "2099-01-01" });
    const answers = await Promise.all(changes.map((change) => member.put(path, change)));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 400]);
    const { start_date, end_date } = (await member.get(path)).data;
    expect(start_date < end_date).toBe(true);
  });

  it.each([
    ["contest_name", "empty", { contest_name: "" }],
    ["contest_name", "of 201 characters", { contest_name: "x".repeat(201) }],
    ["contest_name", "that is an object", { contest_name: { a: 1 } }],
    ["contest_name", "left out", { contest_name: undefined }],
    ["description", "that is a number", { description: 7 }],
    ["end_date", "left out", { end_date: undefined }],
    ["end_date", "that is no date", { end_date: "soon" }],
    ["end_date", "at the start", { end_date: PERIOD.start_date }],
    ["end_date", "in the past", { start_date: "2020-01-01", end_date: "2020-02-01" }],
    ["start_date", "that no calendar has", { start_date: "2026-02-30" }],
    ["max_winners", "of none", { max_winners: 0 }],
    ["max_winners", "of 1001", { max_winners: 1001 }],
    ["max_winners", "that is no integer", { max_winners: 1.5 }],
    ["max_display", "below zero", { max_display: -1 }],
    ["is_on", "that is no boolean", { is_on: "perhaps" }],
    ["weighting", "that nobody knows", { weighting: "by height" }],
  ])("is refused for a %s %s", async (field, _, bad) => {
    const member = await newMember();
    const path = contestPath(await newCampaign(member));
    const answer = await member.put(path, { contest_name: "Giveaway", ...PERIOD, ...bad });
    expect(answer).toMatchObject({ status: 400, code: "invalid_request", details: [{ path: field }] });
    expect((await member.get(path)).status).toBe(404);
  });

  it("cannot end before its stored start", async () => {
    const { member, path, made } = await newContest();
    expect(await member.put(path, { end_date: "2020-01-01" })).toMatchObject({
      status: 400,
      details: [{ path: "end_date" }],
    });
    expect((await member.get(path)).data).toEqual(made);
  });

  it("is hidden from others", async () => {
    const { member, campaignId, path, made } = await newContest();
    const stranger = await newMember();
    for (const method of ["GET", "PUT", "DELETE"])
      for (const at of [path, contestPath(9_999_999)])
        expect(await stranger.call(method, at, method === "PUT" ? { contest_name: "Mine" } : undefined)).toMatchObject({
          status: 404,
          code: "not_found",
        });
    expect(await call("GET", path)).toMatchObject({ status: 401 });
    expect((await member.get(path)).data).toEqual(made);
    const other = contestPath(await newCampaign(stranger));
    expect(await stranger.put(other, { contest_name: "Other", ...PERIOD, campaign_id: campaignId })).toMatchObject({
      data: { campaign_id: Number(other.match(/\d+(?=\/contest)/)?.[0]) },
    });
  });

  it("keeps its weighting and start once it runs, while its end can move either way", async () => {
    const { member, path, made } = await newContest({ start_date: "2026-01-01", end_date: "2099-01-01" });
    expect(await member.put(path, { weighting: "uniform" })).toMatchObject({ status: 409, code: "contest_started" });
    expect(await member.put(path, { start_date: "2098-01-01" })).toMatchObject({
      status: 409,
      code: "contest_started",
    });
    for (const end_date of ["2099-06-01T00:00:00.000Z", "2098-06-01T00:00:00.000Z"])
      expect(await member.put(path, { end_date, weighting: "entries", start_date: made.start_date })).toMatchObject({
        status: 200,
        data: { end_date, draw: made.draw },
      });
  });

  it("can change its weighting before it starts, but never its commitment", async () => {
    const { member, path, made } = await newContest({ start_date: "2098-01-01", end_date: "2099-01-01" });
    const changed = await member.put(path, {
      weighting: "uniform",
      start_date: "2097-01-01",
      draw: { commitment: "0".repeat(64) },
      commitment: "0".repeat(64),
      seed: "0".repeat(64),
    });
    expect(changed).toMatchObject({ status: 200, data: { weighting: "uniform", draw: made.draw } });
  });

  it("keeps its seed secret until the draw", async () => {
    const { campaignId, member, path } = await newContest();
    const row = await env.DB.prepare("SELECT * FROM contests WHERE campaign_id = ?")
      .bind(campaignId)
      .first<Record<string, unknown>>();
    await runDraw();
    const { seed } = (await member.get(path)).data.draw;
    const base64 = Uint8Array.fromHex(seed).toBase64();
    expect(JSON.stringify(row)).not.toContain(seed);
    expect(JSON.stringify(row)).not.toContain(base64);
  });

  it("is removed when deleted, and the next one has a new commitment", async () => {
    const { member, path, made } = await newContest();
    expect(await member.delete(path)).toMatchObject({ status: 200, data: { deleted: true } });
    expect(await member.get(path)).toMatchObject({ status: 404 });
    expect(await member.delete(path)).toMatchObject({ status: 404 });
    const again = await member.put(path, { contest_name: "Giveaway", ...PERIOD });
    expect(again.data.draw.commitment).not.toBe(made.draw.commitment);
  });
});
