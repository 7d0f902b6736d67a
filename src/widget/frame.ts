import { startPanel } from "./frame-panel";

// Enhances every panel of the page. The panels also work without this script, with page loads instead of live updates.
for (const root of document.querySelectorAll<HTMLElement>("[data-panel]")) startPanel(root);
