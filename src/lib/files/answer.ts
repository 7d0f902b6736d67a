import { columnName } from "./header";

/**
 * Words for yes and no in lists, in the form of `columnName`: English, German, French, Spanish, Portuguese, Italian,
 * and the most common others.
 */
const NO =
  /^(no|n|f|false|0|never|none|nein|falsch|non|faux|falso|nao|nee|nej|nei|nie|нет|null|nil|n a|unchecked|0000 00 00( 00 00 00)?)$/;
const YES =
  /^(yes|y|x|t|true|1|on|ok|ja|j|wahr|oui|o|vrai|si|s|tak|да|verdadero|sim|verdadeiro|checked|subscribed|active|aktiv|actif|activo|ativo|confirmed|granted|implied|explicit|express|opted in|opt in|single opt in|double opt in|accepted|agreed)$/;
const CROSS = /^[✗✘✕✖❌☐⬜□×][\ufe0e\ufe0f]?$/u;
const CHECK = /^[✓✔✅☑☒🗹●][\ufe0e\ufe0f]?$/u;

/** Whether a cell says no: a word, a zero, a cross, or an empty box. */
export const isNo = (cell: string) => NO.test(columnName(cell)) || CROSS.test(cell.trim());

/** Whether a cell says yes: a word or a check mark. */
export const isYes = (cell: string) => YES.test(columnName(cell)) || CHECK.test(cell.trim());

/** Whether a cell is a mark that is only used for yes. */
export const isMark = (cell: string) => CHECK.test(cell.trim()) || /^(x|1|checked)$/i.test(cell.trim());
