import xss, { type IFilterXSSOptions } from "xss";
import { z } from "zod";

/** What a text shown on a brand's pages may contain: words, emphasis, lists and links. */
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

const options: IFilterXSSOptions = {
  whiteList: ALLOWED,
  css: false,
  stripIgnoreTagBody: ["script", "style"],
  // Other elements go and leave their text; what is no element ("1 < 2 and 3 > 2") is text and is escaped.
  onIgnoreTag: (tag) => (ELEMENT.test(tag) ? "" : undefined),
  onTagAttr: (_tag, name, value) => (name === "href" && !LINK.test(value) ? "" : undefined),
};

/** The text as HTML that is safe to put between two tags. Sanitising it again changes nothing. */
export const sanitised = (text: string) => xss(text, options);

/** The same, but a link may lead to what `isPlace` says will be put in later, by the template that says so. */
export const sanitisedTemplate = (text: string, isPlace: (href: string) => boolean) =>
  xss(text, {
    ...options,
    onTagAttr: (tag, name, value, isWhite) =>
      name === "href" && tag === "a" && isPlace(value.trim())
        ? `href="${value.trim()}"`
        : options.onTagAttr?.(tag, name, value, isWhite),
  });

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** The words of such a text without its elements, for places that take no HTML: an attribute, a title, a subject. */
export const plainText = (text: string) =>
  xss(text, { whiteList: {}, css: false, stripIgnoreTag: true, stripIgnoreTagBody: ["script", "style"] }).replace(
    /&(?:lt|gt|quot|#39|amp);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );

/** Plain text or a little HTML, sanitised when it is read. */
export const richText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, "must not contain NUL characters")
    .transform(sanitised)
    .pipe(z.string().max(max))
    .meta({
      type: "string",
      maxLength: max,
      description: `Plain text, or HTML of these elements: ${Object.keys(ALLOWED).join(", ")}. What else it contains is taken out.`,
    });
