import { RULES_IN_USE_MAX } from "../../../drizzle/schema/conversions";
import { currencyCodes } from "../../lib/currency";
import { lazy } from "../../lib/lazy";
import { Problems, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { shownAmount } from "../ui/money";
import { Badge, Card, Empty } from "../ui/parts";
import { sentenceOf } from "./rule-form";
import type { RulePlan } from "./rule-plan";

type Props = { plan: RulePlan; mayChange: boolean; currencyForm: Form<unknown> };

/** A campaign's rules: its own goal and reward first, then the rules for conversions. */
export const RuleList = ({ plan, mayChange, currencyForm }: Props) => {
  const own = plan.listed.filter(({ isOwn }) => isOwn);
  const others = plan.listed.filter(({ isOwn }) => !isOwn);
  const isFull = others.length >= RULES_IN_USE_MAX;
  return (
    <>
      <Card title="Goal and reward">
        <ol class="rules">
          {own.map((listed) => (
            <Row plan={plan} listed={listed}>
              {mayChange && (
                <>
                  <a class="button" href={`/campaigns/${plan.head.id}/rewards`}>
                    Change reward
                  </a>
                  {listed.rule.role === "referrer" && (
                    <a class="button" href={`/campaigns/${plan.head.id}/settings`}>
                      Change goal
                    </a>
                  )}
                </>
              )}
            </Row>
          ))}
        </ol>
      </Card>
      <Card
        title="More rewards"
        actions={
          mayChange &&
          !isFull && (
            <a class="button main" href={`/campaigns/${plan.head.id}/rules/new`}>
              Add rule
            </a>
          )
        }
      >
        {isFull && <p class="quiet">A campaign has at most {RULES_IN_USE_MAX} of these rules.</p>}
        {others.length === 0 ? (
          <Empty title="No rules yet" icon="gift">
            <p>
              Reward more than the goal: a share of each friend's purchases, extra for 3, 5, and 10 friends, or
              something for every friend.
            </p>
          </Empty>
        ) : (
          <ol class="rules">
            {others.map((listed) => (
              <Row plan={plan} listed={listed}>
                {mayChange && (
                  <a
                    class="button"
                    href={`/campaigns/${plan.head.id}/rules/${listed.rule.id}`}
                    aria-label={`Edit: ${sentenceOf(listed.typed, plan.currency)}`}
                  >
                    Edit
                  </a>
                )}
              </Row>
            ))}
          </ol>
        )}
        <p class="hint">
          Your server reports purchases and other events. Changes to a rule apply to later events. Earned rewards stay
          as they are.
        </p>
      </Card>
      <CurrencyCard plan={plan} mayChange={mayChange} form={currencyForm} />
    </>
  );
};

const Row = ({
  plan: { currency },
  listed: { rule, typed },
  children,
}: {
  plan: RulePlan;
  listed: RulePlan["listed"][number];
  children: unknown;
}) => (
  <li>
    <div>
      <p class="rule-sentence">{sentenceOf(typed, currency)}</p>
      <p class="rule-about">
        <Badge>{rule.role === "referrer" ? "For the referrer" : "For the friend"}</Badge>
        {!rule.visible && <Badge>Hidden from visitors</Badge>}
        {rule.title && <span>{rule.title}</span>}
        {rule.spent > 0 && <span>{shownAmount(rule.spent, currency)} given so far</span>}
      </p>
    </div>
    <div class="actions">{children}</div>
  </li>
);

const currencyNames = lazy(() => new Intl.DisplayNames("en", { type: "currency" }));
const currencyOptions = lazy(() =>
  currencyCodes.map((code) => [code, `${code} · ${currencyNames().of(code)}`] as const),
);

const FIXED = {
  rules: "It can no longer be changed, because the campaign has rules with amounts in this currency.",
  conversions: "It can no longer be changed, because the campaign has conversions in this currency.",
};

const CurrencyCard = ({
  plan: { head, currency, fixedBy },
  mayChange,
  form,
}: {
  plan: RulePlan;
  mayChange: boolean;
  form: Form<unknown>;
}) => (
  <Card title="Currency" id="currency">
    {mayChange && fixedBy === null ? (
      <form method="post" action={`/campaigns/${head.id}/rules/currency`} class="filters">
        <Problems form={form} />
        <Select
          form={form}
          name="currency"
          label="Currency of all amounts"
          options={currencyOptions()}
          hint="Fixed once the campaign has a rule or a conversion."
        />
        <button type="submit" class="button">
          Save
        </button>
      </form>
    ) : (
      <>
        <Problems form={form} />
        <p>
          {currency} · {currencyNames().of(currency)}. {fixedBy !== null && <span class="quiet">{FIXED[fixedBy]}</span>}
        </p>
      </>
    )}
  </Card>
);
