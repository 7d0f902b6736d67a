import { wordsOf } from "../../delivery/mailer/codes";
import { Badge } from "./parts";

const TONES: Record<string, "good" | "warn" | "bad"> = {
  sent: "good",
  pending: "warn",
  sending: "warn",
  failed: "bad",
  bounced: "bad",
  complained: "bad",
};

/** What became of an email, and why, if it did not arrive. */
export const EmailStatus = ({ status, error }: { status: string; error: string | null }) => (
  <>
    <Badge tone={TONES[status] ?? "plain"}>{status}</Badge>
    {error && TONES[status] === "bad" && <span class="quiet"> {wordsOf(error)}</span>}
  </>
);
