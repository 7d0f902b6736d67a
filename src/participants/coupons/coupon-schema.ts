import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { filter, WalkQuery } from "../../lib/page";
import { UTC } from "../../lib/time-zone";
import { lastMoment } from "./code-validity";

export const CODES_MAX = 100_000;
const CODE_MAX_LENGTH = 100;

/** The last day of codes, or an exact time, as text. */
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
        "The last day when the codes can be used, in the account's time zone, or an exact time. Expired codes are never assigned.",
    }),
  })
  .meta({ id: "CouponUpload", description: "Codes for the campaign's pool." });

export const UploadResult = z
  .object({
    added: z.int(),
    duplicates: z.int().meta({ description: "Codes that already exist in the campaign or appear twice." }),
    prolonged: z.int().optional().meta({
      description:
        "The number of duplicates that were unused and got a new `valid_until` from this upload. Omitted if zero.",
    }),
    invalid: z.int().meta({
      description:
        "Codes that are not 1 to 100 printable characters, were damaged by a spreadsheet, like `4.00639E+12` or `#N/A`, or have a `valid_until` that is not a date.",
    }),
    filled: z.int().meta({ description: "Pending rewards fulfilled by this upload, oldest first." }),
    used: z.int().optional().meta({
      description: "Codes that a CSV marks as used, given away, or expired. They were skipped. Omitted if zero.",
    }),
  })
  .meta({ id: "UploadResult", description: "The results of an upload." });
export type UploadResult = z.infer<typeof UploadResult>;

const couponStatuses = ["available", "assigned", "expired"] as const;
export type CouponStatus = (typeof couponStatuses)[number];

export const Coupon = z
  .object({
    id: z.int(),
    code: z.string(),
    status: z.enum(couponStatuses).meta({
      description: "`expired`: its last day passed before it was assigned. An assigned code stays `assigned`.",
    }),
    participant_id: z.int().nullable(),
    date_assigned: TimeOut.nullable(),
    valid_until: TimeOut.nullable().meta({ description: "The last time when the code can be used." }),
  })
  .meta({ id: "Coupon", description: "A code of the campaign's pool." });
export type Coupon = z.input<typeof Coupon>;

export const CouponQuery = WalkQuery.extend({ status: filter(z.enum(couponStatuses)) });
export type CouponQuery = z.infer<typeof CouponQuery>;

/** The filters of the coupon page. Invalid filters are ignored. `code` is a single code, not case-sensitive. */
export const CouponFilter = CouponQuery.omit({ after: true, updated_since: true }).extend({
  status: CouponQuery.shape.status.catch(undefined),
  code: z.string().trim().min(1).max(CODE_MAX_LENGTH).optional().catch(undefined),
});
export type CouponFilter = z.infer<typeof CouponFilter>;

export const DropQuery = z.object({
  status: filter(z.literal("expired")).meta({ description: "Delete only expired codes." }),
});

export const CouponsDropped = z
  .object({ deleted: z.int() })
  .meta({ id: "CouponsDeleted", description: "The number of deleted codes." });

/** An upload that added codes. */
export const CouponUploadOut = z
  .object({
    id: z.int(),
    name: z.string().nullable().meta({ description: "The file's name. Null for pasted codes and the API." }),
    added: z.int().meta({ description: "The number of codes it added." }),
    date_added: TimeOut,
  })
  .meta({ id: "CouponUploadSummary", description: "An upload that added codes." });

export const CouponParam = z.object({ campaignId: Id });
