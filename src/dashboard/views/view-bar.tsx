import type { ListWithViews } from "../../../drizzle/schema";
import type { PageContext } from "../../auth/page-session";
import type { Session } from "../../auth/sessions/session";
import { Icon } from "../../lib/icon";
import { Seen } from "../ui/field";
import { shown } from "../ui/seen";
import type { View } from "./view";
import { type ListSchema, outdatedIn, viewQuery } from "./view-query";

export const NAME_MAX = 60;

/** Whether a person may share views and change shared ones. */
export const mayShare = ({ role, brand_ids }: Session) => role !== "viewer" && brand_ids === null;

export const viewPath = (path: string, { id, query }: Pick<View, "id" | "query">) =>
  `${path}?${query === "" ? "" : `${query}&`}view=${id}`;

type Props = {
  c: PageContext;
  list: ListWithViews;
  schema: ListSchema;
  path: string;
  views: View[];
  /** Filters whose subject was deleted. */
  gone?: string[];
};

/** A list's saved views above it, with actions for the open view or for unsaved filters. */
export const ViewBar = ({ c, list, schema, path, views, gone = [] }: Props) => {
  const asked = new URL(c.req.url).search;
  const query = viewQuery(schema, asked);
  const open = views.find(({ id }) => String(id) === c.req.query("view"));
  const isEdited = open !== undefined && viewQuery(schema, open.query) !== query;
  const mayChange = open !== undefined && (!open.is_shared || mayShare(c.var.session));
  const canSave = query !== "" && (open === undefined || isEdited);
  if (views.length === 0 && !canSave) return null;
  return (
    <>
      <div class="views">
        {views.length > 0 && (
          <nav aria-label="Saved views">
            <a href={path} aria-current={open ? undefined : "page"}>
              All
            </a>
            {views.map((view) => (
              <a href={viewPath(path, view)} aria-current={view === open ? "page" : undefined}>
                {view.name}
                {view.is_shared && (
                  <>
                    <Icon of="users" />
                    <span class="unseen">(shared)</span>
                  </>
                )}
              </a>
            ))}
          </nav>
        )}
        {open && isEdited && mayChange && (
          <form method="post" action={`/views/${open.id}/query`}>
            <Seen form={shown(queryOf(open))} />
            <input type="hidden" name="path" value={path} />
            <input type="hidden" name="query" value={query} />
            <button type="submit" class="button">
              Update view
            </button>
          </form>
        )}
        {open && mayChange && <EditView view={open} path={path} session={c.var.session} />}
        {canSave && <SaveView list={list} path={path} query={query} session={c.var.session} />}
      </div>
      {open && <Outdated names={[...outdatedIn(schema, asked).map(([name]) => name), ...gone]} />}
    </>
  );
};

/** What the form of a view's name shows, and what the one of its filters does. */
export const nameOf = ({ name, is_shared }: View) => ({ name, is_shared });
export const queryOf = ({ query }: View) => ({ query });

type FieldsProps = { name: string; isShared: boolean; session: Session };

const Fields = ({ name, isShared, session }: FieldsProps) => (
  <>
    <label class="field">
      <span>View name</span>
      <input name="name" value={name} required maxlength={NAME_MAX} autocomplete="off" placeholder="Big spenders" />
    </label>
    <input type="hidden" name="@flags" value="is_shared" />
    {mayShare(session) && (
      <label class="check">
        <input type="checkbox" name="is_shared" checked={isShared} />
        <span>Share with the team</span>
      </label>
    )}
  </>
);

const SaveView = (props: { list: ListWithViews; path: string; query: string; session: Session }) => (
  <details class="view-menu" data-menu>
    <summary class="button">
      <Icon of="plus" />
      Save view
    </summary>
    <form method="post" action="/views" class="card">
      <input type="hidden" name="list" value={props.list} />
      <input type="hidden" name="path" value={props.path} />
      <input type="hidden" name="query" value={props.query} />
      <Fields name="" isShared={false} session={props.session} />
      <button type="submit">Save view</button>
    </form>
  </details>
);

const EditView = ({ view, path, session }: { view: View; path: string; session: Session }) => (
  <details class="view-menu" data-menu>
    <summary class="button">
      <Icon of="settings" />
      Edit view
    </summary>
    <div class="card">
      <form method="post" action={`/views/${view.id}`}>
        <Seen form={shown(nameOf(view))} />
        <input type="hidden" name="path" value={path} />
        <Fields name={view.name} isShared={view.is_shared} session={session} />
        <button type="submit">Save changes</button>
      </form>
      <form method="post" action={`/views/${view.id}/delete`}>
        <input type="hidden" name="path" value={path} />
        <button type="submit" class="button danger">
          <Icon of="trash" />
          Delete view
        </button>
      </form>
    </div>
  </details>
);

const Outdated = ({ names }: { names: string[] }) =>
  names.length === 0 ? null : (
    <p class="notice warn" role="status">
      {names.length === 1 ? "One filter of this view no longer applies and was left out: " : null}
      {names.length > 1 ? "Some filters of this view no longer apply and were left out: " : null}
      {names.map((name) => name.replaceAll("_", " ")).join(", ")}.
    </p>
  );
