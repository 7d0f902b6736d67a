import { z } from "zod";
import { type ErrorCode, errorCodes } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";
import { filter } from "../../lib/page";
import { NewSignup } from "./signup-schema";

export const ROWS_MAX = 1_000;

/** A signup of a batch. */
export const BatchRow = NewSignup.omit({ campaign_id: true })
  .extend({
    referral_code: z.string().trim().nullish().meta({ description: "The code of the friend who referred them." }),
  })
  .meta({ id: "BatchSignup", description: "Someone who joins the campaign of a batch." });
export type BatchRow = z.infer<typeof BatchRow>;

/** Rows are validated one by one, so an invalid one does not stop the others. */
export const NewBatch = z
  .object({
    campaign_id: Id,
    signups: z
      .array(z.unknown())
      .min(1)
      .max(ROWS_MAX)
      .meta({ type: "array", items: BatchRow, minItems: 1, maxItems: ROWS_MAX }),
  })
  .meta({ id: "NewSignupBatch", description: "Participants to sign up to one campaign." });
export type NewBatch = z.infer<typeof NewBatch>;

export const UpsertQuery = z.object({
  upsert: filter(z.enum(["true", "false"])).meta({
    type: "boolean",
    description:
      "Whether to update existing participants: the name, and `external_id`, `metadata`, and `checkout_code` if they are sent. Null clears.",
  }),
});

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

export const BatchResult = z
  .object({
    index: z.int().meta({ description: "The row's index, starting at 0." }),
    id: z.int().nullable().meta({ description: "The participant. Null if the row was rejected." }),
    status: z.enum(["active", "pending", "blocked"]).nullable(),
    is_new: z.boolean().meta({ description: "Whether this row created the participant." }),
    attributed: z.boolean().meta({ description: "Whether this row recorded their referrer." }),
    updated: z.boolean().meta({ description: "Whether this row changed an existing participant." }),
    error: z
      .object({ code: z.enum(codes), message: z.string() })
      .nullable()
      .meta({ description: "Why the row was rejected." }),
  })
  .meta({ id: "BatchResult", description: "The result of a row." });
export type BatchResult = z.input<typeof BatchResult>;

export const BatchResults = z
  .object({
    results: z.array(BatchResult).meta({ description: "One per row, in the same order." }),
    ignored: Ignored,
  })
  .meta({ id: "BatchResults", description: "The results of all rows." });
