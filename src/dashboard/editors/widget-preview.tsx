import type { Child } from "hono/jsx";
import { storedDraft } from "../../campaigns/drafts/draft";
import { storedWidget, wordsOf } from "../../campaigns/widget/widget";
import type { WidgetLooks } from "../../campaigns/widget/widget-schema";
import { DIRECT, referralCode, shareUrl } from "../../ledger/records/referral-code";
import { inkOn } from "../../lib/color";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { directionOf, languageFor, textsOf } from "../../texts/text";
import { panelCss } from "../../visitors/frames/css";
import type { Leader, Me } from "../../visitors/frames/me";
import { Panel, type PanelState } from "../../visitors/frames/panel";
import { storedConfig, toConfig, type WidgetConfig } from "../../visitors/widget-api/widget-config";
import { launcherCss } from "../../widget/launcher-styles";
import { inert } from "./preview-page";

/** The widget's views. `closed` is the button that opens it. */
export const widgetLooks = ["form", "share", "mail", "closed"] as const;
type WidgetLook = (typeof widgetLooks)[number];

/** The widget on a sample page, with these settings or with its draft. Only its owner can see it. @throws 404 */
export async function widgetPreview(
  ctx: MemberCtx,
  campaignId: number,
  look: WidgetLook,
  settings: WidgetLooks | null,
): Promise<Page> {
  const [[row], [stored], [draft]] = await ctx.db.batch([
    storedWidget(ctx.db, ctx.actor.memberId, campaignId),
    storedConfig(ctx, campaignId),
    storedDraft(ctx, campaignId, "widget"),
  ]);
  if (!row || !stored) throw notFound("campaign");
  const shown = settings ?? draft?.settings;
  const config = toConfig(shown ? { ...stored, settings: shown } : stored, null);
  const referral_code = await referralCode(ctx.env, {
    campaign_id: campaignId,
    social_type: DIRECT,
    participant_id: NOBODY,
  });
  return inert(pageOf(config, look, { referral_code, share_url: shareUrl(ctx.origin, referral_code) }));
}

/**
 * The sample link's participant. The code is valid, so a QR code can be shown. The link leads to the home page and
 * is not counted.
 */
const NOBODY = Number.MAX_SAFE_INTEGER;

type Link = Pick<Me, "referral_code" | "share_url">;

function pageOf(config: WidgetConfig, look: WidgetLook, link: Link): Page {
  const { widget } = config;
  const { placement } = widget;
  const language = languageFor(widget.language, undefined);
  const texts = textsOf(language, widget.texts);
  const words = wordsOf(widget, texts);
  const panel = (
    <Panel
      config={config}
      texts={texts}
      language={language}
      action=""
      state={stateOf(config, look, link)}
      mode={placement}
      level={2}
    />
  );
  const call = plainText(words.popup_button_text);
  const color = widget.popup_button_color;
  const accents = `--accent:${color};--on-accent:${inkOn(color)};--bottom:${widget.popup_button_offset}px`;
  const side = widget.popup_button_position === "bottom-left" ? "left" : "";
  const isClosed = look === "closed";
  return {
    title: "Preview",
    language,
    direction: directionOf(language),
    css: [panelCss(widget), css, `.launcher{${accents}}`, launcher].join("\n"),
    body: (
      <>
        {placement === "topbar" && (
          <div class="launcher">
            <div class="bar">
              {plainText(words.header_title)}
              <button class="go topbar" type="button">
                {call}
              </button>
            </div>
          </div>
        )}
        <main class="host">
          <h1 class="host-title">{config.brand_name}</h1>
          <Lines n={3} />
          {placement === "embed" && panel}
          <Lines n={6} />
        </main>
        {(placement === "popup" || placement === "floating") && (
          <div class="launcher">
            <button class={`go ${placement} ${side}`} type="button" aria-label={call}>
              {placement === "floating" ? <Gift /> : call}
            </button>
          </div>
        )}
        {placement !== "embed" && !isClosed && (
          <Opened mode={placement === "floating" ? `floating ${side}` : "popup"} panel={panel} />
        )}
      </>
    ),
  };
}

const Opened = ({ mode, panel }: { mode: string; panel: Child }) => (
  <div class={`opened ${mode}`}>
    <div class="opened-dialog">{panel}</div>
  </div>
);

const Lines = ({ n }: { n: number }) => (
  <div class="host-lines" aria-hidden="true">
    {Array.from({ length: n }, () => (
      <i />
    ))}
  </div>
);

const Gift = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M4 11v10h16V11M2 7h20v4H2zM12 7v14M12 7C9 7 7 6 7 4s4-3 5 3c1-6 5-5 5-3s-2 3-5 3" />
  </svg>
);

function stateOf(config: WidgetConfig, look: WidgetLook, link: Link): PanelState {
  if (look === "mail") return { step: "mail", why: "confirm" };
  if (look !== "share") return { step: "form" };
  return { step: "share", me: sampleOf(config, link), token: "", leaders };
}

/** A participant on the way to the goal. */
function sampleOf({ goal }: WidgetConfig, link: Link): Me {
  const current = Math.max(1, Math.floor(goal.target * 0.6));
  return {
    name: "Ada Lovelace",
    ...link,
    links: [],
    referral_count: current,
    click_count: current * 4,
    goal: { ...goal, current, met: current >= goal.target },
    rewards: [],
    rank: 2,
  };
}

const leaders: Leader[] = [
  { rank: 1, name: "Grace H.", referral_count: 12, click_count: 80 },
  { rank: 2, name: "Ada L.", referral_count: 9, click_count: 64 },
  { rank: 3, name: "Alan T.", referral_count: 7, click_count: 51 },
];

/**
 * The loader's button styles. They are written for a shadow tree; here they are nested under the launcher's element.
 */
const launcher = `.launcher{${(launcherCss.split("@media")[0] ?? "").replace(":host{all:initial;", "&{")}}`;

const css = `body{margin:0;background:#fff;min-block-size:100vh;font:16px/1.5 system-ui,sans-serif;color:#1f2937}
.host{max-inline-size:860px;margin:0 auto;padding:32px 20px 64px;display:grid;gap:24px}
.host-title{margin:0;color:#6b7280;font-size:18px}
.host-lines{display:grid;gap:10px}
.host-lines i{block-size:10px;border-radius:5px;background:#eceef2}
.host-lines i:last-child{inline-size:62%}
.opened{position:fixed;inset:0;z-index:2147483001;display:grid;place-items:center;padding:12px;background:#0b1020a6}
.opened-dialog{inline-size:460px;max-inline-size:100%;max-block-size:calc(100vh - 24px);overflow:auto;background:#fff;border-radius:16px;box-shadow:0 24px 80px #0006}
.opened.floating{inset:auto 20px 88px auto;display:block;padding:0;background:none}
.opened.floating.left{inset:auto auto 88px 20px}
.opened.floating .opened-dialog{inline-size:min(400px,calc(100vw - 40px));max-block-size:calc(100vh - 108px);box-shadow:0 0 0 1px #0001,0 12px 48px #0003}
.opened .panel-card{border:0;box-shadow:none}`;
