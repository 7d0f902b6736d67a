/** What `make` returns, made when it is first asked for. What takes time to make is not made while the Worker starts. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
