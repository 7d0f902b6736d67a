import { z } from "zod";
import { tokenStates } from "../../ledger/records/reward-schema";
import { Id, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

export const Transfer = z
  .object({
    reward_id: z.int(),
    campaign_id: z.int(),
    participant_id: z.int(),
    state: z.enum(tokenStates),
    reason: z
      .string()
      .nullable()
      .meta({ description: "The reason why it waits or failed: a code from [the guide](/docs/tokens)." }),
    chain_id: z.int().nullable(),
    token_address: z.string().nullable(),
    token_symbol: z.string().nullable(),
    token_amount: z.string().nullable(),
    address: z.string().nullable().meta({ description: "The destination. Null before it is approved." }),
    transaction: z.string().nullable().meta({
      description: "The hash. It can change until the transfer is confirmed, because fees may need to be raised.",
    }),
    explorer_url: z.string().nullable(),
    block: z.int().nullable().meta({ description: "Its block. Becomes null again after a reorganization." }),
    date_added: TimeOut,
    date_approved: TimeOut.nullable().meta({
      description: "Null if no approval was needed, or it is not approved yet.",
    }),
    date_settled: TimeOut.nullable().meta({ description: "The time when it was confirmed, failed, or was canceled." }),
  })
  .meta({ id: "Transfer", description: "The transfer of a token reward." });
export type Transfer = z.input<typeof Transfer>;

export const TransferQuery = PageQuery.extend({
  campaign_id: filter(Id),
  state: filter(z.enum(tokenStates)),
});
export type TransferQuery = z.infer<typeof TransferQuery>;

/** An owner's actions on a transfer in the dashboard. */
export const transferActs = ["approve", "cancel", "retry"] as const;
export const TransferAct = z.object({ act: z.enum(transferActs) });
export const TransferParam = z.object({ rewardId: Id });
