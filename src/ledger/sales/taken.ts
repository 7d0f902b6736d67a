/**
 * What one refund `x` of conversion `t` takes of what the buyer paid. A refund of the conversion's amount takes the
 * same share of it. Null takes everything.
 */
const OWN = `CASE WHEN x.amount IS NULL THEN t.paid WHEN x.of_paid OR t.sale = t.paid THEN x.amount ELSE 1.0 * x.amount * t.paid / t.sale END`;

/**
 * For refunds recorded before parts existed: totals and disputes from an integration have ids like `charge:total`. Any
 * other refund is its own part.
 */
const PART =
  "coalesce(x.part, iif(instr(x.refund_id, ':') > 0, substr(x.refund_id, 1, instr(x.refund_id, ':') - 1), x.refund_id))";

/**
 * The total that the refunds of conversion `t` take once the group's refund `t.n` is recorded, as SQL. Null without
 * any.
 *
 * Each part of the conversion counts the larger of two sums: its single refunds, or the latest total that a provider
 * reported minus what came back. A provider's total and its single refunds describe the same money, so the result is the
 * same in any order.
 */
export const TAKEN_OF_PAID = `(SELECT sum(taken) FROM (
    SELECT max(0, coalesce(sum(own) FILTER (WHERE NOT is_total), 0),
      coalesce(max(own) FILTER (WHERE is_total) + coalesce(sum(own) FILTER (WHERE own < 0), 0), 0)) AS taken
    FROM (SELECT ${PART} AS part, coalesce(x.is_total, 0) AS is_total, ${OWN} AS own
      FROM conversions k CROSS JOIN refunds x ON x.campaign_id = ?2 AND x.event_name = k.event_name AND x.external_id = k.external_id
        AND coalesce(x.currency, k.currency) = k.currency
      WHERE k.id = t.conversion AND NOT EXISTS (SELECT 1 FROM refunding y WHERE y.conversion = t.conversion AND y.event = x.event AND y.n > t.n))
    GROUP BY part))`;
