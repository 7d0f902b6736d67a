import { DAY_MS, utcDay } from "../../lib/day";

/** Starting points for a campaign, with suitable settings under the names of the wizard's fields. */
export const templates = {
  refer: {
    title: "Refer a friend",
    about: "Customers refer friends, and both get a coupon.",
    type_id: 1,
    fields: {
      goal_type: "signup",
      num_signups: 1,
      reward_type: 1,
      reward_invited: true,
      widget: {
        header_title: "Give a discount, get a discount",
        description: "Share your personal link. When a friend joins, you both get a coupon code.",
        button_text: "Get my link",
        success_message: "You’re in! Share your link with your friends.",
      },
    },
    /** The widget's texts if friends get no reward. */
    alone: {
      header_title: "Refer your friends, get rewarded",
      description: "Share your personal link and earn a reward when your friends join.",
    },
  },
  waitlist: {
    title: "Waitlist",
    about: "People queue for your launch and skip ahead by inviting others.",
    type_id: 2,
    fields: {
      goal_type: "signup",
      num_signups: 3,
      reward_type: 3,
      reward_invited: false,
      reward: { custom_message: "You’ve skipped the line! You’ll be among the first to get in." },
      widget: {
        header_title: "Be among the first",
        description: "Join the waitlist, invite three friends, and skip the line.",
        button_text: "Join the waitlist",
        success_message: "You’re on the list! Invite friends to move up.",
      },
    },
  },
  giveaway: {
    title: "Giveaway",
    about: "A prize draw: each friend who joins is one more chance to win.",
    type_id: 3,
    fields: {
      goal_type: "signup",
      num_signups: 1,
      reward_type: 3,
      reward_invited: false,
      reward: { custom_message: "Your friend joined, so you have one more chance to win." },
      contest: { max_winners: 1 },
      widget: {
        header_title: "Enter to win",
        description: "Join the giveaway. Every friend who joins through your link gives you one more chance to win.",
        button_text: "Enter",
        success_message: "You’re in the draw! Invite friends for more chances to win.",
      },
    },
  },
} as const;

type TemplateName = keyof typeof templates;
export const templateNames = ["refer", "waitlist", "giveaway"] as const satisfies TemplateName[];

const LOOKS = { template_id: 1, color: "#4f46e5", button_color: "#4f46e5" };
const CONTEST_DAYS = 30;

/** The wizard's fields, as filled in by a template. */
export function defaultsOf(name: TemplateName, now: Date) {
  const { title, fields } = templates[name];
  const end = utcDay(now.getTime() + CONTEST_DAYS * DAY_MS);
  return {
    template: name,
    made_for: name,
    name: title,
    publish: "private",
    ...fields,
    widget: { ...LOOKS, ...fields.widget },
    ...("contest" in fields && { contest: { ...fields.contest, end_date: end } }),
  };
}

/**
 * The widget's settings, with the template's texts adjusted to whether friends get a reward. Edited texts stay as they
 * are.
 */
export function widgetWords(name: TemplateName, widget: Record<string, unknown>, friends_too: boolean) {
  const template = templates[name];
  if (!("alone" in template)) return widget;
  const { fields, alone } = template;
  const [said, otherwise] = friends_too ? [fields.widget, alone] : [alone, fields.widget];
  const own = (["header_title", "description"] as const).filter((field) => widget[field] === otherwise[field]);
  return { ...widget, ...Object.fromEntries(own.map((field) => [field, said[field]])) };
}
