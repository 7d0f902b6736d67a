import type { Env } from "../lib/env";
import { hintMails } from "../outbox/emails/email-outbox";
import { hintVetoCalls } from "../outbox/vetoes/veto-outbox";
import { hintDeliveries } from "../outbox/webhooks/delivery-outbox";
import { knownMark } from "../upkeep/witness";
import { shareOf } from "./answer";
import { commitGroup } from "./group";
import type { Done, Item } from "./plan";
import { needsMore } from "./signups/signups";

/** Items that may give a new participant an ID. They are refused while the database is behind the mark. */
const isSignUp = ({ kind }: Item) => kind === "signup";

/** The commit time: now, or the items' time if their caller's clock is ahead. Codes must not have expired by either. */
const momentOf = (items: Item[]) => Math.max(Date.now(), ...items.map((item) => ("at" in item ? item.at : 0)));

/** The minimum time between guesses, because a wrong one costs a refused commit. */
const GUESS_AGAIN_MS = 60_000;

/** A ledger's group commits to D1, and what it remembers between them. */
export class GroupCommits {
  #givenUpTo: number | undefined;
  /** The latest minute that the database has seen, as far as this ledger knows. 0 means that it has not asked yet. */
  #mark = 0;
  /** Whether recent signups had no consequences: no webhooks, no emails, and no plan limit reached. */
  #isPlain = false;
  #guessAgainAt = 0;

  constructor(private readonly ctx: DurableObjectState) {}

  /** If signups are expected to have no consequences, the commit itself checks this and is refused if one does. */
  async commit(env: Env, items: Item[]): Promise<Done[]> {
    if (!this.#isPlain) return this.#commitAs(env, items, false);
    try {
      return await this.#commitAs(env, items, true);
    } catch (error) {
      if (!needsMore(error)) throw error;
      this.#isPlain = false;
      this.#guessAgainAt = Date.now() + GUESS_AGAIN_MS;
      return this.#commitAs(env, items, false);
    }
  }

  async #commitAs(env: Env, items: Item[], isPlain: boolean): Promise<Done[]> {
    const session = env.DB.withSession("first-primary");
    this.#givenUpTo ??= this.ctx.storage.kv.get<number>("given_up_to") ?? 0;
    const givenUpTo = this.#givenUpTo;
    if (this.#mark === 0 && items.some(isSignUp)) this.#mark = await knownMark(env);
    const group = commitGroup(session, items, {
      campaignId: this.#campaignId,
      givenUpTo,
      mark: this.#mark,
      now: momentOf(items),
      isPlain,
    });
    const results = await session.batch<Record<string, string | number | null>>(group.statements);
    const { outcomes, delivery_ids, mail_ids, asked_ids, last_coupon_id, mark, were_plain } = group.read(results);
    this.#mark = Math.max(this.#mark, mark);
    if (were_plain && Date.now() >= this.#guessAgainAt) this.#isPlain = true;

    if (last_coupon_id > givenUpTo) {
      this.ctx.storage.kv.put("given_up_to", last_coupon_id);
      this.#givenUpTo = last_coupon_id;
    }
    if (delivery_ids.length > 0) this.ctx.waitUntil(hintDeliveries(env, delivery_ids));
    if (mail_ids.length > 0) this.ctx.waitUntil(hintMails(env, mail_ids));
    if (asked_ids.length > 0) this.ctx.waitUntil(hintVetoCalls(env, asked_ids));
    const meter = shareOf(results, items.length);
    const bookmark = session.getBookmark();
    return outcomes.map((outcome) => ({ outcome, bookmark, meter }));
  }

  /** Forgets the tape's head. */
  forget(): void {
    this.#givenUpTo = undefined;
  }

  get #campaignId() {
    return Number(this.ctx.id.name);
  }
}
