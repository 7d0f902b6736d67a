/** Whether the day or the month comes first in dates like 3/5/2026. */
export type DateOrder = "day" | "month";

const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)$/;
/** Seconds or milliseconds since 1970, between 2001 and 2100. */
const EPOCH = /^(\d{10}|\d{13})$/;
/** A spreadsheet's serial day number, between 1982 and 2064, with the fraction of the day. */
const SERIAL = /^([3-5]\d{4})(?:\.(\d{1,10}))?$/;
/** The serial number of January 1, 1970. */
const SERIAL_1970 = 25_569;
const DAY_MS = 86_400_000;

const TIME =
  /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?\s?([ap]m)?\s?(z|[a-z]{3,4}|(?:utc|gmt)?[+-]\d\d(?::?\d\d)?)?(?:\s\([^()]{1,40}\))?$/;
/** The characters between a date and its time. */
const BEFORE_TIME = /(?:t|,|\sat|\sum|\s[aà]\slas)$/;

/** The first letters of the months in English, German, French, Spanish, and Portuguese, without accents. */
const MONTHS = [
  ...["jan ene", "feb fev", "mar", "apr abr avr", "may mai", "jun juin", "jul juil", "aug ago aou"],
  ...["sep set", "oct okt out", "nov", "dec dez dic"],
].map((starts) => starts.split(" "));

/** UTC offsets in hours, by the names that programs write. */
const ZONES: Record<string, number> = {
  ...{ z: 0, utc: 0, gmt: 0, bst: 1, cet: 1, cest: 2 },
  ...{ est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 },
};

/** A cell's date and time. The time may be empty. */
function partsOf(cell: string) {
  const text = cell
    .trim()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/([ap])\.m\.?/, "$1m")
    .replace(/ uhr$/, "");
  const at = text.search(/\d{1,2}:\d\d/);
  if (at < 0) return { day: text, time: "" };
  return { day: text.slice(0, at).trim().replace(BEFORE_TIME, "").trim(), time: text.slice(at) };
}

/**
 * The order of day and month in a column: the one that fits all dates. Dots mean that the day comes first. Null if both
 * orders fit and at least one date is ambiguous, so a person must choose.
 */
export function dateOrderOf(cells: string[]): DateOrder | null {
  let isOpen = false;
  let order: DateOrder | undefined;
  for (const cell of cells) {
    const match = NUMBERS.exec(partsOf(cell).day);
    if (!match) continue;
    const [, first, mark, second] = match;
    if (mark === "." || Number(first) > 12) order ??= "day";
    else if (Number(second) > 12) order ??= "month";
    else if (first !== second) isOpen = true;
  }
  return order ?? (isOpen ? null : "day");
}

/** The time in a cell, in UTC unless it has another zone. Null if it cannot be read. */
export function dateIn(cell: string, order: DateOrder): Date | null {
  const text = cell.trim();
  const epoch = EPOCH.exec(text)?.[1];
  if (epoch) return new Date(Number(epoch) * (epoch.length === 10 ? 1000 : 1));
  if (SERIAL.test(text)) return new Date(Math.round((Number(text) - SERIAL_1970) * DAY_MS));
  const { day, time } = partsOf(cell);
  const date = dayIn(day, order);
  const clock = time === "" ? 0 : clockIn(time);
  return date === null || clock === null ? null : new Date(date.getTime() + clock);
}

function dayIn(text: string, order: DateOrder): Date | null {
  const [, year, month, day] = YEAR_FIRST.exec(text) ?? COMPACT.exec(text) ?? [];
  if (day !== undefined) return existing(Number(year), Number(month), Number(day));
  const [, first, , second, last] = NUMBERS.exec(text) ?? [];
  if (last === undefined) return namedDay(text);
  const [d, m] = order === "day" ? [first, second] : [second, first];
  return existing(inFull(Number(last)), Number(m), Number(d));
}

/** A date with the month's name, and possibly the weekday. */
function namedDay(text: string): Date | null {
  const words = text.split(/[\s,./-]+/).filter((word) => word !== "" && !/^(de|del|of|the)$/.test(word));
  const numbers = words.flatMap((word) => /^(\d{1,4})(?:st|nd|rd|th|er)?$/.exec(word)?.[1] ?? []).map(Number);
  const names = words.filter((word) => /^[a-z]{2,10}$/.test(word));
  const month = MONTHS.findIndex((starts) => starts.some((start) => names.at(-1)?.startsWith(start)));
  if (numbers.length !== 2 || names.length > 2 || names.length + 2 !== words.length || month < 0) return null;
  const [a = 0, b = 0] = numbers;
  return a > 31 ? existing(a, month + 1, b) : existing(inFull(b), month + 1, a);
}

const inFull = (year: number) => (year < 100 ? 2000 + year : year);

function existing(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

/** Milliseconds since the start of the day in UTC. */
function clockIn(text: string): number | null {
  const [found, hours = "", minutes = "", seconds = "0", half, zone = "z"] = TIME.exec(text) ?? [];
  const offset = offsetOf(zone);
  const hour = half ? (Number(hours) % 12) + (half === "pm" ? 12 : 0) : Number(hours);
  if (found === undefined || offset === null || hour > 23 || Number(minutes) > 59) return null;
  return Math.floor((hour * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000) - offset;
}

/** The UTC offset in milliseconds. */
function offsetOf(zone: string): number | null {
  const [, sign, hours, minutes = "0"] = /^(?:utc|gmt)?([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign !== undefined) return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const named = ZONES[zone];
  return named === undefined ? null : named * 3_600_000;
}
