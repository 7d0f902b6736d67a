import { beforeAll, describe, expect, it } from "vitest";
import { decisionWords } from "../../src/dashboard/ui/decision-words";
import { allCodes } from "../../src/ledger/records/decision-codes";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { browserOf, colleagueOf } from "../support/session";
import { cash, newShop } from "../support/shop";

type Browser = Awaited<ReturnType<typeof browserOf>>;

/** Each row's subject and outcome. */
function rowsOf(text: string) {
  const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => row).filter((row) => row.includes("<td>"));
  return rows.map((row) => {
    const [, what] = /<(?:strong|a class="person"[^>]*)>([^<]*)</.exec(row) ?? [];
    const [, outcome] = /class="badge[^>]*>([^<]*)</.exec(row) ?? [];
    return `${what}: ${outcome}`;
  });
}
const nextOf = (text: string) => /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

describe("the list of a campaign's decisions", () => {
  let shop: Awaited<ReturnType<typeof newShop>>;
  let ada: Browser;
  let path: string;
  beforeAll(async () => {
    shop = await newShop([{ reward: cash({ percent: 10 }), min_amount: 2000, max_per_participant: 1 }]);
    path = `/campaigns/${shop.campaign.id}/decisions`;
    ada = await browserOf(shop.campaign.owner);
    for (const [conversion_id, amount] of [
      ["first", 5000],
      ["second", 5000],
      ["small", 100],
    ] as const)
      await shop.buy({ participant_id: shop.grace.id }, amount, { conversion_id });
    const refund = { campaign_id: shop.campaign.id, conversion_id: "first", refund_id: "r" };
    await shop.campaign.owner.post("/api/v1/refunds", refund);
  });

  const all = [
    "Refund of first: Taken back",
    "Purchase small: No reward",
    "Purchase second: Limit reached",
    "Purchase first: Rewarded",
    "Signup: No reward",
    "Signup: No reward",
  ];

  it("explains what happened and why, in sentences, newest first, with links", async () => {
    const { text, status } = await ada.page(path);
    expect(status).toBe(200);
    expect(rowsOf(text)).toEqual(all);
    for (const code of ["refunded", "amount_too_small", "participant_cap", "earned"])
      expect(text, code).toContain(decisionWords(code).said.replaceAll("'", "&#39;"));
    for (const to of [`/participants/${shop.grace.id}`, `/campaigns/${shop.campaign.id}/conversions/`])
      expect(text).toContain(`href="${to}`);
    const person = await ada.page(`/participants/${shop.ada.id}`);
    expect(person.text).toContain(`href="${path}?participant_id=${shop.ada.id}"`);
  });

  it("can be downloaded with the same rows and filters, by the account only", async () => {
    expect((await ada.page(`${path}?outcome=capped`)).text).toContain(`href="${path}/export?outcome=capped"`);
    const [head = "", ...lines] = (await ada.page(`${path}/export`)).text.trim().split("\r\n");
    expect(head).toContain("id,subject,subject_id,conversion_id,participant_id,name,email,outcome,reasons,why");
    expect(lines).toHaveLength(all.length);
    const capped = (await ada.page(`${path}/export?outcome=capped`)).text.trim().split("\r\n").slice(1);
    expect(capped).toEqual(lines.filter((line) => line.includes(",participant_cap,")));
    expect(capped).toHaveLength(1);
    expect(capped[0]).toContain(`,second,${shop.grace.id},`);
    const stranger = await browserOf(await newMember());
    for (const filter of ["", `?participant_id=${shop.ada.id}`])
      expect((await stranger.page(`${path}/export${filter}`)).status).toBe(404);
  });

  const today = () => new Date().toISOString().slice(0, 10);
  it.each([
    ["outcome=capped", () => [all[2]]],
    ["code=amount_too_small", () => [all[1]]],
    ["code=earned&outcome=reversed", () => []],
    ["outcome=lucky&code=x&before=y&from=z", () => all],
    ["to=2020-01-01", () => []],
    ["from=2100-01-01", () => []],
    [`from=${today()}&to=2100-01-01&outcome=reversed`, () => [all[0]]],
  ])("finds by %s", async (query, expected) => {
    expect(rowsOf((await ada.page(`${path}?${query}`)).text)).toEqual(expected());
  });

  it("finds decisions about a participant, and nobody of another campaign", async () => {
    const { text } = await ada.page(`${path}?participant_id=${shop.grace.id}`);
    expect(rowsOf(text)).toEqual(all.slice(0, 5));
    const other = await newCampaign({}, shop.campaign.owner);
    const stranger = (await other.signUp(someone())).data;
    expect((await ada.page(`${path}?participant_id=${stranger.id}`)).status).toBe(404);
  });

  it("can be read by a viewer, but not by another member", async () => {
    const viewer = await colleagueOf(shop.campaign.owner, "viewer");
    expect((await viewer.page(path)).status).toBe(200);
    const stranger = await browserOf((await newCampaign()).owner);
    expect((await stranger.page(path)).status).toBe(404);
  });

  it("pages through each decision once, whatever the filter", async () => {
    const { buy, grace } = shop;
    const sales = Array.from({ length: 120 }, (_, n) => `walk-${n}`);
    await Promise.all(
      sales.map((conversion_id) => buy({ participant_id: grace.id }, 100, { conversion_id, event_name: "walk" })),
    );
    for (const query of ["", "?outcome=not_credited", `?participant_id=${grace.id}`, "?outcome=reversed"]) {
      const seen: string[] = [];
      let next: string | undefined = path + query;
      for (let page = 0; next && page < 10; page++) {
        const { text, status }: { text: string; status: number } = await ada.page(next);
        expect(status).toBe(200);
        seen.push(...rowsOf(text));
        next = nextOf(text);
      }
      const walked = seen.filter((row) => row.startsWith("Purchase walk-"));
      expect(new Set(walked).size, query).toBe(walked.length);
      expect(walked.length, query).toBe(query === "?outcome=reversed" ? 0 : sales.length);
      expect(seen.filter((row) => row === all[0])).toHaveLength(query === "?outcome=not_credited" ? 0 : 1);
    }
  });
});

it("has a text for each code", () => {
  for (const code of Object.keys(allCodes)) expect(decisionWords(code).said, code).toMatch(/^[A-Z].*\.$/);
});
