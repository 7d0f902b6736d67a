const AGAIN_MS = 2000;

/** Reloads pages that wait for something, while they are visible. */
export function enhanceReloads(root: ParentNode) {
  if (!root.querySelector("[data-reload]")) return;
  setInterval(() => {
    if (document.visibilityState === "visible") location.replace(location.pathname);
  }, AGAIN_MS);
}
