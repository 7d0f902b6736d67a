import { value } from "../records/item";

const FRESH = {
  n: "j.key",
  event: value("id"),
  at: value("at"),
  origin: value("origin"),
  invitation: value("invitation"),
  id: "p.id",
  status: "p.status",
  confirmation: "p.confirmation",
  is_visitor: "p.is_visitor",
  invited_by: "p.invited_by",
  invited_social: "p.invited_social",
  source: "p.source",
  /** When they signed up. For imports, this may be long ago. */
  since: "p.date_signedup",
  is_new: `p.signup_event = ${value("id")}`,
  has_ticket: "p.waitlist_ticket IS NOT NULL",
  /** Webhooks do not get the event, now or from a recovery. */
  is_untold: `coalesce(${value("no_webhooks")}, 0)`,
  is_unmailed: `coalesce(${value("no_emails")}, 0)`,
  is_credited: `coalesce(p.credit_event = ${value("id")}, 0)`,
  is_attributed: `coalesce(p.invite_event = ${value("id")}, 0)`,
  member: "p.member_id",
  mailbox: "p.email_canonical",
  farming: value("farming"),
  suspicion: value("suspicion"),
  listed: value("listed"),
};
export type Fact = keyof typeof FRESH;

/**
 * The participants that this group created or attributed, each with its item and only the columns that a statement
 * needs, because D1 parses the text every time. Items whose event exists are left out. Events are written last, so a
 * group that is repeated after a lost response changes nothing.
 */
export const fresh = (...names: Fact[]) => `fresh AS (
  SELECT ${names.map((name) => `${FRESH[name]} AS ${name}`)}
  FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")}
  WHERE (p.signup_event = ${value("id")} OR p.invite_event = ${value("id")})
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;
