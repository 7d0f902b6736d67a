import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = { id: string; impact: string | null; help: string; nodes: { target: unknown[]; html: string }[] };

const SERIOUS = ["serious", "critical"];
export const ANY_IMPACT = ["minor", "moderate", ...SERIOUS];

/** axe-core finds nothing serious in this document. Frames on it are documents of their own: check each. */
export async function axe(place: Page | Frame, impacts = SERIOUS) {
  // Evaluated by the debugger, so the page's policy does not block it.
  await place.evaluate(axeSource);
  const violations = await place.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    return (await axe.run(document, { iframes: false, resultTypes: ["violations"] })).violations;
  });
  const found = violations.filter(({ impact }) => impact !== null && impacts.includes(impact));
  const told = found.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target, html }) => `  ${target} ${html}`).join("\n")}`,
  );
  assert.equal(found.length, 0, told.join("\n"));
}

/** Nothing is wider than the window, from a small phone to a big screen. */
export async function noSidewaysScroll(page: Page, widths = [320, 375, 768, 1280, 1920]) {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px of content at ${width} px`);
  }
  if (before) await page.setViewportSize(before);
}
