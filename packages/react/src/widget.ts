import { type CSSProperties, createElement, useEffect, useRef } from "react";
import { type EventType, listen, load, type Person, windowApi } from "./loader.js";

export type WidgetEvent = { campaign_id: number; [field: string]: unknown };

export type ReferralsWidgetProps = {
  /** The campaign's id. */
  campaign: number | string;
  /** Where the product runs, such as `https://referrals.example.com`. */
  baseUrl: string;
  /** Without it, the campaign's own setting decides. */
  mode?: "embed" | "popup" | "floating" | "topbar";
  /** Lifts a button above another one in its corner, in pixels. */
  offset?: number;
  /** A referral code from your server. */
  referralCode?: string;
  /** Nothing is stored or read until `window.referrals.consent()`. */
  consent?: boolean;
  /** Keeps the code in a cookie that your subdomains share. */
  cookie?: boolean;
  /** Prefills the form. Fields besides `email` and `name` become metadata. */
  person?: Person;
  className?: string;
  style?: CSSProperties;
  onReady?(event: WidgetEvent): void;
  onSignup?(event: WidgetEvent & { referral_code: string; share_url: string }): void;
  onShare?(event: WidgetEvent & { social_type: number }): void;
  onReward?(event: WidgetEvent & { type: string }): void;
  onOpen?(event: WidgetEvent): void;
  onClose?(event: WidgetEvent): void;
};

const EVENTS = ["ready", "signup", "share", "reward", "open", "close"] as const satisfies EventType[];
const handlerOf = (type: EventType) => `on${type[0]?.toUpperCase()}${type.slice(1)}` as "onReady";

/** The campaign's widget. On the server it renders an empty element, which the browser fills. */
export function ReferralsWidget(props: ReferralsWidgetProps) {
  const { campaign, baseUrl, mode, offset, referralCode, consent, cookie, person, className, style } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    load(baseUrl);
    const ends = EVENTS.map((type) =>
      listen(type, (event) => {
        const own = latest.current;
        if (String(event.campaign_id) === String(own.campaign)) own[handlerOf(type)]?.(event as WidgetEvent);
      }),
    );
    return () => {
      for (const end of ends) end();
    };
  }, [baseUrl]);

  const known = person && JSON.stringify(person);
  useEffect(() => {
    if (known) windowApi().q.push(["identify", JSON.parse(known)]);
  }, [known]);

  // The element reads these attributes once, so a new value needs a new widget.
  const key = JSON.stringify([baseUrl, referralCode, consent, cookie]);
  return createElement("referrals-widget", {
    key,
    campaign: String(campaign),
    mode,
    offset,
    "data-ref": referralCode,
    "data-consent": consent ? "" : undefined,
    "data-cookie": cookie ? "" : undefined,
    // React 18 does not support `className` on custom elements.
    class: className,
    style,
  });
}
