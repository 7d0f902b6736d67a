import { Card } from "../ui/parts";
import type { Overview } from "./campaign-overview-page";
import { rewardMissing } from "./reward-missing";

type Step = { title: string; about: string; href: string; action: string; isDone: boolean };

/** What a campaign needs before friends can come through it, in order. */
function stepsOf({ campaign, totals, reward, takes_tokens, sending }: Overview): Step[] {
  const path = `/campaigns/${campaign.id}`;
  const lack = rewardMissing({ reward, coupons_available: totals.coupons_available, takes_tokens });
  return [
    {
      title: "Reward ready",
      about: lack?.missing ?? "The reward is set up.",
      href: lack?.href ?? `${path}/rewards`,
      action: lack?.action ?? "View reward",
      isDone: lack === null,
    },
    {
      title: "Emails on",
      about:
        sending.withheld === null
          ? "Welcome and reward emails go out."
          : "Verify your email, and prove the brand's domain.",
      href: sending.withheld === "domain_unproven" ? `/brands/${campaign.brand_id}/settings` : "/account",
      action: "Turn on",
      isDone: sending.withheld === null,
    },
    {
      title: "Campaign live",
      about: "People can join while its status is Live.",
      href: `${path}/settings`,
      action: "Settings",
      isDone: campaign.status === "live",
    },
    {
      title: "Widget or page seen",
      about: "Paste one line on your site, or share the landing page.",
      href: `${path}/install`,
      action: "Install",
      isDone: totals.total_impressions > 0,
    },
    {
      title: "First participant",
      about: "Join yourself to see what your customers get.",
      href: `${path}/participants/new`,
      action: "Add participant",
      isDone: totals.total_participants > 0,
    },
    {
      title: "Test referral",
      about: "Open your share link in a private window, and sign up with a different email.",
      href: `${path}/participants`,
      action: "View links",
      isDone: totals.total_referrals > 0,
    },
  ];
}

/** The steps to the first referral. Hidden once there is one. */
export const GoLive = ({ overview }: { overview: Overview }) => {
  const steps = stepsOf(overview);
  const next = steps.find(({ isDone }) => !isDone);
  if (overview.totals.total_referrals > 0 || !next) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card title="Go live" actions={<span class="quiet">{`${done} of ${steps.length} done`}</span>}>
      <ol class="steps">
        {steps.map((step) => (
          <li class={step.isDone ? "done" : undefined}>
            <div>
              <h3>
                {step.title} {step.isDone && <span class="unseen">(done)</span>}
              </h3>
              <p class="quiet">{step.about}</p>
            </div>
            {!step.isDone && (
              <a class={step === next ? "button main" : "button"} href={step.href}>
                {step.action}
              </a>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
};
