/** The section for what browsers show or run. */
export const PAGES = "Pages";

/** The reference's sections, in reading order. */
export const tags = [
  { name: "Accounts", description: "Your account, its tokens, and its API keys." },
  { name: "Keys", description: "Named API keys with scopes, expiry, and modes, and publishable keys." },
  { name: "Brands", description: "A brand is a website that runs campaigns." },
  { name: "Campaigns", description: "A referral program: its goal, reward, and appearance." },
  { name: "Signups", description: "Sign people up to a campaign, with or without a referral code." },
  { name: "Participants", description: "A campaign's participants, their referrals, and their rewards." },
  { name: "Rules", description: "What earns the referrer or the friend a reward." },
  { name: "Conversions", description: "Purchases and other events, and the rewards they earn." },
  { name: "Inputs", description: "Events from Stripe, Shopify, Paddle, and Lemon Squeezy, recorded as conversions." },
  { name: "Decisions", description: "Why signups, visits, conversions, and refunds did or did not earn something." },
  { name: "Rewards", description: "Rewards that participants have earned." },
  {
    name: "Reviews",
    description: "Referrals and sales that look like fraud, and your allow and block lists.",
  },
  { name: "Payouts", description: "Cash that you owe participants, and what you have paid." },
  { name: "Imports", description: "Many participants or codes at once, with a preview and an undo." },
  { name: "Exports", description: "Whole lists as files." },
  { name: "Coupons", description: "The pool of codes for coupon rewards. No code is ever given twice." },
  { name: "Contests", description: "A prize draw among a campaign's participants that anyone can verify." },
  { name: "Events", description: "The log of what happened, in order, for 30 days." },
  { name: "Webhooks", description: "Signed events for your server, retried until they arrive." },
  { name: "Zapier", description: "Endpoints for the Zapier app." },
  { name: "Widget", description: "Endpoints the widget calls from visitors' browsers." },
  { name: "Lander", description: "A campaign's landing page." },
  { name: PAGES, description: "What browsers show or run. Not in the published document." },
  { name: "Plans", description: "Plans and their limits." },
  { name: "Operator", description: "For the operator of this installation." },
  { name: "Documents", description: "This document and the service's health." },
];
