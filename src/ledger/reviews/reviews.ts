import { type FraudMode, THRESHOLDS } from "../../fraud/assess.ts";
import { statement } from "../batch/statement";
import { idOfReview } from "../records/review-id";
import { FARMED } from "./farming";

/** The engine's findings for the transaction. Scores and weights are in thousandths. */
export type Suspicion = {
  score: number;
  version: number;
  /** Whether the request showed anything about the visitor. If not, only `strict` campaigns open a review. */
  is_seen: boolean;
  reasons: { code: string; weight: number; with: number[]; factor?: number }[];
  /** The score after the friend confirms their email address. Null if that would prove nothing. */
  proven: number | null;
};

const DAY_MS = 86_400_000;

/** What the account's lists say about an item: 2 block, 1 allow, 0 nothing. A block overrides everything. */
const LISTED = `coalesce((SELECT max(iif(l.action = 'block', 2, 1)) FROM json_each(f.listed) k CROSS JOIN fraud_entries l
    ON l.member_id = c.member_id AND l.kind = substr(k.value, 1, instr(k.value, ':') - 1) AND l.value = substr(k.value, instr(k.value, ':') + 1)
      AND coalesce(l.expires_at > f.at, 1)), 0)`;

const THRESHOLD = `CASE c.fraud_mode ${(Object.keys(THRESHOLDS) as FraudMode[])
  .map((mode) => `WHEN '${mode}' THEN ${Math.round(THRESHOLDS[mode] * 1000)}`)
  .join(" ")} END`;

const BLOCKED = `json_object('code', 'on_block_list', 'weight', 1000, 'with', json('[]'))`;

/**
 * Up to this many open reviews of a referrer, friends are asked for proof. Beyond that, the referrer is in question.
 */
const ASKED_MAX = 20;

/**
 * Whether we email friend `x`: they signed up with us themselves, their rewards are held, and their proof would answer
 * the review.
 */
const ASKS = `(x.is_visitor AND x.listed_as = 0 AND c.fraud_mode <> 'watch' AND x.suspicion ->> 'proven' < ${THRESHOLD} AND (
    SELECT count(*) FROM (SELECT 1 FROM reviews o INDEXED BY reviews_of_referrer WHERE o.referrer_id = x.referrer AND o.state = 'open' LIMIT ${ASKED_MAX})) < ${ASKED_MAX})`;

/**
 * Opens reviews of what is suspect by the campaign's setting and the account's lists. `ctes` end with `subjects(event,
 * at, id, referrer, participant, is_visitor, suspicion, listed)`. Earlier reviews stay as they are. Participants on an
 * allow list are approved immediately. `isMarked`: the holds follow in another commit, and until then the reviews have a
 * mark, so the sweep replaces a lost one.
 */
export const openReviewsOf = (ctes: string, { isMarked }: { isMarked: boolean }) => `WITH ${ctes},
judged AS (
  SELECT f.*, c.member_id AS owner, ${LISTED} AS listed_as, coalesce(f.suspicion ->> 'score', 0) AS score
  FROM campaigns c CROSS JOIN subjects f WHERE c.id = ?2 AND c.fraud_mode <> 'off'
)
INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, state, date_decided, by, score, reasons, version, is_holding, proof, event, date_opened, decides_at, recounts_at)
SELECT x.id, x.owner, ?2, x.referrer, x.participant, iif(x.listed_as = 1, 'approved', 'open'), iif(x.listed_as = 1, x.at, NULL), iif(x.listed_as = 1, 'list', NULL),
  iif(x.listed_as = 2, 1000, x.score),
  iif(x.listed_as = 2, json_insert(coalesce(x.suspicion -> 'reasons', '[]'), '$[#]', ${BLOCKED}), x.suspicion -> 'reasons'),
  coalesce(x.suspicion ->> 'version', 0), c.fraud_mode <> 'watch', iif(${ASKS}, 'asked', NULL), x.event, x.at, iif(c.review_ending = 'never', NULL, x.at + c.review_days * ${DAY_MS}),
  ${isMarked ? "iif(x.listed_as = 1 OR c.fraud_mode = 'watch', NULL, x.at)" : "NULL"}
FROM campaigns c CROSS JOIN judged x WHERE c.id = ?2
  AND (x.listed_as = 2 OR (x.score >= ${THRESHOLD} AND (x.suspicion ->> 'is_seen' OR c.fraud_mode = 'strict')))
ON CONFLICT (id) DO NOTHING`;

/** Reviews of the friends in a group of signups. */
export const openReviews = (fresh: string) =>
  statement(
    openReviewsOf(
      `${fresh},
${FARMED},
subjects AS (
  SELECT event, at, ${idOfReview("id")} AS id, invited_by AS referrer, id AS participant, is_visitor, suspicion, listed
  FROM farmed WHERE suspicion IS NOT NULL OR listed IS NOT NULL
)`,
      { isMarked: true },
    ),
  );

/** The event for review `v`, which item `f` opened. */
export const reviewEvent = (f: string) => `SELECT ${f}.event || '_w' || v.id, 'review.opened', v.participant_id, NULL,
  json_object('id', v.id, 'campaign_id', v.campaign_id, 'referrer_id', v.referrer_id, 'participant_id', v.participant_id, 'state', 'open',
    'score', v.score / 1000.0, 'reasons', (SELECT json_group_array(json_object('code', why.value ->> 'code', 'weight', (why.value ->> 'weight') / 1000.0)) FROM json_each(v.reasons) why),
    'is_holding', json(iif(v.is_holding, 'true', 'false')), 'origin', ${f}.origin), v.date_opened`;

/** For `insertEvents`, after the events of signups. */
export const SELECT_REVIEW_EVENTS = `${reviewEvent("f")} FROM fresh f CROSS JOIN reviews v ON v.id = ${idOfReview("f.id")} AND v.event = f.event AND v.state = 'open'`;
