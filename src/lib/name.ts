/**
 * Characters that turn or hide the text around them, or are drawn as nothing. Scripts and emoji are written with joiners
 * and variation selectors, and the flags of England, Scotland, and Wales with tags.
 */
const UNSEEN =
  /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\ufff9-\ufffb]|[^\P{Default_Ignorable_Code_Point}\p{Variation_Selector}\u200c\u200d]/gu;
/** A joiner that joins nothing. */
const LOOSE = /(?<![\p{L}\p{M}\p{S}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{S}])/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\u2800]+/gu;
/** No script stacks more marks on a letter. */
const STACKED = /(\p{M}{5})\p{M}+/gu;
const UNWRITTEN = /[\p{C}\p{M}\p{Z}\u{1d159}]/gu;

/** A name as people read it: what can be seen of it, on one line. Empty if that is nothing. */
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
