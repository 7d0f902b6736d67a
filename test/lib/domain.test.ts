import { describe, expect, it } from "vitest";
import { shownDomain } from "../../src/lib/domain";
import { call, newMember } from "../support/client";
import { browserOf } from "../support/session";

const ascii = (domain: string) => new URL(`https://${domain}`).hostname;

describe("a domain is shown", () => {
  it.each([
    "acme.example",
    "bäckerei-müller.example",
    "пример.рф",
    "中国.中国",
    "例え.テスト",
    "tokyo東京.jp",
    "한국.com",
    "παράδειγμα.ελ",
    "مثال.السعودية",
    "भारत.भारत",
    "привет.com",
    "shop24.рф",
    "müller.укр",
  ])("in its own script: %s", (domain) => expect(shownDomain(ascii(domain))).toBe(domain));

  it.each([
    ["paypаl.com", "a Cyrillic letter among Latin ones"],
    ["аррӏе.com", "Cyrillic letters that look like Latin ones"],
    ["οικο.com", "Greek letters that look like Latin ones"],
    ["раураl24.com", "a digit beside them"],
    ["αbc.example", "Greek and Latin"],
    ["i❤.ws", "a symbol"],
    ["x̂̂.example", "loose marks"],
  ])("in ASCII: %s, %s", (domain) => {
    expect(shownDomain(ascii(domain))).toBe(ascii(domain));
    expect(ascii(domain)).toMatch(/xn--/);
  });

  it("unchanged if it is invalid", () => {
    expect(shownDomain("xn--a.com")).toBe("xn--a.com");
    expect(shownDomain("xn--999999999.com")).toBe("xn--999999999.com");
  });
});

describe("a brand under a domain of another script", () => {
  it("is shown in its script on pages, and stays ASCII in the API", async () => {
    const owner = await newMember();
    const mark = crypto.randomUUID().slice(0, 8);
    const shown = `bäckerei-${mark}.example`;
    const brand = (await owner.post("/api/v1/brands", { url: `https://www.${shown}/` })).data;
    expect(brand.domain).toBe(ascii(shown));
    const settings = { name: "Brot", brand_id: brand.id, publish: "public" };
    const { id } = (await owner.post("/api/v1/campaigns", settings)).data;
    for (const path of [`/p/${brand.slug}`, `/p/${brand.slug}/campaign/${id}`]) {
      const page = (await call("GET", path)).text.replace(/https?:\/\/[^\s"'<]*/g, "");
      expect(/<title>[^<]*/.exec(page)?.[0]).toContain(shown);
      expect(page.replaceAll(brand.slug, "")).not.toContain("xn--");
    }
    const { page: open } = await browserOf(owner);
    for (const path of ["/brands", `/brands/${brand.id}`, "/campaigns", `/campaigns/${id}`])
      expect((await open(path)).text, path).toContain(shown);
    const email = `eva@${shown}`;
    await owner.post("/api/v1/signups", { campaign_id: id, email, name: "Eva" });
    expect((await open("/participants")).text).toContain(email);
    expect((await owner.get("/api/v1/participants")).data.participants[0].email).toBe(`eva@${ascii(shown)}`);
  });
});
