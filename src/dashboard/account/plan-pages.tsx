import { z } from "zod";
import { checkoutOf, portalOf, settleOwn } from "../../accounts/plans/billing";
import type { Plan } from "../../accounts/plans/plan-schema";
import { type Usage, usage } from "../../accounts/plans/plan-usage";
import { priceOf, pricesOf } from "../../accounts/plans/prices";
import { isLive } from "../../accounts/plans/subscription";
import { audited, unaudited } from "../../auth/audited";
import { policies } from "../../auth/limit";
import type { PageContext } from "../../auth/page-session";
import { integer } from "../../lib/fields";
import { createPages } from "../doors/pages";
import { Refusal } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, count, Day, Head } from "../ui/parts";
import { Bar, PlanCard } from "./plan-card";

const PATH = "/plan";

/** The origins that this page's forms may redirect to. */
const STRIPE = ["https://checkout.stripe.com", "https://billing.stripe.com"];

export const planPages = createPages([PATH], { changes: "owner", about: "home" });

planPages.get(PATH, (c) => showPlan(c, blank()));

async function showPlan(c: PageContext, form: Form<unknown>) {
  const used = await usage(c.var.ctx);
  const { quota, windowSeconds } = policies.key;
  const sold = pricesOf(c.env);
  const { subscription } = used;
  const isSubscribed = subscription !== null && isLive(subscription);
  const isOwner = c.var.session.role === "owner";
  const body = (
    <>
      <Head title="Plan" about={aboutPlan(used)}>
        {sold && subscription && isOwner && <Billing label={isSubscribed ? "Manage billing" : "Invoices"} />}
      </Head>
      <Refusal form={form} />
      {subscription?.status === "past_due" && (
        <div class="notice warn" role="status">
          Your last payment failed. Update your payment method under <b>Manage billing</b> to keep your plan.
        </div>
      )}
      {used.expired && (
        <div class="notice warn" role="status">
          Your {used.expired.name} plan ended <Day at={used.plan_expiry} />. Everything continues within the limits of
          the {used.plan.name} plan.
        </div>
      )}
      <Card title="Usage">
        <Bar label="Participants" used={used.participants} allowed={used.plan.campaigns_participants}>
          {[
            used.pending > 0 && pendingWords(used),
            used.deleted > 0 && `${count(used.deleted)} of deleted campaigns count for 30 days.`,
          ]
            .filter(Boolean)
            .join(" ")}
        </Bar>
        <Bar label="Brands" used={used.brands} allowed={used.plan.no_of_domains} />
        <p class="quiet">
          API: up to {count(quota)} requests {windowSeconds === 60 ? "a minute" : `in ${windowSeconds} seconds`} for all
          keys together, on every plan. Above that, the API returns 429 with Retry-After.
        </p>
      </Card>
      <h2>Plans</h2>
      <div class="plans">
        {used.plans.map((plan) => (
          <PlanCard plan={plan} isYours={plan.id === used.plan.id}>
            {sold && priceOf(sold, plan.id)
              ? isOwner && (isSubscribed ? <Billing label={`Switch to ${plan.name}`} /> : <Buy plan={plan} />)
              : !isSubscribed && <Ask plan={plan} href={askFor(c, plan.name)} />}
          </PlanCard>
        ))}
      </div>
      {sold ? <HowToBuy isOwner={isOwner} isSubscribed={isSubscribed} /> : <HowToChange c={c} />}
    </>
  );
  const status = Object.keys(form.errors).length > 0 ? 400 : 200;
  return show(c, { title: "Plan", section: PATH, status, body, ...(sold && { forms: STRIPE }) });
}

const Purchase = z.object({ plan_id: integer(1, 1_000_000) });

planPages.post(
  `${PATH}/checkout`,
  audited("Opened a plan's checkout"),
  ...submits(Purchase, showPlan, async (c, { plan_id }) => c.redirect(await checkoutOf(c.var.ctx, plan_id), 303)),
);

planPages.post(
  `${PATH}/billing`,
  unaudited("It only opens a Stripe page. Changes made there are recorded."),
  async (c) => c.redirect(await portalOf(c.var.ctx), 303),
);

/** Stripe redirects people here after they pay. Its event may still be on its way. */
planPages.get(`${PATH}/paid`, async (c) => {
  await settleOwn(c.var.ctx);
  return c.redirect(doneAt(PATH, "plan_paid"), 303);
});

const aboutPlan = ({ plan, plan_expiry, expired, subscription }: Usage) => (
  <>
    You are on the {plan.name} plan
    {plan_expiry !== null && !expired && !subscription?.renews && (
      <>
        {" "}
        until <Day at={plan_expiry} />
      </>
    )}
    .{subscription?.renews && !expired && " It renews automatically."}
  </>
);

/** Leads to the account's pages at Stripe. */
const Billing = ({ label }: { label: string }) => (
  <form method="post" action={`${PATH}/billing`}>
    <button type="submit" class="button">
      {label}
    </button>
  </form>
);

const Buy = ({ plan }: { plan: Plan }) => (
  <form method="post" action={`${PATH}/checkout`}>
    <input type="hidden" name="plan_id" value={plan.id} />
    <button type="submit">Choose {plan.name}</button>
  </form>
);

const Ask = ({ plan, href }: { plan: Plan; href: string | null }) =>
  href && (
    <a class="button" href={href}>
      Ask for {plan.name}
    </a>
  );

/** Why participants are pending: the plan is full, or something holds them that a larger plan does not change. */
const pendingWords = ({ pending, participants, plan: { campaigns_participants: allowed } }: Usage) =>
  allowed > 0 && participants >= allowed
    ? `${count(pending)} more ${pending === 1 ? "is" : "are"} pending. A larger plan makes room for them.`
    : `${count(pending)} more ${pending === 1 ? "is" : "are"} pending and ${pending === 1 ? "does" : "do"} not count.`;

/** An email to the operator of this installation, with the account and plan. Null if there is no email address. */
function askFor(c: PageContext, plan?: string) {
  const address = c.env.SUPPORT_EMAIL;
  const subject = `Plan change for account ${c.var.session.home_id}${plan ? `: ${plan}` : ""}`;
  return address ? `mailto:${address}?subject=${encodeURIComponent(subject)}` : null;
}

const HowToBuy = ({ isOwner, isSubscribed }: { isOwner: boolean; isSubscribed: boolean }) => (
  <Card title="Change plan">
    <p>
      {!isOwner
        ? "An owner of this account can change its plan."
        : isSubscribed
          ? "To change or cancel your plan, or to see your invoices, open Manage billing. A canceled plan stays active until the end of the paid period."
          : "You pay with Stripe. Your plan changes immediately, and you can cancel it at any time."}
    </p>
    <p class="quiet">
      If you use more than your next plan includes, nothing is lost: new participants are pending until there is room.
    </p>
  </Card>
);

/** The email link already contains the account's number. */
function HowToChange({ c }: { c: PageContext }) {
  const address = c.env.SUPPORT_EMAIL;
  const { session } = c.var;
  return (
    <Card title="Change plan">
      {address ? (
        <p>
          Write to <a href={askFor(c) ?? ""}>{address}</a> and say which plan you want. Your account number is{" "}
          {session.home_id}.
        </p>
      ) : (
        <p>
          To change your plan, contact the administrator and give them your account number: <b>{session.home_id}</b>.
        </p>
      )}
      <p class="quiet">A new plan takes effect immediately. You don't have to set anything up again.</p>
    </Card>
  );
}
