import { consented, emit, introduce, type Widget } from "./loader-api";
import { el } from "./loader-dom";
import { guarded, warn } from "./loader-guard";
import { lastReferral, type Memory, referralIn } from "./loader-referral";

/** `memory` keeps referral codes in place of the page's storage. */
export type Seat = { campaign: string; origin: string; mode: string; memory?: Memory };

const HEIGHT_MAX = 20_000;
/** A loaded frame that stays silent for this long shows an error page, because it may not be framed here. */
const SILENCE_MS = 4_000;
const TOLD = ["signup", "share", "reward"];

/** The campaign's frame, not yet on the page, and the widget that controls it. */
export function frameOf(
  { campaign, origin, mode, memory }: Seat,
  title: string,
  { open, close, ready }: { open(): void; close(): void; ready?(): void },
) {
  const w = Math.random().toString(36).slice(2);
  const code = () => lastReferral(campaign, referralIn(location.search, campaign), memory);
  const query = new URLSearchParams({ ref: code(), host: location.origin + location.pathname, mode, w });
  if (memory?.isWaiting()) query.set("consent", "wait");
  const isEmbedded = mode === "embed";
  const frame = el("iframe", {
    title,
    // Only if supported: other browsers would log a warning on the page's console.
    allow: `clipboard-write${"share" in navigator ? "; web-share" : ""}`,
    referrerPolicy: "origin",
    loading: isEmbedded ? "lazy" : "eager",
    src: `${origin}/widget/${campaign}/embed?${query}`,
  });
  const tell = (type: string, detail = {}) =>
    frame.contentWindow?.postMessage({ ...detail, source: "referrals", w, type }, origin);
  const identify = (person: object) => tell("identify", person);
  const widget: Widget = { campaign, isEmbedded, isReady: false, open, close, identify };

  function hear({ type, source: _, w: __, ...detail }: Record<string, unknown>) {
    if (type === "size") {
      const height = Number(detail.height);
      if (height > 0 && height < HEIGHT_MAX) frame.style.height = `${Math.ceil(height)}px`;
    } else if (type === "ready") {
      widget.isReady = true;
      frame.hidden = false;
      // The title in the campaign's language.
      if (detail.title) frame.title = String(detail.title);
      introduce(widget);
      if (memory) void consented.then(() => tell("consent", { ref: code() }));
      ready?.();
      emit(widget, type);
    } else if (type === "close") close();
    else if (TOLD.includes(String(type))) emit(widget, String(type), detail);
  }
  addEventListener("message", ({ origin: sender, source, data }) => {
    if (sender === origin && source === frame.contentWindow && data?.source === "referrals" && data.w === w)
      guarded(() => hear(data));
  });
  frame.onload = () =>
    setTimeout(() => {
      if (widget.isReady || !frame.isConnected) return;
      frame.hidden = true;
      warn(`campaign ${campaign} does not answer here: a private one shows on its brand's own site only.`);
    }, SILENCE_MS);

  const focus = () => {
    frame.focus();
    tell("focus");
  };
  return { frame, widget, focus };
}
