import type { Page } from "./loader-api";
import { el, fill, findAll, isHiddenAsEmpty, place } from "./loader-dom";
import { frameOf, type Seat } from "./loader-frame";
import { frameCss } from "./loader-styles";

type Wanted = {
  target?: string;
  /** Whether another widget has this element. */
  isTaken(element: unknown): boolean;
  /** Only then it may go behind its script. */
  isFirst: boolean;
};

/** The target may come after the script. */
export const ready = new Promise<unknown>((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done(0);
});

/**
 * Puts the frame into the element itself, or for a script into the first free target, or behind the script.
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
    // There is no target, or it cannot have a shadow root of ours.
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

/** The target's children stay as the page made them, because frameworks compare them. */
function inside(target: HTMLElement, frame: HTMLElement, isScript: boolean) {
  const importance = isHiddenAsEmpty(target) ? "!important" : "";
  const display = isScript && !importance ? "" : `:host{display:block${importance}}`;
  return fill(target, display + frameCss, el("slot"), frame);
}
