import type { Page } from "playwright-core";
import type { Desk, Way } from "./member.ts";
import type { Campaign } from "./product.ts";
import { visit, type World } from "./world.ts";

/** The editor's current preview. */
export const preview = (page: Page) => page.frameLocator('iframe[title="Preview"]:not(.coming)');

/** A part of its form. */
export const groupOf = (page: Page, title: string) => page.locator("details.group", { hasText: title });

/** Requests a preview if no script updates it. */
export async function look({ page, press }: Desk, way: Way) {
  if (way === "plain") await press(page.getByRole("button", { name: "Update preview" }));
}

/** Submits a form, and waits for the next page. */
export async function send({ page, press }: Desk, button: string) {
  await Promise.all([page.waitForEvent("load"), press(page.getByRole("button", { name: button, exact: true }))]);
}

/** The URL of a public campaign's page. */
export async function pageOf({ product }: World, { id, brand_id }: Campaign) {
  const { slug } = await product.api.get<{ slug: string }>(`/brands/${brand_id}`);
  return `/p/${slug}/campaign/${id}`;
}

/** A page's text for visitors. */
export async function visited<T>({ browser, product }: World, path: string, seen: (page: Page) => Promise<T>) {
  const visitor = await browser.person();
  const { page } = await visit(visitor, product.url + path);
  const found = await seen(page);
  await visitor.close();
  return found;
}

/** An image file. */
export async function newPng({ browser }: World): Promise<Buffer> {
  const person = await browser.person({ viewport: { width: 120, height: 80 } });
  const page = await person.newPage();
  await page.setContent('<body style="background:linear-gradient(45deg,#7a2e0e,#f0c9a0)">');
  const png = await page.screenshot();
  await person.close();
  return png;
}

/** The browser's messages, except for forms that are refused on purpose. */
export const unexpected = (problems: string[]) => problems.filter((problem) => !/status of 400/.test(problem));
