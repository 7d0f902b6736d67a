import { z } from "zod";

/** ISO 4217: the currencies in use, by their number of decimals. */
const BY_DECIMALS: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

const decimals = new Map(
  Object.entries(BY_DECIMALS).flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, Number(digits)])),
);

export const currencyCodes = [...decimals.keys()].sort();

export const DEFAULT_CURRENCY = "USD";

export const Currency = z
  .string()
  .max(3)
  .toUpperCase()
  .refine((code) => decimals.has(code), "must be an ISO 4217 currency, like USD")
  .meta({ type: "string", minLength: 3, maxLength: 3, description: "ISO 4217.", example: "USD" });

export const decimalsOf = (currency: string) => decimals.get(currency) ?? 2;

/** An amount in the currency's major unit: 1999 is 19.99 in USD, 1999 in JPY, and 1.999 in KWD. */
export const inMajorUnits = (amount: number, currency: string) => amount / 10 ** decimalsOf(currency);

const POWERS = Object.entries(BY_DECIMALS).filter(([digits]) => digits !== "2");

/** How many minor units the major unit of a currency has, as SQL over an expression. */
export const minorUnitsPer = (currency: string) =>
  `CASE ${POWERS.map(([digits, codes]) => `WHEN instr('${codes.split(/\s+/).join(" ")}', ${currency}) THEN ${10 ** Number(digits)}`).join(" ")} ELSE 100 END`;

/** The maximum amount in minor units. Sums of many amounts stay exact. */
const AMOUNT_MAX = 100_000_000_000;

/** A sum of amounts. It has no limit, and is not exact above 2^53. */
export const Sum = z.number().meta({ type: "integer" });

/** A whole number of minor units, like 1999 for $19.99. */
export const Amount = z
  .number()
  .min(0)
  .max(AMOUNT_MAX)
  .refine(Number.isInteger, "must be a whole number of the currency's minor unit, like 1999 for $19.99")
  .meta({ type: "integer", minimum: 0, maximum: AMOUNT_MAX, example: 1999 });
