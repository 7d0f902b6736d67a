/** A sale's share for the reward of a rule, in minor units. */
export type Gift = {
  percent: number;
  isCredit?: boolean;
  hold_days?: number;
  needs_approval?: boolean;
  max_per_month?: number;
  expires_days?: number;
};

type Reward = {
  rule: number;
  granted: number;
  /** The amount refunded so far. */
  taken: number;
  status: "held" | "pending" | "fulfilled" | "revoked" | "expired";
  amount: number;
  owed_back: number;
  expired_amount: number;
  /** Whether its days are running, and its position among the given credit. */
  hasEnd: boolean;
  given: number;
  isInHold: boolean;
  isUnapproved: boolean;
  payout: number | null;
};
type Sale = { amount: number; rewards: Reward[] };
type Payout = { amount: number; netted: number; rewards: number; isUndone: boolean };

const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);

const leftOf = ({ amount, owed_back, expired_amount }: Reward) => amount - owed_back - expired_amount;

/** The simplest model of one referrer's rewards. */
export class RewardLife {
  readonly sales = new Map<number, Sale>();
  readonly payouts: Payout[] = [];
  private readonly refunds = new Map<number, Map<number, number | null>>();
  private readonly redemptions = new Map<number, number>();
  private givenThisMonth: number[];
  private turn = 0;
  private readonly rules: Gift[];

  constructor(rules: Gift[]) {
    this.rules = rules;
    this.givenThisMonth = rules.map(() => 0);
  }

  get rewards() {
    return [...this.sales.values()].flatMap(({ rewards }) => rewards);
  }

  buy(order: number, amount: number) {
    const known = this.sales.get(order);
    if (known) return known.amount === amount ? 200 : 409;
    const rewards = this.rules.flatMap((rule, n): Reward[] => {
      const granted = Math.floor((amount * rule.percent * 100 + 5000) / 10_000);
      const given = this.givenThisMonth[n] ?? 0;
      if (granted === 0 || given >= (rule.max_per_month ?? Number.POSITIVE_INFINITY)) return [];
      this.givenThisMonth[n] = given + 1;
      const holds = { isInHold: Boolean(rule.hold_days), isUnapproved: Boolean(rule.needs_approval) };
      const isHeld = holds.isInHold || holds.isUnapproved;
      const status = isHeld ? "held" : rule.isCredit ? "fulfilled" : "pending";
      const ends = { expired_amount: 0, hasEnd: !isHeld && Boolean(rule.expires_days), given: this.turn };
      return [{ rule: n, granted, taken: 0, status, amount: granted, owed_back: 0, ...ends, ...holds, payout: null }];
    });
    this.turn++;
    this.sales.set(order, { amount, rewards });
    this.settle(order);
    return 201;
  }

  refund(order: number, refund: number, amount: number | null) {
    const refunds = this.refunds.get(order) ?? new Map<number, number | null>();
    const known = refunds.get(refund);
    if (known !== undefined) return known === amount ? 200 : 409;
    this.refunds.set(order, refunds.set(refund, amount));
    this.settle(order);
    return 201;
  }

  private settle(order: number) {
    const sale = this.sales.get(order);
    const refunds = [...(this.refunds.get(order)?.values() ?? [])];
    if (!sale || refunds.length === 0) return;
    const refunded = Math.min(sale.amount, sum(refunds.map((part) => part ?? sale.amount)));
    for (const reward of sale.rewards) {
      const taken = Math.round((reward.granted * refunded) / sale.amount);
      const more = taken - reward.taken;
      if (more === 0 || reward.status === "revoked") continue;
      reward.taken = taken;
      if (reward.status === "expired") {
        // The expired part is already gone.
        const gone = reward.granted - reward.amount + reward.owed_back + reward.expired_amount;
        if (this.isCredit(reward)) reward.owed_back += Math.max(gone, taken) - gone;
        continue;
      }
      if (reward.status === "fulfilled") reward.owed_back += more;
      else this.lessen(reward, more);
    }
  }

  private lessen(reward: Reward, by: number) {
    reward.amount -= by;
    if (reward.amount <= 0) reward.status = "revoked";
  }

  endHolds() {
    for (const reward of this.rewards) reward.isInHold = false;
    this.letGo();
  }

  /** @returns how many waited for it */
  approve() {
    const waiting = this.rewards.filter(({ status, isUnapproved }) => status === "held" && isUnapproved);
    for (const reward of waiting) reward.isUnapproved = false;
    this.letGo();
    return waiting.length;
  }

  private letGo() {
    for (const reward of this.rewards)
      if (reward.status === "held" && !reward.isInHold && !reward.isUnapproved) {
        reward.status = this.isCredit(reward) ? "fulfilled" : "pending";
        reward.hasEnd = Boolean(this.rules[reward.rule]?.expires_days);
        reward.given = this.turn;
      }
    this.turn++;
  }

  private isCredit({ rule }: Reward) {
    return Boolean(this.rules[rule]?.isCredit);
  }

  private credit() {
    return this.rewards
      .filter((one) => this.isCredit(one) && (one.status === "fulfilled" || one.status === "expired"))
      .sort((a, b) => a.given - b.given);
  }

  /** All rewards expire: pending ones, and unredeemed store credit, the oldest first. */
  expire() {
    let unspent = -sum([...this.redemptions.values()]);
    const losses = this.credit().map((one) => {
      const own = leftOf(one);
      unspent += own;
      return [one, one.hasEnd ? Math.max(0, Math.min(own, unspent)) : 0] as const;
    });
    for (const [one, lost] of losses) {
      if (lost > 0) Object.assign(one, { status: "expired", expired_amount: lost });
      one.hasEnd = false;
    }
    for (const one of this.rewards)
      if (one.status === "pending" && one.hasEnd)
        Object.assign(one, { status: "expired", expired_amount: one.amount, hasEnd: false });
  }

  /** The refunded amount that no payout deducted, ignoring the payout `without`. */
  private owedBack(without?: number) {
    const back = this.rewards.filter((one) => !this.isCredit(one) && (without === undefined || one.payout !== without));
    const kept = this.payouts.map(({ netted, isUndone }, n) => (isUndone || n === without ? 0 : netted));
    return sum(back.map(({ owed_back }) => owed_back)) - sum(kept);
  }

  owed() {
    const earned = sum(this.rewards.map(({ status, amount }) => (status === "pending" ? amount : 0)));
    return { earned, owed_back: this.owedBack(), amount: earned - this.owedBack() };
  }

  /** @returns null if nothing is pending */
  pay(): Payout | null {
    const due = this.rewards.filter(({ status }) => status === "pending");
    if (due.length === 0) return null;
    const earned = sum(due.map(({ amount }) => amount));
    const netted = Math.min(earned, this.owedBack());
    const payout = { amount: earned - netted, netted, rewards: due.length, isUndone: false };
    for (const reward of due) Object.assign(reward, { status: "fulfilled", payout: this.payouts.length });
    this.payouts.push(payout);
    return payout;
  }

  /** @returns 409 if other payouts deducted its refunds */
  undo(n: number) {
    const payout = this.payouts[n];
    if (!payout || payout.isUndone) return 200;
    const isRefunded = this.rewards.some((one) => one.payout === n && one.owed_back > 0);
    if (isRefunded && this.owedBack(n) < 0) return 409;
    payout.isUndone = true;
    for (const reward of this.rewards.filter((one) => one.payout === n)) {
      const hasEnd = Boolean(this.rules[reward.rule]?.expires_days);
      Object.assign(reward, { status: "pending", payout: null, hasEnd });
      this.lessen(reward, reward.owed_back);
      reward.owed_back = 0;
    }
    return 200;
  }

  /** Negative if more was redeemed than refunds left. */
  balance() {
    return sum(this.credit().map(leftOf)) - sum([...this.redemptions.values()]);
  }

  redeem(id: number, amount: number) {
    const known = this.redemptions.get(id);
    if (known !== undefined) return known === amount ? 200 : 409;
    if (amount > this.balance()) return 409;
    this.redemptions.set(id, amount);
    return 201;
  }

  beginMonth() {
    this.givenThisMonth = this.rules.map(() => 0);
  }
}
