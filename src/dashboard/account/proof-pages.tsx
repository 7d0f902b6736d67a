import type { Child } from "hono/jsx";
import { changeEmail, changePassword, deleteAccount } from "../../accounts/account";
import { Deletion, EmailChange, PasswordChange } from "../../accounts/account-schema";
import { audited, unaudited } from "../../auth/audited";
import { forgetSession, type PageContext } from "../../auth/page-session";
import { createOwnPages } from "../doors/pages";
import { Check, Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Head } from "../ui/parts";

const PATH = "/account";
const page = { section: PATH } as const;

/** Changes to the person's own account that require their password. */
export const proofPages = createOwnPages([PATH]);

const Narrow = ({ children }: { children: Child }) => (
  <div class="narrow">
    <Card>{children}</Card>
  </div>
);

const emailPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Change your email",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          crumbs={[["/account", "Your account"]]}
          title="Change your email"
          about={`You currently sign in with ${c.var.session.person_email}. We email the new address a verification link and notify the old one.`}
        />
        <Narrow>
          <form method="post">
            <Problems form={form} />
            <Input form={form} name="email" label="New email" type="email" autocomplete="email" required />
            <Input
              form={form}
              name="password"
              label="Your password"
              type="password"
              autocomplete="current-password"
              required
            />
            <button type="submit">Change email</button>
          </form>
        </Narrow>
        <Back />
      </>
    ),
  });

const Back = () => (
  <p>
    <a href={PATH}>Back to your account</a>
  </p>
);

proofPages.get(`${PATH}/email`, (c) => emailPage(c, blank()));
proofPages.post(
  `${PATH}/email`,
  audited("Changed their email address"),
  ...submits(EmailChange, emailPage, async (c, change) => {
    await changeEmail(c.var.ctx, change);
    return c.redirect(doneAt(PATH, "email_changed"), 303);
  }),
);

const passwordPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Change your password",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          crumbs={[["/account", "Your account"]]}
          title="Change your password"
          about="Every other browser is signed out. Choose what happens to API access below."
        />
        <Narrow>
          <form method="post">
            <Problems form={form} />
            <Input
              form={form}
              name="old_password"
              label="Current password"
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
            <Check
              form={form}
              name="end_tokens"
              label="End all API tokens"
              hint="Tokens created with the old password. Otherwise they stay valid for up to 30 days."
            />
            <Check
              form={form}
              name="end_keys"
              label="Revoke all API keys"
              hint="Anything that uses one stops working immediately. Select this if someone else may have had access to your account."
            />
            <button type="submit">Change password</button>
          </form>
        </Narrow>
        <Back />
      </>
    ),
  });

proofPages.get(`${PATH}/password`, (c) => passwordPage(c, blank({ end_tokens: true })));
proofPages.post(
  `${PATH}/password`,
  audited("Changed their password"),
  ...submits(PasswordChange, passwordPage, async (c, change) => {
    await changePassword(c.var.ctx, c.var.session, change);
    return c.redirect(doneAt(PATH, "password_changed"), 303);
  }),
);

const deletionPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Delete your account",
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
    body: (
      <>
        <Head
          crumbs={[["/account", "Your account"]]}
          title="Delete your account"
          about="Deletes all brands in your own account with their campaigns, participants, rewards, coupons, and webhooks, and your roles in other accounts. This cannot be undone."
        />
        <Narrow>
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
              Delete my account and everything in it
            </button>
          </form>
        </Narrow>
        <Back />
      </>
    ),
  });

proofPages.get(`${PATH}/deletion`, (c) => deletionPage(c, blank()));
proofPages.post(
  `${PATH}/deletion`,
  unaudited("The log is deleted with the account."),
  ...submits(Deletion, deletionPage, async (c, proof) => {
    await deleteAccount(c.var.ctx, proof);
    forgetSession(c);
    return c.redirect(doneAt("/sign-in", "account_deleted"), 303);
  }),
);
