/** Runs code on a page that we do not control. If it fails, only logs a warning. */
export function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    warn(error);
  }
}

export const warn = (what: unknown) => console.warn("referrals:", what);
