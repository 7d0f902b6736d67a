import { app } from "./app";
import type { Env } from "./env";
import type { DeliveryHint } from "./webhooks/message";

export { CampaignLedger } from "./ledger/ledger";

export default {
  fetch: app.fetch,
} satisfies ExportedHandler<Env, DeliveryHint>;
