/** The chapters of the reference, in reading order. */
export const tags = [
  { name: "Accounts", description: "Your account, its tokens and its API keys." },
  { name: "Brands", description: "A brand is a website that campaigns run for." },
  { name: "Campaigns", description: "A referral program of a brand: its goal, its reward, and how it looks." },
  { name: "Signups", description: "People join a campaign, by themselves or by a friend's code." },
  { name: "Participants", description: "Who is in a campaign, whom they brought, and what they earned." },
  { name: "Rewards", description: "What participants have earned." },
  { name: "Coupons", description: "The codes that coupon rewards are given from. No code is ever given twice." },
  { name: "Contests", description: "A prize draw among a campaign's participants that anybody can check." },
  { name: "Webhooks", description: "Signed messages to your server about what happens, repeated until they arrive." },
  { name: "Zapier", description: "What the Zapier app uses." },
  { name: "Widget", description: "What the widget on a brand's website uses, from visitors' browsers." },
  { name: "Lander", description: "A campaign's landing page." },
  { name: "Share links", description: "Where shared links lead." },
  { name: "Plans", description: "What an account may use." },
  { name: "Operator", description: "For whoever runs this installation." },
  { name: "Documents", description: "This document, and whether the service works." },
];
