import { invitationOf, join } from "../../accounts/team/team";
import { unaudited } from "../../auth/audited";
import { sessionIn } from "../../auth/page-session";
import type { Session } from "../../auth/sessions/session";
import { type Page, sendPage } from "../../lib/html";
import { createOpenPages } from "../doors/pages";
import { cardOf, doneAt } from "../ui/layout";

/** The target of an invitation link. Having the link proves access to the mailbox it was sent to. */
export const joinPages = createOpenPages(["/team/join"]);

type Invitation = NonNullable<Awaited<ReturnType<typeof invitationOf>>>;

const gonePage = cardOf(
  "This invitation is no longer valid",
  <p>It has already been used, was canceled, or is older than a week. Ask for a new one.</p>,
);

function joinPage(path: string, { account_name, role, email }: Invitation, session: Session | null): Page {
  const next = new URLSearchParams({ next: path });
  const about = (
    <p>
      You are invited to join <strong>{account_name}</strong>'s account as {role}.
    </p>
  );
  if (session?.person_email === email)
    return cardOf(
      "Join the team",
      <>
        {about}
        <form method="post">
          <button type="submit">Join</button>
        </form>
      </>,
    );
  if (session)
    return cardOf(
      "Join the team",
      <>
        {about}
        <p>
          This invitation is for <strong>{email}</strong>, but you are signed in as {session.person_email}. Sign out,
          open the link again, and sign in with that email.
        </p>
        <form method="post" action="/sign-out">
          <button type="submit">Sign out</button>
        </form>
      </>,
    );
  return cardOf(
    "Join the team",
    <>
      {about}
      <p>
        It is for <strong>{email}</strong>. Sign in with that email, or create an account with it.
      </p>
      <div class="actions">
        <a class="button main" href={`/sign-up?${next}`}>
          Create account
        </a>
        <a class="button" href={`/sign-in?${next}`}>
          Sign in
        </a>
      </div>
    </>,
  );
}

joinPages.get("/team/join/:token", async (c) => {
  const [invitation, session] = [await invitationOf(c.var.ctx, c.req.param("token")), await sessionIn(c)];
  return invitation ? sendPage(c, joinPage(c.req.path, invitation, session)) : sendPage(c, gonePage, 404);
});

joinPages.post("/team/join/:token", unaudited("The transaction that adds the member writes the entry."), async (c) => {
  const session = await sessionIn(c);
  // Taken from the URL, because Hono has decoded the path it matched.
  const here = new URL(c.req.url).pathname;
  if (!session) return c.redirect(here, 303);
  const hasJoined = await join(c.var.ctx, session, c.req.param("token"));
  return c.redirect(hasJoined ? doneAt("/home", "joined") : here, 303);
});
