import { codeList } from "../../src/participants/coupons/code-list";

/** The codes of values that have no last day. */
export const listOf = (values: unknown[]) =>
  codeList(
    values.map((value) => ({ value })),
    { zone: "UTC", last: null, now: 0 },
  );
