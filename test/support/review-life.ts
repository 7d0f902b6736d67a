export type Verdict = "approve" | "deny" | "reopen";
export type State = "open" | "approved" | "denied";
/** A friend's list entries. `both`: their domain is blocked, and their email allowed. */
export type Kind = "honest" | "blocked" | "allowed" | "both";
export type Answer = "gives" | "refuses" | "is silent";

export type Setting = {
  goal: number;
  isCash: boolean;
  /** A rule's additional reward, once for this many friends. */
  rung: number;
  review_ending: "by_score" | "approve" | "deny" | "never";
  review_days: number;
  /** The result for rewards without an answer. Null: no veto. */
  veto: "hold" | "give" | "refuse" | null;
};

/** The reward in minor units. Coupons have no amount. */
export const WORTH = { own: 500, rung: 700, percent: 10, buyer: 100 };
export const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const UNDO_MS = 5 * MINUTE;
const ASKED_FOR_MS = 72 * HOUR;

type Person = {
  by: number | null;
  isErased: boolean;
  /** They were finally denied before they were erased. */
  wasDenied: boolean;
};
export type Review = {
  /** The person whose credit is reviewed. For sales, the referrer. */
  of: number;
  referrer: number;
  isOfSales: boolean;
  state: State;
  /** When the decision becomes final. Null: it is final. */
  settlesAt: number | null;
  decidesAt: number | null;
};
export type Reward = {
  to: number;
  role: "referrer" | "invited";
  for: "goal" | "rung" | "sale" | "welcome";
  /** The friend who earned it or bought. Null: no new friend. */
  with: number | null;
  order: number | null;
  amount: number | null;
  status: "waits" | "pending" | "fulfilled" | "revoked";
  isInReview: boolean;
  /** Since when the endpoint has been asked. Null: it has not, or has answered. */
  askedAt: number | null;
  /** There was no answer in time, so a person decides. */
  isLeft: boolean;
  /** It was approved while it was in review. */
  isApproved: boolean;
  /** Too few friends were left. It comes back with others. */
  mayComeAgain: boolean;
  owedBack: number;
};

/** The simplest model of rewards under reviews, a veto, and people's decisions. */
export class ReviewLife {
  readonly people: Person[] = [];
  reviews: Review[] = [];
  rewards: Reward[] = [];
  readonly refunded = new Set<number>();
  readonly orders = new Map<number, { buyer: number; amount: number }>();
  readonly events = { opened: 0, decided: 0 };
  answer: Answer = "gives";

  constructor(private readonly setting: Setting) {}

  join(by: number | null, kind: Kind, now: number) {
    const id = this.people.push({ by, isErased: false, wasDenied: false }) - 1;
    if (by === null) return id;
    if (kind === "blocked" || kind === "both") this.open({ of: id, referrer: by, isOfSales: false }, now);
    this.give({ to: id, role: "invited", for: "welcome", with: id, order: null, amount: this.own }, now);
    this.meet(by, id, now);
    return id;
  }

  /** Three invisible clicks. */
  hide(referrer: number, now: number) {
    if (this.reviews.some((one) => one.isOfSales && one.of === referrer)) return;
    this.open({ of: referrer, referrer, isOfSales: true }, now);
  }

  private get own() {
    return this.setting.isCash ? WORTH.own : null;
  }

  private open({ of, referrer, isOfSales }: Pick<Review, "of" | "referrer" | "isOfSales">, now: number) {
    const { review_ending, review_days } = this.setting;
    const decidesAt = review_ending === "never" ? null : now + review_days * DAY;
    this.reviews.push({ of, referrer, isOfSales, state: "open", settlesAt: null, decidesAt });
    this.events.opened++;
    this.holdBack(of, referrer);
  }

  /** Their pending rewards are held, too. Given rewards stay. */
  private holdBack(of: number, referrer: number) {
    for (const one of this.rewards) {
      const isTheirs = one.to === referrer || (one.to === of && one.role === "invited");
      if (!isTheirs || one.isApproved || (one.status !== "pending" && one.status !== "waits")) continue;
      Object.assign(one, { status: "waits", isInReview: true });
    }
  }

  private isQuestioned({ to, role }: Pick<Reward, "to" | "role">, isSo: (review: Review) => boolean) {
    return this.reviews.some(
      (one) => isSo(one) && (one.referrer === to || (role === "invited" && !one.isOfSales && one.of === to)),
    );
  }

  private give(earned: Pick<Reward, "to" | "role" | "for" | "with" | "order" | "amount">, now: number) {
    const isInReview = this.isQuestioned(earned, ({ state }) => state === "open");
    const askedAt = this.setting.veto === null ? null : now;
    const rest = { isInReview, askedAt, isLeft: false, isApproved: false, mayComeAgain: false, owedBack: 0 };
    const one: Reward = { ...earned, ...rest, status: "waits" };
    this.rewards.push(one);
    this.letGo(one);
  }

  private letGo(one: Reward) {
    if (one.status !== "waits" || one.isInReview || one.askedAt !== null || one.isLeft) return;
    one.status = one.amount === null ? "fulfilled" : "pending";
  }

  /** Denied friends do not count. */
  private counted(person: number) {
    const friends = this.people.flatMap(({ by }, id) => (by === person ? [id] : []));
    return friends.filter((id) => !this.isDenied(id)).length;
  }

  private isDenied(friend: number) {
    const isSo = (one: Review) => !one.isOfSales && one.of === friend && one.state === "denied";
    return this.people[friend]?.wasDenied || this.reviews.some(isSo);
  }

  /** Each goal is met once. If a reward of the campaign's own goal comes back, it is the same reward. */
  private meet(person: number, friend: number | null, now: number) {
    if (this.people[person]?.isErased) return;
    const earns = (what: "goal" | "rung", amount: number | null) => {
      if (this.counted(person) < this.setting[what]) return;
      const before = this.rewards.filter((one) => one.to === person && one.for === what);
      if (before.some(({ mayComeAgain }) => !mayComeAgain)) return;
      if (what === "goal") this.rewards = this.rewards.filter((one) => !before.includes(one));
      this.give({ to: person, role: "referrer", for: what, with: friend, order: null, amount }, now);
    };
    earns("goal", this.own);
    earns("rung", WORTH.rung);
  }

  buy(order: number, buyer: number, amount: number, now: number) {
    const referrer = this.people[buyer]?.by;
    this.orders.set(order, { buyer, amount });
    if (referrer === null || referrer === undefined) return;
    const sale = { for: "sale" as const, with: buyer, order };
    if (!this.people[referrer]?.isErased)
      this.give({ ...sale, to: referrer, role: "referrer", amount: (amount * WORTH.percent) / 100 }, now);
    this.give({ ...sale, to: buyer, role: "invited", amount: WORTH.buyer }, now);
  }

  refund(order: number) {
    this.refunded.add(order);
    for (const one of this.rewards.filter((reward) => reward.order === order))
      if (one.status === "fulfilled") one.owedBack = one.amount ?? 0;
      else one.status = "revoked";
  }

  /** @returns the response's status */
  decide(which: number, verdict: Verdict, isOfAll: boolean, now: number) {
    const asked = this.reviews[which] as Review;
    const becomes = { approve: "approved", deny: "denied", reopen: "open" }[verdict] as State;
    const may = (one: Review) =>
      verdict === "reopen"
        ? one.state !== "open" && one.settlesAt !== null && one.settlesAt > now
        : one.state === "open";
    const others = isOfAll ? this.reviews.filter((one) => one.referrer === asked.referrer) : [];
    const changed = [...new Set([asked, ...others])].filter(may);
    for (const one of changed) {
      Object.assign(one, { state: becomes, settlesAt: verdict === "reopen" ? null : now + UNDO_MS });
      this.events.decided++;
    }
    if (verdict === "reopen") {
      for (const { of, referrer } of changed) this.holdBack(of, referrer);
      this.meet(asked.referrer, null, now);
    }
    return asked.state === becomes ? 200 : 409;
  }

  /** Runs the jobs: asks the endpoint, and applies decisions. */
  pass(now: number) {
    for (const one of this.reviews)
      if (one.state === "open" && one.decidesAt !== null && one.decidesAt <= now) {
        // A block has the maximum score, and hidden clicks are above the limit, too.
        one.state = this.setting.review_ending === "approve" ? "approved" : "denied";
        one.settlesAt = now;
        this.events.decided++;
      }
    const settling = this.reviews.filter(({ settlesAt }) => settlesAt !== null && settlesAt <= now);
    for (const one of settling) one.settlesAt = null;
    const people = new Set(settling.flatMap(({ of, referrer }) => [of, referrer]));
    for (const one of this.rewards) if (one.status === "waits" && one.isInReview && people.has(one.to)) this.judge(one);
    this.forget();
    for (const one of this.rewards) if (one.status === "waits" && one.askedAt !== null) this.ask(one, now);
  }

  private judge(one: Reward) {
    // Decisions that can be undone are not applied, whatever else is settled.
    if (this.isQuestioned(one, ({ settlesAt }) => settlesAt !== null)) return;
    const isOfFriends = one.for === "goal" || one.for === "rung";
    const isOfDeniedSales = this.reviews.some(
      ({ of, isOfSales, state }) =>
        isOfSales && state === "denied" && one.for === "sale" && one.role === "referrer" && one.to === of,
    );
    const isOfDenied = !isOfFriends && (isOfDeniedSales || (one.with !== null && this.isDenied(one.with)));
    const isShort = isOfFriends && this.counted(one.to) < this.setting[one.for as "goal" | "rung"];
    if (isOfDenied || isShort) {
      one.status = "revoked";
      one.mayComeAgain = isShort;
      return;
    }
    if (this.isQuestioned(one, ({ state }) => state === "open")) return;
    one.isInReview = false;
    this.letGo(one);
  }

  private ask(one: Reward, now: number) {
    const isOver = now - (one.askedAt ?? now) >= ASKED_FOR_MS;
    if (this.answer === "is silent" && !isOver) return;
    const says = this.answer !== "is silent" ? this.answer : `${this.setting.veto}s`.replace("holds", "is left");
    one.askedAt = null;
    if (says === "refuses") one.status = "revoked";
    one.isLeft = says === "is left";
    this.letGo(one);
  }

  /** @returns how many were held */
  approve(person: number) {
    const held = this.rewards.filter((one) => one.to === person && one.status === "waits");
    for (const one of held) {
      one.isApproved = one.isInReview;
      Object.assign(one, { isInReview: false, askedAt: null, isLeft: false });
      this.letGo(one);
    }
    return held.length;
  }

  /** @returns how many were paid */
  pay() {
    const due = this.rewards.filter(({ status }) => status === "pending");
    for (const one of due) one.status = "fulfilled";
    return due.length;
  }

  /** Their pending rewards are gone. Others may wait for undecided reviews about them. */
  erase(person: number) {
    const erased = this.people[person] as Person;
    erased.isErased = true;
    for (const one of this.rewards)
      if (one.to === person && (one.status === "waits" || one.status === "pending")) one.status = "revoked";
    this.forget();
  }

  private forget() {
    const isOver = ({ of, isOfSales, state, settlesAt }: Review) =>
      this.people[of]?.isErased && (isOfSales || (state !== "open" && settlesAt === null));
    for (const { of, isOfSales, state } of this.reviews.filter(isOver))
      if (!isOfSales && state === "denied") (this.people[of] as Person).wasDenied = true;
    this.reviews = this.reviews.filter((one) => !isOver(one));
  }

  owed() {
    return this.rewards.reduce((sum, { status, amount }) => sum + (status === "pending" ? (amount ?? 0) : 0), 0);
  }
}
