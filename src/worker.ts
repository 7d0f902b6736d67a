import { app } from "./app";
import { runJobs } from "./cron";
import { consume } from "./deliveries/consumer";
import type { Env } from "./env";
import type { DeliveryHint } from "./webhooks/message";

export { CampaignLedger } from "./ledger/ledger";

export default {
  fetch: app.fetch,
  queue: consume,
  scheduled: (_, env) => runJobs(env),
} satisfies ExportedHandler<Env, DeliveryHint>;
