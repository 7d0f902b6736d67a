/**
 * Tables whose lists can be read by `updated_since`: the owner of their rows, and the columns that the API shows. `updated_at` is the
 * database's time in parts of a millisecond, but always later than any other row of its owner. Transactions come one after the other,
 * so no commit ever appears before rows that a reader has already seen.
 */
export const stamped = {
  participants: {
    owner: "member_id",
    shows: [
      "email",
      "name",
      "status",
      "date_signedup",
      "invited_by",
      "invited_social",
      "referral_url",
      "external_id",
      "checkout_code",
      "metadata",
      "referral_count",
      "click_count",
      "share_count",
      "wallet_address",
    ],
  },
  rewards: {
    owner: "member_id",
    shows: [
      "status",
      "amount",
      "redirect_url",
      "custom_message",
      "cash_cents",
      "credit_cents",
      "token_symbol",
      "token_address",
      "token_amount",
      "token_transaction",
      "token_state",
      "token_reason",
      "date_fulfilled",
      "held_until",
      "needs_approval",
      "expires_at",
      "date_expired",
      "expired_amount",
      "owed_back",
      "payout_id",
      "note",
    ],
  },
  coupons: {
    owner: "campaign_id",
    shows: ["code", "reward_id", "date_assigned"],
    /** Codes are assigned in the order of their ids, so this needs no other order. The ledger stamps what changes their validity. */
    except: "OLD.reward_id IS NULL AND NEW.reward_id IS NOT NULL",
  },
  conversions: { owner: "member_id", shows: ["amount", "metadata", "outcome", "decisions", "refunded"] },
  deliveries: { owner: "webhook_id", shows: ["status", "attempts", "next_attempt_at"] },
} as const;
export type Stamped = keyof typeof stamped;

/** Parts of a millisecond. More changes of one owner in a millisecond would run ahead of the clock. */
export const PARTS = 1024;

/** The `updated_at` of a row that is written now, as SQL. `owner` owns the row. */
export const nextStamp = (table: Stamped, owner: string) =>
  `max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * ${PARTS}, 1 + coalesce((SELECT max(last.updated_at) FROM ${table} last INDEXED BY ${table}_updated
    WHERE last.${stamped[table].owner} = ${owner} AND last.updated_at IS NOT NULL), 0))`;

const exceptFor = (table: Stamped) => {
  const stamp = stamped[table];
  return "except" in stamp ? ` AND NOT (${stamp.except})` : "";
};

/**
 * The trigger that sets it for every statement that changes a row and does not set it itself, which saves a row. The
 * triggers are written by hand in the migrations.
 */
export const stampTrigger = (
  table: Stamped,
) => `CREATE TRIGGER \`${table}_stamp\` AFTER UPDATE OF ${stamped[table].shows.join(", ")} ON \`${table}\` WHEN NEW.\`updated_at\` IS OLD.\`updated_at\`${exceptFor(table)} BEGIN
	UPDATE \`${table}\` SET \`updated_at\` = ${nextStamp(table, `NEW.${stamped[table].owner}`).replace(/\s+/g, " ")} WHERE \`id\` = NEW.\`id\`;
END;`;
