import type { Message } from "./own-message";

export type Link = { url: string; label: string };

/** The parts of an email, ready for the layout. All are plain text except the message's HTML. */
export type Parts = {
  language: string;
  subject: string;
  /** Repeats the subject above a default message. Null above a campaign's own message. */
  heading: string | null;
  /** The text that an inbox shows after the subject. */
  preheader: string;
  message: Message;
  panel: { label: string; value: string; note?: string; url: string | null } | null;
  /** The progress and its goal. `share` is between 0 and 1. */
  progress: { label: string; said: string; share: number; note: string } | null;
  /** Labels with a number or state each. */
  rows?: { label: string; value: string; note: string }[];
  /** Share buttons. */
  shares: { label: string; links: Link[] } | null;
  button: Link | null;
  fallback: string;
  sender: { name: string; url: string | null; logo: string | null; color: string; font: string };
  /** Why the recipient gets this email. */
  reason: string;
  unsubscribe: Link | null;
};
