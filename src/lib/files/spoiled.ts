/** A long number as a spreadsheet shows and saves it, without its last digits, and what a formula that failed gives. */
const SPOILED =
  /^(?:\d(?:[.,]\d{1,15})?E\+\d{2}|#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|NV|WERT!|BEZUG!)|#{4,})$/i;

/** Whether a cell lost what it held when a spreadsheet saved it. */
export const isSpoiled = (cell: string) => SPOILED.test(cell);
