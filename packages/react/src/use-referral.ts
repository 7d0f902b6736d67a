import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { memoryOf, referrerOf } from "./memory.js";
import {
  ask,
  type Channel,
  type Joined,
  type JoinOptions,
  type Me,
  ReferralError,
  SOCIAL_TYPES,
} from "./referral-api.js";

export type ReferralOptions = {
  campaign: number | string;
  /** Where the product runs, such as `https://referrals.example.com`. */
  baseUrl: string;
  /** Whether the browser may remember the visitor; true by default. Set it once they have consented. */
  remember?: boolean;
  /** The identity of a signed-in customer, signed by your server. They see their link immediately, and the browser does not remember them. */
  identity?: Identity;
  /** A referral code from your server. Without it, `?ref=` of the page counts. */
  referralCode?: string;
};

export type ReferralState = {
  /** `loading` at first, also on the server; `visitor` before they join; then `participant`. */
  status: "loading" | "visitor" | "participant";
  /** Their numbers, rewards, and links. Null unless `status` is `participant`. */
  me: Me | null;
  /** Their share link. */
  link: string | null;
  /** The last request's error. */
  error: ReferralError | null;
  /** The code that brought this visitor, or an empty text. */
  referrer: string;
  /** Signs the visitor up. Throws a `ReferralError`, such as one with the code `disposable_email`. */
  join(person: JoinOptions): Promise<Joined>;
  /** Records a share, and returns the link for that channel: each click on it then counts there. */
  share(channel: Channel): string | null;
  /** Sends invitations to up to ten email addresses, if the campaign allows it. Returns how many were accepted. */
  invite(emails: string[]): Promise<number>;
  /** Reads the numbers again. */
  refresh(): Promise<void>;
  /** Forgets the participant in this browser. */
  forget(): void;
};

export type Identity = {
  external_id: string;
  email: string;
  /** Computed by your server with the campaign's identity secret. */
  hash: string;
  name?: string;
};

type Answer = Me & {
  already_joined: boolean;
  needs_confirmation?: boolean;
  participant_token: string | null;
  reward: Me["rewards"][number] | null;
};

/** Everything for your own referral program's UI: the link, the numbers, and the actions. */
export function useReferral({
  campaign: id,
  baseUrl,
  remember = true,
  referralCode,
  identity,
}: ReferralOptions): ReferralState {
  const campaign = String(id);
  const key = `referrals:me:${campaign}`;
  const [state, setState] = useState<Pick<ReferralState, "status" | "me" | "error" | "referrer">>({
    status: "loading",
    me: null,
    error: null,
    referrer: referralCode ?? "",
  });
  const memory = useMemo(() => (typeof window === "undefined" ? null : memoryOf(remember)), [remember]);
  const token = useRef<string | null>(null);
  /** The same for every submission of a form, so the server recognizes repeats. */
  const formId = useRef<string | null>(null);

  const keep = useCallback(
    (next: string | null) => {
      token.current = next;
      try {
        if (next) memory?.setItem(key, next);
        else memory?.removeItem(key);
      } catch {
        // Storage is full.
      }
    },
    [memory, key],
  );

  const refresh = useCallback(async () => {
    const asked = token.current;
    if (!asked) return setState((now) => ({ ...now, status: "visitor", me: null }));
    try {
      const me = await ask<Me>(baseUrl, "participant", asked);
      if (token.current === asked) setState((now) => ({ ...now, status: "participant", me, error: null }));
    } catch (error) {
      if (token.current !== asked || !(error instanceof ReferralError)) return;
      // Erased, or from another database.
      const isOver = error.status === 401;
      if (isOver) keep(null);
      setState((now) => ({
        ...now,
        error: isOver ? null : error,
        status: isOver || !now.me ? "visitor" : now.status,
        me: isOver ? null : now.me,
      }));
    }
  }, [baseUrl, keep]);

  const signed = identity && JSON.stringify(identity);
  useEffect(() => {
    if (!memory) return;
    let isOver = false;
    const referrer = referralCode ?? referrerOf(campaign, memory);
    token.current = signed ? null : memory.getItem(key);
    setState((now) => ({ ...now, referrer }));
    if (signed)
      identified(baseUrl, campaign, JSON.parse(signed), referrer).then(
        (opened) => {
          if (isOver) return;
          token.current = opened;
          void refresh();
        },
        (error) => {
          if (!isOver) setState((now) => ({ ...now, status: "visitor", me: null, error: error as ReferralError }));
        },
      );
    else void refresh();
    const look = () => void (document.visibilityState === "visible" && token.current && refresh());
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", look);
      token.current = null;
    };
  }, [memory, key, campaign, baseUrl, signed, referralCode, refresh]);

  const join = useCallback(
    async ({ email, name, metadata, answers, turnstileToken }: JoinOptions): Promise<Joined> => {
      formId.current ??= crypto.randomUUID();
      const answer = await ask<Answer>(baseUrl, "signup", null, {
        campaign_id: Number(campaign),
        email,
        name,
        metadata,
        answers,
        referrer: document.referrer || undefined,
        ref: referralCode ?? (memory && referrerOf(campaign, memory)),
        host_url: location.href,
        form_id: formId.current,
        turnstile_token: turnstileToken,
      });
      formId.current = null;
      if (answer.already_joined) return "already";
      if (!answer.participant_token) return "confirm";
      keep(answer.participant_token);
      const { reward, ...numbers } = answer;
      const me = { ...numbers, name: name ?? null, rank: null, rewards: reward ? [reward] : [] };
      setState((now) => ({ ...now, status: "participant", me, error: null }));
      void refresh();
      return "joined";
    },
    [baseUrl, campaign, memory, referralCode, keep, refresh],
  );

  const { me } = state;
  const share = useCallback(
    (channel: Channel) => {
      const social_type = SOCIAL_TYPES[channel];
      if (!me || !token.current) return null;
      void ask(baseUrl, "share", token.current, { social_type }).catch((error) =>
        setState((now) => ({ ...now, error: error as ReferralError })),
      );
      return me.links.find((link) => link.social_type === social_type)?.url ?? me.share_url;
    },
    [baseUrl, me],
  );

  const invite = useCallback(
    async (emails: string[]) =>
      (await ask<{ accepted: number }>(baseUrl, "invite", token.current, { emails })).accepted,
    [baseUrl],
  );

  const forget = useCallback(() => {
    keep(null);
    setState((now) => ({ ...now, status: "visitor", me: null, error: null }));
  }, [keep]);

  return { ...state, link: me?.share_url ?? null, join, share, invite, refresh, forget };
}

/** The token for a signed identity. Null if they must confirm their email first. */
async function identified(baseUrl: string, campaign: string, identity: Identity, ref: string) {
  const body = { ...identity, campaign_id: Number(campaign), ref, host_url: location.href };
  const { participant_token } = await ask<{ participant_token: string | null }>(baseUrl, "identify", null, body);
  return participant_token;
}
