import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/root.ts";

/** From the top to the bottom: a file imports from its own house and from those below it. */
const HOUSES = [
  "(entry)",
  "dashboard",
  "delivery",
  "accounts",
  "visitors",
  "participants",
  "campaigns",
  "ledger",
].concat(["outbox", "docs", "auth", "texts", "upkeep", "lib", "widget"]);

const files = globSync("src/**/*.{ts,tsx}", { cwd: root });
const arrows = files.flatMap((from) => {
  const source = readFileSync(join(root, from), "utf8");
  return [...source.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)].map(([, path = ""]) => {
    const target = normalize(join(dirname(from), path));
    const to = [target, `${target}.ts`, `${target}.tsx`].find(
      (file) => /\.tsx?$/.test(file) && existsSync(join(root, file)),
    );
    return { from, to: to ?? target };
  });
});
const inside = arrows.filter(({ to }) => to.startsWith("src/"));

const houseOf = (file: string) => (file.split("/").length === 2 ? "(entry)" : (file.split("/")[1] ?? ""));
/** A folder of a house; its ground are the files that lie in the house itself. */
const roomOf = (file: string) => `${houseOf(file)}/${file.split("/").length > 3 ? file.split("/")[2] : "(ground)"}`;

/** The nodes that lie on a cycle, found by taking away, again and again, those that nothing is left to point from. */
function onCycles(edges: [string, string][]): string[] {
  const live = edges.filter(([from, to]) => from !== to);
  for (;;) {
    const kept = live.filter(([from, to]) => live.some((e) => e[0] === to) && live.some((e) => e[1] === from));
    if (kept.length === live.length) return [...new Set(kept.map((edge) => edge.join(" -> ")))];
    live.splice(0, live.length, ...kept);
  }
}

test("every folder of src is a house of the order", () => {
  assert.deepEqual([...new Set(files.map(houseOf))].sort(), [...HOUSES].sort());
});

test("no import leads up the order of houses", () => {
  const up = inside.filter(({ from, to }) => HOUSES.indexOf(houseOf(to)) < HOUSES.indexOf(houseOf(from)));
  assert.deepEqual(
    up.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test("no rooms of a house import each other in a circle", () => {
  const rooms = inside.filter(({ from, to }) => houseOf(from) === houseOf(to));
  assert.deepEqual(onCycles(rooms.map(({ from, to }) => [roomOf(from), roomOf(to)])), []);
});
