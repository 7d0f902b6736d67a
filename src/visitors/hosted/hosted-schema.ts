import { z } from "zod";
import { Id } from "../../lib/fields";

/** Any text is accepted; an unknown slug leads to a 404. */
const SlugParam = z.string().max(200).meta({ type: "string", example: "acme-com" });

export const BrandPageParam = z.object({ slug: SlugParam });
/** Anything but a number becomes 0. No campaign has that id, so it leads to a 404. */
export const CampaignPageParam = z.object({
  slug: SlugParam,
  id: Id.catch(0).meta({ type: "string", description: "The campaign's ID.", example: "42" }),
});

const PAGES_MAX = 1_000;

const PageLanguage = z.string().max(35).optional().catch(undefined);

export const BrandPageQuery = z.object({
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGES_MAX)
    .catch(1)
    .meta({ type: "integer", default: 1, description: `1 to ${PAGES_MAX}. Anything else is read as 1.` }),
  lang: PageLanguage.meta({
    type: "string",
    description: "The page's language, if supported. Otherwise the browser's language applies.",
  }),
});

const ofCampaign = PageLanguage.meta({
  type: "string",
  description: "The page's language, if supported. Otherwise the campaign's setting applies.",
});

/**
 * The parameter may occur several times, for us and for other products. We look for the campaign's own code among them.
 */
export const CampaignPageQuery = z.object({
  ref: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((sent) => [sent].flat())
    .meta({ type: "string", description: "The referral code the visitor arrived with. Anything else is ignored." }),
  lang: ofCampaign,
});

export const CampaignFormQuery = z.object({ lang: ofCampaign });

export const ImageQuery = z.object({
  v: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "Identifies the image's content, which can be cached forever." }),
  ref: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((sent) => [sent].flat())
    .meta({
      type: "string",
      description:
        "A referral code. The image shows the inviter's name and is cached for a few minutes. Anything else is ignored.",
    }),
  lang: PageLanguage.meta({
    type: "string",
    description: "The image's language, if supported. Otherwise the campaign's setting applies, or English.",
  }),
});

/** The form as a browser sends it. Errors are shown on the page. */
export const PageForm = z.record(z.string(), z.unknown()).meta({
  type: "object",
  properties: {
    email: { type: "string" },
    name: { type: "string" },
    ref: { type: "string", description: "The referral code the visitor arrived with." },
  },
});
