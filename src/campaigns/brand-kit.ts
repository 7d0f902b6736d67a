import { shownDomain } from "../lib/domain";

/** The default appearance of a brand's campaigns. */
export type BrandKit = { color: string | null; button_color: string | null; font_family: string | null };

export const NO_KIT: BrandKit = { color: null, button_color: null, font_family: null };

/** Reads a brand's kit from the database's JSON. */
export const readKit = (json: string): BrandKit => JSON.parse(json);

/** The widget settings that have a default in the brand, with its columns in order of priority. */
export const inheritedFrom = {
  color: ["color"],
  button_color: ["button_color", "color"],
  popup_button_color: ["button_color", "color"],
  font_family: ["font_family"],
} as const satisfies Record<string, (keyof BrandKit)[]>;
export type Inherited = keyof typeof inheritedFrom;

/** The kit's value for a widget setting. */
export const kitValue = (kit: BrandKit, name: Inherited) =>
  inheritedFrom[name].map((column) => kit[column]).find(Boolean) ?? null;

/**
 * The widget settings that come from the brand's kit. The campaign never set them, or it has our default, because a
 * client read the settings and wrote them back.
 */
export function inherited(
  settings: Partial<Record<string, unknown>>,
  kit: BrandKit,
  defaults: Record<Inherited, string>,
): Partial<Record<Inherited, string>> {
  const names = Object.keys(inheritedFrom) as Inherited[];
  const found = names.flatMap((name) => {
    const value = kitValue(kit, name);
    const own = settings[name];
    return value && (own === undefined || own === defaults[name]) ? [[name, value]] : [];
  });
  return Object.fromEntries(found);
}

/** A brand's display name: its name, or else its domain. */
export const calledBrand = ({ name, domain }: { name: string | null; domain: string }) => name ?? shownDomain(domain);
