import { answer } from "./app";
import { runJobs } from "./cron";
import { listeners } from "./delivery/listeners";
import { uses } from "./delivery/uses";
import type { Env } from "./lib/env";
import { consume } from "./outbox/consumer";

export { Limiter } from "./auth/limiter";
export { CampaignLedger } from "./ledger/ledger";
export { TokenWallet } from "./participants/wallet/token-wallet";
export { DatabaseWitness } from "./upkeep/witness";

export default {
  fetch: answer,
  queue: (batch, env, ctx) => consume(batch, env, ctx, uses, listeners),
  scheduled: (_, env) => runJobs(env),
} satisfies ExportedHandler<Env>;
