import { ask } from "./frame-api";
import { find, show, write } from "./frame-dom";

const SECOND = 1_000;

/** Ticks down to the end, and goes when it is over. */
export function startCountdown(root: HTMLElement) {
  // A page of our own may show it elsewhere.
  const place = find(root, "[data-countdown]") ?? find(document, "[data-countdown]");
  const end = Date.parse(place?.dataset.countdown ?? "");
  if (!place || Number.isNaN(end)) return;
  const units = { days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };
  const tick = () => {
    let left = Math.floor((end - Date.now()) / SECOND);
    if (left <= 0) return show(place, false);
    for (const [unit, size] of Object.entries(units)) {
      write(find(place, `[data-unit="${unit}"]`), String(Math.floor(left / size)).padStart(2, "0"));
      left %= size;
    }
    setTimeout(tick, SECOND - (Date.now() % SECOND));
  };
  show(find(place, "[data-clock-date]"), false);
  show(find(place, "[data-clock]"), true);
  tick();
}

/** Counts once that the panel was seen: when it is, which for a popup is later than when it is loaded. */
export function countImpression(root: HTMLElement, campaign_id: number) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    void ask("impression", null, { campaign_id });
  });
  observer.observe(root);
}
