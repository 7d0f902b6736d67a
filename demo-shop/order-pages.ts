import { escaped, layout } from "./layout.ts";
import { type Bag, CURRENCY, type Entry, REGULAR, type ShownOrder } from "./till.ts";

/** Amounts are in minor units. */
export const priceOf = (cents: number, currency = CURRENCY) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).format(cents / 100);

type Typed = { number: string; bag: Bag; email?: string; checkout_code?: string; problem?: string };

/** The checkout of one bag, with the buyer's input and the problem with it, if any. */
export const checkoutPage = ({ number, bag, email = "", checkout_code = "", problem }: Typed) =>
  layout(
    "/checkout",
    `<section class="order">
    <h1>Checkout</h1>
    <p class="lead">${bag.name}, 250 g: <b>${priceOf(bag.cents)}</b></p>
    ${problem ? `<p class="problem" role="alert">${escaped(problem)}</p>` : ""}
    <form method="post" action="/checkout">
      <input type="hidden" name="bag" value="${bag.id}">
      <input type="hidden" name="number" value="${escaped(number)}">
      <label for="email">Your email (optional)</label>
      <input id="email" name="email" type="email" autocomplete="off" value="${escaped(email)}">
      <label for="code">A friend’s code</label>
      <input id="code" name="checkout_code" autocomplete="off" maxlength="100" value="${escaped(checkout_code)}" aria-describedby="code-hint">
      <p class="hint" id="code-hint">Leave this empty if you followed a friend’s link. No friend? Try <code>${REGULAR.checkout_code}</code>.</p>
      <button class="button" type="submit">Pay ${priceOf(bag.cents)}</button>
      <p class="hint">Nothing is charged.</p>
    </form>
  </section>`,
  );

/** After a purchase without a reward. */
export const thanksPage = () =>
  layout(
    "/thanks",
    `<section class="order">
    <h1>Thank you.</h1>
    <p class="lead">Nobody referred you, so there is no reward.</p>
    <p><a class="button" href="/">Back to the shop</a></p>
  </section>`,
  );

const FOUND = {
  participant: "referred you before",
  referral_code: "sent you the link",
  checkout_code: "gave you the code",
};

/** The order, the referrer's reward, and what a return deducts from it. */
export function orderPage({ conversion, rewards, reasons, referrer }: ShownOrder) {
  const { id, conversion_id, amount, refunded_amount, currency, attributed_by } = conversion;
  const left = amount - refunded_amount;
  const price = (cents: number) => priceOf(cents, currency);
  const name = escaped(referrer?.name ?? "A friend");
  const button = (part: string, said: string) =>
    `<button class="button" type="submit" name="part" value="${part}">${said}</button>`;
  return layout(
    `/orders/${id}`,
    `<section class="order">
    <h1>Thank you.</h1>
    <p class="lead">Order ${escaped(conversion_id)}: ${price(amount)}${refunded_amount > 0 ? `, of which ${price(refunded_amount)} was refunded` : ""}.
    ${attributed_by ? `${name} ${FOUND[attributed_by]}.` : ""}</p>
    ${rewards.length === 0 ? `<p>No reward: ${reasons.map(({ message }) => escaped(message)).join(" ")}</p>` : ""}
    ${rewards.map((reward) => rewardCard(reward, name, price)).join("")}
    <form method="post" action="/orders/${id}/refund" class="row">
      ${left > amount / 2 ? button("half", `Return half for ${price(Math.round(amount / 2))}`) : ""}
      ${left > 0 ? button("rest", `Return ${refunded_amount > 0 ? "the rest" : "all"} for ${price(left)}`) : ""}
    </form>
    <p class="hint">The shop’s server sent <code>POST /conversions</code> with its API key. This page is
    <code>GET /conversions/${id}</code>${rewards.map((reward) => ` and <code>GET /rewards/${reward.id}</code>`).join("")}; a return is <code>POST /conversions/${id}/refunds</code>.</p>
  </section>`,
  );
}

type Price = (cents: number) => string;

function rewardCard(
  { status, amount, held_until, entries }: ShownOrder["rewards"][number],
  name: string,
  price: Price,
) {
  const until = held_until
    ? ` until ${new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(new Date(held_until))}`
    : "";
  return `<div class="reward">
      <h2>${name}’s reward: <b data-amount>${price(amount)}</b> <span class="status ${escaped(status)}" data-status>${escaped(status)}</span></h2>
      <p>${status === "held" ? `It is held${until}, so a return can take it back.` : status === "revoked" ? "The return took all of it back." : ""}</p>
      <table aria-label="History of the reward">
        <thead><tr><th scope="col">Step</th><th scope="col">Status</th><th scope="col">Amount</th></tr></thead>
        <tbody>${entries.map((entry) => entryRow(entry, price)).join("")}</tbody>
      </table>
    </div>`;
}

const entryRow = ({ reason, to, amount }: Entry, price: Price) =>
  `<tr><td>${escaped(reason)}</td><td>${escaped(to)}</td><td>${amount === null ? "" : price(amount)}</td></tr>`;
