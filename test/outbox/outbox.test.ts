import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { uses } from "../../src/delivery/uses";
import { openDb } from "../../src/lib/db";
import { consume } from "../../src/outbox/consumer";
import { heldBy, hold, release } from "../../src/outbox/hold";
import { dropOld, sweep } from "../../src/outbox/sweep";
import { newCampaign, someone } from "../support/campaign";
import { mailroom } from "../support/mailroom";
import { faultyDb, type Outside, outside } from "../support/outside";
import { parcels } from "../support/parcels";

let world: Outside;
beforeEach(() => {
  world = outside();
});
afterEach(() => world.close());

// All files share one database, and others compare its tables.
afterAll(() => env.DB.exec("DROP TABLE IF EXISTS parcels"));

describe("queues with any name", () => {
  /** A signup with a waiting delivery and email, and their queue messages. */
  async function signup() {
    const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
    const endpoint = await world.endpoint(campaign.owner, { campaign_id: campaign.id });
    await campaign.signUp(someone());
    const room = mailroom(campaign.owner);
    const mail_ids = (await room.rows()).map(({ id }) => id);
    const { results } = await env.DB.prepare("SELECT id FROM deliveries WHERE webhook_id = ?")
      .bind(endpoint.id)
      .all<{ id: number }>();
    return {
      endpoint,
      room,
      mail: { v: 1, mail_ids },
      delivery: { v: 1, delivery_ids: results.map(({ id }) => id) },
    };
  }
  const provider = { send: async () => ({ messageId: "<1@provider>" }) } as unknown as SendEmail;
  const hand = async (name: string, ...messages: unknown[]) => {
    const { acknowledged, rest } = await world.hand(messages, { EMAIL: provider }, name);
    await rest;
    return acknowledged;
  };

  it("bring emails and deliveries", async () => {
    const { endpoint, room, mail, delivery } = await signup();
    expect(await hand("acme-mails", mail)).toMatchObject({ ackAll: true });
    expect(await hand("acme-deliveries", delivery)).toMatchObject({ ackAll: true });
    expect(await room.rows()).toMatchObject([{ status: "sent" }]);
    expect(endpoint.received).toHaveLength(1);
  });

  it("can hold both in one batch; an unknown message is logged and acknowledged", async () => {
    const { endpoint, room, mail, delivery } = await signup();
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const unknown = [
      { v: 2, mail_ids: [1] },
      { v: 1, parcel_ids: [1] },
    ];
    expect(await hand("acme", mail, ...unknown, delivery)).toMatchObject({ ackAll: true });
    expect(await room.rows()).toMatchObject([{ status: "sent" }]);
    expect(endpoint.received).toHaveLength(1);
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)).message);
    expect(lines).toEqual(["message not understood", "message not understood"]);
  });
});

describe("another use of the outbox", () => {
  const [SECOND, MINUTE, DAY] = [1000, 60_000, 86_400_000];
  /** Parcels, some accepted by the carrier, and the queue of their messages. */
  async function wallet(takes: (id: number) => boolean = () => true) {
    const queue = world.env.DELIVERIES;
    const { use, ...rest } = await parcels(queue, takes);
    const job = () => ({ db: openDb(env.DB, "first-primary"), env: world.env, now: () => new Date() });
    return {
      ...rest,
      db: () => job().db,
      outbox: use.outbox,
      sweep: () => sweep(job(), use),
      dropOld: () => dropOld(job(), use),
      /** Passes due queue messages to the Worker. */
      work: async (over: Partial<typeof env> = {}) => {
        const messages = world.take().map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts: 1, body }));
        const batch = createMessageBatch("any", messages);
        const ctx = createExecutionContext();
        await consume(batch, { ...world.env, ...over }, ctx, [...uses, use]);
        return getQueueResult(batch, ctx);
      },
    };
  }

  it("gets its rows swept, processed in rounds, and the rest of a batch announced again", async () => {
    const { add, sweep, work, sent, rows } = await wallet();
    await add([1, 2, 3, 4, 5]);
    await sweep();
    await sweep();
    expect(world.queued().map(({ body }) => body)).toEqual([{ v: 1, parcel_ids: [1, 2, 3, 4, 5] }]);
    await work();
    expect(sent).toEqual([1, 2, 3, 4]);
    await work();
    expect(sent).toEqual([1, 2, 3, 4, 5]);
    expect(await rows()).toEqual(sent.map((id) => ({ id, status: "sent", attempts: 1 })));
  });

  it("retries failures on its schedule, until the end", async () => {
    const { add, sweep, work, rows } = await wallet(() => false);
    await add([1]);
    await sweep();
    await work();
    world.later(7 * SECOND);
    await work();
    expect(await rows()).toEqual([{ id: 1, status: "pending", attempts: 2 }]);
    world.later(7 * MINUTE);
    await work();
    expect(await rows(), "a longer delay is the sweep's").toEqual([{ id: 1, status: "pending", attempts: 2 }]);
    await sweep();
    await work();
    expect(await rows()).toEqual([{ id: 1, status: "failed", attempts: 3 }]);
  });

  it("is retried by the queue after database failures", async () => {
    const { add, sweep, work, sent } = await wallet();
    await add([1]);
    await sweep();
    const down = faultyDb(() => Promise.reject(new Error("D1_ERROR: overloaded")));
    expect(await work({ DB: down })).toMatchObject({ ackAll: false, retryBatch: { retry: true } });
    expect(sent).toEqual([]);
  });

  it("sends nothing twice within a round, and deletes everything 30 days after its end", async () => {
    const { add, sweep, work, sent, rows, dropOld } = await wallet();
    await add([1], "sending");
    await add([2]);
    await sweep();
    await work();
    expect(sent).toEqual([2]);
    expect(await rows()).toMatchObject([{ status: "failed" }, { status: "sent" }]);
    await add([3]);
    world.later(29 * DAY);
    await dropOld();
    expect(await rows()).toHaveLength(3);
    world.later(2 * DAY);
    await dropOld();
    expect(await rows()).toMatchObject([{ id: 3, status: "pending" }]);
  });

  it("waits while it is held, without an attempt, and then sends everything", async () => {
    const { db, outbox, add, sweep, work, sent, rows } = await wallet();
    const until = new Date(Date.now() + 10 * MINUTE);
    await add([1, 2, 3]);
    await sweep();
    await db().batch([hold(db(), outbox, new Date(), { reason: "quota", until, set_by: "test" })]);
    expect(await work(), "messages on their way do nothing").toMatchObject({ ackAll: true });
    world.later(9 * MINUTE);
    await sweep();
    expect(world.queued(), "the sweep leaves the rows alone").toEqual([]);
    const waiting = [1, 2, 3].map((id) => ({ id, status: "pending", attempts: 0 }));
    expect(await rows()).toEqual(waiting);
    world.later(MINUTE);
    await sweep();
    await work();
    expect(sent).toEqual([1, 2, 3]);
  });

  it("waits until every hold is over, and shows the author of each", async () => {
    const { db, outbox, add, sweep, work, sent } = await wallet();
    const since = new Date();
    const put = (reason: string, until: Date | null) =>
      db().batch([hold(db(), outbox, new Date(), { reason, until, set_by: "operator" })]);
    const on = async () => (await db().batch([heldBy(db(), new Date())]))[0];
    await put("restored", null);
    await put("quota", new Date(Date.now() + DAY));
    await add([1]);
    world.later(MINUTE);
    await put("restored", null);
    await sweep();
    expect(world.queued()).toEqual([]);
    expect(await on()).toMatchObject([
      { outbox: "parcels", reason: "quota", set_by: "operator" },
      { outbox: "parcels", reason: "restored", since, until: null },
    ]);
    await db().batch([release(db(), outbox, "restored")]);
    await sweep();
    expect(world.queued()).toEqual([]);
    world.later(DAY);
    expect(await on()).toEqual([]);
    await sweep();
    await work();
    expect(sent).toEqual([1]);
  });

  it("continues while another outbox is held", async () => {
    const { db, outbox, add, sweep, work, sent } = await wallet();
    const other = { ...outbox, name: "letters" };
    await db().batch([hold(db(), other, new Date(), { reason: "restored", until: null, set_by: "operator" })]);
    await add([1]);
    await sweep();
    await work();
    expect(sent).toEqual([1]);
  });
});
