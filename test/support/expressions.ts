import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Node, parse } from "acorn";
import { transformSync } from "esbuild";
import { root } from "../../scripts/root.ts";

export type Expression = { file: string; pattern: string; flags: string };

/** Every regular expression literal in `src`, and the places that build one at run time. */
export function expressionsIn(files = globSync("src/**/*.{ts,tsx}", { cwd: root })) {
  const expressions: Expression[] = [];
  const built: string[] = [];
  for (const file of files) {
    const loader = file.endsWith("x") ? "tsx" : "ts";
    const { code } = transformSync(readFileSync(join(root, file), "utf8"), { loader, jsx: "automatic" });
    for (const node of nodesOf(parse(code, { ecmaVersion: "latest", sourceType: "module" }))) {
      if (node.type === "Literal" && node.regex) expressions.push({ file, ...node.regex });
      if ((node.type === "NewExpression" || node.type === "CallExpression") && node.callee?.name === "RegExp")
        built.push(file);
    }
  }
  return { expressions, built };
}

type Part = Node & { regex?: { pattern: string; flags: string }; callee?: { name?: string } };

function* nodesOf(node: unknown): Generator<Part> {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one);
  else if (typeof node === "object" && node !== null && "type" in node) {
    yield node as Part;
    for (const part of Object.values(node)) yield* nodesOf(part);
  }
}

const CLASSES: Record<string, string[]> = {
  s: [" ", "\n"],
  S: ["a"],
  d: ["1"],
  w: ["a", "_"],
  D: ["a"],
  W: ["-"],
  t: ["\t"],
  r: ["\r"],
  n: ["\n"],
  f: ["\f"],
  "0": ["\0"],
};
const PROPERTIES: Record<string, string[]> = { C: ["\u0001"], M: ["\u0301"], Z: [" ", "\u2028"], L: ["a", "A"] };
/** Difficult characters for any expression. */
const COMMON = ["a", "A", "1", " ", "\n", "-", ".", "\0", "é"];
const META = /[\^$.*+?()[\]{}|]/;
const ESCAPE = /^\\(?:u([0-9a-f]{4})|u\{([0-9a-f]+)\}|[pP]\{([A-Z])[^}]*\}|(.))/iu;

/** The words and characters of a pattern. Its worst inputs consist of them. */
function materialOf(pattern: string) {
  const words: string[] = [];
  const characters = new Set(COMMON);
  let word = "";
  for (let rest = pattern; rest !== ""; ) {
    const [special = "", hex, wide, property, one] = ESCAPE.exec(rest) ?? [];
    const point = hex ?? wide;
    const literal = point
      ? String.fromCodePoint(Number.parseInt(point, 16))
      : one && !CLASSES[one] && one !== "b"
        ? one
        : null;
    const plain = special === "" && !META.test(rest[0] ?? "") ? (rest[0] ?? "") : literal;
    for (const class_ of [
      ...(CLASSES[one ?? ""] ?? []),
      ...(PROPERTIES[property ?? ""] ?? []),
      ...(plain ? [plain] : []),
    ])
      characters.add(class_);
    if (plain) word += plain;
    else if (word !== "") {
      words.push(word);
      word = "";
    }
    rest = rest.slice(Math.max(1, special.length));
  }
  if (word !== "") words.push(word);
  return { words: [...new Set(words)], characters: [...characters] };
}

type Attack = (length: number) => string;

/** Inputs with a start, a repetition, and an end: the worst case for backtracking. */
function* attacksOn(pattern: string): Generator<Attack> {
  const { words, characters } = materialOf(pattern);
  const pairs = characters.flatMap((one) => characters.flatMap((two) => (one === two ? [] : [one + two])));
  const repeated = [...characters, ...words, ...words.flatMap((word) => characters.map((one) => word + one)), ...pairs];
  for (const start of ["", ...words])
    for (const more of repeated)
      for (const end of ["", "\0", "\n"]) yield (length) => start + more.repeat(Math.ceil(length / more.length)) + end;
}

const SCREENED = 1_000;

/** The slowest input of `attacksOn`. */
export function worstOf(run: (text: string) => void, pattern: string): Attack {
  let worst: { attack: Attack; ms: number } | undefined;
  for (const attack of attacksOn(pattern)) {
    const text = attack(SCREENED);
    run(text);
    const ms = timeOf(() => run(text));
    if (!worst || ms > worst.ms) worst = { attack, ms };
  }
  if (!worst) throw new Error(`No input for ${pattern}`);
  return worst.attack;
}

function timeOf(run: () => void) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Long enough for the clock, short enough for a quadratic one to end. */
const MEASURABLE_MS = 0.2;
const LONGEST = 8_000;
const ROUNDS = 5;
/** After this time, two rounds are enough: the expression is not linear. */
const PATIENCE_MS = 100;
const STEP = 8;
const TRIES = 12;

/** Between what a linear one takes (1) and what a quadratic one takes (8). */
export const GROWTH_MAX = 3;

/**
 * How much longer a character takes in a text eight times as long: about 1 if the time is linear in its length, 8 if it
 * is quadratic. Eight short texts and the long one are measured in turns, so a busy machine delays both alike, and
 * the least counts, because it only ever adds time. Each begins without garbage, which only the longer one might have to
 * collect.
 */
export function growthOf(run: (input: string) => void, inputOf: (length: number) => string): number {
  let length = 125;
  while (length < LONGEST && measured(run, inputOf(length)) < MEASURABLE_MS) length *= 2;
  const [short, long] = [inputOf(length), inputOf(length * STEP)];
  const times = Math.ceil(MEASURABLE_MS / Math.max(measured(run, short), MEASURABLE_MS / 1_000));
  const again = (input: string, count: number) => () => {
    for (let i = 0; i < count; i++) run(input);
  };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES && least > GROWTH_MAX / 2; i++)
    least = Math.min(least, ratioOf(again(short, times * STEP), again(long, times)));
  return least;
}

const measured = (run: (input: string) => void, input: string) => {
  run(input);
  return timeOf(() => run(input));
};

setFlagsFromString("--expose-gc");
const collect: (options: { type: "minor" }) => void = runInNewContext("gc");

function ratioOf(short: () => void, long: () => void) {
  let [one, two] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = performance.now();
  for (let i = 0; i < ROUNDS && (i < 2 || performance.now() - start < PATIENCE_MS); i++) {
    collect({ type: "minor" });
    one = Math.min(one, timeOf(short));
    collect({ type: "minor" });
    two = Math.min(two, timeOf(long));
  }
  return two / one;
}
