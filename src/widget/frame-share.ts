import type { Leader, Me, Reward } from "./frame-api";
import { all, fill, find, list, show, wordsOf, write } from "./frame-dom";

export type Texts = Record<string, string>;

/** The channel for the QR code. */
const QR_CODE = 12;
const NAME = /\{name\}/g;
/** The text for each reason why a participant does not have a reward. */
const WHYS: Record<string, string> = {
  review: "reward_checking",
  not_counted: "reward_not_counted",
  gone: "reward_revoked",
};

function formats(language: string) {
  const locale = localeOf(language);
  const make = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  /** Like on the server: in right-to-left text, `US$` needs a mark to stay together. */
  const moneyIn = (currency: string, value: number) =>
    make({ style: "currency", currency })
      .formatToParts(value)
      .map(({ type, value: part }) =>
        document.dir === "rtl" && type === "currency" && /[A-Z]/.test(part) ? `${part}\u200e` : part,
      )
      .join("");
  return { number: make(), day, moneyIn };
}

/** Like on the server: see src/texts/text.ts. */
function localeOf(language: string) {
  try {
    const locale = Intl.getCanonicalLocales(language)[0] ?? "en";
    return /^ar\b/.test(locale) ? new Intl.Locale(locale, { numberingSystem: "latn" }).toString() : locale;
  } catch {
    return "en";
  }
}

/** Shows a participant's numbers in the share step. `put` returns news to announce to screen readers. */
export function sharePanel(root: HTMLElement, texts: Texts) {
  const { number, day, moneyIn } = formats(root.dataset.language ?? "en");
  const amounts: Record<string, string[]> = JSON.parse(find(root, "[data-rewards]")?.dataset.amounts ?? "{}");
  let before: Me | null = null;
  const say = (name: string, words: Record<string, string> = {}) => fill(texts[name] ?? "", words);

  function fillReward(item: HTMLElement, reward: Reward) {
    const part = (name: string) => find(item, `[data-reward="${name}"]`);
    write(part("why"), say(reward.role === "invited" ? "reward_invited" : "reward_referrer"));
    const words = toldOf(reward);
    write(part("words"), words);
    show(part("words"), words !== "");
    const message = wordsOf(reward.custom_message ?? "");
    write(part("message"), message);
    show(part("message"), message !== "");
    write(part("code"), reward.coupon ?? "");
    show(part("coupon"), Boolean(reward.coupon));
    const last = reward.coupon && reward.coupon_last_day;
    if (last) write(part("validity"), say("coupon_valid", { day: dayOf(last) }));
    show(part("validity"), Boolean(last));
    const link = part("redirect") as HTMLAnchorElement | null;
    const isLink = /^https?:\/\//i.test(reward.redirect_url ?? "");
    if (link && isLink) link.href = reward.redirect_url ?? "";
    show(link, isLink);
    show(find(item, "[data-copy-coupon]"), true);
    item.classList.toggle("new", before !== null && !before.rewards.some(({ id }) => id === reward.id));
  }

  function toldOf(reward: Reward) {
    const { type, status, currency } = reward;
    const parts = (amounts[type] ?? []).map((field) => reward[field] ?? "");
    const why = whyNot(reward);
    const end = reward.expires_at ? ` ${say("reward_expires", { day: dayOf(reward.expires_at) })}` : "";
    if ((parts[0] ?? "") === "") return why || (status === "pending" ? say("reward_waiting") + end : "");
    const words = parts.map((part) => (typeof part === "number" ? moneyIn(currency, part) : part));
    const amount = words.join(" ").trim();
    if (why) return `${amount} · ${why}`;
    const name = status === "pending" ? "reward_owed" : type === "credit" ? "reward_credit" : "reward_paid";
    return say(name, { amount }) + end;
  }

  const dayOf = (time: string) => day.format(new Date(time));

  function whyNot({ why, confirm_email, status, held_until, expired_amount, amount }: Reward) {
    if (status === "expired")
      return say((expired_amount ?? 0) < (amount ?? 0) ? "reward_rest_expired" : "reward_expired");
    if (why === "days" && held_until) return say("reward_held", { day: dayOf(held_until) });
    if (confirm_email) return say("reward_confirm");
    return why ? say(WHYS[why] ?? "reward_unapproved") : "";
  }

  function put(me: Me): { news: string; rewards: Reward[] } {
    const { goal } = me;
    const link = find<HTMLInputElement>(root, "[data-link]");
    if (link) link.value = me.share_url;
    write(find(root, "[data-code]"), me.checkout_code ?? "");
    show(find(root, "[data-code-box]"), Boolean(me.checkout_code));
    const code = find<HTMLImageElement>(root, "[data-qr]");
    const scanned = me.links.find(({ social_type }) => social_type === QR_CODE)?.url.split("/t/")[1];
    const address = `/qr/${scanned ?? me.referral_code}`;
    if (code && code.getAttribute("src") !== `${address}.svg`) code.src = `${address}.svg`;
    const file = find<HTMLAnchorElement>(root, "[data-qr-file]");
    if (file) file.href = `${address}.png`;
    const called = me.name?.split(" ")[0] || say("mail_a_friend");
    for (const channel of all<HTMLAnchorElement>(root, "a[data-channel]")) {
      const { url } = me.links.find((one) => String(one.social_type) === channel.dataset.channel) ?? {
        url: me.share_url,
      };
      channel.href = (channel.dataset.address ?? "")
        .replace("{url}", encodeURIComponent(url))
        .replace(NAME, encodeURIComponent(called));
    }
    const native = find(root, "[data-share]");
    const message = (native?.dataset.message ?? "").replace(NAME, called);
    if (native) native.dataset.said = message;
    write(find(root, "[data-whole-message]"), `${message} ${me.share_url}`);
    for (const step of all(root, "[data-step-at]"))
      step.classList.toggle("reached", goal.current >= Number(step.dataset.stepAt));
    putFriends(me);
    const current = Math.min(goal.current, goal.target);
    const bar = find<HTMLProgressElement>(root, "[data-goal]");
    if (bar) {
      bar.max = goal.target;
      bar.value = current;
    }
    write(find(root, "[data-goal-current]"), number.format(goal.current));
    const left = goal.met ? say("goal_met") : say("goal_left", { left: number.format(goal.target - current) });
    write(find(root, "[data-goal-left]"), left);
    for (const name of ["referral_count", "click_count", "rank"] as const) {
      const place = find(root, `[data-number="${name}"]`);
      const value = name === "rank" && me.referral_count + me.click_count === 0 ? null : me[name];
      write(place, value === null ? "" : number.format(value));
      show(place?.parentElement ?? null, value !== null);
    }
    putPlace(me);
    write(find(root, "[data-limit]"), me.limit ? say(`limit_${me.limit}`) : "");
    show(find(root, "[data-limit]"), Boolean(me.limit));
    const credit = (me.credit ?? []).map(({ value, currency }) => moneyIn(currency, value));
    write(find(root, "[data-credit]"), say("your_credit", { amount: credit.join(" · ") }));
    show(find(root, "[data-credit]"), credit.length > 0);
    write(find(root, "[data-hello]"), me.name ? say("hello", { name: me.name }) : "");

    const { rewards } = me;
    const known = before?.rewards ?? null;
    if (JSON.stringify(known) !== JSON.stringify(me.rewards)) {
      list(root, "rewards", rewards, fillReward);
    }
    show(find(root, "[data-rewards]"), rewards.length > 0 || Boolean(me.limit));
    const fresh = known ? rewards.filter(({ id }) => !known.some((one) => one.id === id)) : [];
    const moved = before !== null && before.goal.current !== goal.current;
    before = me;
    return { news: fresh.length > 0 ? say("reward_new") : moved ? left : "", rewards: fresh };
  }

  function putFriends({ friends = [] }: Me) {
    list(root, "friends", friends, (item, { name, status }) => {
      write(find(item, '[data-friend="name"]'), name ?? say("somebody"));
      write(find(item, '[data-friend="status"]'), say(`friend_${status}`));
    });
    show(find(root, "[data-friends-box]"), friends.length > 0);
  }

  function putPlace({ waitlist }: Me) {
    const { position = null, of = 0, admitted_at = null } = waitlist ?? {};
    const words = { position: number.format(position ?? 0), of: number.format(of) };
    write(find(root, "[data-place]"), admitted_at ? say("waitlist_admitted") : say("waitlist_place", words));
    show(find(root, "[data-place-box]"), Boolean(admitted_at) || position !== null);
    show(find(root, "[data-place-next]"), !admitted_at);
  }

  function putLeaders(leaders: Leader[]) {
    list(root, "leaders", leaders, (item, leader) => {
      for (const place of all(item, "[data-leader]")) {
        const value = leader[place.dataset.leader as keyof Leader];
        write(place, typeof value === "number" ? number.format(value) : (value ?? say("somebody")));
      }
    });
    show(find(root, "[data-leaders-box]"), leaders.length > 0);
  }
  /** The next numbers will belong to another participant. */
  const forget = () => {
    before = null;
  };
  return { put, putLeaders, forget };
}
