import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import hljs from "highlight.js";
import { Marked, type Tokens } from "marked";
import type { DocsPage, DocsSite } from "../src/docs/site/page.ts";
import { CONTENTS } from "./docs-contents.ts";
import { root } from "./root.ts";

const entries = CONTENTS.flatMap(({ pages }) => pages);

/** The site's sources. */
export const DOCS_SOURCES = entries.flatMap(({ file }) => file ?? []);

/** Notes for contributors: the test behind a claim. */
const FOR_US = /\s?\((?:see )?`(?:test|chaos|bench|src|ledger)\/[^)]*\)/g;

/** The text for the site: links lead to its own pages, and files of the repository are named, not linked. */
export function forReaders(file: string, text: string) {
  return text
    .replace(FOR_US, "")
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/\[([^\]]+)\]\((?!https?:|#|\/)([^)#\s]+)(#[^)\s]*)?\)/g, (_, name: string, path: string, anchor = "") => {
      const target = join(dirname(file), path);
      if (!existsSync(join(root, target))) throw new Error(`${file} links to ${path}, which does not exist.`);
      const page = entries.find((entry) => entry.file === target);
      return page ? `[${name}](/docs/${page.slug}${anchor})` : name;
    });
}

const slugOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

const plain = (markdown: string) =>
  markdown
    .replace(/^(```|~~~).*$/gm, "")
    .replace(/[`*]/g, "")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1");

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function highlighted(code: string, language: string) {
  if (!hljs.getLanguage(language)) return escaped(code);
  return hljs.highlight(code, { language }).value;
}

/** One page from its Markdown. Code is highlighted here, so browsers need no script for it. */
export function pageOf(slug: string, name: string, markdown: string): DocsPage {
  const sections: DocsPage["sections"] = [];
  const taken = new Set<string>();
  let title = name;
  const marked = new Marked({
    renderer: {
      heading({ tokens, text, depth }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) {
          title = plain(text);
          return `<h1>${inner}</h1>\n`;
        }
        const base = slugOf(plain(text)) || "section";
        let anchor = base;
        for (let n = 2; taken.has(anchor); n++) anchor = `${base}-${n}`;
        taken.add(anchor);
        sections.push({ title: plain(text), anchor, depth, text: "" });
        return `<h${depth} id="${anchor}">${inner} <a class="anchor" href="#${anchor}" aria-label="Link to this section">#</a></h${depth}>\n`;
      },
      code({ text, lang = "" }: Tokens.Code) {
        const [language = ""] = lang.split(/\s/);
        return `<pre tabindex="0"><code data-language="${language}">${highlighted(text, language)}</code></pre>\n`;
      },
      table(token: Tokens.Table) {
        const cell = (tag: string, { tokens }: Tokens.TableCell) =>
          `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const head = token.header.map((one) => cell("th", one)).join("");
        const rows = token.rows.map((row) => `<tr>${row.map((one) => cell("td", one)).join("")}</tr>`).join("\n");
        const thead = token.header.some(({ text }) => text) ? `<thead><tr>${head}</tr></thead>` : "";
        return `<div class="table" tabindex="0"><table>${thead}<tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  const html = String(marked.parse(markdown));
  const [intro = "", ...texts] = markdown
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, (code) => code.replace(/^#/gm, ""))
    .split(/^#{2,6} .*$/m);
  for (const [i, text] of texts.entries()) if (sections[i]) sections[i].text = plain(text).trim();
  const summary = plain(
    intro
      .replace(/^# .*$/m, "")
      .trim()
      .split("\n\n")[0] ?? "",
  ).replace(/\s+/g, " ");
  return { slug, name, title, summary, intro: plain(intro.replace(/^# .*$/m, "")).trim(), html, markdown, sections };
}

/** The documentation as one asset, which the Worker reads when someone asks for a page. */
export function docsSite(): DocsSite {
  const pages = entries.flatMap(({ slug, name, file }) =>
    file ? [pageOf(slug, name, forReaders(file, readFileSync(join(root, file), "utf8")))] : [],
  );
  const contents = CONTENTS.map(({ title, pages }) => ({
    title,
    pages: pages.map(({ slug, name }) => ({ slug, name })),
  }));
  return { contents, pages };
}
