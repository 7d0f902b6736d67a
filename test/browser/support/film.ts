import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { visit } from "./browser.ts";
import { tabTo } from "./member.ts";
import { addressed } from "./newcomer.ts";
import { type Device, paceOf } from "./pace.ts";
import type { World } from "./world.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SITE = "lindcoffee.example";
/** The number of characters between two frames. */
const STROKE = 4;
/** Duration of the last frame, in seconds. */
const LAST = 3;

type Picture = { at: number; name: string };

/**
 * A new marketer creates an account and a campaign, copies the snippet, pastes it into their website, and sees their
 * first participant join. The film shows each frame at the time when a person would get there.
 */
export async function newcomersFilm(world: World, device: Device, film?: string) {
  const person = await world.browser.person({
    ...addressed(),
    ...(device === "phone" && PHONE),
    permissions: ["clipboard-read", "clipboard-write", "local-network-access"],
  });
  const { page, problems } = await visit(person, world.product.url);
  const pace = paceOf(page, device);
  const pictures: Picture[] = [];
  let machine = 0;
  if (film) {
    rmSync(film, { recursive: true, force: true });
    mkdirSync(film, { recursive: true });
  }

  async function look() {
    if (!film) return;
    const name = `${String(pictures.length).padStart(4, "0")}.jpg`;
    await page.screenshot({ path: join(film, name), type: "jpeg", quality: 80 });
    pictures.push({ at: pace.seconds(), name });
  }
  /** The product's own time counts in full, because the person waits for it. */
  async function waiting(on: Promise<unknown>) {
    const began = performance.now();
    await on;
    const seconds = (performance.now() - began) / 1000;
    machine += seconds;
    pace.wait(seconds);
  }
  async function reach(target: Locator) {
    pace.think();
    if (device === "keyboard") await tabTo(page, target);
    else {
      pace.point();
      await target.scrollIntoViewIfNeeded();
      await target.hover();
      await look();
    }
  }
  async function press(target: Locator, come: () => Promise<unknown>) {
    await reach(target);
    const act =
      device === "keyboard" ? page.keyboard.press("Enter") : device === "phone" ? target.tap() : target.click();
    await waiting(Promise.all([come(), act]));
    await look();
  }
  async function fill(field: Locator, text: string) {
    const isThere = await field.evaluate((element) => element === document.activeElement);
    if (isThere) pace.think();
    else {
      await reach(field);
      if (device !== "keyboard") await field.click();
    }
    await page.keyboard.press("ControlOrMeta+A");
    for (let from = 0; from < text.length; from += STROKE) {
      const stroke = text.slice(from, from + STROKE);
      await page.keyboard.insertText(stroke);
      pace.type(stroke);
      await look();
    }
  }
  const to = (path: string | RegExp) => () => page.waitForURL(path, { waitUntil: "load" });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const goOn = () => press(button("Continue"), () => page.waitForEvent("load"));

  await look();
  await press(page.getByRole("link", { name: /^(Create account|Start free|Sign up)/ }).first(), to("**/sign-up**"));
  await fill(page.getByLabel("Your name"), "Nora Lind");
  await fill(page.getByLabel("Email"), `nora-${device}@lindcoffee.example`);
  await fill(page.getByLabel("Password"), "beans before noon");
  await fill(page.getByLabel("Your website"), SITE);
  await press(button("Create account"), to("**/home"));
  await press(page.getByRole("link", { name: "Create campaign" }), to("**/campaigns/new**"));
  await goOn();
  await fill(page.getByLabel("First coupon codes"), "FRIEND-1\nFRIEND-2");
  await goOn();
  await goOn();
  await press(button("Go live"), to(/\/campaigns\/\d+\/install/));
  await press(button("Copy snippet"), () => button("Copied").waitFor());

  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  const body = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Lind Coffee</title><h1>Lind Coffee</h1><p>Beans from small farms.</p>${pasted}</html>`;
  await page.route(`https://${SITE}/`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  // To the editor of their website, into the page, paste, publish.
  for (let step = 0; step < 4; step++) {
    pace.think();
    pace.point();
    if (device === "keyboard") pace.type("  ");
  }
  await waiting(page.goto(`https://${SITE}/`));
  const frame = await shown(page);
  await look();
  const seconds = pace.seconds();

  await fill(frame.locator("input[name=name]"), "Ada");
  await fill(frame.locator("input[name=email]"), "ada@example.com");
  await press(frame.locator("form[data-step-of=form] button[type=submit]"), () =>
    frame.locator("[data-link]").waitFor(),
  );
  // The product on this machine has no TLS, where a real one has.
  assert.deepEqual(
    problems.filter((problem) => !problem.includes("Mixed Content")),
    [],
  );
  await person.close();
  if (film) cut(film, pictures);
  return { seconds, machine, ...pace.counts };
}

/** Opens the widget like a visitor. */
async function shown(page: Page): Promise<FrameLocator> {
  const opener = page.locator("button.go");
  await page.locator("iframe").or(opener).first().waitFor();
  if (await opener.isVisible()) await opener.click();
  const frame = page.frameLocator("iframe");
  await frame.locator("[data-ready] input[name=email]").waitFor();
  return frame;
}

/** Each frame lasts until the next one. */
function cut(folder: string, pictures: Picture[]) {
  const list = pictures.map(({ at, name }, i) => {
    const until = pictures[i + 1]?.at ?? at + LAST;
    return `file '${name}'\nduration ${Math.max(0.04, until - at).toFixed(3)}`;
  });
  const listed = join(folder, "pictures.txt");
  // The last one is named twice, or its duration is not heeded: https://trac.ffmpeg.org/wiki/Slideshow#Concatdemuxer
  writeFileSync(listed, `${list.join("\n")}\nfile '${pictures.at(-1)?.name}'\n`);
  const look = "scale='min(720,iw)':-2,fps=2,mpdecimate";
  const encoded = ["-vsync", "vfr", "-c:v", "libwebp_anim", "-quality", "45", "-loop", "0"];
  execFileSync("ffmpeg", [
    "-y",
    "-loglevel",
    "error",
    "-f",
    "concat",
    "-i",
    listed,
    "-vf",
    look,
    ...encoded,
    `${folder}.webp`,
  ]);
}
