import { Card } from "../ui/parts";
import type { Totals } from "./home";

type Step = { title: string; about: string; href: string; action: string; isDone: boolean };

/** From a new account to its first participant, in the order that it goes. */
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
      about: "It becomes a brand, which your campaigns belong to.",
      href: "/brands/new",
      action: "Add it",
      isDone: total_brands > 0,
    },
    {
      title: "Make a campaign",
      about: "What people get for bringing their friends, and how it looks.",
      href: "/campaigns/new",
      action: "Make one",
      isDone: total_campaigns > 0,
    },
    {
      title: "Put it on your site",
      about: "One line to paste, for whatever your site is made with.",
      href: newest_campaign === null ? campaign : `${campaign}/install`,
      action: "See how",
      isDone: total_impressions > 0 || total_participants > 0,
    },
    {
      title: "See the first person sign up",
      about: "Try it yourself: open your site and join.",
      href: newest_campaign === null ? campaign : `${campaign}/participants`,
      action: "Look",
      isDone: total_participants > 0,
    },
  ];
}

/** Whether there is nothing left to explain. */
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
