import { type Source, sourceDimensions } from "../ledger/counts/day-tally";

/**
 * What a request reveals about a visitor's source. Programs' requests reveal nothing about a visitor's country or
 * device.
 */
export type Arrival = {
  /** URLs and queries with `utm_*` parameters. The first with any of them counts. */
  urls?: (string | null | undefined)[];
  /** The previous page, and the host that counts as the same site. */
  referrer?: string | null | undefined;
  host?: string | null | undefined;
  country?: string | null | undefined;
  agent?: string | null | undefined;
};

const VALUE_MAX_CHARACTERS = 60;
const URL_MAX_CHARACTERS = 4_000;

const UTM = ["utm_source", "utm_medium", "utm_campaign"] as const;

/**
 * A visitor's source in the form that analytics count, as JSON. Null if nothing is known. It contains no personal data:
 * only the host of the previous page, only the class of the device, and no value that looks like an email address.
 */
export function sourceOf(arrival: Arrival): string | null {
  const source: Source = {
    ...utmOf(arrival),
    ...found("referrer", referrerOf(arrival)),
    ...found("country", countryOf(arrival.country)),
    ...found("device", arrival.agent ? deviceOf(arrival.agent) : null),
  };
  const known = sourceDimensions.filter((dimension) => source[dimension]);
  return known.length > 0 ? JSON.stringify(Object.fromEntries(known.map((name) => [name, source[name]]))) : null;
}

const found = (name: keyof Source, value: string | null) => (value ? { [name]: value } : {});

function utmOf({ urls = [] }: Arrival): Source {
  for (const url of urls) {
    const text = (url ?? "").slice(0, URL_MAX_CHARACTERS).split("#")[0] ?? "";
    const query = new URLSearchParams(text.slice(text.indexOf("?") + 1));
    const utm = UTM.flatMap((name) => {
      const value = plain(query.get(name) ?? "");
      return value ? [[name, value]] : [];
    });
    if (utm.length > 0) return Object.fromEntries(utm);
  }
  return {};
}

/** Lowercase, without characters that would need escaping in a key. An email address is never a source. */
function plain(text: string): string | null {
  if (/[@＠]|%40/i.test(text)) return null;
  const words = text
    .toLowerCase()
    .replace(/[\p{C}\p{Z}"'\\*]+/gu, " ")
    .trim();
  return [...words].slice(0, VALUE_MAX_CHARACTERS).join("") || null;
}

const hostOf = (url: string | null | undefined) =>
  URL.parse((url ?? "").slice(0, URL_MAX_CHARACTERS))?.hostname.replace(/^www\./, "") ?? "";

/** The site's own pages do not count as a source. */
function referrerOf({ referrer, host }: Arrival): string | null {
  const from = hostOf(referrer);
  return from === "" || from === hostOf(host) || !from.includes(".") ? null : plain(from);
}

/** An ISO 3166-1 code. Cloudflare uses XX for unknown countries, and T1 for Tor. */
const countryOf = (country: string | null | undefined) =>
  country && /^[A-Z]{2}$/.test(country) && country !== "XX" ? country : null;

/** The class of a browser's device. */
function deviceOf(agent: string): "mobile" | "tablet" | "desktop" | null {
  if (!/^(?:Mozilla|Opera)\/\d/.test(agent)) return null;
  if (/iPad|Tablet|PlayBook|Silk\/|Android(?!.*Mobile)/i.test(agent)) return "tablet";
  return /Mobi|iPhone|iPod|Android/i.test(agent) ? "mobile" : "desktop";
}
