import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { colourOr, inkOn } from "../frames/colour";
import { directionOf } from "../texts/text";
import type { Message } from "./message";

export type Link = { url: string; label: string };

/** What a letter consists of, ready to be set. All of it is text, but for the message's HTML. */
export type Parts = {
  language: string;
  subject: string;
  /** The subject once more, above a message of ours. */
  heading: string | null;
  /** What the list of mails shows beside the subject. */
  preheader: string;
  message: Message;
  panel: { label: string; value: string; url: string | null } | null;
  button: Link | null;
  fallback: string;
  sender: { name: string; url: string | null; logo: string | null; color: string };
  /** Why the reader gets this letter. */
  reason: string;
  unsubscribe: Link | null;
};

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";
/** A reward that is typed in somewhere, and not read. */
const CODE = /^[^\s/]{1,40}$/;
const ACCENT = "#4f46e5";

/** What inline styles cannot say. Programs that drop it show the light letter, which is whole without it. */
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
  .card { background: #1a1b1f !important; border-color: #2c2e35 !important; }
  .ink, .ink p, .ink li, .heading, .value { color: #f3f4f6 !important; }
  .quiet, .quiet a { color: #a1a6b3 !important; }
  .panel { background: #23252b !important; border-color: #353841 !important; }
  .logo { background: #ffffff !important; border-radius: 6px !important; padding: 6px !important; }
}`;

/** Keeps the letter's own beginning out of the preview behind the preheader. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

/** The letter for readers of HTML. Tables and inline styles, since that is what mail programs know. */
export function htmlOf(parts: Parts): string {
  const { language, subject, heading, preheader, message, panel, button, sender } = parts;
  const direction = directionOf(language);
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
              <Table class="card" style={CARD}>
                <td
                  class="sheet ink"
                  style={`padding:40px;${FONT};font-size:16px;line-height:26px;color:#1f2937;text-align:start`}
                >
                  <Masthead {...sender} />
                  {heading && (
                    <h1
                      class="heading"
                      dir="auto"
                      style="margin:0 0 16px;font-size:26px;line-height:34px;font-weight:600;letter-spacing:-0.01em;color:#111827"
                    >
                      {heading}
                    </h1>
                  )}
                  <div style="overflow-wrap:anywhere">{raw(message.html)}</div>
                  {panel && <Panel {...panel} />}
                  {button && <Button {...button} color={sender.color} />}
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

/** Outlook's Word knows no greatest width, so that it gets a fixed one. */
const MSO_BEFORE = raw('<!--[if mso]><table role="presentation" align="center" width="600"><tr><td><![endif]-->');
const MSO_AFTER = raw("<!--[if mso]></td></tr></table><![endif]-->");

const Table = ({ children, style, ...rest }: { children: Child; style: string; class?: string }) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style={style} {...rest}>
    <tbody>
      <tr>{children}</tr>
    </tbody>
  </table>
);

const Masthead = ({ name, url, logo }: Parts["sender"]) => {
  const sign = logo ? (
    <img
      class="logo"
      src={logo}
      alt={name}
      height="40"
      style="display:block;height:40px;width:auto;max-width:200px;border:0;font-weight:600"
    />
  ) : (
    <span class="value" style="font-size:17px;line-height:24px;font-weight:600;color:#111827">
      {name}
    </span>
  );
  return (
    <div style="margin:0 0 28px">
      {url ? (
        <a href={url} style="color:#111827;text-decoration:none">
          {sign}
        </a>
      ) : (
        sign
      )}
    </div>
  );
};

const Panel = ({ label, value, url }: NonNullable<Parts["panel"]>) => {
  const look = CODE.test(value)
    ? `${MONO};font-size:20px;line-height:30px;font-weight:600`
    : "font-size:16px;line-height:26px";
  return (
    <Table
      class="panel"
      style="margin:24px 0;background:#f9fafb;border:1px solid #e5e7eb;border-radius:8px;border-collapse:separate"
    >
      <td style="padding:16px 20px">
        <div class="quiet" dir="auto" style="font-size:13px;line-height:20px;color:#5b6270">
          {label}
        </div>
        <div
          class="value"
          dir="auto"
          style={`${look};color:#111827;overflow-wrap:anywhere;word-break:break-word;white-space:pre-line`}
        >
          {url ? (
            <a class="value" href={url} style="color:#111827;text-decoration:underline">
              {value}
            </a>
          ) : (
            value
          )}
        </div>
      </td>
    </Table>
  );
};

const Button = ({ url, label, color }: Link & { color: string }) => {
  const ground = colourOr(color, ACCENT);
  const look = `display:inline-block;padding:13px 24px;border:1px solid ${ground};border-radius:8px;background:${ground};color:${inkOn(ground)}`;
  return (
    <table
      class="wide"
      role="presentation"
      cellpadding="0"
      cellspacing="0"
      border={0}
      style="margin:24px 0;border-collapse:separate"
    >
      <tbody>
        <tr>
          <td class="wide" align="center" bgcolor={ground} style={`border-radius:8px;background:${ground}`}>
            <a
              href={url}
              style={`${look};font-size:16px;line-height:22px;font-weight:600;text-align:center;text-decoration:none`}
            >
              {label}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  );
};

const Fallback = ({ url, text }: { url: string; text: string }) => (
  <div class="quiet" dir="auto" style="font-size:13px;line-height:20px;color:#5b6270">
    {text}
    <br />
    <a href={url} style="color:#5b6270;text-decoration:underline;overflow-wrap:anywhere;word-break:break-all">
      {url}
    </a>
  </div>
);

const Footer = ({ sender, reason, unsubscribe }: Parts) => (
  <Table class="foot" style="max-width:600px;margin:0 auto">
    <td
      class="quiet"
      style={`padding:24px 20px 0;${FONT};font-size:13px;line-height:20px;color:#5b6270;text-align:center`}
    >
      <div dir="auto" style="margin:0 0 8px;overflow-wrap:anywhere">
        {reason}
      </div>
      <div>
        {sender.url ? <FootLink url={sender.url} label={sender.name} /> : sender.name}
        {unsubscribe && " · "}
        {unsubscribe && <FootLink {...unsubscribe} />}
      </div>
    </td>
  </Table>
);

const FootLink = ({ url, label }: Link) => (
  <a href={url} style="color:#5b6270;text-decoration:underline">
    {label}
  </a>
);
