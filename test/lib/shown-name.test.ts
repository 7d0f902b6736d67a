import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { shownName } from "../../src/lib/shown-name";
import { shortName } from "../../src/participants/leaderboard";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";

describe("a name shown to strangers", () => {
  it.each([
    ["Ada Lovelace", "Ada L."],
    ["Ada", "Ada"],
    ["Rita van der Meer", "Rita M."],
    ["佐藤 花子", "佐藤"],
    ["佐藤花子", "佐藤"],
    ["王小明", "王"],
    ["김철수", "김"],
    ["サトウ ハナコ", "サトウ"],
    ["はなこ", "はなこ"],
    ["王", "王"],
  ])("%s is %s", (name, short) => expect(shortName(name)).toBe(short));
});

const LINKS = [
  "evil.com",
  "Evil.Com",
  "Visit EVIL.CoM now",
  "win at evil.example.co.uk!",
  "(bit.ly/x)",
  "http://evil",
  "www.evil",
  "evil。com",
  "evil．com",
  "ev\u200bil.com",
  "evil\u200d.com",
  "пример.рф",
  "203.0.113.9",
  "grace@evil.com",
  "+49 151 2345678",
  "Call (0151) 234-5678",
  "٠١٢٣٤٥٦٧",
];
const BLANK = ["", " ", "\u200b\u200b", "\u3164", "\u2800", "\u202e", "\u00ad", "\u0301", "\ufeff"];
const NAMES = [
  "Ada Lovelace",
  "J.R. St.John O’Neill",
  "No.5",
  "Anna-Maria",
  "محمد",
  "👩‍👩‍👧 Kim",
  "Inc.",
  "李小龍",
  "A. B.",
];

describe("a displayed name", () => {
  it.each(LINKS)("is hidden if it has a link: %s", (name) => expect(shownName(name)).toBeNull());
  it.each(BLANK)("is hidden if nothing of it is visible: %j", (name) => expect(shownName(name)).toBeNull());
  it.each(NAMES)("is shown unchanged: %s", (name) => expect(shownName(name)).toBe(name));

  it("neither reverses nor breaks the surrounding text", () => {
    expect(shownName("\u202eada\u2066\u200b")).toBe("ada");
    expect(shownName(" Ada\r\nLovelace\u2028x ")).toBe("Ada Lovelace x");
    expect(shownName(null)).toBeNull();
  });

  it("is safe on the leaderboard and on the participant's own page", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const names = ["Ada Lovelace", "Prizes evil.com", "\u200b\u200b", "\u202eGrace Hopper"];
    for (const name of names) {
      const { id, referral_code } = (await campaign.signUp(someone())).data;
      // As older releases may have stored it, before names were checked.
      await env.DB.prepare("UPDATE participants SET name = ? WHERE id = ?").bind(name, id).run();
      await campaign.refer(referral_code, someone());
    }
    const { leaderboard } = (await call("GET", `/api/widget/leaderboard?campaign_id=${campaign.id}`)).data;
    expect(leaderboard.map(({ name }: { name: string | null }) => name)).toEqual(["Ada L.", null, null, "Grace H."]);

    const joined = await call("POST", "/api/widget/signup", {
      campaign_id: campaign.id,
      email: someone(),
      name: "You won: evil.com",
    });
    const headers = { Authorization: `Bearer ${joined.data.participant_token}` };
    expect((await call("GET", "/api/widget/participant", undefined, { headers })).data.name).toBeNull();
  });
});
