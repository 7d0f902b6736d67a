import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import type { MemberCtx } from "../../lib/ctx";
import { fileText } from "../../lib/files/file-text";
import { type Choice, importFile } from "../../participants/imports/import-file";
import { keepLayout, layoutFor } from "../../participants/imports/import-layout";
import { type Role, roleNames } from "../../participants/imports/import-roles";
import { bodyOf, type Form, submit } from "../ui/form";

/** The most columns that a person can choose for. */
const COLUMNS_MAX = 500;

const RoleIn = z.enum(roleNames).nullable().catch(null);

/** An upload as it goes from the form to the preview and back: the text, and what a person chose. */
export type ImportUpload = { text: string; choice: Choice };

/** The file as it will be read: as chosen, or else as the last file with the same columns was read. */
export async function previewOf(ctx: MemberCtx, { text, choice }: ImportUpload) {
  const file = importFile(text, choice);
  if (choice.roles || choice.dates || choice.mute) {
    const chosen = { roles: file.columns.map(({ role }) => role), dates: choice.dates };
    await keepLayout(ctx, file.columns, chosen);
    return file;
  }
  const kept = await layoutFor(ctx, file.columns);
  return kept ? importFile(text, kept) : file;
}

/** The uploaded file or the pasted text, or the upload that a preview sends back with what was chosen there. */
export async function uploadIn(c: PageContext): Promise<Form<ImportUpload>> {
  const { file, text, kept, dates, ...sent } = await bodyOf(c);
  if (typeof kept === "string" && kept !== "")
    return { ok: true, value: { text: kept, choice: choiceIn({ ...sent, dates }) }, values: {}, errors: {} };
  const pasted = typeof text === "string" && text.trim() !== "" ? text : null;
  const values = { text: pasted !== null && pasted.length < 100_000 ? pasted : "" };
  const failed = (message: string) => ({ ok: false as const, values, errors: { file: message } });
  const chosen = file instanceof File && file.size > 0 ? file : null;
  if (chosen && pasted !== null) return failed("Choose a file or paste rows, not both.");
  if (!chosen && pasted === null) return failed("Choose a file or paste rows below.");
  if (!chosen) return { ok: true, value: { text: pasted ?? "", choice: {} }, values, errors: {} };
  const { done, form } = await submit({ ok: true, value: chosen, values, errors: {} }, async (read) =>
    fileText(await read.arrayBuffer()),
  );
  return done ? { ok: true, value: { text: done.text, choice: {} }, values, errors: {} } : { ...form, ok: false };
}

/** The choices of the preview's form: `role.0`, `role.1`, …, `dates`, and `unwilling`. Only the first two are remembered. */
function choiceIn(sent: Record<string, unknown>): Choice {
  const roles: (Role | null)[] = [];
  for (let n = 0; n < COLUMNS_MAX && `role.${n}` in sent; n++) roles.push(RoleIn.parse(sent[`role.${n}`]));
  const dates = z.enum(["day", "month"]).optional().catch(undefined).parse(sent.dates);
  return { ...(roles.length > 0 && { roles }), dates, mute: sent.unwilling === "mute" };
}
