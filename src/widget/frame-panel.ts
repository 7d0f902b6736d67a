import { ask, type Joined, type Leader, type Me, type Vouched } from "./frame-api";
import { all, copy, find, show, write } from "./frame-dom";
import { countImpression, startCountdown } from "./frame-extras";
import { enhanceForm } from "./frame-form";
import { hostOf } from "./frame-host";
import { enhanceInvitations } from "./frame-invite";
import { live } from "./frame-live";
import { sharePanel, type Texts } from "./frame-share";
import { allowStorage, isWaiting, recall, remember } from "./frame-store";
import { enhanceWord } from "./frame-word";
import { lastReferral } from "./loader-referral";

/** `at` is when the token was issued. */
type Kept = { token: string; me: Me | null; at: number };

/** The channel for the plain link. */
const DIRECT = 6;

/** A database replica may not have a new participant yet. */
const KNOWN_EVERYWHERE_MS = 60_000;

export function startPanel(root: HTMLElement) {
  const campaign = root.dataset.campaign ?? "";
  const campaign_id = Number(campaign);
  const texts: Texts = JSON.parse(root.dataset.texts ?? "{}");
  const host = hostOf(root);
  const share = sharePanel(root, texts);
  let kept: Kept | null = null;
  let stop: (() => void) | undefined;
  let metadata: unknown;
  /**
   * Whether the host's server vouches for the participant. The page then shows them only while it is open, and does not
   * remember them.
   */
  let isVouched = false;
  let vouched: (() => void) | undefined;

  const announce = (text: string) => write(find(root, "[data-live]"), text);

  function go(step: "form" | "mail" | "share", isMoving = true) {
    root.dataset.step = step;
    for (const place of all(root, "[data-step-of]")) show(place, place.dataset.stepOf === step);
    if (isMoving) find(root, `[data-step-of="${step}"] :is([data-focus], input)`)?.focus({ preventScroll: false });
  }

  function keep(next: Kept) {
    kept = next;
    if (!isVouched) remember(campaign, next);
  }

  function forget() {
    stop?.();
    kept = null;
    if (!isVouched) remember(campaign, null);
    isVouched = false;
    share.forget();
    announce("");
  }

  async function look() {
    const asked = kept;
    if (!asked) return "over";
    const { status, data } = await ask<Me>("participant", asked.token);
    if (kept?.token !== asked.token) return "over";
    if (status === 401 && Date.now() - asked.at > KNOWN_EVERYWHERE_MS) {
      forget();
      go("form", false);
      return "over";
    }
    if (!data || JSON.stringify(kept.me) === JSON.stringify(data)) return "same";
    keep({ ...asked, me: data });
    const { news, rewards } = share.put(data);
    if (news) announce(news);
    for (const { type } of rewards) host.tell("reward", { type });
    void leaders();
    return "changed";
  }

  async function leaders() {
    if (root.dataset.leaders === undefined) return;
    const { data } = await ask<{ leaderboard: Leader[] }>(`leaderboard?campaign_id=${campaign}`);
    if (data) share.putLeaders(data.leaderboard);
  }

  /** Shows the share step for the token's participant. */
  function enter(next: Kept, isMoving: boolean) {
    keep(next);
    if (next.me) share.put(next.me);
    show(find(root, "[data-forget]"), true);
    show(find(root, "[data-invite-box]"), true);
    show(find(root, "[data-word-box]"), true);
    go("share", isMoving);
    stop?.();
    stop = live(root, look);
    void leaders();
  }

  function joined({ already_joined, needs_confirmation, participant_token, reward, ...numbers }: Joined, name: string) {
    if (already_joined || participant_token === null) {
      for (const why of all(root, "[data-why]"))
        show(why, (why.dataset.why === "confirm") === Boolean(needs_confirmation));
      return go("mail");
    }
    const me = { ...numbers, name: name || null, rank: null, rewards: reward ? [reward] : [] };
    enter({ token: participant_token, me, at: Date.now() }, true);
    const { referral_code, share_url } = me;
    host.tell("signup", { campaign_id, referral_code, share_url });
    if (reward) host.tell("reward", { type: reward.type });
  }

  /**
   * Shows the participant that the host's server signed, or otherwise the plain form, no matter who this browser
   * remembers.
   */
  async function vouch(
    { email, name, hash }: Record<string, unknown>,
    { external_id, ...more }: Record<string, unknown>,
  ) {
    const { data, status, code } = await ask<Vouched>("identify", null, {
      ...{ campaign_id, external_id, email, name, hash, metadata: more },
      ...{ ref: ref?.value, host_url: host.url, ...host.arrival },
    });
    const token = data?.participant_token;
    const { data: me } = token ? await ask<Me>("participant", token) : {};
    // Set before the other participant is forgotten: this browser keeps them for visits without the host's signature.
    isVouched = true;
    if (token && me) {
      enter({ token, me, at: Date.now() }, false);
      const { referral_code, share_url } = me;
      if (data.is_new) host.tell("signup", { campaign_id, referral_code, share_url });
      return;
    }
    if (!data) console.warn("referrals: identify() was refused:", code ?? status);
    forget();
    go("form", false);
  }

  const form = find<HTMLFormElement>(root, "form[data-step-of=form]");
  const fields =
    form &&
    enhanceForm(form, texts, { campaign_id, host_url: host.url, ...host.arrival, metadata: () => metadata }, joined);
  const ref = fields?.input("ref");
  // In a frame, the surrounding page stores the code.
  if (ref && !isWaiting() && (host.isOurs || ref.value === "")) ref.value = lastReferral(campaign, ref.value);

  const shared = (social_type: number) => {
    if (kept) void ask("share", kept.token, { social_type });
    host.tell("share", { social_type });
  };
  const link = find<HTMLInputElement>(root, "[data-link]");
  link?.addEventListener("focus", () => link.select());
  // Triggered by the button, the keyboard, or a menu.
  link?.addEventListener("copy", () => shared(DIRECT));
  for (const button of all(root, "[data-copy], [data-copy-coupon], [data-copies]")) show(button, true);
  show(find(root, "[data-native]"), typeof navigator.share === "function");
  root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const on = (selector: string) => target?.closest<HTMLElement>(selector);
    const said = texts.copied ?? "";
    const button = on("[data-copy], [data-copy-coupon], [data-copy-message]");
    const isMessage = button?.matches("[data-copy-message]");
    const whole = isMessage ? find(root, "[data-whole-message]") : button?.parentElement?.querySelector("code");
    const copied = button?.matches("[data-copy]") ? link : whole;
    if (button && copied)
      void copy(copied, button, said).then((isCopied) => {
        if (!isCopied) return;
        announce(said);
        if (isMessage) shared(DIRECT);
      });
    const channel = on("[data-channel]");
    if (channel) shared(Number(channel.dataset.channel));
    const native = on("[data-share]");
    if (native)
      navigator.share({ text: native.dataset.said, url: link?.value }).then(
        () => shared(DIRECT),
        () => undefined,
      );
    if (on("[data-forget] button")) {
      forget();
      go("form");
    }
    if (on("[data-again]")) {
      event.preventDefault();
      go("form");
    }
  });
  enhanceInvitations(root, texts, () => kept?.token, announce);
  enhanceWord(
    root,
    texts,
    () => kept?.token,
    () => void look(),
  );

  /** Shows the share step for a participant that the page or this browser knows. */
  function resume() {
    const { token, step } = root.dataset;
    const known = recall<Kept>(campaign);
    if (token) enter(known?.token === token ? known : { token, me: null, at: Date.now() }, false);
    else if (known?.token && step === "form") {
      try {
        enter(known, false);
      } catch {
        // Stored by another version of this script, or tampered with.
        forget();
        go("form", false);
      }
    }
  }
  resume();
  root.dataset.ready = "";
  startCountdown(root);
  countImpression(root, campaign_id);
  host.open(({ type, email, name, hash, metadata: more, ref: code }) => {
    if (type === "identify") {
      fields?.prefill("email", email);
      fields?.prefill("name", name);
      metadata = more;
      vouched = hash ? () => void vouch({ email, name, hash }, more as Record<string, unknown>) : undefined;
      if (!isWaiting()) vouched?.();
    }
    if (type === "join" && root.dataset.step === "form") form?.requestSubmit();
    if (type === "consent") {
      allowStorage();
      if (ref?.value === "") ref.value = String(code ?? "");
      if (vouched) vouched();
      else if (!kept) resume();
    }
    if (type === "focus") focusSoon(() => find(root, `[data-step-of="${root.dataset.step}"] :is([data-focus], input)`));
  });
}

const FOCUS_TRIES = 100;
const FOCUS_PAUSE_MS = 50;

/**
 * Focuses what `place` finds. The surrounding page focuses the frame first, which takes a moment, and not every browser
 * reports it. WebKit allows this only while it handles a visitor's action, such as the click that opened a dialog with
 * a loaded frame. By then, visitors may have moved on.
 * @see https://github.com/WebKit/WebKit/pull/46579
 */
function focusSoon(place: () => HTMLElement | null, tries = FOCUS_TRIES) {
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  if (document.hasFocus()) place()?.focus();
  if (tries > 0) setTimeout(focusSoon, FOCUS_PAUSE_MS, place, tries - 1);
}
