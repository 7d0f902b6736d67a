import { IS_CURRENT } from "../batch/database-mark";
import { statement } from "../batch/statement";
import { stages } from "../counts/cohorts";
import { IS_OWNERS, IS_UNDONE, isMailbox, KEY_ALIVE, value } from "../records/item";
import { statusAt } from "../records/lifecycle";

/** Whether an item may act on campaign `c`. Checked in the commit itself, so revoking a key or pausing a campaign takes effect immediately. */
const ALLOWED = `(${IS_OWNERS} AND ${KEY_ALIVE} AND NOT c.is_suspended AND ${IS_CURRENT} AND NOT ${IS_UNDONE} AND (coalesce(${value("at_any_time")}, 0) OR ${statusAt("c", value("at"))} = 'live'))`;

/**
 * The item's referrer `r`, if the code counts in this campaign. Anybody can type anybody's email into a public form, so
 * a visitor cannot set the referrer of a participant who has already joined.
 */
const REFERRER = `LEFT JOIN participants r ON r.id = ${value("referrer")} AND r.campaign_id = c.id AND r.status IN ('active', 'pending')
  AND c.goal_type = 'signup' AND NOT ${isMailbox("r.email_canonical")}
  AND NOT (${value("is_visitor")} AND EXISTS (
    SELECT 1 FROM participants x WHERE x.campaign_id = c.id AND x.email = ${value("email")} AND x.confirmation IS NOT 'waiting'))`;

/** Whether campaign `c` requires the participant to confirm their email. */
const WAITS = `(c.double_opt_in AND ${value("is_visitor")})`;

/**
 * The mailbox's hash. If an older row has credited a referrer under a former hash, we use that one, so the mailbox
 * still credits only once.
 */
const MAILBOX = `iif(${value("former_mailboxes")} IS NULL, ${value("mailbox")}, coalesce((SELECT o.mailbox FROM participants o WHERE o.campaign_id = c.id AND o.credit_event IS NOT NULL
  AND o.mailbox IN (SELECT value FROM json_each(${value("former_mailboxes")})) LIMIT 1), ${value("mailbox")}))`;

/** Inserts a participant, with additional columns if there is a referral code. */
const insertPerson = (
  code = { columns: "", values: "", join: "" },
) => `INSERT INTO participants (member_id, campaign_id, email, email_canonical, mailbox, name,
  share_count, status, date_signedup, referral_url, external_id, metadata, ip_hash, source, stage, language, form, signup_event, confirmation, is_visitor${code.columns})
SELECT c.member_id, c.id, ${value("email")}, ${value("canonical")}, ${MAILBOX}, ${value("name")}, 0, iif(${WAITS}, 'pending', 'active'), coalesce(${value("came")}, ${value("at")}),
  ${value("referral_url")}, ${value("external_id")}, ${value("metadata")}, ${value("ip_hash")}, ${value("source")}, ${stages.signed_up}, ${value("language")}, ${value("form")},
  ${value("id")}, iif(${WAITS}, 'waiting', NULL), ${value("is_visitor")}${code.values}
FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 ${code.join}
WHERE ${ALLOWED}`;

/** Signs up new participants, without a referral code. */
export const insertNew = statement(`${insertPerson()} ON CONFLICT (campaign_id, email) DO NOTHING`);

const HAS_JOINED = `EXISTS (SELECT 1 FROM participants x WHERE x.campaign_id = ?2 AND x.email = ${value("email")})`;

/** A checkout code is for a new participant. If another participant has it, the signup is refused. */
const TAKES_CODE = `${value("checkout_key")} IS NOT NULL AND NOT ${HAS_JOINED}`;
const IS_CODE_FREE = `(NOT (${TAKES_CODE}) OR NOT EXISTS (
  SELECT 1 FROM participants x WHERE x.campaign_id = ?2 AND x.checkout_key = ${value("checkout_key")}))`;

const WITH_CODE = insertPerson({
  columns: ", checkout_code, checkout_key, invited_by, invited_social, date_invited, invite_event, credit_event",
  values: `, iif(${TAKES_CODE}, ${value("checkout_code")}, NULL), iif(${TAKES_CODE}, ${value("checkout_key")}, NULL), r.id, iif(r.id, ${value("social")}, NULL), iif(r.id, ${value("at")}, NULL), iif(r.id, ${value("id")}, NULL),
  iif(r.id AND NOT ${WAITS}, ${value("id")}, NULL)`,
  join: REFERRER,
});

/** One upsert for new and existing participants. It never overwrites a referrer. */
export const upsert =
  statement(`${WITH_CODE} AND (${value("referrer")} IS NULL OR r.id IS NOT NULL OR ${value("lenient")}) AND ${IS_CODE_FREE}
ON CONFLICT (campaign_id, email) DO UPDATE SET invited_by = excluded.invited_by, invited_social = excluded.invited_social,
  date_invited = excluded.date_invited, invite_event = excluded.invite_event,
  credit_event = iif(participants.status = 'active', excluded.invite_event, NULL)
WHERE participants.invited_by IS NULL AND excluded.invited_by IS NOT NULL AND participants.id <> excluded.invited_by`);
