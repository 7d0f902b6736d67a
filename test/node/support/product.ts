import { type Running, startProduct } from "../../browser/support/running.ts";

type Served = Running & { stop: () => Promise<void> };

/** The product that all suites of a run share, or, if there is none, one of this file's own. Accounts keep them apart. */
export async function servedProduct(): Promise<Served> {
  const { SHARED_PRODUCT } = process.env;
  return SHARED_PRODUCT ? { ...JSON.parse(SHARED_PRODUCT), stop: async () => {} } : startProduct();
}
