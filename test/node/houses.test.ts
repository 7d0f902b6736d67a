import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/root.ts";

const ENTRY = "(entry)";
const LINES_MAX = 250;
const TESTS_MAX = 35;
/** From top to bottom, in the order of the README's map: a file imports from its own house and from those below it. */
const HOUSES = [
  ENTRY,
  ...[...readFileSync(join(root, "README.md"), "utf8").matchAll(/^ {2}(\w+)\/ /gm)].map(([, house = ""]) => house),
];

/** Folders of `test` by runtime or kind. All others have a house's name. */
const SUITES = ["test/node", "test/browser", "test/product"];
const OTHERS = ["test/support", "test/clients", "test/react-18"];

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

const houseOf = (file: string) => (file.split("/").length === 2 ? ENTRY : (file.split("/")[1] ?? ""));
/** A folder of a house. Files directly in the house are its ground. */
const roomOf = (file: string) => `${houseOf(file)}/${file.split("/").length > 3 ? file.split("/")[2] : "(ground)"}`;

/** The edges on a circle, or between two: the rest after repeatedly removing edges that start or end nowhere. */
function onCycles(edges: [string, string][]): string[] {
  const live = edges.filter(([from, to]) => from !== to);
  for (;;) {
    const kept = live.filter(([from, to]) => live.some((e) => e[0] === to) && live.some((e) => e[1] === from));
    if (kept.length === live.length) return [...new Set(kept.map((edge) => edge.join(" -> ")))];
    live.splice(0, live.length, ...kept);
  }
}

test("every folder of src is a house on the README's map", () => {
  assert.deepEqual([...new Set(files.map(houseOf))].sort(), [...HOUSES].sort());
});

test("no import goes up the order of houses", () => {
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

test("every file of src is short", () => {
  const long = files.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > LINES_MAX + 1);
  assert.deepEqual(long, []);
});

test("every test is in a suite's folder, or in the folder of a house or of one of its rooms", () => {
  const folders = globSync("test/*", { cwd: root }).filter((path) => !OTHERS.includes(path));
  const tests = globSync("test/**/*.test.ts", { cwd: root, exclude: ["**/node_modules/**"] }).map(dirname);
  const isHouseOrRoom = (folder: string) => {
    const house = folder.replace(/^test\//, "src/");
    return (
      HOUSES.includes(folder.split("/")[1] ?? "") && folder.split("/").length <= 3 && existsSync(join(root, house))
    );
  };
  const strange = [...folders, ...tests].filter((folder) => !SUITES.includes(folder) && !isHouseOrRoom(folder));
  assert.deepEqual([...new Set(strange)], []);
});

test("no folder of a house has too many tests to look through", () => {
  const full = globSync("test/*/{,*/}", { cwd: root })
    .filter((folder) => !/^test\/(node|browser)\b/.test(folder))
    .filter((folder) => globSync("*.test.ts", { cwd: join(root, folder) }).length > TESTS_MAX);
  assert.deepEqual(full, []);
});

test("every export of src is used in another file", () => {
  const all = globSync("{src,test,scripts,chaos,bench,demo,drizzle,packages}/**/*.{ts,tsx,mjs}", {
    cwd: root,
    exclude: (path) => /node_modules|generated/.test(String(path)),
  });
  const homes = new Map<string, Set<string>>();
  for (const file of all)
    for (const [word] of readFileSync(join(root, file), "utf8").matchAll(/[\w$]+/g))
      homes.set(word, (homes.get(word) ?? new Set()).add(file));
  const unused = files.flatMap((file) =>
    [
      ...readFileSync(join(root, file), "utf8").matchAll(
        /^export (?:async )?(?:const|function|type|class|interface) ([\w$]+)/gm,
      ),
    ]
      .filter(([, name = ""]) => homes.get(name)?.size === 1)
      .map(([, name]) => `${file}: ${name}`),
  );
  assert.deepEqual(unused, []);
});
