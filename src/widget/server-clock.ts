import { find } from "./frame-dom";

/**
 * The server's time in milliseconds: when it created the form, plus the time that has passed since. The visitor's own
 * clock may be wrong, so it is only used for a page from the browser's history, whose form may have any age.
 */
export function serverClock(root: HTMLElement): () => number {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const [, made = ""] = find<HTMLInputElement>(root, "input[name=form_token]")?.value.split(".") ?? [];
  const served = Number.parseInt(made, 36);
  if (Number.isNaN(served) || visit?.type === "back_forward") return Date.now;
  const ahead = served + performance.now() - (visit?.responseStart ?? 0) - Date.now();
  return () => Date.now() + ahead;
}
