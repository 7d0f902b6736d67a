import { COUNTS_FOR_MS, FARMING, LOOKED_AT_MAX, POINTS, POINTS_MAX, RECENT_MS } from "../../fraud/farming.ts";
import { ENGINE_VERSION } from "../../fraud/reasons.ts";

/** The latest invitations of a mailbox in an account, as a FROM clause. Erased participants have no mailbox. */
const invitations = (
  member: string,
  mailbox: string,
) => `(SELECT came.id, came.campaign_id, came.invited_by, came.date_invited
      FROM participants came INDEXED BY participants_of_mailbox WHERE came.member_id = ${member} AND came.email_canonical = ${mailbox} AND came.invited_by IS NOT NULL
      ORDER BY came.id DESC LIMIT ${LOOKED_AT_MAX})`;

const isElsewhere = (one: string, at: string) =>
  `${one}.campaign_id <> ?2 AND ${one}.date_invited > ${at} - ${COUNTS_FOR_MS}`;

/**
 * The points of friend `f(at, member, mailbox)` for collecting rewards in several campaigns, as SQL. `inviter` is the
 * mailbox that invites them to campaign `?2`. Each campaign counts once, no matter how the mailbox is spelled there.
 */
export const farmingPoints = (f: string, inviter: string) => `(coalesce((SELECT sum(points) FROM (
    SELECT ${POINTS.campaign} + ${POINTS.recent} * max(own.date_invited > ${f}.at - ${RECENT_MS}) + ${POINTS.same_inviter} * max(host.email_canonical IS ${inviter}) AS points
    FROM ${invitations(`${f}.member`, `${f}.mailbox`)} own CROSS JOIN participants host ON host.id = own.invited_by
    WHERE ${isElsewhere("own", `${f}.at`)} GROUP BY own.campaign_id)), 0)
  + ${POINTS.swapped} * (SELECT count(DISTINCT theirs.campaign_id) FROM ${invitations(`${f}.member`, inviter)} theirs CROSS JOIN participants guest ON guest.id = theirs.invited_by
    WHERE guest.email_canonical = ${f}.mailbox AND ${isElsewhere("theirs", `${f}.at`)}))`;

/** The weight for a number of points, by an item's `farming` (see `farmingWeights`). */
const weightOf = (f: string, points: string) =>
  `json_extract(${f}.farming, '$.weights[' || min(${points}, ${POINTS_MAX}) || ']')`;

/** The suspicion with this reason added. It asks for no proof, because the mailbox is theirs. */
const WITH_WEIGHT = `json_object(
    'score', CAST(round(1000 - (1000 - coalesce(x.suspicion ->> 'score', 0)) * (1000 - x.farmed) / 1000.0) AS INTEGER),
    'version', ${ENGINE_VERSION}, 'is_seen', json('true'), 'proven', NULL,
    'reasons', json_insert(coalesce(x.suspicion -> 'reasons', '[]'), '$[#]', json_patch(json_object('code', '${FARMING}', 'weight', x.farmed, 'with', json('[]')),
      json_object('factor', x.farming ->> 'factor'))))`;

/**
 * The friends in `fresh`, with suspicions that include what their mailboxes did in the account's other campaigns. The
 * transaction reads this itself, because it may give the reward.
 */
export const FARMED = `looked_at AS MATERIALIZED (
  SELECT f.*, iif(f.farming IS NULL, 0, (SELECT ${weightOf("f", farmingPoints("f", "r.email_canonical"))} FROM participants r WHERE r.id = f.invited_by)) AS farmed
  FROM fresh f WHERE f.is_attributed
),
farmed AS (SELECT x.event, x.at, x.id, x.invited_by, x.is_visitor, x.listed, iif(x.farmed > 0, ${WITH_WEIGHT}, x.suspicion) AS suspicion FROM looked_at x)`;

/**
 * If event `event` opened a review of participant `p` for this reason: the weight, and their participants in the other
 * campaigns, as JSON text. Otherwise null.
 */
export const farmedElsewhere = (event: string, at: string) => {
  const review = `reviews v WHERE v.id = p.id * 2 AND v.event = ${event} AND v.state = 'open'`;
  return `iif(p.invite_event = ${event} AND EXISTS (SELECT 1 FROM ${review} AND v.reasons LIKE '%${FARMING}%'), json_object(
    'weight', (SELECT why.value ->> 'weight' FROM json_each((SELECT v.reasons FROM ${review})) why WHERE why.value ->> 'code' = '${FARMING}'),
    'others', (SELECT json_group_array(json_array(own.campaign_id, own.id)) FROM ${invitations("p.member_id", "p.email_canonical")} own WHERE ${isElsewhere("own", at)})) || '', NULL)`;
};

/** The result of `farmedElsewhere`: a weight in thousandths, and the participant in each other campaign. */
export type Farmed = { weight: number; others: [campaign: number, participant: number][] };
