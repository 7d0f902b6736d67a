import { describe, expect, it } from "vitest";
import { codesOfCsv, codesOfText } from "../../../src/participants/coupons/code-file";
import { newCampaign } from "../../support/campaign";
import { listOf } from "../../support/code-list";
import { decoded } from "../../support/html";
import { browserOf } from "../../support/session";

const codesIn = ({ lines }: { lines: { value: string }[] }) => lines.map(({ value }) => value);

describe("codes marked as used in a list", () => {
  it.each([
    ["yes and no", "code,used\nSPENT,yes\nFREE,no"],
    ["a cross", "CODE,USED?\nSPENT,X\nFREE,"],
    ["a check mark", "code,redeemed\nSPENT,✓\nFREE,☐"],
    ["booleans", "code,Redeemed\nSPENT,TRUE\nFREE,FALSE"],
    ["a date", "code,used_at,email\nSPENT,2024-01-01T00:00:00Z,b@x.example\nFREE,0000-00-00 00:00:00,"],
    ["who they were given to", "code,assigned_to\nSPENT,bob@a.example\nFREE,"],
    ["a status", "Code;Status\nSPENT;redeemed\nFREE;active"],
    ["a status of more words", "Code;Status\nSPENT;Already used\nFREE;Not used"],
    ["a status in capitals", "Code,Coupon Status\nSPENT,EXPIRED\nFREE,UNUSED"],
    ["our own export", "id,code,status,participant_id\n1,SPENT,assigned,7\n2,FREE,available,"],
    ["whether they can be", "code,available\nSPENT,no\nFREE,yes"],
    ["uses that are left", "code,uses remaining\nSPENT,0\nFREE,1"],
    ["a balance", "Gift card code,Initial value,Balance,Status\nSPENT,25,$0.00,enabled\nFREE,25,$25.00,enabled"],
    ["Shopify's counts", "Code,Times Used\nSPENT,1\nFREE,0"],
    [
      "Stripe's",
      "id,Code,Active,Times Redeemed,Max Redemptions\np1,FREE,true,1,2\np2,SPENT,true,2,2\np3,OFF,false,0,1",
    ],
    ["codes without a limit", "Code,Times used,Usage limit\nSPENT,1,1\nFREE,7,"],
    ["a limit for each customer", "Code,Usage count,Usage limit per user\nSPENT,1,1\nFREE,0,1"],
    [
      "WooCommerce's",
      "Code,Coupon type,Usage / Limit,Expiry date\nSPENT,fixed,1 / 1,\nFREE,fixed,0 / 1,\nFREE2,fixed,3 / ∞,",
    ],
    ["German", "Gutscheincode;Eingelöst am\nSPENT;01.02.2024\nFREE;"],
    ["German", "Gutscheincode;Status\nSPENT;eingelöst\nFREE;nicht eingelöst"],
    ["French", "Code promo;Utilisé\nSPENT;oui\nFREE;non"],
    ["French", "Code promo;Statut\nSPENT;expirée\nFREE;disponible"],
    ["Spanish", "Cupón;Canjeado\nSPENT;sí\nFREE;no"],
    ["Spanish", "Código;Estado\nSPENT;Usado\nFREE;Sin usar"],
    ["Portuguese", "Cupom;Resgatado\nSPENT;sim\nFREE;não"],
    ["Portuguese", "Cupom;Situação\nSPENT;utilizado\nFREE;não utilizado"],
    ["JSON", '[{"code":"SPENT","used":true},{"code":"FREE","used":false}]'],
    ["JSON lines", '{"code":"SPENT","timesUsed":1}\n{"code":"FREE","timesUsed":0}'],
  ])("are skipped and reported: %s", (_, text) => {
    for (const file of [codesOfCsv(text), codesOfText(text)]) {
      expect(codesIn(file).map((code) => code.replace("2", ""))).toEqual(codesIn(file).map(() => "FREE"));
      expect(codesIn(file)).toContain("FREE");
      expect(file.used.length).toBeGreaterThan(0);
      expect(file.usedColumns.length).toBeGreaterThan(0);
    }
    expect(codesIn(codesOfCsv(text, { withUsed: true }))).toContain("SPENT");
  });

  it.each([
    "Coupon Name,Discount Code,Discount Type,Start At,Ends At,Limit\nEarly Bird,FREE,Percentage,3/20/2025,4/10/2025,100",
    "Code,Valid until,Usage type\nFREE,2030-01-01,single use",
    "Unused codes,Used codes\nFREE,SPENT",
    "Name,Method,Title,Status,Created At,Value\nFREE,Code,FREE,Active,2025-01-01,-10.0",
    "Code,Active dates,Countries\nFREE,Jan 1 - Feb 1,",
  ])("are not assumed without a mark: %j", (text) => {
    expect(codesOfCsv(text)).toMatchObject({ used: [] });
    expect(codesIn(codesOfCsv(text))).toEqual(["FREE"]);
  });

  it("are counted by the API, which skips them", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const send = (body: string) => campaign.owner.post(path, body, { headers: { "Content-Type": "text/csv" } });
    expect((await send("code,used\nA-1,yes\nA-2,no\nA-3,yes")).data).toMatchObject({ added: 1, used: 2 });
    expect((await send("code\nA-4")).data).not.toHaveProperty("used");
    const { coupons } = (await campaign.owner.get(path)).data;
    expect(coupons.map(({ code }: { code: string }) => code)).toEqual(["A-4", "A-2"]);
  });

  it("are shown in the preview, which can add them anyway", async () => {
    const campaign = await newCampaign({ reward_type: 1 });
    const { submit } = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/coupons`;
    const file = () => new File(["Code;Status\nA-1;redeemed\nA-2;new\nA-3;expired\n"], "codes.csv");
    const preview = (await submit(path, { file: file() })).text;
    expect(preview).toContain("according to “Status”");
    expect(preview).toContain("Left out: lines 2, 4.");
    expect(preview).toContain("Add 1 code<");
    const text = decoded(/name="text" value="([^"]*)"/.exec(preview)?.[1] ?? "");
    const all = await submit(path, { text, as: "table", used: "take" });
    expect(all.text).toContain("Add 3 codes<");
    const added = await submit(`${path}/upload`, { text, as: "table", used: "leave_out" });
    expect(added.text).toMatch(/Used before, left out<\/dt><dd>2/);
    expect(await campaign.stats()).toMatchObject({ coupons_available: 1 });
  });
});

describe("other text in a list of codes", () => {
  it.each([
    ["totals", "code,value\nA-1,10\nA-2,10\nTotal,20", ["A-1", "A-2"]],
    ["a sentence of totals", "code\nA-1\nA-2\n\nTotal: 2 codes", ["A-1", "A-2"]],
    ["a code that is the word", "TOTAL\nA-1", ["TOTAL", "A-1"]],
    ["the line of a Markdown table", "| Code | Value |\n|---|---|\n| A-1 | 10 |", ["A-1"]],
    ["objects in JSON", '{"data":{"coupons":[{"id":1,"code":"A-1"},{"id":2,"code":"A-2"}]}}', ["A-1", "A-2"]],
  ])("is not a code: %s", (_, text, codes) => {
    expect(codesIn(codesOfText(text))).toEqual(codes);
  });

  it("is refused if a spreadsheet has damaged the code", () => {
    const spoiled = ["4.00639E+12", "4,00639E+12", "1E+05", "#N/A", "#REF!", "######", "#NAME?", "#WERT!"];
    const { codes, invalid } = listOf([...spoiled, "E+12", "SAVE1E+5", "1E5", "#1"]);
    expect(invalid).toBe(spoiled.length);
    expect(codes.map(({ code }) => code)).toEqual(["E+12", "SAVE1E+5", "1E5", "#1"]);
  });
});
