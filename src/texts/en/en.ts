import { mail } from "./email";
import { friends } from "./friends";
import type { members } from "./members";
import { promises } from "./promises";
import { proof } from "./proof";
import { wallet } from "./wallet";

/**
 * Every text that participants see and that is not a campaign setting. Names in braces are placeholders. Plain American
 * English: the reader is "you", and buttons speak as the reader ("Get my link"). Contractions and ’ are welcome. Terms:
 * friend, participant, personal link, reward, welcome gift (the friend's reward), coupon, referral program or campaign,
 * leaderboard, invitation, email, email address. To join is to sign up for a campaign.
 */
export const en = {
  ...mail,
  ...promises,
  ...proof,
  ...wallet,
  ...friends,
  // The form
  name: "Your name",
  email: "Your email address",
  join: "Get my link",
  required: "This field is required.",
  bad_email: "Enter a valid email address.",
  // Errors
  failed: "Something went wrong. Please try again.",
  busy: "We’re getting a lot of traffic right now. Please try again in a moment.",
  // Defaults for a widget's settings (the form's own texts are above)
  header_title: "Invite your friends, get rewarded",
  description: "Join now, share your personal link and earn a reward for the friends you refer.",
  body_text: "Enter your details to get your personal link.",
  join_button: "Join",
  success_message: "You’re in! Share your link with your friends.",
  popup_button: "Get rewarded",
  // The panel: what surrounds and follows the form
  your_link: "Your personal link",
  your_code: "Your code, for friends to enter at checkout",
  copy: "Copy",
  copied: "Copied",
  share: "Share",
  share_on: "Share on {channel}",
  share_message: "I thought you might like this:",
  by_email: "Email",
  goal_signup: "Friends joined",
  goal_visit: "Visits from your link",
  goal_left: "{left} more to unlock your reward",
  goal_met: "You’ve reached your goal.",
  your_rewards: "Your rewards",
  reward_referrer: "For inviting friends",
  reward_invited: "Your welcome gift",
  reward_redirect: "Open my reward",
  reward_owed: "You earned {amount}. Payout pending.",
  reward_paid: "{amount} paid out.",
  reward_waiting: "You earned it! Your reward will appear here as soon as it’s ready.",
  your_credit: "Your store credit: {amount}",
  reward_credit: "{amount} of store credit.",
  reward_held: "It’s almost yours: we’ll release it on {day}.",
  reward_unapproved: "It’s almost yours: it only has to be approved.",
  reward_checking: "We’re checking this reward. You don’t have to do anything.",
  reward_confirm: "We’re checking this reward. Open the link in the email we’ve sent you to speed this up.",
  reward_not_counted: "This invitation couldn’t be counted.",
  reward_revoked: "This reward is no longer available, for example because a purchase was returned.",
  coupon_valid: "Valid until {day}.",
  reward_expires: "Expires on {day}.",
  reward_expired: "This reward has expired.",
  reward_rest_expired: "What was left of it has expired.",
  limit_total: "You’ve earned as many of these rewards as one person can get. Thank you!",
  limit_month: "You’ve earned as many of these rewards as one person can get this month.",
  limit_budget: "These rewards are used up for now. Your count stays as it is, so keep sharing.",
  reward_new: "You’ve earned a reward!",
  clicks: "Clicks",
  friends: "Friends",
  rank: "Rank",
  waitlist_place: "You’re number {position} of {of} in line.",
  waitlist_next_one: "Each friend who joins moves you up {count} place.",
  waitlist_next_other: "Each friend who joins moves you up {count} places.",
  waitlist_admitted: "You’ve been let in. Your wait is over.",
  leaderboard: "Leaderboard",
  somebody: "Anonymous",
  qr_code: "QR code",
  invite: "Invite by email",
  invite_hint: "Up to 10 email addresses, separated by commas.",
  invite_send: "Send invitations",
  invite_sent: "Your invitations are on their way.",
  hello: "Hi {name}",
  not_you: "Not you?",
  check_mail: "Check your email",
  check_mail_known: "This email address has already joined. We’ve emailed you a link to your page.",
  check_mail_confirm: "We’ve sent you an email. Open the link in it to finish joining.",
  another_address: "Use a different email address",
  ends_in: "Ends in",
  days: "Days",
  hours: "Hours",
  minutes: "Min.",
  seconds: "Sec.",
  stat_participants: "Participants",
  stat_shares: "Shares",
  stat_views: "Views",
  gone: "Page not found",
  gone_campaign: "The campaign may have ended, or its link may have changed.",
  gone_status: "This link has expired",
  gone_status_help: "Enter your email address again on the page where you joined, and we’ll send you a new link.",
  renew_help: "For your security, links in our emails only work for a while. We can email you a new one.",
  renew_button: "Email me a new link",
  renewed_help: "A new link to your page is on its way to your email address.",
  // Signup errors, by error code
  leave_empty: "Leave this field empty",
  needs_script: "This form needs JavaScript to check that you’re human.",
  captcha_failed: "We couldn’t verify that you’re human. Please try again.",
  disposable_email: "Check the spelling, or use a permanent email address. Disposable addresses are not accepted.",
  campaign_not_live: "This campaign isn’t taking new participants right now.",
  // A campaign that is not live: what visitors read, then participants
  closed_draft: "Not open yet",
  closed_draft_text: "You can join soon. Please check back later.",
  closed_scheduled: "Opening soon",
  closed_scheduled_text: "You can join from {day}.",
  closed_paused: "Paused for now",
  closed_paused_text: "Nobody can join right now. Personal links keep working, so please check back later.",
  test_mode: "Test mode: nothing here counts.",
  closed_ended: "This campaign has ended",
  closed_ended_text: "It’s no longer possible to join. Thanks for stopping by!",
  own_scheduled: "This campaign isn’t open yet. Your friends can join once it is.",
  own_paused: "This campaign is paused. Your link keeps working, but your friends can’t join right now.",
  own_ended: "This campaign has ended. Your friends can’t join anymore, but you keep what you’ve earned.",
  // Hosted pages
  how: "How it works",
  how_join: "Join",
  how_join_text: "Enter your email address to get your personal link.",
  how_share: "Share",
  how_share_text: "Send your link to friends or post it on social media.",
  how_earn: "Get rewarded",
  how_signup_one: "Get {reward} as soon as a friend joins through your link.",
  how_signup_other: "Get {reward} as soon as {count} friends join through your link.",
  how_visit_one: "Get {reward} as soon as someone opens your link.",
  how_visit_other: "Get {reward} as soon as {count} people open your link.",
  how_invited: "Your friends get a reward, too.",
  invited_by: "{name} invites you.",
  invited_gives: "{name} gives you {reward}.",
  invited_gift: "Join to get {reward}.",
  a_coupon: "a coupon",
  a_redirect: "exclusive access",
  a_message: "a surprise",
  a_token: "tokens",
  a_cash: "cash",
  a_credit: "store credit",
  people_one: "{count} person has joined",
  people_other: "{count} people have joined",
  until: "Until {day}",
  programs: "Referral programs",
  programs_of: "Referral programs from {brand}",
  take_part: "Join now",
  newer: "Newer",
  older: "Older",
  follow: "Social media",
  visit_site: "Visit {brand}",
  page_failed: "We couldn’t load this page",
  source: "Source code",
  // The list of a brand’s past draws
  draws: "Past draws",
  draws_of: "Past draws by {brand}",
  draws_text: "Anyone can verify these draws. Names of participants are not shown.",
  drawn_on: "Drawn on {day}",
  draw_removed: "Removed by the organizer; the draw stays on record.",
  draw_check: "Verify the draw",
  draw_entrants_one: "{count} participant",
  draw_entrants_other: "{count} participants",
  draw_winners_one: "{count} winner",
  draw_winners_other: "{count} winners",
  // Unsubscribing, and expired or broken links in emails
  unsubscribe: "Unsubscribe from these emails?",
  unsubscribe_text:
    "You’ll no longer get emails about this sender’s referral campaigns. We’ll still send links that you ask for.",
  unsubscribe_button: "Unsubscribe",
  unsubscribed: "You’re unsubscribed",
  unsubscribed_text: "We won’t send any more emails about this sender’s referral campaigns to this address.",
  bad_link: "This link doesn’t work",
  bad_link_text: "It may be incomplete or expired. Open the latest email from us and try the link there.",
  // The email confirmation page
  confirm_title: "Confirm your email address",
  confirm_proof_help:
    "One more click, and we’ll know that this email address is yours. That often speeds up the check of your reward. If you didn’t sign up, you can close this page.",
  confirm_help:
    "One more click to join “{campaign_name}” by {brand_name}. If you didn’t sign up, you can close this page.",
  confirm_button: "Confirm my email address",
  confirmed_title: "Thanks, you’re in!",
  confirmed_help: "Your email address is confirmed. You’ll find your link and your rewards on your page.",
  confirmed_proof_title: "Thanks for confirming!",
  confirmed_proof_help: "Now we know that this email address is yours. Your page shows when your reward is released.",
  confirmed_button: "Go to my page",
  confirm_gone: "This link is no longer valid",
  confirm_gone_help: "Confirmation links are valid for seven days. Sign up again to get a new one.",
  // The language's own name
  language: "English",
  // The dialog around the frame
  close: "Close",
} as const;

/** The names of texts with plural forms, like `people` for `people_one` and `people_other`. */
export type Counted = { [Name in keyof typeof en]: Name extends `${infer Base}_other` ? Base : never }[keyof typeof en];
type Form = "zero" | "one" | "two" | "few" | "many";

/**
 * The texts that a language file contains: each text, and for texts with plural forms, as many forms as its grammar
 * needs, always including `other`.
 */
export type Translation = Record<Exclude<keyof typeof en, `${Counted}_one`>, string> &
  Partial<Record<`${Counted}_${Form}`, string>>;

/** All texts in one language. Texts for members are always English. */
export type Texts = Translation & Record<keyof typeof members, string>;
