/**
 * An advance, and an outline as a path of M, L, Q, C and Z from its origin on the baseline. All numbers of fonts are in
 * thousandths of the font size.
 */
export type Outline = [advance: number, path: string];
/** Characters with the same high bits, or all of Latin, Greek, and Cyrillic. */
export type Block = Record<string, Outline>;
/** Where marks above and below a letter have their origin. */
export type Anchors = [aboveX: number, aboveY: number, belowX: number, belowY: number];

/**
 * What is drawn, by name (scripts/share-font.ts). A character's name is itself. Arabic letters have more forms: a joiner in
 * the name is on the side where they join, and a space says that the letter begins a word. A lam before an alef is named by
 * the pair, and that alef by the pair with a joiner behind it.
 */
export type Font = {
  glyphs: Block;
  /** Of forms of letters. */
  anchors: Record<string, Anchors>;
  /** Paths of marks, alone and two by two, from the letter's anchor. */
  marks: Record<string, [path: string, place: "above" | "below"]>;
  /** How much closer the second of two forms is to the first. */
  kerns: Record<string, number>;
};
