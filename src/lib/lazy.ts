/**
 * Runs `make` on first use and returns its result from then on, so expensive values do not slow down the Worker's
 * start.
 */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
