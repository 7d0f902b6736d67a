import { columnName } from "../../lib/files/header";

/** Why a row is left out: the file itself says so. */
export const leftOut = {
  no_consent: "left out: they did not agree to be emailed",
  unsubscribed: "left out: they unsubscribed, or their address bounced",
  status: "left out because of their status in the file",
} as const;
export type LeftOut = keyof typeof leftOut;

const NO = /^(no|n|f|false|0|never|none|nein|non|nao)$/;
const NOT_AGREED =
  /^(not subscribed|non subscribed|never subscribed|unsubscribed|declined|denied|refused|opted out|opt out|cleaned|bounced|nicht abonniert|desabonne|no suscrito)$/;
const GONE =
  /\b(unsubscribed|opted out|opt out|cleaned|bounced?|hard bounce|blocked|banned|spam|complain(ed|t)|suppressed|erased|deleted|archived|rejected|canceled|cancelled|dropped|refunded|abgemeldet|gesperrt|desabonne|dado de baja|descadastrado|bloqueado)\b/;

/** Whether the file says that a person must not be written to, by the cells of the columns that can say it. */
export function leftOutOf(cells: { consent: string; refused: string; status: string }): LeftOut | "" {
  const consent = columnName(cells.consent);
  const refused = columnName(cells.refused);
  const status = columnName(cells.status);
  if (NO.test(consent) || NOT_AGREED.test(consent)) return "no_consent";
  if (refused && !NO.test(refused)) return "unsubscribed";
  return status && GONE.test(status) ? "status" : "";
}
