import { type CampaignChoice, campaignOptions } from "../../campaigns/campaign-choice";
import { tokenStates } from "../../ledger/records/reward-schema";
import type { NamedTransfer } from "../../participants/transfers/transfer-list-store";
import type { Transfer, TransferQuery } from "../../participants/transfers/transfer-schema";
import { reasonInWords } from "../../participants/transfers/transfer-words";
import type { Tokens } from "../../participants/wallet/token-settings";
import { BrandNames, CampaignLink } from "../ui/campaign-link";
import { Refusal, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank, type Form } from "../ui/form";
import { Pager } from "../ui/pager";
import { Badge, Card, Confirm, Empty, Head, Table, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { pathOf, REWARDS } from "./reward-list-view";

export const TRANSFERS = `${REWARDS}/transfers`;

type ShownTransfer = Transfer & Pick<NamedTransfer, "name" | "email" | "campaign_name">;
type View = {
  query: TransferQuery;
  rows: ShownTransfer[];
  total: number;
  toApprove: ShownTransfer[];
  choices: CampaignChoice[];
  tokens: Tokens;
  form: Form<unknown>;
  isOwner: boolean;
};

export const transferView = ({ query, rows, total, toApprove, choices, tokens, form, isOwner }: View) => {
  const { page: _, limit: __, ...filter } = query;
  return (
    <BrandNames of={choices}>
      <Head
        crumbs={[[REWARDS, "Rewards"]]}
        title="Transfers"
        about="Token rewards on their way to participants' wallets."
      >
        <a class="button" href={REWARDS}>
          All rewards
        </a>
      </Head>
      {tokens.state !== "on" && (
        <p class="notice">
          Token transfers are not set up on this installation. Token rewards stay pending, and you can mark them as paid
          yourself.
        </p>
      )}
      <Refusal form={form} />
      {toApprove.length > 0 && (
        <Card title="Waiting for approval" id="to-approve">
          {!isOwner && <p class="quiet">Only owners of the account can approve transfers.</p>}
          <TransferTable label="Waiting for approval" rows={toApprove} isOwner={isOwner} />
        </Card>
      )}
      <FilterForm action={TRANSFERS} used={[filter.campaign_id, filter.state]}>
        <Select
          form={blank({ campaign_id: filter.campaign_id })}
          name="campaign_id"
          label="Campaign"
          options={campaignOptions(choices, "All campaigns")}
        />
        <Select
          form={blank({ state: filter.state })}
          name="state"
          label="State"
          options={[["", "Any"], ...tokenStates.map((state) => [state, NAMES[state][1]] as [string, string])]}
        />
      </FilterForm>
      {rows.length === 0 ? (
        <Empty title="No transfers">
          <p>Transfers of token rewards appear here.</p>
        </Empty>
      ) : (
        <TransferTable label="Transfers" rows={rows} isOwner={isOwner} />
      )}
      <Pager page={query} total={total} path={pathOf(filter, TRANSFERS)} />
    </BrandNames>
  );
};

const NAMES = {
  pending: ["plain", "Pending"],
  approved: ["plain", "Approved"],
  sent: ["warn", "Sent"],
  confirmed: ["good", "Confirmed"],
  failed: ["bad", "Failed"],
  cancelled: ["plain", "Cancelled"],
} as const;

const TransferTable = ({ label, rows, isOwner }: { label: string; rows: ShownTransfer[]; isOwner: boolean }) => (
  <Table
    label={label}
    columns={["Participant", "Amount", "State", "Transaction", "Added", ...(isOwner ? ["Actions"] : [])]}
  >
    {rows.map((transfer) => (
      <tr>
        <td>
          <Person id={transfer.participant_id} name={transfer.name} email={transfer.email} />
          <div class="quiet">
            <CampaignLink id={transfer.campaign_id} name={transfer.campaign_name} tab="/rewards" />
          </div>
        </td>
        <td>
          <a href={`${REWARDS}/${transfer.reward_id}`}>
            {transfer.token_amount} {transfer.token_symbol}
          </a>
          {transfer.address && <div class="quiet">{short(transfer.address)}</div>}
        </td>
        <td>
          <Badge tone={NAMES[transfer.state][0]}>{NAMES[transfer.state][1]}</Badge>
          {transfer.reason && <div class="quiet">{reasonInWords(transfer.reason)}</div>}
        </td>
        <td>
          <Transaction transfer={transfer} />
        </td>
        <td>
          <Time at={transfer.date_added} />
        </td>
        {isOwner && (
          <td>
            <Acts transfer={transfer} />
          </td>
        )}
      </tr>
    ))}
  </Table>
);

const short = (text: string) => `${text.slice(0, 8)}…${text.slice(-6)}`;

const Transaction = ({ transfer: { transaction, explorer_url } }: { transfer: Transfer }) => {
  if (transaction === null) return <>–</>;
  if (explorer_url === null) return <code>{short(transaction)}</code>;
  return (
    <a href={explorer_url} rel="noopener noreferrer" target="_blank">
      {short(transaction)}
    </a>
  );
};

const Acts = ({ transfer: { reward_id, state, reason, token_amount, token_symbol } }: { transfer: Transfer }) => {
  const action = `${TRANSFERS}/${reward_id}`;
  const act = (name: string) => <input type="hidden" name="act" value={name} />;
  return (
    <>
      {reason === "approval" && (
        <Confirm
          action={action}
          button="Approve"
          question={`Send ${token_amount} ${token_symbol}? This cannot be undone.`}
        >
          {act("approve")}
        </Confirm>
      )}
      {(state === "pending" || state === "approved") && (
        <Confirm action={action} button="Cancel" question="The reward stays pending. You can send it again later.">
          {act("cancel")}
        </Confirm>
      )}
      {(state === "failed" || (state === "cancelled" && reason === "cancelled")) && (
        <Confirm
          action={action}
          button="Send again"
          question="Starts a new transfer. The previous one can no longer arrive."
        >
          {act("retry")}
        </Confirm>
      )}
    </>
  );
};
