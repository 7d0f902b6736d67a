import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { checkDraw, type Published } from "../../src/dashboard/browser/draw";
import { proof } from "../../src/texts/en/proof";
import { textsOf } from "../../src/texts/text";
import { costOf } from "../support/campaigns";
import { call } from "../support/client";
import { stopClock } from "../support/clock";
import { entrants, join, newCampaign, newContest, publicDraw, runDraw } from "../support/contests";
import known from "../support/known-draw.json";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const minute = (date: Date) => date.toISOString().slice(0, 16);

async function signedInWithCampaign() {
  const ada = await signedIn();
  const campaignId = await newCampaign(ada.member);
  return {
    ...ada,
    campaignId,
    path: `/campaigns/${campaignId}/contest`,
    api: `/api/v1/campaigns/${campaignId}/contest`,
  };
}

const fields = (more: Record<string, unknown> = {}) =>
  ({
    "@flags": "is_on",
    is_on: true,
    contest_name: "Summer",
    description: "",
    start_date: "",
    end_date: minute(inDays(7)),
    max_winners: 2,
    max_display: 10,
    weighting: "entries",
    ...more,
  }) as never;

/** A drawn contest, with its owner signed in. */
async function drawnContest(body: object = {}) {
  const { member, campaignId } = await newContest({ max_winners: 2, ...body });
  const [first = 0] = await join(
    campaignId,
    Array.from({ length: 5 }, () => ({})),
  );
  await join(campaignId, [{ invited_by: first }, { invited_by: first }]);
  await runDraw();
  return { member, campaignId, ...(await browserOf(member)) };
}

describe("a contest", () => {
  it("is created with its form, by the API's own rules", async () => {
    stopClock();
    const ada = await signedInWithCampaign();
    expect((await ada.page(ada.path)).text).toContain("Create a contest");
    expect(leadsTo(await ada.submit(ada.path, fields()))).toBe(`${ada.path}?done=saved`);
    const { data } = await ada.member.get(ada.api);
    expect(data).toMatchObject({ contest_name: "Summer", description: null, max_winners: 2, is_on: true });
    expect(data.end_date.slice(0, 16)).toBe(minute(inDays(7)));
    const page = await ada.page(ada.path);
    expect(page.text).toContain("Running");
    expect(page.text).not.toContain("Create a contest");
  });

  it.each([
    [{ contest_name: "" }, "field-contest_name-problem"],
    [{ end_date: "" }, "field-end_date-problem"],
    [{ end_date: "tomorrow" }, "field-end_date-problem"],
    [{ end_date: "2020-01-01T00:00" }, "field-end_date-problem"],
    [{ max_winners: "0" }, "field-max_winners-problem"],
    [{ weighting: "luck" }, "field-weighting-problem"],
  ])("shows errors beside the field, and keeps the input: %o", async (wrong, problem) => {
    const ada = await signedInWithCampaign();
    const answer = await ada.submit(ada.path, fields({ description: "Kept words", ...wrong }));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(problem);
    expect(answer.text).toContain("Kept words");
    expect((await ada.member.get(ada.api)).status).toBe(404);
  });

  it("keeps its times to the millisecond when a form with minutes is sent back", async () => {
    stopClock();
    const ada = await signedInWithCampaign();
    const [start_date, end_date] = [inDays(1).toISOString(), inDays(9).toISOString()];
    await ada.member.put(ada.api, { contest_name: "Exact", start_date, end_date });
    const shown = { shown_start: start_date, shown_end: end_date, start_date: start_date.slice(0, 16) };
    await ada.submit(ada.path, fields({ ...shown, end_date: end_date.slice(0, 16), contest_name: "Renamed" }));
    expect((await ada.member.get(ada.api)).data).toMatchObject({ contest_name: "Renamed", start_date, end_date });
    await ada.submit(ada.path, fields({ ...shown, end_date: minute(inDays(8)) }));
    expect((await ada.member.get(ada.api)).data.end_date.slice(0, 16)).toBe(minute(inDays(8)));
  });

  it("explains its fixed fields after the start, and does not offer them", async () => {
    const ada = await signedInWithCampaign();
    await ada.submit(ada.path, fields());
    const page = (await ada.page(ada.path)).text;
    expect(page).toContain("The contest has started");
    expect(page).not.toContain('name="weighting"');
    const answer = await ada.submit(ada.path, fields({ weighting: "uniform" }));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("The contest has already started; its weighting can no longer be changed.");
    expect((await ada.member.get(ada.api)).data.weighting).toBe("entries");
  });

  it("shows the leaderboard by its own rule, in at most two round trips", async () => {
    const { member, campaignId } = await newContest({ start_date: "2026-03-01", end_date: "2127-03-01" });
    const ada = await browserOf(member);
    const [first = 0, second = 0] = await join(campaignId, [{}, {}]);
    await join(campaignId, [
      { invited_by: first },
      { invited_by: first, at: new Date("2026-02-01") },
      { invited_by: second },
      { invited_by: second },
      { invited_by: second, status: "blocked" },
    ]);
    await env.DB.prepare("UPDATE participants SET referral_count = 3 WHERE id = ?").bind(first).run();
    await env.DB.prepare("UPDATE participants SET referral_count = 2 WHERE id = ?").bind(second).run();
    const { d1_calls } = await costOf(async () => {
      const page = (await ada.page(`/campaigns/${campaignId}/contest`)).text;
      const rows = [...page.matchAll(/\/participants\/(\d+)">.*?<td class="number">(\d+)/g)];
      expect(rows.map(([, id, entries]) => [Number(id), Number(entries)])).toEqual([
        [second, 3],
        [first, 2],
      ]);
    });
    expect(d1_calls).toBeLessThanOrEqual(2);
  });

  it("shows its winners by name after the draw, and can only be deleted then", async () => {
    const { campaignId, ...ada } = await drawnContest();
    const { winners } = await publicDraw(campaignId);
    const page = (await ada.page(`/campaigns/${campaignId}/contest`)).text;
    for (const { participant_id } of winners)
      expect(page).toMatch(new RegExp(`/participants/${participant_id}">Person`));
    expect(page).not.toContain('name="contest_name"');
    const answer = await ada.submit(`/campaigns/${campaignId}/contest`, fields());
    expect(answer.status).toBe(400);
    expect(leadsTo(await ada.submit(`/campaigns/${campaignId}/contest/deletion`))).toContain("done=deleted");
    expect((await ada.submit(`/campaigns/${campaignId}/contest/deletion`)).status).toBe(404);
  });

  it("is hidden from other accounts, and read-only for viewers", async () => {
    const ada = await signedInWithCampaign();
    await ada.submit(ada.path, fields());
    const stranger = await signedIn();
    expect((await stranger.page(ada.path)).status).toBe(404);
    expect((await stranger.submit(ada.path, fields())).status).toBe(404);
    expect((await stranger.submit(`${ada.path}/deletion`)).status).toBe(404);
    const victor = await colleagueOf(ada.member, "viewer");
    const page = (await victor.page(ada.path)).text;
    expect(page).toContain("Summer");
    expect(page).not.toMatch(/<form method="post" action="\/campaigns/);
    expect((await victor.submit(ada.path, fields())).status).toBe(403);
  });
});

const verification = (campaignId: number | string) =>
  call("GET", `/contest/${campaignId}`, undefined, { headers: { Accept: "text/html" } });

/** The page's data for the verifying script. */
const handed = (html: string): Published =>
  JSON.parse(
    (/data-verify="([^"]*)"/.exec(html)?.[1] ?? "")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&"),
  );

describe("the public page of a draw", () => {
  it("shows the commitment before the draw, and never the seed", async () => {
    const { made, campaignId } = await newContest({ end_date: "2127-01-01" });
    const { status, text } = await verification(campaignId);
    expect(status).toBe(200);
    expect(text).toContain(made.draw.commitment);
    expect(text).toContain("have not been drawn yet");
    expect(text).not.toContain("data-verify");
  });

  it("gives browsers the data to repeat the draw, with the same result", async () => {
    const { campaignId } = await drawnContest();
    const { text } = await verification(campaignId);
    const draw = await publicDraw(campaignId);
    expect(text).toContain(draw.seed);
    for (const { participant_id } of draw.winners) expect(text).toContain(`Participant ${participant_id}`);
    const steps = await checkDraw(handed(text), (await entrants(campaignId)).text);
    expect(steps.filter(({ holds }) => !holds)).toEqual([]);
    expect(steps).toHaveLength(5 + 2 + 3);
  });

  it("is in each visitor's language, or the URL's, including the script's texts", async () => {
    const { campaignId } = await drawnContest();
    const see = async (query: string, language: string) =>
      (
        await call("GET", `/contest/${campaignId}${query}`, undefined, {
          headers: { Accept: "text/html", "Accept-Language": language },
        })
      ).text;
    for (const [query, browser, language] of [
      ["", "ja", "ja"],
      ["?lang=ar", "de", "ar"],
      ["?lang=xx", "pt-PT", "pt-PT"],
    ] as const) {
      const page = await see(query, browser);
      expect(page).toContain(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"`);
      const texts = textsOf(language);
      for (const name of ["proof_verified", "proof_matches", "check_winner", "proof_yourself", "source"] as const)
        expect(page).toContain(texts[name]);
      for (const name of Object.keys(proof) as (keyof typeof proof)[])
        if (proof[name].length > 20) expect([name, page.includes(proof[name])]).toEqual([name, false]);
    }
  });

  it("never names a private campaign's contest, or any participant", async () => {
    const { member, campaignId, path } = await newContest({ contest_name: "Secret prize", description: "A yacht" });
    await join(campaignId, [{}]);
    await runDraw();
    const hidden = (await verification(campaignId)).text;
    for (const text of ["Secret prize", "A yacht", "Launch", "Person"]) expect(hidden).not.toContain(text);
    await member.put(`/api/v1/campaigns/${campaignId}`, { publish: "public" });
    const open = (await verification(campaignId)).text;
    for (const text of ["Secret prize", "A yacht"]) expect(open).toContain(text);
    expect(open).not.toContain("Person");
    await member.delete(path);
    expect((await verification(campaignId)).text).toContain("The organizer removed this contest");
  });

  it.each(["0", "x", "99999999"])("is an error page for a missing one: %s", async (id) => {
    const { status, headers } = await verification(id);
    expect([400, 404]).toContain(status);
    expect(headers.get("Content-Type")).toContain("text/html");
  });
});

describe("the check in the browser", () => {
  const draw = known.draw as Published;
  const failing = async (list: string, change: Partial<Published> = {}) =>
    (await checkDraw({ ...draw, ...change }, list)).filter(({ holds }) => !holds).map(({ claim }) => claim.text);

  it("repeats the published draw", async () => {
    expect(await failing(known.entrants)).toEqual([]);
  });

  it("detects a changed list", async () => {
    const [first = "", ...rest] = known.entrants.split("\n");
    expect(await failing([`${first}0`, ...rest].join("\n"))).toContain("check_list");
    expect(await failing(rest.join("\n"))).toContain("check_list");
    for (const list of ["", known.entrants.slice(0, -1), `${known.entrants}1:1\n`, `${known.entrants}<b>:1\n`])
      expect(await failing(list)).not.toEqual([]);
  });

  it("detects another seed, another winner, and unknown rules", async () => {
    const [a, b, ...others] = draw.winners;
    if (!a || !b) throw new Error("too few winners");
    expect(await failing(known.entrants, { seed: "00".repeat(32) })).toContain("check_seed");
    expect(await failing(known.entrants, { winners: [b, a, ...others] })).toHaveLength(2);
    expect(await failing(known.entrants, { winners: [a, ...others] })).not.toEqual([]);
    expect(await failing(known.entrants, { winners: [{ ...a, participant_id: 1 }, b, ...others] })).toHaveLength(1);
    expect(await failing(known.entrants, { max_winners: 3 })).not.toEqual([]);
    expect(await failing(known.entrants, { algorithm: "another" })).toHaveLength(1);
  });
});
