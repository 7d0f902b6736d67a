import xss, { type IFilterXSSOptions } from "xss";
import { z } from "zod";

/** The HTML allowed in texts on a brand's pages: text, emphasis, lists and links. */
const ALLOWED = {
  a: ["href", "title"],
  b: [],
  br: [],
  code: [],
  em: [],
  h3: [],
  h4: [],
  i: [],
  li: [],
  ol: [],
  p: [],
  s: [],
  small: [],
  span: [],
  strong: [],
  sub: [],
  sup: [],
  u: [],
  ul: [],
};

const ELEMENT = /^[a-z]/;
const LINK = /^(https?:\/\/|mailto:)/i;

/** Longer than any real link with its URL and title. The parser rereads a tag for each space in it. */
const TAG_MAX_CHARACTERS = 2_500;
const TAG_MAX_SPACES = 100;
const isTooLong = (tag: string) => tag.length > TAG_MAX_CHARACTERS || tag.split(/\s/).length > TAG_MAX_SPACES;
const LINK_TAG = /<a\s[^<>]*>/g;

const options: IFilterXSSOptions = {
  whiteList: ALLOWED,
  onTag: (_tag, html, { isWhite }) => (isWhite && isTooLong(html) ? "" : undefined),
  css: false,
  stripIgnoreTagBody: ["script", "style"],
  // Other elements are removed, and their text stays. Text that only looks like an element ("1 < 2 and 3 > 2") is
  // escaped.
  onIgnoreTag: (tag) => (ELEMENT.test(tag) ? "" : undefined),
  onTagAttr: (_tag, name, value) => (name === "href" && !LINK.test(value) ? "" : undefined),
};

/** The text as HTML that is safe between two tags. Sanitizing it again changes nothing. */
export const sanitized = (text: string) => withoutLongTags(xss(text, options));

/** Escaping makes tags longer. We remove long tags now, so sanitizing the text again changes nothing. */
const withoutLongTags = (html: string) => html.replace(LINK_TAG, (tag) => (isTooLong(tag) ? "" : tag));

/** Like `sanitized`, but keeps links whose href is a placeholder (`isPlace`), which the email template fills in later. */
export const sanitizedTemplate = (text: string, isPlace: (href: string) => boolean) =>
  withoutLongTags(
    xss(text, {
      ...options,
      onTagAttr: (tag, name, value, isWhite) =>
        name === "href" && tag === "a" && isPlace(value.trim())
          ? `href="${value.trim()}"`
          : options.onTagAttr?.(tag, name, value, isWhite),
    }),
  );

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** The text without HTML, for attributes, titles, and subjects. */
export const plainText = (text: string) =>
  xss(text, { whiteList: {}, css: false, stripIgnoreTag: true, stripIgnoreTagBody: ["script", "style"] }).replace(
    /&(?:lt|gt|quot|#39|amp);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );

/** Plain text or basic HTML, sanitized when it is parsed. */
export const richText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, "must not contain NUL characters")
    .transform(sanitized)
    .pipe(z.string().max(max))
    .meta({
      type: "string",
      maxLength: max,
      description: `Plain text, or HTML with these elements: ${Object.keys(ALLOWED).join(", ")}. Anything else is removed.`,
    });
