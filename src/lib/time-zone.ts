import { z } from "zod";
import { DAY_MS } from "./day";

/** The time zone of accounts that did not choose one. */
export const UTC = "UTC";

/** The zone's name, like `Europe/Berlin`, or null. Offsets are not zones, because they have no daylight saving time. */
function zoneNamed(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Engines use an outdated name for Asia/Kolkata.
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return null;
  }
}

export const TimeZone = z
  .string()
  .max(64)
  .transform((text, c) => {
    const zone = zoneNamed(text);
    if (zone === null) c.addIssue({ code: "custom", message: "must be an IANA time zone, like Europe/Berlin" });
    return zone ?? z.NEVER;
  })
  .meta({ type: "string", maxLength: 64, example: "Europe/Berlin" });

/** All selectable zones, including the chosen one, no matter how the engine names it. */
export const timeZones = (chosen: string = UTC) =>
  [...new Set([UTC, ...Intl.supportedValuesOf("timeZone"), chosen])].sort((a, b) =>
    a === UTC ? -1 : b === UTC ? 1 : a.localeCompare(b),
  );

const formats = new Map<string, Record<"shown" | "parts", Intl.DateTimeFormat>>();
/**
 * Engines accept outdated names in any letter case, so there is no end to what callers can send. Each format takes 100
 * kB.
 */
const FORMATS_MAX = 50;

/** Formats are expensive to create, and a page shows many times. */
function formatsOf(timeZone: string) {
  const known = formats.get(timeZone);
  if (known) return known;
  const minute = { year: "numeric", day: "numeric", hour: "numeric", minute: "2-digit", timeZone } as const;
  const made = {
    shown: new Intl.DateTimeFormat("en", { ...minute, month: "short", timeZoneName: "short" }),
    parts: new Intl.DateTimeFormat("en", { ...minute, month: "numeric", hourCycle: "h23" }),
  };
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(timeZone, made);
  return made;
}

/** `Nov 28, 2026, 3:30 PM GMT+1`: a moment in a zone, including the zone's name. */
export const timeIn = (at: Date, zone: string) => formatsOf(zone).shown.format(at);

/** `November 28, 2026`: a moment's day in a zone. */
export const dayIn = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone }).format(at);

/** A moment's minute on a zone's clock, in milliseconds as if that clock showed UTC. */
function clockOf(at: number, zone: string) {
  const parts = new Map(
    formatsOf(zone)
      .parts.formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day, hour, minute] = (["year", "month", "day", "hour", "minute"] as const).map((type) =>
    parts.get(type),
  );
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** How far a time zone's clocks are ahead of UTC at a moment, in milliseconds. */
export const offsetAt = (at: number, zone: string) => clockOf(at, zone) - Math.floor(at / 60_000) * 60_000;

/** `2026-11-28T15:30`: a moment in a zone, in the format of form fields. */
export const localMinute = (at: Date, zone: string) => new Date(clockOf(at.getTime(), zone)).toISOString().slice(0, 16);

/** A moment in a year that clocks of all zones can show. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
const LOCAL = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?$/;

/**
 * The moment for a form field's time in a zone. A date means its first minute. A time skipped when daylight saving time
 * starts becomes the time one hour later; a time that occurs twice becomes the first. Invalid text, or any text with an
 * unknown zone, stays as it is for the schema to judge. `shown` is the moment that the field displayed: if nobody
 * changed the field, it keeps that moment, including its seconds.
 */
export function momentIn(text: string, zoneName: string, shown = ""): string {
  const zone = zoneNamed(zoneName);
  const before = new Date(MOMENT.test(shown) ? shown : Number.NaN);
  if (zone !== null && !Number.isNaN(before.getTime()) && localMinute(before, zone).startsWith(text)) return shown;
  const clock = LOCAL.test(text) ? Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`) : Number.NaN;
  if (zone === null || Number.isNaN(clock)) return text;
  const offsets = [clock - DAY_MS, clock + DAY_MS].map((at) => offsetAt(at, zone));
  const [moment] = offsets.map((offset) => clock - offset).filter((at) => at + offsetAt(at, zone) === clock);
  return new Date(moment ?? clock - Math.min(...offsets)).toISOString();
}
