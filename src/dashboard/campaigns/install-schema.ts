import { z } from "zod";
import { line } from "../../lib/fields";
import { modes, platforms } from "./install-snippet";

/** Invalid values fall back to the campaign's own placement on a plain HTML page. */
export const InstallQuery = z.object({
  platform: z.enum(platforms).catch("html"),
  mode: z.enum(modes).optional().catch(undefined),
});

/** The page to check. If the scheme is missing, it is https. */
export const InstallCheck = z.object({
  url: line(2000)
    .min(1)
    .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)),
});
