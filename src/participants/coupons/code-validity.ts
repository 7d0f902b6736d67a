import { DAY_MS } from "../../lib/day";
import { localMinute, momentIn } from "../../lib/time-zone";

const DATE = /^\d{4}-\d\d-\d\d$/;
/** A time of a day, with or without its offset from UTC. */
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?$/i;

/** Whether the calendar has the day: engines read February 30 as March 2. */
const isDay = (day: string) => {
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** The last moment at which a code can be used, in milliseconds, and the day of that moment. */
export type Last = { valid_until: number; last_day: string };

/**
 * The last moment at which a code can be used: the end of a day in a zone, or the moment itself, in that
 * zone if it names no offset. Null if the text is neither.
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
