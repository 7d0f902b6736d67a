import { methods, replay } from "./loader-api";
import { findAll } from "./loader-dom";
import { defineElement } from "./loader-element";
import { guarded, warn } from "./loader-guard";
import { destroy, mount, settleAll, sweep } from "./loader-mount";

type Referrals = typeof methods & {
  /** Calls made before the script loaded: `["on", "signup", handler]`. */
  q: { push(...calls: ArrayLike<unknown>[]): unknown };
  /**
   * Puts a widget into a place on the page. Other copies of this script on the page share this object and add their own
   * function.
   */
  mount(place: HTMLScriptElement | Element | string, settings?: Record<string, unknown>): Element | undefined;
  /** Removes the widgets in a place, or on the whole page. */
  destroy(place?: Element | string): void;
};

declare global {
  interface Window {
    referrals?: Referrals;
  }
}

/** How often a busy page is checked, in milliseconds. */
const PAUSE_MS = 100;
const CHILDREN = { childList: true, subtree: true };
const SCRIPT = 'script[src*="/widget.js"]';
/** Consent managers give blocked scripts another type. */
const runs = ({ type }: HTMLScriptElement) => /^(|module|.*\/javascript)$/.test(type);

let isWaiting = false;
let origin = "";

/** Pages rerender themselves. Scripts inserted with `innerHTML` do not run, so they are found here. */
const watcher = new MutationObserver(() => {
  sweep();
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    for (const script of document.querySelectorAll<HTMLScriptElement>(SCRIPT))
      if (runs(script) && script.src.startsWith(origin)) guarded(() => add(script, true));
    settleAll();
  }, PAUSE_MS);
});

guarded(() => {
  // In a module or shadow root there is no `currentScript`, so we find the script by file name. Optimizers block
  // scripts and run their text later, inline or as a blob.
  const running = document.currentScript as HTMLScriptElement | null;
  const found = running?.matches(SCRIPT) ? [running] : (findAll(document, SCRIPT) as HTMLScriptElement[]);
  const scripts = running ? found : found.filter(runs);
  const [script] = scripts;
  if (!script) return warn("the script element was not found");
  // The page may have created a stub first, or may have an element with this name.
  const before: Partial<Referrals> | undefined = window.referrals;
  let addAll = before?.mount;
  if (typeof addAll !== "function") {
    addAll = put;
    window.referrals = {
      ...safe(methods),
      q: { push: (...calls) => calls.forEach(replay) },
      mount: (place, settings) => guarded(() => put(place, settings)),
      destroy: (place) => guarded(() => destroy(placeOf(place) ?? undefined)),
    };
    const early = before?.q;
    if (Array.isArray(early)) early.forEach(replay);
    origin = new URL(script.src).origin;
    defineElement(origin);
    watcher.observe(document, CHILDREN);
  }
  for (const script of scripts) addAll(script);
});

const placeOf = (place?: Element | string) => (typeof place === "string" ? document.querySelector(place) : place);

/** Adds an element for a widget, with settings as attributes: `campaign`, `mode`, `offset`, `data-ref`… */
function put(place: Element | string, settings: Record<string, unknown> = {}) {
  if (place instanceof HTMLScriptElement) return void add(place);
  const element = document.createElement("referrals-widget");
  for (const [name, value] of Object.entries(settings)) element.setAttribute(name, String(value));
  const target = placeOf(place);
  if (!target) return void warn(`no place ${place}`);
  target.append(element);
  return element;
}

/** Mounts what a script asks for. A script without a campaign only defines the element. */
function add(script: HTMLScriptElement, isCopy?: boolean) {
  const { origin, searchParams } = new URL(script.src);
  const { campaign = searchParams.get("campaign"), ...wish } = script.dataset;
  if (campaign === null) return;
  watcher.observe(script.getRootNode(), CHILDREN);
  mount(script, { ...wish, origin, campaign }, isCopy).catch(warn);
}

/** Turns errors in the page's calls into warnings. */
function safe<T extends Record<string, (...args: never[]) => unknown>>(all: T): T {
  const entries = Object.entries(all).map(([name, method]) => [
    name,
    (...args: never[]) => guarded(() => method(...args)),
  ]);
  return Object.fromEntries(entries) as T;
}
