import { describe, expect, it } from "vitest";
import { fileText } from "../../../src/lib/files/file-text";
import { importFile } from "../../../src/participants/imports/import-file";
import { newCampaign, someone } from "../../support/campaign";
import { decoded } from "../../support/html";
import { brokenPromises } from "../../support/invariants";
import { browserOf } from "../../support/session";

/** Email, name, external ID, and the reason for skipping a row. */
const readIn = (text: string) =>
  importFile(text).rows.map(([, email, name, id, , , , , left]) =>
    [email, name, id, left].join("|").replace(/\|+$/, ""),
  );

const field = (html: string, name: string) =>
  decoded(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");
const formIn = (html: string) => ({ token: field(html, "token"), rows: field(html, "rows") });

async function aCampaign() {
  const campaign = await newCampaign();
  const { submit } = await browserOf(campaign.owner);
  const path = `/campaigns/${campaign.id}/import`;
  const preview = async (text: string) => (await submit(path, { text })).text;
  const load = async (text: string) => {
    const answer = await submit(`${path}/run`, formIn(await preview(text)), {
      headers: { Accept: "application/json" },
    });
    return (JSON.parse(answer.text).results as { said: string }[]).map(({ said }) => said);
  };
  const people = async () =>
    (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&limit=100`)).data.participants as {
      email: string;
      checkout_code: string | null;
    }[];
  return { ...campaign, preview, load, people };
}

describe("cells of an import", () => {
  it.each([
    [
      "names that are empty in a program's words",
      "email,name\na@a.example,NULL\nb@a.example,#N/A\nc@a.example,-\nd@a.example,Null",
      ["a@a.example", "b@a.example", "c@a.example", "d@a.example|Null"],
    ],
    [
      "names with HTML",
      "email,name\na@a.example,O&#039;Brien &amp; Ren&eacute;\nb@a.example,AT&T &bogus;",
      ["a@a.example|O'Brien & René", "b@a.example|AT&T &bogus;"],
    ],
    [
      "formulas of links",
      'email,name\n"=HYPERLINK(""mailto:a@a.example"",""a@a.example"")",Ada\n="b@a.example",Bob',
      ["a@a.example|Ada", "b@a.example|Bob"],
    ],
    [
      "two columns of emails",
      "Email,Name,Email\n,Ada,a@a.example\nb@a.example,Bob,x@a.example",
      ["a@a.example|Ada", "b@a.example|Bob"],
    ],
    ["Google's second email", "Name,E-mail 1 - Value,E-mail 2 - Value\nAda,,a@a.example", ["a@a.example|Ada"]],
    [
      "apostrophes for quotation marks",
      "'email','name'\n'a@a.example','Ada, O''B'\n'b@a.example',NULL",
      ["a@a.example|Ada, O'B", "b@a.example"],
    ],
    [
      "objects in JSON",
      '{"participants":[{"email":"a@a.example","firstName":"Ada","lastName":"L"},{"email":"b@a.example","metadata":{"a":1}}]}',
      ["a@a.example|Ada L", "b@a.example"],
    ],
    [
      "JSON lines",
      '{"email":"a@a.example","name":"Ada"}\n{"email":"b@a.example"}\n',
      ["a@a.example|Ada", "b@a.example"],
    ],
    ["a stray zero byte", "email,name\na@a.example,Ada\0\nb@a.example,Bob", ["a@a.example|Ada", "b@a.example|Bob"]],
    [
      "Unicode's line breaks",
      "email,name\u2028a@a.example,Ada\u2029b@a.example,Bob",
      ["a@a.example|Ada", "b@a.example|Bob"],
    ],
    ["mixed line breaks", "email,name\r\na@a.example,Ada\rb@a.example,Bob\n", ["a@a.example|Ada", "b@a.example|Bob"]],
    [
      "boxes that nobody checked",
      "email,Opt-in\na@a.example,x\nb@a.example,",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "check marks and crosses",
      "email,Consent\na@a.example,✓\nb@a.example,✗",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "a form's question",
      "Wie heißt du?,What's your email?,I agree to receive emails\nAda,a@a.example,1\nBob,b@a.example,0",
      ["a@a.example|Ada", "b@a.example|Bob||no_consent"],
    ],
    [
      "a form's label where somebody checked the box",
      "Email,Newsletter\na@a.example,Yes please\nb@a.example,",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "whoever is deleted",
      "email,name,deleted_at\na@a.example,Ada,\nb@a.example,Bob,2024-04-01T00:00:00Z",
      ["a@a.example|Ada", "b@a.example|Bob||unsubscribed"],
    ],
    [
      "do not contact",
      "email,Do Not Contact\na@a.example,FALSE\nb@a.example,TRUE",
      ["a@a.example", "b@a.example|||unsubscribed"],
    ],
    [
      "German consent",
      "E-Mail;Mit Werbung einverstanden\na@a.example;ja\nb@a.example;nein",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "French consent",
      "Courriel;Accepte les e-mails\na@a.example;oui\nb@a.example;non",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "Spanish consent",
      "Correo;Acepta correos\na@a.example;sí\nb@a.example;no",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
    [
      "Portuguese consent",
      "E-mail;Aceita e-mails\na@a.example;sim\nb@a.example;não",
      ["a@a.example", "b@a.example|||no_consent"],
    ],
  ])("are read: %s", (_, text, rows) => {
    expect(readIn(fileText(new TextEncoder().encode(text).buffer as ArrayBuffer).text)).toEqual(rows);
  });

  it("give one email from several words or addresses, with a note", async () => {
    const campaign = await aCampaign();
    const [ada, bob, cy] = [someone(), someone(), someone()];
    const text = `name,email\nAda,${ada} (work)\nBob,${bob}; other@a.example\nCy,${cy.replace("@", "%40")}.\nNo,none`;
    expect(await campaign.load(text)).toEqual([
      "added",
      "added; the cell has several emails; we use the first",
      "added",
      expect.stringContaining("mail"),
    ]);
    expect((await campaign.people()).map(({ email }) => email).sort()).toEqual([ada, bob, cy].sort());
  });

  it("do not silently lose an ID to a spreadsheet", async () => {
    const campaign = await aCampaign();
    expect(await campaign.load(`email,customer id\n${someone()},1.23457E+12\n${someone()},00123`)).toEqual([
      "added; the external ID cannot be stored",
      "added",
    ]);
  });
});

describe("checkout codes of an import", () => {
  it.each(["checkout_code", "Coupon code", "Vanity code", "Rabattcode", "Code promo", "Código de descuento", "Cupom"])(
    "are in the column %s",
    (name) => {
      const { columns, rows } = importFile(`email,${name}\na@a.example,ADA10\nb@a.example,BOB10`);
      expect(columns[1]?.role).toBe("checkout_code");
      expect(rows.map((row) => row[10])).toEqual(["ADA10", "BOB10"]);
    },
  );

  it("are read beside a link and an affiliate's parent", () => {
    const text =
      "Affiliate ID,Email,Affiliate link,Coupon,Parent affiliate\n1,a@a.example,https://s.example/?sca_ref=1.abc,A10,\n2,b@a.example,https://s.example/?sca_ref=2.def,B10,a@a.example";
    const { columns, rows } = importFile(text);
    expect(columns.map(({ role }) => role)).toEqual([null, "email", "code", "checkout_code", "invited_by"]);
    expect(rows[1]?.slice(9)).toEqual(["2.def", "B10"]);
  });

  it("are ignored if all are the same", () => {
    const { columns } = importFile("email,Coupon code\na@a.example,WELCOME\nb@a.example,WELCOME");
    expect(columns[1]?.role).toBeNull();
  });

  it("are given to added participants, one each, and conflicts are reported", async () => {
    const campaign = await aCampaign();
    const [holder, known, ada, bob, cy, dan] = [someone(), someone(), someone(), someone(), someone(), someone()];
    await campaign.signUp(holder, { checkout_code: "HELD" });
    await campaign.signUp(known);
    const text = `email,checkout_code\n${ada},Ada10\n${bob},ADA10\n${cy},held\n${dan},no spaces\n${known},KNOWN`;
    const taken = "another participant has the checkout code";
    const notes = ["", `; ${taken}`, `; ${taken}`, "; the checkout code cannot be stored"];
    const stays = "already a participant; existing participants keep their checkout code";
    const preview = await campaign.preview(text);
    expect(preview).toContain(`will be added; ${taken}`);
    expect(await campaign.load(text)).toEqual([...notes.map((note) => `added${note}`), stays]);
    const codes = Object.fromEntries(
      (await campaign.people()).map(({ email, checkout_code }) => [email, checkout_code]),
    );
    expect(codes).toEqual({ [holder]: "HELD", [known]: null, [ada]: "Ada10", [bob]: null, [cy]: null, [dan]: null });
    const found = await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&checkout_code=ada10`);
    expect(found.data.participants.map(({ email }: { email: string }) => email)).toEqual([ada]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});
