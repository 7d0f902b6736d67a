import { toBase64 } from "../../lib/crypto";
import type { Envelope } from "./provider";

/** Lines of base64 (RFC 2045 §6.8). */
const LINES = /.{1,76}/g;
/** Bytes of text in one encoded word, which RFC 2047 limits to 75 characters. */
const WORD_BYTES = 42;
const encoder = new TextEncoder();

/**
 * An email as an SMTP message (RFC 5322): two versions of the same text, in ASCII. `id` is the Message-ID without
 * brackets.
 */
export function mimeOf(
  { from, to, replyTo, subject, text, html, headers }: Omit<Envelope, "key">,
  id: string,
  now: Date,
): string {
  const boundary = crypto.randomUUID();
  const all = {
    From: `${encoded(from.name)} <${from.email}>`,
    To: `<${to}>`,
    ...(replyTo && { "Reply-To": `<${replyTo}>` }),
    Subject: encoded(subject),
    Date: now.toUTCString().replace("GMT", "+0000"),
    "Message-ID": `<${id}>`,
    ...headers,
    "MIME-Version": "1.0",
    "Content-Type": `multipart/alternative; boundary="${boundary}"`,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const parts = [part("text/plain", text), part("text/html", html)].map((one) => `--${boundary}\r\n${one}`);
  return `${head.join("\r\n")}\r\n\r\n${parts.join("")}--${boundary}--\r\n`;
}

const part = (type: string, content: string) =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(toBase64(encoder.encode(content)))}\r\n`;

const wrapped = (base64: string) => (base64.match(LINES) ?? []).join("\r\n");

/** A header's text as encoded words on separate lines. No character is split. */
function encoded(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (encoder.encode(word + character).length > WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${toBase64(encoder.encode(one))}?=`).join(FOLD);
}

const FOLD = "\r\n ";
/** Line breaks are allowed only for folding a header. */
const oneLine = (value: string) =>
  value
    .split(FOLD)
    .map((line) => line.replace(/[\r\n]/g, ""))
    .join(FOLD);
