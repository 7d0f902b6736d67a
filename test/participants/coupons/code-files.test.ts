import { describe, expect, it } from "vitest";
import { codesOfCsv, codesOfText, sentAsText } from "../../../src/participants/coupons/code-file";
import { newCampaign } from "../../support/campaign";
import { listOf } from "../../support/code-list";

const valuesOf = ({ lines }: { lines: { value: string }[] }) => lines.map(({ value }) => value.trim());

describe("the codes of a table", () => {
  it.each([
    ["a header of its own kind", "Discount Code,Value\nSUM-1,10%\nSUM-2,10%\n", ["SUM-1", "SUM-2"]],
    [
      "WooCommerce's layout",
      "ID,Code,Amount,Type\n1201,woo-aaa,10,percent\n1202,woo-bbb,10,percent\n",
      ["woo-aaa", "woo-bbb"],
    ],
    ["names and codes", "Coupon Name,Discount Code,Start At\nEarly Bird,EARLY20,3/20/2025\n", ["EARLY20"]],
    ["a first column without a name", ",Code\n,BLK-1\n,BLK-2\n", ["BLK-1", "BLK-2"]],
    ["German words and semicolons", "Gutscheincode;Wert\r\nGUT-1;10\r\n", ["GUT-1"]],
    ["French words", "Code promo;Date d'expiration\nETE-1;2026-01-01\n", ["ETE-1"]],
    ["Spanish words", "Descripción,Código de descuento\nVerano,VER-1\n", ["VER-1"]],
    ["Portuguese words", "Nome,Cupom\nVerão,VER-1\n", ["VER-1"]],
    ["a postal code beside it", "Postal Code,Voucher\n10115,VOU-1\n10117,VOU-2\n", ["VOU-1", "VOU-2"]],
    [
      "notes above the header",
      "Export of all coupons\n\nStatus,Coupon code\nnew,EXP-1\nnew,EXP-2\n",
      ["EXP-1", "EXP-2"],
    ],
    ["one column and a header", "codes\nCDS-1\n", ["CDS-1"]],
    [
      "a header in words we do not know",
      "Rabattnummer;Betrag\nRAB-1;5\nRAB-2;5\nRAB-3;5\n",
      ["RAB-1", "RAB-2", "RAB-3"],
    ],
    ["no header", "A-1,note\nA-2,note\n", ["A-1", "A-2"]],
    ["no header, and row numbers first", "1,ROW-A\n2,ROW-B\n3,ROW-C\n", ["ROW-A", "ROW-B", "ROW-C"]],
    ["a single word that is about coupons", "Gutschein\nGUT-1\nGUT-2\n", ["GUT-1", "GUT-2"]],
    ["a single word with an accent", "Código\nVER-1\n", ["VER-1"]],
    [
      "Shopify's discounts, which have the word code in a cell",
      "Name,Method,Title,Status,Created At,Value\nSAVE10,Code,SAVE10,Active,2025-01-01,-10.0\nSAVE11,Code,SAVE11,Active,2025-01-01,-10.0\n",
      ["SAVE10", "SAVE11"],
    ],
    ["Stripe's coupons, of which there is one", "id,Name,Duration,Percent Off\nFRIENDS,Friends,once,10\n", ["FRIENDS"]],
    ["texts guarded against spreadsheets", `code\n"=""00123"""\n="00124"\n`, ["00123", "00124"]],
    ["codes that look like names", "PROMO\nVOUCHER-1\nCODE-2\nBON\n", ["PROMO", "VOUCHER-1", "CODE-2", "BON"]],
    ["several codes on each line", "A-11,A-12\nA-13,A-14\n", ["A-11", "A-12", "A-13", "A-14"]],
    ["codes and their value", "A-11,20\nA-12,20\n", ["A-11", "A-12"]],
    ["numbers", "4006381333931\n4006381333948\n", ["4006381333931", "4006381333948"]],
  ])("are found: %s", (_, text, codes) => {
    expect(valuesOf(codesOfCsv(text))).toEqual(codes);
  });

  it("are read from the column that the member chooses", () => {
    const file = codesOfCsv("a;b\nX-1;Y-1\n", { column: 1 });
    expect(valuesOf(file)).toContain("Y-1");
  });
});

describe("pasted codes", () => {
  it.each([
    ["PASTE-1, PASTE-2", ["PASTE-1", "PASTE-2"]],
    ["A-1;A-2\tA-3\r\nA-4", ["A-1", "A-2", "A-3", "A-4"]],
    ["codes\nA-1, A-2\nA-3, A-4", ["A-1", "A-2", "A-3", "A-4"]],
    ["Discount code\tValue\nA-1\t10%\nA-2\t20%", ["A-1", "A-2"]],
    ["ONE", ["ONE"]],
    [`"A-1", "A-2"\n'A-3', “A-4”`, ["A-1", "A-2", "A-3", "A-4"]],
    [`"code"\n"A-1"\n"A-2"`, ["A-1", "A-2"]],
    [`["A-1", "A-2"]`, ["A-1", "A-2"]],
    [`{"codes": ["A-1", "A-2"]}`, ["A-1", "A-2"]],
    ["- A-1\n• A-2\n1. A-3\n2) A-4", ["A-1", "A-2", "A-3", "A-4"]],
    ["A-1 | A-2、A-3，A-4；A-5", ["A-1", "A-2", "A-3", "A-4", "A-5"]],
    ["1,ABC-1\n2,ABC-2", ["ABC-1", "ABC-2"]],
    ["ABC-1;10%;2027-12-31\nABC-2;10%;2027-12-31", ["ABC-1", "ABC-2"]],
    ["id,Name,Percent Off\nFRIEND1,Friends,10", ["FRIEND1"]],
    ["A-1,A-2\nA-3,A-4", ["A-1", "A-2", "A-3", "A-4"]],
  ])("%j are separated", (text, codes) => {
    expect(valuesOf(codesOfText(text))).toEqual(codes);
  });
});

it("ignore invisible characters around a code, and keep visible ones", () => {
  const list = listOf(["\u200bA-1\u200b", "\ufeff\u00a0A-2\u200e ", "LOVE\u2764\ufe0f", "A\u200b-3"]);
  expect(list.codes.map(({ code }) => code)).toEqual(["A-1", "A-2", "LOVE\u2764\ufe0f"]);
  expect(list.invalid_at).toEqual([3]);
});

it("may be thousands on one line, up to the form's limit", () => {
  const codes = Array.from({ length: 100_000 }, (_, n) => `CODE-${n}`);
  expect(codesOfText(codes.join(",")).lines).toHaveLength(100_000);
  expect(codesOfText(codes.slice(0, 900).join(", ")).lines).toHaveLength(900);
  expect(() => codesOfText([...codes, "more"].join(","))).toThrow("at most 100000 codes");
  expect(codesOfText(",".repeat(11_000_000)).lines).toEqual([]);
});

describe("codes sent as text", () => {
  it.each([
    ["A\nB", ["A", "B"]],
    ['"A\\nB"', ["A", "B"]],
    ['["A", "B"]', ["A", "B"]],
    ["{A}\n[B]", ["{A}", "[B]"]],
    ['"A', ['"A']],
  ])("%j", (text, codes) => {
    expect(sentAsText(text)).toEqual(codes);
  });
});

describe("a list of codes", () => {
  it("refuses numbers rounded by JSON, and wrongly decoded text", () => {
    const { codes, invalid } = listOf([2 ** 62, 2 ** 53, 1e21, 1.5, 4006381333931, "NO\uFFFDL"]);
    expect(codes.map(({ code }) => code)).toEqual(["4006381333931"]);
    expect(invalid).toBe(5);
  });

  it("compares codes independent of accent encoding, and stores them composed", () => {
    const { codes, duplicates } = listOf(["NOE\u0308L-1", "no\u00ebl-1"]);
    expect(codes).toEqual([{ code: "NO\u00cbL-1", key: "no\u00ebl-1" }]);
    expect(duplicates).toBe(1);
  });
});

describe("an upload by the API", () => {
  it("is read in its encoding, and refused if it is not text", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const send = (body: BodyInit, type: string) =>
      campaign.owner.post(path, body, { headers: { "Content-Type": type } });
    const windows = new Uint8Array([
      ...new TextEncoder().encode("code\r\nNO"),
      0xcb,
      ...new TextEncoder().encode("L-1\r\n"),
    ]);
    expect((await send(windows, "text/csv")).data).toMatchObject({ added: 1, invalid: 0 });
    expect((await campaign.owner.get(path)).data.coupons[0].code).toBe("NOËL-1");
    expect(await send(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), "text/csv")).toMatchObject({ status: 400 });
    expect((await send('"Q-1\\nQ-2"', "text/plain")).data).toMatchObject({ added: 2 });
    expect((await campaign.upload([2 ** 53])).data).toMatchObject({ added: 0, invalid: 1 });
  });

  it("can be undone, and single codes deleted, by their owner only", async () => {
    const campaign = await newCampaign();
    const other = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}`;
    await campaign.upload(["A-1", "A-2"]);
    await campaign.upload(["B-1", "B-2", "A-1"]);
    const { uploads } = (await campaign.owner.get(`${path}/coupon-uploads`)).data;
    expect(uploads).toMatchObject([
      { name: null, added: 2 },
      { name: null, added: 2 },
    ]);
    const upload = `${path}/coupon-uploads/${uploads[0].id}`;
    expect((await other.owner.delete(upload)).status).toBe(404);
    expect((await other.owner.get(`${path}/coupon-uploads`)).status).toBe(404);
    expect((await campaign.owner.delete(`/api/v1/campaigns/${other.id}/coupon-uploads/${uploads[0].id}`)).status).toBe(
      404,
    );
    expect((await campaign.owner.delete(upload)).data).toEqual({ deleted: 2 });
    const { coupons, ...totals } = (await campaign.owner.get(`${path}/coupons`)).data;
    expect(totals).toMatchObject({ total: 2, available: 2, assigned: 0 });
    expect((await other.owner.delete(`${path}/coupons/${coupons[0].id}`)).status).toBe(404);
    expect((await campaign.owner.delete(`${path}/coupons/${coupons[0].id}`)).data).toEqual({ deleted: 1 });
    expect((await campaign.owner.delete(`${path}/coupons/${coupons[0].id}`)).status).toBe(404);
    expect((await campaign.owner.get(`${path}/coupons`)).data).toMatchObject({ total: 1, available: 1 });
  });
});
