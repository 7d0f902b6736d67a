import { timeIn } from "../../lib/time-zone";
import * as store from "./notification-store";

/** One of the things that an email is about: a campaign, or a webhook. `value` is what its kind's query says. */
export type Subject = { id: number; label: string; value: number };
type Row = { label: string; value: string };

export type NotificationKind = {
  /** The switch: its name, and when the email comes. */
  label: string;
  about: string;
  /** What happened that nobody was told of, and the statement that notes that they were. Both run in one transaction. */
  due: store.Due;
  noted: store.Noted;
  /** The words. They must name no participant. */
  subject: (subjects: Subject[]) => string;
  message: (subjects: Subject[]) => string;
  row: (subject: Subject, zone: string) => Row;
  button: string;
  /** The page where it can be fixed. */
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
    ? `More than ${store.REVIEWS_COUNTED.toLocaleString("en")} reviews wait`
    : n === 1
      ? "1 review waits"
      : `${n.toLocaleString("en")} reviews wait`;
const hostOf = (link: string) => URL.parse(link)?.host ?? "your endpoint";

/** Every alert to the people of an account. To add one, add it here: the switch, the job, and the email follow. */
export const notificationKinds = {
  codes_low: {
    label: "Coupon codes running low",
    about:
      "When a tenth of a campaign's codes is left, or will be in a week because the others expire, and when there are none.",
    due: store.codesLow,
    noted: store.noteCodesLow,
    subject: (subjects) =>
      many(
        subjects,
        ({ label, value }) => `${label}: ${codes(value).toLowerCase()}`,
        `${subjects.length} campaigns need coupon codes`,
      ),
    message: () =>
      "Upload more codes: few are left, or most of them expire within a week. Rewards that find none wait, and go out with your next upload.",
    row: ({ label, value }) => ({ label, value: codes(value) }),
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
    message: () => "We keep trying. An endpoint that fails for days is disabled.",
    row: ({ label, value }, zone) => ({
      label: hostOf(label),
      value: `Failing since ${timeIn(new Date(value), zone)}`,
    }),
    button: "See why",
    path: (subjects) => many(subjects, ({ id }) => `/webhooks/${id}`, "/webhooks"),
  },
  reviews_waiting: {
    label: "Reviews waiting",
    about: "When signups or sales look like fraud and wait for your review. Once a day at most.",
    due: store.reviewsWaiting,
    noted: store.noteReviewsWaiting,
    subject: (subjects) => many(subjects, ({ value }) => waiting(value), "Reviews wait for you"),
    message: () =>
      "Rewards are held until you decide. A review that nobody decides in time is decided by your campaign's rule.",
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
      "Your plan stays while the payment is tried again. Update your payment method under Manage billing to keep it.",
    row: ({ label }) => ({ label: `${label} plan`, value: "Payment failed" }),
    button: "Open your plan",
    path: () => "/plan",
  },
} as const satisfies Record<string, NotificationKind>;

export type AlertName = keyof typeof notificationKinds;
export const alertNames = Object.keys(notificationKinds) as AlertName[];

/** Every switch, the digest first. */
export const switches = {
  digest: {
    label: "Weekly digest",
    about: "The week's numbers, on Monday morning. None if nothing happened.",
  },
  ...notificationKinds,
} satisfies Record<string, Pick<NotificationKind, "label" | "about">>;
export type NotificationName = keyof typeof switches;
export const notificationNames = Object.keys(switches) as [NotificationName, ...NotificationName[]];
