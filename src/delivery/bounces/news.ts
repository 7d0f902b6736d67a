/** A provider's later event about an email that it accepted. */
export type News = {
  /** The provider's ID of the email, without brackets. */
  provider_id: string;
  recipient: string;
  what: "hard_bounce" | "soft_bounce" | "complaint" | "rejected" | "delivery_failed";
  /** The time of the event, according to the provider. */
  at: Date;
};
