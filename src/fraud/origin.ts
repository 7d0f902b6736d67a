/** Hosting and VPN providers. */
const DATA_CENTERS = new Set([
  16509, 14618, 8075, 15169, 396982, 14061, 16276, 24940, 63949, 20473, 9009, 60068, 51167, 31898, 45102, 132203, 37963,
  136907, 62567, 202425, 212238, 49981, 60781, 28753, 36352, 53667, 55286, 46606, 8560, 197540, 40021, 39351, 141995,
  9304, 174, 62240, 47583, 26496, 8100, 29802, 40676, 35916, 54290, 200651, 44477, 210644, 58061, 3223, 42708, 61317,
]);
/** Carriers that share one IP address among many phones. */
const MOBILE = new Set([
  21928, 22394, 20057, 6167, 20115, 12576, 21334, 25135, 206067, 29485, 20845, 12430, 16232, 20365, 15557, 51207, 55836,
  45609, 45271, 38266, 26599, 26615, 28573, 53037, 13036, 1136, 31615, 39603, 12912, 43447, 24608, 35819, 8452, 24835,
  36873, 29465, 37457, 24203, 23693, 17974, 45727, 131445, 45758, 17639, 132199, 24378, 9299, 3352, 12479, 6739, 4775,
  24731, 34984, 15897, 16135, 12975, 30722, 30967,
]);
/** Networks of privacy services. Their users have nothing in common. */
const RELAYS = new Set([13335, 36183, 54113, 209242, 20940, 16625, 32787]);

export const origins = ["unknown", "data_center", "mobile", "relay"] as const;
export type Origin = (typeof origins)[number];

/** The kind of network behind an autonomous system. `unknown` is usually a home or an office. */
export function originOf(asn: number | null): Origin {
  if (asn === null) return "unknown";
  if (RELAYS.has(asn)) return "relay";
  if (DATA_CENTERS.has(asn)) return "data_center";
  return MOBILE.has(asn) ? "mobile" : "unknown";
}

/** The usual browser languages in a country, besides English. A country that is missing accepts any language. */
const LANGUAGES: Record<string, string> = {
  US: "es",
  GB: "cy pl",
  IE: "ga pl",
  AU: "zh",
  NZ: "mi",
  CA: "fr",
  DE: "de tr",
  AT: "de",
  CH: "de fr it",
  FR: "fr",
  BE: "nl fr de",
  NL: "nl",
  ES: "es ca eu gl",
  PT: "pt",
  IT: "it",
  BR: "pt",
  MX: "es",
  AR: "es",
  CO: "es",
  CL: "es",
  PE: "es",
  PL: "pl uk",
  CZ: "cs",
  SE: "sv",
  NO: "nb no nn",
  DK: "da",
  FI: "fi sv",
  IN: "hi bn ta te mr gu kn ml pa ur",
  PK: "ur",
  BD: "bn",
  PH: "fil tl",
  ID: "id ms",
  VN: "vi",
  TH: "th",
  JP: "ja",
  KR: "ko",
  CN: "zh",
  TW: "zh",
  HK: "zh",
  RU: "ru",
  UA: "uk ru",
  TR: "tr",
  EG: "ar",
  SA: "ar",
  AE: "ar",
  MA: "ar fr",
  NG: "",
  KE: "sw",
  ZA: "af zu",
};

/** Whether the browser's first language is neither English nor a language of the country. */
export function isForeign(country: string | null, languages: string | null): boolean {
  const own = country === null ? undefined : LANGUAGES[country];
  const first = languages?.split(/[-,;]/)[0]?.trim().toLowerCase();
  return own !== undefined && !!first && first !== "en" && first !== "*" && !own.split(" ").includes(first);
}
