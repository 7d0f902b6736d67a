import type { PageContext } from "../../auth/page-session";
import { show } from "../ui/layout";
import { Card, Copy, Head, Source, Time } from "../ui/parts";

const SNIPPET = `import { Webhook } from "standardwebhooks"; // available for every major language
const webhook = new Webhook(process.env.WEBHOOK_SECRET);

app.post("/hooks", express.raw({ type: "*/*" }), (req, res) => {
  const event = webhook.verify(req.body.toString(), req.headers); // throws when it is not ours
  if (alreadyDone(req.headers["webhook-id"])) return res.sendStatus(204); // the same on every attempt
  handle(event.type, event.data);
  res.sendStatus(204); // any 2xx within 15 s
});`;

/** The only page that shows an endpoint's secret. `expires` is when the previous secret stops signing. */
export const secretPage = (c: PageContext, webhook: { id: number; secret: string; expires?: Date }) => {
  const body = (
    <>
      <Head
        crumbs={[["/webhooks", "Webhooks"]]}
        title={webhook.expires ? "The new secret" : "Your webhook's secret"}
        about="This is the only time you will see it. Copy it now and store it safely."
      />
      <Card title="Secret">
        <Copy value={webhook.secret} label="the secret" />
        {webhook.expires && (
          <p>
            The old secret also signs until <Time at={webhook.expires} />. Switch your endpoint by then. If the old one
            has leaked, end it on the webhook's page.
          </p>
        )}
      </Card>
      <Card title="Verify the signature">
        <Source label="How to verify the signature">{SNIPPET}</Source>
        <p class="hint">
          Signed according to <a href="https://www.standardwebhooks.com">Standard Webhooks</a>. Events can arrive more
          than once and in any order.
        </p>
      </Card>
      <p>
        <a class="button main" href={`/webhooks/${webhook.id}`}>
          Continue to webhook
        </a>
      </p>
    </>
  );
  return show(c, { title: "Webhook secret", section: "/webhooks", body, status: 201 });
};
