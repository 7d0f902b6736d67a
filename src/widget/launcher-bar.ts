import { el } from "./loader-dom";
import type { Seat } from "./loader-frame";

/** The bar above the page, with the button. Once closed, it stays closed for the session. */
export function bar({ campaign, memory }: Seat, title: string, opener: HTMLElement, closing: string) {
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

/** How many headers may stay at the top of the page, one below the other. */
const HEADERS_MAX = 3;

/**
 * Moves the bar below the page's fixed headers, now and whenever they may have changed.
 * @returns a function that stops it
 */
export function keepUnderHeaders(host: HTMLElement) {
  const move = () => {
    let top = 0;
    for (let n = 0; n < HEADERS_MAX; n++) {
      host.style.top = `${top}px`;
      const at = host.getBoundingClientRect().top + scrollY;
      const covered = headerAt(host, at + 1) - at;
      if (covered <= 0) return;
      top += covered;
    }
  };
  move();
  addEventListener("load", move);
  addEventListener("resize", move);
  return () => {
    removeEventListener("load", move);
    removeEventListener("resize", move);
  };
}

/** The bottom edge of the fixed element at this height, or 0. Elements that cover half the window are not headers. */
function headerAt(host: HTMLElement, y: number) {
  for (let element of document.elementsFromPoint(innerWidth / 2, y) as (Element | null)[])
    for (; element && element !== host; element = element.parentElement) {
      const { bottom, height } = element.getBoundingClientRect();
      if (getComputedStyle(element).position === "fixed" && height < innerHeight / 2) return bottom;
    }
  return 0;
}

/** Storage may be blocked. */
function attempt<T>(work: () => T) {
  try {
    return work();
  } catch {}
}
