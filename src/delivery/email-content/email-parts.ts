import type { Message } from "./own-message";

export type Link = { url: string; label: string };

/** What a letter consists of, ready to be set. All of it is text, but for the message's HTML. */
export type Parts = {
  language: string;
  subject: string;
  /** The subject once more, above a message of ours. */
  heading: string | null;
  /** What the list of mails shows beside the subject. */
  preheader: string;
  message: Message;
  panel: { label: string; value: string; url: string | null } | null;
  button: Link | null;
  fallback: string;
  sender: { name: string; url: string | null; logo: string | null; color: string };
  /** Why the reader gets this letter. */
  reason: string;
  unsubscribe: Link | null;
};
