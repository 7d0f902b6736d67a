import { nextStamp } from "../../../drizzle/schema/stamps";
import { type Group, statement } from "../batch/statement";
import { keepCohorts } from "../counts/cohorts";
import { countDays, dayOf } from "../counts/day-tally";
import { toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";

/** A participant reports a share on a channel. `id` becomes the event's ID if it is their first share there. */
export type ShareItem = {
  kind: "share";
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  participant_id: number;
  social: number;
  origin: string;
};

const value = (field: keyof ShareItem) => `j.value ->> '${field}'`;

/** First shares, one per participant and channel. A channel with a click counts as already shared. */
const FIRST = `first AS (
  SELECT ${value("id")} AS event, ${value("at")} AS at, ${value("social")} AS social, ${value("origin")} AS origin, p.id
  FROM json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2 AND p.status IN ('active', 'pending')
  WHERE NOT EXISTS (SELECT 1 FROM shares s WHERE s.participant_id = p.id AND s.social_type = ${value("social")})
  GROUP BY p.id, ${value("social")}
)`;

/** The share rows are written after everything is counted, so a repeated group finds them and counts nothing. */
export const shareGroup: Group = {
  participants: statement(`WITH ${FIRST} UPDATE participants SET share_count = share_count + f.n,
  updated_at = ${nextStamp("participants", "participants.member_id")}
FROM (SELECT id, count(*) AS n FROM first GROUP BY id) f WHERE participants.id = f.id`),
  totals: statement(`WITH ${FIRST} UPDATE campaign_stats SET total_shares = total_shares + f.n
FROM (SELECT count(*) AS n FROM first) f WHERE campaign_id = ?2 AND f.n > 0`),
  days: statement(
    countDays(`${FIRST}, facts AS (SELECT ${dayOf("at")} AS day, at, social, NULL AS source, 1 AS n FROM first)`, {
      shares: "n",
    }),
  ),
  ...keepCohorts(`touched AS (SELECT ${value("participant_id")} AS id, ${value("at")} AS at FROM json_each(?1) j)`),
  events: insertEvents(
    "SELECT event, 'participant.share', id, NULL, json_object('social_type', social, 'origin', origin), at FROM first",
    FIRST,
  ),
  shares: statement(`WITH ${FIRST}
INSERT INTO shares (participant_id, social_type, clicks, date_shared) SELECT id, social, 0, at FROM first`),
  ...toPrograms,
};
