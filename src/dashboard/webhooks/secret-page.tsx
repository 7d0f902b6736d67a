import type { PageContext } from "../../auth/page-session";
import { show } from "../ui/layout";
import { Card, Copy, Head, Source, Time } from "../ui/parts";

const SNIPPET = `import { Webhook } from "standardwebhooks"; // the library is there for every language
const webhook = new Webhook(process.env.WEBHOOK_SECRET);

app.post("/hooks", express.raw({ type: "*/*" }), (req, res) => {
  const event = webhook.verify(req.body.toString(), req.headers); // throws when it is not ours
  if (alreadyDone(req.headers["webhook-id"])) return res.sendStatus(204); // the same on every attempt
  handle(event.type, event.data);
  res.sendStatus(204); // any 2xx within 15 s
});`;

/** The one page that shows an endpoint's secret. `expires`: until when the one before it signs as well. */
export const secretPage = (c: PageContext, webhook: { id: number; secret: string; expires?: Date }) => {
  const body = (
    <>
      <Head
        title={webhook.expires ? "The new secret" : "Your webhook's secret"}
        about="This is the only time that you see it. Copy it now, and keep it where secrets are kept."
      />
      <Card title="Secret">
        <Copy value={webhook.secret} label="the secret" />
        {webhook.expires && (
          <p>
            The old secret signs, too, until <Time at={webhook.expires} />: change your receiver over by then.
          </p>
        )}
      </Card>
      <Card title="Check the signature">
        <Source label="How to check the signature">{SNIPPET}</Source>
        <p class="hint">
          Signed as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it. An event may arrive more
          than once and in any order.
        </p>
      </Card>
      <p>
        <a class="button main" href={`/webhooks/${webhook.id}`}>
          Go on to the webhook
        </a>
      </p>
    </>
  );
  return show(c, { title: "Webhook secret", section: "/webhooks", body, status: 201 });
};
