import { DAY_MS } from "../../lib/day";
import { localMinute, momentIn } from "../../lib/time-zone";

const DATE = /^\d{4}-\d\d-\d\d$/;
/** A date with a time, with or without a UTC offset. */
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?$/i;

/** Whether the date exists: engines read February 30 as March 2. */
const isDay = (day: string) => {
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** The last time when a code can be used, in milliseconds, and its date. */
export type Last = { valid_until: number; last_day: string };

/**
 * The last time when a code can be used: the end of a day in a time zone, or the given time, in that zone if it has no
 * offset. Null if the text is neither.
 */
export function lastMoment(text: string, zone: string): Last | null {
  if (DATE.test(text)) {
    if (!isDay(text) || text.startsWith("9999")) return null;
    const next = new Date(Date.parse(`${text}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);
    return { valid_until: Date.parse(momentIn(next, zone)) - 1, last_day: text };
  }
  const [, day = "", time, offset] = TIME.exec(text) ?? [];
  if (!isDay(day)) return null;
  const at = Date.parse(offset ? `${day}T${time}${offset.toUpperCase()}` : momentIn(`${day}T${time}`, zone));
  return Number.isNaN(at) ? null : { valid_until: at, last_day: localMinute(new Date(at), zone).slice(0, 10) };
}
