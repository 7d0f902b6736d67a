import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { filter, WalkQuery } from "../../lib/page";

export const CODES_MAX = 100_000;
const CODE_MAX_LENGTH = 100;

export const CouponUpload = z
  .object({
    codes: z
      .array(z.unknown())
      .max(CODES_MAX)
      .meta({ type: "array", items: { type: "string", minLength: 1, maxLength: 100 }, maxItems: CODES_MAX }),
  })
  .meta({ id: "CouponUpload", description: "Codes for the campaign's pool." });

export const UploadResult = z
  .object({
    added: z.int(),
    duplicates: z.int().meta({ description: "Codes that already exist in the campaign or appear twice." }),
    invalid: z.int().meta({
      description:
        "Codes that are not 1 to 100 printable characters, or that a spreadsheet has spoiled, like `4.00639E+12` or `#N/A`.",
    }),
    filled: z.int().meta({ description: "Pending rewards fulfilled by this upload, oldest first." }),
    used: z.int().optional().meta({
      description: "Codes left out because a CSV says that they were used, given away, or expired. Missing if none.",
    }),
  })
  .meta({ id: "UploadResult", description: "What became of the codes." });
export type UploadResult = z.infer<typeof UploadResult>;

export const Coupon = z
  .object({
    id: z.int(),
    code: z.string(),
    status: z.enum(["available", "assigned"]),
    participant_id: z.int().nullable(),
    date_assigned: TimeOut.nullable(),
  })
  .meta({ id: "Coupon", description: "A code of the campaign's pool." });
export type Coupon = z.input<typeof Coupon>;

export const CouponQuery = WalkQuery.extend({ status: filter(z.enum(["available", "assigned"])) });
export type CouponQuery = z.infer<typeof CouponQuery>;

/** The filters of the coupon page. Invalid filters are ignored. `code` is one code, case-insensitive. */
export const CouponFilter = CouponQuery.omit({ after: true, updated_since: true }).extend({
  status: CouponQuery.shape.status.catch(undefined),
  code: z.string().trim().min(1).max(CODE_MAX_LENGTH).optional().catch(undefined),
});
export type CouponFilter = z.infer<typeof CouponFilter>;

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
