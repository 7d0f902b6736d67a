import type { Page } from "playwright-core";
import type { Desk, Way } from "./member.ts";
import type { Campaign } from "./product.ts";
import { visit, type World } from "./world.ts";

/** What the editor's preview shows now. */
export const preview = (page: Page) => page.frameLocator('iframe[title="Preview"]:not(.coming)');

/** A part of its form. */
export const groupOf = (page: Page, title: string) => page.locator("details.group", { hasText: title });

/** Asks for a look where no script follows what is typed. */
export async function look({ page, press }: Desk, way: Way) {
  if (way === "plain") await press(page.getByRole("button", { name: "Update preview" }));
}

/** Presses what sends a form, and waits for the page that comes. */
export async function send({ page, press }: Desk, button: string) {
  await Promise.all([page.waitForEvent("load"), press(page.getByRole("button", { name: button, exact: true }))]);
}

/** Where a public campaign's page is. */
export async function pageOf({ product }: World, { id, brand_id }: Campaign) {
  const { slug } = await product.api.get<{ slug: string }>(`/brands/${brand_id}`);
  return `/p/${slug}/campaign/${id}`;
}

/** What stands on a page for whoever comes by. */
export async function visited<T>({ browser, product }: World, path: string, seen: (page: Page) => Promise<T>) {
  const visitor = await browser.person();
  const { page } = await visit(visitor, product.url + path);
  const found = await seen(page);
  await visitor.close();
  return found;
}

/** An image as a person has one. */
export async function newPng({ browser }: World): Promise<Buffer> {
  const person = await browser.person({ viewport: { width: 120, height: 80 } });
  const page = await person.newPage();
  await page.setContent('<body style="background:linear-gradient(45deg,#7a2e0e,#f0c9a0)">');
  const png = await page.screenshot();
  await person.close();
  return png;
}

/** What the browser complained about, but for forms that were refused, as they should be. */
export const unexpected = (problems: string[]) => problems.filter((problem) => !/status of 400/.test(problem));
