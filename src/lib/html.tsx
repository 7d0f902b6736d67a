import type { Context } from "hono";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { phrased } from "./phrases";
import { sanitized } from "./richtext";

/**
 * An HTML page. Its content security policy allows inline styles by hash. Scripts are our own files or come from the
 * listed hosts.
 */
export type Page = {
  title: string;
  /** BCP 47 language tag. */
  language: string;
  direction?: "ltr" | "rtl";
  head?: Child;
  css?: string;
  /** Paths of our own style sheets. */
  sheets?: string[];
  /** Paths of our own scripts. They load deferred, and the page works without them. */
  scripts?: string[];
  body: Child;
  bodyClass?: string;
  /** Paints the page once all of it has arrived, because later parts move earlier ones. Browsers that do not know `expect` ignore it. */
  isPaintedWhole?: boolean;
  /** A script in the page itself, allowed by its hash, for what must work even if no file loads. */
  inline?: string;
  policy?: {
    /**
     * Who may frame the page. The default is `'none'`. `*` allows any page, including files and sandboxes without an
     * origin.
     */
    ancestors?: string;
    /**
     * Lets cross-origin isolated pages frame this page. Frames from other origins inside it then load only if those
     * allow it too. Under `require-corp`, so do images; every browser supports that. Safari does not support
     * `credentialless`.
     */
    isolation?: "credentialless" | "require-corp";
    /** Hosts allowed besides our own. */
    scripts?: string[];
    frames?: string[];
    /** Where forms may submit besides our own pages, including redirects. */
    forms?: string[];
    /** The default is `no-referrer`. Pages with forms need `same-origin`, because browsers send no origin without it. */
    referrer?: "no-referrer" | "same-origin";
    /** For previews: only our own pages may frame it, and it cannot run scripts, submit forms, or open links. */
    isInert?: boolean;
  };
};

/** The browser paints nothing until it reaches the end. Written by hand, because hono/jsx drops `blocking`. */
const WAIT = raw('<link rel="expect" href="#end" blocking="render">');
const END = <i id="end" hidden />;

export type Rendered = { html: string; headers: Record<string, string> };

/** Renders the document and its headers. Neither depends on the visitor, so both may be cached. */
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
  isPaintedWhole,
  inline = "",
  policy = {},
}: Page): Promise<Rendered> {
  const document = (
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {isPaintedWhole && WAIT}
        {head}
        {sheets.map((path) => (
          <link rel="stylesheet" href={path} />
        ))}
        {css && <style>{raw(css)}</style>}
        {scripts.map((path) => (
          <script src={path} defer />
        ))}
      </head>
      <body class={bodyClass}>
        {body}
        {isPaintedWhole && END}
        {inline && <script>{raw(inline)}</script>}
      </body>
    </html>
  );
  const styles = [...(sheets.length > 0 ? ["'self'"] : []), ...(css ? [`'sha256-${await sha256Base64(css)}'`] : [])];
  const own = inline ? [`'sha256-${await sha256Base64(inline)}'`] : [];
  const { ancestors = "'none'" } = policy;
  const looks = ["default-src 'none'", `style-src ${styles.join(" ") || "'none'"}`, "img-src 'self' https: data:"];
  if (sheets.length > 0) looks.push("font-src 'self'");
  const does = [
    `script-src ${["'self'", ...own, ...(policy.scripts ?? [])].join(" ")}`,
    "connect-src 'self'",
    `frame-src ${policy.frames?.join(" ") || "'none'"}`,
    `form-action ${["'self'", ...(policy.forms ?? [])].join(" ")}`,
    // The wildcard does not match pages without an origin.
    ...(ancestors === "*" ? [] : [`frame-ancestors ${ancestors}`]),
  ];
  const directives = [...looks, "base-uri 'none'", ...(policy.isInert ? INERT : does)];
  return {
    html: `<!doctype html>${await document}`,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": language,
      "Content-Security-Policy": directives.join("; "),
      "Referrer-Policy": policy.referrer ?? "no-referrer",
      ...(policy.isolation && {
        "Cross-Origin-Embedder-Policy": policy.isolation,
        "Cross-Origin-Resource-Policy": "cross-origin",
      }),
    },
  };
}

/** Scripts are off, so our origin gives the page no power. The surrounding page can restore its scroll position. */
export const INERT = ["form-action 'none'", "frame-ancestors 'self'", "sandbox allow-same-origin"];

/** Sends a page for one visitor, uncached. */
export async function sendPage(c: Context, page: Page, status: ContentfulStatusCode = 200) {
  const { html, headers } = await render(page);
  return c.body(html, status, { ...headers, "Cache-Control": "private, no-store" });
}

/** A setting's HTML (see richtext.ts), sanitized once more. */
export const Rich = ({ text }: { text: string }) => <>{raw(sanitized(text))}</>;

/** The same for a title. Only Chromium breaks Japanese lines between phrases by itself. */
export const RichTitle = ({ text }: { text: string }) => <>{raw(phrased(sanitized(text)))}</>;

/** Any URL, escaped for CSS. */
export const cssUrl = (url: string) => `url("${url.replace(/["\\\n\r\f<>]/g, (char) => encodeURIComponent(char))}")`;

async function sha256Base64(text: string) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
