import { conversionMutants } from "./conversion-mutants.ts";
import { creditMutants } from "./credit-mutants.ts";
import { edgeMutants } from "./edge-mutants.ts";
import { ledgerMutants } from "./ledger-mutants.ts";
import { lineMutants } from "./line-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { reviewMutants } from "./review-mutants.ts";
import { signalMutants } from "./signal-mutants.ts";
import { tokenMutants } from "./token-mutants.ts";
import { vetoMutants } from "./veto-mutants.ts";

export const allMutants: Mutant[] = [
  ...ledgerMutants,
  ...conversionMutants,
  ...creditMutants,
  ...lineMutants,
  ...edgeMutants,
  ...tokenMutants,
  ...signalMutants,
  ...reviewMutants,
  ...vetoMutants,
];

/** A mutant's row in the table, without what caught it. */
export const rowOf = ({ name, file, breaks }: Mutant) => `| ${name} | ${file} | ${breaks}`;
