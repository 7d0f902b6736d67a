import { call } from "./api.ts";
import { anyCampaign, outputFields } from "./fields.ts";
import type { Bundle, Values, Z } from "./platform.ts";
import { eventSamples, type TriggerEvent } from "./samples.ts";

type Event = { id: string; type: string } & Values;
type EventPage = { items: Event[]; pagination: { after: number } };

/** Event numbers grow with the participants of the whole installation, so we search for examples in growing ranges. */
const RANGES = [2 ** 26, 2 ** 32, 2 ** 38, Number.MAX_SAFE_INTEGER];
const PAGE = 100;

/** Recent events of one type, newest first, for the editor. They have the hook's format. */
async function recent(z: Z, bundle: Bundle, type: TriggerEvent): Promise<Event[]> {
  const { campaign_id } = bundle.inputData;
  const page = (after: number | "latest", limit: number) =>
    call<EventPage>(z, bundle, "events", { params: { after, limit, type, campaign_id } });
  const { after: latest } = (await page("latest", 1)).pagination;
  for (const range of RANGES) {
    const { items } = await page(Math.max(0, latest - range), PAGE);
    if (items.length > 0 || range >= latest) return items.reverse();
  }
  return [];
}

/** The subscription may have been deleted in the dashboard, or with its campaign. */
function unsubscribe(z: Z, bundle: Bundle) {
  const id = bundle.subscribeData?.id;
  return call<Values>(z, bundle, `zapier/hooks/${id}`, { method: "DELETE", ifAbsent: { id } });
}

/** An instant trigger. */
const instant = (key: string, event: TriggerEvent, noun: string, label: string, description: string) => ({
  key,
  noun,
  display: { label, description },
  operation: {
    type: "hook",
    inputFields: anyCampaign,
    performSubscribe: (z: Z, bundle: Bundle) => {
      const { campaign_id } = bundle.inputData;
      const body = { hookUrl: bundle.targetUrl, event, campaign_id: campaign_id ? Number(campaign_id) : null };
      return call<{ id: number }>(z, bundle, "zapier/hooks", { method: "POST", body });
    },
    performUnsubscribe: unsubscribe,
    // A test from the dashboard arrives at the same hook, and is not an event of this type.
    perform: async (_: Z, { cleanedRequest }: Bundle) =>
      [cleanedRequest as Event].filter((sent) => sent?.type === event),
    performList: (z: Z, bundle: Bundle) => recent(z, bundle, event),
    sample: eventSamples[event],
    outputFields: outputFields(eventSamples[event]),
  },
});

const all = [
  instant(
    "participant_joined",
    "participant.signup",
    "Participant",
    "Participant Joined",
    "Triggers when someone joins a campaign, with or without a referrer.",
  ),
  instant(
    "participant_attributed",
    "participant.attributed",
    "Participant",
    "Participant Attributed",
    "Triggers when a participant who had joined before is referred by someone.",
  ),
  instant(
    "participant_admitted",
    "participant.admitted",
    "Participant",
    "Participant Admitted",
    "Triggers when a participant becomes active, or is let in from the waitlist.",
  ),
  instant(
    "reward_held",
    "reward.held",
    "Reward",
    "Reward Held",
    "Triggers when a reward is earned and waits for its days, an approval, or a review.",
  ),
  instant(
    "reward_pending",
    "reward.pending",
    "Reward",
    "Reward Pending",
    "Triggers when a reward is earned and waits for a coupon code or your payment.",
  ),
  instant(
    "reward_fulfilled",
    "reward.fulfilled",
    "Reward",
    "Reward Fulfilled",
    "Triggers when a participant gets a reward.",
  ),
  instant("reward_revoked", "reward.revoked", "Reward", "Reward Revoked", "Triggers when a reward is revoked."),
  instant(
    "conversion_recorded",
    "conversion.created",
    "Conversion",
    "Conversion Recorded",
    "Triggers when a purchase or another conversion is recorded.",
  ),
  instant(
    "review_opened",
    "review.opened",
    "Review",
    "Review Opened",
    "Triggers when a referral, or a referrer's sales, look like fraud.",
  ),
  instant(
    "review_decided",
    "review.decided",
    "Review",
    "Review Decided",
    "Triggers when a review is approved or denied, or its decision is undone.",
  ),
  instant(
    "coupons_low",
    "coupons.low",
    "Coupon Code",
    "Coupon Codes Low",
    "Triggers when 10% of a campaign's coupon codes are left, or will be in a week because the others expire.",
  ),
];

export const triggers = Object.fromEntries(all.map((trigger) => [trigger.key, trigger]));
