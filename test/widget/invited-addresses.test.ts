import { describe, expect, it } from "vitest";
import { addressesIn, isAddress, mailboxesIn } from "../../src/widget/frame-address";

describe("a list of friends' email addresses is read", () => {
  it.each([
    ["bob@lost.example", ["bob@lost.example"]],
    ["Bob Friend <bob@lost.example>, carol@lost.example", ["bob@lost.example", "carol@lost.example"]],
    ["mailto:dora@lost.example", ["dora@lost.example"]],
    ["<mailto:dora@lost.example?subject=Hi%20there>", ["dora@lost.example"]],
    ["eva@müller.example", ["eva@müller.example"]],
    [`"Smith, Bob" <bob@a.example>; "O'Neil; Al" <al@a.example>`, ["bob@a.example", "al@a.example"]],
    ["Smith, Bob <bob@a.example>; Jones, Al <al@a.example>", ["bob@a.example", "al@a.example"]],
    [
      "bob@a.example\ncarol@a.example\r\ndora@a.example\teva@a.example",
      "bob carol dora eva".split(" ").map((name) => `${name}@a.example`),
    ],
    ["bob@a.example carol@a.example", ["bob@a.example", "carol@a.example"]],
    ["Bob bob@a.example", ["bob@a.example"]],
    ["(bob@a.example), 'carol@a.example'.", ["bob@a.example", "carol@a.example"]],
    ["bob@a.example,,;\n, ", ["bob@a.example"]],
    ["bob@a.example, Bob <bob@a.example>", ["bob@a.example"]],
    ["what?is=this@a.example", ["what?is=this@a.example"]],
    ["ｂｏｂ＠ａ．example", ["ｂｏｂ＠ａ．example"]],
    ['O"Neil <al@a.example>, bob@a.example', ["al@a.example", "bob@a.example"]],
    ["<bob@a.example> <carol@a.example>", ["bob@a.example", "carol@a.example"]],
    [
      "Bob <bob@a.example> Carol <carol@a.example> dora@a.example",
      ["bob@a.example", "carol@a.example", "dora@a.example"],
    ],
    ["carol@a.example Bob <bob@a.example>", ["carol@a.example", "bob@a.example"]],
    ["'Bob@a.example' <bob@a.example> (work)", ["bob@a.example"]],
    [
      "bob@a.example、carol@a.example；dora@a.example，eva@a.example",
      "bob carol dora eva".split(" ").map((name) => `${name}@a.example`),
    ],
    ["[dora@a.example](mailto:dora@a.example)", ["dora@a.example"]],
    ["bob@a.example|carol@a.example/dora@a.example", ["bob@a.example", "carol@a.example", "dora@a.example"]],
    ['"bob@work" <bob@a.example>', ["bob@a.example"]],
    ["“bob@a.example”, «carol@a.example»!", ["bob@a.example", "carol@a.example"]],
    ["\u200bbob@a.example\u200b \u202abob@a.example", ["bob@a.example"]],
    ["", []],
    [" ,;\n", []],
  ])("%j", (text, emails) => {
    expect(addressesIn(text)).toEqual(emails);
    expect(addressesIn(text).every(isAddress)).toBe(true);
  });

  it.each([
    ["bob@a.example, carol", "carol"],
    ["bob@a.example carol@", "carol@"],
    ["bob.example carol@a.example", "bob.example"],
    ["Bob Friend, carol@a.example", "Bob Friend"],
    ["Bob <bob at a.example>", "bob at a.example"],
    ["bob@@a.example", "bob@@a.example"],
  ])("in %j, %j is named", (text, wrong) => {
    expect(addressesIn(text).filter((email) => !isAddress(email))).toEqual([wrong]);
  });

  it("just as fast with any number of spaces in a name", () => {
    const text = `"a,${" ".repeat(200_000)}," <ada@example.com>`;
    expect(mailboxesIn(text)).toEqual([{ name: "a, ,", address: "ada@example.com" }]);
  });

  it.each([
    ["Acme, Inc. <c@a.example>", "Acme, Inc."],
    ['"Acme, Inc." <c@a.example>', "Acme, Inc."],
    ["King, Jr. <c@a.example>", "King, Jr."],
    ["Inca, Maria <c@a.example>", "Maria Inca"],
    ["Smith, Cora <c@a.example>", "Cora Smith"],
  ])("and %j is named %j", (text, name) => {
    expect(mailboxesIn(text)).toEqual([{ name, address: "c@a.example" }]);
  });
});
