import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draw } from "../../src/campaigns/contest/draw";
import known from "../support/known-draw.json";
import { runs, seed } from "../support/seed";

const utf8 = new TextEncoder();
const hex = (bytes: Uint8Array) => bytes.toHex();

async function hmacSha256(key: Uint8Array, message: string) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, utf8.encode(message)));
}

/** The published rules, implemented literally and without regard to speed. */
async function drawnByTheBook(seed: Uint8Array, list: string, maxWinners: number) {
  const entrants = [...list.matchAll(/^(\d+):(\d+)$/gm)].map(([, id, n]) => ({ id: Number(id), n: BigInt(n ?? 0) }));
  const hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(list))));
  const key = await hmacSha256(seed, hash);
  const numbers: bigint[] = [];
  const indices: number[] = [];
  let blocks = 0;
  while (indices.length < Math.min(maxWinners, entrants.length)) {
    const isIn = (index: number) => !indices.includes(index);
    const total = entrants.reduce((sum, { n }, index) => (isIn(index) ? sum + n : sum), 0n);
    let x: bigint | undefined;
    while (x === undefined || x >= 2n ** 64n - (2n ** 64n % total)) {
      if (numbers.length === 0) {
        const block = hex(await hmacSha256(key, `${blocks++}`));
        numbers.push(...(block.match(/.{16}/g) ?? []).map((word) => BigInt(`0x${word}`)));
      }
      x = numbers.shift();
    }
    let sum = 0n;
    const ticket = x % total;
    indices.push(
      entrants.findIndex(({ n }, index) => {
        if (isIn(index)) sum += n;
        return isIn(index) && sum > ticket;
      }),
    );
  }
  return { hash, indices, ids: indices.map((index) => entrants[index]?.id) };
}

const listOf = (entries: number[], firstId = 1) => entries.map((n, i) => `${firstId + i * 3}:${n}\n`).join("");
const seedOf = (n: number) => {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(28, n);
  return seed;
};

describe("the draw", () => {
  const few = fc.integer({ min: 1, max: 6 });
  const many = fc.integer({ min: 1, max: 2 ** 46 });

  it("follows the published rules", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(fc.oneof(few, many), { maxLength: 60 }),
        fc.integer({ min: 1, max: 2 ** 52 }),
        fc.integer({ min: 1, max: 70 }),
        async (seed, entries, firstId, maxWinners) => {
          const list = listOf(entries, firstId);
          const drawn = await draw(seed, list, maxWinners);
          const expected = await drawnByTheBook(seed, list, maxWinners);
          expect(drawn).toMatchObject({
            entrants_hash: expected.hash,
            entrants_count: entries.length,
            total_entries: entries.reduce((sum, n) => sum + n, 0),
          });
          expect(drawn.winners.map((w) => w.index)).toEqual(expected.indices);
          expect(drawn.winners.map((w) => w.participant_id)).toEqual(expected.ids);
          expect(drawn.winners.map((w) => w.entries)).toEqual(expected.indices.map((i) => entries[i]));
        },
      ),
      { seed, numRuns: runs(300) },
    ));

  it("never changes: a published draw has the same result forever", async () => {
    const drawn = await draw(Uint8Array.fromHex(known.draw.seed), known.entrants, known.draw.max_winners);
    expect(drawn).toEqual({
      entrants_hash: known.draw.entrants_hash,
      entrants_count: known.draw.entrants_count,
      total_entries: known.draw.total_entries,
      winners: known.draw.winners,
    });
  });

  // Two seeds, found by search, whose first number is in the part of 2^64 that would favor some tickets.
  it.each([
    [21176, 1],
    [33614, 0],
  ])("skips a number that would favor some entries (seed %i)", async (n, winner) => {
    const list = "1:2251799813685248\n2:2251799813685249\n";
    const seed = seedOf(n);
    expect((await draw(seed, list, 1)).winners.map((w) => w.index)).toEqual([winner]);
    expect((await drawnByTheBook(seed, list, 1)).indices).toEqual([winner]);
  });

  it("gives every entrant a place if there are enough, and nobody two places", async () => {
    const { winners } = await draw(seedOf(7), listOf([1, 1000, 1, 5, 9]), 1000);
    expect(winners.map((w) => w.index).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("has no winner without entrants", async () => {
    expect(await draw(seedOf(7), "", 3)).toMatchObject({ entrants_count: 0, total_entries: 0, winners: [] });
  });

  it.each(["2:1\n1:1\n", "1:1\n1:1\n", "1:0\n", "1\n", "x:1\n"])("refuses a list that breaks the rules (%j)", (list) =>
    expect(draw(seedOf(7), list, 1)).rejects.toThrow("not in order"),
  );
});

/** Pearson's statistic. Draws are seeded, so the test is deterministic. */
const chiSquare = (cells: { seen: number; expected: number }[]) =>
  cells.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);

const DRAWS = runs(12_500);

describe(`over ${DRAWS} draws`, () => {
  /** A fair draw exceeds these once in a thousand times. */
  const LIMIT = { df9: 27.88, df19: 43.82 };

  it("equal entrants win equally often", async () => {
    const list = listOf(Array(10).fill(1));
    const seen = Array(10).fill(0);
    for (let n = 0; n < DRAWS; n++) for (const { index } of (await draw(seedOf(n), list, 1)).winners) seen[index]++;
    expect(chiSquare(seen.map((count) => ({ seen: count, expected: DRAWS / 10 })))).toBeLessThan(LIMIT.df9);
  });

  it("entrants win in proportion to their entries, the second winner among those left", async () => {
    const entries = [1, 2, 3, 4, 10];
    const total = 20;
    const list = listOf(entries);
    const seen = new Map<string, number>();
    for (let n = 0; n < DRAWS; n++) {
      const pair = (await draw(seedOf(n), list, 2)).winners.map((w) => w.index).join(" ");
      seen.set(pair, (seen.get(pair) ?? 0) + 1);
    }
    const pairs = entries.flatMap((a, i) =>
      entries.flatMap((b, k) => (i === k ? [] : [{ pair: `${i} ${k}`, p: (a / total) * (b / (total - a)) }])),
    );
    expect(pairs).toHaveLength(20);
    const cells = pairs.map(({ pair, p }) => ({ seen: seen.get(pair) ?? 0, expected: p * DRAWS }));
    expect(chiSquare(cells)).toBeLessThan(LIMIT.df19);
  });
});
