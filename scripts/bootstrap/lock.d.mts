/** The types of lock.mjs, which is plain JavaScript because it also runs before anything is installed. */
export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWaiting?: (pid: number) => void,
): Promise<T>;
export function isAlive(pid: number): boolean;
