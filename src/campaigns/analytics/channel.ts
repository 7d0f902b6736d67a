import { OTHER } from "../../ledger/day-tally";

/** The names of share channels in the analytics API. */
const CHANNELS: Record<string, string> = {
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
  value === OTHER ? "other" : dimension === "channel" ? (CHANNELS[value] ?? `channel_${value}`) : value;
