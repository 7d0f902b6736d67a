import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { newSecret } from "../../../scripts/secrets.ts";
import { PATIENCE_MS, visit } from "./browser.ts";
import { handsOf, signIn, type Way } from "./member.ts";
import type { Member } from "./product.ts";
import type { World } from "./world.ts";

let people = 0;
/** Makes emails unique across files. */
const file = randomUUID().slice(0, 8);

/** A unique IP address, because limits use it. */
export const addressed = () => ({
  extraHTTPHeaders: { "CF-Connecting-IP": `192.0.2.${(++people % 250) + 1}` },
});

export type Newcomer = Awaited<ReturnType<typeof newcomer>>;

/** A person who signs up with the form, on the way to a page, in their own browser. */
export async function newcomer(
  world: World,
  way: Way,
  { path, email = `newcomer-${++people}-${file}@example.com` }: { path?: string; email?: string } = {},
) {
  const person = await world.browser.person({ javaScriptEnabled: way !== "plain", ...addressed() });
  const { page, problems } = await visit(person, world.product.url + (path ?? "/sign-up"));
  const hands = handsOf(page, way);
  const member: Member = { email, name: `Nora ${people}`, password: newSecret() };
  const website = `shop-of-newcomer-${people}-${file}.example.com`;
  if (path !== undefined) await hands.press(page.getByRole("link", { name: "Create account" }));
  await hands.fill(page.getByLabel("Your name"), member.name);
  await hands.fill(page.getByLabel("Email"), member.email);
  await hands.fill(page.getByLabel("Password"), member.password);
  await hands.fill(page.getByLabel("Your website"), website);
  await hands.press(page.getByRole("button", { name: "Create account" }));
  await page.waitForURL(world.product.url + (path ?? "/home"));
  return { person, page, problems, member, website, ...hands, goTo: (to: string) => page.goto(world.product.url + to) };
}

/** The same person in another browser. */
export const elsewhere = (world: World, member: Member, path = "/home") =>
  signIn(world, "mouse", path, { member, ...addressed() });

/** Waits for the newest email of this kind to this address, and follows its link. */
export async function followMail(
  { page, press, goTo }: Pick<Newcomer, "page" | "press" | "goTo">,
  email: string,
  subject: string,
) {
  const mail = page.locator("details", { hasText: email }).filter({ hasText: subject }).first();
  await goTo("/dev/mail");
  await until(page, mail);
  await press(mail.locator("summary"));
  const link = mail.locator("dd a").first();
  const path = new URL((await link.getAttribute("href")) ?? "").pathname;
  await press(link);
  await page.waitForURL(`**${path}`);
  return path;
}

/** Reloads until the page has this many. */
export async function until(page: Page, there: Locator, isEnough = (count: number) => count > 0) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await page.reload())
    if (isEnough(await there.count())) return;
  assert.fail(`${page.url()} has ${await there.count()} of ${there}`);
}

/** Whether a browser is signed in: it sees its account, or is asked to sign in. */
export async function isSignedIn({ page, goTo }: { page: Page; goTo: (path: string) => Promise<unknown> }) {
  await goTo("/account");
  return new URL(page.url()).pathname === "/account";
}

/** A browser with another one's stolen cookies. */
export async function thief(world: World, person: BrowserContext) {
  const stolen = await world.browser.person(addressed());
  await stolen.addCookies(await person.cookies());
  const page = await stolen.newPage();
  return { person: stolen, page, goTo: (to: string) => page.goto(world.product.url + to) };
}

/** The page shows this text. */
export async function says(page: Page, words: string | RegExp) {
  await page.getByText(words).first().waitFor();
}
