import { describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";
import { signedIn } from "../support/session";

const HTML = { Accept: "text/html" };
const page = (path: string, headers: Record<string, string> = HTML, env = {}) =>
  call("GET", path, undefined, { headers, env });

describe("the page about the source code", () => {
  it("shows the version, and links to the source and the licenses", async () => {
    const { status, text } = await page("/source", HTML, { SOURCE_URL: "https://git.example.com/referrals" });
    expect(status).toBe(200);
    expect(text).toContain(`Referrals ${version}`);
    for (const link of ["https://git.example.com/referrals", "/third-party-licenses.txt"])
      expect(text).toContain(`href="${link}"`);
  });

  it("names a contact if no valid URL is set", async () => {
    for (const SOURCE_URL of ["", "javascript:alert(1)"]) {
      const { text } = await page("/source", HTML, { SOURCE_URL, SUPPORT_EMAIL: "help@example.com" });
      expect(text).toContain('href="mailto:help@example.com"');
      expect(text).not.toContain("javascript:");
    }
  });

  it("is one click away from every kind of page", async () => {
    const { brand, id } = await newCampaign({ publish: "public" });
    for (const path of [
      "/",
      "/sign-in",
      "/docs",
      `/p/${brand.slug}`,
      `/p/${brand.slug}/campaign/${id}`,
      `/p/${brand.slug}/draws`,
    ])
      expect((await page(path)).text, path).toContain('href="/source"');
    expect((await (await signedIn()).page("/home")).text).toContain('href="/source"');
  });

  it.each([
    ["en", "Source code"],
    ["de", "Quellcode"],
    ["fr", "Code source"],
    ["es", "Código fuente"],
    ["pt", "Código-fonte"],
  ])("is in the participant's language: %s", async (language, name) => {
    const { brand } = await newCampaign({ publish: "public" });
    const { text } = await page(`/p/${brand.slug}`, { ...HTML, "Accept-Language": language });
    expect(text).toContain(`<a href="/source">${name}</a>`);
  });
});
