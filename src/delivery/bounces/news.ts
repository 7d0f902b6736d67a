/** What a provider says later about an email that it took. */
export type News = {
  /** Its id of the email, without brackets. */
  provider_id: string;
  recipient: string;
  what: "hard_bounce" | "soft_bounce" | "complaint" | "rejected" | "delivery_failed";
  /** When the provider said it. */
  at: Date;
};
