import { describe, expect, it } from "vitest";
import { type LetterFacts, letterOf } from "../../src/delivery/email-content/email-content";
import { factsOf, hostileFacts, kinds } from "../support/email-samples";

const MAX_BYTES = 100_000;
const bytesOf = (facts: LetterFacts) => {
  const { subject, text, html } = letterOf(facts);
  return new TextEncoder().encode(subject + text + html).length;
};
/** An owner's longest text: 10,000 characters. */
const full = (piece: string) => piece.repeat(Math.floor(10_000 / piece.length));
const own = (message: string, more: Partial<LetterFacts> = {}) =>
  factsOf("reward", { message, subject: message.slice(0, 200), ...more });

describe("an email", () => {
  it("with a reward of 9,990 line breaks, inserted a thousand times, is under 100 kB", () => {
    const reward = `a${"\n".repeat(9_990)}b`;
    expect(bytesOf(own(full("{{reward}}"), { reward }))).toBeLessThan(MAX_BYTES);
    expect(bytesOf(own(full("{{reward}}<br>"), { reward }))).toBeLessThan(MAX_BYTES);
    expect(bytesOf(own(full("<p>{{reward}}"), { reward }))).toBeLessThan(MAX_BYTES);
  });

  it.each([
    "<p>",
    "<h3>x</h3>",
    "<ul><li>",
    "<a href='{{referral_url}}'>",
    "<a href='https://x.example/'>x</a>",
    "<code>",
    "<br>",
    "\n",
    "{{name}}",
    "{name}<br> ",
    '"',
    "&",
    "日",
    "日本<br>",
    "\u{1f600}",
    "{{ reward }} <b>",
  ])("with %j as often as an owner can write it is under 100 kB", (piece) => {
    const values = { reward: '"&<'.repeat(4_000), name: "日".repeat(255), campaign_name: "&".repeat(255) };
    expect(bytesOf(own(full(piece), values))).toBeLessThan(MAX_BYTES);
  });

  it("of each kind is under 100 kB, whatever its texts and values", () => {
    const long = "日&\n".repeat(40_000);
    const texts = (kind: string) =>
      Object.fromEntries(
        ["message", "subject", "button", "reason"].map((part) => [
          `mail_${kind}_${part}`,
          full("{{reward}}{{brand_name}}日"),
        ]),
      );
    for (const kind of kinds) {
      const more = {
        mail_unsubscribe: full("日"),
        mail_button_fallback: full("日"),
        mail_reward_label: full("日"),
        your_link: full("日"),
      };
      const values = { name: long, email: long, campaign_name: long, reward: long, sender_name: long };
      const facts = hostileFacts(kind, { ...values, texts: { ...texts(kind), ...more } });
      expect(bytesOf(facts), kind).toBeLessThan(MAX_BYTES);
    }
  });

  it("keeps an ordinary message of maximum length complete", () => {
    const message = `${full("Lovely words. ")}End.`.slice(-10_000);
    const { html, text } = letterOf(own(message));
    expect(html).toContain("End.");
    expect(text).toContain("End.");
  });

  it("truncates a value at 1,000 characters, and keeps a URL complete", () => {
    const { text } = letterOf(own("{{reward}}", { reward: "x".repeat(5_000) }));
    expect(text).toContain(`${"x".repeat(999)}…`);
    expect(text).not.toContain("x".repeat(1_000));
    const url = `https://x.example/${"y".repeat(1_500)}`;
    expect(letterOf(own("{{reward}}", { reward: url })).html).toContain(`href="${url}"`);
  });

  it("shows that something is missing", () => {
    const { text, html } = letterOf(own(full("<h3>{{reward}}"), { reward: "x".repeat(1_000) }));
    expect(text).toContain("…");
    expect(html.endsWith("</html>")).toBe(true);
  });
});
