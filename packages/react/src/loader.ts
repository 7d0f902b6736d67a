export type EventType = "ready" | "signup" | "share" | "reward" | "open" | "close";
export type Person = { email?: string; name?: string; [field: string]: unknown };
type Detail = Record<string, unknown>;
type WindowApi = { q: { push(call: unknown[]): unknown } };

/** The page's API, or its queue until the script has loaded. */
export function windowApi(): WindowApi {
  const holder = window as { referrals?: WindowApi };
  holder.referrals ??= { q: [] as unknown[] };
  return holder.referrals;
}

/** Adds the loader's script to the page unless it is there. It is never removed: loading it again would gain nothing. */
export function load(baseUrl: string) {
  const src = `${baseUrl.replace(/\/+$/, "")}/widget.js`;
  const isThere = [...document.scripts].some((script) => script.src.split("?")[0] === src);
  if (!isThere) document.head.append(Object.assign(document.createElement("script"), { src, async: true }));
}

const listeners = new Map<EventType, Set<(event: Detail) => void>>();

/**
 * Listens to the page's API. Its listeners cannot be removed, so it has one of ours per type, for any number of
 * components.
 * @returns a function that stops listening
 */
export function listen(type: EventType, listener: (event: Detail) => void) {
  let all = listeners.get(type);
  if (!all) {
    const created = new Set<(event: Detail) => void>();
    listeners.set(type, created);
    windowApi().q.push(["on", type, (event: Detail) => [...created].forEach((each) => void each(event))]);
    all = created;
  }
  all.add(listener);
  return () => void all.delete(listener);
}
