import { shownDomain } from "../../lib/domain";
import { timeIn } from "../../lib/time-zone";
import * as store from "./notification-store";

/** A subject of an email: a campaign or a webhook. `value` comes from its kind's query. */
export type Subject = { id: number; label: string; value: number };
type Row = { label: string; value: string };

export type NotificationKind = {
  /** The switch: its name, and when the email is sent. */
  label: string;
  about: string;
  /** What nobody was notified of yet, and the statement that records the notification. Both run in one transaction. */
  due: store.Due;
  noted: store.Noted;
  /** The texts. They must not contain participants' names. */
  subject: (subjects: Subject[]) => string;
  message: (subjects: Subject[]) => string;
  row: (subject: Subject, zone: string) => Row;
  button: string;
  /** The page for fixing the problem. */
  path: (subjects: Subject[]) => string;
};

const many = (subjects: Subject[], one: (only: Subject) => string, more: string) => {
  const [first] = subjects;
  return first && subjects.length === 1 ? one(first) : more;
};

const codes = (n: number) =>
  n === 0 ? "No codes left" : n === 1 ? "1 code left" : `${n.toLocaleString("en")} codes left`;
const waiting = (n: number) =>
  n >= store.REVIEWS_COUNTED
    ? `More than ${store.REVIEWS_COUNTED.toLocaleString("en")} reviews are waiting`
    : n === 1
      ? "1 review is waiting"
      : `${n.toLocaleString("en")} reviews are waiting`;
/** A campaign, perhaps with its brand. A brand without a name has its domain there. */
const shownCampaign = (label: string) => label.split(" · ").map(shownDomain).join(" · ");
const hostOf = (link: string) => URL.parse(link)?.host ?? "your endpoint";

/** All alerts for an account's team. To add one, add it here: the switch, the job, and the email follow from it. */
export const notificationKinds = {
  codes_low: {
    label: "Coupon codes running low",
    about:
      "When 10% of a campaign's codes are left, or will be within a week because others expire, and when none are left.",
    due: store.codesLow,
    noted: store.noteCodesLow,
    subject: (subjects) =>
      many(
        subjects,
        ({ label, value }) => `${shownCampaign(label)}: ${codes(value).toLowerCase()}`,
        `${subjects.length} campaigns need coupon codes`,
      ),
    message: (subjects) =>
      `Upload more codes: ${subjects.every(({ value }) => value === 0) ? "none are left" : "few are left, or most of them expire within a week"}. Rewards without a code wait, and go out with your next upload.`,
    row: ({ label, value }) => ({ label: shownCampaign(label), value: codes(value) }),
    button: "Upload codes",
    path: (subjects) => many(subjects, ({ id }) => `/campaigns/${id}/coupons`, "/campaigns"),
  },
  webhook_failing: {
    label: "Webhook failing",
    about: "When an endpoint has returned only errors for an hour.",
    due: store.webhooksFailing,
    noted: store.noteWebhooksFailing,
    subject: (subjects) =>
      many(subjects, ({ label }) => `Webhook failing: ${hostOf(label)}`, `${subjects.length} webhooks are failing`),
    message: () => "We keep retrying. A webhook that fails for days is turned off.",
    row: ({ label, value }, zone) => ({
      label: hostOf(label),
      value: `Failing since ${timeIn(new Date(value), zone)}`,
    }),
    button: "See why",
    path: (subjects) => many(subjects, ({ id }) => `/webhooks/${id}`, "/webhooks"),
  },
  reviews_waiting: {
    label: "Reviews waiting",
    about: "When signups or sales look like fraud and need your review. At most once a day.",
    due: store.reviewsWaiting,
    noted: store.noteReviewsWaiting,
    subject: (subjects) => many(subjects, ({ value }) => waiting(value), "Reviews are waiting for you"),
    message: () => "Rewards are held until you decide. If nobody decides in time, your campaign’s rule does.",
    row: ({ label, value }) => ({ label, value: waiting(value) }),
    button: "Review them",
    path: () => "/reviews",
  },
  payment_failed: {
    label: "Payment failed",
    about: "When a payment for your plan fails.",
    due: store.paymentsFailed,
    noted: store.notePaymentsFailed,
    subject: () => "The payment for your plan failed",
    message: () =>
      "Your plan stays active while we retry the payment. To keep it, update your payment method under Manage billing.",
    row: ({ label }) => ({ label: `${label} plan`, value: "Payment failed" }),
    button: "Open your plan",
    path: () => "/plan",
  },
} as const satisfies Record<string, NotificationKind>;

export type AlertName = keyof typeof notificationKinds;
export const alertNames = Object.keys(notificationKinds) as AlertName[];

/** All switches, the digest first. */
export const switches = {
  digest: {
    label: "Weekly digest",
    about: "The week's numbers, on Monday morning. Not sent if nothing happened.",
  },
  ...notificationKinds,
} satisfies Record<string, Pick<NotificationKind, "label" | "about">>;
export type NotificationName = keyof typeof switches;
export const notificationNames = Object.keys(switches) as [NotificationName, ...NotificationName[]];
