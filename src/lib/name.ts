/**
 * Characters that reverse or hide the text around them, or are invisible. Scripts and emoji need joiners and variation
 * selectors; the flags of England, Scotland, and Wales need tags.
 */
const UNSEEN =
  /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\ufff9-\ufffb]|[^\P{Default_Ignorable_Code_Point}\p{Variation_Selector}\u200c\u200d]/gu;
/** A joiner with nothing to join. */
const LOOSE = /(?<![\p{L}\p{M}\p{S}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{S}])/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\u2800]+/gu;
/** No script has more marks on one letter. */
const STACKED = /(\p{M}{5})\p{M}+/gu;
const UNWRITTEN = /[\p{C}\p{M}\p{Z}\u{1d159}]/gu;

/** The visible part of a name, on one line. May be empty. */
export function readableName(text: string): string {
  const line = text
    .toWellFormed()
    .normalize("NFC")
    .replace(UNSEEN, (_, flag = "") => flag)
    .replace(LOOSE, "")
    .replace(BREAKS, " ")
    .replace(STACKED, "$1")
    .trim();
  return line.replace(UNWRITTEN, "") === "" ? "" : line;
}
