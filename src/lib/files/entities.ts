const SIGNS: Record<string, string> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", rsquo: "’", lsquo: "‘", ndash: "–", szlig: "ß" },
  ...{ oslash: "ø", Oslash: "Ø", aelig: "æ", AElig: "Æ" },
};
const MARKS: Record<string, string> = {
  ...{ acute: "\u0301", grave: "\u0300", circ: "\u0302", uml: "\u0308", tilde: "\u0303" },
  ...{ cedil: "\u0327", ring: "\u030a", caron: "\u030c" },
};
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z])(acute|grave|circ|uml|tilde|cedil|ring|caron)|([a-z]{2,6}));/gi;

/** The text that people meant, where a website exported HTML entities: "O&#039;Brien", "Ren&eacute;". */
export const withoutEntities = (text: string) =>
  text.replace(ENTITY, (entity, decimal, hex, letter, mark: string, sign: string) => {
    if (letter) return (letter + (MARKS[mark.toLowerCase()] ?? "")).normalize("NFC");
    if (sign) return SIGNS[sign] ?? SIGNS[sign.toLowerCase()] ?? entity;
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16);
    return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
