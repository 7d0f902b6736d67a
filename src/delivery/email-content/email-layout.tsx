import { raw } from "hono/html";
import { colorOr } from "../../lib/color";
import { phrased } from "../../lib/phrases";
import { directionOf } from "../../texts/text";
import { Footer } from "./email-footer";
import type { Parts } from "./email-parts";
import { BREAKS, Button, Fallback, fontOf, Masthead, Panel, Progress, Rows, Shares, Table } from "./email-pieces";
import { escaped } from "./placeholders";

/**
 * Rules that inline styles cannot express. Email clients that drop them show the light version, which is complete by
 * itself.
 */
const CSS = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .sheet { padding: 28px 20px !important; }
  .outer { padding: 0 0 32px !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .heading { font-size: 22px !important; line-height: 30px !important; }
  .wide { width: 100% !important; }
  .wide a { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .outer { background: #0f1013 !important; }
  .card { background: #1a1b1f !important; border-left-color: #2c2e35 !important; border-right-color: #2c2e35 !important; border-bottom-color: #2c2e35 !important; }
  .ink, .ink p, .ink li, .heading, .value { color: #f3f4f6 !important; }
  .quiet, .quiet a { color: #a1a6b3 !important; }
  .share { color: #f3f4f6 !important; border-color: #4b4f5a !important; }
  .left { background: #353841 !important; }
  .deep { background: #c4c8d2 !important; }
  .row { border-color: #353841 !important; }
  .panel { background: #23252b !important; border-color: #353841 !important; }
  .logo { background: #ffffff !important; border-radius: 6px !important; padding: 6px !important; }
}`;

const JAPANESE = /^ja\b/i;
/** Japanese lines break between phrases, where the email program can do it. */
const JAPANESE_CSS = `
.sheet div, .sheet p, .sheet li, .foot div { line-break: strict; word-break: auto-phrase !important; }`;

/** Padding after the preheader, so the inbox preview does not show the start of the email. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

/** The HTML version. It uses tables and inline styles, because email clients support little else. */
export function htmlOf(parts: Parts): string {
  const { language, subject, heading, preheader, message, panel, progress, rows, shares, button, sender } = parts;
  const band = colorOr(sender.color, "#111827");
  const direction = directionOf(language);
  const [start, end] = direction === "rtl" ? (["right", "left"] as const) : (["left", "right"] as const);
  const document = (
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{subject}</title>
        <style>{raw(CSS)}</style>
        {JAPANESE.test(language) && <style>{raw(JAPANESE_CSS)}</style>}
      </head>
      <body class="page" style="margin:0;padding:0;background:#f4f5f7;-webkit-text-size-adjust:100%">
        <div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px;color:#f4f5f7">
          {preheader}
          {raw(FILLER)}
        </div>
        <div lang={language} dir={direction}>
          <Table class="page" style="background:#f4f5f7">
            <td class="outer" align="center" style="padding:40px 16px">
              {MSO_BEFORE}
              <Table class="card band" style={`${CARD};border-top:4px solid ${band}`}>
                <td
                  class="sheet ink"
                  style={`padding:36px 40px 40px;${fontOf(sender)};font-size:16px;line-height:26px;color:#1f2937;text-align:${start}`}
                >
                  <Masthead {...sender} />
                  {heading && (
                    <h1
                      class="heading"
                      dir="auto"
                      style={`margin:0 0 16px;font-size:26px;line-height:34px;font-weight:600;color:#111827;${headingIn(language)}`}
                    >
                      {raw(phrased(escaped(heading)))}
                    </h1>
                  )}
                  <div style={BREAKS}>{raw(message.html)}</div>
                  {panel && <Panel {...panel} />}
                  {progress && <Progress {...progress} color={sender.color} end={end} />}
                  {rows && <Rows rows={rows} />}
                  {button && <Button {...button} color={sender.color} />}
                  {shares && <Shares {...shares} end={end} />}
                  {button && <Fallback url={button.url} text={parts.fallback} />}
                </td>
              </Table>
              <Footer {...parts} />
              {MSO_AFTER}
            </td>
          </Table>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}

const CARD =
  "max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #e5e7eb;border-radius:12px;border-collapse:separate";

/** Japanese headings break only where `phrased` allows it. Arabic letters join, so they need their own spacing. */
const headingIn = (language: string) => {
  if (JAPANESE.test(language)) return "overflow-wrap:anywhere;word-break:keep-all";
  return directionOf(language) === "rtl" ? BREAKS : `letter-spacing:-0.01em;${BREAKS}`;
};

/** Outlook's Word engine does not support `max-width`, so it gets a table with a fixed width. */
const MSO_BEFORE = raw('<!--[if mso]><table role="presentation" align="center" width="600"><tr><td><![endif]-->');
const MSO_AFTER = raw("<!--[if mso]></td></tr></table><![endif]-->");
