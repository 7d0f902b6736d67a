import { methods, replay } from "./loader-api";
import { guarded, warn } from "./loader-guard";
import { mount } from "./loader-mount";

type Referrals = typeof methods & {
  /** Calls from before the script loaded: `["on", "signup", handler]`. */
  q: { push(...calls: ArrayLike<unknown>[]): unknown };
  /** For other copies of this script on the page, which share this object. */
  mount(script: HTMLScriptElement): void;
};

declare global {
  interface Window {
    referrals?: Referrals;
  }
}

guarded(() => {
  // The page may have created a stub first.
  const before: Partial<Referrals> | undefined = window.referrals;
  const add = (script: HTMLScriptElement) => {
    mount(script).catch(warn);
  };
  const addAll = before?.mount ?? add;
  if (!before?.mount) {
    window.referrals = { ...safe(methods), q: { push: (...calls) => calls.forEach(replay) }, mount: add };
    const early = before?.q;
    if (Array.isArray(early)) early.forEach(replay);
  }

  // If the script runs as a module, there is no `currentScript`, so it is found by its file name.
  const running = document.currentScript;
  const scripts = document.querySelectorAll<HTMLScriptElement>('script[src*="/widget.js"]');
  for (const script of running instanceof HTMLScriptElement ? [running] : scripts) addAll(script);
});

/** Turns errors of the page's calls into warnings. */
function safe<T extends Record<string, (...args: never[]) => void>>(all: T): T {
  const entries = Object.entries(all).map(([name, method]) => [
    name,
    (...args: never[]) => guarded(() => method(...args)),
  ]);
  return Object.fromEntries(entries) as T;
}
