import { z } from "zod";
import { listsWithViews } from "../../../drizzle/schema";
import { says, unaudited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { AppError, invalid, notFound } from "../../lib/errors";
import { Id, line } from "../../lib/fields";
import { readableName } from "../../lib/name";
import { createPages } from "../doors/pages";
import { edits } from "../ui/edits";
import { Input, Problems } from "../ui/field";
import { type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { problemIn } from "../ui/newer";
import { Card, Head } from "../ui/parts";
import { changeView, deleteView, saveView, type View, viewById } from "../views/view";
import { mayShare, NAME_MAX, nameOf, queryOf, viewPath } from "../views/view-bar";
import { viewQuery } from "../views/view-query";
import { isAt, schemaOf } from "./view-lists";

const PATH = "/views";
const ONE = `${PATH}/:viewId`;

/** Viewers have their own views. */
export const viewPages = createPages([PATH], { changes: "viewer" });

const QUERY_MAX = 2000;
const Back = z.string().max(200);
const Query = z.string().max(QUERY_MAX).nullish();
const Named = z.object({
  path: Back,
  name: line(NAME_MAX)
    .transform(readableName)
    .refine((name) => name !== "", "must not be empty"),
  is_shared: z.boolean(),
});
const NewView = Named.extend({ list: z.enum(listsWithViews), query: Query });
const Requeried = z.object({ path: Back, query: Query });
const Deleted = z.object({ path: Back });

const OWN = unaudited("Views only change what their owners see. Shared ones are recorded.");

/** Sharing is recorded in the audit log. @throws 403 */
function demandShare(c: PageContext, said: string) {
  demandRole(c.var.session, "editor");
  if (!mayShare(c.var.session))
    throw new AppError("role_needed", "You have access to only some brands of this account.");
  says(c, said);
}

/** The form again, on its own page, with its errors. */
async function namePage(c: PageContext, form: Form<unknown>) {
  const { values } = form;
  const body = (
    <>
      <Head title="Saved view" />
      <Card>
        <form method="post" action={c.req.path}>
          <Problems form={form} />
          {["list", "path", "query"].map((name) => (
            <input type="hidden" name={name} value={String(values[name] ?? "")} />
          ))}
          <input type="hidden" name="@flags" value="is_shared" />
          {values.is_shared === true && <input type="hidden" name="is_shared" value="on" />}
          {form.errors.query && <p class="problem">{problemIn(form, "query")}</p>}
          {values.name !== undefined && (
            <Input form={form} name="name" label="View name" required maxlength={NAME_MAX} autocomplete="off" />
          )}
          <button type="submit">Save view</button>
        </form>
      </Card>
    </>
  );
  return show(c, { title: "Saved view", section: "/home", body, status: 400 });
}

/** @throws 400 if the list is not at this path */
function demandPlace({ list }: Pick<View, "list">, path: string) {
  if (!isAt(list, path)) throw invalid("path", "is not where this list is");
}

viewPages.post(
  PATH,
  OWN,
  ...submits(NewView, namePage, async (c: PageContext, { path, ...sent }) => {
    const view = { ...sent, query: viewQuery(schemaOf(sent.list), sent.query ?? "") };
    if (view.is_shared) demandShare(c, "Shared a saved view");
    demandPlace(view, path);
    const id = await saveView(c.var.ctx, view);
    return c.redirect(doneAt(viewPath(path, { ...view, id }), "view_saved"), 303);
  }),
);

/** The view that a form changes. @throws 404, or 403 if it is shared and they may not change it */
async function viewOf(c: PageContext): Promise<View> {
  const id = Id.safeParse(c.req.param("viewId"));
  if (!id.success) throw notFound("view");
  const view = await viewById(c.var.ctx, id.data);
  if (view.is_shared) demandShare(c, "Changed a shared view");
  return view;
}

viewPages.post(
  ONE,
  OWN,
  edits({
    schema: Named,
    stored: async (c: PageContext) => nameOf(await viewOf(c)),
    page: namePage,
    run: async (c, { path, ...named }) => {
      const view = { ...(await viewOf(c)), ...named };
      if (view.is_shared) demandShare(c, "Changed a shared view");
      demandPlace(view, path);
      await changeView(c.var.ctx, view);
      return c.redirect(doneAt(viewPath(path, view), "view_saved"), 303);
    },
  }),
);

viewPages.post(
  `${ONE}/query`,
  OWN,
  edits({
    schema: Requeried,
    stored: async (c: PageContext) => queryOf(await viewOf(c)),
    page: namePage,
    run: async (c, { path, query }) => {
      const was = await viewOf(c);
      const view = { ...was, query: viewQuery(schemaOf(was.list), query ?? "") };
      demandPlace(view, path);
      await changeView(c.var.ctx, view);
      return c.redirect(doneAt(viewPath(path, view), "view_saved"), 303);
    },
  }),
);

viewPages.post(
  `${ONE}/delete`,
  OWN,
  ...submits(Deleted, namePage, async (c: PageContext, { path }) => {
    const view = await viewOf(c);
    demandPlace(view, path);
    await deleteView(c.var.ctx, view.id);
    return c.redirect(doneAt(path, "view_deleted"), 303);
  }),
);
