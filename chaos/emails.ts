import type { Campaign } from "./campaign.ts";
import type { Provider } from "./provider.ts";
import type { Tables } from "./tables.ts";
import { countBy, repeated, type Verdict, verdict } from "./verdict.ts";

const WENT_OUT = new Set(["sent", "bounced", "complained"]);
/** Statuses of emails that may have been sent: the product must not claim to know more. */
const IN_DOUBT = new Set(["connection_lost", "timeout", "outcome_unknown"]);
const BECAME = { "email.bounced": "bounced", "email.complained": "complained" } as Record<string, string>;

/** Compares the emails that participants should get with those that the provider accepted. */
export function checkEmails({ id }: Campaign, { taken, takenInCalm, news }: Provider, tables: Tables): Verdict[] {
  const { participants, mails, blocked, holds } = tables;
  const ours = mails.filter((mail) => mail.campaign_id === id);
  const welcomes = countBy(
    ours.filter(({ kind }) => kind === "entry"),
    (mail) => mail.participant_id,
  );
  const byId = new Map(taken.map((one) => [one.id, one]));
  const row = new Map(mails.map((mail) => [mail.provider_id, mail]));
  const blockedAt = new Map(blocked.map(({ mailbox, date }) => [mailbox, date]));
  const hung = taken.filter(({ hasAnswer }) => !hasAnswer).length;
  const lost = ours.filter(({ error }) => error === "connection_lost").length;

  return [
    verdict(
      "participants without exactly one welcome",
      participants.filter((p) => welcomes.get(p.id) !== 1).map((p) => p.id),
    ),
    verdict("emails that the provider took twice", repeated(taken.map(({ key }) => key))),
    verdict(
      "emails that were never sent, but are recorded as sent",
      mails.filter(({ status, provider_id }) => WENT_OUT.has(status) && !byId.has(String(provider_id))),
    ),
    verdict(
      "emails taken after the last kill, but not recorded as sent",
      takenInCalm().filter(({ id, hasAnswer }) => hasAnswer && !row.has(id)),
    ),
    verdict("emails in doubt that nobody took or lost", lost > hung ? [{ lost, hung }] : []),
    verdict(
      "emails that still wait",
      mails.filter(({ status }) => status === "pending" || status === "sending"),
    ),
    verdict(
      "emails that ended without need",
      mails.filter(
        ({ status, error }) => status === "failed" && !IN_DOUBT.has(String(error)) && error !== "invalid_parameter",
      ),
    ),
    verdict("a quota that held nothing", holds.some(({ reason }) => reason === "daily_quota_exceeded") ? [] : holds),
    verdict(
      "bounces and complaints that do not show",
      news.filter(({ type, email_id }) => row.has(email_id) && row.get(email_id)?.status !== BECAME[type]),
    ),
    verdict(
      "mailboxes that bounced or complained, but are not blocked",
      news.filter(({ email_id }) => row.has(email_id) && !blockedAt.has(row.get(email_id)?.mailbox ?? null)),
    ),
    verdict(
      "emails to a mailbox after it was blocked",
      ours.filter(
        ({ mailbox, date_tried, status }) =>
          WENT_OUT.has(status) && Number(date_tried) > (blockedAt.get(mailbox) ?? Number.POSITIVE_INFINITY),
      ),
    ),
  ];
}
