import { z } from "zod";
import { Email, line, TimeIn } from "../../lib/fields";

export const ROWS_MAX = 10_000;
/** Including empty lines. */
export const LINES_MAX = 100_000;
export const BYTES_MAX = 5_000_000;
/** Rows per request. */
export const RUN_MAX = 1_000;

/** A row of the file. The first element is the line number on which it begins. */
export const SentRow = z.tuple([
  z.int().min(1).max(LINES_MAX),
  z.string().max(2000),
  z.string().max(2000),
  z.string().max(2000),
  z.string().max(2000),
  z.string().max(2000),
  z.string().max(2000),
]);
export type SentRow = z.infer<typeof SentRow>;

/** The columns, in the order of a sent row, with other names that are accepted for them. */
export const columns = {
  email: {
    names: ["email", "e_mail", "mail", "email_address", "mail_address"],
    about: "the email address; the only required column",
  },
  name: { names: ["name", "full_name"], about: "the name" },
  external_id: { names: ["external_id", "customer_id", "user_id"], about: "your own ID for the participant" },
  referral_code: { names: ["referral_code", "code", "ref"], about: "the referrer's referral code" },
  invited_by: {
    names: ["invited_by", "invited_by_email", "referrer", "referred_by"],
    about: "or the referrer's email, if they are in this campaign or file",
  },
  date: {
    names: ["date", "date_signedup", "signed_up", "created_at"],
    about: "signup date, like 2026-01-31 or 2026-01-31T12:00:00Z",
  },
} as const;

/** Databases write `2026-01-31 12:00`. */
const Day = z
  .string()
  .transform((text) => text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T"))
  .pipe(TimeIn);

const maybe = <S extends z.ZodType>(schema: S) =>
  z.preprocess((text) => (typeof text === "string" && text.trim() === "" ? null : text), schema.nullable());

export const ImportedPerson = z.object({
  email: Email,
  name: maybe(line(200)),
  external_id: maybe(line(200)),
  referral_code: maybe(line(500)),
  invited_by: maybe(Email),
  date: maybe(Day),
});
export type ImportedPerson = z.infer<typeof ImportedPerson>;

/** A request to import some rows of an upload. The token names the upload. */
export const RunForm = z.object({
  token: z.string().max(1000),
  rows: z.string(),
  as: z.enum(["csv"]).nullish().catch(null),
});
