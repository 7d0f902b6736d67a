import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { previewView } from "../../../src/dashboard/participants/import-preview-view";
import type { SentRow } from "../../../src/participants/imports/import-schema";
import { newCampaign, plainCode, someone } from "../../support/campaign";
import { type Browser, browserOf, colleagueOf, type Fields } from "../../support/session";

async function aCampaign(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  const opened = await browserOf(campaign.owner);
  return { ...campaign, ...opened, path: `/campaigns/${campaign.id}/import` };
}

const unescaped = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
const field = (html: string, name: string) =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");
/** The form data of the page. */
const formIn = (html: string) => ({ token: field(html, "token"), rows: field(html, "rows") });

const JSON_ANSWER = { headers: { Accept: "application/json" } };
type Opened = Pick<Browser, "submit"> & { path: string };
const outcomesOf = async ({ submit, path }: Opened, fields: Record<string, string>) => {
  const answer = await submit(`${path}/run`, fields, JSON_ANSWER);
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const { results } = JSON.parse(answer.text) as { results: { line: number; outcome: string }[] };
  return results.map(({ outcome }) => outcome);
};
const upload = (name: string, text: string | Uint8Array<ArrayBuffer>) => new File([text], name, { type: "text/csv" });

describe("a preview", () => {
  it("shows the result of every row, and writes nothing", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const [bob, eve, dan] = [someone(), someone(), someone()];
    const csv = [
      "E-Mail;Name;Invited by;Date",
      `${bob};Bob;${ada.email};2024-05-06 10:00:00`,
      `${eve};Eve;${bob};2024-05-06`,
      `${ada.email.toUpperCase()};Ada;;`,
      "nonsense;X;;",
      `${eve};Eve again;;`,
      `${dan};Dan;nobody@example.com;`,
      `${someone()};Self;;2999-01-01`,
    ].join("\r\n");
    const page = await campaign.submit(campaign.path, { file: upload("people.csv", csv), text: "" });
    expect(page.status).toBe(200);
    const file = await campaign.submit(`${campaign.path}/check`, formIn(page.text));
    expect(file.headers.get("Content-Type")).toContain("text/csv");
    expect(
      file.text
        .trim()
        .split("\r\n")
        .map((line) => line.split(",").slice(2).join(",")),
    ).toEqual([
      "result",
      "will be added",
      "will be added",
      "already a participant",
      expect.stringContaining("email"),
      "same email as a row above",
      "will be added; the referrer is neither in the campaign nor in the file",
      "will be added; the date is in the future",
    ]);
    expect((await campaign.stats()).total_participants).toBe(1);
    expect(await campaign.events("participant.signup")).toHaveLength(1);
  });

  it("reads pasted text, address lists, Windows encodings, and a byte order mark", async () => {
    const campaign = await aCampaign();
    const pasted = await campaign.submit(campaign.path, { text: `${someone()},Ada\n${someone()},Bob`, file: null });
    expect(pasted.text).toContain("Import 2 participants");
    const latin = new Uint8Array([...new TextEncoder().encode(`email,name\n${someone()},Andr`), 0xe9]);
    const windows = await campaign.submit(campaign.path, { file: upload("a.csv", latin) });
    expect(formIn(windows.text).rows).toContain("André");
    const marked = await campaign.submit(campaign.path, { file: upload("a.csv", `\uFEFFemail\n${someone()}`) });
    expect(marked.text).toContain("Import 1 participant");
  });

  it("numbers rows by the file's lines, counting the header, empty lines, and quoted line breaks", async () => {
    const campaign = await aCampaign();
    const csv = `email,name\r\n\r\n${someone()},"Ada\r\nLovelace"\r\n${someone()},Bob\n , \nnonsense,X\r\n`;
    const page = await campaign.submit(campaign.path, { file: upload("people.csv", csv) });
    const { text } = await campaign.submit(`${campaign.path}/check`, formIn(page.text));
    const lines = text.trim().split("\r\n");
    expect(lines[0]).toBe("line,email,result");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["3", "5", "7"]);
    expect(page.text).toContain('<td class="number">7</td><td>nonsense</td>');
    const without = await campaign.submit(campaign.path, { text: `${someone()}\nnonsense` });
    expect(without.text).toContain('<td class="number">2</td><td>nonsense</td>');
  });

  it("reads every row of a file with as many empty lines, and refuses one with endless empty lines", async () => {
    const campaign = await aCampaign();
    const spaced = `email\n${Array.from({ length: 6_000 }, () => someone()).join("\n\n")}\n`;
    const page = await campaign.submit(campaign.path, { file: upload("people.csv", spaced) });
    expect(page.text).toContain("Import 6,000 participants");
    const empty = await campaign.submit(campaign.path, { file: upload("a.csv", `email\n${"\n".repeat(4_000_000)}`) });
    expect(empty.status).toBe(400);
    expect(empty.text).toContain("more than 400,000 lines");
  });

  it("refuses unreadable input, with the reason and the input", async () => {
    const campaign = await aCampaign();
    const many = `email\n${"a@example.com\n".repeat(100_001)}`;
    const bad: Fields[] = [
      { text: "" },
      { text: "name\nAda" },
      { text: "email" },
      { file: upload("a.csv", many) },
      { file: upload("a.csv", "x".repeat(5_000_001)) },
      { file: upload("a.csv", new Uint8Array([0, 1, 2, 255, 254])) },
    ];
    for (const fields of bad) {
      const answer = await campaign.submit(campaign.path, fields);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('role="alert"');
    }
    expect((await campaign.submit(campaign.path, { text: "name\nAda" })).text).toContain("Ada</textarea>");
  });
});

describe("an import", () => {
  it("adds participants with inviters, ids, and dates, in any order of the file", async () => {
    const campaign = await aCampaign({ reward_type: 3, num_signups: 1 });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/import" });
    const [ada, bob, eve] = [someone(), someone(), someone()];
    const csv = `email,name,external_id,invited_by,date\n${eve},Eve,,${bob},\n${bob},Bob,cus_2,${ada},\n${ada},Ada,,,2024-05-06T10:00:00Z`;
    const form = formIn((await campaign.submit(campaign.path, { text: csv })).text);
    expect(await outcomesOf(campaign, form)).toEqual(["added", "added", "added"]);
    const find = async (email: string) =>
      (await campaign.owner.get(`/api/v1/participants?email=${email}`)).data.participants[0];
    expect(await find(ada)).toMatchObject({
      date_signedup: "2024-05-06T10:00:00.000Z",
      referral_count: 1,
      invited_by: null,
    });
    expect(await find(bob)).toMatchObject({
      external_id: "cus_2",
      invited_by: (await find(ada)).id,
      referral_count: 1,
    });
    expect((await find(eve)).invited_by).toBe((await find(bob)).id);
    expect(await campaign.events("participant.signup")).toHaveLength(3);
    const sent = await env.DB.prepare(
      "SELECT count(*) AS n FROM deliveries WHERE campaign_id = ? AND type = 'participant.signup'",
    )
      .bind(campaign.id)
      .first<{ n: number }>();
    expect(sent?.n).toBe(0);
    expect((await campaign.rewards()).length).toBe(2);
    expect(await campaign.stats()).toMatchObject({ total_participants: 3, total_referrals: 2 });
  });

  it("sent twice adds each participant once with the same response; the same file again finds all of them", async () => {
    const campaign = await aCampaign();
    const csv = `email\n${someone()}\n${someone()}\n`;
    const form = formIn((await campaign.submit(campaign.path, { text: csv })).text);
    expect(await outcomesOf(campaign, form)).toEqual(["added", "added"]);
    expect(await outcomesOf(campaign, form)).toEqual(["added", "added"]);
    const file = await campaign.submit(`${campaign.path}/run`, { ...form, as: "csv" });
    expect(
      file.text
        .trim()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")[2]),
    ).toEqual(["added", "added"]);
    const again = formIn((await campaign.submit(campaign.path, { text: csv })).text);
    expect(await outcomesOf(campaign, again)).toEqual(["known", "known"]);
    expect(await campaign.events("participant.signup")).toHaveLength(2);
    expect((await campaign.stats()).total_participants).toBe(2);
  });

  it("records missing referrers of existing participants, and adds others without an impossible referrer", async () => {
    const campaign = await aCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const bob = (await campaign.signUp(someone())).data;
    const [eve, dan] = [someone(), someone()];
    const [name, domain] = ada.email.split("@");
    const csv = `email,invited_by,referral_code
${bob.email},${ada.email},
${eve},${dan},
${dan},${eve},
${someone()},nobody@example.com,
${name}+x@${domain},${ada.email},
${someone()},,nonsense
${someone()},,${plainCode(campaign.id, 6, ada.id)}
${someone()},,${plainCode(campaign.id, 6, 999_999_999)}`;
    const page = await campaign.submit(campaign.path, { text: csv });
    const form = formIn(page.text);
    expect(await outcomesOf(campaign, form)).toEqual(["attributed", ...Array(7).fill("added")]);
    expect(page.text).toContain("Import 8 participants");
    for (const note of [
      "refer to each other in a circle",
      "neither in the campaign",
      "cannot refer themselves",
      "nobody in the campaign or the file has",
    ])
      expect(page.text).toContain(note);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(2);
  });

  it("leaves participants beyond the plan's limit pending", async () => {
    const campaign = await aCampaign();
    await env.DB.prepare("UPDATE members SET plan_id = 1 WHERE id = ?").bind(campaign.owner.id).run();
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 499 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    // An older date cannot bypass an expired plan.
    const csv = `email,date\n${someone()},2020-01-01\n${someone()},2020-01-01`;
    const form = formIn((await campaign.submit(campaign.path, { text: csv })).text);
    expect((await outcomesOf(campaign, form)).sort()).toEqual(["added", "parked"]);
  });

  it("takes a thousand rows at once, including long chains, in a few commits", async () => {
    const campaign = await aCampaign();
    const mark = crypto.randomUUID().slice(0, 8);
    const address = (n: number) => `row-${mark}-${n}@example.com`;
    const lines = Array.from(
      { length: 1_000 },
      (_, n) => `${address(n)},${n === 0 ? "" : address(Math.floor((n - 1) / 3))}`,
    );
    const form = formIn((await campaign.submit(campaign.path, { text: `email,invited_by\n${lines.join("\n")}` })).text);
    expect(new Set(await outcomesOf(campaign, form))).toEqual(new Set(["added"]));
    expect(await campaign.stats()).toMatchObject({ total_participants: 1_000, total_referrals: 999 });
  });

  it("of longer files is sent in parts, inviters first", async () => {
    const campaign = await aCampaign();
    const mark = crypto.randomUUID().slice(0, 8);
    const address = (n: number) => `row-${mark}-${n}@example.com`;
    // Newest first, like exports: an inviter comes after their friends.
    const lines = Array.from({ length: 1_200 }, (_, n) => `${address(1_200 - n)},${n === 1_199 ? "" : address(1)}`);
    const page = await campaign.submit(campaign.path, { text: `email,invited_by\n${lines.join("\n")}` });
    const { token, rows } = formIn(page.text);
    expect((await campaign.submit(`${campaign.path}/run`, { token, rows })).status).toBe(400);
    const all = rows.split("\n");
    for (let from = 0; from < all.length; from += 500)
      expect(new Set(await outcomesOf(campaign, { token, rows: all.slice(from, from + 500).join("\r\n") }))).toEqual(
        new Set(["added"]),
      );
    expect(await campaign.stats()).toMatchObject({ total_participants: 1_200, total_referrals: 1_199 });
  });

  it("belongs to its preview's campaign and account, and to members who may change it", async () => {
    const campaign = await aCampaign();
    const other = await newCampaign({}, campaign.owner);
    const stranger = await aCampaign();
    const form = formIn((await campaign.submit(campaign.path, { text: `email\n${someone()}` })).text);
    expect((await campaign.submit(`/campaigns/${other.id}/import/run`, form)).status).toBe(400);
    expect((await stranger.submit(`${campaign.path}/run`, form)).status).toBe(404);
    expect((await stranger.submit(campaign.path, { text: `email\n${someone()}` })).status).toBe(404);
    expect((await stranger.submit(`${campaign.path}/check`, form)).status).toBe(404);
    expect((await stranger.page(campaign.path)).status).toBe(404);
    const victor = await colleagueOf(campaign.owner, "viewer");
    expect((await victor.page(campaign.path)).status).toBe(403);
    expect((await victor.submit(`${campaign.path}/run`, form)).status).toBe(403);
    const bad: Fields[] = [
      {},
      { token: "x", rows: "x" },
      { ...form, rows: "[1]" },
      { ...form, rows: "" },
      { ...form, token: "AAAA" },
    ];
    for (const fields of bad) expect((await campaign.submit(`${campaign.path}/run`, fields)).status).toBe(400);
    expect((await campaign.stats()).total_participants).toBe(0);
  });
});

describe("a preview that is too large to send back", () => {
  it("shows a note where its results could be downloaded", () => {
    const shown = (email: string) => {
      const rows: SentRow[] = [[1, email, "", "", "", "", "", "", "", "", ""]];
      const file = { columns: [], dates: "day" as const, isOrderOpen: false, rows, skipped: [], mended: [] };
      const rehearsed = { results: [], rows, token: "", has_welcome: false };
      return String(previewView(1, { origin: "", upload: { kept: "", encoding: null, choice: {} }, file, rehearsed }));
    };
    expect(shown("a@a.example")).toContain("data-import-check");
    const large = shown("a".repeat(12_000_000));
    expect(large).not.toContain("data-import-check");
    expect(large).toContain("too large to download before the import (over 11.9 MB)");
  });
});
