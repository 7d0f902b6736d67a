import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { arabicOutline, shareFonts } from "../../scripts/share-font.ts";
import { lettersOf } from "../../src/visitors/share-images/letters.ts";

/** The sum of rounding errors, in thousandths of the font size. */
const CLOSE = 4;

/** Vowels, doubled letters, the sign for God's name, other languages' letters, a stretch, and letters that stand alone. */
const FURTHER = `السَّلامُ عَلَيْكُمْ الله لله محمّد الآن لأنّ هذا مكّة قُرْآن شكرًا جدًّا أهلًا مثلًا بِسْمِ گربه پدر چای ژاله
رزم زراعة وردة ه و عـرض ١٢٣ ٤٥ پاکستان`;

const files = shareFonts();
const json = (name: string) => JSON.parse(files[name] ?? "{}");
const arabic = json("share-font/arabic.json");
const font = { ...arabic, glyphs: { ...arabic.glyphs, ...json("share-font.json") } };

/** The contours of a path as translated numbers. */
const contours = (path: string, x = 0, y = 0) =>
  path
    .split("M")
    .slice(1)
    .map((one) => (one.match(/-?\d+/g) ?? []).map((number, i) => Number(number) + (i % 2 === 0 ? x : y)));

function drawnHere(word: string) {
  let left = 0;
  const drawn = lettersOf(font, word)
    .reverse()
    .flatMap(({ advance, path, marks }) => {
      const start = left;
      left += advance;
      return [...contours(path, start), ...marks.flatMap((mark) => contours(mark.path, start + mark.x, mark.y))];
    });
  return { width: left, drawn };
}

/** The largest distance between matching points of two drawings. */
function distance(some: number[][], others: number[][]) {
  const left = [...others];
  return Math.max(
    ...some.map((one) => {
      const away = left.map((other) =>
        one.length === other.length ? Math.max(...one.map((n, i) => Math.abs(n - (other[i] ?? 0)))) : Infinity,
      );
      const nearest = away.indexOf(Math.min(...away));
      left.splice(nearest, 1);
      return away[nearest] ?? Infinity;
    }),
  );
}

describe("the fonts of share images", () => {
  it("draw every Arabic word of ours like HarfBuzz", () => {
    const ours = ["ar", "email", "friends", "promises", "wallet"].map((name) =>
      readFileSync(`src/texts/ar/${name}.ts`, "utf8"),
    );
    const words = new Set([...ours, FURTHER].flatMap((text) => text.match(/[\u0600-\u06ff]+/g) ?? []));
    assert.ok(words.size > 500);
    const wrong = [...words].filter((word) => {
      const [width, path] = arabicOutline(word);
      const here = drawnHere(word);
      const there = contours(path);
      return (
        Math.abs(width - here.width) > CLOSE ||
        here.drawn.length !== there.length ||
        distance(here.drawn, there) > CLOSE
      );
    });
    assert.deepEqual(wrong, []);
  });

  it("include the Japanese school characters, in files of limited size", () => {
    const blocks = Object.entries(files).filter(([name]) => /\/[0-9a-f]{2}\.json$/.test(name));
    const chars = new Set(blocks.flatMap(([, text]) => Object.keys(JSON.parse(text))));
    for (const char of "友達紹介招待円分割引券得参加登録送料無料特典抽選当選者発表あいうえおアイウエオッャー、。「」！？￥％・々〆")
      assert.ok(chars.has(char), char);
    assert.ok([...chars].filter((char) => /\p{Script=Han}/u.test(char)).length > 6_000);
    for (const [name, text] of blocks) assert.ok(text.length < 120_000, name);
  });
});
