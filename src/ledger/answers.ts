import { AppError } from "../lib/errors";
import { describeError, log } from "../lib/log";
import { type Answer, answered, failed } from "./answer";
import { type Done, type Item, isAlone, sizeOf } from "./plan";
import { CommitQueue } from "./queue";

/** Takes a campaign's items to their group commits, and makes answers of what becomes of them. */
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
      // The outcome of an item's group has the type that its method promises.
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

  /** The answer of each. The first refusal, if one is refused: then the others may have been committed. */
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

  /** The same where nothing is told of each. */
  async all(items: Item[]): Promise<Answer<null>> {
    const answer = await this.each<null>(items);
    return answer.ok ? { ...answer, value: null } : answer;
  }
}
