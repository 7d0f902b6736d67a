import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/root.ts";

/** Puts a text between `<!-- mark -->` and `<!-- /mark -->` of a page. */
export function fill(page: string, mark: string, text: string) {
  const path = join(root, page);
  const old = readFileSync(path, "utf8");
  const [from, to] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [start, end] = [old.indexOf(from), old.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`${page} has no place for ${mark}.`);
  writeFileSync(path, `${old.slice(0, start)}${from}\n${text}\n\n${old.slice(end)}`);
}
