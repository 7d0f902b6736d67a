import { describe, expect, it } from "vitest";
import { shownDomain } from "../src/lib/domain";

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
    "müller.xn--j1amh".replace("xn--j1amh", "укр"),
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

  it("as it is where it cannot be read", () => {
    expect(shownDomain("xn--a.com")).toBe("xn--a.com");
    expect(shownDomain("xn--999999999.com")).toBe("xn--999999999.com");
  });
});
