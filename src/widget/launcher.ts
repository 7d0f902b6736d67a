import { launcherCss } from "./launcher-styles";
import type { Seat } from "./loader-frame";
import type { Parts } from "./loader-parts";

/** The settings needed before the frame is loaded. Empty if they could not be loaded. */
export type Settings = {
  widget?: { placement: string; popup_button_color: string; popup_button_position: string };
  /** By language: the campaign's, or all that a visitor may use. */
  button?: Record<string, Words>;
};

type Words = { title: string; open: string; close: string };

const OTHERWISE: Words = { title: "Invite your friends", open: "Get rewarded", close: "Close" };

/**
 * A button, bubble or bar that opens the frame in a dialog. The frame is loaded when a visitor is about to open it.
 * This is a separate file, which the loader imports for campaigns that are not embedded and passes its parts to.
 */
export function launch({ dress, el, place, frameOf, emit, register, frameCss }: Parts, seat: Seat, settings: Settings) {
  const { mode } = seat;
  const isFloating = mode === "floating";
  const { popup_button_color = "", popup_button_position } = settings.widget ?? {};
  const { title, open: call, close: closing } = wordsFor(settings.button ?? {});
  const looks = mode + (popup_button_position === "bottom-left" ? " left" : "");

  const opener = el("button", { className: `go ${looks}` }, { "aria-label": call, "aria-haspopup": "dialog" });
  opener.append(isFloating ? gift() : call);
  const closer = el("button", { className: "x" }, { "aria-label": closing }, "✕");
  const dialog = el("dialog", { className: looks }, { "aria-label": title, "aria-modal": `${!isFloating}` }, closer);

  // The last Tab stop of a modal dialog leads back to the first.
  const end = el("span", { tabIndex: 0, onfocus: () => closer.focus() });

  let unlock = () => {};
  const fetchFrame = () => {
    if (frame.isConnected) return;
    dialog.append(frame, ...(isFloating ? [] : [end]));
    dress(host, css);
  };
  // A bar opens the same dialog as a popup.
  const { frame, widget, focus } = frameOf({ ...seat, mode: isFloating ? mode : "popup" }, title, {
    open() {
      if (dialog.open) return;
      fetchFrame();
      if (isFloating) dialog.show();
      else {
        unlock = lockPage();
        dialog.showModal();
      }
      if (widget.isReady) focus();
      opener.ariaExpanded = "true";
      emit(widget, "open");
    },
    close: () => dialog.close(),
    ready: () => dialog.open && focus(),
  });

  opener.onpointerenter = opener.onfocus = fetchFrame;
  opener.onclick = () => (dialog.open ? widget.close() : widget.open());
  closer.onclick = widget.close;
  dialog.onclick = ({ target }) => target === dialog && widget.close();
  dialog.onkeydown = ({ key }) => key === "Escape" && widget.close();
  dialog.onclose = () => {
    unlock();
    opener.ariaExpanded = "false";
    emit(widget, "close");
  };

  const front = mode === "topbar" ? bar(el, seat, title, opener, closing) : opener;
  const css = launcherCss + frameCss;
  const host = place(css, front, dialog);
  const accent = /^#[0-9a-f]{6}$/i.exec(popup_button_color)?.[0] ?? "#4f46e5";
  host.style.setProperty("--accent", accent);
  host.style.setProperty("--on-accent", readableOn(accent));
  // Outside of the body, whose margins and layout belong to the page.
  if (mode === "topbar") document.body.before(host);
  else document.body.append(host);
  register(widget);
}

/** The bar above the page, with the button. Once closed, it stays closed for the session. */
function bar(el: Parts["el"], { campaign, memory }: Seat, title: string, opener: HTMLElement, closing: string) {
  const key = `referrals:closed:${campaign}`;
  const closer = el("button", { className: "x" }, { "aria-label": closing }, "✕");
  const element = el("div", { className: "bar" }, { role: "region", "aria-label": title }, title, opener, closer);
  closer.onclick = () => {
    element.remove();
    if (!memory?.isWaiting()) attempt(() => sessionStorage.setItem(key, "1"));
  };
  element.hidden = attempt(() => sessionStorage.getItem(key)) === "1";
  return element;
}

/**
 * Keeps the page behind from scrolling, and from jumping when its scrollbar disappears.
 * @returns a function that undoes it
 */
function lockPage() {
  const { style, clientWidth } = document.documentElement;
  const { overflow, paddingRight } = style;
  style.paddingRight = `${innerWidth - clientWidth}px`;
  style.overflow = "hidden";
  return () => Object.assign(style, { overflow, paddingRight });
}

/** Storage may be blocked. */
function attempt<T>(work: () => T) {
  try {
    return work();
  } catch {}
}

/** Black or white, whichever has the higher contrast. */
function readableOn(color: string) {
  const parts = [1, 3, 5].map((i) => (Number.parseInt(color.slice(i, i + 2), 16) / 255) ** 2.2);
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
}

/** The texts in the first of the visitor's languages that we have. */
function wordsFor(button: Record<string, Words>) {
  const wished = navigator.languages.map((tag) => button[tag.slice(0, 2)]).find(Boolean);
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
