import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, plainCode, someCodes, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { populate } from "../support/population";

describe("listing participants", () => {
  it("finds them by campaign, email, external id, inviter, and status, newest first, with the correct total", async () => {
    const campaign = await newCampaign();
    const other = await newCampaign({}, campaign.owner);
    const email = someone();
    const ada = (await campaign.signUp(email, { external_id: "cus_7" })).data;
    const bob = (await campaign.refer(ada.referral_code, someone())).data.participant;
    const eve = (await campaign.refer(ada.referral_code, someone())).data.participant;
    const dan = (await other.signUp(email)).data;
    await campaign.owner.patch(`/api/v1/participants/${eve.id}`, { status: "blocked" });
    const find = async (query: string) => {
      const { data } = await campaign.owner.get(`/api/v1/participants?${query}`);
      expect(data.pagination.total).toBe(data.participants.length);
      return data.participants.map((p: { id: number }) => p.id);
    };
    expect(await find("")).toEqual([dan.id, eve.id, bob.id, ada.id]);
    expect(await find(`campaign_id=${campaign.id}`)).toEqual([eve.id, bob.id, ada.id]);
    expect(await find(`email=${email.toUpperCase()}`)).toEqual([dan.id, ada.id]);
    expect(await find(`email=${email}&campaign_id=${other.id}`)).toEqual([dan.id]);
    expect(await find("external_id=cus_7")).toEqual([ada.id]);
    expect(await find(`invited_by=${ada.id}`)).toEqual([eve.id, bob.id]);
    expect(await find(`invited_by=${ada.id}&status=active`)).toEqual([bob.id]);
    expect(await find("status=blocked")).toEqual([eve.id]);
    const { data } = await campaign.owner.get("/api/v1/participants?limit=3&page=2");
    expect(data).toMatchObject({
      participants: [{ id: ada.id }],
      pagination: { page: 2, limit: 3, total: 4, totalPages: 2 },
    });
  });

  it("finds them by words of their name, regardless of case, accents, and order", async () => {
    const campaign = await newCampaign();
    const ids = new Map<string, number>();
    for (const name of ["José Núñez", "JOSÉ  Peña", "Zoë Müller-Groß", "Łukasz Øster", "Σοφία ΠΑΠΠΆΣ", "İpek Işık"])
      ids.set(name, (await campaign.signUp(someone(), { name })).data.id);
    await campaign
      .signUp(someone(), { name: "Erased Jose" })
      .then(({ data }) => campaign.owner.delete(`/api/v1/participants/${data.id}`));
    const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
    const find = async (search: string, more = "") => {
      const path = `/api/v1/participants?name=${encodeURIComponent(search)}${more}`;
      const { data } = await campaign.owner.get(path);
      expect(data.pagination.total).toBe(data.participants.length);
      return data.participants.map(({ id }: { id: number }) => nameOf.get(id));
    };
    expect(await find("jose")).toEqual(["JOSÉ  Peña", "José Núñez"]);
    expect(await find("jose", "&after=0")).toEqual(["José Núñez", "JOSÉ  Peña"]);
    expect(await find("NUNEZ josé")).toEqual(["José Núñez"]);
    expect(await find("jose\u0301 pen\u0303a")).toEqual(["JOSÉ  Peña"]);
    expect(await find("gross MULLER")).toEqual(["Zoë Müller-Groß"]);
    expect(await find("GROẞ", `&campaign_id=${campaign.id}`)).toEqual(["Zoë Müller-Groß"]);
    expect(await find("lukasz oster")).toEqual(["Łukasz Øster"]);
    expect(await find("παππας")).toEqual(["Σοφία ΠΑΠΠΆΣ"]);
    expect(await find("ipek isik")).toEqual(["İpek Işık"]);
    expect(await find("jose", "&status=blocked")).toEqual([]);
    for (const nobody of ["jose muller", " ", "%", "_", "'", "\u0301"])
      expect([nobody, await find(nobody)]).toEqual([nobody, []]);
    const stranger = await newMember();
    expect((await stranger.get("/api/v1/participants?name=jose")).data.participants).toEqual([]);
  });

  it("continues a search by name beyond the 10,000 that a page reads", async () => {
    const campaign = await newCampaign();
    const first = (await campaign.signUp(someone(), { name: "Zoë First" })).data.id;
    await populate(campaign, 10_000);
    const last = (await campaign.signUp(someone(), { name: "Zoë Last" })).data.id;
    const page = async (query: string) => {
      const { data } = await campaign.owner.get(`/api/v1/participants?name=zoe&${query}`);
      return [data.participants.map(({ id }: { id: number }) => id), data.pagination.next_after];
    };
    expect(await page("limit=20")).toEqual([[last], undefined]);
    const [found, next] = await page("after=0");
    expect([found, next]).toEqual([[first], last - 2]);
    expect(await page(`after=${next}`)).toEqual([[last], null]);
  });

  it("has a next page as long as there is one, even beyond the limited total", async () => {
    const campaign = await newCampaign();
    await populate(campaign, 10_150);
    const page = async (n: number) => {
      const { data } = await campaign.owner.get(`/api/v1/participants?status=active&limit=100&page=${n}`);
      return [data.participants.length, data.pagination.totalPages, data.pagination.total];
    };
    expect(await page(1)).toEqual([100, 100, 10_000]);
    expect(await page(100)).toEqual([100, 101, 10_000]);
    expect(await page(101)).toEqual([100, 102, 10_000]);
    expect(await page(102)).toEqual([50, 102, 10_000]);
    expect(await page(103)).toEqual([0, 100, 10_000]);
  });

  it("is a 404 for another account's campaign, and never shows its participants", async () => {
    const campaign = await newCampaign();
    const { data } = await campaign.signUp(someone());
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/participants?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await stranger.get(`/api/v1/participants?email=${data.email}`)).data.participants).toEqual([]);
    expect((await stranger.get(`/api/v1/participants?invited_by=${data.id}`)).data.participants).toEqual([]);
    for (const [method, body] of [["GET"], ["PATCH", { name: "X" }], ["DELETE"]] as const)
      expect((await stranger.call(method, `/api/v1/participants/${data.id}`, body)).status).toBe(404);
    expect((await campaign.owner.get(`/api/v1/participants/${data.id}`)).data.name).toBe("Somebody");
  });
});

describe("changing a participant", () => {
  it("accepts any subset, and null clears", async () => {
    const campaign = await newCampaign();
    const { id } = (await campaign.signUp(someone(), { metadata: { a: 1 } })).data;
    const path = `/api/v1/participants/${id}`;
    expect((await campaign.owner.patch(path, { name: "Ada", external_id: "x" })).data).toMatchObject({
      name: "Ada",
      external_id: "x",
      metadata: { a: 1 },
    });
    expect((await campaign.owner.patch(path, { metadata: null })).data).toMatchObject({ name: "Ada", metadata: null });
    expect((await campaign.owner.patch(path, { status: "erased" })).status).toBe(400);
  });

  it("to blocked removes them from the ranking and from all further rewards", async () => {
    const campaign = await newCampaign({ num_signups: 2, reward_type: 3 });
    const ada = (await campaign.signUp(someone())).data;
    await campaign.refer(ada.referral_code, someone());
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { status: "blocked" });
    expect(await campaign.refer(ada.referral_code, someone())).toMatchObject({ status: 400, code: "unknown_referrer" });
    const board = async () => (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/leaderboard`)).data;
    expect((await board()).leaderboard.map((e: { participant_id: number }) => e.participant_id)).not.toContain(ada.id);
    expect((await board()).pagination.total).toBe(1);
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { status: "active" });
    expect((await board()).leaderboard[0]).toMatchObject({ rank: 1, participant_id: ada.id, referral_count: 1 });
    expect((await campaign.refer(ada.referral_code, someone())).data.reward).toMatchObject({ participant_id: ada.id });
  });
});

describe("erasing a person", () => {
  it("leaves no personal data, and keeps the referrer's credit", async () => {
    const campaign = await newCampaign({ num_signups: 1 });
    const ada = (await campaign.signUp(someone())).data;
    const email = someone();
    const secret = `secret-${crypto.randomUUID()}`;
    const friend = await campaign.refer(ada.referral_code, email, {
      name: secret,
      metadata: { note: secret },
      external_id: secret,
      ip_address: "203.0.113.5",
    });
    const path = `/api/v1/participants/${friend.data.id}`;
    expect(await campaign.owner.delete(path)).toMatchObject({ status: 200, data: { deleted: true } });
    expect((await campaign.owner.get(path)).status).toBe(404);
    expect((await campaign.owner.delete(path)).status).toBe(404);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data).toMatchObject({
      referral_count: 1,
      total_rewards: 1,
    });
    expect(await campaign.stats()).toMatchObject({ total_participants: 1, total_referrals: 1 });
    const tables = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
    ).all<{ name: string }>();
    for (const { name } of tables.results) {
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
      const text = JSON.stringify(results);
      expect([name, text.includes(email), text.includes(secret)]).toEqual([name, false, false]);
    }
    expect((await campaign.signUp(email)).status).toBe(201);
  });

  it("revokes their pending reward, and gives its coupon to the next in line", async () => {
    const campaign = await newCampaign();
    const [one, two] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    for (const person of [one, two]) await campaign.refer(person.referral_code, someone());
    await campaign.owner.delete(`/api/v1/participants/${one.id}`);
    const [code] = someCodes(1);
    expect((await campaign.upload([code])).data.filled).toBe(1);
    expect((await campaign.owner.get(`/api/v1/participants/${two.id}`)).data.rewards[0].coupon).toBe(code);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 0, total_rewards_given: 1 });
  });
});

describe("the leaderboard", () => {
  it("ranks by referrals, then clicks; ties share a rank in signup order, over all pages", async () => {
    const campaign = await newCampaign({ num_signups: 100 });
    const people = [];
    for (let i = 0; i < 6; i++) people.push((await campaign.signUp(someone(), { name: `P${i}` })).data);
    for (const [who, friends] of [
      [4, 3],
      [1, 2],
      [2, 2],
    ] as const)
      for (let i = 0; i < friends; i++) await campaign.refer(plainCode(campaign.id, 1, people[who].id), someone());
    const path = `/api/v1/campaigns/${campaign.id}/leaderboard`;
    const all = (await campaign.owner.get(`${path}?limit=100`)).data;
    expect(all.pagination.total).toBe(13);
    expect(all.leaderboard.slice(0, 6).map((e: { rank: number; name: string }) => [e.rank, e.name])).toEqual([
      [1, "P4"],
      [2, "P1"],
      [2, "P2"],
      [4, "P0"],
      [4, "P3"],
      [4, "P5"],
    ]);
    const paged = [];
    for (let page = 1; page <= 7; page++)
      paged.push(...(await campaign.owner.get(`${path}?limit=2&page=${page}`)).data.leaderboard);
    expect(paged).toEqual(all.leaderboard);
    expect((await (await newMember()).get(path)).status).toBe(404);
  });
});
