import { z } from "zod";
import { Flag } from "../../lib/fields";
import { type LeftOut, leftOut } from "./import-left-out";

export const ROWS_MAX = 100_000;
/** Includes empty lines. */
export const LINES_MAX = 400_000;
/** Rows per request. */
export const RUN_MAX = 1_000;

const Cell = z.string().max(2000);

/**
 * A row of the file: its first line number, the email, the name, the external ID, the referrer's code, the referrer's
 * email or participant ID, the date, the metadata as JSON, the reason for skipping the row (`""` for none, or `muted`
 * for importing it without emails), the participant's codes in other products, separated by spaces, and the checkout
 * code.
 */
export const SentRow = z.tuple([
  z.int().min(1).max(LINES_MAX),
  Cell,
  Cell,
  Cell,
  Cell,
  Cell,
  Cell,
  Cell,
  z.enum(["", "muted", ...(Object.keys(leftOut) as LeftOut[])]),
  Cell.default(""),
  Cell.default(""),
]);
export type SentRow = z.infer<typeof SentRow>;

const isTold = Flag.default(false);

/** A request to import some rows of an upload. The token identifies the upload. */
export const RunForm = z.object({
  token: z.string().max(1000),
  rows: z.string(),
  emails: isTold,
  webhooks: isTold,
  as: z.enum(["csv"]).nullish().catch(null),
});
