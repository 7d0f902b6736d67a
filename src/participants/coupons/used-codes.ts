import { isNo, isYes } from "../../lib/files/answer";
import { columnName } from "../../lib/files/header";
import type { Row } from "../../lib/files/table";

/**
 * What a column says about codes: that they were used, that they can be used, how many uses are left, or their status.
 */
type Usage = "used" | "usable" | "left" | "status";

/** Matches the words of a column's name, in English, German, French, Spanish, and Portuguese, without accents. */
const NAMES: [usage: Usage, words: RegExp][] = [
  [
    "left",
    /\b(remaining|remain|left|balance|verbleibend\w*|ubrig\w*|restguthaben|guthaben|restants?|restantes?|solde|saldo)\b/,
  ],
  [
    "usable",
    /\b(unused|unredeemed|not (used|redeemed)|available|active|enabled|valid|usable|unbenutzt|nicht (eingelost|benutzt)|verfugbar|aktiv|gultig|disponible|inutilise|actif|valide|sin (usar|canjear)|activo|valido|disponivel|nao (usado|resgatado)|ativo)\b/,
  ],
  [
    "used",
    /\b(used|usage|uses|redeemed|redemptions?|claimed|consumed|spent|taken|sold|assigned|allocated|distributed|given(?! names?)|sent|eingelost|einlosung(en)?|benutzt|verwendet|verwendung(en)?|verbraucht|genutzt|nutzung(en)?|vergeben|zugewiesen|verschickt|utilisee?s?|utilisations?|consommee?|attribuee?|distribuee?|envoyee?|usad[oa]s?|usos?|utilizad[oa]s?|utilizaciones|canjead[oa]s?|canjes?|asignad[oa]|entregad[oa]|enviad[oa]|resgatad[oa]s?|resgates?|atribuid[oa])\b/,
  ],
  ["status", /\b(status|state|zustand|statut|etat|estado|situacao|situacion)\b/],
];
/** Who may use a code, and when, says nothing about whether somebody did. */
const VALIDITY =
  /\b(from|until|till|through|to date|since|dates?|days|start\w*|end\w*|expir\w*|ab|bis|von|datum|jusqu au|a partir|desde|hasta|fecha|ate|data|for|countr\w*|products?)\b/;
const LIMIT = /\b(max|maximum|maximal|limit|limits|limite|per|pro|allowed|min|minimum)\b/;
/** A limit per customer says nothing about the code. */
const EACH = /\b(customers?|users?|person|kunden?|clients?|clientes?|utilisateurs?|usuarios?)\b/;
/** A column of codes, like "Used codes", next to the one that is imported. */
const OF_CODES = /(codes?|codigos?|coupons?|vouchers?|gutscheine?|cupon(es)?|cup(om|ons))$/;

/** What a column says about codes, by its name. Null for all other columns. */
export function usageOf(name: string): Usage | null {
  if (OF_CODES.test(name) || /\b(type|typ|tipo)\b/.test(name)) return null;
  const [usage] = NAMES.find(([, words]) => words.test(name)) ?? [];
  if (usage === undefined || (usage === "usable" && VALIDITY.test(name))) return null;
  return usage;
}

const UNUSED =
  /^(unused|not (yet )?(used|redeemed|claimed|assigned|sold|sent)|unredeemed|unclaimed|unassigned|available|active|enabled|new|open|free|valid|unbenutzt|nicht (eingelost|benutzt|verwendet|vergeben)|verfugbar|offen|frei|aktiv|gultig|non utilisee?|disponible|libre|valide|actif|no (usado|canjeado|utilizado)|sin (usar|canjear)|activo|nao (usado|resgatado|utilizado)|disponivel|livre|ativo|single|multi|once|one time|unlimited|einmalig|mehrfach)\b/;
/** Codes that must not be assigned: used, given to someone else, or void. */
const SPENT =
  /\b(used|redeemed|claimed|consumed|spent|taken|sold|assigned|allocated|distributed|given|sent|expired|disabled|deactivated|inactive|void|voided|invalid|cancell?ed|deleted|archived|exhausted|depleted|revoked|blocked|eingelost|benutzt|verwendet|verbraucht|genutzt|vergeben|zugewiesen|verkauft|verschickt|abgelaufen|gesperrt|deaktiviert|inaktiv|ungultig|storniert|utilisee?|consommee?|attribuee?|vendue?|envoyee?|expiree?|perimee?|desactivee?|inactif|annulee?|invalide|(usad|utilizad|canjead|asignad|entregad|enviad|vendid|vencid|expirad|caducad|desactivad|inactiv|anulad|cancelad|agotad|resgatad|atribuid|desativad|inativ|esgotad|invalid)[oa])\b/;
/** The number of uses and the maximum: "1 / 1", "0 of 1". */
const OF_TIMES = /^(\d{1,9})\s?(?:\/|of|von|sur|de)\s?(\d{1,9}|∞|unlimited)$/i;
const NUMBER = /^[$€£]?\s?\d{1,9}(?:[.,]\d{1,2})?\s?[$€£%]?$/;

const numberIn = (cell: string) => (NUMBER.test(cell) ? Number(cell.replace(/[^\d.,]/g, "").replace(",", ".")) : null);

/** Whether a cell marks a code as spent. `limit` is the code's maximum number of uses, if the list has it. */
function isSpent(usage: Usage, cell: string, limit: number): boolean {
  const said = columnName(cell);
  const [, times, of] = OF_TIMES.exec(cell) ?? [];
  if (times !== undefined) return usage === "used" && Number(times) >= (Number(of) || Number.POSITIVE_INFINITY);
  if (cell === "" || UNUSED.test(said)) return false;
  const number = numberIn(cell);
  if (usage === "left") return number === 0;
  if (usage === "status") return SPENT.test(said);
  if (usage === "usable") return isNo(cell) || SPENT.test(said);
  return number === null ? isYes(cell) || (/[\p{L}\p{N}]/u.test(cell) && !isNo(cell)) : number >= limit;
}

/**
 * The codes that a list's usage columns mark as used, given away, or void. `code` is the index of the code column.
 * `columns` are the names of the usage columns.
 */
export function usedCodes(header: Row | null, rows: Row[], code: number) {
  const names = header?.cells.map(columnName) ?? [];
  const isLimit = (column: number) => LIMIT.test(names[column] ?? "");
  const limits = names.flatMap((name, column) => (isLimit(column) && !EACH.test(name) ? [column] : []));
  const telling = names.flatMap((name, column) => {
    const usage = column === code ? null : usageOf(name);
    return usage === null ? [] : [{ usage, column }];
  });
  const columns = new Set<string>();
  const used = rows.filter(({ cells }) => {
    const cell = (column: number) => (cells[column] ?? "").trim();
    const [limit] = limits.filter((column) => !OF_TIMES.test(cell(column)));
    // An empty limit means no limit.
    const max = limit === undefined ? 1 : numberIn(cell(limit)) || Number.POSITIVE_INFINITY;
    const saying = telling.filter(
      ({ usage, column }) => (!isLimit(column) || OF_TIMES.test(cell(column))) && isSpent(usage, cell(column), max),
    );
    for (const { column } of saying) columns.add(header?.cells[column]?.trim() ?? "");
    return saying.length > 0;
  });
  return { used: new Set(used), columns: [...columns] };
}
