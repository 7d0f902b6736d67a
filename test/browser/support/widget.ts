import assert from "node:assert/strict";
import type { FrameLocator, Page } from "playwright-core";

export const MODES = ["embed", "popup", "floating", "topbar"] as const;
type Mode = (typeof MODES)[number];

/** The snippet that a site owner pastes. */
export const snippet = (product: string, campaign: number, attributes = 'data-mode="embed" async') =>
  `<script src="${product}/widget.js?campaign=${campaign}" ${attributes}></script>`;

/** Opens the widget like a visitor. @returns its frame. */
export async function openWidget(page: Page, mode: Mode): Promise<FrameLocator> {
  if (mode !== "embed") await page.locator("button.go").click();
  const frame = page.frameLocator("iframe");
  const isReady = '[data-ready][data-step="form"] input[name=email], [data-ready][data-step="share"] [data-link]';
  await frame.locator(isReady).first().waitFor();
  return frame;
}

/** Fills the form in and sends it. */
export async function join(frame: FrameLocator | Page, name: string, email: string) {
  await frame.locator("input[name=name]").fill(name);
  await frame.locator("input[name=email]").fill(email);
  await frame.locator("form[data-step-of=form] button[type=submit]").click();
}

/** The link in the share step, once it appears. */
export async function linkIn(frame: FrameLocator): Promise<string> {
  const link = frame.locator("[data-link]");
  await link.waitFor();
  const url = await link.inputValue();
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/t\/[\w.-]+$/);
  return url;
}
