import { oldCodesIn } from "../../widget/old-link";
import { ALIASES_MAX, Alias } from "../aliases/alias-schema";

/** A link, with or without a scheme, and its query. */
const LINK = /^(?:https?:\/\/|[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\/)([^?#\s]{0,1000})(\?[^#\s]{0,1000})?/i;

/**
 * The code in a cell: the cell itself, or from a link, in a known parameter or at the end of the path. Empty for a page
 * link without a code.
 */
export function codeIn(cell: string): string {
  const [found, path = "", query = ""] = LINK.exec(cell) ?? [];
  if (found === undefined) return /\/t\/([^/?#]+)/.exec(cell)?.[1] ?? cell;
  const [code] = oldCodesIn(query);
  return (
    code ??
    path
      .split("/")
      .slice(/^https?:/i.test(found) ? 1 : 0)
      .filter(Boolean)
      .at(-1) ??
    ""
  );
}

/** The codes in a cell with a participant's own codes and links. */
export const codesIn = (cell: string) => [
  ...new Set(
    cell
      .split(/[\s,;|]+/)
      .map(codeIn)
      .filter(Boolean),
  ),
];

/** The valid codes of a cell, and whether it also has invalid ones. */
export function aliasesIn(cell: string) {
  const codes = cell.split(" ").filter(Boolean);
  const kept = codes.flatMap((code) => Alias.safeParse(code).data ?? []).slice(0, ALIASES_MAX);
  return { kept, hasOthers: kept.length < codes.length };
}
