/** A long number that a spreadsheet shortened when saving, and the output of a failed formula. */
const SPOILED =
  /^(?:\d(?:[.,]\d{1,15})?E\+\d{2}|#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|NV|WERT!|BEZUG!)|#{4,})$/i;

/** Whether a cell lost its value when a spreadsheet saved it. */
export const isSpoiled = (cell: string) => SPOILED.test(cell);
