export const DAY_MS = 86_400_000;

/** The UTC day of a moment, like `2026-11-28`. */
export const utcDay = (moment: Date | number) => new Date(moment).toISOString().slice(0, 10);
