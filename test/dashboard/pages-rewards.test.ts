import { env } from "cloudflare:workers";
import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { costOf } from "../support/campaigns";
import { newMember } from "../support/client";
import { formulas } from "../support/payloads";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { wordsOf } from "../support/words";

type Browser = Awaited<ReturnType<typeof signedIn>>;

/** A campaign that rewards with cash, and people who earned it. */
async function cashCampaign(referrers: number, fields: Record<string, unknown> = {}) {
  const owner = await newMember();
  const campaign = await newCampaign({ reward_type: 5, reward: { cash_value: 12.5 }, ...fields }, owner);
  const ada = { member: owner, ...(await browserOf(owner)) };
  const ids: number[] = [];
  for (let n = 0; n < referrers; n++) {
    const { data } = await campaign.signUp(someone(), { name: `Referrer ${n}` });
    const referral = await campaign.refer(data.referral_code, someone());
    ids.push(referral.data.reward.id);
  }
  return { ada, campaign, ids };
}

const statusesOf = async (campaign: TestCampaign) =>
  Object.fromEntries((await campaign.rewards()).map((r: { id: number; status: string }) => [r.id, r.status]));

describe("the list of rewards", () => {
  let ada: Browser;
  let campaign: TestCampaign;
  let ids: number[];
  beforeAll(async () => {
    ({ ada, campaign, ids } = await cashCampaign(3));
    await ada.member.patch(`/api/v1/rewards/${ids[2]}`, { status: "fulfilled", note: "By bank" });
  });

  it("shows each reward and its owner, in at most two round trips", async () => {
    const { d1_calls } = await costOf(async () => {
      const page = await ada.page("/rewards");
      expect(page.status).toBe(200);
      for (const text of ["Referrer 0", "Referrer 2", "$12.50", "By bank", "Pending 2", "Given 1"])
        expect(page.text).toContain(text);
    });
    expect(d1_calls).toBeLessThanOrEqual(2);
  });

  it.each([
    ["status=pending", ["Referrer 0", "Referrer 1"], ["Referrer 2"]],
    ["status=fulfilled", ["Referrer 2"], ["Referrer 0"]],
    ["status=pending&reward_type=5&limit=1", ["Referrer 1"], ["Referrer 0", "Referrer 2"]],
    ["status=pending&limit=1&page=2", ["Referrer 0"], ["Referrer 1"]],
    ["reward_type=1", ["No matches"], ["Referrer 0"]],
    ["status=pending&reward_type=1", ["No matches"], ["Referrer 0"]],
    ["status=wrong&reward_type=99&campaign_id=x&page=-1", ["Referrer 0"], []],
  ])("filters by %s", async (query, shown, hidden) => {
    const page = await ada.page(`/rewards?${query}`);
    expect(page.status).toBe(200);
    for (const text of shown) expect(page.text).toContain(text);
    for (const text of hidden) expect(page.text).not.toContain(text);
  });

  it("counts and shows a brand's rewards, linked from the brand's page", async () => {
    const other = await newCampaign({ reward_type: 5 }, ada.member);
    const path = `/rewards?status=pending&brand_id=${campaign.brand.id}`;
    expect((await ada.page(`/brands/${campaign.brand.id}`)).text).toContain(`href="${path.replace("&", "&amp;")}"`);
    const words = wordsOf((await ada.page(path)).text);
    for (const said of ["Referrer 0", "Pending 2", "Given 1", `${campaign.brand.domain} (remove this filter)`])
      expect(words).toContain(said);
    const none = wordsOf((await ada.page(path.replace(`${campaign.brand.id}`, `${other.brand.id}`))).text);
    for (const said of ["No matches", "Pending 0", "Given 0"]) expect(none).toContain(said);
  });

  it("finds the pending rewards of each campaign, newest first, like the API", async () => {
    const other = await newCampaign({ reward_type: 1 }, ada.member);
    const { data } = await other.signUp(someone(), { name: "Coupon Waiter" });
    await other.refer(data.referral_code, someone());
    const page = await ada.page("/rewards?status=pending");
    const { rewards } = (await ada.member.get("/api/v1/rewards?status=pending")).data;
    const shown = [...page.text.matchAll(/name="reward_id" value="(\d+)"/g)].map(([, id]) => Number(id));
    expect(shown).toEqual(rewards.map((reward: { id: number }) => reward.id));
    expect(shown).toHaveLength(3);
  });

  it("is a 404 for another account's campaign, and never shows its rewards", async () => {
    const stranger = await signedIn();
    expect((await stranger.page(`/rewards?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await stranger.page(`/rewards/export?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await stranger.page(`/rewards?participant_id=${Math.floor((ids[0] ?? 0) / 64)}`)).text).not.toContain(
      "Referrer",
    );
  });

  it("offers a viewer no form", async () => {
    const victor = await colleagueOf(ada.member, "viewer");
    const page = await victor.page("/rewards");
    expect(page.text).toContain("Referrer 0");
    expect(page.text).not.toContain('name="reward_id"');
    expect((await victor.submit("/rewards", { reward_id: [ids[0] ?? 0], status: "revoked" })).status).toBe(403);
  });
});

describe("every filter", () => {
  type Row = { id: number; campaign_id: number; participant_id: number; status: string; reward_type: number };
  let ada: Browser;
  let all: Row[];
  beforeAll(async () => {
    const first = await cashCampaign(4);
    ada = first.ada;
    const second = await newCampaign({ reward_type: 3, reward: { custom_message: "Thank you" } }, ada.member);
    await first.campaign.owner.put(`/api/v1/campaigns/${first.campaign.id}`, { reward_type: 1 });
    for (const [campaign, people] of [
      [first.campaign, 2],
      [second, 3],
    ] as const)
      for (let n = 0; n < people; n++)
        await campaign.refer((await campaign.signUp(someone())).data.referral_code, someone());
    await ada.member.patch(`/api/v1/rewards/${first.ids[0]}`, { status: "revoked" });
    await ada.member.patch(`/api/v1/rewards/${first.ids[1]}`, { status: "fulfilled" });
    const { rewards } = (await ada.member.get("/api/v1/rewards?limit=100")).data;
    all = rewards;
    expect(all).toHaveLength(9);
  });

  const choices = <T>(values: T[]) => [undefined, ...values];

  it("finds matching rewards in the order of the whole list, on the page, in the API, and in the file", async () => {
    const [one] = all.filter(({ status }) => status === "revoked");
    for (const status of choices(["pending", "fulfilled", "revoked"]))
      for (const reward_type of choices([1, 3, 4, 5]))
        for (const campaign_id of choices([...new Set(all.map((row) => row.campaign_id))]))
          for (const participant_id of choices([one?.participant_id])) {
            const filter = Object.entries({ status, reward_type, campaign_id, participant_id }).filter(
              ([, value]) => value !== undefined,
            ) as [keyof Row, string | number][];
            const query = new URLSearchParams(filter.map(([name, value]) => [name, String(value)])).toString();
            const expected = all
              .filter((row) => filter.every(([name, value]) => row[name] === value))
              .map(({ id }) => id);
            const { rewards, pagination } = (await ada.member.get(`/api/v1/rewards?${query}`)).data;
            expect(
              rewards.map(({ id }: Row) => id),
              query,
            ).toEqual(expected);
            expect(pagination.total, query).toBe(expected.length);
            const file = (await ada.page(`/rewards/export?${query}`)).text.trim().split("\r\n").slice(1);
            expect(
              file.map((line) => Number.parseInt(line, 10)),
              query,
            ).toEqual(expected);
            const second = (await ada.page(`/rewards?${query}&limit=2&page=2`)).text;
            const shown = [...second.matchAll(/aria-label="Select the reward|>Revoked<\/span>/g)].length;
            expect(shown, query).toBe(expected.slice(2, 4).length);
          }
  });
});

describe("selected rewards", () => {
  it("are marked as paid together, with one event for each", async () => {
    const { ada, campaign, ids } = await cashCampaign(3);
    const chosen = ids.slice(0, 2);
    const fields = { "@lists": "reward_id", reward_id: chosen, status: "fulfilled", note: "PayPal" };
    const answer = await ada.submit(`/rewards?campaign_id=${campaign.id}`, fields);
    expect(answer.status).toBe(303);
    expect(leadsTo(answer)).toContain(`campaign_id=${campaign.id}`);
    expect((await ada.page(leadsTo(answer) ?? "")).text).toContain("Marked as paid.");
    expect(await statusesOf(campaign)).toEqual({
      [ids[0] ?? 0]: "fulfilled",
      [ids[1] ?? 0]: "fulfilled",
      [ids[2] ?? 0]: "pending",
    });
    expect(await ada.submit("/rewards", fields)).toMatchObject({ status: 303 });
    const events = await campaign.events("reward.fulfilled");
    expect(events).toHaveLength(2);
  });

  it("are revoked with a reason, which the list shows", async () => {
    const { ada, campaign, ids } = await cashCampaign(1);
    const answer = await ada.submit("/rewards", {
      "@lists": "reward_id",
      reward_id: ids,
      status: "revoked",
      note: "Invited himself",
    });
    expect(answer.status).toBe(303);
    expect(await statusesOf(campaign)).toEqual({ [ids[0] ?? 0]: "revoked" });
    expect((await ada.page("/rewards?status=revoked")).text).toContain("Invited himself");
  });

  it("are reported individually if refused, and the others are done", async () => {
    const { ada, campaign, ids } = await cashCampaign(2);
    const other = await cashCampaign(1);
    await ada.member.patch(`/api/v1/rewards/${ids[0]}`, { status: "revoked" });
    const answer = await ada.submit("/rewards", {
      "@lists": "reward_id",
      reward_id: [...ids, ...other.ids],
      status: "fulfilled",
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("1 of 3 updated");
    expect(answer.text).toContain("The reward of Referrer 0: The reward was revoked");
    expect(answer.text).toContain(`Reward ${other.ids[0]}: No such reward`);
    expect((await statusesOf(campaign))[ids[1] ?? 0]).toBe("fulfilled");
    expect(await statusesOf(other.campaign)).toEqual({ [other.ids[0] ?? 0]: "pending" });
  });

  it.each([
    [{ "@lists": "reward_id", status: "fulfilled" }, "Choose at least one reward."],
    [{ "@lists": "reward_id", reward_id: Array.from({ length: 101 }, (_, i) => i + 1), status: "revoked" }, "at most"],
    [{ "@lists": "reward_id", reward_id: ["x"], status: "revoked" }, "positive integer"],
    [{ "@lists": "reward_id", reward_id: [1], status: "lost" }, "alert"],
    [{}, "alert"],
  ])("must not be empty, and the action must be known: %o", async (fields, said) => {
    const ada = await signedIn();
    const answer = await ada.submit("/rewards", fields as never);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(said);
  });
});

describe("the export of rewards", () => {
  it("has every reward that matches the filter, over many slices", async () => {
    const { ada, campaign } = await cashCampaign(1);
    const total = 2_300;
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3)
       INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, date_earned, earn_event)
       SELECT 900000000000 + i * 64, ?1, ?2, 14000000000 + i, 'referrer', 3, 'fulfilled', 1000000 + i / 3, 'e' FROM n`,
    )
      .bind(ada.member.id, campaign.id, total)
      .run();
    const file = await ada.page(`/rewards/export?campaign_id=${campaign.id}`);
    expect(file.status).toBe(200);
    expect(file.headers.get("Content-Type")).toContain("text/csv");
    const ids = file.text.trim().split("\r\n").slice(1);
    expect(ids).toHaveLength(total + 1);
    expect(new Set(ids).size).toBe(total + 1);
    expect((await ada.page("/rewards/export?status=pending")).text.trim().split("\r\n")).toHaveLength(2);
  });

  it("is safe in a spreadsheet", async () => {
    const owner = await newMember();
    const ada = await browserOf(owner);
    const campaign = await newCampaign({ reward_type: 1 }, owner);
    await campaign.upload([...formulas, ...someCodes(1)]);
    for (const name of formulas) {
      const { data } = await campaign.signUp(someone(), { name });
      await campaign.refer(data.referral_code, someone());
    }
    const { text } = await ada.page("/rewards/export");
    const { data } = Papa.parse<string[]>(text);
    expect(data.length).toBeGreaterThan(formulas.length);
    for (const cell of data.flat()) expect(cell).not.toMatch(/(?:^|[;\t])[ \u00a0\u3000]*[=+\-@\t\r＝＋－＠]/);
    expect(text).toContain("'=");
  });
});
