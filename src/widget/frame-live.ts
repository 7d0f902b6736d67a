const FIRST_MS = 5_000;
const LAST_MS = 60_000;

/** Polls while the panel is visible, more slowly each time until something changes. `look` returns what it found. */
export function live(root: HTMLElement, look: () => Promise<"changed" | "same" | "over">) {
  let wait = FIRST_MS;
  let timer = 0;
  let isOver = false;
  let isLooking = false;

  async function round() {
    if (isOver || isLooking || document.hidden) return;
    // A closed popup has no layout boxes.
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
