import type { Page } from "./loader-api";
import { el, fill, findAll, isHiddenAsEmpty, place } from "./loader-dom";
import { frameOf, type Seat } from "./loader-frame";
import { frameCss } from "./loader-styles";

type Wanted = {
  target?: string;
  /** Whether another widget already uses this element. */
  isTaken(element: unknown): boolean;
  /** Whether this is the page's first widget. Only the first one may be placed after its script. */
  isFirst: boolean;
};

/** The target element may come after the script in the page. */
export const ready = new Promise<unknown>((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done(0);
});

/**
 * Puts the frame into the element itself. For a script, puts it into the first free target or after the script.
 * @returns nothing if there is no place
 */
export function embed(page: Page, seat: Seat, own: HTMLElement, wanted: Wanted) {
  const isScript = own instanceof HTMLScriptElement;
  const target = isScript ? targetOf(own, wanted) : own;
  if (!target && !wanted.isFirst) return;

  const { frame, widget, leave } = frameOf(page, seat, "Referral program", {
    open() {
      host.scrollIntoView({ block: "nearest" });
      frame.focus();
    },
    close() {},
  });
  let host: HTMLElement;
  try {
    host = inside(target as HTMLElement, frame, isScript);
  } catch {
    // There is no target, or the target cannot have our shadow root.
    host = place(`:host{all:initial;display:block}${frameCss}`, frame);
    if (target) target.append(host);
    else if (document.head.contains(own)) document.body.append(host);
    else own.after(host);
  }
  page.register(widget);
  return {
    host,
    place: target,
    leave() {
      leave();
      if (host !== target) host.remove();
    },
  };
}

function targetOf(script: HTMLElement, { target = "#referrals-widget", isTaken, isFirst }: Wanted) {
  const root = script.getRootNode() as ParentNode;
  const near = [...root.querySelectorAll<HTMLElement>(target), ...document.querySelectorAll<HTMLElement>(target)];
  return [...near, ...(isFirst ? findAll(document, target) : [])].find((element) => !isTaken(element));
}

/** Leaves the target's children as the page created them, because frameworks compare them. */
function inside(target: HTMLElement, frame: HTMLElement, isScript: boolean) {
  const importance = isHiddenAsEmpty(target) ? "!important" : "";
  const display = isScript && !importance ? "" : `:host{display:block${importance}}`;
  return fill(target, display + frameCss, el("slot"), frame);
}
