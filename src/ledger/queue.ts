import { again } from "../lib/again";
import { d1FailureOf, passesSoon } from "../lib/d1-failure";
import { within } from "../lib/deadline";
import { AppError } from "../lib/errors";

/** How many items are committed together. They share one round trip and one sync to disk. */
const GROUP_MAX_ITEMS = 200;
/** A group is sent as one D1 parameter, which can have up to 2 MB. */
const GROUP_MAX_BYTES = 1_000_000;
/** More than this is more than a few seconds of work: further items would wait in vain. */
const WAITING_MAX_ITEMS = 2_000;
const DEADLINE_MS = 8_000;
const ATTEMPTS_MAX = 3;

type Entry<I, O> = {
  item: I;
  bytes: number;
  since: number;
  resolve: (outcome: O) => void;
  reject: (error: unknown) => void;
};

/**
 * Group commit: items that arrive during a commit wait and go out together in the next one. An idle queue commits
 * immediately. If a group fails for a lasting reason, its items are tried one by one, so no item fails because of
 * another.
 */
export class CommitQueue<I, O> {
  #waiting: Entry<I, O>[] = [];
  #isBusy = false;

  constructor(
    /**
     * Commits all items or none, and returns outcomes in the items' order. Must change nothing for items that are
     * already committed.
     */
    private readonly commit: (items: I[]) => Promise<O[]>,
    private readonly isAlone: (item: I) => boolean,
  ) {}

  /** @throws 503 `overloaded` if too many items are waiting, or the item was not committed in time (it still may be) */
  run(item: I, bytes = 0): Promise<O> {
    if (this.#waiting.length >= WAITING_MAX_ITEMS) throw tooBusy();
    return new Promise<O>((resolve, reject) => {
      this.#waiting.push({ item, bytes, since: Date.now(), resolve, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain() {
    this.#isBusy = true;
    while (this.#waiting.length > 0) await this.#commitGroup(this.#nextGroup());
    this.#isBusy = false;
  }

  #nextGroup() {
    const group: Entry<I, O>[] = [];
    let bytes = 0;
    for (const entry of this.#waiting) {
      const isFull = group.length >= GROUP_MAX_ITEMS || (group.length > 0 && bytes + entry.bytes > GROUP_MAX_BYTES);
      if (isFull || (group.length > 0 && this.isAlone(entry.item))) break;
      group.push(entry);
      bytes += entry.bytes;
      if (this.isAlone(entry.item)) break;
    }
    this.#waiting.splice(0, group.length);
    return group;
  }

  async #commitGroup(group: Entry<I, O>[]): Promise<void> {
    const late = group.filter((entry) => Date.now() - entry.since > DEADLINE_MS);
    for (const entry of late) entry.reject(tooBusy());
    const inTime = group.filter((entry) => !late.includes(entry));
    if (inTime.length === 0) return;
    try {
      const outcomes = await this.#commitBefore(inTime.map((entry) => entry.item));
      for (const [i, entry] of inTime.entries()) {
        const outcome = outcomes[i];
        if (outcome === undefined) entry.reject(new AppError("internal", "The ledger lost a response."));
        else entry.resolve(outcome);
      }
    } catch (error) {
      const isOfAll = error instanceof AppError || d1FailureOf(error) !== null;
      if (inTime.length === 1 || isOfAll) for (const entry of inTime) entry.reject(error);
      else for (const entry of inTime) await this.#commitGroup([entry]);
    }
  }

  /** Repeats a commit with a lost response until the deadline. */
  #commitBefore(items: I[]): Promise<O[]> {
    const until = Date.now() + DEADLINE_MS;
    return again(() => within(until - Date.now(), this.commit(items), tooBusy), {
      tries: ATTEMPTS_MAX,
      isWorth: passesSoon,
    });
  }
}

const tooBusy = () => new AppError("overloaded", "The campaign is busy right now. Try again.", { retryAfter: 2 });
