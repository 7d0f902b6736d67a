import { answer } from "./app";
import { runJobs } from "./cron";
import { consume } from "./deliveries/consumer";
import type { Env } from "./env";
import type { MailHint } from "./mail/message";
import { consumeMails } from "./mailer/consumer";
import type { DeliveryHint } from "./webhooks/message";

export { CampaignLedger } from "./ledger/ledger";

export default {
  fetch: answer,
  queue: (batch, env, ctx) => (batch.queue === "referrals-mails" ? consumeMails(batch, env) : consume(batch, env, ctx)),
  scheduled: (_, env) => runJobs(env),
} satisfies ExportedHandler<Env, DeliveryHint | MailHint>;
