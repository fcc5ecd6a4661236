/** Works something out when it is first asked for, and remembers it. */
export function whenAsked<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
