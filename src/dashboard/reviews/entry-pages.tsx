import { z } from "zod";
import { entryActions, entryKinds } from "../../../drizzle/schema/reviews";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { notFound } from "../../lib/errors";
import { filter } from "../../lib/page";
import { addEntry, dropEntry, entries } from "../../participants/fraud-lists/entry";
import { EntryParam, EntryQuery, NewEntry } from "../../participants/fraud-lists/entry-schema";
import { createPages } from "../doors/pages";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { ENTRIES, EntryListView, entriesPath } from "./entry-view";
import { REVIEWS } from "./review-parts";

export const entryPages = createPages([ENTRIES]);

const PER_PAGE = 50;

/** Ignores invalid query parameters. */
const Shown = EntryQuery.pick({ page: true }).extend({
  kind: filter(z.enum(entryKinds)).catch(undefined),
  action: filter(z.enum(entryActions)).catch(undefined),
  q: EntryQuery.shape.q.catch(undefined),
});

/** Values that a link to this page fills in: `?new=referrer&value=12`. */
const Begun = z.object({ new: filter(z.enum(entryKinds)).catch(undefined), value: z.string().max(320).catch("") });

async function page(c: PageContext, form?: Form<unknown>) {
  const query = { ...Shown.parse(c.req.query()), limit: PER_PAGE };
  const begun = Begun.parse(c.req.query());
  const shown = form ?? blank({ kind: begun.new, value: begun.value });
  const list = await entries(c.var.ctx, query);
  return show(c, {
    title: "Allow and block lists",
    section: REVIEWS,
    body: (
      <EntryListView
        list={list}
        query={query}
        form={shown}
        isAdding={begun.new !== undefined || Object.keys(shown.errors).length > 0}
        mayChange={c.var.session.role !== "viewer"}
        now={c.var.ctx.now()}
      />
    ),
    status: Object.keys(shown.errors).length > 0 ? 400 : 200,
  });
}

entryPages.get(ENTRIES, (c) => page(c));

entryPages.post(
  ENTRIES,
  audited("Changed fraud lists"),
  ...submits(NewEntry, page, async (c: PageContext, entry) => {
    await addEntry(c.var.ctx, entry);
    return c.redirect(doneAt(ENTRIES, "added"), 303);
  }),
);

/** The list's current filter. */
const Under = Shown.omit({ page: true });

entryPages.post(
  `${ENTRIES}/:entryId/delete`,
  audited("Changed fraud lists"),
  ...submits(Under, page, async (c: PageContext, query) => {
    const param = EntryParam.safeParse(c.req.param());
    if (!param.success) throw notFound("list entry");
    await dropEntry(c.var.ctx, param.data.entryId);
    return c.redirect(doneAt(entriesPath(query), "deleted"), 303);
  }),
);
