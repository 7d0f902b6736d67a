import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { rotateIdentitySecret } from "../../campaigns/identity/identity";
import { identityCode } from "../../campaigns/identity/identity-code";
import { createPages } from "../doors/pages";
import { campaignIdIn } from "../ui/campaign-frame";
import { takesForm } from "../ui/form";
import { show } from "../ui/layout";
import { Card, Copy, Head, Source, Time } from "../ui/parts";

const PATH = "/campaigns/:campaignId/install/identity";
const GRACE_HOURS = 24;

export const identityPages = createPages([PATH]);

const Rotation = z.object({ leaked: z.literal("on").optional() });

identityPages.post(
  PATH,
  takesForm(Rotation, (c: PageContext) => c.redirect(installOf(c), 303)),
  audited("Rotated an identity secret"),
  async (c) => {
    const grace_hours = c.req.valid("form").leaked ? 0 : GRACE_HOURS;
    const { secret, previous_secret_expires } = await rotateIdentitySecret(c.var.ctx, campaignIdIn(c), { grace_hours });
    return secretPage(c, secret, previous_secret_expires);
  },
);

const installOf = (c: PageContext) => `/campaigns/${campaignIdIn(c)}/install`;

const PAGE = `window.referrals ??= { q: [] };
referrals.q.push(["identify", identity]); // what your server made for this customer`;

/** The only page that shows the secret. */
function secretPage(c: PageContext, secret: string, expires: Date | null) {
  const body = (
    <>
      <Head
        title="Your identity secret"
        about="This is the only time you will see it. Keep it on your server and never put it in a page."
      />
      <Card title="Secret">
        <Copy value={secret} label="the secret" />
        {expires && (
          <p>
            The old secret is valid until <Time at={expires} />.
          </p>
        )}
      </Card>
      <Card title="On your server">
        {Object.entries(identityCode).map(([language, code]) => (
          <>
            <h3>{language}</h3>
            <Source label={language}>{code}</Source>
          </>
        ))}
      </Card>
      <Card title="On the page with the widget">
        <Source label="On the page">{PAGE}</Source>
        <p class="hint">
          The hash is valid for 24 hours. Send it only to the customer it belongs to, because it gives access to their
          link, numbers, and rewards.
        </p>
      </Card>
      <p>
        <a class="button main" href={installOf(c)}>
          Continue
        </a>
      </p>
    </>
  );
  return show(c, { title: "Identity secret", section: "/campaigns", body, status: 201 });
}

export const Identity = ({ path }: { path: string }) => (
  <Card title="Signed-in customers">
    <p>
      Customers who are signed in on your site see their own link immediately, without typing anything. Your server
      signs their identity with a secret.
    </p>
    <form method="post" action={`${path}/identity`}>
      <p>
        <label>
          <input type="checkbox" name="leaked" /> The current secret has leaked: end it now
        </label>
      </p>
      <button type="submit" class="button">
        Create identity secret
      </button>
      <p class="hint">This replaces an existing secret, which stays valid for 24 hours.</p>
    </form>
  </Card>
);
