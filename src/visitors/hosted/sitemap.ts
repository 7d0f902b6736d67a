import type { Ctx } from "../../lib/ctx";
import { brandPath, campaignPath } from "./hosted";
import * as store from "./hosted-store";

/** A sitemap may list 50,000 URLs. Each of these campaigns adds its own URL, and at most one for its brand. */
const CAMPAIGNS_MAX = 25_000;

export async function sitemap(ctx: Ctx) {
  const [pages] = await ctx.db.batch([store.publicPages(ctx.db, CAMPAIGNS_MAX)]);
  const brands = new Set(pages.map(({ slug }) => slug));
  const paths = [...[...brands].map(brandPath), ...pages.map(({ slug, id }) => campaignPath(slug, id))];
  const entries = paths.map((path) => `<url><loc>${xml(ctx.origin + path)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("\n")}
</urlset>
`;
}

const xml = (text: string) => text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Link previews may follow share links. Search engines may not, because each link shows a campaign's page again. */
const UNFURLERS = [
  "facebookexternalhit",
  "Twitterbot",
  "LinkedInBot",
  "WhatsApp",
  "Slackbot",
  "TelegramBot",
  "Discordbot",
];
const NOT_FOR_PREVIEWS = ["/api/", "/v1/"];
const NOT_FOR_SEARCH = [...NOT_FOR_PREVIEWS, "/t/", "/widget/", "/status/", "/confirm/", "/qr/"];

export const robots = (origin: string) =>
  [
    ...UNFURLERS.map((name) => `User-agent: ${name}`),
    ...NOT_FOR_PREVIEWS.map((path) => `Disallow: ${path}`),
    "",
    "User-agent: *",
    "Allow: /p/",
    ...NOT_FOR_SEARCH.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");
