import type { ListWithViews } from "../../../drizzle/schema";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import * as store from "./view-store";

export type { View } from "./view-store";

/** What a view's name and filters may say of a brand is not for people who see only others, so they see none of the others' views. */
const viewerIn = ({ actor: { memberId, personId, brandIds } }: MemberCtx): store.Viewer => ({
  accountId: memberId,
  personId: personId ?? memberId,
  seesShared: brandIds === undefined,
});

/** The query of a list's views, for the batch that reads the list. */
export const viewsOf = (ctx: MemberCtx, list: ListWithViews) => store.viewsOf(ctx.db, viewerIn(ctx), list);

const tooMany = (isShared: boolean) =>
  new AppError(
    "conflict",
    isShared
      ? `The team has ${store.VIEWS_MAX} shared views of this list. Delete one first.`
      : `You have ${store.VIEWS_MAX} views of this list. Delete one first.`,
  );

/** @throws 409 if there are as many as there may be */
export async function saveView(ctx: MemberCtx, view: Omit<store.NewView, "date_added">): Promise<number> {
  const [[saved]] = await commit(ctx, store.insertView(ctx.db, viewerIn(ctx), { ...view, date_added: ctx.now() }));
  if (!saved) throw tooMany(view.is_shared);
  return saved.id;
}

/** A view that the person sees. @throws 404 */
export async function viewById(ctx: MemberCtx, id: number): Promise<store.View> {
  const [[view]] = await ctx.db.batch([store.viewById(ctx.db, viewerIn(ctx), id)]);
  if (!view) throw notFound("view");
  return view;
}

/** @throws 409 if there are as many as there may be where it goes, or it is gone */
export async function changeView(ctx: MemberCtx, view: store.View): Promise<void> {
  const [changed] = await commit(ctx, store.updateView(ctx.db, viewerIn(ctx), view));
  if (changed.length === 0) throw tooMany(view.is_shared);
}

export const deleteView = (ctx: MemberCtx, id: number) => commit(ctx, store.deleteView(ctx.db, viewerIn(ctx), id));

type Subjects = { campaign_id?: number | undefined; participant_id?: number | undefined };

/**
 * A list as a view asks for it. The campaign or the participant of its filter may have been deleted since: the list is read
 * without them then, and `gone` names the filter.
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
