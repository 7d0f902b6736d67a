import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { filter, WalkQuery } from "../../lib/page";
import { UTC } from "../../lib/time-zone";
import { lastMoment } from "./code-validity";

export const CODES_MAX = 100_000;
const CODE_MAX_LENGTH = 100;

/** The last day of codes, or a moment, as a text. */
export const ValidUntil = z
  .string()
  .trim()
  .max(40)
  .transform((text, c) => {
    if (lastMoment(text, UTC) !== null) return text;
    c.addIssue({ code: "custom", message: "must be a date like 2027-03-03, or a time like 2027-03-03T18:00:00Z" });
    return z.NEVER;
  })
  .meta({ type: "string", maxLength: 40, example: "2027-03-03" });

export const CouponUpload = z
  .object({
    codes: z
      .array(z.unknown())
      .max(CODES_MAX)
      .meta({ type: "array", items: { type: "string", minLength: 1, maxLength: 100 }, maxItems: CODES_MAX }),
    valid_until: ValidUntil.nullish().meta({
      description:
        "The last day on which the codes can be used, in the account's time zone, or a moment. A code that has expired is never given.",
    }),
  })
  .meta({ id: "CouponUpload", description: "Codes for the campaign's pool." });

export const UploadResult = z
  .object({
    added: z.int(),
    duplicates: z.int().meta({ description: "Codes that already exist in the campaign or appear twice." }),
    prolonged: z.int().optional().meta({
      description: "Of the duplicates, unused codes that got another `valid_until` by this upload. Missing if none.",
    }),
    invalid: z.int().meta({
      description:
        "Codes that are not 1 to 100 printable characters, or that a spreadsheet has spoiled, like `4.00639E+12` or `#N/A`, or whose `valid_until` is no date.",
    }),
    filled: z.int().meta({ description: "Pending rewards fulfilled by this upload, oldest first." }),
    used: z.int().optional().meta({
      description: "Codes left out because a CSV says that they were used, given away, or expired. Missing if none.",
    }),
  })
  .meta({ id: "UploadResult", description: "What became of the codes." });
export type UploadResult = z.infer<typeof UploadResult>;

export const couponStatuses = ["available", "assigned", "expired"] as const;
export type CouponStatus = (typeof couponStatuses)[number];

export const Coupon = z
  .object({
    id: z.int(),
    code: z.string(),
    status: z.enum(couponStatuses).meta({
      description: "`expired`: its last day was over before it was given. A code that was given stays `assigned`.",
    }),
    participant_id: z.int().nullable(),
    date_assigned: TimeOut.nullable(),
    valid_until: TimeOut.nullable().meta({ description: "The last moment at which it can be used." }),
  })
  .meta({ id: "Coupon", description: "A code of the campaign's pool." });
export type Coupon = z.input<typeof Coupon>;

export const CouponQuery = WalkQuery.extend({ status: filter(z.enum(couponStatuses)) });
export type CouponQuery = z.infer<typeof CouponQuery>;

/** The filters of the coupon page. Invalid filters are ignored. `code` is one code, case-insensitive. */
export const CouponFilter = CouponQuery.omit({ after: true, updated_since: true }).extend({
  status: CouponQuery.shape.status.catch(undefined),
  code: z.string().trim().min(1).max(CODE_MAX_LENGTH).optional().catch(undefined),
});
export type CouponFilter = z.infer<typeof CouponFilter>;

export const DropQuery = z.object({
  status: filter(z.literal("expired")).meta({ description: "Only the codes that have expired." }),
});

export const CouponsDropped = z
  .object({ deleted: z.int() })
  .meta({ id: "CouponsDeleted", description: "How many codes were deleted." });

/** An upload that added codes. */
export const CouponUploadOut = z
  .object({
    id: z.int(),
    name: z.string().nullable().meta({ description: "The file's name. Null for pasted codes and the API." }),
    added: z.int().meta({ description: "The codes that it added." }),
    date_added: TimeOut,
  })
  .meta({ id: "CouponUploadSummary", description: "An upload that added codes." });

export const CouponParam = z.object({ campaignId: Id });
