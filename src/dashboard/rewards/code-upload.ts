import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import { invalid } from "../../lib/errors";
import { fileText } from "../../lib/files/file-text";
import { type CodeFile, codesOfCsv, codesOfText, isTableFile } from "../../participants/coupons/code-file";
import { codeList } from "../../participants/coupons/code-list";
import { CODES_MAX } from "../../participants/coupons/coupon-schema";
import { bodyOf, type Form, submit } from "../ui/form";

/**
 * An upload as it goes from the form to the preview and back: the text, how to read it, the column that a person chose,
 * what to do with codes that were used, and the name of the file, if it is one.
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
});
export type CodeUpload = z.infer<typeof Upload>;

export const codesOf = ({ text, as, column, used }: CodeUpload) =>
  (as === "table" ? codesOfCsv : codesOfText)(text, { column, withUsed: used === "take" });

export type CodePreview = {
  upload: CodeUpload;
  file: CodeFile;
  first: string[];
  total: number;
  duplicates: number;
  invalid: number;
  invalidLines: number[];
};

const SHOWN = 10;

/** What an upload holds. @throws 400 above 100,000 codes, or if there is none */
export function previewOf(upload: CodeUpload): CodePreview {
  const file = codesOf(upload);
  if (file.lines.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const { codes, duplicates, invalid_at, ...list } = codeList(file.lines.map(({ value }) => value));
  return {
    upload,
    file,
    first: codes.slice(0, SHOWN).map(({ code }) => code),
    total: codes.length,
    duplicates,
    invalid: list.invalid,
    invalidLines: invalid_at.flatMap((at) => file.lines[at]?.line ?? []),
  };
}

/** The pasted codes or the file, or the upload that a preview sends back. */
export async function uploadIn(c: PageContext): Promise<Form<CodeUpload>> {
  const { codes, file, ...sent } = await bodyOf(c);
  const failed = (message: string) => ({ ok: false as const, values: { codes }, errors: { codes: message } });
  const kept = Upload.safeParse(sent);
  if (kept.success) return { ok: true, value: kept.data, values: {}, errors: {} };
  const pasted = typeof codes === "string" && codes.trim() !== "" ? codes : null;
  const chosen = file instanceof File && file.size > 0 ? file : null;
  if (file instanceof File && file.name !== "" && !chosen) return failed("This file is empty. Choose another.");
  if (!chosen && pasted === null) return failed("No codes found. Paste codes or choose a file.");
  if (!chosen) return { ok: true, value: { text: pasted ?? "", as: "list" }, values: { codes }, errors: {} };
  const { done, form } = await submit({ ok: true, value: chosen, values: {}, errors: {} }, async (read) =>
    fileText(await read.arrayBuffer(), "codes"),
  );
  if (form) return { ...form, ok: false };
  const name = chosen.name.slice(0, 200);
  const upload: CodeUpload = { text: done.text, as: isTableFile(chosen) ? "table" : "list", name };
  if (pasted === null) return { ok: true, value: upload, values: {}, errors: {} };
  const lines = [pasted, ...codesOf(upload).lines.map(({ value }) => value)];
  return { ok: true, value: { text: lines.join("\n"), as: "list", name }, values: {}, errors: {} };
}
