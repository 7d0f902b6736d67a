import { type RewardRow, WITHOUT_COUPON } from "../../../drizzle/schema";
import { toReward } from "../../ledger/earned-reward";
import { Reward } from "../../ledger/reward-schema";
import { API_VERSION } from "../webhooks/event-schema";
import type { Leased } from "./veto-call-store";

/** The type of the message that asks for a reward. It is no event: nobody else is told. */
const ASKS = "reward.veto";

/** The message's ID, the same on every attempt, so that a receiver recognizes it. */
export const messageId = ({ call }: Pick<Leased, "call">) => `veto_${call.id}`;

/** What the endpoint is asked: the reward as the API has it, with its participant and its sale. */
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
