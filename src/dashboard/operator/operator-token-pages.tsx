import { type Context, Hono } from "hono";
import { unaudited } from "../../auth/audited";
import type { HonoEnv } from "../../lib/http";
import { amountIn } from "../../participants/wallet/amount";
import { doneAt } from "../ui/layout";
import { Badge, Card, Confirm, count, Head, Table, Time } from "../ui/parts";
import { showOperator } from "./operator-layout";
import { type ChainView, pauseTransfers, resumeTransfers, type TokensView, tokensView } from "./operator-tokens";

export const TOKENS = "/operator/tokens";
export const tokenPages = new Hono<HonoEnv>();

const NO_ACCOUNT = "It affects no account.";
const [COIN_DECIMALS, GWEI_DECIMALS] = [18, 9];

tokenPages.get(TOKENS, async (c: Context<HonoEnv>) =>
  showOperator(c, { title: "Tokens", at: TOKENS, body: <TokensPage {...(await tokensView(c.var.ctx))} /> }),
);

tokenPages.post(`${TOKENS}/pause`, unaudited(NO_ACCOUNT), async (c) => {
  await pauseTransfers(c.var.ctx);
  return c.redirect(doneAt(TOKENS, "transfers_paused"), 303);
});

tokenPages.post(`${TOKENS}/resume`, unaudited(NO_ACCOUNT), async (c) => {
  await resumeTransfers(c.var.ctx);
  return c.redirect(doneAt(TOKENS, "transfers_resumed"), 303);
});

const STATES = { off: ["plain", "Off"], broken: ["bad", "Not set up correctly"], on: ["good", "On"] } as const;

const TokensPage = ({ settings, address, chains, holds, isPaused }: TokensView) => (
  <>
    <Head title="Tokens" about="Token reward transfers, and the wallet that pays for them." />
    <Card title="Transfers" actions={<Badge tone={STATES[settings.state][0]}>{STATES[settings.state][1]}</Badge>}>
      {settings.state === "off" && (
        <p class="quiet">
          Token rewards stay pending. To send them, set <code>TOKENS</code>, <code>TOKEN_CHAINS</code>, and{" "}
          <code>TOKEN_WALLET_KEY</code>. <a href="/docs/tokens">How tokens work</a>
        </p>
      )}
      {settings.problem && <p>{settings.problem}</p>}
      {address && (
        <p>
          Wallet: <code>{address}</code>
        </p>
      )}
      {holds.map(({ reason, since }) => (
        <p>
          <Badge tone="bad">On hold</Badge> {reason}, since <Time at={since} />
        </p>
      ))}
      {settings.state !== "off" &&
        (isPaused ? (
          <form method="post" action={`${TOKENS}/resume`}>
            <button type="submit">Resume transfers</button>
          </form>
        ) : (
          <Confirm
            action={`${TOKENS}/pause`}
            button="Pause all transfers"
            question="Nothing is signed or sent until you resume. Transactions already sent to nodes can still be included in a block."
          />
        ))}
    </Card>
    {chains.map((one) => (
      <ChainCard {...one} />
    ))}
  </>
);

const ChainCard = ({ chain, tokens, view }: ChainView) => (
  <Card title={`${chain.name} (${chain.id})`}>
    <dl class="facts">
      <dt>Balance for fees</dt>
      <dd>
        {view?.coins ? amountIn(BigInt(view.coins), COIN_DECIMALS) : "Unknown, because the endpoints did not respond"}{" "}
        (minimum {amountIn(chain.min_balance, COIN_DECIMALS)})
      </dd>
      <dt>Confirmations</dt>
      <dd>{count(chain.confirmations)}</dd>
      <dt>Maximum fee</dt>
      <dd>{amountIn(chain.max_fee_gwei, GWEI_DECIMALS)} gwei</dd>
      {view && (
        <>
          <dt>In the wallet</dt>
          <dd>
            {count(view.orders.queued)} waiting, {count(view.orders.signed + view.orders.sent)} sent,{" "}
            {count(view.orders.confirmed)} confirmed, {count(view.orders.failed)} failed
          </dd>
        </>
      )}
    </dl>
    <Table
      label={`Tokens on ${chain.name}`}
      columns={[
        "Token",
        { number: "Balance" },
        { number: "Per transfer" },
        { number: "Per day" },
        { number: "Approval above" },
      ]}
    >
      {tokens.map((token) => {
        const units = view?.tokens.find(({ address }) => address === token.address)?.units ?? null;
        return (
          <tr>
            <td>
              {token.symbol} <div class="quiet">{`${token.address.slice(0, 8)}…${token.address.slice(-6)}`}</div>
            </td>
            <td class="number">{units === null ? "Unknown" : amountIn(BigInt(units), token.decimals)}</td>
            <td class="number">{amountIn(token.max_per_transfer, token.decimals)}</td>
            <td class="number">{amountIn(token.max_per_day, token.decimals)}</td>
            <td class="number">{amountIn(token.approve_above, token.decimals)}</td>
          </tr>
        );
      })}
    </Table>
  </Card>
);
