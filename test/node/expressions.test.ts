import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expressionsIn, GROWTH_MAX, growthOf, worstOf } from "../support/expressions.ts";

const { expressions, built } = expressionsIn();

/** Without a repetition, an expression reads a limited number of characters from each start. */
const canRepeat = ({ pattern }: { pattern: string }) =>
  /[*+{]/.test(pattern.replace(/\\./g, "").replace(/\[[^\]]*\]/g, ""));

/** Each once, however many files have it. */
const timed = [
  ...new Map(expressions.filter(canRepeat).map((each) => [`/${each.pattern}/${each.flags}`, each])).values(),
];

const runOf = ({ pattern, flags }: { pattern: string; flags: string }) => {
  const expression = new RegExp(pattern, flags);
  return (text: string) => {
    if (flags.includes("g")) text.replace(expression, "");
    else expression.test(text);
  };
};

/** The growth of an expression's time on the worst input found. */
const growth = (expression: { pattern: string; flags: string }) => {
  const run = runOf(expression);
  return growthOf(run, worstOf(run, expression.pattern));
};

describe("regular expressions", () => {
  it("are all literals, so the next test finds them", () => {
    assert.deepEqual(built, []);
    assert.ok(expressions.length > 100);
  });

  for (const { file, pattern, flags } of timed)
    it(`take linear time: /${pattern}/${flags} in ${file}`, () => {
      const times = growth({ pattern, flags });
      assert.ok(times < GROWTH_MAX, `${times.toFixed(1)} times as long for each character`);
    });

  it("are detected if they take longer", () => {
    const slow: [string, string][] = [
      ["<script\\b[^>]*>", "gi"],
      [" +$", ""],
      ["=+$", ""],
      ["T.*(Z|[+-]\\d\\d:?\\d\\d)$", ""],
      ["\\S+@\\S+", "g"],
      ["\\{\\{?\\s*([\\p{L}\\d_. -]{1,40}?)\\s*\\}?\\}", "gu"],
    ];
    // A busy machine can delay the half, too, but not repeatedly.
    const isFound = ([pattern, flags]: [string, string]) =>
      Array.from({ length: 10 }).some(() => growth({ pattern, flags }) > GROWTH_MAX);
    assert.deepEqual(
      slow.filter((each) => !isFound(each)),
      [],
    );
  });
});
