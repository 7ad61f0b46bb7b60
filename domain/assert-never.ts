/** Makes the compiler prove that a union was handled whole; throws when data from outside says otherwise. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
