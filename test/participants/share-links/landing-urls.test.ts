import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, plainCode, someone, type TestCampaign } from "../../support/campaign";
import { call } from "../../support/client";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

async function follow(path: string) {
  const answer = await call("GET", path, undefined, { headers: { "User-Agent": CHROME } });
  expect(answer.status, path).toBe(302);
  return answer.headers.get("Location");
}

const clicks = async (campaign: TestCampaign, id: number) =>
  (await campaign.owner.get(`/api/v1/participants/${id}`)).data.click_count;

/** A campaign with this landing page, and its participant's code. */
async function leadingTo(landing_url: string) {
  const campaign = await newCampaign({ landing_url });
  const ada = (await campaign.signUp(someone())).data;
  return { campaign, ada, code: ada.referral_code as string };
}

describe("a landing page's URL", () => {
  it.each([
    ["https://land.example/?q=a%20b", "https://land.example/?q=a%20b&ref=CODE"],
    ["https://land.example/?q=a+b", "https://land.example/?q=a+b&ref=CODE"],
    ["https://land.example/?flag&x=1", "https://land.example/?flag&x=1&ref=CODE"],
    ["https://land.example/?flag=&&x", "https://land.example/?flag=&&x&ref=CODE"],
    ["https://land.example/?a=1;b=2", "https://land.example/?a=1;b=2&ref=CODE"],
    ["https://land.example/?sig=a%2Bb%3D%3D&x=~y", "https://land.example/?sig=a%2Bb%3D%3D&x=~y&ref=CODE"],
    ["https://land.example/?q='a'(b)*!|{}[]", "https://land.example/?q='a'(b)*!|{}[]&ref=CODE"],
    ["https://land.example/?a=%c3%a9&b=%C3%A9", "https://land.example/?a=%c3%a9&b=%C3%A9&ref=CODE"],
    ["https://land.example/?next=https://x.example/?y=1", "https://land.example/?next=https://x.example/?y=1&ref=CODE"],
    ["https://land.example/?q=é ü", "https://land.example/?q=%C3%A9%20%C3%BC&ref=CODE"],
    ["https://bücher.example/größe?x=1", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?x=1&ref=CODE"],
    ["https://land.example/a%20b/c;d=1/~e", "https://land.example/a%20b/c;d=1/~e?ref=CODE"],
    ["https://land.example", "https://land.example/?ref=CODE"],
    ["https://land.example?x=1", "https://land.example/?x=1&ref=CODE"],
    ["https://land.example/?", "https://land.example/?ref=CODE"],
    ["https://land.example/?ref=producthunt&x=1", "https://land.example/?x=1&ref=CODE"],
    ["https://land.example/?ref&r%65f=2&referrer=me", "https://land.example/?referrer=me&ref=CODE"],
    ["https://land.example/#join", "https://land.example/?ref=CODE#join"],
    ["https://land.example/app?x#/route?y=a%20b&ref=3", "https://land.example/app?x&ref=CODE#/route?y=a%20b&ref=3"],
  ])("%s stays unchanged, with the code", async (landing_url, expected) => {
    const { ada, code } = await leadingTo(landing_url);
    expect(await follow(`/t/${code}`)).toBe(expected.replace("CODE", code));
    expect(ada.signup_url).toBe(expected.replace("CODE", code));
  });

  it.each([
    ["?utm_source=newsletter&fbclid=IwAR0", "&utm_source=newsletter&fbclid=IwAR0"],
    [
      "?gclid=a_b-C&gbraid=0A&wbraid=1&msclkid=2&ttclid=3&li_fat_id=4",
      "&gclid=a_b-C&gbraid=0A&wbraid=1&msclkid=2&ttclid=3&li_fat_id=4",
    ],
    ["?utm_campaign=a%20b&utm_term=c+d%26", "&utm_campaign=a%20b&utm_term=c+d%26"],
    ["?ref=somebody&utm_source=x", "&utm_source=x"],
    ["?own=other&utm_source=x", "&utm_source=x"],
    ["&utm_source=x&fbclid=1", "&utm_source=x&fbclid=1"],
    ["&amp;utm_source=x&amp;utm_medium=y", "&utm_source=x&utm_medium=y"],
    ["%3Futm_source=x", "&utm_source=x"],
    ["/?utm_source=x", "&utm_source=x"],
    [".?utm_source=x", "&utm_source=x"],
    ["?", ""],
    ["?&&=x&flag", ""],
    [`?utm_source=${"x".repeat(3_000)}`, ""],
  ])("gets the parameters of the share link: %s", async (on, passed) => {
    const { code } = await leadingTo("https://land.example/welcome?own=1#top");
    expect(await follow(`/t/${code}${on}`)).toBe(`https://land.example/welcome?own=1&ref=${code}${passed}#top`);
  });
});

describe("a share link in a chat", () => {
  it.each([
    ...[
      ".",
      ",",
      ")",
      "*",
      "**",
      "_",
      "_)",
      "~",
      "-",
      ">",
      "'",
      '"',
      "”",
      "»",
      "«",
      "“",
      "’",
      "」",
      "。",
      "…",
      "!",
      ";",
      ":",
    ],
    ...[
      "%3E",
      "%20",
      "%20%20",
      "%E2%80%8B",
      "%EF%BB%BF",
      "%C2%A0",
      "%E2%81%A0",
      "%0A",
      "%2520",
      "%",
      "%E2%80",
      "=",
      "/",
    ],
    ...[
      "/.",
      "//",
      "%5D",
      "]",
      "%7C",
      "\\",
      "|x",
      "&",
      "?",
      "?.",
      "&utm_source=x",
      "%26utm_source=x",
      "<br>",
      "</a>",
      "und",
    ],
  ])("is recognized before %s", async (ending) => {
    const { campaign, ada, code } = await leadingTo("https://land.example/");
    const passed = ending.includes("utm") ? "&utm_source=x" : "";
    expect(await follow(`/t/${code}${ending}`)).toMatch(`https://land.example/?ref=${code}${passed}`);
    expect(await clicks(campaign, ada.id)).toBe(1);
  });

  it.each(["(", "*", "_", "%E2%80%8B", "%3C", "„", "«", "%20", '"', "'"])("is found behind %s", async (start) => {
    const { campaign, ada, code } = await leadingTo("https://land.example/");
    expect(await follow(`/t/${start}${code}${start}`)).toBe(`https://land.example/?ref=${code}`);
    expect(await clicks(campaign, ada.id)).toBe(1);
  });

  it("is recognized with invisible characters, in capitals, and with two slashes", async () => {
    const { code } = await leadingTo("https://land.example/");
    const apart = `${code.slice(0, 9)}%C2%AD${code.slice(9)}`;
    expect(await follow(`/t/${apart}`)).toBe(`https://land.example/?ref=${code}`);
    for (const path of [`/T/${code}`, `/t//${code}`, `//t/${code}`])
      expect(await follow(path)).toBe(`https://land.example/?ref=${code}`);
  });

  it("leads to its campaign even with a damaged code, which counts nothing and refers nobody", async () => {
    const { campaign, ada, code } = await leadingTo("https://land.example/?x=1");
    const [body = "", tag = ""] = code.split(".");
    for (const damaged of [
      code.slice(0, -1),
      `${body}.`,
      `${body}.AAAAAAAAAAAAAA`,
      code.toLowerCase(),
      code.toUpperCase(),
      `${body.toLowerCase()}.${tag}`,
    ])
      expect(await follow(`/t/${damaged}?utm_source=x`), damaged).toMatch(
        /^https:\/\/land\.example\/\?x=1&(ref=\w+&)?utm_source=x$/,
      );
    expect(await clicks(campaign, ada.id)).toBe(0);
  });

  it("leads to its campaign without a code if its participant was erased", async () => {
    const { campaign, ada, code } = await leadingTo("https://land.example/?x=1");
    await campaign.owner.delete(`/api/v1/participants/${ada.id}`);
    expect(await follow(`/t/${code}`)).toBe("https://land.example/?x=1");
    expect(await follow(`/t/${code}.`)).toBe("https://land.example/?x=1");
    expect((await campaign.stats()).total_clicks).toBe(0);
  });

  it("keeps an old unsigned code, for servers that sign up with a key", async () => {
    const { campaign, ada } = await leadingTo("https://land.example/");
    const code = plainCode(campaign.id, 6, ada.id).replace(/=+$/, "");
    for (const ending of ["", ".", "==", "%3D", ")", "_"])
      expect(await follow(`/t/${code}${ending}`)).toBe(`https://land.example/?ref=${code}`);
  });

  it("also refers in the widget, whatever surrounds the code", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const refs = [".", ")", "_", " ", "\u200b", "*", "&utm_source=x", "»", "%20"].map((end) => ada.referral_code + end);
    for (const ref of refs)
      expect(
        await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), ref }),
      ).toMatchObject({ status: 200 });
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.referral_count).toBe(refs.length);
  });

  it("of a suspended or deleted campaign leads to the home page", async () => {
    const { campaign, code } = await leadingTo("https://land.example/");
    await env.DB.prepare("UPDATE campaigns SET is_suspended = 1 WHERE id = ?").bind(campaign.id).run();
    expect(await follow(`/t/${code}`)).toBe("https://referrals.test/");
    await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}`);
    expect(await follow(`/t/${code}`)).toBe("https://referrals.test/");
  });
});
