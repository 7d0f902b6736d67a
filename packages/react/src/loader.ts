export type EventType = "ready" | "signup" | "share" | "reward" | "open" | "close";
export type Person = { email?: string; name?: string; [field: string]: unknown };
type Detail = Record<string, unknown>;
type WindowApi = { q: { push(call: unknown[]): unknown } };

/** The page's API, or the queue that it will read once its script has loaded. */
export function windowApi(): WindowApi {
  const holder = window as { referrals?: WindowApi };
  holder.referrals ??= { q: [] as unknown[] };
  return holder.referrals;
}

/** Adds the loader's script to the page, unless it is there. It stays: to load it again would gain nothing. */
export function load(baseUrl: string) {
  const src = `${baseUrl.replace(/\/+$/, "")}/widget.js`;
  const isThere = [...document.scripts].some((script) => script.src.split("?")[0] === src);
  if (!isThere) document.head.append(Object.assign(document.createElement("script"), { src, async: true }));
}

const listeners = new Map<EventType, Set<(event: Detail) => void>>();

/**
 * Listens to the page's API, which cannot forget a listener: it has one of ours for each type, however many components
 * come and go.
 * @returns what ends it
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
