import assert from "node:assert/strict";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { visit } from "./browser.ts";
import type { Member } from "./product.ts";
import { isShort } from "./short.ts";
import type { World } from "./world.ts";

/** How a member uses the dashboard: by mouse, by keyboard, and by mouse without scripts. */
export type Way = "mouse" | "keyboard" | "plain";

/** Every way. The short form omits what the other two cover. */
export const WAYS: readonly Way[] = isShort ? ["keyboard", "plain"] : ["mouse", "keyboard", "plain"];

export type Desk = Awaited<ReturnType<typeof signIn>>;

/**
 * A new browser profile, in which the member has signed in with the form, on the page they wanted.
 * `problems` has the browser's messages since then.
 */
export async function signIn(
  { browser, product }: World,
  way: Way,
  path = "/home",
  { member = product.member, ...options }: BrowserContextOptions & { member?: Member } = {},
) {
  const person = await browser.person({ javaScriptEnabled: way !== "plain", ...options });
  const { page, problems } = await visit(person, product.url + path);
  const hands = handsOf(page, way);
  await hands.fill(page.getByLabel("Email"), member.email);
  await hands.fill(page.getByLabel("Password"), member.password);
  await hands.press(page.getByRole("button", { name: "Sign in" }));
  await page.waitForURL(product.url + path);
  return { person, page, problems, ...hands, goTo: (to: string) => page.goto(product.url + to) };
}

/** Actions on a page, by mouse or keyboard. */
export function handsOf(page: Page, way: Way) {
  const isByKeys = way === "keyboard";
  const reach = (target: Locator) => (isByKeys ? tabTo(page, target) : target.click());
  /** Sent together: Chromium treats digits typed a second apart as two numbers. */
  const type = (text: string) => Promise.all([...text].map((key) => page.keyboard.press(key)));
  return {
    /** A button, a link, or a disclosure. */
    press: async (target: Locator) => {
      if (isByKeys) {
        await tabTo(page, target);
        await target.press("Enter");
      } else await target.click();
      // Both wait for the next page to load, so the next step sees all of it.
      await page.waitForLoadState();
    },
    /** Replaces the field's text. Long texts are pasted. */
    fill: async (field: Locator, text: string) => {
      await reach(field);
      await page.keyboard.press("ControlOrMeta+A");
      if (text === "") await page.keyboard.press("Delete");
      else await page.keyboard.insertText(text);
    },
    /** Sets a checkbox. */
    tick: async (box: Locator, isTicked = true) => {
      if ((await box.isChecked()) === isTicked) return;
      await reach(box);
      if (isByKeys) await page.keyboard.press("Space");
      assert.equal(await box.isChecked(), isTicked);
    },
    /** By the option's label. By keyboard, starts at the first option. */
    choose: async (select: Locator, words: string) => {
      if (!isByKeys) return void (await select.selectOption({ label: words }));
      await tabTo(page, select);
      const labels = await select.locator("option").allTextContents();
      await page.keyboard.press("Home");
      for (let n = labels.indexOf(words); n > 0; n--) await page.keyboard.press("ArrowDown");
      assert.equal(await select.locator("option:checked").textContent(), words);
    },
    /** A radio button. By keyboard, starts at the current one. */
    pick: async (row: Locator, words: string) => {
      const wanted = row.getByRole("radio", { name: words, exact: true });
      if (!isByKeys) await row.locator("label", { has: page.getByRole("radio", { name: words, exact: true }) }).click();
      else {
        await tabTo(page, row.locator("input:checked"));
        const choices = await row.getByRole("radio").count();
        for (let n = 0; n < choices && !(await wanted.isChecked()); n++) await page.keyboard.press("ArrowRight");
      }
      assert.ok(await wanted.isChecked());
    },
    /** A date and time field, by `2026-01-31T18:00`. By keyboard, goes through its parts in English order. */
    setTime: async (field: Locator, time: string) => {
      if (!isByKeys) return field.fill(time);
      await tabTo(page, field);
      const [, year, month, day, hour, minute] = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(time) ?? [];
      await type(`${month}${day}${year}`);
      await page.keyboard.press("ArrowRight");
      const twelve = String(Number(hour) % 12 || 12).padStart(2, "0");
      await type(`${twelve}${minute}${Number(hour) < 12 ? "A" : "P"}`);
      assert.equal(await field.inputValue(), time);
    },
    /** Uses the dialog that the browser opens. */
    chooseFile: async (field: Locator, name: string, content: string | Buffer) => {
      const opened = page.waitForEvent("filechooser");
      await reach(field);
      if (isByKeys) await field.press("Space");
      const mimeType = TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain";
      await (await opened).setFiles({ name, mimeType, buffer: Buffer.from(content) });
    },
  };
}

/** A file's type, by its name. */
const TYPES: Record<string, string> = { csv: "text/csv", png: "image/png", svg: "image/svg+xml" };

/** More than on any of our pages. */
const TABS_MAX = 500;

/** Presses Tab or Shift+Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator) {
  await target.waitFor();
  for (let presses = 0; presses < TABS_MAX; ) {
    const { stops, isBehind } = await target.evaluate(stopsTo);
    if (stops === 0) return;
    const key = isBehind ? "Shift+Tab" : "Tab";
    // Sent together: waiting for each press takes many times as long.
    await Promise.all(Array.from({ length: stops }, () => page.keyboard.press(key)));
    presses += stops;
  }
  assert.fail(`the Tab key does not lead to ${target}`);
}

/** The estimated number of Tab stops to an element, and the direction. */
function stopsTo(element: Element) {
  const { activeElement: active, body } = document;
  if (element === active) return { stops: 0, isBehind: false };
  const isBehind =
    active !== null &&
    active !== body &&
    (element.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  const isStop = (one: Element) =>
    one instanceof HTMLElement && one.tabIndex >= 0 && one.checkVisibility() && !one.matches(":disabled, [type=radio]");
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(isStop);
  const [from, to] = [stops.indexOf(active ?? body), stops.indexOf(element)];
  const isKnown = to >= 0 && (from >= 0 || active === body);
  // Unknown elements, such as radio buttons and parts of dates, are reached one by one.
  return { stops: Math.max(1, isKnown ? Math.abs(to - from) : 1), isBehind };
}
