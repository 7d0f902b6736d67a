import { AppError } from "../lib/errors";
import { describeError, log } from "../lib/log";
import { type Answer, answered, failed } from "./answer";
import { type Done, type Item, isAlone, sizeOf } from "./plan";
import { CommitQueue } from "./queue";

/** Sends a campaign's items to group commits and turns the outcomes into answers. */
export class Answers {
  readonly #queue: CommitQueue<Item, Done>;
  constructor(
    private readonly campaign: DurableObjectId,
    commit: (items: Item[]) => Promise<Done[]>,
  ) {
    this.#queue = new CommitQueue(commit, isAlone);
  }

  async one<T>(item: Item): Promise<Answer<T>> {
    try {
      const { outcome, bookmark, meter } = await this.#queue.run(item, sizeOf(item));
      // An item's outcome always has the type that its method returns.
      return { ...(outcome as Extract<Answer<T>, { ok: true }>), bookmark, meter };
    } catch (error) {
      if (!(error instanceof AppError))
        log("error", "commit failed", {
          campaign_id: Number(this.campaign.name),
          kind: item.kind,
          ...describeError(error),
        });
      return failed(error);
    }
  }

  /** One value per item, or the first refusal. The other items may have been committed even then. */
  async each<T>(items: Item[]): Promise<Answer<T[]>> {
    const answers = await Promise.all(items.map((item) => this.one<T>(item)));
    const whole = answered<T[]>([]);
    for (const answer of answers) {
      if (!answer.ok) return answer;
      whole.value.push(answer.value);
      whole.bookmark = answer.bookmark;
      whole.meter = answer.meter;
    }
    return whole;
  }

  /** Like `each`, but returns no values. */
  async all(items: Item[]): Promise<Answer<null>> {
    const answer = await this.each<null>(items);
    return answer.ok ? { ...answer, value: null } : answer;
  }
}
