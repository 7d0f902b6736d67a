import { ask } from "./frame-api";
import { find, show, write } from "./frame-dom";
import { serverClock } from "./server-clock";

const SECOND = 1_000;

/** Counts down to the end by the server's clock, then hides. */
export function startCountdown(root: HTMLElement) {
  // One of our own pages may show it outside the panel.
  const place = find(root, "[data-countdown]") ?? find(document, "[data-countdown]");
  const end = Date.parse(place?.dataset.countdown ?? "");
  if (!place || Number.isNaN(end)) return;
  const now = serverClock(root);
  const units = { days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };
  const tick = () => {
    let left = Math.floor((end - now()) / SECOND);
    if (left <= 0) return show(place, false);
    for (const [unit, size] of Object.entries(units)) {
      write(find(place, `[data-unit="${unit}"]`), String(Math.floor(left / size)).padStart(2, "0"));
      left %= size;
    }
    setTimeout(tick, SECOND - (now() % SECOND));
  };
  show(find(place, "[data-clock-date]"), false);
  show(find(place, "[data-clock]"), true);
  tick();
}

/** Counts one impression when the panel becomes visible. For a popup, that is later than when it loads. */
export function countImpression(root: HTMLElement, campaign_id: number) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    void ask("impression", null, { campaign_id });
  });
  observer.observe(root);
}
