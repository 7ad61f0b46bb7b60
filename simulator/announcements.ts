import type { Callback, CallbackSender } from './callbacks.ts';
import type { CallbackFault } from './faults.ts';
import type { Course } from './scheduler.ts';

/** Tells the product about one touch, as well as the fault of that touch allows. */
export type Announcer = {
  /** `isLast` marks the final status, after which nothing more will be announced. */
  announce(callback: Callback, isLast: boolean): Promise<void>;
};

export function createAnnouncer(
  fault: CallbackFault | null,
  deps: { sender: CallbackSender; course: Course },
): Announcer {
  const { sender, course } = deps;
  const heldBack: Callback[] = [];

  async function announce(callback: Callback, isLast: boolean): Promise<void> {
    const marked = { ...callback, fault: fault?.name ?? null };
    switch (fault?.name) {
      case 'lost_callback':
        await (isLast || fault.loses === 'all' ? sender.lose(marked) : sender.send(callback));
        return;
      case 'late_callback':
        if (isLast) await course.play([{ afterMs: fault.delayMs, run: () => send(marked) }]);
        else await send(callback);
        return;
      case 'duplicate_callback':
        await Promise.all(Array.from({ length: fault.copies }, () => sender.send(marked)));
        return;
      case 'out_of_order':
        heldBack.push(marked);
        if (isLast) for (const held of heldBack.splice(0).reverse()) await send(held);
        return;
      case undefined:
        await send(callback);
    }
  }

  async function send(callback: Callback): Promise<void> {
    await sender.send(callback);
  }

  return { announce };
}
