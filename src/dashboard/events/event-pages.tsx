import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { whenSent } from "../../delivery/webhooks/event-data";
import { EventParam } from "../../delivery/webhooks/event-log-schema";
import { replaySome } from "../../delivery/webhooks/replay";
import { notFound } from "../../lib/errors";
import { createPages } from "../doors/pages";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { listFile } from "../ui/list-columns";
import { Head, Time } from "../ui/parts";
import { withoutDeleted } from "../views/view";
import { eventColumns } from "./event-columns";
import { EventFilter, eventDetail, eventList, ReplayTo } from "./event-list";
import { addressOf, EVENTS, EventListView, ReplayCard } from "./event-list-view";
import { EventView } from "./event-view";

export const eventPages = createPages([EVENTS]);

async function listPage(c: PageContext, refused?: Form<unknown>) {
  const asked = EventFilter.parse(c.req.query());
  const { query: filter, list, gone } = await withoutDeleted(asked, (wanted) => eventList(c.var.ctx, wanted));
  const { session } = c.var;
  const body = (
    <>
      <Head
        title="Events"
        about="What happened in the last 30 days, newest first, each with the payload that webhooks receive."
      >
        {list.events.length > 0 && (
          <a class="button" href={addressOf({ ...filter, before: undefined, view: undefined }, `${EVENTS}/export`)}>
            Export as CSV
          </a>
        )}
        <a class="button" href="/docs/events">
          Event types
        </a>
      </Head>
      <EventListView c={c} list={list} filter={filter} gone={gone} />
      {session.role !== "viewer" && (
        <div id="replay">
          <ReplayCard list={list} form={refused ?? blank()} />
        </div>
      )}
    </>
  );
  return show(c, { title: "Events", section: EVENTS, body, status: refused ? 400 : 200 });
}

eventPages.get(EVENTS, (c) => listPage(c));

/** Each event is read with its deliveries. */
const SLICE = 500;

eventPages.get(`${EVENTS}/export`, (c) => {
  const filter = EventFilter.parse(c.req.query());
  return listFile("events", eventColumns, async (before: number | undefined) => {
    const { events, next } = await eventList(c.var.ctx, { ...filter, before }, SLICE);
    return { rows: events, next };
  });
});

eventPages.get(`${EVENTS}/:eventId`, async (c) => {
  const param = EventParam.safeParse(c.req.param());
  if (!param.success) throw notFound("event");
  const detail = await eventDetail(c.var.ctx, param.data.eventId);
  const { type, created, sequence } = detail.event;
  const body = (
    <>
      <Head
        crumbs={[[EVENTS, "Events"]]}
        title={type}
        about={
          <>
            {whenSent(type)} <Time at={created} />, number {sequence}
          </>
        }
      />
      <EventView detail={detail} mayRetry={c.var.session.role !== "viewer"} />
    </>
  );
  return show(c, { title: type, section: EVENTS, body });
});

eventPages.post(
  `${EVENTS}/replay`,
  audited("Replayed events to a webhook"),
  ...submits(ReplayTo, listPage, async (c: PageContext, { webhook_id, ...range }) => {
    const replayed = await replaySome(c.var.ctx, webhook_id, range);
    return c.redirect(doneAt(`/webhooks/${webhook_id}`, replayed > 0 ? "replayed" : "nothing_to_replay"), 303);
  }),
);
