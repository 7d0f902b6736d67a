import { methods, replay } from "./loader-api";
import { guarded, warn } from "./loader-guard";
import { mount } from "./loader-mount";

type Referrals = typeof methods & {
  /** Calls that were made before this script was there: `["on", "signup", handler]`. */
  q: { push(...calls: ArrayLike<unknown>[]): unknown };
  /** For further scripts on the page: there is one object for all. */
  mount(script: HTMLScriptElement): void;
};

declare global {
  interface Window {
    referrals?: Referrals;
  }
}

guarded(() => {
  // A stub of the page's own may have been there first.
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

  // Where something else ran us, as modules do, the script is found by its name.
  const running = document.currentScript;
  const scripts = document.querySelectorAll<HTMLScriptElement>('script[src*="/widget.js"]');
  for (const script of running instanceof HTMLScriptElement ? [running] : scripts) addAll(script);
});

/** What the page calls fails as a warning. */
function safe<T extends Record<string, (...args: never[]) => void>>(all: T): T {
  const entries = Object.entries(all).map(([name, method]) => [
    name,
    (...args: never[]) => guarded(() => method(...args)),
  ]);
  return Object.fromEntries(entries) as T;
}
