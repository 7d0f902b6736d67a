import type { Context } from "hono";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sanitised } from "./richtext";

/** A document of ours. Styles stand in it, known to its policy by their hash; scripts are files of our own, or named hosts'. */
export type Page = {
  title: string;
  /** A language tag, and which way it is read. */
  language: string;
  direction?: "ltr" | "rtl";
  /** Further elements of the head. */
  head?: Child;
  css?: string;
  /** Paths of our own style sheets. */
  sheets?: string[];
  /** Paths of our own scripts. They are run once the page is there, and it works without them. */
  scripts?: string[];
  body: Child;
  bodyClass?: string;
  policy?: {
    /** Who may frame the page: `'none'` when not said. */
    ancestors?: string;
    /** Hosts besides our own. */
    scripts?: string[];
    frames?: string[];
    /** `no-referrer` when not said. A page with forms says `same-origin`: browsers name no origin without. */
    referrer?: "no-referrer" | "same-origin";
    /** A page to look at: in our own frames only, and nothing in it runs, is sent or leads anywhere. */
    isInert?: boolean;
  };
};

export type Rendered = { html: string; headers: Record<string, string> };

/** The document and the headers it needs; no header here depends on who asks, so that both may be kept. */
export async function render({
  title,
  language,
  direction = "ltr",
  head,
  css = "",
  sheets = [],
  scripts = [],
  body,
  bodyClass,
  policy = {},
}: Page): Promise<Rendered> {
  const document = (
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {head}
        {sheets.map((path) => (
          <link rel="stylesheet" href={path} />
        ))}
        {css && <style>{raw(css)}</style>}
        {scripts.map((path) => (
          <script src={path} defer />
        ))}
      </head>
      <body class={bodyClass}>{body}</body>
    </html>
  );
  const styles = [...(sheets.length > 0 ? ["'self'"] : []), ...(css ? [`'sha256-${await sha256Base64(css)}'`] : [])];
  const looks = ["default-src 'none'", `style-src ${styles.join(" ") || "'none'"}`, "img-src 'self' https: data:"];
  const does = [
    `script-src ${["'self'", ...(policy.scripts ?? [])].join(" ")}`,
    "connect-src 'self'",
    `frame-src ${policy.frames?.join(" ") || "'none'"}`,
    "form-action 'self'",
    `frame-ancestors ${policy.ancestors ?? "'none'"}`,
  ];
  const directives = [...looks, "base-uri 'none'", ...(policy.isInert ? INERT : does)];
  return {
    html: `<!doctype html>${await document}`,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": directives.join("; "),
      "Referrer-Policy": policy.referrer ?? "no-referrer",
    },
  };
}

/** Scripts are off, so that its origin is of no use to anything in it; it lets the page around it scroll to where it was. */
export const INERT = ["form-action 'none'", "frame-ancestors 'self'", "sandbox allow-same-origin"];

/** Answers a page that is this visitor's own: nobody keeps it. */
export async function sendPage(c: Context, page: Page, status: ContentfulStatusCode = 200) {
  const { html, headers } = await render(page);
  return c.body(html, status, { ...headers, "Cache-Control": "private, no-store" });
}

/** A text of a setting (see richtext.ts): its little HTML, sanitised once more. */
export const Rich = ({ text }: { text: string }) => <>{raw(sanitised(text))}</>;

/** A URL as a value of CSS, whatever is in it. */
export const cssUrl = (url: string) => `url("${url.replace(/["\\\n\r\f<>]/g, (char) => encodeURIComponent(char))}")`;

async function sha256Base64(text: string) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
