import { count } from "../ui/parts";
import type { Totals } from "./campaign-overview";

const WIDTH = 100;

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
  const most = Math.max(1, ...steps.map((step) => step.value));
  return (
    <ol class="funnel">
      {steps.map(({ label, about, value }, i) => (
        <li>
          <span>
            <b>{label}</b> <span class="quiet">{about}</span>
          </span>
          <span class="funnel-value">
            {count(value)} <Rate value={value} before={steps[i - 1]} />
          </span>
          <svg viewBox={`0 0 ${WIDTH} 1`} preserveAspectRatio="none" aria-hidden="true">
            <rect width={((value * WIDTH) / most).toFixed(2)} height="1" />
          </svg>
        </li>
      ))}
    </ol>
  );
};

const Rate = ({ value, before }: { value: number; before: { label: string; value: number } | undefined }) =>
  !before || before.value === 0 || value > before.value ? null : (
    <small class="quiet">
      {rateOf(value / before.value)} of {before.label.toLowerCase()}
    </small>
  );

const rateOf = (part: number) =>
  part > 0 && part < 0.1 ? `${(part * 100).toFixed(1)}%` : `${count(Math.round(part * 100))}%`;
