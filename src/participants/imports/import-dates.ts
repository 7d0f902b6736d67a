/** Whether the day or the month comes first in dates like 3/5/2026. */
export type DateOrder = "day" | "month";

const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]m)?)?$/i;
const YEAR_FIRST =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T,]?\s*(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;
/** With the month's name in English. */
const NAMED =
  /^(?:[a-z]{3,9},?\s+)?(?:\d{1,2}\s+[a-z]{3,9}|[a-z]{3,9}\.?\s+\d{1,2}),?\s+\d{4}(?:,?\s+\d{1,2}:\d\d(?::\d\d)?)?$/i;
/** Seconds or milliseconds since 1970, between 2001 and 2100. */
const EPOCH = /^(\d{10}|\d{13})$/;

/**
 * The order of day and month in a column: the one that all dates allow. Dots mean that the day comes first. Null if the
 * dates allow both and at least one is ambiguous, so that a person must say.
 */
export function dateOrderOf(cells: string[]): DateOrder | null {
  let isOpen = false;
  let order: DateOrder | undefined;
  for (const cell of cells) {
    const match = NUMBERS.exec(cell.trim());
    if (!match) continue;
    const [, first, mark, second] = match;
    if (mark === "." || Number(first) > 12) order ??= "day";
    else if (Number(second) > 12) order ??= "month";
    else if (first !== second) isOpen = true;
  }
  return order ?? (isOpen ? null : "day");
}

/** The moment that a cell names, in UTC unless it says otherwise. Null if it cannot be read. */
export function dateIn(cell: string, order: DateOrder): Date | null {
  const text = cell.trim();
  const epoch = EPOCH.exec(text)?.[1];
  if (epoch) return new Date(Number(epoch) * (epoch.length === 10 ? 1000 : 1));
  const iso = YEAR_FIRST.exec(text);
  if (iso) {
    const [, year, month, day, hours = "0", minutes = "0", seconds = "0", zone = "Z"] = iso;
    return moment([year, month, day, hours, minutes, seconds], zone);
  }
  if (NAMED.test(text)) return existing(new Date(`${text} UTC`));
  const match = NUMBERS.exec(text);
  if (!match) return null;
  const [, first, , second, year = "", hours = "0", minutes = "0", seconds = "0", half] = match;
  const [day, month] = order === "day" ? [first, second] : [second, first];
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0) : Number(hours);
  return moment([year.length === 2 ? `20${year}` : year, month, day, String(hour), minutes, seconds], "Z");
}

const existing = (date: Date) => (Number.isNaN(date.getTime()) ? null : date);

function moment(parts: (string | undefined)[], zone: string): Date | null {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hours, minutes, 0, Math.round(seconds * 1000)));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hours < 24 && minutes < 60;
  if (!isReal || Number.isNaN(date.getTime())) return null;
  return new Date(date.getTime() - offsetOf(zone));
}

/** In milliseconds east of Greenwich. */
function offsetOf(zone: string) {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
