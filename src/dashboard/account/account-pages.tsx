import { accountOf, changeProfile } from "../../accounts/account";
import { ProfileForm, SessionParam } from "../../accounts/account-schema";
import { askForVerification } from "../../accounts/recovery";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { agentInWords } from "../../auth/sessions/agent";
import { closeOthers, closeSession } from "../../auth/sessions/session";
import { takesUploads } from "../../lib/body-limit";
import { shownEmail } from "../../lib/email-address";
import { AppError } from "../../lib/errors";
import { timeZones, UTC } from "../../lib/time-zone";
import { createOwnPages } from "../doors/pages";
import { uploadsIn } from "../editors/image-upload";
import { edits } from "../ui/edits";
import { Input, Problems, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { ImageField } from "../ui/image-field";
import { doneAt, show } from "../ui/layout";
import { Badge, Card, Confirm, Head, Table, Time } from "../ui/parts";
import { shown } from "../ui/seen";
import { Apps } from "./connected-apps";

const PATH = "/account";
const page = { section: PATH } as const;

/** The signed-in person's profile, independent of the account they work in. */
export const accountPages = createOwnPages([PATH]);

type Account = Awaited<ReturnType<typeof accountOf>>;

const Profile = ({ form }: { form: Form<unknown> }) => (
  <Card title="Profile">
    <form method="post" action={PATH} enctype="multipart/form-data">
      <Problems form={form} />
      <Input form={form} name="name" label="Name" autocomplete="name" required maxlength={200} />
      <ImageField form={form} name="photo" label="Photo (optional)" hint="Visible to your team." isPlain />
      <Select
        form={form}
        name="time_zone"
        label="Time zone"
        options={timeZones(String(form.values.time_zone ?? UTC)).map(
          (zone) => [zone, zone.replaceAll("_", " ")] as const,
        )}
        hint="Used for all times in the dashboard. On the home page and on brands, days are in UTC."
      />
      <button type="submit">Save</button>
    </form>
  </Card>
);

const SignInCard = ({ profile, hasSecondFactor }: Pick<Account, "profile" | "hasSecondFactor">) => (
  <Card title="Sign-in">
    <dl class="profile-facts">
      <div>
        <dt>Email</dt>
        <dd>
          {shownEmail(profile.email)}{" "}
          {profile.is_verified ? <Badge tone="good">verified</Badge> : <Badge tone="warn">not verified</Badge>}
        </dd>
      </div>
      <div>
        <dt>Two-step verification</dt>
        <dd>{hasSecondFactor ? <Badge tone="good">on</Badge> : <Badge>off</Badge>}</dd>
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
        Change email
      </a>
      <a class="button" href={`${PATH}/password`}>
        Change password
      </a>
      <a class="button" href={`${PATH}/two-step`}>
        {hasSecondFactor ? "Manage" : "Turn on"} two-step verification
      </a>
      {!profile.is_verified && (
        <form method="post" action={`${PATH}/verification`}>
          <button type="submit" class="button">
            Resend verification
          </button>
        </form>
      )}
    </div>
  </Card>
);

const Sessions = ({ sessions, here }: Pick<Account, "sessions"> & { here: number }) => (
  <Card
    title="Active sessions"
    actions={
      sessions.length > 1 && (
        <Confirm
          action={`${PATH}/sessions/revoke`}
          button="Sign out everywhere else"
          question="Every other browser must sign in again."
        />
      )
    }
  >
    <Table label="Sessions" columns={["Browser", "Signed in", "Last seen", "Actions"]}>
      {sessions.map((session) => (
        <tr>
          <td>
            {agentInWords(session.agent)} {session.id === here && <Badge tone="good">this browser</Badge>}
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
      Exports your own account as one JSON document: brands, campaigns with their settings, participants, rewards,
      coupons, and webhooks without their secrets.
    </p>
    <div class="actions">
      <a class="button" href={`${PATH}/export`} download>
        Export everything
      </a>
    </div>
  </Card>
);

const Farewell = () => (
  <Card title="Delete account">
    <p>First we show you what will be deleted and ask for your password.</p>
    <div class="actions">
      <a class="button danger" href={`${PATH}/deletion`}>
        Delete account
      </a>
    </div>
  </Card>
);

const valuesOf = ({ profile: { name, photo, time_zone } }: Account) => ({ name, photo, time_zone });

async function accountPage(c: PageContext, sent?: Form<unknown>) {
  const account = await accountOf(c.var.ctx);
  const { profile, sessions, connections, hasSecondFactor } = account;
  const body = (
    <>
      <Head title="Your account" about="Your personal profile." />
      <div class="columns">
        <Profile form={sent ?? shown(valuesOf(account))} />
        <SignInCard profile={profile} hasSecondFactor={hasSecondFactor} />
      </div>
      <Card title="Notifications" actions={<a href={`${PATH}/notifications`}>Choose your emails</a>}>
        <p>A weekly digest, and alerts when codes run low or a webhook fails.</p>
      </Card>
      <Sessions sessions={sessions} here={c.var.session.id} />
      {c.env.OAUTH_KV && <Apps connections={connections} origin={c.var.ctx.origin} />}
      <YourData />
      <Farewell />
    </>
  );
  return show(c, { ...page, title: "Your account", body, status: sent ? 400 : 200 });
}

accountPages.get(PATH, (c) => accountPage(c));

accountPages.post(
  PATH,
  takesUploads,
  audited("Updated their profile"),
  edits({
    schema: ProfileForm,
    stored: async (c: PageContext) => valuesOf(await accountOf(c.var.ctx)),
    page: accountPage,
    files: (c) => uploadsIn(c, ["photo"]),
    run: async (c, change) => {
      await changeProfile(c.var.ctx, change);
      return c.redirect(doneAt(PATH, "saved"), 303);
    },
  }),
);

accountPages.post(`${PATH}/verification`, audited("Requested a verification email"), async (c) => {
  await askForVerification(c.var.ctx);
  return c.redirect(doneAt(PATH, "mail_sent"), 303);
});

accountPages.post(`${PATH}/sessions/revoke`, audited("Signed out all other browsers"), async (c) => {
  await closeOthers(c.var.ctx, c.var.session);
  return c.redirect(doneAt(PATH, "signed_out_others"), 303);
});

async function close(c: PageContext, notice: "signed_out" | "disconnected") {
  const param = SessionParam.safeParse(c.req.param());
  const closed = param.success && (await closeSession(c.var.ctx, c.var.session.person_id, param.data.id));
  if (!closed) throw new AppError("not_found");
  return c.redirect(doneAt(PATH, notice), 303);
}

accountPages.post(`${PATH}/sessions/:id/revoke`, audited("Signed out a browser"), (c) => close(c, "signed_out"));

accountPages.post(`${PATH}/apps/:id/revoke`, audited("Disconnected an app"), (c) => close(c, "disconnected"));
