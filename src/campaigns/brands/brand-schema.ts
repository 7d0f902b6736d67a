import { z } from "zod";
import {
  Color,
  Email,
  FontFamily,
  Id,
  ImageUrl,
  integer,
  line,
  OptionalName,
  prose,
  TimeOut,
  WebUrl,
} from "../../lib/fields";
import { PageQuery } from "../../lib/page";
import { NEEDED } from "../../lib/refusals";
import { shownName } from "../../lib/shown-name";
import { type WithheldFor, withheldReasons } from "../sending/may-send";

const Social = z.object({ social: line(30).min(1), profile_url: WebUrl }).meta({
  id: "Social",
  description: "A profile of the brand on a social network.",
  example: { social: "instagram", profile_url: "https://instagram.com/acme" },
});

const SLUG_MESSAGE = "must be 3 to 100 lowercase letters, digits, and hyphens, and not only digits";

const Slug = z
  .string()
  .regex(/^[a-z0-9-]{3,100}$/, SLUG_MESSAGE)
  .regex(/[^0-9]/, SLUG_MESSAGE)
  .meta({ type: "string", pattern: "^[a-z0-9-]{3,100}$", example: "acme-com" });

const NAME_MAX = 60;

/**
 * Strangers see the name on pages and in emails, so it must not contain another web address. A brand that is named
 * after its domain needs no name.
 */
const BrandName = OptionalName.refine(
  (name) => name === null || name.length <= NAME_MAX,
  `must have at most ${NAME_MAX} characters`,
)
  .refine((name) => name === null || shownName(name) !== null, "must not contain a web address or phone number")
  .meta({ type: "string", maxLength: NAME_MAX, example: "Acme" });

const kit = {
  name: BrandName.meta({ description: "The brand's display name. Null: its domain." }),
  color: Color.nullable().meta({ description: "The main color. Campaigns use it unless they have their own." }),
  button_color: Color.nullable().meta({ description: "The color of buttons and links. Null: `color`." }),
  font_family: FontFamily.nullable().meta({
    description: "The font of widgets, pages, and emails. Null: the system font.",
  }),
};

const details = {
  ...kit,
  description: prose(5000).nullable(),
  logo_url: ImageUrl.nullable(),
  background_image: ImageUrl.nullable(),
  socials: z.array(Social).max(20),
};

export const NewBrand = z
  .object({
    url: line(2000)
      .min(1)
      .meta({ description: "The website. If the scheme is missing, https is assumed.", example: "acme.com" }),
    slug: Slug.optional(),
    ...details,
  })
  .partial()
  .required({ url: true })
  .meta({ id: "NewBrand", description: "A new brand. Only the URL is required." });
export type NewBrand = z.infer<typeof NewBrand>;

export const BrandChange = z
  .object({
    url: line(2000).min(1),
    slug: Slug,
    ...details,
    reply_to: Email.nullable().meta({
      description:
        "The reply-to address of campaign emails: an address on the verified domain, or your own verified one.",
    }),
  })
  .partial()
  .meta({ id: "BrandChange", description: "The fields of a brand to change. Null clears a field." });
export type BrandChange = z.infer<typeof BrandChange>;

/** The brand fields that only the operator can set. */
export const VnocLink = z
  .object({ in_vnoc: z.boolean(), vnoc_id: integer(1, Number.MAX_SAFE_INTEGER).nullable().default(null) })
  .meta({ id: "VnocLink", description: "Whether the brand is linked to VNOC." });
export type VnocLink = z.infer<typeof VnocLink>;

const Method = z.enum(["dns", "file", "widget", "trusted"]).nullable();

/** How the brand's domain was verified, or can be. */
export const Verification = z
  .object({
    status: z.enum(["proven", "unproven"]),
    method: Method.meta({
      description:
        "The method that verified the domain: the TXT record, the file, a campaign's widget on the home page, or the installation's settings.",
    }),
    proven_at: TimeOut.nullable(),
    checked_at: TimeOut.nullable(),
    dns: z.object({ type: z.literal("TXT"), name: z.string(), value: z.string() }),
    file: z.object({ url: z.string(), content: z.string() }),
  })
  .meta({
    id: "Verification",
    description: "Publish the TXT record, the file, or the widget on the home page. Then start a check.",
  });

const Sending = z
  .object({
    allowed: z.boolean(),
    reason: z.enum(Object.keys(withheldReasons) as [WithheldFor, ...WithheldFor[]]).nullable(),
  })
  .meta({
    id: "Sending",
    description: "Whether this brand's campaigns send email. If not, emails wait up to 72 hours.",
  });

export const Brand = z
  .object({
    id: z.int(),
    url: z.string(),
    domain: z.string(),
    slug: z.string(),
    name: z.string().nullable().meta({ description: "The brand's display name. Null: its domain." }),
    color: z.string().nullable(),
    button_color: z.string().nullable(),
    font_family: z.string().nullable(),
    description: z.string().nullable(),
    logo_url: z.string().nullable(),
    background_image: z.string().nullable(),
    socials: z.array(z.object({ social: z.string(), profile_url: z.string() })),
    in_vnoc: z.boolean(),
    vnoc_id: z.int().nullable(),
    total_campaigns: z.int(),
    date_added: TimeOut,
    reply_to: z.string().nullable(),
    verification: Verification,
    sending: Sending,
  })
  .meta({ id: "Brand", description: "A website that runs campaigns." });
export type Brand = z.input<typeof Brand>;

const Found = z.string().meta({
  description: "`found`, `missing`, `unknown` (the resolver did not respond), or why the page could not be read.",
  example: "missing",
});

export const VerifiedBrand = Brand.extend({
  checked: z
    .object({ dns: Found, file: Found, widget: Found })
    .partial()
    .meta({ description: "The result of this check. It stops at the first proof." }),
}).meta({ id: "VerifiedBrand", description: "The brand, and the result of its domain check." });

export const BrandStats = z
  .object({
    brand_id: z.int(),
    total_campaigns: z.int(),
    total_participants: z.int(),
    total_shares: z.int(),
    total_clicks: z.int(),
    total_impressions: z.int(),
  })
  .meta({ id: "BrandStats", description: "The totals of a brand's campaigns." });
export type BrandStats = z.infer<typeof BrandStats>;

export const DeletedBrand = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedBrand", description: "The deleted brand. Its campaigns were deleted with it." });

export const BrandParam = z.object({ brandId: Id });

const SEARCH_MAX = 253;

/** `q` matches part of the domain or name. */
export const BrandQuery = PageQuery.extend({ q: line(SEARCH_MAX).toLowerCase().catch("") });
export type BrandQuery = z.infer<typeof BrandQuery>;

const MANY_MAX = 100;

/** Websites, one per line. */
export const NewBrands = z.object({
  urls: prose(300_000)
    .transform((text) =>
      text
        .split(/\r\n|\r|\n/)
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string()).min(1, NEEDED).max(MANY_MAX, `At most ${MANY_MAX} lines at a time.`)),
});

const isBlank = (row: unknown) => typeof row === "object" && row !== null && !Object.values(row).some(Boolean);

/** A brand as its form sends it: `socials` are numbered rows, and empty rows are ignored. */
export const BrandForm = BrandChange.extend({
  socials: z.preprocess(
    (rows) => Object.values(rows ?? {}).map((row) => (isBlank(row) ? null : row)),
    z
      .array(Social.nullable())
      .transform((rows) => rows.filter((row) => row !== null))
      .pipe(z.array(Social).max(20)),
  ),
});
