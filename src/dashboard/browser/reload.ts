const AGAIN_MS = 2000;

/** Pages that wait for something look again after a moment, as long as somebody looks at them. */
export function enhanceReloads(root: ParentNode) {
  if (!root.querySelector("[data-reload]")) return;
  setInterval(() => {
    if (document.visibilityState === "visible") location.replace(location.pathname);
  }, AGAIN_MS);
}
