import { type Mutant, test } from "./mutant.ts";

/** Bugs in transfers of tokens. */
export const tokenMutants: Mutant[] = [
  {
    name: "A new attempt begins while the previous one is open",
    breaks: "a reward never has two transactions that could both get into a block",
    file: "src/participants/wallet/wallet-book.ts",
    from: 'row.try >= order.try || (row.state !== "failed" && row.state !== "cancelled")',
    to: "row.try >= order.try",
    check: test("participants/transfers", "accepts an order once, and a new attempt only after the"),
  },
  {
    name: "A nonce is given twice",
    breaks: "each nonce belongs to one order",
    file: "src/participants/wallet/wallet-book.ts",
    from: " || (this.nextNonce ?? signed.nonce) > signed.nonce",
    to: "",
    check: test("participants/transfers", "signs no order twice, no canceled one, and no nonce twice"),
  },
  {
    name: "A canceled order is signed",
    breaks: "an order can be canceled until its nonce is written",
    file: "src/participants/wallet/wallet-book.ts",
    from: 'if (row?.state !== "queued"',
    to: "if (!row",
    check: test("participants/transfers", "signs no order twice, no canceled one, and no nonce twice"),
  },
  {
    name: "A reward is revoked while its token is on its way",
    breaks: "no decision changes a token reward in transit",
    file: "src/ledger/rewards/rewards.ts",
    from: 'AND (${item("token_transaction")} IS NOT NULL OR NOT ${isOnItsWay("w")})',
    to: "",
    check: test("participants/transfers", "ends with its reward, and cannot be decided while it is in"),
  },
  {
    name: "The approval is skipped",
    breaks: "transfers above the limit need an owner's approval",
    file: "src/participants/transfers/transfer-facts.ts",
    from: 'if (units > token.approve_above && row.date_approved === null) return { park: "approval" };',
    to: "",
    check: test("participants/transfers", "waits with the reason approval"),
  },
  {
    name: "Anyone who enters an email can set its token address",
    breaks: "only an emailed link sets the address",
    file: "src/participants/transfers/wallet-address.ts",
    from: 'if (!isProven) throw new AppError("proof_needed");',
    to: "",
    check: test("participants/transfers", "cannot be set by someone who only typed the email"),
  },
];
