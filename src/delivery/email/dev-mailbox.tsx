import type { Ctx, MemberCtx } from "../../lib/ctx";
import type { Page } from "../../lib/html";
import { type Letter, letterOf } from "../email-content/email-content";
import { factsOf } from "./email-facts";
import { type Mail, recentMails, someMail, testMail, testMails } from "./sent-emails";

export type Shown = {
  mail: Mail;
  to: string;
  letter: Letter | null;
  unsubscribeUrl: string | null;
  link: string | null;
};

/**
 * An email as it was sent, or would be sent now. Links are signed with the time of their cause, so they are identical.
 */
export async function shown(ctx: Ctx | MemberCtx, mail: Mail): Promise<Shown> {
  const facts = await factsOf(ctx.env, mail);
  if ("isGone" in facts) return { mail, to: "", letter: null, unsubscribeUrl: null, link: null };
  const { unsubscribe_url, link } = facts.letter;
  return { mail, to: facts.to, letter: letterOf(facts.letter), unsubscribeUrl: unsubscribe_url, link };
}

/** An email's content. Null if it can no longer be written. */
export async function devMail(ctx: Ctx, id: number) {
  const mail = await someMail(ctx, id);
  return mail ? (await shown(ctx, mail)).letter : null;
}

/** An email of an account's test mode. Null if it does not exist or can no longer be written. */
export async function testLetter(ctx: MemberCtx, id: number) {
  const mail = await testMail(ctx, id);
  return mail ? (await shown(ctx, mail)).letter : null;
}

/** An account's latest test mode emails. */
export const testOutbox = async (ctx: MemberCtx) => Promise.all((await testMails(ctx)).map((mail) => shown(ctx, mail)));

/** The latest emails of the whole installation. */
export async function devMails(ctx: Ctx): Promise<Page> {
  const all = await Promise.all((await recentMails(ctx)).map((mail) => shown(ctx, mail)));
  return {
    title: "Test mailbox",
    language: "en",
    css,
    policy: { frames: ["'self'"] },
    body: (
      <main>
        <h1>Test mailbox</h1>
        <p>The last 50 emails. None was sent outside this machine. Reload to see new ones.</p>
        {all.length === 0 && <p>No emails yet.</p>}
        {all.map((one) => (
          <Row {...one} />
        ))}
      </main>
    ),
  };
}

const Row = ({ mail, to, letter, unsubscribeUrl, link }: Shown) => (
  <details>
    <summary>
      <span class={`state ${mail.status}`}>
        {[mail.held_for ? "held" : mail.status, mail.held_for ?? mail.error].filter(Boolean).join(": ")}
      </span>
      <strong>{letter?.subject ?? mail.kind}</strong>
      <span>{to}</span>
      <time datetime={mail.date_added.toISOString()}>
        {mail.date_added.toISOString().slice(0, 19).replace("T", " ")}
      </time>
    </summary>
    {letter && (
      <>
        <dl>
          <dt>Kind</dt>
          <dd>{mail.kind}</dd>
          {link && (
            <>
              <dt>Link</dt>
              <dd>
                <a href={link}>{link}</a>
              </dd>
            </>
          )}
          {unsubscribeUrl && (
            <>
              <dt>List-Unsubscribe</dt>
              <dd>
                <a href={unsubscribeUrl}>{unsubscribeUrl}</a>
              </dd>
            </>
          )}
        </dl>
        <iframe sandbox="allow-popups" loading="lazy" src={`/dev/mail/${mail.id}`} title={letter.subject} />
        <pre>{letter.text}</pre>
      </>
    )}
  </details>
);

const css = `
*{box-sizing:border-box}
body{margin:0;background:#f5f6f8;color:#16181d;font:15px/1.5 system-ui,sans-serif}
main{max-width:960px;margin:0 auto;padding:32px 16px}
h1{margin:0;font-size:24px}
p{margin:4px 0 24px;color:#5b6270}
details{background:#fff;border:1px solid #dfe2e8;border-radius:12px;margin-block-end:8px;overflow:hidden}
summary{display:flex;flex-wrap:wrap;gap:4px 12px;padding:14px 16px;cursor:pointer;align-items:baseline}
summary:focus-visible{outline:3px solid #4338ca;outline-offset:-3px}
summary strong{flex:1 1 200px}
summary span:not(.state),time{color:#5b6270;font-size:14px}
.state{padding:1px 8px;border-radius:99px;background:#eceef2;font-size:13px}
.state.sent{background:#dcfae6;color:#085d3a}.state.failed{background:#fee4e2;color:#912018}.state.pending,.state.sending{background:#fef0c7;color:#7a2e0e}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0;padding:0 16px 16px;font-size:14px}
dt{color:#5b6270}dd{margin:0;overflow-wrap:anywhere}
a{color:#4338ca}
iframe{display:block;width:100%;height:560px;border:0;border-block:1px solid #dfe2e8;background:#fff}
pre{margin:0;padding:16px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,monospace;background:#fafbfc}`;
