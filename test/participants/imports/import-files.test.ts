import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { encodings } from "../../../src/lib/files/encoding";
import { dateIn, dateOrderOf } from "../../../src/participants/imports/import-dates";
import { type Choice, importFile } from "../../../src/participants/imports/import-file";
import { newCampaign, someone } from "../../support/campaign";
import { decoded } from "../../support/html";
import { mailroom } from "../../support/mailroom";
import { type Browser, browserOf } from "../../support/session";

/** A file's rows: email, name, referrer, date, and the reason for skipping a row. */
const readIn = (text: string, choice: Choice = {}) =>
  importFile(text, choice).rows.map(([, email, name, id, code, inviter, date, , left]) => ({
    email,
    name,
    ...(id && { id }),
    ...(code && { code }),
    ...(inviter && { inviter }),
    ...(date && { date: date.slice(0, 16) }),
    ...(left && { left }),
  }));
const ADA = { email: "ada@a.example", name: "Ada Lovelace" };

describe("layouts from other products", () => {
  it.each([
    [
      "Mailchimp",
      'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,TAGS\nada@a.example,Ada,Lovelace,2,"2024-03-05 10:11:12","2024-03-05 10:12:00",1,"""VIP"""',
      [{ ...ADA, id: "1", date: "2024-03-05T10:11" }],
    ],
    [
      "HubSpot",
      "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Create Date\n101,Ada,Lovelace,ada@a.example,+1 555 0100,Bob,2024-03-05 10:11",
      [{ ...ADA, id: "101", date: "2024-03-05T10:11" }],
    ],
    [
      "Klaviyo",
      '"Email","Klaviyo ID","First Name","Last Name","Email Marketing Consent","Date Added"\n"ada@a.example","01ABC","Ada","Lovelace","SUBSCRIBED","2024-03-05 10:11:12+00:00"',
      [{ ...ADA, id: "01ABC", date: "2024-03-05T10:11" }],
    ],
    ["ReferralCandy", "first_name,last_name,email,locale\nAda,Lovelace,ada@a.example,de", [ADA]],
    [
      "Excel in German",
      "E-Mail;Vorname;Nachname;Datum\r\nada@a.example;Ada;Lovelace;05.03.2024\r\n",
      [{ ...ADA, date: "2024-03-05T00:00" }],
    ],
    [
      "Google Contacts",
      "First Name,Middle Name,Last Name,Birthday,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\nAda,,Lovelace,,* Home,ada@a.example,+1 555 0100",
      [ADA],
    ],
    [
      "Outlook",
      "First Name,Last Name,Company,E-mail Address,E-mail Type,E-mail Display Name\nAda,Lovelace,,ada@a.example,SMTP,Ada Lovelace",
      [ADA],
    ],
    [
      "WordPress",
      "user_login,user_email,first_name,last_name,display_name,user_registered\nada,ada@a.example,Ada,Lovelace,Ada Lovelace,2024-03-05 10:11:12",
      [{ ...ADA, date: "2024-03-05T10:11" }],
    ],
    [
      "Prefinery",
      "email,status,applied at\nada@a.example,applied,2020-06-25T20:48:13Z",
      [{ ...ADA, name: "", date: "2020-06-25T20:48" }],
    ],
    [
      "GrowSurf",
      "Email,First Name,Last Name,Referrer Email,Referral Count,Created At\nada@a.example,Ada,Lovelace,grace@a.example,0,2024-03-06T10:11:12Z",
      [{ ...ADA, inviter: "grace@a.example", date: "2024-03-06T10:11" }],
    ],
    [
      "Viral Loops",
      "firstname,lastname,email,referralCode,referrer_email,createdAt\nAda,Lovelace,ada@a.example,def456,grace@a.example,2024-03-06",
      [{ ...ADA, inviter: "grace@a.example", date: "2024-03-06T00:00" }],
    ],
    [
      "Kickstarter",
      'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged At,Pledged Status\n1,77,Ada Lovelace,ada@a.example,"$1,234.00","2024/03/05, 10:11",collected',
      [{ ...ADA, id: "77", date: "2024-03-05T10:11" }],
    ],
    ["French", "Adresse e-mail;Prénom;Nom\nada@a.example;Ada;Lovelace", [ADA]],
    ["Spanish", "Nombre,Apellidos,Correo electrónico\nAda,Lovelace,ada@a.example", [ADA]],
    [
      "Portuguese",
      "Nome completo,E-mail,Data de cadastro\nAda Lovelace,ada@a.example,31/01/2024",
      [{ ...ADA, date: "2024-01-31T00:00" }],
    ],
    [
      "no header",
      "ada@a.example;Ada Lovelace\r\nbob@a.example;Bob\r\n",
      [ADA, { email: "bob@a.example", name: "Bob" }],
    ],
    [
      "names before emails, and no header",
      "Ada Lovelace,ada@a.example\nBob,bob@a.example",
      [ADA, { email: "bob@a.example", name: "Bob" }],
    ],
    ["a header in words that we do not know", "Sähköposti;Nimi\nada@a.example;Ada Lovelace", [{ ...ADA, name: "" }]],
    ["notes above the header", "Report of May 5\n\nEmail,Name\nada@a.example,Ada Lovelace", [ADA]],
  ])("are read: %s", (_, text, rows) => {
    expect(readIn(text)).toEqual(rows);
  });

  it("identify referrers by an ID or a code of another row", () => {
    const kickoff = "email,first_name,social_id,referred_by\ngrace@a.example,Grace,ab1,\nada@a.example,Ada,ab2,ab1";
    expect(readIn(kickoff)[1]).toMatchObject({ inviter: "grace@a.example" });
    const viral = "email,referralCode,referred by\ngrace@a.example,abc123,\nada@a.example,def456,abc123";
    expect(readIn(viral)[1]).toMatchObject({ inviter: "grace@a.example" });
  });

  it.each([
    ["Email Address,First Name,UNSUB_TIME,UNSUB_REASON\nada@a.example,Ada,2024-03-05 10:11:12,NORMAL", "unsubscribed"],
    ["Email Address,First Name,CLEAN_TIME\nada@a.example,Ada,2024-03-05 10:11:12", "unsubscribed"],
    ["Email,Accepts Email Marketing\nada@a.example,no", "no_consent"],
    ["Email,Email Marketing Consent\nada@a.example,NEVER_SUBSCRIBED", "no_consent"],
    ["E-Mail;Einwilligung\nada@a.example;Nein", "no_consent"],
    ["email,status\nada@a.example,bounced", "unsubscribed"],
    ["email,status\nada@a.example,Unconfirmed", "no_consent"],
    ["email,status\nada@a.example,deleted", "status"],
    ["Email;Unsubscribed;Bounced\nada@a.example;no;2024-03-05", "unsubscribed"],
    ["Email;Opt out;Newsletter\nada@a.example;0;nein", "no_consent"],
    ["email,consent,unsubscribed,status\nada@a.example,no,yes,banned", "status"],
  ])("exclude people who must not be emailed: %j", (text, left) => {
    expect(readIn(text)).toMatchObject([{ left }]);
  });

  it("mute people who must not be emailed if the member chose so, but exclude erased ones", () => {
    const text = "email,consent,status\nada@a.example,no,\nbob@a.example,,unsubscribed\neve@a.example,no,deleted";
    const lefts = importFile(text, { mute: true }).rows.map((row) => row[8]);
    expect(lefts).toEqual(["muted", "muted", "status"]);
  });

  it("include people who may be emailed: subscribed, or unspecified", () => {
    const text = "Email,Accepts Email Marketing,Unsubscribed\nada@a.example,yes,\nbob@a.example,,no";
    expect(readIn(text).every((row) => !("left" in row))).toBe(true);
  });

  it("follow the member's choices, and report columns that are not imported", () => {
    const text = "Email,Nickname,Shoe size\nada@a.example,Countess,37";
    expect(importFile(text).columns.map(({ role }) => role)).toEqual(["email", null, null]);
    expect(readIn(text, { roles: ["email", "name", null] })).toMatchObject([{ name: "Countess" }]);
  });
});

describe("the order of days and months", () => {
  it.each([
    [["3/5/2024", "3/25/2024"], "month"],
    [["3/5/2024", "25/3/2024"], "day"],
    [["05.03.2024"], "day"],
    [["3/5/2024"], null],
    [["2024-03-05"], "day"],
  ])("of %j is %s", (cells, order) => {
    expect(dateOrderOf(cells)).toBe(order);
  });

  it.each([
    ["3/5/2024", "2024-03-05T00:00:00.000Z"],
    ["03/25/2024 10:11", "2024-03-25T10:11:00.000Z"],
    ["3/25/24 1:11 PM", "2024-03-25T13:11:00.000Z"],
    ["2024-03-05 10:11:12 UTC", "2024-03-05T10:11:12.000Z"],
    ["2024-03-05T10:11:12+02:00", "2024-03-05T08:11:12.000Z"],
    ["1709633472", "2024-03-05T10:11:12.000Z"],
    ["Mar 5, 2024", "2024-03-05T00:00:00.000Z"],
    ["5 March 2024 10:11", "2024-03-05T10:11:00.000Z"],
    ["5-Mar-2024", "2024-03-05T00:00:00.000Z"],
    ["05-MAR-24", "2024-03-05T00:00:00.000Z"],
    ["Tuesday, March 5th, 2024 at 10:11 a.m.", "2024-03-05T10:11:00.000Z"],
    ["Tue Mar 05 2024 11:11:12 GMT+0100 (Central European Standard Time)", "2024-03-05T10:11:12.000Z"],
    ["5. März 2024, 10:11 Uhr", "2024-03-05T10:11:00.000Z"],
    ["mar. 5 août 2025", "2025-08-05T00:00:00.000Z"],
    ["5 de diciembre de 2024", "2024-12-05T00:00:00.000Z"],
    ["2024-03-05 10:11:12.123456+00", "2024-03-05T10:11:12.123Z"],
    ["2024-03-05T10:11:12-0500", "2024-03-05T15:11:12.000Z"],
    ["2024-03-05 10:11:12 PST", "2024-03-05T18:11:12.000Z"],
    ["2024/03/05, 10:11", "2024-03-05T10:11:00.000Z"],
    ["20240305", "2024-03-05T00:00:00.000Z"],
    ["45356.5", "2024-03-05T12:00:00.000Z"],
    ["5 March", undefined],
    ["31 Feb 2024", undefined],
    ["2024-03-05 25:11", undefined],
    ["2024-03-05 10:11 XYZ", undefined],
    ["2/30/2024", undefined],
    ["yesterday", undefined],
  ])("%j", (cell, moment) => {
    expect(dateIn(cell, "month")?.toISOString()).toBe(moment);
  });
});

const field = (html: string, name: string) =>
  decoded(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "");
const rowsForm = (html: string) => ({ token: field(html, "token"), rows: field(html, "rows") });
type Listed = { email: string } & Record<string, unknown>;
const people = async ({ owner, id }: Awaited<ReturnType<typeof newCampaign>>): Promise<Listed[]> =>
  (await owner.get(`/api/v1/participants?campaign_id=${id}`)).data.participants;

async function aCampaign(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  const opened: Browser = await browserOf(campaign.owner);
  return { ...campaign, ...opened, path: `/campaigns/${campaign.id}/import` };
}

describe("an import of another product's file", () => {
  it("asks for the date order if the file is ambiguous, and remembers the layout", async () => {
    const campaign = await aCampaign();
    const file = () => new File([`mail,signed up,alias\n${someone()},3/5/2024,Ada`], "a.csv");
    const first = (await campaign.submit(campaign.path, { file: file() })).text;
    expect(first).toContain("The dates are ambiguous.");
    const chosen = { kept: field(first, "kept"), "role.0": "email", "role.1": "date", "role.2": "name", dates: "day" };
    const second = (await campaign.submit(campaign.path, chosen)).text;
    expect(rowsForm(second).rows).toContain("2024-05-03");
    expect(rowsForm(second).rows).toContain('"Ada"');
    const again = (await campaign.submit(campaign.path, { file: file() })).text;
    expect(again).not.toContain("The dates are ambiguous.");
    expect(rowsForm(again).rows).toContain('"Ada"');
    const stranger = await aCampaign();
    expect((await stranger.submit(stranger.path, { file: file() })).text).toContain("dates are ambiguous");
  });

  it.each([
    ["windows-1250", "Žůr", [0x8e, 0xf9, 0x72]],
    ["windows-1255", "שלום", [0xf9, 0xec, 0xe5, 0xed]],
    ["windows-1251", "Ян", [0xdf, 0xed]],
    ["shift_jis", "山田", [0x8e, 0x52, 0x93, 0x63]],
    ["macintosh", "José", [0x4a, 0x6f, 0x73, 0x8e]],
  ])("reads a file in %s once that is chosen, whatever was detected", async (encoding, name, bytes) => {
    const campaign = await aCampaign();
    const start = new TextEncoder().encode(`name,email\n`);
    const file = new File([start, new Uint8Array(bytes), `,${someone()}\n`], "a.csv");
    const first = (await campaign.submit(campaign.path, { file })).text;
    expect(first).toContain('name="encoding"');
    const others = ["unknown", ...encodings.map(([other]) => other).filter((other) => other !== encoding)];
    for (const wrong of [undefined, ...others]) {
      const seen = wrong
        ? (await campaign.submit(campaign.path, { kept: field(first, "kept"), encoding: wrong })).text
        : first;
      // Nothing is imported before the choice.
      if (wrong === "unknown") expect(seen).toContain('value="unknown"');
      if (seen.includes('value="unknown"')) expect(seen).not.toContain('name="token"');
      const right = await campaign.submit(campaign.path, {
        kept: field(seen, "kept") || field(first, "kept"),
        encoding,
      });
      expect(rowsForm(right.text).rows, wrong).toContain(`"${name}"`);
    }
    const unicode = new File([`name,email\nZoë,${someone()}`], "a.csv");
    expect((await campaign.submit(campaign.path, { file: unicode })).text).not.toContain('name="encoding"');
  });

  it.each([
    ["two Czech names", "windows-1250", [0xf8, 0x65, 0xe8], "řeč"],
    ["two Hebrew words", "windows-1255", [0xe3, 0xef], "דן"],
    ["a name that nobody can read", "gb18030", [0xd0, 0xd5, 0xc3, 0xfb], "姓名"],
  ])("remembers the encoding of %s", async (_, encoding, letters, name) => {
    const campaign = await aCampaign();
    const bytes = new Uint8Array(letters);
    const old = () => new File(["email,name,", bytes, `\n${someone()},`, bytes, ",\n"], "a.csv");
    const rowsOf = async (sent: File) => rowsForm((await campaign.submit(campaign.path, { file: sent })).text).rows;
    expect(await rowsOf(old())).not.toContain(name);
    const kept = field((await campaign.submit(campaign.path, { file: old() })).text, "kept");
    await campaign.submit(campaign.path, { kept, encoding, "role.0": "email", "role.1": "name" });
    const again = (await campaign.submit(campaign.path, { file: old() })).text;
    expect(rowsForm(again).rows).toContain(`"${name}"`);
    expect(again).toContain(`<option value="${encoding}" selected`);
    const unicode = new File([`email,name,${name}\n${someone()},Zoë,`], "a.csv");
    expect(await rowsOf(unicode)).toContain("Zoë");
    const wrong = { kept, encoding: "windows-1257", "role.0": "email", "role.1": "name" };
    await campaign.submit(campaign.path, wrong);
    expect(await rowsOf(old())).not.toContain(`"${name}"`);
  });

  it("remembers a member's newest fifty layouts", async () => {
    const campaign = await aCampaign();
    for (let n = 0; n < 52; n++)
      await campaign.submit(campaign.path, {
        kept: `mail,column ${n}\n${someone()},x`,
        "role.0": "email",
        "role.1": "name",
      });
    const kept = "SELECT count(*) AS n FROM import_layouts WHERE member_id = ?";
    expect(await env.DB.prepare(kept).bind(campaign.owner.id).first("n")).toBe(50);
  });

  it("notifies nobody unless asked", async () => {
    const campaign = await aCampaign({ campaign_entry_subject: "Welcome" });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/imports" });
    const send = async (told: Record<string, string>) => {
      const page = await campaign.submit(campaign.path, { text: `email\n${someone()}` });
      await campaign.submit(`${campaign.path}/run`, {
        ...rowsForm(page.text),
        "@flags": ["emails", "webhooks"],
        ...told,
      });
      const count = (table: string) =>
        env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE campaign_id = ?`).bind(campaign.id).first<number>("n");
      return { emails: await count("mails"), deliveries: await count("deliveries") };
    };
    expect(await send({})).toEqual({ emails: 0, deliveries: 0 });
    expect(await send({ emails: "on", webhooks: "on" })).toEqual({ emails: 1, deliveries: 1 });
  });

  it("never emails people who must not be emailed, and adds them if asked", async () => {
    const campaign = await aCampaign({
      campaign_entry_subject: "Welcome",
      reward_type: 3,
      num_signups: 1,
      reward_notify_subject: "You earned it",
    });
    const [ada, bob, eve] = [someone(), someone(), someone()];
    const text = `email,unsubscribed,bounced,status\n${ada},yes,,\n${bob},,,\n${eve},,,deleted`;
    const first = (await campaign.submit(campaign.path, { text })).text;
    expect(first).toContain("People who did not agree to emails, unsubscribed, or bounced");
    expect(first).toContain("Import 1 participant");
    const roles = { "role.0": "email", "role.1": "refused", "role.2": "refused", "role.3": "status" };
    const chosen = { kept: field(first, "kept"), ...roles, unwilling: "mute" };
    const second = (await campaign.submit(campaign.path, chosen)).text;
    expect(second).toContain("Import 2 participants");
    expect(second).toContain("will be added; gets no emails");
    const told = { "@flags": ["emails", "webhooks"], emails: "on" };
    await campaign.submit(`${campaign.path}/run`, { ...rowsForm(second), ...told });
    const [code] = (await people(campaign)).filter(({ email }) => email === ada).map((row) => row.referral_code);
    await campaign.refer(String(code), someone());
    const room = mailroom(campaign.owner);
    const sent = await room.deliver();
    expect(sent.map(({ to }) => to)).toContain(bob);
    expect(sent.map(({ to }) => to)).not.toContain(ada);
    const held = (await room.rows()).filter(({ error }) => error === "unsubscribed").map(({ kind }) => kind);
    expect(held.sort()).toEqual(["entry", "reward"]);
    expect((await people(campaign)).map(({ email }) => email)).not.toContain(eve);
    const later = (await campaign.submit(campaign.path, { text })).text;
    expect(later, "the choice is made for each import").toContain("left out");
  });

  it("restores our own export completely", async () => {
    const from = await aCampaign();
    const grace = (await from.signUp("-dash@example.com", { name: "=Grace", metadata: { plan: "pro" } })).data;
    await from.refer(grace.referral_code, someone(), { name: "+49 Ada", external_id: "cus_1" });
    const file = await from.page(`/campaigns/${from.id}/participants/export`);
    expect(file.status).toBe(200);
    const to = await aCampaign();
    const page = await to.submit(to.path, { file: new File([file.text], "participants.csv") });
    const run = await to.submit(`${to.path}/run`, rowsForm(page.text));
    expect(run.text).toContain("added");
    const [old, fresh] = [await people(from), await people(to)];
    const kept = ({ email, name, external_id, metadata, date_signedup, referral_count }: Listed) => ({
      ...{ email, name, external_id, metadata, date_signedup, referral_count },
    });
    const byEmail = (a: Listed, b: Listed) => a.email.localeCompare(b.email);
    expect(fresh.map(kept).sort(byEmail)).toEqual(old.map(kept).sort(byEmail));
  });
});
