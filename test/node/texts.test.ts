import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { it } from "node:test";
import { root } from "../../scripts/root.ts";

const ENGLISH = globSync("src/texts/en/*.ts", { cwd: root });

const keysIn = (path: string) =>
  [...readFileSync(join(root, path), "utf8").matchAll(/^ {2}([a-z_]+):/gm)].map(([, key = ""]) => key);

const COUNTED = /_(one|other)$/;

it("every text is used", () => {
  const sources = globSync("src/**/*.{ts,tsx}", { cwd: root }).filter((path) => !/^src\/texts\/.+\//.test(path));
  const source = sources.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  const words = new Set(source.match(/[a-z_]+/g));
  const made = [...source.matchAll(/`([a-z_]*(?:\$\{[^{}`]+\}[a-z_]*)+)`/g)]
    .map(([, template = ""]) => template.replace(/\$\{[^{}]+\}/g, "[a-z_]+"))
    .filter((pattern) => /^[a-z]+_|_[a-z]+$/.test(pattern));
  const patterns = made.map((pattern) => new RegExp(`^${pattern}$`));
  const isUsed = (key: string) =>
    words.has(key) ||
    (COUNTED.test(key) && source.includes(`"${key.replace(COUNTED, "")}"`)) ||
    patterns.some((pattern) => pattern.test(key));
  const unused = ENGLISH.flatMap(keysIn).filter((key) => !isUsed(key));
  assert.deepEqual(unused, []);
});

it("every language is listed in the guide for websites", () => {
  const guide = readFileSync(join(root, "docs/guides/widget.md"), "utf8").toLowerCase();
  const folders = globSync("src/texts/*/", { cwd: root }).map((path) => basename(path));
  assert.ok(folders.length > 10, String(folders));
  const missing = folders.filter((tag) => !guide.includes(`\`${tag}\``));
  assert.deepEqual(missing, []);
});
