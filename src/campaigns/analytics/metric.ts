import { EARLY_FRIENDS, FRIENDS, K_DAYS, stages, timeOfStep } from "../../ledger/counts/cohorts";
import type { TallyCount } from "../../ledger/counts/day-tally";

/** The counts of a period: of its days, and of the participants who signed up in it. */
export type Bucket = {
  counts: Record<TallyCount, number>;
  cohort: Map<string, number>;
  /** The same counts for participants who signed up at least `K_DAYS` ago. */
  ripe: Map<string, number>;
};

export type Unit = "count" | "money" | "ratio" | "hours";

type Definition = {
  label: string;
  unit: Unit;
  /** The definition, shown in the dashboard, the API, and its documentation. */
  about: string;
  /** Whether it can be split by channel or source. */
  groups: boolean;
  value: (bucket: Bucket) => number | null;
};

/** Below this number of people a rate means little, so it is null. */
export const RATE_MIN = 30;

const ratio = (part: number, whole: number) => (whole < RATE_MIN || part > whole ? null : part / whole);

/** The size of a cohort at this stage or a later one. */
const at = (cohort: Map<string, number>, stage: number) => {
  let sum = 0;
  for (let n = stage; n <= stages.rewarded; n++) sum += cohort.get(`stage${n}`) ?? 0;
  return sum;
};

function median(cohort: Map<string, number>): number | null {
  const steps = [...cohort].flatMap(([key, n]) => (key.startsWith("step") ? [[Number(key.slice(4)), n] as const] : []));
  const all = steps.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) return null;
  let passed = 0;
  for (const [step, n] of steps.sort(([a], [b]) => a - b)) {
    passed += n;
    if (passed * 2 >= all) return Math.round(timeOfStep(step) / 36_000) / 100;
  }
  return null;
}

const counted = (name: TallyCount, label: string, about: string): Definition => ({
  label,
  unit: name === "revenue" || name === "refunded" ? "money" : "count",
  about,
  groups: true,
  value: ({ counts }) => counts[name],
});

const reached = (stage: number, label: string, about: string): Definition => ({
  label,
  unit: "count",
  about,
  groups: false,
  value: ({ cohort }) => at(cohort, stage),
});

/** All analytics metrics. Their definitions are only here. */
export const metrics = {
  impressions: {
    ...counted(
      "impressions",
      "Views",
      "Times the widget or the landing page was shown. One person may count several times.",
    ),
    groups: false,
  },
  shares: counted("shares", "Shares", "Shares by participants. Each participant counts once per channel."),
  clicks: counted("clicks", "Friends' visits", "Clicks on share links. Bots and link previews do not count."),
  signups: counted("signups", "Signups", "New participants, with and without a referral."),
  referrals: counted("referrals", "Referrals", "Signups through a friend that were credited to a referrer."),
  conversions: counted("conversions", "Conversions", "Recorded purchases and other events, in any currency."),
  revenue: counted(
    "revenue",
    "Revenue",
    "Amounts of conversions in the campaign's currency, by the day they were recorded. They are attributed to the program, which does not prove that the program caused them.",
  ),
  refunded: counted("refunded", "Refunds", "Refunded amounts, by the day of the refund."),
  net_revenue: {
    label: "Net revenue",
    unit: "money",
    about: "Revenue minus refunds on the same days.",
    groups: true,
    value: ({ counts }) => counts.revenue - counts.refunded,
  },
  invitation_rate: {
    label: "Invitation conversion rate",
    unit: "ratio",
    about: `Referrals per friend visit. Empty below ${RATE_MIN} visits, or if more friends signed up than came through a link.`,
    groups: true,
    value: ({ counts }) => ratio(counts.referrals, counts.clicks),
  },
  participants: reached(stages.signed_up, "Participants", "Participants who signed up on these days."),
  sharers: reached(stages.shared, "Sharers", "Of these participants, those who have shared or reached a later stage."),
  inviters: reached(
    stages.visited,
    "Referred a visitor",
    "Of these participants, those whose link was clicked, or who reached a later stage.",
  ),
  referrers: reached(
    stages.referred,
    "Referrers",
    "Of these participants, those who have a credited friend or a reward.",
  ),
  rewarded: reached(
    stages.rewarded,
    "Rewarded",
    "Of these participants, those who have earned a reward as a referrer.",
  ),
  friends: {
    label: "Friends",
    unit: "count",
    about: "Credited friends of these participants, whenever they signed up.",
    groups: false,
    value: ({ cohort }) => cohort.get(FRIENDS) ?? 0,
  },
  k_factor: {
    label: "K-factor",
    unit: "ratio",
    about: `Friends who joined within ${K_DAYS} days of their referrer's signup, per participant. Counts participants who signed up at least ${K_DAYS} days ago. Empty below ${RATE_MIN} of them.`,
    groups: false,
    value: ({ ripe }) => {
      const people = at(ripe, stages.signed_up);
      return people < RATE_MIN ? null : (ripe.get(EARLY_FRIENDS) ?? 0) / people;
    },
  },
  time_to_first_referral: {
    label: "Time to first referral",
    unit: "hours",
    about:
      "Median hours from a participant's signup to the signup of their first credited friend, among participants with a friend. Accurate to a tenth.",
    groups: false,
    value: ({ cohort }) => median(cohort),
  },
} as const satisfies Record<string, Definition>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as [MetricName, ...MetricName[]];
export const definitionOf = (name: MetricName): Definition => metrics[name];
