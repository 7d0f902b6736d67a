import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import type { UploadedCode } from "../../ledger/rewards/coupons";
import { csvLines } from "../../lib/csv";
import { invalid } from "../../lib/errors";
import { fileText } from "../../lib/files/file-text";
import { type CodeFile, codesOfCsv, codesOfText, isTableFile } from "../../participants/coupons/code-file";
import { codeList } from "../../participants/coupons/code-list";
import { type Uploaded, validityOf } from "../../participants/coupons/coupon";
import { CODES_MAX, ValidUntil } from "../../participants/coupons/coupon-schema";
import { bodyOf, type Form, submit } from "../ui/form";

/** The date field's text, or null if it is empty. */
const LastDay = z.preprocess((text) => text || null, ValidUntil.nullable());

/**
 * An upload on its way from the form to the preview and back: the text, how to read it, the chosen column, what to do
 * with used codes, the file's name, if any, and the codes' last day.
 */
const Upload = z.object({
  text: z.string(),
  as: z.enum(["table", "list"]).catch("list"),
  column: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  used: z.enum(["leave_out", "take"]).optional().catch(undefined),
  name: z.string().trim().min(1).max(200).nullish().catch(null),
  valid_until: LastDay.optional().catch(undefined),
});
type CodeUpload = z.infer<typeof Upload>;

export const codesOf = ({ text, as, column, used }: CodeUpload) =>
  (as === "table" ? codesOfCsv : codesOfText)(text, { column, withUsed: used === "take" });

export type CodePreview = {
  upload: CodeUpload;
  file: CodeFile;
  first: UploadedCode[];
  total: number;
  duplicates: number;
  invalid: number;
  undated: number;
  over: number;
  left: LeftOut;
};

/** The lines of the first codes that were left out, by reason. */
export type LeftOut = { invalid: number[]; undated: number[]; over: number[] };

export const leftOutOf = (lines: CodeFile["lines"], list: Pick<Uploaded, "invalid_at" | "undated_at" | "over_at">) => {
  const linesAt = (places: number[]) => places.flatMap((at) => lines[at]?.line ?? []);
  return { invalid: linesAt(list.invalid_at), undated: linesAt(list.undated_at), over: linesAt(list.over_at) };
};

const SHOWN = 10;

/** An upload's contents. @throws 400 above 100,000 codes, or if its last day has passed */
export function previewOf(upload: CodeUpload, zone: string | null, now: Date): CodePreview {
  const file = codesOf(upload);
  if (file.lines.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const {
    codes,
    duplicates,
    invalid: bad,
    undated,
    over,
    ...list
  } = codeList(file.lines, validityOf(upload, zone, now));
  return {
    upload,
    file,
    first: codes.slice(0, SHOWN),
    total: codes.length,
    duplicates,
    invalid: bad,
    undated,
    over,
    left: leftOutOf(file.lines, list),
  };
}

/** The pasted codes or the file, or the upload that a preview sends back. */
export async function uploadIn(c: PageContext): Promise<Form<CodeUpload>> {
  const { codes, file, ...sent } = await bodyOf(c);
  const values = { codes, valid_until: sent.valid_until };
  const failed = (message: string) => ({ ok: false as const, values, errors: { codes: message } });
  const kept = Upload.safeParse(sent);
  if (kept.success) return { ok: true, value: kept.data, values: {}, errors: {} };
  const day = LastDay.safeParse(sent.valid_until ?? "");
  if (!day.success) return { ok: false, values, errors: { valid_until: "This is not a date." } };
  const valid_until = day.data;
  const pasted = typeof codes === "string" && codes.trim() !== "" ? codes : null;
  const chosen = file instanceof File && file.size > 0 ? file : null;
  if (file instanceof File && file.name !== "" && !chosen) return failed("This file is empty. Choose another.");
  if (!chosen && pasted === null) return failed("No codes found. Paste codes or choose a file.");
  if (!chosen) return { ok: true, value: { text: pasted ?? "", as: "list", valid_until }, values, errors: {} };
  const { done, form } = await submit({ ok: true, value: chosen, values, errors: {} }, async (read) =>
    fileText(await read.arrayBuffer(), "codes"),
  );
  if (form) return { ...form, ok: false };
  const name = chosen.name.slice(0, 200);
  const upload: CodeUpload = { text: done.text, as: isTableFile(chosen) ? "table" : "list", name, valid_until };
  if (pasted === null) return { ok: true, value: upload, values, errors: {} };
  const own = codesOf(upload).lines;
  const list: CodeUpload = {
    text: [pasted, ...own.map(({ value }) => value)].join("\n"),
    as: "list",
    name,
    valid_until,
  };
  const lines = [...codesOfText(pasted).lines, ...own];
  if (lines.every((line) => line.valid_until === undefined)) return { ok: true, value: list, values, errors: {} };
  const text = csvLines([["code", "valid_until"], ...lines.map((line) => [line.value, line.valid_until ?? null])]);
  return { ok: true, value: { text, as: "table", name, valid_until }, values, errors: {} };
}
