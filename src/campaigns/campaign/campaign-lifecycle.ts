import { type CampaignStatus, campaignStatus, type Lifecycle } from "../../ledger/records/lifecycle";
import { AppError, invalid } from "../../lib/errors";

export type LifecycleChange = {
  status?: CampaignStatus | undefined;
  starts_at?: Date | null | undefined;
  ends_at?: Date | null | undefined;
};

/** The statuses that the owner can set next. Setting the same status again changes nothing. */
const NEXT: Record<CampaignStatus, readonly CampaignStatus[]> = {
  draft: ["scheduled", "live", "archived"],
  scheduled: ["draft", "live", "paused", "ended", "archived"],
  live: ["scheduled", "paused", "ended", "archived"],
  paused: ["scheduled", "live", "ended", "archived"],
  ended: ["scheduled", "live", "archived"],
  archived: ["scheduled", "live", "ended"],
};

/** A past end would end a campaign with one of these statuses immediately. */
const OPEN: ReadonlySet<CampaignStatus> = new Set(["scheduled", "live", "paused"]);

export const isLifecycle = ({ status, starts_at, ends_at }: LifecycleChange) =>
  status !== undefined || starts_at !== undefined || ends_at !== undefined;

/** The lifecycle of a new campaign. The default is live. @throws 409, 400 */
export const firstLifecycle = (change: LifecycleChange, now: Date) =>
  changedLifecycle({ stage: change.status ? "draft" : "live", starts_at: null, ends_at: null }, change, now);

/**
 * The values to store for a change of status or dates.
 * @throws 409 if the status cannot follow the current one, 400 if the dates do not fit it
 */
export function changedLifecycle(before: Lifecycle, change: LifecycleChange, now: Date): Lifecycle {
  const was = campaignStatus(before, now);
  const { status = was } = change;
  if (status !== was && !NEXT[was].includes(status)) throw cannotFollow(status, was);
  if (change.ends_at && change.ends_at <= now && OPEN.has(status))
    throw invalid("ends_at", "The end must be in the future.");
  const after =
    change.status === undefined ? { ...before, ...datesOf(change) } : withStatus(status, before, change, now);
  const { starts_at, ends_at } = after;
  if (starts_at && ends_at && starts_at >= ends_at) throw invalid("ends_at", "The end must be after the start.");
  return after;
}

function withStatus(status: CampaignStatus, before: Lifecycle, change: LifecycleChange, now: Date): Lifecycle {
  const { starts_at, ends_at } = { ...before, ...datesOf(change) };
  const isAhead = starts_at !== null && starts_at > now;
  const isOver = ends_at !== null && ends_at <= now;
  const openEnd = isOver ? null : ends_at;
  switch (status) {
    case "draft":
      return { stage: "draft", starts_at, ends_at };
    case "scheduled":
      if (!isAhead) throw invalid("starts_at", "A scheduled campaign needs a start in the future.");
      return { stage: "live", starts_at, ends_at: openEnd };
    case "live":
      if (isAhead && change.starts_at)
        throw invalid("starts_at", "A live campaign cannot start in the future. Use the status scheduled.");
      return { stage: "live", starts_at: isAhead ? now : starts_at, ends_at: openEnd };
    case "paused":
      return { stage: "paused", starts_at, ends_at: openEnd };
    case "ended":
    case "archived":
      return {
        stage: status === "ended" ? "live" : "archived",
        starts_at: isAhead ? null : starts_at,
        ends_at: isOver ? ends_at : now,
      };
  }
}

const datesOf = ({ starts_at, ends_at }: LifecycleChange) => ({
  ...(starts_at !== undefined && { starts_at }),
  ...(ends_at !== undefined && { ends_at }),
});

function cannotFollow(status: CampaignStatus, was: CampaignStatus) {
  const may = NEXT[was].join(", ");
  return new AppError("conflict", `A campaign with status ${was} cannot become ${status}. It can become ${may}.`);
}
