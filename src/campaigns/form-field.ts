import { z } from "zod";
import { Flag, line, WebUrl } from "../lib/fields";

const FIELDS_MAX = 8;
const OPTIONS_MAX = 30;

const fieldTypes = ["text", "phone", "select", "checkbox", "consent"] as const;

/** Names that the form or a participant's stored data already uses. */
const TAKEN = new Set([
  "name",
  "email",
  "ref",
  "form_token",
  "form_id",
  "turnstile_token",
  "more_remarks",
  "constructor",
]);

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "must be lowercase letters, digits, and underscores")
  .refine((key) => !TAKEN.has(key), "is reserved");

/** A form field besides name and email. */
export const FormField = z
  .object({
    key: Key.meta({ description: "The name of the answer in the participant's `metadata`.", example: "phone" }),
    type: z.enum(fieldTypes).meta({
      description:
        "`consent` is a checkbox. Its answer is stored with its wording, link, and time: `{agreed, text, url, at}`.",
    }),
    label: line(500).min(1),
    required: Flag.default(false),
    options: z.array(line(100).min(1)).max(OPTIONS_MAX).default([]).meta({ description: "The choices of a `select`." }),
    url: WebUrl.nullable()
      .default(null)
      .meta({ description: "For `consent`: a link to the full document, such as your terms." }),
  })
  .refine(({ type, options }) => type !== "select" || options.length > 0, { path: ["options"], error: "is required" })
  .meta({ id: "FormField", description: "A form field." });
export type FormField = z.output<typeof FormField>;

export const FormFields = z
  .array(FormField)
  .max(FIELDS_MAX)
  .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, "must have different keys");

/** The form field as the API returns it. */
export const ShownField = z
  .object({
    key: z.string(),
    type: z.enum(fieldTypes),
    label: z.string(),
    required: z.boolean(),
    options: z.array(z.string()),
    url: z.string().nullable(),
  })
  .meta({ id: "WidgetFormField", description: "A form field besides name and email." });

/** A visitor's answers: texts, and whether boxes are checked. */
export const Answers = z
  .record(z.string().max(60), z.union([z.string().max(500), z.boolean(), z.null()]))
  .refine((answers) => Object.keys(answers).length <= 2 * FIELDS_MAX, "has too many entries");
export type Answers = z.output<typeof Answers>;

const ANSWER_MAX = 200;
/** Phone numbers as people in any country type them. */
const PHONE = /^\+?[\d\s()./-]{5,30}$/;
const PHONE_DIGITS = { min: 5, max: 15 };

type Wrong = "required" | "must_agree" | "bad_phone" | "choose";
type Read = { stored: Record<string, unknown>; wrong: Record<string, Wrong> };

/** Reads the answers to these fields. Answers to unknown fields are ignored. */
export function answersTo(fields: FormField[], sent: Answers, now: Date): Read {
  const read: Read = { stored: {}, wrong: {} };
  for (const field of fields) {
    const { key, required } = field;
    const value = answerTo(field, sent[key], now);
    if (value === undefined && required) read.wrong[key] = isBox(field) ? "must_agree" : "required";
    else if (value === null) read.wrong[key] = field.type === "phone" ? "bad_phone" : "choose";
    else if (value !== undefined) read.stored[key] = value;
  }
  return read;
}

const isBox = ({ type }: FormField) => type === "checkbox" || type === "consent";
const isChecked = (sent: Answers[string] | undefined) => sent === true || sent === "on" || sent === "true";

/** The value to store. Undefined without an answer, null if the field does not accept it. */
function answerTo({ type, options, label, url }: FormField, sent: Answers[string] | undefined, now: Date) {
  if (type === "consent")
    return isChecked(sent) ? { agreed: true, text: label, url, at: now.toISOString() } : undefined;
  if (type === "checkbox") return isChecked(sent) ? true : undefined;
  const typed = typeof sent === "string" ? line(ANSWER_MAX).safeParse(sent).data : undefined;
  if (typeof sent === "string" && typed === undefined) return null;
  if (!typed) return undefined;
  if (type === "select") return options.includes(typed) ? typed : null;
  if (type === "phone") {
    const digits = typed.replace(/\D/g, "").length;
    return PHONE.test(typed) && digits >= PHONE_DIGITS.min && digits <= PHONE_DIGITS.max ? typed : null;
  }
  return typed;
}
