import { isMark, isNo, isYes } from "../../lib/files/answer";
import { columnName } from "../../lib/files/header";

/** Why a row is left out: the file itself says so. */
export const leftOut = {
  no_consent: "left out: they did not agree to be emailed",
  unsubscribed: "left out: they unsubscribed, or their address bounced",
  status: "left out because of their status in the file",
} as const;
export type LeftOut = keyof typeof leftOut;

const NOT_AGREED =
  /\b(not subscribed|non subscribed|never subscribed|declined|denied|refused|not set|unconfirmed|not confirmed|non marketing contact|nicht abonniert|nicht bestatigt|non confirme|no suscrito|no confirmado|nao confirmado)\b/;
const UNWANTED =
  /\b(unsubscribed?|opted out|opt out|cleaned|bounced?|bouncing|invalid|spam|complain(ed|t)|suppressed|blocklisted|blacklisted|junk|inactive|inaktiv|inactif|inactivo|inativo|do not (email|contact|mail)|abgemeldet|desabonne|dado de baja|descadastrado)\b/;
const GONE =
  /\b(blocked|banned|erased|deleted|archived|rejected|canceled|cancelled|dropped|refunded|gesperrt|geloscht|supprime|bloqueado|eliminado|excluido)\b/;

/** Whether a cell says that a person may be emailed, or must not be. */
export function isAnswer(cell: string): boolean {
  const said = columnName(cell);
  return isYes(cell) || isNo(cell) || [NOT_AGREED, UNWANTED].some((answer) => answer.test(said));
}

/** Whether people who are left out for this may be imported as people who get no emails. */
export const mayBeMuted = (left: LeftOut | "") => left === "no_consent" || left === "unsubscribed";

/** Whether a column is one of boxes, of which those that nobody checked are empty: it has marks, or one and the same label. */
export const areBoxes = (cells: string[]) => {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const [label = ""] = filled;
  const isLabel = label.trim().includes(" ") && filled.every((cell) => cell === label);
  return filled.length > 0 && filled.length < cells.length && (isLabel || filled.every(isMark));
};

/**
 * Whether the file says that a person must not be emailed, or is none any more, by the cells of the columns that can say
 * it. A person who is gone is gone, whatever else the row says.
 */
export function leftOutOf(cells: { consent: string[]; refused: string[]; status: string }): LeftOut | "" {
  const status = columnName(cells.status);
  if (GONE.test(status)) return "status";
  const consent = cells.consent.map(columnName);
  const isRefusal = (cell: string) => cell.trim() !== "" && !isNo(cell);
  if (cells.refused.some(isRefusal) || [...consent, status].some((cell) => UNWANTED.test(cell))) return "unsubscribed";
  return cells.consent.some(isNo) || [...consent, status].some((cell) => NOT_AGREED.test(cell)) ? "no_consent" : "";
}
