import { describe, expect, it } from "vitest";
import { readableName } from "../../src/lib/name";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { browserOf } from "../support/session";

const NOTHING = [
  "\u200b\u200b",
  "\u2066\u2069",
  "\u3164\u3164",
  "\u115f\u1160\uffa0",
  "\u2800",
  "\u00ad\u034f\u17b4",
  "\u200d\ufe0f",
  "\u0301\u0301",
  "\u{e0041}\u{e0064}\u{e0061}",
  "\ufeff \u00a0\u3000",
  "\u{1d159}",
];

describe("a name is its visible text", () => {
  it.each(NOTHING)("%j is empty", (text) => expect(readableName(text)).toBe(""));

  it.each([
    ["Ada\u202egpj.exe", "Adagpj.exe"],
    ["\u2068Ada\u2069 Love\u00adlace\u200b", "Ada Lovelace"],
    ["Ada\u3164Lovelace", "AdaLovelace"],
    ["Ada\u2028Lovelace\u2800", "Ada Lovelace"],
    ["Zoe\u0308", "Zoë"],
    [`Z\u0335${"\u0336".repeat(50)}`, `Z\u0335${"\u0336".repeat(4)}`],
    ["Ada\u{e0041}\u{e007f}", "Ada"],
    ["\u200dAda\u200d \u200d\u200dL", "Ada L"],
  ])("%j is %j", (text, name) => {
    expect(readableName(text)).toBe(name);
    expect(readableName(name)).toBe(name);
  });

  it.each([
    "Ada Lovelace",
    "👩‍👩‍👧 Kim ❤️",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} Harry",
    "محمد رضا\u200cیی",
    "ශ්\u200dරී",
    "葛\u{e0100}城",
    "Nguyễn Thị Ánh",
    "🎉",
    "O’Neill",
  ])("%s stays unchanged", (name) => expect(readableName(name)).toBe(name));
});

describe("names from every source", () => {
  it("are refused if a name is required", async () => {
    const campaign = await newCampaign();
    const { owner } = campaign;
    const refused = { status: 400, error: "name must not be empty." };
    for (const name of NOTHING) {
      expect(await campaign.signUp(someone(), { name })).toMatchObject(refused);
      const account = { email: someone(), password: "correct horse battery", name };
      expect(await call("POST", "/api/v1/members", account)).toMatchObject(refused);
      expect(await owner.put(`/api/v1/campaigns/${campaign.id}`, { name })).toMatchObject(refused);
    }
    const contest = { contest_name: "\u200b", end_date: "2099-01-01T00:00:00Z" };
    expect((await owner.put(`/api/v1/campaigns/${campaign.id}/contest`, contest)).status).toBe(400);
  });

  it("are empty if optional, and otherwise clean", async () => {
    const campaign = await newCampaign();
    const { owner } = campaign;
    const nameOf = async (email: string) =>
      (await owner.get(`/api/v1/participants?email=${encodeURIComponent(email)}`)).data.participants[0].name;
    for (const [name, kept] of [
      ["\u200b\u200b", null],
      ["Ada\u202egpj", "Adagpj"],
    ] as const) {
      const email = someone();
      await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, name });
      expect(await nameOf(email)).toBe(kept);
    }
    const { data } = await campaign.signUp(someone(), { name: "Ada\u202e" });
    expect(data.name).toBe("Ada");
    expect((await owner.patch(`/api/v1/participants/${data.id}`, { name: "\u3164" })).data.name).toBeNull();
    expect((await owner.patch(`/api/v1/participants/${data.id}`, { name: "Zoe\u0308" })).data.name).toBe("Zoë");
  });

  it("are cleaned in an import, which reports any that it cannot keep", async () => {
    const campaign = await newCampaign();
    const { submit } = await browserOf(campaign.owner);
    const [nameless, ada] = [someone(), someone()];
    const path = `/campaigns/${campaign.id}/import`;
    const file = new File([`email,name\n${nameless},\u200b\n${ada},\u202eAda\n`], "people.csv", { type: "text/csv" });
    const { text } = await submit(path, { file, text: "" });
    const token = /name="token" value="([^"]*)"/.exec(text)?.[1] ?? "";
    const rows = [
      [1, nameless, "\u200b", "", "", "", "", "", ""],
      [2, ada, "\u202eAda", "", "", "", "", "", ""],
    ].map((row) => JSON.stringify(row));
    const sent = { token, rows: rows.join("\n") };
    const run = await submit(`${path}/run`, sent, { headers: { Accept: "application/json" } });
    const said = JSON.parse(run.text).results.map((row: { said: string }) => row.said);
    expect(said).toEqual(["added; the name cannot be stored", "added"]);
    const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data;
    const names = new Map(participants.map((one: { email: string; name: string }) => [one.email, one.name]));
    expect([names.get(nameless), names.get(ada)]).toEqual([null, "Ada"]);
  });

  it("are clean in a new account", async () => {
    const { status, data } = await call("POST", "/api/v1/members", {
      email: someone(),
      password: "correct horse battery",
      name: "\u202eAda\u2800",
    });
    expect([status, data.name]).toEqual([201, "Ada"]);
  });
});
