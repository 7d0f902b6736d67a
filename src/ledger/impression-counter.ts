import { type Answer, answered } from "./answer";
import type { Flush } from "./counts/impressions";

type Days = Flush["days"];
type Hours = NonNullable<Flush["hours"]>;

/** Asks the caller to call `watch` again after this time. */
export type Watch = { id: string; in_ms: number };

/**
 * An impression after this much silence is written immediately. The others are written together, at most once per
 * period.
 */
const FLUSH_EVERY_MS = 60_000;
const RETRY_MS = 5_000;
/**
 * A Durable Object without requests leaves memory after ten seconds. Its own timer would keep it there, at the cost of
 * about a hundred rows per minute. A waiting Worker costs nothing.
 */
const WATCH_EVERY_MS = 8_000;
/** A Worker can wait for 30 s after its response. */
const WATCHES = 3;
/** Watches overlap, so a busy ledger is never without one. */
const RELIEVED_AFTER_MS = 12_000;

/**
 * Counts a campaign's impressions in memory and writes them to D1 in numbered flushes, each counted once. A crash loses
 * at most a minute of impressions. A flush that D1 did not accept is stored and retried unchanged.
 */
export class ImpressionCounter {
  #days: Days = {};
  #hours: Hours = {};
  #flushedAt = 0;
  #lastNumber = 0;
  #flushing: Promise<unknown> | undefined;
  #watch: { id: string; since: number; times: number } | undefined;

  constructor(
    private readonly storage: DurableObjectStorage,
    private readonly commit: (flush: Flush) => Promise<Answer<{ campaigns: number }>>,
  ) {}

  /** Counts an impression. May ask the caller to watch. Refuses with 404 if the campaign does not exist. */
  async count(at: number): Promise<Answer<Watch | null>> {
    const [day = "", hour = ""] = new Date(at).toISOString().slice(0, 13).split("T");
    this.#days[day] = (this.#days[day] ?? 0) + 1;
    const hours = this.#hours[day] ?? {};
    this.#hours[day] = { ...hours, [hour]: (hours[hour] ?? 0) + 1 };
    if (at - this.#flushedAt >= FLUSH_EVERY_MS) return this.#flush(at);
    if (this.#watch && at - this.#watch.since < RELIEVED_AFTER_MS) return answered(null);
    this.#watch = { id: crypto.randomUUID(), since: at, times: 0 };
    return answered({ id: this.#watch.id, in_ms: WATCH_EVERY_MS });
  }

  /** Keeps the count in memory, or writes it when the last watch ends. */
  async watch(id: string, now: number): Promise<Answer<Watch | null>> {
    if (this.#watch?.id !== id) return answered(null);
    const isOver = ++this.#watch.times >= WATCHES || now - this.#flushedAt >= FLUSH_EVERY_MS;
    const hasSome = Object.keys(this.#days).length > 0;
    if (hasSome && !isOver) return answered({ id, in_ms: WATCH_EVERY_MS });
    this.#watch = undefined;
    return hasSome ? this.#flush(now) : answered(null);
  }

  /** Writes what D1 did not accept before. */
  async retry(now: number): Promise<void> {
    if (this.#kept().length > 0) await this.#flush(now);
  }

  /** Drops the count, because the campaign was deleted. */
  forget() {
    this.#days = {};
    this.#hours = {};
    this.#flushedAt = 0;
    this.#watch = undefined;
  }

  /** Runs one flush at a time: a number counts only if it is above the last one. */
  async #flush(now: number): Promise<Answer<null>> {
    this.#flushedAt = now;
    const flushed = (this.#flushing ?? Promise.resolve()).then(() => this.#flushAll());
    this.#flushing = flushed.catch(() => undefined);
    return flushed;
  }

  async #flushAll(): Promise<Answer<null>> {
    const kept = this.#kept();
    const flushes = [...kept, ...this.#taken()];
    let answer: Answer<null> = answered(null);
    for (const [i, flush] of flushes.entries()) {
      const done = await this.commit(flush);
      if (!done.ok) {
        this.#keep([...flushes.slice(i), ...this.#taken()]);
        await this.storage.setAlarm(Date.now() + RETRY_MS);
        return done;
      }
      answer = { ...done, value: null };
      if (done.value.campaigns > 0) continue;
      this.forget();
      await this.storage.deleteAll();
      return { ...answer, ok: false, code: "not_found", message: "No such campaign." };
    }
    if (kept.length > 0) this.#keep([]);
    return answer;
  }

  /** Takes the count so far as a flush. */
  #taken(): Flush[] {
    const [days, hours] = [this.#days, this.#hours];
    if (Object.keys(days).length === 0) return [];
    this.#days = {};
    this.#hours = {};
    return [{ number: this.#nextNumber(), days, hours }];
  }

  /** Numbers are times, so another instance of the ledger continues above them. */
  #nextNumber() {
    this.#lastNumber = Math.max(Date.now(), this.#lastNumber + 1);
    return this.#lastNumber;
  }

  #keep(flushes: Flush[]) {
    const { kv } = this.storage;
    if (flushes.length > 0) kv.put("unflushed", flushes);
    else kv.delete("unflushed");
    // The stored counts of version 0.1, which `#kept` has read.
    kv.delete("flush");
    kv.delete("pending");
  }

  #kept(): Flush[] {
    const { kv } = this.storage;
    const flush = kv.get<Flush>("flush");
    const unflushed = kv.get<Flush[]>("unflushed") ?? [];
    const days = kv.get<Days>("pending");
    this.#lastNumber = Math.max(this.#lastNumber, ...unflushed.map(({ number }) => number));
    return [...(flush ? [flush] : []), ...unflushed, ...(days ? [{ number: this.#nextNumber(), days }] : [])];
  }
}
