import { z } from "zod";
import { deleteTestData, switchMode } from "../../accounts/test-mode/test-account";
import { audited, unaudited } from "../../auth/audited";
import { demandRole } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { type Shown, testLetter, testOutbox } from "../../delivery/email/dev-mailbox";
import { notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { createPages, pathOfOurs } from "../doors/pages";
import { TEST_MODE } from "../ui/band";
import { doneAt, show } from "../ui/layout";
import { Card, Confirm, Empty, Head, Table, Time } from "../ui/parts";

const LETTERS = `${TEST_MODE}/emails`;

/** Everyone in the account may use test mode. */
export const testModePages = createPages([TEST_MODE], { changes: "viewer" });

testModePages.get(TEST_MODE, async (c) => {
  const { ctx, session } = c.var;
  const isTest = isInTestMode(session);
  const emails = isTest ? await testOutbox(ctx) : [];
  const body = (
    <>
      <Head
        title="Test mode"
        about="A separate set of brands, campaigns, participants, and webhooks for testing. Nothing in it counts, reaches participants, or costs anything."
      >
        {!isTest && (
          <form method="post" action={`${TEST_MODE}/on`}>
            <button type="submit">Enter test mode</button>
          </form>
        )}
      </Head>
      <Card title="How it works">
        <ul>
          <li>
            Test keys (<code>sk_test_…</code>, <code>pk_test_…</code>) only see test data, and live keys never see it.
          </li>
          <li>Emails are listed here instead of being sent.</li>
          <li>
            Events go to webhooks created in test mode, with <code>"livemode": false</code>.
          </li>
          <li>
            Coupon codes get the prefix <code>TEST-</code>, so no shop accepts them.
          </li>
        </ul>
      </Card>
      {isTest && <Outbox emails={emails} />}
      {session.role !== "viewer" && (
        <Card title="Delete all test data">
          <p>Deletes test mode's brands, campaigns, participants, rewards, webhooks, and emails. Test keys stay.</p>
          <Confirm
            action={`${TEST_MODE}/delete`}
            button="Delete all test data"
            question="This deletes everything in test mode. Live data is not affected."
          />
        </Card>
      )}
    </>
  );
  return show(c, { title: "Test mode", section: TEST_MODE, body });
});

const Outbox = ({ emails }: { emails: Shown[] }) => (
  <Card title="Emails that were not sent">
    {emails.length === 0 ? (
      <Empty title="No emails yet" icon="mail">
        <p>Sign someone up for a test campaign, and the emails they would get appear here within a minute.</p>
      </Empty>
    ) : (
      <Table label="Test mode emails" columns={["Subject", "To", "Date"]}>
        {emails.map(({ mail, to, letter }) => (
          <tr>
            <td>{letter ? <a href={`${LETTERS}/${mail.id}`}>{letter.subject}</a> : mail.kind}</td>
            <td>{to}</td>
            <td>
              <Time at={mail.date_added} />
            </td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

testModePages.get(`${LETTERS}/:mailId`, async (c) => {
  const param = z.object({ mailId: Id }).safeParse(c.req.param());
  const letter = param.success ? await testLetter(c.var.ctx, param.data.mailId) : null;
  if (!letter) throw notFound("email");
  // An email has inline styles and runs no scripts.
  c.header(
    "Content-Security-Policy",
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; frame-ancestors 'none'",
  );
  c.header("Cache-Control", "private, no-store");
  return c.html(letter.html);
});

testModePages.post(`${TEST_MODE}/on`, unaudited("It only changes what the session shows."), async (c) => {
  await switchMode(c.var.ctx, c.var.session, true);
  return c.redirect(pathOfOurs(c.req.query("next")), 303);
});

testModePages.post(`${TEST_MODE}/off`, unaudited("It only changes what the session shows."), async (c) => {
  await switchMode(c.var.ctx, c.var.session, false);
  return c.redirect("/home", 303);
});

testModePages.post(`${TEST_MODE}/delete`, audited("Deleted all test data"), async (c) => {
  demandRole(c.var.session, "editor");
  await deleteTestData(c.var.ctx);
  return c.redirect(doneAt(TEST_MODE, "deleted"), 303);
});
