import { createHmac } from "node:crypto";
import type { ConversionRow } from "../../drizzle/schema";
import type { Assessment, FraudMode } from "../fraud/assess.ts";
import type { Factors } from "../fraud/feedback.ts";
import { WEEKS } from "../fraud/memory.ts";
import type { ClickSight } from "../fraud/sale-signals.ts";
import { type Sight, weekOf } from "../fraud/sight.ts";
import { type Noted, type Rules, Watch } from "../fraud/watch.ts";
import { randomBytes, toBase64Url } from "../lib/crypto";
import type { Answer } from "./answer";
import type { SignUpItem } from "./records/item";
import type { SuspectItem } from "./reviews/suspects";
import { farmersSuspect, friendsSuspect, salesSuspect } from "./reviews/suspicion";
import type { ClickItem } from "./signups/clicks";
import type { SignedUp } from "./signups/outcome";

type When = { at: number; origin: string };
type Sale = Pick<ConversionRow, "id" | "referrer_id" | "attributed_by" | "refunded" | "amount">;

const KEY = "fraud_key:";
const KEY_BYTES = 32;
const HASH_CHARACTERS = 11;
const CROWD = "fraud_crowd:";
const MODE = "fraud_mode";
const FACTORS = "fraud_factors";
/** How many crowds of past weeks one signup deletes at most. */
const DROPPED_AT_ONCE = 10;

/**
 * What a campaign's ledger remembers to recognize fraud, in its own storage: a row per inviter and per network, written
 * with a referral. Nothing depends on it, so losing it only loses evidence. Each week's hashes have their own key. It
 * is destroyed after some weeks, and then the hashes cannot be compared with anything.
 */
export class Evidence {
  readonly watch: Watch;
  readonly #keys = new Map<number, string | null>();
  #week = 0;
  #hasOldCrowds = true;
  #mode: FraudMode | undefined;
  #factors: Factors | undefined;

  constructor(
    private readonly storage: DurableObjectStorage,
    /** Commits reviews of what became suspect. */
    private readonly suspect: (item: SuspectItem) => void,
    /** Asks another campaign's ledger to do so. */
    private readonly suspectElsewhere: (campaign: number, item: SuspectItem) => void,
  ) {
    const kv = storage.kv;
    const shelf = {
      get: (key: string) => kv.get<string>(key),
      put: (key: string, text: string) => kv.put(key, text),
      drop: (key: string) => void kv.delete(key),
    };
    this.watch = new Watch(shelf, (week, text) => this.#hash(week, text));
  }

  /** The campaign's setting as of its latest referral. */
  get mode(): FraudMode {
    this.#mode ??= this.storage.kv.get<FraudMode>(MODE) ?? "hold";
    return this.#mode;
  }

  set mode(mode: FraudMode) {
    if (mode === this.mode) return;
    this.storage.kv.put(MODE, mode);
    this.#mode = mode;
  }

  /** The factors for each reason's weight, from reviewers' verdicts. */
  get factors(): Factors {
    this.#factors ??= this.storage.kv.get<Factors>(FACTORS) ?? {};
    return this.#factors;
  }

  set factors(factors: Factors) {
    if (JSON.stringify(factors) === JSON.stringify(this.factors)) return;
    this.storage.kv.put(FACTORS, factors);
    this.#factors = factors;
  }

  /** Assesses a signup. Null if the request shows nothing, or fraud checks are off. */
  arrive(sight: Sight, inviter: number | null) {
    if (this.mode === "off") return null;
    this.#turn(weekOf(sight.at));
    return this.watch.arrive(sight, inviter ?? 0, { mode: this.mode, factors: this.factors });
  }

  /**
   * Remembers or forgets a signup. If it is reviewed, holds back the referrer's rewards and reviews earlier friends.
   */
  learn(item: SignUpItem, noted: Noted | null, answer: Answer<SignedUp>) {
    if (answer.ok) this.mode = answer.value.fraud_mode;
    if (!noted) return;
    if (!answer.ok || !(answer.value.is_new || answer.value.is_attributed)) return noted.drop();
    const { participant, is_attributed, is_reviewed, friends_back, farmed } = answer.value;
    noted.keep(participant.id, friends_back);
    if (is_attributed && (is_reviewed || noted.assessment.is_suspect))
      this.suspect(friendsSuspect(item, noted, participant.id));
    for (const [campaign, friend] of farmed?.others ?? [])
      this.suspectElsewhere(campaign, farmersSuspect(friend, farmed?.weight ?? 0, item));
  }

  /** Records a click on a referrer's link, visible or not. */
  click({ participant_id, at, origin }: Pick<ClickItem, "participant_id" | "at" | "origin">, sight: ClickSight) {
    this.#trade(participant_id, { at, origin }, (rules) => this.watch.click(participant_id, sight, at, rules));
  }

  /** Records a new conversion. */
  sell({ at, origin }: When, { id, referrer_id, attributed_by }: Sale) {
    const sale = { id, at, by_code: attributed_by === "checkout_code" };
    this.#trade(referrer_id, { at, origin }, (rules, referrer) => this.watch.sell(referrer, sale, rules));
  }

  /** Records a full refund of a conversion. */
  refund({ at, origin }: When, { id, referrer_id, refunded, amount }: Sale) {
    if ((refunded ?? 0) < amount) return;
    this.#trade(referrer_id, { at, origin }, (rules, referrer) => this.watch.refund(referrer, id, at, rules));
  }

  /** Opens a review of a referrer's sales once they become suspect. */
  #trade(referrer: number | null, when: When, note: (rules: Rules, referrer: number) => Assessment) {
    if (referrer === null || this.mode === "off") return;
    const assessment = note({ mode: this.mode, factors: this.factors }, referrer);
    if (this.watch.isNews(referrer, assessment)) this.suspect(salesSuspect(referrer, assessment, when));
  }

  #hash(week: number, text: string): string | null {
    const key = this.#keyOf(week);
    return key && createHmac("sha256", key).update(text).digest("base64url").slice(0, HASH_CHARACTERS);
  }

  /** Only this week's key is created. An earlier key exists or was destroyed. */
  #keyOf(week: number): string | null {
    const known = this.#keys.get(week);
    if (known !== undefined) return known;
    let key = this.storage.kv.get<string>(KEY + week) ?? null;
    if (key === null && week === this.#week) {
      key = toBase64Url(randomBytes(KEY_BYTES));
      this.storage.kv.put(KEY + week, key);
    }
    this.#keys.set(week, key);
    return key;
  }

  /** When a new week starts, deletes the oldest key and the crowds before last week. */
  #turn(week: number) {
    if (week > this.#week) {
      this.#week = week;
      this.#keys.clear();
      this.#hasOldCrowds = true;
      for (const [key] of this.storage.kv.list({ prefix: KEY }))
        if (Number(key.slice(KEY.length)) <= week - WEEKS) this.storage.kv.delete(key);
    }
    if (!this.#hasOldCrowds) return;
    const old = [...this.storage.kv.list({ prefix: CROWD, end: `${CROWD}${week - 1}:`, limit: DROPPED_AT_ONCE })];
    for (const [key] of old) this.storage.kv.delete(key);
    this.#hasOldCrowds = old.length > 0;
  }
}
