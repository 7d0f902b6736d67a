/** The parameters that other products use for referral codes. Several use `ref`, as we do. */
const NAMES = "grsf kid mwr rh_ref referralCode ref_id via fpr ucc uvid ps_xid ps_partner_key sca_ref rfsn r ref".split(
  " ",
);

const CODES_MAX = 5;
const CHARACTERS_MAX = 100;

/** The values in a query that may be another product's referral codes. */
export function oldCodesIn(search: string): string[] {
  const sent = new URLSearchParams(search);
  const codes = NAMES.flatMap((name) => sent.getAll(name)).map((code) => code.trim());
  return [...new Set(codes)].filter((code) => code !== "" && code.length <= CHARACTERS_MAX).slice(0, CODES_MAX);
}
