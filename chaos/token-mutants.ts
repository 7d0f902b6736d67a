import { type Mutant, test } from "./mutant.ts";

/** Bugs in transfers of tokens. */
export const tokenMutants: Mutant[] = [
  {
    name: "A further try begins while the one before is open",
    breaks: "a reward never has two transactions that could both get into a block",
    file: "src/participants/wallet/wallet-book.ts",
    from: 'row.try >= order.try || (row.state !== "failed" && row.state !== "cancelled")',
    to: "row.try >= order.try",
    check: test("transfers", "takes an order once, and a further try only after"),
  },
  {
    name: "A nonce is given twice",
    breaks: "each nonce belongs to one order",
    file: "src/participants/wallet/wallet-book.ts",
    from: " || (this.nextNonce ?? signed.nonce) > signed.nonce",
    to: "",
    check: test("transfers", "signs no order twice, no cancelled one"),
  },
  {
    name: "A cancelled order is signed",
    breaks: "cancelling counts until the nonce is written",
    file: "src/participants/wallet/wallet-book.ts",
    from: 'if (row?.state !== "queued"',
    to: "if (!row",
    check: test("transfers", "signs no order twice, no cancelled one"),
  },
  {
    name: "A reward is revoked while its token is on its way",
    breaks: "nobody decides about a token that is on its way",
    file: "src/ledger/rewards.ts",
    from: 'AND (${item("token_transaction")} IS NOT NULL OR NOT ${isOnItsWay("w")})',
    to: "",
    check: test("transfers", "nobody decides about one that is on its way"),
  },
  {
    name: "An approval is not waited for",
    breaks: "above the limit, an owner approves",
    file: "src/participants/transfers/transfer-facts.ts",
    from: 'if (units > token.approve_above && row.date_approved === null) return { park: "approval" };',
    to: "",
    check: test("transfers", "waits with the reason approval"),
  },
  {
    name: "Whoever typed an email sets where its tokens go",
    breaks: "only a link that came by email sets the address",
    file: "src/participants/transfers/wallet-address.ts",
    from: 'if (!isProven) throw new AppError("proof_needed");',
    to: "",
    check: test("transfers", "is not set by whoever only typed the email"),
  },
];
