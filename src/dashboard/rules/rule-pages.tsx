import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { changeCampaign } from "../../campaigns/campaign/campaign";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import { changeRule, createRule, removeRule } from "../../campaigns/rules/rule";
import { RuleParam } from "../../campaigns/rules/rule-schema";
import { AppError, notFound } from "../../lib/errors";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Confirm } from "../ui/parts";
import { SaveBar } from "../ui/save-bar";
import { shown } from "../ui/seen";
import { RuleFields } from "./rule-fields";
import { changeOf, RuleForm, startingRule } from "./rule-form";
import { RuleList } from "./rule-list-view";
import { type RulePlan, rulePlan } from "./rule-plan";

const PATH = "/campaigns/:campaignId/rules";
const NEW = `${PATH}/new`;
const ONE = `${PATH}/:ruleId`;

export const rulePages = createPages([PATH]);

const listAt = (campaignId: number) => `/campaigns/${campaignId}/rules`;

function ruleIdIn(c: PageContext): number {
  const param = RuleParam.shape.ruleId.safeParse(c.req.param("ruleId"));
  if (!param.success) throw notFound("rule");
  return param.data;
}

async function listPage(c: PageContext, failed?: Form<unknown>) {
  const plan = await rulePlan(c.var.ctx, campaignIdIn(c));
  const mayChange = c.var.session.role !== "viewer";
  const currencyForm = failed ?? shown({ currency: plan.currency });
  const body = (
    <>
      <RuleList plan={plan} mayChange={mayChange} currencyForm={currencyForm} />
    </>
  );
  return show(c, {
    title: `Rules · ${plan.head.name}`,
    section: "/campaigns",
    body: campaignBody(plan.head, "/rules", body),
    status: failed ? 400 : 200,
  });
}

/** The page with a rule's form. `rule` is the rule to change, if any. */
function formPage(c: PageContext, plan: RulePlan, form: Form<unknown>, rule?: RulePlan["listed"][number]) {
  const { head, currency } = plan;
  const path = rule ? `${listAt(head.id)}/${rule.rule.id}` : `${listAt(head.id)}/new`;
  const title = rule ? "Edit rule" : "Add rule";
  const body = (
    <>
      <p>
        <a href={listAt(head.id)}>All rules</a>
      </p>
      <h2>{title}</h2>
      <form method="post" action={path} class="rule-form">
        <Problems form={form} />
        <RuleFields form={form} currency={currency} />
        {rule && <p class="hint">Changes apply to later purchases. Earned rewards keep the rule as it was.</p>}
        <SaveBar button={rule ? "Save" : "Add rule"} />
      </form>
      {rule && (
        <Card title="Remove rule">
          <Confirm
            action={`${path}/remove`}
            button="Remove rule"
            question="It will no longer give rewards. Earned rewards stay."
          />
        </Card>
      )}
    </>
  );
  return show(c, {
    title: `${title} · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/rules", body),
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}

async function newPage(c: PageContext, failed?: Form<unknown>) {
  const plan = await rulePlan(c.var.ctx, campaignIdIn(c));
  return formPage(c, plan, failed ?? blank(startingRule(plan.currency)));
}

async function ruleIn(c: PageContext) {
  const id = ruleIdIn(c);
  const plan = await rulePlan(c.var.ctx, campaignIdIn(c));
  const listed = plan.listed.find(({ rule, isOwn }) => rule.id === id && !isOwn);
  if (!listed) throw notFound("rule");
  return { plan, listed };
}

/** Without the currency, which the form names for its amounts and does not change. */
const valuesOf = ({ listed: { typed } }: Awaited<ReturnType<typeof ruleIn>>) => ({ ...typed, currency: undefined });

async function editPage(c: PageContext, failed?: Form<unknown>) {
  const found = await ruleIn(c);
  return formPage(c, found.plan, failed ?? shown(valuesOf(found)), found.listed);
}

/** The form's amounts must be in the currency that its page showed. @throws 409 if the currency changed since, 404 */
async function demandCurrency(c: PageContext, campaignId: number, currency: string) {
  const plan = await rulePlan(c.var.ctx, campaignId);
  if (plan.currency !== currency)
    throw new AppError("conflict", `The campaign's currency is ${plan.currency} now. Check the amounts.`);
}

rulePages.get(PATH, (c) => listPage(c));

rulePages.post(
  `${PATH}/currency`,
  audited("Changed a campaign's currency"),
  edits({
    schema: CampaignChange.pick({ currency: true }),
    stored: async (c: PageContext) => ({ currency: (await rulePlan(c.var.ctx, campaignIdIn(c))).currency }),
    page: listPage,
    run: async (c, change) => {
      const id = campaignIdIn(c);
      await changeCampaign(c.var.ctx, id, change);
      return c.redirect(doneAt(listAt(id), "saved"), 303);
    },
  }),
);

rulePages.get(NEW, (c) => {
  demandRole(c.var.session, "editor");
  return newPage(c);
});

rulePages.post(
  NEW,
  audited("Created a reward rule"),
  ...submits(RuleForm, newPage, async (c, { currency, ...rule }) => {
    const id = campaignIdIn(c);
    await demandCurrency(c, id, currency);
    await createRule(c.var.ctx, id, rule);
    return c.redirect(doneAt(listAt(id), "created"), 303);
  }),
);

rulePages.get(ONE, (c) => {
  demandRole(c.var.session, "editor");
  return editPage(c);
});

rulePages.post(
  ONE,
  audited("Updated a reward rule"),
  edits({
    schema: RuleForm,
    stored: async (c: PageContext) => valuesOf(await ruleIn(c)),
    page: editPage,
    choices: { gives: ["reward", "paid_as"] },
    run: async (c, { currency, ...rule }) => {
      const id = campaignIdIn(c);
      await demandCurrency(c, id, currency);
      await changeRule(c.var.ctx, id, ruleIdIn(c), changeOf(rule));
      return c.redirect(doneAt(listAt(id), "saved"), 303);
    },
  }),
);

rulePages.post(`${ONE}/remove`, audited("Removed a reward rule"), async (c) => {
  const id = campaignIdIn(c);
  await removeRule(c.var.ctx, id, ruleIdIn(c));
  return c.redirect(doneAt(listAt(id), "rule_removed"), 303);
});
