import { isMark, isNo, isYes } from "../../lib/files/answer";
import { columnName } from "../../lib/files/header";

/** Reasons why a row is skipped because of the file's own data. */
export const leftOut = {
  no_consent: "skipped: they did not agree to be emailed",
  unsubscribed: "skipped: they unsubscribed, or their email bounced",
  status: "skipped because of their status in the file",
} as const;
export type LeftOut = keyof typeof leftOut;

const NOT_AGREED =
  /\b(not subscribed|non subscribed|never subscribed|declined|denied|refused|not set|unconfirmed|not confirmed|non marketing contact|nicht abonniert|nicht bestatigt|non confirme|no suscrito|no confirmado|nao confirmado)\b/;
const UNWANTED =
  /\b(unsubscribed?|opted out|opt out|cleaned|bounced?|bouncing|invalid|spam|complain(ed|t)|suppressed|blocklisted|blacklisted|junk|inactive|inaktiv|inactif|inactivo|inativo|do not (email|contact|mail)|abgemeldet|desabonne|dado de baja|descadastrado)\b/;
const GONE =
  /\b(blocked|banned|erased|deleted|archived|rejected|canceled|cancelled|dropped|refunded|gesperrt|geloscht|supprime|bloqueado|eliminado|excluido)\b/;

/** Whether a cell says that a person may, or must not, be emailed. */
export function isAnswer(cell: string): boolean {
  const said = columnName(cell);
  return isYes(cell) || isNo(cell) || [NOT_AGREED, UNWANTED].some((answer) => answer.test(said));
}

/** Whether people skipped for this reason may be imported as people who get no emails. */
export const mayBeMuted = (left: LeftOut | "") => left === "no_consent" || left === "unsubscribed";

/** Whether a column contains checkboxes, where empty means unchecked: all its values are marks, or the same label. */
export const areBoxes = (cells: string[]) => {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const [label = ""] = filled;
  const isLabel = label.trim().includes(" ") && filled.every((cell) => cell === label);
  return filled.length > 0 && filled.length < cells.length && (isLabel || filled.every(isMark));
};

/**
 * Whether the file says that a person must not be emailed or no longer exists, by the cells of the columns that can say
 * so. If a person no longer exists, nothing else in the row matters.
 */
export function leftOutOf(cells: { consent: string[]; refused: string[]; status: string }): LeftOut | "" {
  const status = columnName(cells.status);
  if (GONE.test(status)) return "status";
  const consent = cells.consent.map(columnName);
  const isRefusal = (cell: string) => cell.trim() !== "" && !isNo(cell);
  if (cells.refused.some(isRefusal) || [...consent, status].some((cell) => UNWANTED.test(cell))) return "unsubscribed";
  return cells.consent.some(isNo) || [...consent, status].some((cell) => NOT_AGREED.test(cell)) ? "no_consent" : "";
}
