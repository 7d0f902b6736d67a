import { describe, expect, it } from "vitest";
import { importFile } from "../../../src/participants/imports/import-file";

const people = (text: string) => importFile(text).rows.map(([line, email, name]) => [line, email, name]);

describe("a list of people copied from an email program", () => {
  it.each<[string, (string | number)[][]]>([
    [
      "Bob Friend <bob@lost.example>, carol@lost.example\nmailto:dora@lost.example\neva@müller.example",
      [
        [1, "bob@lost.example", "Bob Friend"],
        [1, "carol@lost.example", ""],
        [2, "dora@lost.example", ""],
        [3, "eva@müller.example", ""],
      ],
    ],
    [
      `"Lovelace, Ada" <ada@a.example>\r\n"Hopper, Grace" <grace@a.example>`,
      [
        [1, "ada@a.example", "Ada Lovelace"],
        [2, "grace@a.example", "Grace Hopper"],
      ],
    ],
    [
      "To: Ada Lovelace <ada@a.example>; Hopper, Grace <grace@a.example>; bob@a.example; 'Al' <al@a.example>",
      [
        [1, "ada@a.example", "Ada Lovelace"],
        [1, "grace@a.example", "Grace Hopper"],
        [1, "bob@a.example", ""],
        [1, "al@a.example", "Al"],
      ],
    ],
    [
      `email\n"Acme, Inc." <info@a.example>\n<bob@a.example>`,
      [
        [2, "info@a.example", "Acme, Inc."],
        [3, "bob@a.example", ""],
      ],
    ],
    [
      "ada@a.example, grace@a.example, bob@a.example",
      ["ada", "grace", "bob"].map((name) => [1, `${name}@a.example`, ""]),
    ],
    [
      "Ada <ada@a.example>\nGrace <grace@a.example>\nBob <bob@a.example>\nAl <al@a.example>\nnobody at all",
      [
        [1, "ada@a.example", "Ada"],
        [2, "grace@a.example", "Grace"],
        [3, "bob@a.example", "Bob"],
        [4, "al@a.example", "Al"],
        [5, "nobody at all", ""],
      ],
    ],
    [
      "1. Ada ada@a.example\n2) “Bob” <bob@a.example>\n- al@a.example\n• Eva: eva@a.example",
      [
        [1, "ada@a.example", "Ada"],
        [2, "bob@a.example", "Bob"],
        [3, "al@a.example", ""],
        [4, "eva@a.example", "Eva"],
      ],
    ],
  ])("%j", (text, rows) => {
    expect(people(text)).toEqual(rows);
  });

  it.each<[string, (string | number)[][]]>([
    ["email,name\nada@a.example,Ada", [[2, "ada@a.example", "Ada"]]],
    [
      "ada@a.example;Ada\nbob@a.example;Bob",
      [
        [1, "ada@a.example", "Ada"],
        [2, "bob@a.example", "Bob"],
      ],
    ],
    [
      "email\nada@a.example\nbob@a.example",
      [
        [2, "ada@a.example", ""],
        [3, "bob@a.example", ""],
      ],
    ],
    ["Email,Date\nAda L <ada@a.example>,2026-01-02", [[2, "ada@a.example", "Ada L"]]],
    ["Name,Email\nAda,mailto:ada@a.example", [[2, "ada@a.example", "Ada"]]],
    [
      "Ada L <ada@a.example>,2026-01-02\nBob <bob@a.example>,2026-01-03",
      [
        [1, "ada@a.example", "Ada L"],
        [2, "bob@a.example", "Bob"],
      ],
    ],
  ])("is not read from a table: %j", (text, rows) => {
    expect(people(text)).toEqual(rows);
  });

  it("includes referrers with their names", () => {
    const file = importFile("email,referrer\nada@a.example,Grace Hopper <grace@a.example>");
    expect(file.rows[0]?.[5]).toBe("grace@a.example");
  });
});
