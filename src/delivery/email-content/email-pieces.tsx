import type { Child } from "hono/jsx";
import { colorOr, contrast, inkOn, mix, SYMBOL, standingOut } from "../../lib/color";
import { fontStack } from "../../lib/font";
import type { Link, Parts } from "./email-parts";

const SYSTEM = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The sender's fonts, followed by the system fonts. Names with spaces get quotes that an attribute may contain. */
export const fontOf = ({ font }: Pick<Parts["sender"], "font">) =>
  `font-family:${font === "" ? SYSTEM : `${fontStack(font).replaceAll('"', "'")},${SYSTEM}`}`;
const MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";
const ACCENT = "#4f46e5";
/** The card's colors, in light and dark inboxes. */
const [LIGHT, DARK] = ["#ffffff", "#1a1b1f"];
const FAINT = 1.6;
/** Breaks words that are longer than a line, such as a domain. Without it, they widen the whole email. */
export const BREAKS = "overflow-wrap:anywhere;word-break:break-word";

/** Gives a button with the card's color a border. One color serves both schemes, which few email clients tell apart. */
const rimOf = (ground: string) =>
  [LIGHT, DARK].some((card) => contrast(ground, card) < FAINT)
    ? standingOut(mix(inkOn(ground), ground, 0.4), SYMBOL, ground)
    : ground;

/**
 * A reward that people type in somewhere, such as a coupon code, rather than read. Letters without case (`Lo`) are those
 * of words: Japanese sentences have no spaces.
 */
const CODE = /^[^\s/\p{Lo}]{1,40}$/u;

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
    <span class="value" dir="auto" style="font-size:17px;line-height:24px;font-weight:600;color:#111827">
      {name}
    </span>
  );
  return (
    <div style={`margin:0 0 28px;${BREAKS}`}>
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

export const Panel = ({ label, value, note, url }: NonNullable<Parts["panel"]>) => {
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
        <div class="value" dir="auto" style={`${look};color:#111827;${BREAKS};white-space:pre-line`}>
          {url ? (
            <a class="value" href={url} style="color:#111827;text-decoration:underline">
              {value}
            </a>
          ) : (
            value
          )}
        </div>
        {note && (
          <div class="quiet" dir="auto" style="font-size:13px;line-height:20px;color:#5b6270">
            {note}
          </div>
        )}
      </td>
    </Table>
  );
};

export const Button = ({ url, label, color }: Link & { color: string }) => {
  const ground = colorOr(color, ACCENT);
  const look = `display:inline-block;padding:13px 24px;border:1px solid ${rimOf(ground)};border-radius:8px;background:${ground};color:${inkOn(ground)}`;
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
          <td
            class="wide"
            align="center"
            bgcolor={ground}
            style={`border-radius:8px;background:${ground};mso-padding-alt:13px 24px`}
          >
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

/** The side where lines end in the language. */
type Side = "left" | "right";
type ProgressProps = NonNullable<Parts["progress"]> & { color: string; end: Side };

/** A bar of two table cells, which every email client can show. */
export const Progress = ({ label, said, share, note, color, end }: ProgressProps) => {
  const [ground, done] = [standingOut(colorOr(color, ACCENT), SYMBOL, LIGHT), Math.round(share * 100)];
  const cell = (width: number, fill: string, name: string) =>
    width > 0 && (
      <td
        class={name}
        width={`${width}%`}
        height="8"
        bgcolor={fill}
        style={`height:8px;font-size:0;line-height:8px;background:${fill}`}
      >
        &nbsp;
      </td>
    );
  return (
    <div style="margin:24px 0">
      <Table style="margin:0 0 8px">
        <td class="quiet" style="font-size:14px;line-height:20px;color:#5b6270" dir="auto">
          {label}
        </td>
        <td class="value" align={end} style="font-size:14px;line-height:20px;font-weight:600;color:#111827" dir="ltr">
          {said}
        </td>
      </Table>
      <Table style="border-collapse:separate;border-radius:4px;overflow:hidden">
        {cell(done, ground, contrast(ground, DARK) < SYMBOL ? "done deep" : "done")}
        {cell(100 - done, "#e5e7eb", "left")}
      </Table>
      <div class="quiet" dir="auto" style={`margin:8px 0 0;font-size:14px;line-height:20px;color:#5b6270;${BREAKS}`}>
        {note}
      </div>
    </div>
  );
};

/** Labels with their values, separated by lines. */
export const Rows = ({ rows }: { rows: NonNullable<Parts["rows"]> }) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:24px 0">
    <tbody>
      {rows.map(({ label, value, note }) => (
        <tr>
          <td
            class="quiet row"
            dir="auto"
            style={`padding:10px 12px 10px 0;border-bottom:1px solid #e5e7eb;font-size:15px;line-height:22px;color:#5b6270;${BREAKS}`}
          >
            {label}
          </td>
          <td
            class="value row"
            align="right"
            style="padding:10px 0;border-bottom:1px solid #e5e7eb;font-size:15px;line-height:22px;font-weight:600;color:#111827"
          >
            {value}
            {note && (
              <div class="quiet" style="font-size:13px;line-height:18px;font-weight:400;color:#5b6270">
                {note}
              </div>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Buttons in a wrapping row. They have no images, because many email clients do not load them. */
export const Shares = ({ label, links, end }: NonNullable<Parts["shares"]> & { end: Side }) => (
  <div style="margin:24px 0">
    <div class="quiet" dir="auto" style="margin:0 0 8px;font-size:14px;line-height:20px;color:#5b6270">
      {label}
    </div>
    {links.map(({ url, label: name }) => (
      <a
        class="share"
        href={url}
        style={`display:inline-block;margin-bottom:8px;margin-${end}:6px;padding:9px 16px;border:1px solid #d1d5db;border-radius:99px;font-size:14px;line-height:20px;font-weight:600;color:#111827;text-decoration:none`}
      >
        {name}
      </a>
    ))}
  </div>
);

export const Fallback = ({ url, text }: { url: string; text: string }) => (
  <div class="quiet" dir="auto" style="font-size:13px;line-height:20px;color:#5b6270">
    {text}
    <br />
    <a href={url} dir="ltr" style="color:#5b6270;text-decoration:underline;overflow-wrap:anywhere;word-break:break-all">
      {url}
    </a>
  </div>
);
