export type Waker = {
  /** Something may be new. Several of these before the next look are one. */
  wake(): void;
  end(): void;
  /** Resolves with true when there is something to look at (at once, the first time), with false after the end. */
  woken(): Promise<boolean>;
};

/** Lets a loop sleep until it is woken, without losing what happens while it is at work. */
export function createWaker(): Waker {
  let pending = true;
  let ended = false;
  let resume: (() => void) | null = null;
  const rouse = () => {
    resume?.();
    resume = null;
  };
  return {
    wake() {
      pending = true;
      rouse();
    },
    end() {
      ended = true;
      rouse();
    },
    async woken() {
      if (!pending && !ended) await new Promise<void>((resolve) => (resume = resolve));
      pending = false;
      return !ended;
    },
  };
}
