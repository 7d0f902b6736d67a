import { z } from "zod";
import { accountsOf } from "../../accounts/team/team";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { changeChoices, choicesOf } from "../../delivery/notifications/notification";
import { notificationNames, switches } from "../../delivery/notifications/notification-kinds";
import { AppError, notFound } from "../../lib/errors";
import { Flag, Id } from "../../lib/fields";
import { createOwnPages } from "../doors/pages";
import { edits } from "../ui/edits";
import { Check, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Head } from "../ui/parts";
import { shown } from "../ui/seen";

const PATH = "/account/notifications";

/**
 * The emails that the signed-in person gets about an account: the one in the URL, as linked from emails, or the one
 * they work in.
 */
export const notificationPages = createOwnPages([PATH]);

const Choices = z.record(z.enum(notificationNames), Flag.default(false));

type Account = { id: number; name: string; brand_ids: number[] | null };

/** @throws 404 if the person may not access the account in the URL */
async function accountIn(c: PageContext): Promise<Account> {
  const { ctx, session } = c.var;
  const named = c.req.query("account");
  const id = named === undefined ? session.home_id : Id.safeParse(named).data;
  if (id === session.person_id) return { id, name: session.person_name, brand_ids: null };
  const account = (await accountsOf(ctx)).find((one) => one.id === id);
  if (!account) throw notFound("account");
  return account;
}

const stored = async (c: PageContext, account?: Account) =>
  choicesOf(c.var.ctx, (account ?? (await accountIn(c))).id, c.var.session.person_id);

const pathOf = ({ id }: Account) => `${PATH}?account=${id}`;

const Switches = ({ form, account }: { form: Form<unknown>; account: Account }) => (
  <form method="post" action={pathOf(account)}>
    <Problems form={form} />
    {notificationNames.map((name) => (
      <Check form={form} name={name} label={switches[name].label} hint={switches[name].about} />
    ))}
    <button type="submit">Save</button>
  </form>
);

async function notificationPage(c: PageContext, sent?: Form<unknown>) {
  const { session } = c.var;
  const account = await accountIn(c);
  const form = sent ?? shown(await stored(c, account));
  const body = (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title="Notifications"
        about={`The emails you get about ${account.name}. Your choices apply only to you.`}
      />
      <div class="narrow">
        <Card title="Emails">
          {!session.is_verified && (
            <div class="notice warn" role="status">
              We do not send any until you <a href="/account">verify your email</a>.
            </div>
          )}
          {account.brand_ids ? (
            <p>
              These emails are about the whole account. You have access to only some of its brands, so you do not get
              them.
            </p>
          ) : (
            <Switches form={form} account={account} />
          )}
        </Card>
      </div>
    </>
  );
  return show(c, { section: "/account", title: "Notifications", body, status: sent ? 400 : 200 });
}

notificationPages.get(PATH, (c) => notificationPage(c));

notificationPages.post(
  PATH,
  audited("Chose their notifications"),
  edits({
    schema: Choices,
    stored: (c: PageContext) => stored(c),
    page: notificationPage,
    run: async (c, choices) => {
      const account = await accountIn(c);
      if (account.brand_ids) throw new AppError("role_needed", "You have access to only some brands of this account.");
      await changeChoices(c.var.ctx, account.id, c.var.session.person_id, choices);
      return c.redirect(doneAt(pathOf(account), "saved"), 303);
    },
  }),
);
