import type { Child } from "hono/jsx";
import { colorOr, inkOn } from "../../lib/color";
import type { Link, Parts } from "./email-parts";

export const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";
const ACCENT = "#4f46e5";

/** A reward that is typed somewhere, such as a coupon code, rather than read. */
const CODE = /^[^\s/]{1,40}$/;

export const Table = ({ children, style, ...rest }: { children: Child; style: string; class?: string }) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style={style} {...rest}>
    <tbody>
      <tr>{children}</tr>
    </tbody>
  </table>
);

export const Masthead = ({ name, url, logo }: Parts["sender"]) => {
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

export const Panel = ({ label, value, url }: NonNullable<Parts["panel"]>) => {
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

export const Button = ({ url, label, color }: Link & { color: string }) => {
  const ground = colorOr(color, ACCENT);
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

export const Fallback = ({ url, text }: { url: string; text: string }) => (
  <div class="quiet" dir="auto" style="font-size:13px;line-height:20px;color:#5b6270">
    {text}
    <br />
    <a href={url} style="color:#5b6270;text-decoration:underline;overflow-wrap:anywhere;word-break:break-all">
      {url}
    </a>
  </div>
);

export const Footer = ({ sender, reason, unsubscribe }: Parts) => (
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
