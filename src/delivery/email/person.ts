import type { LetterKind } from "../email-content/email-content";
import type { Leased } from "./email-facts-store";

/** An email's recipient. */
export type Person = { email: string; name: string | null };

/** An email with real facts, not the samples of a test. */
export type Real = Leased & { kind: LetterKind };
