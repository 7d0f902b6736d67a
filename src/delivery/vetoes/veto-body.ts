import { type RewardRow, WITHOUT_COUPON } from "../../../drizzle/schema";
import { toReward } from "../../ledger/records/earned-reward";
import { Reward } from "../../ledger/records/reward-schema";
import { API_VERSION } from "../webhooks/event-schema";
import type { Leased } from "./veto-call-store";

/** The type of the message that asks about a reward. It is not an event, so nobody else gets it. */
const ASKS = "reward.veto";

/** The message's ID. It is the same on every attempt, so a receiver can recognize it. */
export const messageId = ({ call }: Pick<Leased, "call">) => `veto_${call.id}`;

/** The request body: the reward as in the API, with its participant and its sale. */
export const bodyOf = ({ call, reward, participant, external_id, is_test }: Leased): string =>
  JSON.stringify({
    id: messageId({ call }),
    type: ASKS,
    api_version: API_VERSION,
    created: call.asked_at.toISOString(),
    timestamp: call.asked_at.toISOString(),
    livemode: !is_test,
    data: {
      ...Reward.parse(toReward({ ...(reward as RewardRow), ...WITHOUT_COUPON })),
      participant: {
        id: participant.id,
        email: participant.email,
        name: participant.name,
        external_id: participant.external_id,
        metadata: participant.metadata,
        invited_by: participant.invited_by,
      },
      conversion: external_id === null ? null : { conversion_id: external_id },
    },
  });
