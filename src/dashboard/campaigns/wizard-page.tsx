import { Hono } from "hono";
import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext, PageEnv } from "../../auth/page-session";
import { rewardsFriends } from "../../campaigns/reward/reward-settings-schema";
import { takesUploads } from "../../lib/body-limit";
import { Id } from "../../lib/fields";
import { uploadsIn } from "../editors/image-upload";
import { Problems } from "../ui/field";
import { blank, type Form, readForm, submit, valueAt, withFields } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Empty, Head } from "../ui/parts";
import { rewardImages } from "../ui/reward-form";
import { Preview } from "./preview-frame";
import { launch, planned, STEPS, type WizardFacts, wizardFacts } from "./wizard";
import { stepFields, stepForms, stepTitles } from "./wizard-steps";
import { defaultsOf, templateNames, widgetWords } from "./wizard-templates";

const PATH = "/campaigns/new";
const FORM = "wizard";

/**
 * The wizard for new campaigns. Nothing is stored before the last step: each form carries the values from the other
 * steps.
 */
export const wizardPage = new Hono<PageEnv>();

type Values = Record<string, unknown>;

wizardPage.get(PATH, async (c) => {
  const facts = await wizardFacts(c.var.ctx);
  const wanted = Id.safeParse(c.req.query("brand_id")).data;
  const brand = facts.brands.find(({ id }) => id === wanted) ?? facts.brands[0];
  const values = { ...defaultsOf("refer", c.var.ctx.now()), brand_id: brand?.id ?? "", once: newOnce() };
  return showStep(c, 1, blank(values), facts);
});

const newOnce = () => crypto.randomUUID();

const Sent = z.object({
  step: z.coerce.number().int().min(1).max(STEPS).catch(1),
  go: z.union([z.coerce.number().int().min(1).max(STEPS), z.literal("live")]).catch(1),
  once: z.string().max(100).catch(""),
  template: z.enum(templateNames).catch("refer"),
  made_for: z.enum(templateNames).optional().catch(undefined),
});

wizardPage.post(PATH, takesUploads, audited("Created a campaign"), async (c) => {
  const { ctx } = c.var;
  const form = await readForm(c, Sent);
  const sent = Sent.parse(form.values);
  const facts = await wizardFacts(ctx);
  const { urls, errors } = await uploadsIn(c, rewardImages);
  const values = filled(withFields(form.values, urls), sent, ctx.now());
  if (Object.keys(errors).length > 0) return showStep(c, stepOf(errors), { ok: false, values, errors }, facts);
  const until = sent.go === "live" ? STEPS : sent.go - 1;
  const isBack = sent.go !== "live" && sent.go <= sent.step;
  if (isBack && sent.go !== "live") return showStep(c, sent.go, blank(values), facts);
  const read = planned(values, until, { now: ctx.now(), pays: facts.pays });
  if ("errors" in read) return showStep(c, read.step, { ok: false, values, errors: read.errors }, facts);
  if (sent.go !== "live") return showStep(c, sent.go, blank(values), facts);

  const launched = await submit({ ok: true, value: read.plan, values, errors: {} }, (plan) =>
    launch(ctx, plan, sent.once),
  );
  if (launched.form) {
    // This form was refused. The next submission will differ, so it gets a new idempotency key.
    const again = { ...launched.form, values: { ...values, once: newOnce() } };
    return showStep(c, stepOf(again.errors), again, facts);
  }
  return c.redirect(doneAt(`/campaigns/${launched.done}/install`, "live"), 303);
});

/**
 * The submitted values, completed from the template. If the template was just changed, only the brand, the codes, and
 * the key are kept.
 */
function filled(sent: Values, { template, made_for }: z.infer<typeof Sent>, now: Date): Values {
  const defaults: Values = defaultsOf(template, now);
  const kept =
    made_for === undefined || made_for === template ? sent : pick(sent, ["brand_id", "url", "once", "coupons"]);
  const groups = ["widget", "reward", "contest"].filter((name) => defaults[name] || kept[name]);
  const merged = Object.fromEntries(
    groups.map((name) => [name, { ...asObject(defaults[name]), ...asObject(kept[name]) }]),
  );
  const values: Values = { ...defaults, ...kept, ...merged, template, made_for: template };
  const friendsToo = rewardsFriends({
    goal_type: String(values.goal_type),
    reward_invited: values.reward_invited === true,
  });
  return { ...values, widget: widgetWords(template, asObject(merged.widget), friendsToo) };
}

const asObject = (value: unknown): Values => (typeof value === "object" ? { ...value } : {});
const pick = (values: Values, names: string[]): Values =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]));

/** The first step with one of these fields. */
const stepOf = (errors: Record<string, string>) => {
  const at = stepFields.findIndex((names) => names.some((name) => errors[name] !== undefined));
  return at === -1 ? STEPS : at + 1;
};

function showStep(c: PageContext, step: number, form: Form<unknown>, facts: WizardFacts) {
  c.set("audit", undefined);
  const isRefused = Object.keys(form.errors).length > 0;
  const Fields = stepForms[step - 1] ?? stepForms[0];
  const title = stepTitles[step - 1] ?? stepTitles[0];
  const body =
    c.var.session.role === "viewer" ? (
      <>
        <Head title="New campaign" />
        <Empty title="You can view this account's campaigns but not create any">
          <p>Ask the owner for the editor role.</p>
        </Empty>
      </>
    ) : (
      <>
        <Head
          crumbs={[["/campaigns", "Campaigns"]]}
          title="New campaign"
          about={`Step ${step} of ${STEPS}: ${title.toLowerCase()}`}
        />
        <Steps at={step} />
        <div class="wizard-columns">
          <Card>
            <Problems form={form} />
            <form
              method="post"
              action={PATH}
              id={FORM}
              class={`wizard kind-${String(form.values.template)}`}
              enctype="multipart/form-data"
            >
              <input type="hidden" name="step" value={String(step)} />
              {["once", "made_for"].map((name) => (
                <input type="hidden" name={name} value={String(form.values[name] ?? "")} />
              ))}
              <Carried form={form} step={step} />
              <Fields form={form} facts={facts} />
              <div class="actions">
                <button type="submit" name="go" value={step === STEPS ? "live" : String(step + 1)}>
                  {step === STEPS ? "Go live" : "Continue"}
                </button>
                {step > 1 && (
                  <button type="submit" class="button" name="go" value={String(step - 1)} formnovalidate>
                    Back
                  </button>
                )}
              </div>
            </form>
          </Card>
          <Preview form={form} of={FORM} show={step === 2 ? "share" : "join"} />
        </div>
      </>
    );
  return show(c, {
    title: "New campaign",
    section: "/campaigns",
    body,
    frames: ["'self'"],
    status: isRefused ? 400 : 200,
  });
}

const Steps = ({ at }: { at: number }) => (
  <ol class="wizard-steps">
    {stepTitles.map((title, i) => (
      <li aria-current={i + 1 === at ? "step" : undefined} class={i + 1 < at ? "done" : undefined}>
        {title}
      </li>
    ))}
  </ol>
);

/** Carries the values of the other steps in hidden fields. */
const Carried = ({ form, step }: { form: Form<unknown>; step: number }) => (
  <>
    {stepFields.map((names, i) =>
      i + 1 === step
        ? null
        : names.map((name) => {
            const value = valueAt(form.values, name);
            if (typeof value !== "boolean")
              return (
                <input type="hidden" name={name} value={value === null || value === undefined ? "" : String(value)} />
              );
            return (
              <>
                <input type="hidden" name="@flags" value={name} />
                {value && <input type="hidden" name={name} value="on" />}
              </>
            );
          }),
    )}
  </>
);
