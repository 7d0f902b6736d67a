import { bar, keepUnderHeaders } from "./launcher-bar";
import { lockPage } from "./launcher-lock";
import { stack } from "./launcher-stack";
import { launcherCss } from "./launcher-styles";
import type { Page } from "./loader-api";
import { dress, el, place } from "./loader-dom";
import { frameOf, type Seat } from "./loader-frame";
import { frameCss } from "./loader-styles";

/** The settings needed before the frame loads. Empty if they could not be loaded. */
export type Settings = {
  widget?: {
    placement: string;
    popup_button_color: string;
    popup_button_position: string;
    popup_button_offset?: number;
  };
  /** By language: the campaign's language, or all languages that visitors may use. */
  button?: Record<string, Words>;
};

type Words = { title: string; open: string; close: string; dir?: string };

const OTHERWISE: Words = { title: "Invite your friends", open: "Get rewarded", close: "Close" };

const LOADING_MAX_MS = 3_000;

/**
 * Frameworks that control the whole document compare it with what the server sent. Until the page has loaded, we add
 * nothing next to its body.
 */
export const ready = new Promise<unknown>((done) => {
  if (document.readyState === "complete") done(0);
  addEventListener("load", done);
  setTimeout(done, LOADING_MAX_MS);
});

/** The widgets with dialogs. Only one is open at a time. */
const launched = new Set<{ close(): void }>();

/**
 * A button, bubble, or bar that opens the frame in a dialog. The frame loads when a visitor is about to open it. The
 * elements are outside the body, so its rules, transforms, and replacements do not affect them.
 */
export function launch(page: Page, seat: Seat, settings: Settings) {
  const { mode } = seat;
  const isFloating = mode === "floating";
  const { popup_button_color = "", popup_button_position, popup_button_offset } = settings.widget ?? {};
  const { title, open: call, close: closing, dir = "ltr" } = wordsFor(settings.button ?? {}, seat.language);
  const side = popup_button_position === "bottom-left" ? " left" : "";
  const looks = mode + side;

  const opener = el("button", { className: `go ${looks}` }, { "aria-label": call, "aria-haspopup": "dialog" });
  opener.append(isFloating ? gift() : call);
  const closer = el("button", { className: "x" }, { "aria-label": closing }, "✕");
  const dialog = el("dialog", { className: looks }, { "aria-label": title, "aria-modal": `${!isFloating}` }, closer);

  // Sends focus from the modal dialog's last Tab stop back to its first.
  const end = el("span", { tabIndex: 0, onfocus: () => closer.focus() });

  /** Set while the dialog is open. */
  let undo: (() => void) | undefined;
  const fetchFrame = () => {
    if (frame.isConnected) return;
    dialog.append(frame, ...(isFloating ? [] : [end]));
    dress(host, css);
  };
  // A bar opens the same dialog as a popup.
  const { frame, widget, focus, leave } = frameOf(page, { ...seat, mode: isFloating ? mode : "popup" }, title, {
    open() {
      if (undo) return;
      for (const { close } of launched) close();
      fetchFrame();
      const unlock = isFloating ? () => {} : lockPage();
      if (isFloating) dialog.show();
      else dialog.showModal();
      const stay = closeWithBody(widget.close);
      undo = () => {
        unlock();
        stay();
      };
      if (widget.isReady) focus();
      opener.ariaExpanded = "true";
      page.emit(widget, "open");
    },
    close() {
      dialog.close();
      closed();
    },
    ready: () => dialog.open && focus(),
    fail() {
      widget.close();
      host.hidden = true;
    },
  });
  function closed() {
    if (!undo) return;
    undo();
    undo = undefined;
    opener.ariaExpanded = "false";
    page.emit(widget, "close");
  }

  opener.onpointerenter = opener.onfocus = fetchFrame;
  opener.onclick = () => (undo ? widget.close() : widget.open());
  closer.onclick = widget.close;
  dialog.onclick = ({ target }) => {
    if (target === dialog) widget.close();
  };
  dialog.onkeydown = ({ key }) => {
    if (key === "Escape") widget.close();
  };
  dialog.onclose = closed;

  const isBar = mode === "topbar";
  const css = frameCss + launcherCss;
  const host = place(css, isBar ? bar(seat, title, opener, closing) : opener, dialog);
  host.dir = dir;
  const accent = /^#[0-9a-f]{6}$/i.exec(popup_button_color)?.[0] ?? "#4f46e5";
  host.style.setProperty("--accent", accent);
  host.style.setProperty("--on-accent", readableOn(accent));
  if (isBar) document.body.before(host);
  else document.documentElement.append(host);
  const release = isBar ? keepUnderHeaders(host) : stack(host, side, seat.offset ?? popup_button_offset);
  launched.add(widget);
  page.register(widget);
  return {
    host,
    leave() {
      widget.close();
      launched.delete(widget);
      release();
      leave();
      host.remove();
    },
  };
}

/** Closes the dialog if scripts replace the page's body. @returns a function that stops watching */
function closeWithBody(close: () => void) {
  const { body } = document;
  const observer = new MutationObserver(() => document.body !== body && close());
  observer.observe(document.documentElement, { childList: true });
  return () => observer.disconnect();
}

/** Black or white, whichever has the higher contrast. */
function readableOn(color: string) {
  const parts = [1, 3, 5].map((i) => (Number.parseInt(color.slice(i, i + 2), 16) / 255) ** 2.2);
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
}

/** The texts in the page's language, or otherwise in the visitor's first language that we have. */
function wordsFor(button: Record<string, Words>, language = "") {
  const wished = [language.replace("de-formal", "de-x-formal"), ...navigator.languages]
    .map((tag) => button[tag] ?? button[tag.slice(0, 2)])
    .find(Boolean);
  return wished ?? button.en ?? Object.values(button)[0] ?? OTHERWISE;
}

function gift() {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  if (!svg || !path) return "";
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", "M4 11v10h16V11M2 7h20v4H2zM12 7v14M12 7C9 7 7 6 7 4s4-3 5 3c1-6 5-5 5-3s-2 3-5 3");
  svg.append(path);
  return svg;
}
