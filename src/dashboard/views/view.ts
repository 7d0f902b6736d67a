import type { ListWithViews } from "../../../drizzle/schema";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import * as store from "./view-store";

export type { View } from "./view-store";

/**
 * A view's name and filters may reveal other brands, so people with access to only some brands do not see shared views.
 */
const viewerIn = ({ actor: { memberId, personId, brandIds } }: MemberCtx): store.Viewer => ({
  accountId: memberId,
  personId: personId ?? memberId,
  seesShared: brandIds === undefined,
});

/** The query for a list's views, to batch with the list's own queries. */
export const viewsOf = (ctx: MemberCtx, list: ListWithViews) => store.viewsOf(ctx.db, viewerIn(ctx), list);

const tooMany = (isShared: boolean) =>
  new AppError(
    "conflict",
    isShared
      ? `The team has ${store.VIEWS_MAX} shared views of this list. Delete one first.`
      : `You have ${store.VIEWS_MAX} views of this list. Delete one first.`,
  );

/** @throws 409 if the limit is reached */
export async function saveView(ctx: MemberCtx, view: Omit<store.NewView, "date_added">): Promise<number> {
  const [[saved]] = await commit(ctx, store.insertView(ctx.db, viewerIn(ctx), { ...view, date_added: ctx.now() }));
  if (!saved) throw tooMany(view.is_shared);
  return saved.id;
}

/** A view that the person may see. @throws 404 */
export async function viewById(ctx: MemberCtx, id: number): Promise<store.View> {
  const [[view]] = await ctx.db.batch([store.viewById(ctx.db, viewerIn(ctx), id)]);
  if (!view) throw notFound("view");
  return view;
}

/** @throws 409 if the limit is reached where it goes, or the view no longer exists */
export async function changeView(ctx: MemberCtx, view: store.View): Promise<void> {
  const [changed] = await commit(ctx, store.updateView(ctx.db, viewerIn(ctx), view));
  if (changed.length === 0) throw tooMany(view.is_shared);
}

export const deleteView = (ctx: MemberCtx, id: number) => commit(ctx, store.deleteView(ctx.db, viewerIn(ctx), id));

type Subjects = { campaign_id?: number | undefined; participant_id?: number | undefined };

/**
 * A list as a view requests it. If the filter's campaign or participant was deleted since, the list is read without
 * them, and `gone` names the filter.
 * @throws what `read` throws
 */
export async function withoutDeleted<Q extends Subjects & { view?: number | undefined }, L>(
  query: Q,
  read: (query: Q) => Promise<L>,
): Promise<{ query: Q; list: L; gone: string[] }> {
  try {
    return { query, list: await read(query), gone: [] };
  } catch (error) {
    const gone = (["campaign_id", "participant_id"] as const).filter((name) => query[name] !== undefined);
    const isGone = error instanceof AppError && error.code === "not_found" && gone.length > 0;
    if (query.view === undefined || !isGone) throw error;
    const left = { ...query, campaign_id: undefined, participant_id: undefined };
    return { query: left, list: await read(left), gone };
  }
}
