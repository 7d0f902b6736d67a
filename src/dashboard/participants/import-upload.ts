import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import type { MemberCtx } from "../../lib/ctx";
import { bytesAsText, encodings, readAs, UNKNOWN } from "../../lib/files/encoding";
import { fileText } from "../../lib/files/file-text";
import { type Choice, importFile } from "../../participants/imports/import-file";
import { keepLayout, layoutFor } from "../../participants/imports/import-layout";
import { type Role, roleNames } from "../../participants/imports/import-roles";
import { bodyOf, type Form, submit } from "../ui/form";

/** The maximum number of columns to choose for. */
const COLUMNS_MAX = 500;

/** Null for Unicode text. */
const EncodingIn = z
  .enum([...encodings.map(([encoding]) => encoding), UNKNOWN])
  .nullable()
  .catch(null);
const RoleIn = z.enum(roleNames).nullable().catch(null);

/**
 * An upload on its way from the form to the preview and back: the text, and the person's choices. A file that is not
 * Unicode is kept as its bytes, with its encoding.
 */
export type ImportUpload = { kept: string; encoding: string | null; choice: Choice };

/** The file as it will be read, and its encoding: as chosen, or as in the last file with the same columns. */
export async function previewOf(ctx: MemberCtx, { kept, encoding, choice }: ImportUpload) {
  const file = fileIn(kept, encoding, choice);
  // Detected encodings differ between files. Bytes do not.
  const { columns } = encoding === null ? file : fileIn(kept, UNKNOWN);
  if (choice.roles || choice.dates || choice.mute) {
    const roles = file.columns.map(({ role }) => role);
    await keepLayout(ctx, columns, { roles, dates: choice.dates, encoding: encoding === UNKNOWN ? null : encoding });
    return { file, encoding };
  }
  const layout = await layoutFor(ctx, columns);
  if (!layout) return { file, encoding };
  const known = encoding === null ? null : (EncodingIn.parse(layout.encoding) ?? encoding);
  return { file: fileIn(kept, known, layout), encoding: known };
}

const fileIn = (kept: string, encoding: string | null, choice?: Choice) =>
  importFile(encoding === null ? kept : readAs(encoding, kept), choice);

/** The uploaded file or pasted text, or the upload that a preview sends back with the choices made there. */
export async function uploadIn(c: PageContext): Promise<Form<ImportUpload>> {
  const { file, text, kept, encoding, ...sent } = await bodyOf(c);
  const uploaded = (value: ImportUpload, values = {}) => ({ ok: true as const, value, values, errors: {} });
  if (typeof kept === "string" && kept !== "")
    return uploaded({ kept, encoding: EncodingIn.parse(encoding), choice: choiceIn(sent) });
  const pasted = typeof text === "string" && text.trim() !== "" ? text : null;
  const values = { text: pasted !== null && pasted.length < 100_000 ? pasted : "" };
  const failed = (message: string) => ({ ok: false as const, values, errors: { file: message } });
  const chosen = file instanceof File && file.size > 0 ? file : null;
  if (file instanceof File && file.name !== "" && !chosen) return failed("This file is empty. Choose another.");
  if (chosen && pasted !== null) return failed("Choose a file or paste rows, not both.");
  if (!chosen && pasted === null) return failed("Choose a file or paste rows below.");
  if (!chosen) return uploaded({ kept: pasted ?? "", encoding: null, choice: {} }, values);
  const { done, form } = await submit({ ok: true, value: chosen, values, errors: {} }, async (read) => {
    const bytes = await read.arrayBuffer();
    const { text, encoding } = fileText(bytes, "file", { mayBeUnknown: true });
    return encoding.startsWith("utf") ? { kept: text, encoding: null } : { kept: bytesAsText(bytes), encoding };
  });
  return done ? uploaded({ ...done, choice: {} }, values) : { ...form, ok: false };
}

/** The choices in the preview's form: `role.0`, `role.1`, …, `dates`, and `unwilling`, which is not remembered. */
function choiceIn(sent: Record<string, unknown>): Choice {
  const roles: (Role | null)[] = [];
  for (let n = 0; n < COLUMNS_MAX && `role.${n}` in sent; n++) roles.push(RoleIn.parse(sent[`role.${n}`]));
  const dates = z.enum(["day", "month"]).optional().catch(undefined).parse(sent.dates);
  return { ...(roles.length > 0 && { roles }), dates, mute: sent.unwilling === "mute" };
}
