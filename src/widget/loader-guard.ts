/** Runs what may fail on a page we do not know: a failure is a warning there, and nothing more. */
export function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    warn(error);
  }
}

export const warn = (what: unknown) => console.warn("referrals:", what);
