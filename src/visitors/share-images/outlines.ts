/**
 * An advance, and an outline as a path of M, L, Q, C, and Z from its origin on the baseline. All font numbers are in
 * thousandths of the font size.
 */
export type Outline = [advance: number, path: string];
/** Characters that share the same high bits, or all of Latin, Greek, and Cyrillic. */
export type Block = Record<string, Outline>;
/** The origins of marks above and below a letter. */
export type Anchors = [aboveX: number, aboveY: number, belowX: number, belowY: number];

/**
 * The outlines by name (scripts/share-font.ts). A character's name is the character itself. Arabic letters have more
 * forms: a joiner in the name marks the side where they join, and a leading space marks the start of a word. A lam
 * before an alef is named after the pair, and that alef after the pair with a joiner behind it.
 */
export type Font = {
  glyphs: Block;
  /** Anchors of letter forms. */
  anchors: Record<string, Anchors>;
  /** Paths of marks, single and in pairs, relative to the letter's anchor. */
  marks: Record<string, [path: string, place: "above" | "below"]>;
  /** How much closer the second of two forms moves to the first. */
  kerns: Record<string, number>;
};
