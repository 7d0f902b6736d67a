import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csvLines, unguarded } from "../../src/lib/csv.ts";

const cellOf = (text: string) => csvLines([[text]]).trimEnd();

describe("a cell of a download", () => {
  for (const amount of ["-5.00", "-0.5", "-1234567", "-0.0001", "12.35"])
    it(`keeps the amount ${amount} a number`, () => assert.equal(cellOf(amount), amount));

  for (const text of [
    "-1+1",
    "-5.00|calc",
    "-007",
    "--5",
    "-5e3",
    "-12345678901234567890",
    "+49151234567",
    "=1",
    "-",
    "-A1",
    "- 5",
    "-5\t=1",
  ])
    it(`escapes ${JSON.stringify(text)}, and can be read back unchanged`, () => {
      assert.match(cellOf(text), /^"?'/);
      assert.equal(unguarded(`'${text}`), text);
    });
});
