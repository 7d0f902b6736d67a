import { Card } from "../ui/parts";
import type { Totals } from "./home";

type Step = { title: string; about: string; href: string; action: string; isDone: boolean };

/** The steps from a new account to its first participant, in order. */
function stepsOf({
  total_brands,
  total_campaigns,
  total_participants,
  total_impressions,
  newest_campaign,
}: Totals): Step[] {
  const campaign = newest_campaign === null ? "/campaigns/new" : `/campaigns/${newest_campaign}`;
  return [
    {
      title: "Add your website",
      about: "It becomes a brand that your campaigns belong to.",
      href: "/brands/new",
      action: "Add",
      isDone: total_brands > 0,
    },
    {
      title: "Create a campaign",
      about: "Choose the reward and the style.",
      href: "/campaigns/new",
      action: "Create campaign",
      isDone: total_campaigns > 0,
    },
    {
      title: "Install it on your site",
      about: "Paste one line. It works with any site.",
      href: newest_campaign === null ? campaign : `${campaign}/install`,
      action: "Install",
      isDone: total_impressions > 0 || total_participants > 0,
    },
    {
      title: "Get your first signup",
      about: "Try it yourself: open your site and join.",
      href: newest_campaign === null ? campaign : `${campaign}/participants`,
      action: "View",
      isDone: total_participants > 0,
    },
  ];
}

export const isSetUp = (totals: Totals) => stepsOf(totals).every(({ isDone }) => isDone);

export const FirstSteps = ({ totals, mayChange }: { totals: Totals; mayChange: boolean }) => {
  const steps = stepsOf(totals);
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card title="First steps">
      <ol class="steps">
        {steps.map((step) => (
          <li class={step.isDone ? "done" : undefined}>
            <div>
              <h3>
                {step.title} {step.isDone && <span class="badge good">Done</span>}
              </h3>
              <p class="quiet">{step.about}</p>
            </div>
            {step === next && mayChange && (
              <a class="button main" href={step.href}>
                {step.action}
              </a>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
};
