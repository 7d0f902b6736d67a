import { describe, expect, it } from "vitest";
import { emailAddress, shownEmail } from "../../src/lib/email-address";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";

const [DOMAIN, SHOWN] = ["xn--e1afmkfd.xn--p1ai", "пример.рф"];

describe("an email address is normalized", () => {
  it.each([
    ["Ada@Example.COM", "ada@example.com"],
    // Every top-level domain that is written in another script.
    [`vera@${DOMAIN}`, `vera@${DOMAIN}`],
    [`vera@${SHOWN}`, `vera@${DOMAIN}`],
    ["VERA@ПРИМЕР.РФ", `vera@${DOMAIN}`],
    ["wei@中国.中国", "wei@xn--fiqs8s.xn--fiqs8s"],
    ["olena@xn--80a1acn3a.xn--j1amh", "olena@xn--80a1acn3a.xn--j1amh"],
    ["a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"],
    ["a@bücher.example", "a@xn--bcher-kva.example"],
    ["a@bu\u0308cher.example", "a@xn--bcher-kva.example"],
    ["a@faß.de", "a@xn--fa-hia.de"],
    ["a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"],
    ["a@exa\u00admple.com", "a@example.com"],
    ["ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ada@example.com"],
    // RFC 5322's characters of a local part.
    ["!#$%&'*+/=?^_`{|}~-@example.com", "!#$%&'*+/=?^_`{|}~-@example.com"],
    ["o'neil.j+news@example.com", "o'neil.j+news@example.com"],
    // RFC 6531's.
    ["Pelé@example.com", "pelé@example.com"],
    ["Pele\u0301@example.com", "pelé@example.com"],
    ["медведь@с-балалайкой.рф", "медведь@xn----8sbaac5cahfb0b0a.xn--p1ai"],
    ["二ノ宮@黒川.日本", "二ノ宮@xn--5rtw95l.xn--wgv71a"],
    ["संपर्क@डाटामेल.भारत", "संपर्क@xn--c2bd4bq1db8d.xn--h2brj9c"],
    ["\u200b ada@example.com\ufeff", "ada@example.com"],
    ["\u2068ada@example.com\u2069", "ada@example.com"],
    ["\u00a0\u202aada@example.com\u202c\u3164\u2800\r\n", "ada@example.com"],
    [`${"a".repeat(242)}@example.com`, `${"a".repeat(242)}@example.com`],
  ])("%j is %s", (typed, email) => {
    expect(emailAddress(typed)).toBe(email);
    expect(emailAddress(email)).toBe(email);
  });

  it.each([
    "",
    "@",
    "ada",
    "ada@",
    "@example.com",
    "ada@example",
    "ada@localhost",
    "ada@.example.com",
    "ada@example..com",
    "ada@example.com.",
    "ada@-example.com",
    "ada@example-.com",
    "ada@exa_mple.com",
    "ada@example.c",
    "ada@example.123",
    "ada@127.0.0.1",
    "ada@0x7f.1",
    "ada@[127.0.0.1]",
    "ada@ex%61mple.com",
    "ada@example.com/x",
    "ada@example.com:80",
    "ada@example.com?x",
    "ada@example.com#x",
    "ada@evil.com\\@example.com",
    "ada@bob@example.com",
    ".ada@example.com",
    "ada.@example.com",
    "a..da@example.com",
    "a da@example.com",
    "a\u200bda@example.com",
    "a\u202eda@example.com",
    "a\u3164da@example.com",
    "\u0301ada@example.com",
    '"a da"@example.com',
    "a,b@example.com",
    "ada;bob@example.com",
    "Ada <ada@example.com>",
    "mailto:ada@example.com",
    "ada\n@example.com",
    "ada@exam\nple.com",
    "ada@\u202eexample.com",
    "ada\ud800@example.com",
    "ada@exam\ud800ple.com",
    `ada@${"a".repeat(64)}.com`,
    `${"a".repeat(243)}@example.com`,
    `${"é".repeat(122)}@example.com`,
  ])("%j is invalid", (typed) => expect(emailAddress(typed)).toBeNull());

  it("is shown with the domain in its own script", () => {
    expect(shownEmail(`vera@${DOMAIN}`)).toBe(`vera@${SHOWN}`);
    expect(shownEmail("ada@example.com")).toBe("ada@example.com");
  });
});

describe("a person with an internationalized domain", () => {
  it("is one participant in every way to sign up", async () => {
    const campaign = await newCampaign();
    const { status, data } = await campaign.signUp(`vera@${SHOWN}`);
    expect(status).toBe(201);
    expect(data.email).toBe(`vera@${DOMAIN}`);
    for (const spelling of [`Vera@${DOMAIN}`, `\u200bvera@${SHOWN.toUpperCase()}\u200b`]) {
      expect((await campaign.signUp(spelling)).status).toBe(409);
      const joined = await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: spelling });
      expect(joined.data).toEqual({ already_joined: true });
    }
  });

  it("is found by every spelling, and a plus by a space", async () => {
    const campaign = await newCampaign();
    const { id } = (await campaign.signUp(`vera+news@${DOMAIN}`)).data;
    for (const spelling of [`vera+news@${DOMAIN}`, `VERA+News@${SHOWN}`, `\u2068vera+news@${SHOWN}\u2069`])
      for (const email of [encodeURIComponent(spelling), spelling, ` ${spelling} `]) {
        const { participants } = (await campaign.owner.get(`/api/v1/participants?email=${email}`)).data;
        expect(participants.map((one: { id: number }) => one.id)).toEqual([id]);
      }
    const none = await campaign.owner.get(`/api/v1/participants?email=vera@${DOMAIN}`);
    expect(none.data.participants).toEqual([]);
  });

  it("has one account, and signs in with either spelling", async () => {
    const own = { name: "Vera", password: "correct horse battery" };
    const email = `vera.${crypto.randomUUID()}@`;
    expect((await call("POST", "/api/v1/members", { ...own, email: email + SHOWN })).data.email).toBe(email + DOMAIN);
    expect((await call("POST", "/api/v1/members", { ...own, email: email + DOMAIN })).code).toBe("email_taken");
    for (const domain of [SHOWN, DOMAIN]) {
      const { password } = own;
      expect((await call("POST", "/api/v1/auth/token", { email: email + domain, password })).status).toBe(200);
    }
  });
});
