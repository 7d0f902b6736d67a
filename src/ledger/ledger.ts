import { DurableObject } from "cloudflare:workers";
import type { RewardRow } from "../../drizzle/schema";
import type { Factors } from "../fraud/feedback.ts";
import type { ClickSight } from "../fraud/sale-signals.ts";
import type { Sight } from "../fraud/sight.ts";
import { newEventId } from "../lib/crypto";
import type { Env } from "../lib/env";
import { type Answer, answered } from "./answer";
import { Answers } from "./answers";
import { type Arrived, arrived, sum } from "./arrived";
import { suspectElsewhere } from "./elsewhere";
import { Evidence } from "./evidence";
import { GroupCommits } from "./group-commits";
import { ImpressionCounter, type Watch } from "./impression-counter";
import type { ConversionItem } from "./records/conversion-item";
import type { SignUpItem } from "./records/item";
import type { RefundItem } from "./records/refund-item";
import type { SuspectItem } from "./reviews/suspects";
import { withSuspicion } from "./reviews/suspicion";
import type { TakeBackItem, UploadItem } from "./rewards/coupons";
import type { EndCodesItem } from "./rewards/end-codes";
import type { ExpireItem } from "./rewards/expire";
import type { FreeItem } from "./rewards/free";
import type { GiftItem } from "./rewards/gift";
import type { GoalItem } from "./rewards/goals";
import type { PayItem, UnpayItem } from "./rewards/payouts";
import type { ReleaseItem } from "./rewards/release";
import type { RewardItem } from "./rewards/rewards";
import type { Converted } from "./sales/conversions";
import type { Redeemed, RedeemItem } from "./sales/redemptions";
import type { Refunded } from "./sales/refunds";
import type { AdmitItem, Admitted } from "./signups/admit";
import type { ClickItem } from "./signups/clicks";
import type { Erased, EraseItem } from "./signups/erase";
import type { SignedUp } from "./signups/outcome";
import type { ReferItem } from "./signups/refer";
import type { ShareItem } from "./signups/shares";
import type { StatusItem } from "./signups/statuses";
import type { UndoItem } from "./signups/undo";

/**
 * A campaign's only writer. Signups, clicks, shares, and every decision about rewards and coupons go through it, in
 * group commits to D1. D1 is the only source of truth. The ledger's own storage holds three things: the head of the
 * coupon tape, so a database restored to an earlier point does not give a code twice; impressions that D1 did not
 * accept; and evidence of fraud. Everything else can be lost, along with up to a minute of impressions.
 */
export class CampaignLedger extends DurableObject<Env> {
  #commits = new GroupCommits(this.ctx);
  #answers = new Answers(this.ctx.id, (items) => this.#commits.commit(this.env, items));
  #evidence = this.#newEvidence();
  #impressions = new ImpressionCounter(this.ctx.storage, (flush) =>
    this.#answers.one({ kind: "flush", id: newEventId(new Date()), flush }),
  );

  /** Signs up a participant, with or without a referral code. `sight` is what the request shows about them. */
  async signUp(item: SignUpItem, sight: Sight | null = null): Promise<Answer<SignedUp>> {
    const noted = sight && this.#evidence.arrive(sight, item.referrer);
    const answer = await this.#answers.one<SignedUp>(withSuspicion(item, noted, this.#evidence.factors));
    this.#evidence.learn(item, noted, answer);
    return answer;
  }

  /** Counts a share link opened in a hidden frame or image. This is not a click. */
  async hiddenClick(item: Pick<ClickItem, "at" | "participant_id" | "origin">, sight: ClickSight): Promise<void> {
    this.#evidence.click(item, sight);
  }

  /** Signs up at most 500 participants, each independently. Refuses the whole call only if it should be repeated. */
  async signUpAll(items: SignUpItem[], sights: (Sight | null)[] = []): Promise<Answer<Arrived[]>> {
    const answers = await Promise.all(items.map((item, n) => this.signUp(item, sights[n])));
    const passing = answers.find((answer) => !answer.ok && answer.code === "overloaded");
    if (passing && !passing.ok) return passing;
    return { ok: true, value: answers.map(arrived), bookmark: answers.at(-1)?.bookmark ?? null, meter: sum(answers) };
  }

  /** Records a conversion and the rewards that the campaign's rules give for it. */
  async convert(item: ConversionItem): Promise<Answer<Converted>> {
    const answer = await this.#answers.one<Converted>(item);
    if (answer.ok && !answer.value.is_duplicate) this.#evidence.sell(item, answer.value.conversion);
    return answer;
  }

  /** Records a refund and takes back what its conversion's rewards lose. */
  async refund(item: RefundItem): Promise<Answer<Refunded>> {
    const answer = await this.#answers.one<Refunded>(item);
    if (answer.ok && answer.value.conversion) this.#evidence.refund(item, answer.value.conversion);
    return answer;
  }

  /** Counts a click on a share link. */
  async click(item: ClickItem, sight: ClickSight | null = null): Promise<Answer<null>> {
    const answer = await this.#answers.one<null>(item);
    if (sight && answer.ok) this.#evidence.click(item, sight);
    return answer;
  }

  /** Records that a participant shared on a channel. */
  share(item: ShareItem): Promise<Answer<null>> {
    return this.#answers.one(item);
  }

  /** Adds a part of an upload to the pool, and fulfills pending rewards with its codes, oldest first. */
  upload(item: UploadItem): Promise<Answer<{ added: number; filled: number; prolonged: number }>> {
    return this.#answers.one(item);
  }

  /** Deletes the pool's unused codes, including expired ones. */
  dropUnassigned(id: string): Promise<Answer<{ dropped: number }>> {
    return this.#answers.one({ kind: "drop", id });
  }

  /** Deletes expired codes. */
  dropExpired(id: string): Promise<Answer<{ dropped: number }>> {
    return this.#answers.one({ kind: "drop", id, only: "expired" });
  }

  /** Removes expired codes from the counts, and fulfills waiting rewards. `is_left`: whether to call again. */
  endCodes(item: EndCodesItem): Promise<Answer<{ is_left: boolean }>> {
    return this.#answers.one(item);
  }

  /** Deletes one unused code, or an upload's unused codes, from the pool. */
  takeBack(item: TakeBackItem): Promise<Answer<{ dropped: number }>> {
    return this.#answers.one(item);
  }

  /** Marks a reward as paid, or revokes it. Null if the campaign has no such reward. */
  changeReward(item: RewardItem): Promise<Answer<RewardRow | null>> {
    return this.#answers.one(item);
  }

  /** Gives a reward manually. Null if the participant is not active. */
  give(item: GiftItem): Promise<Answer<RewardRow | null>> {
    return this.#answers.one(item);
  }

  /** Changes who referred a participant. */
  refer(item: ReferItem): Promise<Answer<null>> {
    return this.#answers.one(item);
  }

  /** Pays rewards with a payout. `paid`: those it paid, each once, even if several payouts include it. */
  pay(item: PayItem): Promise<Answer<{ paid: number[] }>> {
    return this.#answers.one(item);
  }

  /** Undoes a payout's payments in this campaign. */
  unpay(item: UnpayItem): Promise<Answer<null>> {
    return this.#answers.one(item);
  }

  /** Redeems a participant's store credit, up to their balance. */
  redeem(item: RedeemItem): Promise<Answer<Redeemed>> {
    return this.#answers.one(item);
  }

  /** Approves or releases held rewards, at most 200 per call. Returns each, or null if there is no such reward. */
  release(items: ReleaseItem[]): Promise<Answer<(RewardRow | null)[]>> {
    return this.#answers.each(items);
  }

  /** Expires rewards, at most 200 per call. */
  expire(items: ExpireItem[]): Promise<Answer<null>> {
    return this.#answers.all(items);
  }

  /** Changes participants' statuses, at most 200 per call. `refused`: how many did not fit in the plan. */
  async changeStatuses(items: StatusItem[]): Promise<Answer<{ refused: number }>> {
    const answer = await this.#answers.each<{ refused: number }>(items);
    if (!answer.ok) return answer;
    return { ...answer, value: { refused: answer.value.reduce((sum, { refused }) => sum + refused, 0) } };
  }

  /** Rewards participants who reach a goal that was lowered, at most 200 per call. */
  meetGoals(items: GoalItem[]): Promise<Answer<null>> {
    return this.#answers.all(items);
  }

  /** Admits the next participants of a waitlist release. Null if the campaign has no such release. */
  admit(item: AdmitItem): Promise<Answer<Admitted | null>> {
    return this.#answers.one(item);
  }

  /** Erases a participant. `erased` is false if there is none, or they were already erased. */
  async erase(item: EraseItem): Promise<Answer<Erased>> {
    const answer = await this.#answers.one<Erased>(item);
    if (answer.ok && answer.value.erased) this.#evidence.watch.forget(item.participant_id, answer.value.inviter);
    return answer;
  }

  /** Stores the factors for each fraud reason from reviewers' verdicts. */
  async learnVerdicts(factors: Factors): Promise<Answer<null>> {
    this.#evidence.factors = factors;
    return answered(null);
  }

  /** Holds back rewards that are not yet given, because reviews are open again, at most 200 per call. */
  holdBack(items: SuspectItem[]): Promise<Answer<null>> {
    return this.#answers.all(items);
  }

  /** Ends the holds of decided reviews. */
  free(item: FreeItem): Promise<Answer<null>> {
    return this.#answers.one(item);
  }

  /** Removes at most 500 of an import's participants. Skips those with any later activity. */
  undoImport(item: UndoItem): Promise<Answer<{ removed: number }>> {
    return this.#answers.one(item);
  }

  /** Counts an impression. May ask the caller to call `watchImpressions`. 404 if there is no such campaign. */
  impression(at: number): Promise<Answer<Watch | null>> {
    return this.#impressions.count(at);
  }

  /** Keeps the impressions in memory, for a caller that was asked to watch them. May ask for another call. */
  watchImpressions(id: string): Promise<Answer<Watch | null>> {
    return this.#impressions.watch(id, Date.now());
  }

  /** Deletes everything the ledger stores, because the campaign was deleted. */
  async forget(): Promise<void> {
    this.#impressions.forget();
    this.#commits.forget();
    this.#evidence = this.#newEvidence();
    await this.ctx.storage.deleteAll();
  }

  override async alarm() {
    await this.#impressions.retry(Date.now());
  }

  #newEvidence() {
    return new Evidence(
      this.ctx.storage,
      (item) => this.ctx.waitUntil(this.#answers.one(item)),
      (campaign, item) => this.ctx.waitUntil(suspectElsewhere(this.env, campaign, item)),
    );
  }
}
