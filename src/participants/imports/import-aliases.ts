import type { Holder } from "../aliases/alias-store";
import type { Note, Ready } from "./import-plan";

/**
 * A referrer identified by another product's code. If nobody has it: the participant with this ID, or the reason why
 * there is none.
 */
type ByCode = { code: string; id: number | null; otherwise: Note };
/** A row as it was read, before the holders of its codes are known. */
export type Named = Omit<Ready, "inviter"> & { inviter: Ready["inviter"] | ByCode };

export const codesOf = ({ aliases, inviter }: Named) => [
  ...aliases,
  ...(inviter && "code" in inviter ? [inviter.code] : []),
];

/** The rows with the referrers of their codes. A code that another participant or an earlier row has is dropped. */
export function settled(rows: Named[], holders: Map<string, Holder>): Ready[] {
  const emails = new Map([...holders].map(([code, { email }]) => [code, email]));
  return rows.map(({ inviter: named, ...row }) => {
    const { email } = row.person;
    const aliases = row.aliases.filter((code) => {
      if (!emails.has(code)) emails.set(code, email);
      return emails.get(code) === email;
    });
    const inviter = named && "code" in named ? referrerIn(named, email, holders) : named;
    const notes: Note[] = [
      ...row.notes,
      ...(aliases.length < row.aliases.length ? (["code_taken"] as const) : []),
      ...(typeof inviter === "string" ? [inviter] : []),
    ];
    return { ...row, aliases, inviter: typeof inviter === "string" ? null : inviter, notes };
  });
}

function referrerIn({ code, id, otherwise }: ByCode, email: string, holders: Map<string, Holder>) {
  const holder = holders.get(code);
  if (holder) return holder.email === email ? "self" : { id: holder.id };
  return id === null ? otherwise : { id };
}
