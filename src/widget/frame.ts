import { startPanel } from "./frame-panel";

// Enhances every panel on the page. Without this script, panels still work, with page loads instead of live updates.
for (const root of document.querySelectorAll<HTMLElement>("[data-panel]")) startPanel(root);
