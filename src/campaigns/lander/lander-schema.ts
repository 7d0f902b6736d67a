import { z } from "zod";
import { CampaignStatus } from "../../ledger/records/lifecycle";
import { Id } from "../../lib/fields";
import { background, kinds, side, wholeNumber } from "../../lib/settings";
import { PromisedRule } from "../rules/promised-rule";

const { color, font, image, text } = kinds;

const fields = {
  template_id: wholeNumber(1, 5),
  header_title: text,
  header_description: text,
  footer_title: text,
  footer_description: text,
  background_type: background,
  background_color: color,
  background_image: image,
  font_color: color,
  font_family: font,
  button_text: text,
};

export const LanderChange = z
  .object(side(fields, "in"))
  .partial()
  .meta({ id: "LanderChange", description: "The landing page settings to change." });
export type LanderChange = z.infer<typeof LanderChange>;

const settings = {
  lander: z
    .string()
    .meta({ description: "`lander_<template_id>`, or `default` if none is stored.", example: "lander_1" }),
  is_default: z.boolean(),
  ...side(fields, "out"),
};

/** A campaign's landing page as its owner edits it. */
export const Lander = z
  .object({ campaign_id: z.int(), ...settings })
  .meta({ id: "Lander", description: "The appearance and texts of the campaign's landing page." });
export type Lander = z.infer<typeof Lander>;

/** The data for rendering a landing page, with a `<social>_url` for each social profile of the brand. */
export const PublicLander = z
  .looseObject({
    ...settings,
    campaign_id: z.int(),
    campaign_name: z.string(),
    status: CampaignStatus,
    starts_at: z.string().nullable().meta({ format: "date-time" }),
    ends_at: z.string().nullable().meta({ format: "date-time" }),
    status_title: z.string().meta({
      description:
        "The title to show instead of the form, in the campaign's language. Empty while the campaign is live.",
    }),
    status_text: z.string().meta({ description: "The sentence below `status_title`." }),
    brand_domain: z.string(),
    brand_name: z.string().meta({ description: "The brand's display name: its name, or else its domain." }),
    brand_logo_url: z.string().nullable(),
    brand_background_image: z.string().nullable(),
    brand: z.object({
      id: z.int(),
      domain: z.string(),
      slug: z.string(),
      url: z.string(),
      logo_url: z.string().nullable(),
      background_image: z.string().nullable(),
    }),
    rules: z.array(PromisedRule).meta({
      description: "Other ways to earn a reward besides the campaign's own goal: the visible rules with budget left.",
    }),
    social_urls: z.array(z.object({ social: z.string(), profile_url: z.string() })),
  })
  .meta({
    id: "PublicLander",
    description:
      "The content of the campaign's page. If the lander sets no title, description, or button, the widget's are used in the campaign's language. Each social profile of the brand adds a `<social>_url` field, such as `facebook_url`.",
  });
export type PublicLander = z.infer<typeof PublicLander>;

export const LanderQuery = z.object({ campaign_id: Id });
