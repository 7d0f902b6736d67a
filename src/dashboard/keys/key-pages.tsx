import { KeyParam } from "../../accounts/account-schema";
import { createKey, revokeKey } from "../../accounts/api-key";
import { allKeys, createNamedKey, revokeNamedKey, rollKey } from "../../accounts/keys/key";
import { type CreatedKey, KeyRoll } from "../../accounts/keys/key-schema";
import { audited } from "../../auth/audited";
import { policies, policyHeader } from "../../auth/limit";
import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { AppError } from "../../lib/errors";
import { PageQuery } from "../../lib/page";
import { createPages } from "../doors/pages";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Pager } from "../ui/pager";
import { Card, Copy, count, Head } from "../ui/parts";
import { KeyForm, linesJoined, namedIn } from "./key-form";
import { ClassicKeys, NAMED, NamedKeys, NewKeyForm, PATH } from "./key-view";

/** Only owners create and revoke API keys. They belong to the account itself, even in test mode. */
export const keyPages = createPages([PATH], { changes: "owner", about: "home" });

const { quota, windowSeconds } = policies.key;
const WINDOW = windowSeconds === 60 ? "minute" : `${windowSeconds} seconds`;

const Limits = () => (
  <Card title="Rate limits">
    <p>
      All of an account's keys share {count(quota)} requests per {WINDOW}. Above that, the API returns 429 with{" "}
      <code>Retry-After</code>, the number of seconds to wait, and <code>RateLimit-Policy: {policyHeader("key")}</code>.
      A rejected request has no effect, so you can repeat it.
    </p>
    <p class="quiet">“Last used” is accurate to one hour for named keys, and to one minute for classic ones.</p>
  </Card>
);

const NewClassicKey = () => (
  <form method="post" action={PATH}>
    <button type="submit">Create classic key</button>
  </form>
);

const modeOf = (c: PageContext) => (isInTestMode(c.var.session) ? "test" : "live");

async function listPage(c: PageContext, failed?: Form<unknown>) {
  const { ctx, session } = c.var;
  const page = PageQuery.parse(c.req.query());
  const mode = modeOf(c);
  const isOwner = session.role === "owner";
  const { named, classic } = await allKeys(ctx, mode, page);
  const about =
    mode === "test"
      ? "Keys for testing. They can only see and change test data."
      : "A key gives programs access to this account. Treat it like a password.";
  const body = (
    <>
      <Head title="API keys" about={about}>
        <a class="button" href="/docs/reference">
          API reference
        </a>
      </Head>
      <NamedKeys keys={named} isOwner={isOwner} />
      {isOwner && <NewKeyForm form={failed ? linesJoined(failed) : blank({ access: "read,write" })} mode={mode} />}
      {classic && (
        <>
          <Card title="Classic keys" actions={isOwner && <NewClassicKey />}>
            <p>A classic key can do everything in every brand and campaign, including creating other keys.</p>
            <ClassicKeys keys={classic.rows} isOwner={isOwner} />
          </Card>
          <Pager page={page} total={classic.total} path={PATH} />
        </>
      )}
      <Limits />
    </>
  );
  return show(c, { title: "API keys", section: PATH, body, status: failed ? 400 : 200 });
}

keyPages.get(PATH, (c) => listPage(c));

/** The only page that shows a key in full. */
function shown(c: PageContext, key: string, trial: string, note?: string) {
  const body = (
    <>
      <Head title="Your new key" about="This is the only time you will see it. Copy it now and store it safely." />
      <Card title="Key">
        <Copy value={key} label="the key" />
        {note && <p>{note}</p>}
      </Card>
      <Card title="Try it">
        <Copy value={trial} label="the command" />
      </Card>
      <p>
        <a href={PATH}>All keys</a>
      </p>
    </>
  );
  return show(c, { title: "Your new key", section: PATH, body, status: 201 });
}

const listing = (c: PageContext, key: string) => `curl -H "X-API-Key: ${key}" ${c.var.ctx.origin}/api/v1/brands`;

function trialOf(c: PageContext, { key, scopes, allowed_origins }: CreatedKey) {
  if (scopes.includes("read")) return listing(c, key);
  const body = `'{"campaign_id": 42, "email": "ada@example.com", "name": "Ada"}'`;
  const from = allowed_origins ? ` -H "Origin: ${allowed_origins[0]}"` : "";
  const path = allowed_origins ? "/signups/browser" : "/signups";
  return `curl -H "X-API-Key: ${key}"${from} -H "Content-Type: application/json" -d ${body} ${c.var.ctx.origin}/api/v1${path}`;
}

keyPages.post(PATH, audited("Created an API key"), async (c) => {
  const { api_key } = await createKey(c.var.ctx);
  return shown(c, api_key, listing(c, api_key));
});

keyPages.post(
  NAMED,
  audited("Created a named API key"),
  ...submits(KeyForm, listPage, async (c: PageContext, sent) => {
    const key = await createNamedKey(c.var.ctx, sent);
    return shown(c, key.key, trialOf(c, key));
  }),
);

keyPages.post(`${NAMED}/:keyId/roll`, audited("Rolled a named API key"), async (c) => {
  const { key } = await rollKey(c.var.ctx, namedIn(c), KeyRoll.parse({}));
  return shown(c, key.key, trialOf(c, key), "The old key works for another 24 hours.");
});

keyPages.post(`${NAMED}/:keyId/revoke`, audited("Revoked a named API key"), async (c) => {
  await revokeNamedKey(c.var.ctx, namedIn(c));
  return c.redirect(doneAt(PATH, "revoked"), 303);
});

keyPages.post(`${PATH}/:id/revoke`, audited("Revoked an API key"), async (c) => {
  const param = KeyParam.safeParse(c.req.param());
  if (!param.success) throw new AppError("not_found");
  await revokeKey(c.var.ctx, param.data.id);
  return c.redirect(doneAt(PATH, "revoked"), 303);
});
