import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Engine, type Tab, until } from "./engine.ts";

/**
 * The loop of two friends in one engine, with real key presses. `landing` is a page with the widget of a
 * campaign that leads there. Screenshots go to the folder SHOTS, if it is set.
 * @returns their paths
 */
export async function playLoop(engine: Engine, landing: string) {
  const folder = process.env.SHOTS;
  if (folder) mkdirSync(folder, { recursive: true });
  const shots: string[] = [];
  async function shoot(tab: Tab, name: string) {
    if (!folder) return;
    const path = join(folder, `${engine.name.toLowerCase()}-${shots.length + 1}-${name}.png`);
    await tab.shoot(path);
    shots.push(path);
  }
  const mark = `${engine.name.toLowerCase()}-${Date.now()}`;

  const ada = await engine.visitor();
  await ada.goTo(landing);
  await until(ada, "Ada's form", hasForm, true);
  await shoot(ada, "form");
  await joinAs(ada, "Ada Lovelace", `ada-${mark}@example.com`);
  await until(ada, "Ada's link", linkIn, true);
  await ada.runInFrame(() => document.querySelector<HTMLElement>("[data-copy]")?.focus());
  await ada.press("Enter");
  const link = await pasted(ada);
  assert.equal(link, await ada.runInFrame(linkIn), "the copied link");
  await shoot(ada, "copied");

  const bob = await engine.visitor();
  await bob.goTo(link);
  const arrived = await bob.run(() => location.href);
  assert.ok(arrived.startsWith(landing), `the link leads to ${arrived}`);
  await until(bob, "Bob's form", hasForm, true);
  await shoot(bob, "friend-form");
  await joinAs(bob, "Bob Hope", `bob-${mark}@example.com`);
  await until(bob, "Bob's coupon", couponIn, true);
  await shoot(bob, "friend-joined");

  await ada.show();
  await until(
    ada,
    "Ada's count",
    () => document.querySelector("[data-number=referral_count]")?.textContent === "1",
    true,
  );
  await until(ada, "Ada's coupon", couponIn, true);
  await shoot(ada, "reward");
  const coupons = [await ada.runInFrame(couponIn), await bob.runInFrame(couponIn)];
  assert.notEqual(coupons[0], coupons[1], "each has a code of their own");
  await ada.close();
  await bob.close();
  return shots;
}

const hasForm = () => document.querySelector("[data-ready][data-step=form]") !== null;
const linkIn = () => document.querySelector<HTMLInputElement>("[data-step=share] [data-link]")?.value;
const couponIn = () => document.querySelector("[data-reward=code]")?.textContent;

async function joinAs(tab: Tab, name: string, email: string) {
  for (const [focus, text] of [
    [focusName, name],
    [focusEmail, email],
  ] as const) {
    await tab.runInFrame(focus);
    for (const key of text) await tab.press(key);
  }
  await tab.press("Enter");
}

const focusName = () => document.querySelector<HTMLInputElement>("input[name=name]")?.focus();
const focusEmail = () => document.querySelector<HTMLInputElement>("input[name=email]")?.focus();

/** The clipboard's text, pasted into a field of the page. */
async function pasted(tab: Tab) {
  await tab.run(() => {
    const field = document.body.appendChild(document.createElement("textarea"));
    field.id = "pasted";
    field.focus();
  });
  await tab.press("Control+v");
  const text = await until(tab, "the pasted link", () => document.querySelector<HTMLTextAreaElement>("#pasted")?.value);
  await tab.run(() => document.querySelector("#pasted")?.remove());
  return text;
}
