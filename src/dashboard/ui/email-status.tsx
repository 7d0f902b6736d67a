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

type Props = { status: string; error: string | null; held_for: string | null };

/** An email's status, and the reason if it is held or did not arrive. */
export const EmailStatus = ({ status, error, held_for }: Props) => (
  <>
    <Badge tone={TONES[status] ?? "plain"}>{held_for ? "held" : status}</Badge>
    {held_for && <span class="quiet"> {wordsOf(held_for)}</span>}
    {error && TONES[status] === "bad" && <span class="quiet"> {wordsOf(error)}</span>}
  </>
);
