import { z } from "zod";
import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { campaignLabel } from "../../campaigns/campaign-choice";
import { DEFAULT_CURRENCY } from "../../lib/currency";
import { giveReward } from "../../participants/rewards/gift";
import { NewGift } from "../../participants/rewards/gift-schema";
import { createPages } from "../doors/pages";
import { Input, Problems, TextArea } from "../ui/field";
import { blank, type Form, submits, valueAt } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { amountIn } from "../ui/money";
import { Card, Head } from "../ui/parts";
import { participantIdIn, recipientOf, titleOf } from "./participant-place";

const PATH = "/participants/:participantId/reward";

export const giftPages = createPages([PATH]);

/** What can be given manually, and what happens then. */
const KINDS = [
  [5, "Cash", "amount", "It waits under Rewards until you pay it and mark it as paid."],
  [6, "Store credit", "amount", "They get it immediately and redeem it in your shop."],
  [1, "Coupon code", null, "They get the campaign's next unused code, or wait for your next upload."],
  [2, "Link", "redirect_url", "They get it immediately."],
  [3, "Message", "custom_message", "They get it immediately. Basic HTML allowed: b, i, a, lists."],
] as const;

/** The API's fields, with the amount in the major unit, and only the field that the kind needs. */
const GiftForm = z
  .looseObject({ reward_type: z.coerce.number(), currency: z.string().max(3).default(DEFAULT_CURRENCY) })
  .transform(({ reward_type, currency, note, ...typed }, c) => {
    const needed = KINDS.find(([id]) => id === reward_type)?.[2];
    const value =
      needed === "amount" ? amountIn(c, "amount", typed.amount, currency) : needed ? typed[needed] : undefined;
    return { reward_type, note, ...(needed && { [needed]: value }) } as unknown;
  })
  .pipe(NewGift);

async function showGift(c: PageContext, form: Form<unknown>, status: 200 | 400 = 200) {
  const details = await recipientOf(c);
  const { currency, campaign_name: name, brand_name } = details;
  const chosen = String(valueAt(form.values, "reward_type") ?? KINDS[0][0]);
  return show(c, {
    title: "Give a reward",
    section: "/participants",
    status,
    body: (
      <>
        <Head
          crumbs={[
            ["/participants", "Participants"],
            [`/participants/${details.id}`, titleOf(details)],
          ]}
          title="Give a reward"
          about={`To ${titleOf(details)}, in ${campaignLabel({ name, brand_name })}`}
        />
        <form method="post" class="rule-form">
          <Problems form={form} />
          <input type="hidden" name="currency" value={currency} />
          <Card title="Reward">
            <fieldset>
              <legend>What they get</legend>
              <div class="reward-kinds">
                {KINDS.map(([id, label, needed, what]) => (
                  <div class="reward-kind">
                    <label>
                      <input type="radio" name="reward_type" value={id} checked={chosen === String(id)} />
                      {label}
                    </label>
                    <div class="reward-fields">
                      <p class="hint">{what}</p>
                      {needed === "redirect_url" && (
                        <Input form={form} name="redirect_url" label="URL" inputmode="url" placeholder="https://" />
                      )}
                      {needed === "custom_message" && (
                        <TextArea form={form} name="custom_message" label="Message text" rows={3} maxlength={10_000} />
                      )}
                    </div>
                  </div>
                ))}
              </div>
            </fieldset>
            <Input
              form={form}
              name="amount"
              label={`Amount (${currency})`}
              hint="For cash and store credit."
              inputmode="decimal"
              autocomplete="off"
            />
            <Input
              form={form}
              name="note"
              label="Note"
              hint="The reason. Only your team sees it. Optional."
              maxlength={1000}
              autocomplete="off"
            />
          </Card>
          <p class="hint">
            This reward does not count toward any rule, limit, or budget. The participant gets the campaign's reward
            email if it is on, and your webhooks are notified. To undo it, revoke the reward on its page.
          </p>
          <div class="inline">
            <button type="submit">Give reward</button>
            <a class="button" href={`/participants/${details.id}`}>
              Cancel
            </a>
          </div>
        </form>
      </>
    ),
  });
}

giftPages.get(PATH, (c) => {
  demandRole(c.var.session, "editor");
  return showGift(c, blank());
});

giftPages.post(
  PATH,
  audited("Gave a reward manually"),
  ...submits(
    GiftForm,
    (c: PageContext, form) => showGift(c, form, 400),
    async (c, gift) => {
      const reward = await giveReward(c.var.ctx, participantIdIn(c), gift);
      return c.redirect(doneAt(`/rewards/${reward.id}`, "given"), 303);
    },
  ),
);
