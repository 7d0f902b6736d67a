import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { changeChoices, choicesOf } from "../../delivery/notifications/notification";
import { notificationNames, switches } from "../../delivery/notifications/notification-kinds";
import { Flag } from "../../lib/fields";
import { createOwnPages } from "../doors/pages";
import { Check, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Head } from "../ui/parts";

const PATH = "/account/notifications";

/** Which emails the signed-in person gets about the account that they work in. */
export const notificationPages = createOwnPages([PATH]);

const Choices = z.record(z.enum(notificationNames), Flag.default(false));

async function notificationPage(c: PageContext, sent?: Form<unknown>) {
  const { session } = c.var;
  const form = sent ?? blank(await choicesOf(c.var.ctx, session.home_id, session.person_id));
  const body = (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title="Notifications"
        about={`The emails that you get about ${session.account_name}. Your choice changes nothing for others.`}
      />
      <div class="narrow">
        <Card title="Emails">
          {!session.is_verified && (
            <div class="notice warn" role="status">
              We send none until you verify your email.
            </div>
          )}
          <form method="post" action={PATH}>
            <Problems form={form} />
            {notificationNames.map((name) => (
              <Check form={form} name={name} label={switches[name].label} hint={switches[name].about} />
            ))}
            <button type="submit">Save</button>
          </form>
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
  ...submits(Choices, notificationPage, async (c: PageContext, choices) => {
    const { home_id, person_id } = c.var.session;
    await changeChoices(c.var.ctx, home_id, person_id, choices);
    return c.redirect(doneAt(PATH, "saved"), 303);
  }),
);
