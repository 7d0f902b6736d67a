import { OTHER } from "../../ledger/counts/day-tally";
import { socialTypes } from "../../ledger/records/referral-code";

/** The channels of a tally. */
export const CHANNELS = [...socialTypes.map(String), OTHER];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** The values of a tally's dimension. Undefined for sources, which can have any value. */
export const valuesIn = (dimension: string) =>
  dimension === "channel" ? CHANNELS : dimension === "hour" ? HOURS : undefined;

/** The names of share channels in the analytics API. */
const NAMES: Record<string, string> = {
  1: "facebook",
  2: "twitter",
  3: "linkedin",
  4: "email",
  5: "whatsapp",
  6: "direct",
  7: "sms",
  8: "telegram",
  9: "messenger",
  10: "reddit",
  11: "pinterest",
  12: "qr_code",
};

/** A dimension's value as it appears in the API. */
export const valueName = (dimension: string, value: string) =>
  value === OTHER ? "other" : dimension === "channel" ? (NAMES[value] ?? `channel_${value}`) : value;
