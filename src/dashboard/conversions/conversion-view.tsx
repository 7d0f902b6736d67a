import type { Reward } from "../../ledger/records/reward-schema";
import { sentenceOf, typedRule } from "../rules/rule-form";
import { decisionWords, outcomeWords } from "../ui/decision-words";
import { Input, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { shownAmount } from "../ui/money";
import { Badge, Card, Stat, Stats, Table, Time } from "../ui/parts";
import { kindWords, RewardBadge, RewardWords } from "../ui/reward-words";
import { Buyer, Referrer } from "./conversion-columns";
import type { ConversionPage } from "./conversion-list";
import { listPath } from "./conversion-list-view";

type Props = { shown: ConversionPage };

export const ConversionView = ({ shown, mayChange, form }: Props & { mayChange: boolean; form: Form<unknown> }) => {
  const { conversion, decision, head } = shown;
  const { amount, currency, refunded_amount } = conversion;
  return (
    <>
      <p>
        <a href={listPath(head.id)}>All conversions</a>
      </p>
      <div class="inline">
        <h2>{conversion.conversion_id}</h2>
        <Badge tone={outcomeWords[decision.outcome].tone}>{outcomeWords[decision.outcome].said}</Badge>
      </div>
      <Stats>
        <Stat label="Amount" value={shownAmount(amount, currency)} />
        {refunded_amount > 0 && <Stat label="Refunded" value={shownAmount(refunded_amount, currency)} />}
        {refunded_amount > 0 && <Stat label="Left" value={shownAmount(amount - refunded_amount, currency)} />}
      </Stats>
      <div class="halves">
        <About shown={shown} />
        <Decisions shown={shown} />
      </div>
      <Rewards shown={shown} />
      <Refunds shown={shown} mayChange={mayChange} form={form} />
    </>
  );
};

const About = ({ shown: { conversion, people } }: Props) => (
  <Card title="Conversion">
    <dl class="facts">
      <dt>Event</dt>
      <dd>{conversion.event_name}</dd>
      <dt>Buyer</dt>
      <dd>
        <Buyer of={people} />
      </dd>
      <dt>Referrer</dt>
      <dd>
        <Referrer of={people} />
        {conversion.attributed_by === "checkout_code" && <div class="quiet">by their checkout code</div>}
      </dd>
      <dt>Happened</dt>
      <dd>
        <Time at={conversion.occurred_at} />
      </dd>
      <dt>Recorded</dt>
      <dd>
        <Time at={conversion.date_added} />
      </dd>
      {conversion.metadata && Object.keys(conversion.metadata).length > 0 && (
        <>
          <dt>Metadata</dt>
          <dd>
            <code>{JSON.stringify(conversion.metadata)}</code>
          </dd>
        </>
      )}
    </dl>
  </Card>
);

/** Each rule's decision, and what would change it. */
const Decisions = ({ shown: { decision, rules, rewards, currency } }: Props) => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const given = new Map(rewards.map((reward) => [reward.id, reward]));
  return (
    <Card title="Why">
      <ul class="decisions">
        {decision.reasons.map(({ code, rule_id, reward_id }) => {
          const rule = rule_id === null ? undefined : byId.get(rule_id);
          const reward = reward_id === null ? undefined : given.get(reward_id);
          const { said, change } = decisionWords(code);
          return (
            <li>
              {rule_id !== null && (
                <p class="rule-sentence">
                  {rule ? sentenceOf(typedRule(rule, currency), currency) : "A rule that was removed"}
                </p>
              )}
              <p>
                {said} {reward && <RewardBadge status={reward.status} />}
              </p>
              {change && <p class="quiet">{change}</p>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
};

const Rewards = ({ shown: { rewards, people } }: Props) => {
  const earner = (reward: Reward) =>
    reward.participant_id === people.participant_id ? <Buyer of={people} /> : <Referrer of={people} />;
  return (
    <Card title="Rewards">
      {rewards.length === 0 ? (
        <p class="quiet">It did not lead to any.</p>
      ) : (
        <Table label="Rewards" columns={["Reward", "For", "Status", "Earned"]}>
          {rewards.map((reward) => (
            <tr>
              <td>
                <a class="person" href={`/rewards/${reward.id}`}>
                  {kindWords[reward.type].name}: <RewardWords reward={reward} />
                </a>
              </td>
              <td>{earner(reward)}</td>
              <td>
                <RewardBadge status={reward.status} />
                {reward.owed_back > 0 && (
                  <div class="quiet">{shownAmount(reward.owed_back, reward.currency)} owed back</div>
                )}
              </td>
              <td>
                <Time at={reward.date_earned} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
};

const Refunds = ({ shown, mayChange, form }: Props & { mayChange: boolean; form: Form<unknown> }) => {
  const { conversion, refunds, head } = shown;
  const { amount, currency, refunded_amount } = conversion;
  const left = amount - refunded_amount;
  const isOver = left === 0 && refunds.length > 0;
  return (
    <Card title="Refunds">
      {refunds.length > 0 && (
        <Table label="Refunds" columns={["Refund", { number: "Amount" }, "Reason", "When"]}>
          {refunds.map((refund) => (
            <tr>
              <td>{refund.refund_id}</td>
              <td class="number">{refund.amount === null ? "The rest" : shownAmount(refund.amount, currency)}</td>
              <td>{refund.reason ?? <span class="quiet">None given</span>}</td>
              <td>
                <Time at={refund.date_added} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isOver ? (
        <p class="quiet">Nothing is left to refund.</p>
      ) : mayChange ? (
        <form method="post" action={`${listPath(head.id)}/${conversion.id}/refunds`}>
          <Problems form={form} />
          <input type="hidden" name="currency" value={currency} />
          <input type="hidden" name="refund_id" value={String(form.values.refund_id ?? "")} />
          <div class="row">
            <Input
              form={form}
              name="amount"
              label={`Amount (${currency})`}
              hint={`Leave empty to refund all of ${shownAmount(left, currency)}.`}
              inputmode="decimal"
              autocomplete="off"
            />
            <Input form={form} name="reason" label="Reason" hint="For your own records. Optional." maxlength={500} />
          </div>
          <p class="hint">
            Each reward loses the same share. This only records the refund; return the money where the purchase was
            paid.
          </p>
          <button type="submit" class="button">
            Record refund
          </button>
        </form>
      ) : (
        refunds.length === 0 && <p class="quiet">None.</p>
      )}
    </Card>
  );
};
