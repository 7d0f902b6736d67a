import { BarList } from "../ui/bar-list";
import { count } from "../ui/parts";
import type { Totals } from "./campaign-overview";

/** Each step with its share of the step before. A step can exceed the one before it; then it shows no share. */
export const Funnel = ({ totals }: { totals: Totals }) => {
  const steps = [
    { label: "Views", about: "of the widget and landing page", value: totals.total_impressions },
    { label: "Clicks", about: "on share links", value: totals.total_clicks },
    { label: "Signups", about: "with and without a referral", value: totals.total_participants },
    { label: "Referrals", about: "signups through a friend", value: totals.total_referrals },
    {
      label: "Rewards",
      about: "incl. pending",
      value: totals.rewards_fulfilled + totals.rewards_pending,
    },
  ];
  return (
    <BarList
      label="Funnel"
      bars={steps.map(({ label, about, value }, i) => ({
        label: (
          <>
            <b>{label}</b> <span class="quiet">{about}</span>
          </>
        ),
        value,
        note: rateOver(value, steps[i - 1]),
      }))}
    />
  );
};

const rateOver = (value: number, before: { label: string; value: number } | undefined) =>
  !before || before.value === 0 || value > before.value
    ? undefined
    : `${rateOf(value / before.value)} of ${before.label.toLowerCase()}`;

const rateOf = (part: number) =>
  part > 0 && part < 0.1 ? `${(part * 100).toFixed(1)}%` : `${count(Math.round(part * 100))}%`;
