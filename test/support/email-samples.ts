import { NO_REWARD } from "../../src/campaigns/reward/shown-reward-store";
import {
  type Letter,
  type LetterFacts,
  type LetterKind,
  letterOf,
} from "../../src/delivery/email-content/email-content";

export const kinds: LetterKind[] = [
  "entry",
  "reward",
  "twoway_reward",
  "wallet",
  "invitation",
  "magic_link",
  "confirm",
  "verify_member",
  "reset_password",
  "webhook_disabled",
  "email_changed",
  "team_invitation",
  "domain_unproven",
  "friend_joined",
  "one_to_go",
  "reminder",
  "recap",
];

const MEMBERS: LetterKind[] = [
  "verify_member",
  "reset_password",
  "webhook_disabled",
  "email_changed",
  "team_invitation",
  "domain_unproven",
];

const CAMPAIGNS: Partial<Record<LetterKind, string>> = {
  verify_member: "",
  reset_password: "",
  webhook_disabled: "https://acme.example/hooks/referrals",
  email_changed: "",
  team_invitation: "",
  domain_unproven: "acme.example",
};

/** The input of an ordinary email. */
export function factsOf(kind: LetterKind, more: Partial<LetterFacts> = {}): LetterFacts {
  const isMembers = MEMBERS.includes(kind);
  return {
    kind,
    language: "en",
    texts: {},
    subject: null,
    message: null,
    brand: isMembers ? null : { name: "Acme Coffee", url: "https://acme.example", logo_url: null, color: "#0f766e" },
    campaign_name: CAMPAIGNS[kind] ?? "Coffee for friends",
    name: "Grace Hopper",
    email: "grace@example.com",
    referral_url: isMembers ? null : "https://go.example/t/NDI6Njo3.aGVsbG8",
    promised: isMembers
      ? null
      : { goal: { type: "signup", target: 1 }, reward: { ...NO_REWARD, type: "coupon", invited: true } },
    reward: kind.endsWith("reward") ? "COFFEE-7GH2" : null,
    sender_name: kind.endsWith("invitation") ? "Ada Lovelace" : null,
    link: "https://go.example/status/eyJhbGciOiJIUzI1NiJ9.c3RhdHVz?x=1&y=2",
    unsubscribe_url: isMembers ? null : "https://go.example/unsubscribe/abc",
    ...(!isMembers && {
      progress: { current: 2, target: 3 },
      shares: [{ label: "WhatsApp", url: "https://wa.me/?text=Look%20https%3A%2F%2Fgo.example%2Ft%2Fabc" }],
      friend_name: "Ada L.",
      recap: { friends: 2, clicks: 14 },
    }),
    ...more,
  };
}

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='alert(1) {{email}} {email} &lt;script&gt; {{constructor}}\r\nBcc: all@evil\u202e`;

/** The same with hostile values. */
export const hostileFacts = (kind: LetterKind, more: Partial<LetterFacts> = {}): LetterFacts => ({
  kind,
  language: "en",
  texts: { mail_unsubscribe: HOSTILE, mail_button_fallback: `${HOSTILE} {{reward}}` },
  subject: null,
  message: null,
  brand: {
    name: HOSTILE,
    url: `javascript:alert(1)//${HOSTILE}`,
    logo_url: `https://x.example/"onerror=alert(1)`,
    color: `red;background:url(https://evil.example)`,
  },
  campaign_name: HOSTILE,
  name: HOSTILE,
  email: `"${HOSTILE}"@example.com`,
  referral_url: `javascript:alert(1)//${HOSTILE}`,
  promised: { goal: { type: "visit", target: 3 }, reward: { ...NO_REWARD, type: "cash", invited: false } },
  reward: HOSTILE,
  sender_name: HOSTILE,
  link: `https://go.example/"><script>alert(1)</script>`,
  unsubscribe_url: `javascript:alert(1)`,
  progress: { current: 2, target: 3 },
  shares: [{ label: HOSTILE, url: `javascript:alert(1)//${HOSTILE}` }],
  friend_name: HOSTILE,
  recap: { friends: 2, clicks: 14 },
  ...more,
});

/** Every email by name. */
export function everyLetter(
  kinds: LetterKind[],
  languages: string[],
): { name: string; facts: LetterFacts; letter: Letter }[] {
  return kinds.flatMap((kind) =>
    languages.flatMap((language) =>
      Object.entries({ normal: factsOf(kind, { language }), hostile: hostileFacts(kind, { language }) }).map(
        ([how, facts]) => ({
          name: `${kind}-${language}-${how}`,
          facts,
          letter: letterOf(facts),
        }),
      ),
    ),
  );
}
