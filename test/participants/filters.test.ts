import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { newMember, type TestMember } from "../support/client";

let member: TestMember;
let first: TestCampaign;
let second: TestCampaign;
const ids: Record<string, number> = {};

/** Two brands: Ada, Grace, and Zoë in one campaign, and Linus in another. Grace and Linus have a reward. */
beforeAll(async () => {
  member = await newMember();
  [first, second] = [await newCampaign({ reward_type: 3 }, member), await newCampaign({ reward_type: 5 }, member)];
  const people: [string, TestCampaign, string, Record<string, unknown> | null, string][] = [
    ["ada", first, "Ada Lovelace", { plan: "gold", seats: 3, 'a"b': "x", "k:y": "z" }, "2026-01-01"],
    ["grace", first, "Grace Hopper", { plan: "silver", beta: true, gone: null }, "2026-02-01"],
    ["zoe", first, "Zoë Quinn", null, "2026-03-01"],
    ["linus", second, "Linus Torvalds", { plan: "gold", seats: "3", beta: 1 }, "2026-02-01"],
  ];
  for (const [key, campaign, name, metadata, day] of people) {
    const email = `${key}-${crypto.randomUUID().slice(0, 8)}@${key === "zoe" ? "acme" : "example"}.com`;
    const { data } = await campaign.signUp(email, { name, metadata });
    ids[key] = data.id;
    await env.DB.prepare("UPDATE participants SET date_signedup = ? WHERE id = ?").bind(Date.parse(day), data.id).run();
    if (key === "grace" || key === "linus") await campaign.refer(data.referral_code, someone(), { name: "Friend" });
  }
});

const path = "/api/v1/participants?limit=100&";
const named = (rows: { id: number }[]) =>
  rows.flatMap(({ id }) => Object.keys(ids).filter((key) => ids[key] === id)).sort();
const found = async (query: string) => {
  const answer = await member.get(path + query);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.data.ignored).toEqual([]);
  return named(answer.data.participants);
};

describe("participants are found", () => {
  it.each([
    ["metadata=plan:gold", ["ada", "linus"]],
    ["metadata=plan:Gold", []],
    ["metadata=seats:3", ["ada", "linus"]],
    ["metadata=beta:true", ["grace"]],
    ["metadata=beta:1", ["linus"]],
    ["metadata=gone:null", ["grace"]],
    ["metadata=plan:", []],
    ['metadata=a"b:x', ["ada"]],
    ["metadata=k:y:z", []],
    ["metadata=';--:x", []],
    ["metadata=", ["ada", "grace", "linus", "zoe"]],
    ["q=zoe", ["zoe"]],
    ["q=ZOË", ["zoe"]],
    ["q=hopper grace", ["grace"]],
    ["q=ACME", ["zoe"]],
    ["q=@example.com", ["ada", "grace", "linus"]],
    ["q=%20", []],
    ["q=%25", []],
    ["q=", ["ada", "grace", "linus", "zoe"]],
    ["signed_up_after=2026-02-01", ["grace", "linus", "zoe"]],
    ["signed_up_before=2026-02-01", ["ada"]],
    ["signed_up_after=2026-01-15&signed_up_before=2026-02-15", ["grace", "linus"]],
    ["signed_up_after=2026-02-15&signed_up_before=2026-01-15", []],
    ["signed_up_after=2026-02-01T00:00:00.001Z&q=zo", ["zoe"]],
    ["metadata=plan:gold&signed_up_after=2026-01-15", ["linus"]],
    ["metadata=plan:gold&name=ada", ["ada"]],
  ])("by %s", async (query, expected) => expect(await found(query)).toEqual(expected));

  it("of a brand, with all other filters", async () => {
    const [one, two] = [first.brand.id, second.brand.id];
    expect(await found(`brand_id=${one}`)).toEqual(["ada", "grace", "zoe"]);
    expect(await found(`brand_id=${two}&metadata=plan:gold`)).toEqual(["linus"]);
    expect(await found(`brand_id=${one}&campaign_id=${second.id}`)).toEqual([]);
    const stranger = await newMember();
    expect((await stranger.get(`${path}brand_id=${one}`)).data.participants).toEqual([]);
  });

  it("page by page or by cursor, each once", async () => {
    const query = "metadata=plan:gold&limit=1";
    const pages = await Promise.all([1, 2, 3].map((page) => member.get(`/api/v1/participants?${query}&page=${page}`)));
    expect(pages.map(({ data }) => named(data.participants))).toEqual([["linus"], ["ada"], []]);
    expect(pages[0]?.data.pagination).toMatchObject({ total: 2, totalPages: 2 });
    const walked: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const { data } = await member.get(`/api/v1/participants?${query}&after=${after}`);
      walked.push(...named(data.participants));
      after = data.pagination.next_after;
    }
    expect(walked).toEqual(["ada", "linus"]);
  });

  it("by an address with an unencoded plus", async () => {
    const { id, owner, signUp } = await newCampaign();
    const email = `eve+${crypto.randomUUID().slice(0, 8)}@example.com`;
    await signUp(email);
    const { participants } = (await owner.get(`${path}campaign_id=${id}&q=${email}`)).data;
    expect(participants).toMatchObject([{ email }]);
  });

  it.each(["metadata=plan", "metadata=:gold", "signed_up_after=yesterday", "brand_id=x", `q=${"x".repeat(201)}`])(
    "never by a filter that says nothing: %s",
    async (query) => expect(await member.get(path + query)).toMatchObject({ status: 400, code: "invalid_request" }),
  );
});

describe("rewards are found", () => {
  const rewards = async (query: string) => {
    const answer = await member.get(`/api/v1/rewards?limit=100&${query}`);
    expect(answer.status, answer.text).toBe(200);
    const { rewards: rows, pagination } = answer.data;
    expect(pagination.total).toBe(rows.length);
    return rows.map((row: { campaign_id: number }) => row.campaign_id);
  };

  it("by brand and dates, with the other filters, newest first or by cursor", async () => {
    const day = (campaign: TestCampaign, date: string) =>
      env.DB.prepare("UPDATE rewards SET date_earned = ? WHERE campaign_id = ?")
        .bind(Date.parse(date), campaign.id)
        .run();
    await day(first, "2026-05-01");
    await day(second, "2026-06-01");
    const [one, two] = [first.brand.id, second.brand.id];
    expect(await rewards("")).toEqual([second.id, first.id]);
    expect(await rewards(`brand_id=${one}`)).toEqual([first.id]);
    expect(await rewards(`brand_id=${two}&status=pending`)).toEqual([second.id]);
    expect(await rewards(`brand_id=${two}&status=fulfilled`)).toEqual([]);
    expect(await rewards(`brand_id=${one}&participant_id=${ids.linus}`)).toEqual([]);
    expect(await rewards(`brand_id=${two}&participant_id=${ids.linus}`)).toEqual([second.id]);
    expect(await rewards("earned_after=2026-06-01")).toEqual([second.id]);
    expect(await rewards("earned_before=2026-06-01&after=0")).toEqual([first.id]);
    expect(await rewards("earned_after=2026-05-01&earned_before=2026-07-01&after=0")).toEqual([first.id, second.id]);
    expect(await rewards(`earned_after=2026-06-01&reward_type=3&participant_id=${ids.grace}`)).toEqual([]);
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/rewards?brand_id=${one}`)).data.rewards).toEqual([]);
  });
});
