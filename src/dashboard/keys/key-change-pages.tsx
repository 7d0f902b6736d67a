import { changeNamedKey, namedKey } from "../../accounts/keys/key";
import type { Key } from "../../accounts/keys/key-schema";
import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { createPages } from "../doors/pages";
import { edits } from "../ui/edits";
import { Input, Problems, Select, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Badge, Card, Head } from "../ui/parts";
import { shown } from "../ui/seen";
import { accesses, KeyChangeForm, linesJoined, namedIn } from "./key-form";
import { NAMED, PATH } from "./key-view";

/** A key's name, expiry, and permissions. Its secret cannot be changed: rolling the key creates a new one. */
export const keyChangePages = createPages([NAMED], { changes: "owner", about: "home" });

const ONE = `${NAMED}/:keyId`;

const valuesOf = ({ name, scopes, allowed_origins, expires_at }: Key) => ({
  name,
  access: scopes.join(","),
  allowed_origins: allowed_origins?.join("\n") ?? "",
  expires_at: expires_at === null ? "" : new Date(expires_at).toISOString(),
});

/** The form's choices, plus the key's current permissions if they are none of these. */
function accessesOf({ scopes }: Key) {
  const now = scopes.join(",");
  const offered = accesses.filter(([value]) => value !== "publishable");
  return offered.some(([value]) => value === now) ? offered : [[now, scopes.join(", ")] as const, ...offered];
}

async function changePage(c: PageContext, failed?: Form<unknown>) {
  const id = namedIn(c);
  const key = await namedKey(c.var.ctx, id);
  const form = failed ? linesJoined(failed) : shown(valuesOf(key));
  const isPublishable = key.kind === "publishable";
  const body = (
    <>
      <Head
        crumbs={[[PATH, "API keys"]]}
        title={key.name}
        about={
          <>
            <code>{key.prefix}…</code> {key.mode === "test" && <Badge tone="warn">Test</Badge>}{" "}
            {isPublishable && <Badge>Publishable</Badge>}
          </>
        }
      />
      <Card title="Change key">
        <form method="post" action={`${NAMED}/${id}`}>
          <Problems form={form} />
          <Input form={form} name="name" label="Name" required maxlength={200} />
          {isPublishable ? (
            <TextArea
              form={form}
              name="allowed_origins"
              label="Websites"
              hint="One per line, like https://shop.example.com. The key only works on these."
              rows={4}
            />
          ) : (
            <Select
              form={form}
              name="access"
              label="Access"
              options={accessesOf(key)}
              hint="Takes effect immediately, or within a minute for signups."
            />
          )}
          {key.rolled_at === null && (
            <Input
              form={form}
              name="expires_at"
              label="Ends"
              type="datetime-local"
              hint="Leave empty if it never expires."
            />
          )}
          <button type="submit">Save</button>
        </form>
        <p class="hint">
          To give a program a new secret, roll the key. The new key has the same permissions, and the old one works for
          another 24 hours. You cannot switch a key between live and test, or between secret and publishable.
        </p>
      </Card>
    </>
  );
  return show(c, { title: key.name, section: PATH, body, status: failed ? 400 : 200 });
}

keyChangePages.get(ONE, (c) => {
  demandRole(c.var.session, "owner");
  return changePage(c);
});

keyChangePages.post(
  ONE,
  audited("Changed a named API key"),
  edits({
    schema: KeyChangeForm,
    stored: async (c: PageContext) => valuesOf(await namedKey(c.var.ctx, namedIn(c))),
    page: changePage,
    run: async (c, change) => {
      await changeNamedKey(c.var.ctx, namedIn(c), change);
      return c.redirect(doneAt(PATH, "saved"), 303);
    },
  }),
);
