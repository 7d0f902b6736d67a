import { z } from "zod";
import { claim, markCommitted, settle } from "../../auth/idempotency/idempotency-key";
import { brandChoices } from "../../campaigns/brand-choice";
import { createBrand } from "../../campaigns/brands/brand";
import { website } from "../../campaigns/brands/website";
import { createCampaign } from "../../campaigns/campaign/campaign";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import * as store from "../../campaigns/campaign-store";
import { putContest } from "../../campaigns/contest/contest";
import { ContestChange } from "../../campaigns/contest/contest-schema";
import { RewardSettingsChange, rewardsFriends } from "../../campaigns/reward/reward-settings-schema";
import { WidgetChange } from "../../campaigns/widget/widget-schema";
import { kindFacts, kindOf, rewardKinds } from "../../ledger/records/reward-kinds";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, errorCodes, invalid } from "../../lib/errors";
import { Id, line, prose } from "../../lib/fields";
import { NEEDED, saidOfFields } from "../../lib/refusals";
import { codesOfText } from "../../participants/coupons/code-file";
import { uploadCoupons } from "../../participants/coupons/coupon";
import { templateNames, templates } from "./wizard-templates";

/** What the wizard needs to know about the account, in one round trip. */
export async function wizardFacts(ctx: MemberCtx) {
  const [brands, [payer]] = await ctx.db.batch([
    brandChoices(ctx),
    store.memberPays(ctx.db, ctx.actor.memberId, ctx.now()),
  ]);
  return { brands, pays: payer !== undefined, mayAddBrand: ctx.actor.brandIds === undefined };
}
export type WizardFacts = Awaited<ReturnType<typeof wizardFacts>>;

const CODES_MAX_CHARACTERS = 200_000;

const Kind = z
  .object({
    template: z.enum(templateNames),
    brand_id: Id.nullish(),
    url: line(2000).nullish(),
  })
  .superRefine(({ brand_id, url }, at) => {
    if (brand_id) return;
    try {
      website(url ?? "");
    } catch (error) {
      const message = url && error instanceof AppError ? (error.details?.[0]?.message ?? NEEDED) : NEEDED;
      at.addIssue({ code: "custom", path: ["url"], message, input: url });
    }
  });

const Reward = z
  .object({
    ...CampaignChange.pick({ goal_type: true, num_signups: true, num_visits: true, reward_invited: true }).shape,
    reward_type: CampaignChange.shape.reward_type.unwrap(),
    reward: RewardSettingsChange.default({}),
    coupons: prose(CODES_MAX_CHARACTERS).nullish(),
  })
  .superRefine(({ goal_type, num_visits, reward_type, reward }, at) => {
    const missing = (path: string[]) => at.addIssue({ code: "custom", path, message: NEEDED, input: null });
    if (goal_type === "visit" && !num_visits) missing(["num_visits"]);
    const { needs } = kindFacts(kindOf(reward_type));
    if (needs && !reward[needs]) missing(["reward", needs]);
  });

const Contest = z.object({ contest: ContestChange.pick({ end_date: true, max_winners: true }).required() });

const Look = z.object({
  widget: WidgetChange.pick({
    template_id: true,
    color: true,
    button_color: true,
    header_title: true,
    description: true,
    button_text: true,
    success_message: true,
  }).required(),
});

const Launch = CampaignChange.pick({ name: true, publish: true }).required();

export const STEPS = 4;
type Plan = z.output<typeof Kind> &
  z.output<typeof Reward> &
  z.output<typeof Look> &
  z.output<typeof Launch> &
  Partial<z.output<typeof Contest>>;

/** Validates the steps before `until`. Returns the first step with errors, or the plan if there are none. */
export function planned(
  values: Record<string, unknown>,
  until: number,
  { now, pays }: { now: Date; pays: boolean },
): { step: number; errors: Record<string, string> } | { plan: Plan } {
  const read = <S extends z.ZodType>(schema: S) => schema.safeParse(values, { reportInput: true });
  const kind = read(Kind);
  const isGiveaway = kind.data?.template === "giveaway";
  const steps = [[kind], [read(Reward), ...(isGiveaway ? [read(Contest)] : [])]];
  const later = [[read(Look)], [read(Launch)]];
  const all = [...steps, ...later];
  for (const [i, reads] of all.slice(0, until).entries()) {
    const issues = reads.flatMap((read) => read.error?.issues ?? []);
    if (issues.length > 0) return { step: i + 1, errors: saidOfFields(issues) };
  }
  // Every step was parsed without errors.
  const plan = Object.assign({}, ...all.flat().map((read) => read.data ?? {})) as Plan;
  if (until > 1 && plan.contest && plan.contest.end_date <= now)
    return { step: 2, errors: { "contest.end_date": "Choose a date in the future." } };
  if (until > 3 && plan.publish === "public" && !pays)
    return { step: 4, errors: { publish: errorCodes.paid_plan_required.about } };
  return { plan };
}

/**
 * Creates the brand if it is new, the campaign, its first coupon codes, and its contest. `once` is the form's
 * idempotency key: submitting the form again returns the same campaign ID.
 */
export async function launch(ctx: MemberCtx, plan: Plan, once: string): Promise<number> {
  const key = once || ctx.requestEvent;
  const scope = `wizard ${ctx.actor.memberId}`;
  const claimed = await claim(ctx, { scope, method: "POST", path: "/campaigns/new", key, body: "" });
  if (claimed.kind === "replay") return Number(claimed.body);
  const run = { ...ctx, requestEvent: claimed.requestEvent, effects: [markCommitted(ctx.db, claimed.id)] };
  try {
    const id = await made(run, plan);
    await settle(ctx, claimed.id, key, 201, String(id));
    return id;
  } catch (error) {
    await settle(ctx, claimed.id, key, 503, "");
    throw error;
  }
}

async function made(ctx: MemberCtx, plan: Plan): Promise<number> {
  const { template, url, coupons, contest, brand_id, widget, ...fields } = plan;
  if (!brand_id && ctx.actor.brandIds) throw invalid("brand_id", "Choose one of your brands.");
  const brandId = brand_id ?? (await createBrand(ctx, { url: url ?? "" })).id;
  const { id } = await createCampaign(ctx, {
    ...fields,
    reward_invited: rewardsFriends({ goal_type: "signup", reward_invited: false, ...fields }),
    brand_id: brandId,
    type_id: templates[template].type_id,
    waitlist_enabled: template === "waitlist",
    widget: { ...widget, popup_button_color: widget.button_color },
  });
  if (coupons && fields.reward_type === rewardKinds.coupon.id) await uploadCoupons(ctx, id, codesOfText(coupons).lines);
  if (contest) await putContest(ctx, id, { ...contest, contest_name: fields.name });
  return id;
}
