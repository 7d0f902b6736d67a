import type { Page, Widget } from "./loader-api";
import { el } from "./loader-dom";
import { guarded, warn } from "./loader-guard";
import { lastReferral, type Memory, referralIn } from "./loader-referral";

/** `memory` keeps referral codes instead of the page's storage. `code` is our code for another product's old link. */
export type Seat = {
  campaign: string;
  origin: string;
  mode: string;
  offset?: string;
  memory?: Memory;
  code?: string;
  language?: string;
};

const HEIGHT_MAX = 20_000;
/** If a loaded frame stays silent for this long, it shows an error page, because it may not be framed here. */
const SILENCE_MS = 4_000;
/** How long a visible frame may take to load. */
const PATIENCE_MS = 20_000;
const TOLD = ["signup", "share", "reward"];
/** The origin of files and of sandboxed pages, which have none. */
const OPAQUE = "null";

/** The campaign's frame, not yet on the page, and the widget that controls it. */
export function frameOf(
  { consented, emit, forget }: Page,
  { campaign, origin, mode, memory, code: ofOldLink = "", language }: Seat,
  title: string,
  { open, close, ready, fail }: { open(): void; close(): void; ready?(): void; fail?(): void },
) {
  const w = Math.random().toString(36).slice(2);
  // Pages in `srcdoc` have the origin of the surrounding page, and no URL.
  const page = self.origin + (location.origin === self.origin ? location.pathname : "/");
  const isOpaque = self.origin === OPAQUE;
  const host = isOpaque ? OPAQUE : page.slice(0, 300);
  const code = () => lastReferral(campaign, referralIn(location.search, campaign) || ofOldLink, memory);
  const query = new URLSearchParams({ ref: code(), host, mode, w });
  const utm = location.search.match(/\butm_\w+=[^&]+/g);
  if (utm) query.set("utm", utm.join("&").slice(0, 400));
  const from = document.referrer.split("/", 3).join("/");
  if (from) query.set("from", from);
  if (memory?.isWaiting()) query.set("consent", "wait");
  if (language) query.set("lang", language);
  const isEmbedded = mode === "embed";
  const frame = el("iframe", {
    title,
    // Only if supported: other browsers would log a warning to the page's console.
    allow: `clipboard-write${"share" in navigator ? "; web-share" : ""}`,
    referrerPolicy: "origin",
    loading: isEmbedded ? "lazy" : "eager",
    src: `${origin}/widget/${campaign}/embed?${query}`,
  });
  // A frame in a sandbox has no origin either.
  const tell = (type: string, detail = {}) =>
    frame.contentWindow?.postMessage({ ...detail, source: "referrals", w, type }, isOpaque ? "*" : origin);
  const identify = (person: object) => tell("identify", person);
  const join = () => tell("join");
  const widget: Widget = { campaign, isEmbedded, isReady: false, open, close, identify, join, code };

  function hear({ type, source: _, w: __, ...detail }: Record<string, unknown>) {
    isHeard = true;
    frame.hidden = false;
    if (type === "size") {
      const [height, width] = [Number(detail.height), Number(detail.width)];
      if (height > 0 && height < HEIGHT_MAX) frame.style.height = `${Math.ceil(height)}px`;
      if (width > 0) frame.style.maxWidth = `${width}px`;
    } else if (type === "ready") {
      widget.isReady = true;
      // The title in the campaign's language.
      if (detail.title) frame.title = String(detail.title);
      if (memory) void consented.then(() => tell("consent", { ref: code() }));
      ready?.();
      emit(widget, type);
    } else if (type === "close") close();
    else if (TOLD.includes(String(type))) emit(widget, String(type), detail);
  }
  const listen = ({ origin: sender, source, data }: MessageEvent) => {
    const isOurs = sender === origin || (isOpaque && sender === OPAQUE);
    if (isOurs && source === frame.contentWindow && data?.source === "referrals" && data.w === w)
      guarded(() => hear(data));
  };
  addEventListener("message", listen);

  let isHeard = false;
  const give = (up: string) => {
    if (isHeard || frame.hidden || !frame.isConnected) return;
    frame.hidden = true;
    warn(`campaign ${campaign} cannot be shown here: ${up}.`);
    fail?.();
  };
  const refuse = ({ blockedURI, effectiveDirective, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition === "enforce" && /frame|child/.test(effectiveDirective) && blockedURI.startsWith(origin))
      give(`the page's policy lacks ${origin} in frame-src`);
  };
  document.addEventListener("securitypolicyviolation", refuse);
  frame.onload = () => {
    // Some browsers take the focus back when a frame has loaded.
    if (widget.isReady) ready?.();
    setTimeout(give, SILENCE_MS, "its frame was refused. A private campaign shows on its brand's own site only");
  };
  new IntersectionObserver(([seen]) => {
    if (seen?.isIntersecting) setTimeout(give, PATIENCE_MS, "its frame did not load");
  }).observe(frame);

  const focus = () => {
    frame.focus();
    tell("focus");
    // Firefox focuses a frame that was hidden only after it has been drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const { activeElement } = frame.getRootNode() as ShadowRoot;
        if (activeElement !== frame) frame.focus();
      }),
    );
  };
  const leave = () => {
    removeEventListener("message", listen);
    document.removeEventListener("securitypolicyviolation", refuse);
    forget(widget);
    frame.remove();
  };
  return { frame, widget, focus, leave };
}
