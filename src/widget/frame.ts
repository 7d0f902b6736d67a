import { startPanel } from "./frame-panel";

/** Enhances every panel of the page: everything it does is there without it, but slower and less alive. */
for (const root of document.querySelectorAll<HTMLElement>("[data-panel]")) startPanel(root);
