import { find } from "./frame-dom";

/**
 * The time by the server, in milliseconds: when it made the form, and what has passed since. The visitor's own clock
 * may be wrong, and decides only for a page that the browser took from its history, whose form may be of any age.
 */
export function serverClock(root: HTMLElement): () => number {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const [, made = ""] = find<HTMLInputElement>(root, "input[name=form_token]")?.value.split(".") ?? [];
  const served = Number.parseInt(made, 36);
  if (Number.isNaN(served) || visit?.type === "back_forward") return Date.now;
  const ahead = served + performance.now() - (visit?.responseStart ?? 0) - Date.now();
  return () => Date.now() + ahead;
}
