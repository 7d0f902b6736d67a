import { type Running, startProduct } from "../../browser/support/running.ts";

type Served = Running & { stop: () => Promise<void> };

/** The product shared by all suites of a run, or else this file's own. Accounts separate the files. */
export async function servedProduct(): Promise<Served> {
  const { SHARED_PRODUCT } = process.env;
  return SHARED_PRODUCT ? { ...JSON.parse(SHARED_PRODUCT), stop: async () => {} } : startProduct();
}
