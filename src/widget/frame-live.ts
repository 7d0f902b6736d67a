const FIRST_MS = 5_000;
const LAST_MS = 60_000;

/** Asks again and again while the panel can be seen, less and less often until something changes. `look` says: changed, same or over. */
export function live(root: HTMLElement, look: () => Promise<"changed" | "same" | "over">) {
  let wait = FIRST_MS;
  let timer = 0;
  let isOver = false;
  let isLooking = false;

  async function round() {
    if (isOver || isLooking || document.hidden) return;
    // A popup that is closed has no place on the page.
    if (root.getClientRects().length === 0) return plan();
    isLooking = true;
    const seen = await look();
    isLooking = false;
    if (seen === "over") stop();
    wait = seen === "changed" ? FIRST_MS : Math.min(LAST_MS, wait * 1.5);
    plan();
  }
  function plan() {
    clearTimeout(timer);
    if (!isOver && !document.hidden) timer = window.setTimeout(round, wait);
  }
  function stop() {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", back);
  }
  function back() {
    if (document.hidden) return clearTimeout(timer);
    wait = FIRST_MS;
    void round();
  }
  document.addEventListener("visibilitychange", back);
  void round();
  return stop;
}
