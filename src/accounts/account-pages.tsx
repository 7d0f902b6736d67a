import { createOwnPages, forgetSession, type PageContext } from "../auth/session";
import { Input, Problems } from "../dashboard/field";
import { blank, type Form, readForm, submit } from "../dashboard/form";
import { doneAt, show } from "../dashboard/layout";
import { Badge, Card, Confirm, Head, Table, Time } from "../dashboard/parts";
import { AppError } from "../lib/errors";
import { agentInWords } from "../sessions/agent";
import { closeOthers, closeSession } from "../sessions/session";
import { accountOf, changeEmail, changePassword, changeProfile, deleteAccount } from "./account";
import { askForVerification } from "./recovery";
import { Deletion, EmailChange, PasswordChange, ProfileChange, SessionParam } from "./schema";

const PATH = "/account";
const page = { section: PATH } as const;

/** A person's own account, wherever he is at work. */
export const accountPages = createOwnPages([PATH]);

type Account = Awaited<ReturnType<typeof accountOf>>;

const Profile = ({ form }: { form: Form<unknown> }) => (
  <Card title="Profile">
    <form method="post" action={PATH}>
      <Problems form={form} />
      <Input form={form} name="name" label="Name" autocomplete="name" required maxlength={200} />
      <Input
        form={form}
        name="photo"
        label="Photo (optional)"
        type="url"
        placeholder="https://"
        hint="The https address of an image."
      />
      <button type="submit">Save</button>
    </form>
  </Card>
);

const SignInCard = ({ profile }: Pick<Account, "profile">) => (
  <Card title="Signing in">
    <dl class="facts">
      <div>
        <dt>Address</dt>
        <dd>
          {profile.email}{" "}
          {profile.is_verified ? <Badge tone="good">verified</Badge> : <Badge tone="warn">not verified</Badge>}
        </dd>
      </div>
      <div>
        <dt>Member since</dt>
        <dd>
          <Time at={profile.date_signedup} />
        </dd>
      </div>
    </dl>
    <div class="actions">
      <a class="button" href={`${PATH}/email`}>
        Change the address
      </a>
      <a class="button" href={`${PATH}/password`}>
        Change the password
      </a>
      {!profile.is_verified && (
        <form method="post" action={`${PATH}/verification`}>
          <button type="submit" class="button">
            Send the verification again
          </button>
        </form>
      )}
    </div>
  </Card>
);

const Sessions = ({ sessions, here }: Pick<Account, "sessions"> & { here: number }) => (
  <Card
    title="Where you are signed in"
    actions={
      sessions.length > 1 && (
        <Confirm
          action={`${PATH}/sessions/revoke`}
          button="Sign out everywhere else"
          question="Every browser but this one has to sign in again."
        />
      )
    }
  >
    <Table label="Sessions" columns={["Browser", "Signed in", "Last seen", "Actions"]}>
      {sessions.map((session) => (
        <tr>
          <td>
            {agentInWords(session.agent)} {session.id === here && <Badge tone="good">this one</Badge>}
          </td>
          <td>
            <Time at={session.date_signedin} />
          </td>
          <td>
            <Time at={session.last_seen_at} />
          </td>
          <td>
            {session.id !== here && (
              <form method="post" action={`${PATH}/sessions/${session.id}/revoke`}>
                <button type="submit" class="button">
                  Sign out
                </button>
              </form>
            )}
          </td>
        </tr>
      ))}
    </Table>
  </Card>
);

const YourData = () => (
  <Card title="Your data">
    <p>
      The export is one JSON document of everything in your own account: brands, campaigns with their settings,
      participants, rewards, coupons, webhooks without their secrets.
    </p>
    <div class="actions">
      <a class="button" href={`${PATH}/export`} download>
        Export everything
      </a>
      <a class="button danger" href={`${PATH}/deletion`}>
        Delete the account
      </a>
    </div>
  </Card>
);

async function accountPage(c: PageContext, sent?: Form<unknown>) {
  const { profile, sessions } = await accountOf(c.var.ctx);
  const body = (
    <>
      <Head title="Your account" about="This is about you, in whichever account you are at work." />
      <div class="columns">
        <Profile form={sent ?? blank({ name: profile.name, photo: profile.photo })} />
        <SignInCard profile={profile} />
      </div>
      <Sessions sessions={sessions} here={c.var.session.id} />
      <YourData />
    </>
  );
  return show(c, { ...page, title: "Your account", body, status: sent ? 400 : 200 });
}

accountPages.get(PATH, (c) => accountPage(c));

accountPages.post(PATH, async (c) => {
  const { form } = await submit(await readForm(c, ProfileChange), (change) => changeProfile(c.var.ctx, change));
  return form ? accountPage(c, form) : c.redirect(doneAt(PATH, "saved"), 303);
});

accountPages.post(`${PATH}/verification`, async (c) => {
  await askForVerification(c.var.ctx);
  return c.redirect(doneAt(PATH, "mail_sent"), 303);
});

accountPages.post(`${PATH}/sessions/revoke`, async (c) => {
  await closeOthers(c.var.ctx, c.var.session);
  return c.redirect(doneAt(PATH, "signed_out_others"), 303);
});

accountPages.post(`${PATH}/sessions/:id/revoke`, async (c) => {
  const param = SessionParam.safeParse(c.req.param());
  const closed = param.success && (await closeSession(c.var.ctx, c.var.session.person_id, param.data.id));
  if (!closed) throw new AppError("not_found");
  return c.redirect(doneAt(PATH, "signed_out"), 303);
});

const emailPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Change your address",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          title="Change your address"
          about={`You sign in with ${c.var.session.person_email} now. We mail the new address a link that verifies it, and tell the old one.`}
        />
        <Card>
          <form method="post">
            <Problems form={form} />
            <Input form={form} name="email" label="New address" type="email" autocomplete="email" required />
            <Input
              form={form}
              name="password"
              label="Your password"
              type="password"
              autocomplete="current-password"
              required
            />
            <button type="submit">Change the address</button>
          </form>
        </Card>
        <Back />
      </>
    ),
  });

const Back = () => (
  <p>
    <a href={PATH}>Back to your account</a>
  </p>
);

accountPages.get(`${PATH}/email`, (c) => emailPage(c, blank()));
accountPages.post(`${PATH}/email`, async (c) => {
  const { form } = await submit(await readForm(c, EmailChange), (change) => changeEmail(c.var.ctx, change));
  return form ? emailPage(c, form) : c.redirect(doneAt(PATH, "email_changed"), 303);
});

const passwordPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Change your password",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          title="Change your password"
          about="Every other browser is signed out. API keys go on working until they are revoked, and tokens of POST /api/v1/auth/token until they end, 30 days after they were made."
        />
        <Card>
          <form method="post">
            <Problems form={form} />
            <Input
              form={form}
              name="old_password"
              label="Present password"
              type="password"
              autocomplete="current-password"
              required
            />
            <Input
              form={form}
              name="password"
              label="New password"
              type="password"
              autocomplete="new-password"
              minlength={8}
              hint="At least 8 characters."
              required
            />
            <button type="submit">Change the password</button>
          </form>
        </Card>
        <Back />
      </>
    ),
  });

accountPages.get(`${PATH}/password`, (c) => passwordPage(c, blank()));
accountPages.post(`${PATH}/password`, async (c) => {
  const { ctx, session } = c.var;
  const { form } = await submit(await readForm(c, PasswordChange), (change) => changePassword(ctx, session, change));
  return form ? passwordPage(c, form) : c.redirect(doneAt(PATH, "password_changed"), 303);
});

const deletionPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Delete your account",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          title="Delete your account"
          about="All brands of your own account go with it, and all of their campaigns, participants, rewards, coupons and webhooks. So do your roles in other accounts. Nothing can be brought back."
        />
        <Card>
          <p>
            Would you like to <a href={`${PATH}/export`}>export everything</a> first?
          </p>
          <form method="post">
            <Problems form={form} />
            <Input
              form={form}
              name="password"
              label="Your password"
              type="password"
              autocomplete="current-password"
              required
            />
            <button type="submit" class="button danger solid">
              Delete my account and all that is in it
            </button>
          </form>
        </Card>
        <Back />
      </>
    ),
  });

accountPages.get(`${PATH}/deletion`, (c) => deletionPage(c, blank()));
accountPages.post(`${PATH}/deletion`, async (c) => {
  const { form } = await submit(await readForm(c, Deletion), (proof) => deleteAccount(c.var.ctx, proof));
  if (form) return deletionPage(c, form);
  forgetSession(c);
  return c.redirect(doneAt("/sign-in", "account_deleted"), 303);
});
