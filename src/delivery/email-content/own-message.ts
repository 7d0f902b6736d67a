import { sanitizedTemplate } from "../../lib/richtext";
import { type Direction, directionAround, runsAgainst } from "../../texts/fill";
import { escaped, fillPlaces, fillPlain, onlyPlace, type Values, webUrl } from "./placeholders";

/** A message in both versions of an email. */
export type Message = { html: string; text: string };

const MARK = /<(\/?)([a-z0-9]+)((?:\s[^<>]*)?)>/g;
const BLOCK = /<(p|ul|ol|li|h3|h4|br)\b/i;
const LINK = /^(https?:\/\/|mailto:)/i;
const LINES = new Set(["p", "h3", "h4", "li"]);
const LISTS = new Set(["ul", "ol"]);

/** The maximum total size of both versions of a message. The layout adds about 20 kB. */
const MESSAGE_MAX_BYTES = 70_000;
/** The maximum nesting depth. Deeper elements are dropped, and their text is kept. */
const DEPTH_MAX = 100;
const ELLIPSIS = "…";
const encoder = new TextEncoder();

/** Email clients have their own default styles, so each element carries ours. */
const STYLES: Record<string, string> = {
  p: "margin:0 0 16px",
  h3: "margin:24px 0 8px;font-size:18px;line-height:26px;font-weight:600",
  h4: "margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:600",
  ul: "margin:0 0 16px;padding:0 24px",
  ol: "margin:0 0 16px;padding:0 24px",
  li: "margin:0 0 4px",
  code: "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:15px",
  small: "font-size:14px",
};

/** Owners write plain text or basic HTML. Both become paragraphs in basic HTML. */
function paragraphs(html: string) {
  if (BLOCK.test(html)) return html;
  const parts = html.trim().split(/\n\s*\n/);
  return parts.map((part) => `<p>${part.trim().replaceAll("\n", "<br>")}</p>`).join("");
}

/** A campaign's own template: basic HTML, with its placeholders replaced by values. */
export const messageOf = (template: string, values: Values): Message =>
  written(
    paragraphs(sanitizedTemplate(template.replace(/\r\n?/g, "\n"), (href) => onlyPlace(href, values) !== null)),
    values,
  );

/** A default text, which contains no HTML. */
export const plainMessageOf = (template: string, values: Values): Message =>
  written(paragraphs(escaped(template)), values);

/**
 * Inserts the values and closes every open element, because the email continues after the message. Content beyond the
 * maximum is dropped.
 */
function written(html: string, values: Values): Message {
  const writer = new Writer(values, directionAround(decoded(html.replace(MARK, ""))));
  let at = 0;
  for (const mark of html.matchAll(MARK)) {
    writer.words(html.slice(at, mark.index));
    at = mark.index + mark[0].length;
    const [, closing, name = "", attributes = ""] = mark;
    if (closing) writer.close(name);
    else writer.open(name, attributes);
    if (writer.isFull()) break;
  }
  if (!writer.isFull()) writer.words(html.slice(at));
  return writer.end();
}

type Open = { name: string; items: number; href: string | null; from: number };

class Writer {
  private html = "";
  /** Kept in chunks, so a line break does not copy everything before it. */
  private readonly text: string[] = [];
  private bytes = 0;
  private readonly opened: Open[] = [];
  private readonly values: Values;
  private readonly direction: Direction | undefined;

  constructor(values: Values, direction: Direction | undefined) {
    this.values = values;
    this.direction = direction;
  }

  words(source: string) {
    if (source === "") return;
    const isInLink = this.opened.some(({ name }) => name === "a");
    const html = fillPlaces(source, this.values, (value) => this.placed(value, shown(value, isInLink)));
    const literal = decoded(source).replace(/[ \t\n]+/g, " ");
    const text = fillPlain(literal, this.values, this.direction);
    this.bytes += encoder.encode(html).length + encoder.encode(text).length;
    this.html += this.isFull() ? ELLIPSIS : html;
    this.say(this.isFull() ? ELLIPSIS : text);
  }

  /** A value of the other direction is an element, because a mark in a code would be copied with it. */
  private placed(value: string, html: string) {
    return runsAgainst(value, this.direction) ? `<span dir="auto">${html}</span>` : html;
  }

  isFull() {
    return this.bytes > MESSAGE_MAX_BYTES;
  }

  open(name: string, attributes: string) {
    if (name === "br") {
      this.mark("<br>");
      this.endLine();
      return;
    }
    if (LINES.has(name) || LISTS.has(name)) this.makeRoom(name);
    if (name === "a") this.close("a");
    if (this.opened.length >= DEPTH_MAX) return;
    const href = name === "a" ? this.address(attributes) : null;
    const style = STYLES[name] ? ` style="${STYLES[name]}"` : "";
    const direction = LINES.has(name) ? ' dir="auto"' : "";
    this.mark(name === "a" ? anchor(href) : `<${name}${direction}${style}>`);
    this.opened.push({ name, items: 0, href, from: this.text.length });
  }

  close(name: string) {
    if (!this.opened.some((element) => element.name === name)) return;
    while (this.shut() !== name);
  }

  end(): Message {
    while (this.opened.length > 0) this.shut();
    return {
      html: this.html,
      text: this.text
        .join("")
        .trim()
        .replace(/\n{3,}/g, "\n\n"),
    };
  }

  private mark(html: string) {
    this.html += html;
    this.bytes += html.length;
  }

  private shut(): string | undefined {
    const element = this.opened.pop();
    if (!element) return undefined;
    const { name, href, from } = element;
    this.mark(`</${name}>`);
    if (href) this.noteAddress(href, from);
    if (LINES.has(name)) this.say(name === "li" ? "\n" : "\n\n");
    if (LISTS.has(name)) this.say("\n");
    return name;
  }

  /** A new paragraph or list item ends the previous one, because many owners do not close them. */
  private makeRoom(name: string) {
    const list = this.opened.findLastIndex((element) => LISTS.has(element.name));
    const ended = this.opened.findIndex(
      (element, at) => at > list && LINES.has(element.name) && (name === "li" || element.name !== "li"),
    );
    while (ended >= 0 && this.opened.length > ended) this.shut();
    if (name !== "li") return;
    const holder = this.opened[list];
    if (!holder) return;
    holder.items++;
    if (!this.isFresh()) this.say("\n");
    this.say(holder.name === "ol" ? `${holder.items}. ` : "- ");
  }

  private address(attributes: string): string | null {
    const written = decoded(attributes.match(/\shref="([^"]*)"/)?.[1] ?? "");
    const place = onlyPlace(written, this.values);
    const url = place ? (this.values[place] ?? "") : fillPlaces(written, this.values, encodeURIComponent);
    return LINK.test(url) ? url : null;
  }

  /** Plain text has no links, so the URL is written out unless the label already contains it. */
  private noteAddress(href: string, from: number) {
    const label = this.text.slice(from).join("").trim();
    const address = href.replace(/^mailto:/i, "");
    const said = label === "" ? address : label !== href && label !== address ? ` (${address})` : "";
    this.bytes += said.length;
    this.say(said);
  }

  private say(words: string) {
    const said = this.isFresh() ? words.replace(/^ +/, "") : words;
    if (said !== "") this.text.push(said);
  }

  /** Ends the line and removes its trailing spaces. */
  private endLine() {
    for (let last = this.text.pop(); last !== undefined; last = this.text.pop()) {
      let end = last.length;
      while (last[end - 1] === " ") end--;
      if (end === 0) continue;
      this.text.push(last.slice(0, end));
      break;
    }
    this.text.push("\n");
  }

  private isFresh() {
    return this.text.at(-1)?.endsWith("\n") ?? true;
  }
}

const anchor = (href: string | null) =>
  href ? `<a href="${escaped(href)}" class="link" style="color:inherit;text-decoration:underline">` : "<a>";

/** A value as HTML. A URL becomes a link, unless it is already inside one. */
function shown(value: string, isInLink: boolean) {
  const html = escaped(value).replaceAll("\n", "<br>");
  return !isInLink && webUrl(value) ? `${anchor(value)}${html}</a>` : html;
}

const CHARACTERS: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  euro: "€",
  copy: "©",
  reg: "®",
  trade: "™",
};

/** Decodes the HTML entities that editors write. */
const decoded = (html: string) =>
  html.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(CHARACTERS, name) ? (CHARACTERS[name] ?? whole) : whole;
      const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return point <= 0x10ffff && point >= 32 ? String.fromCodePoint(point).toWellFormed() : "";
    },
  );
