/** D1's temporary errors, from Cloudflare's list and from production. */
const SOON = [
  "D1 DB reset because its code was updated.",
  "Internal error while starting up D1 DB storage caused object to be reset.",
  "Network connection lost.",
  "Internal error in D1 DB storage caused object to be reset.",
  "Cannot resolve D1 DB due to transient issue on remote node.",
  "Can't read from request stream because client disconnected.",
  "D1 DB storage operation exceeded timeout which caused object to be reset.",
  "internal error; reference = 6hi9i83lajvi9r65mtnuni1t",
  "Connection closed: this D1 DB instance is no longer active. Reconnect or retry the request.",
  "Replica disconnected from primary.",
  "database is locked: SQLITE_BUSY",
];

/** Longer errors, where an immediate retry is useless or harmful. */
const LATER = [
  "D1 DB is overloaded. Requests queued for too long.",
  "D1 DB is overloaded. Too many requests queued.",
  "D1 DB's isolate exceeded its memory limit and was reset.",
  "D1 DB exceeded its CPU time limit and was reset.",
  "Currently processing a long-running export.",
  "Currently processing a long-running import.",
  "Your account has exceeded D1's free tier daily row write limit.",
];

export const PASSING = [
  ...SOON.map((text) => ({ text, isSoon: true })),
  ...LATER.map((text) => ({ text, isSoon: false })),
];
export const FULL = "Exceeded maximum DB size";

export const d1Error = (text: string) => new Error(`D1_ERROR: ${text}`, { cause: new Error(text) });
