import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTENTS } from "../../../scripts/docs-contents.ts";
import { root } from "../../../scripts/root.ts";

export const entries = CONTENTS.flatMap(({ pages }) => pages);

/** A documentation page's source. */
export const guideOf = (slug: string) =>
  readFileSync(join(root, entries.find((entry) => entry.slug === slug)?.file ?? assert.fail(slug)), "utf8");

/** The blocks of a guide with this mark, with their language. */
export const marked = (slug: string, word: string) =>
  [...guideOf(slug).matchAll(new RegExp(`^\`\`\`(\\w+) ${word}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, language = "", code = ""]) => ({ language, code }),
  );
