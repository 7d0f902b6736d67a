import { shownDomain } from "../lib/domain";

/** What all campaigns of a brand look like unless they set it themselves. */
export type BrandKit = { color: string | null; button_color: string | null; font_family: string | null };

export const NO_KIT: BrandKit = { color: null, button_color: null, font_family: null };

/** Reads a brand's kit as the database has it, as JSON. */
export const readKit = (json: string): BrandKit => JSON.parse(json);

/** The settings of a widget, and the columns of the brand that they come from. The first column that is set counts. */
export const inheritedFrom = {
  color: ["color"],
  button_color: ["button_color", "color"],
  popup_button_color: ["button_color", "color"],
  font_family: ["font_family"],
} as const satisfies Record<string, (keyof BrandKit)[]>;
export type Inherited = keyof typeof inheritedFrom;

/** What the kit says for a widget's setting. */
export const kitValue = (kit: BrandKit, name: Inherited) =>
  inheritedFrom[name].map((column) => kit[column]).find(Boolean) ?? null;

/**
 * The widget's settings that come from the brand's kit: those that the campaign never set, or left at our default
 * (because a client read the settings and wrote them back).
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

/** What people call a brand: its name, else its domain. */
export const calledBrand = ({ name, domain }: { name: string | null; domain: string }) => name ?? shownDomain(domain);
