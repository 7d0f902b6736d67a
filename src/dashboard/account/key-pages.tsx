import { KeyParam } from "../../accounts/account-schema";
import { createKey, keys, revokeKey } from "../../accounts/api-key";
import { audited } from "../../auth/audited";
import { policies, policyHeader } from "../../auth/limit";
import { AppError } from "../../lib/errors";
import { PageQuery } from "../../lib/page";
import { createPages } from "../doors/pages";
import { doneAt, show } from "../ui/layout";
import { Card, Confirm, Copy, count, Empty, Head, Pager, Table, Time } from "../ui/parts";

const PATH = "/api-keys";

/** Only owners create and revoke API keys. */
export const keyPages = createPages([PATH], { changes: "owner" });

const { quota, windowSeconds } = policies.key;
const WINDOW = windowSeconds === 60 ? "minute" : `${windowSeconds} seconds`;

const Limits = () => (
  <Card title="Rate limits">
    <p>
      All keys of an account together have {count(quota)} requests a {WINDOW}. Above that, the API returns 429 with{" "}
      <code>Retry-After</code>, the seconds to wait, and <code>RateLimit-Policy: {policyHeader("key")}</code>. A refused
      request has no effect, so you can repeat it.
    </p>
    <p class="quiet">“Last used” is accurate to one minute.</p>
  </Card>
);

keyPages.get(PATH, async (c) => {
  const page = PageQuery.parse(c.req.query());
  const { rows, total } = await keys(c.var.ctx, page);
  const isOwner = c.var.session.role === "owner";
  const body = (
    <>
      <Head
        title="API keys"
        about="A key gives API access to every brand and campaign in this account. Treat it like a password."
      >
        {isOwner && (
          <form method="post" action={PATH}>
            <button type="submit">Create key</button>
          </form>
        )}
        <a class="button" href="/docs">
          API reference
        </a>
      </Head>
      {rows.length === 0 ? (
        <Empty title="No keys yet">
          <p>
            {isOwner
              ? "Create one to call the API from your own systems or from Zapier."
              : "Only owners can create keys."}
          </p>
        </Empty>
      ) : (
        <Table label="API keys" columns={["Key", "Created by", "Created", "Last used", "Actions"]}>
          {rows.map((key) => (
            <tr>
              <td>
                <code>{key.api_key}</code>
              </td>
              <td>{key.created_by?.name ?? <span class="quiet">unknown</span>}</td>
              <td>
                <Time at={key.date_generated} />
              </td>
              <td>
                <Time at={key.last_used_at} />
              </td>
              <td>
                {isOwner && (
                  <Confirm
                    action={`${PATH}/${key.id}/revoke`}
                    button="Revoke"
                    question="Anything that uses this key stops working immediately."
                  />
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager page={page} total={total} path={PATH} />
      <Limits />
    </>
  );
  return show(c, { title: "API keys", section: PATH, body });
});

/** The only page that shows a key in full. */
keyPages.post(PATH, audited("Created an API key"), async (c) => {
  const { ctx } = c.var;
  const { api_key } = await createKey(ctx);
  const body = (
    <>
      <Head title="Your new key" about="This is the only time you will see it. Copy it now and store it safely." />
      <Card title="Key">
        <Copy value={api_key} label="the key" />
      </Card>
      <Card title="Try it">
        <Copy value={`curl -H "X-API-Key: ${api_key}" ${ctx.origin}/api/v1/brands`} label="the command" />
      </Card>
      <p>
        <a href={PATH}>All keys</a>
      </p>
    </>
  );
  return show(c, { title: "Your new key", section: PATH, body, status: 201 });
});

keyPages.post(`${PATH}/:id/revoke`, audited("Revoked an API key"), async (c) => {
  const param = KeyParam.safeParse(c.req.param());
  if (!param.success) throw new AppError("not_found");
  await revokeKey(c.var.ctx, param.data.id);
  return c.redirect(doneAt(PATH, "revoked"), 303);
});
