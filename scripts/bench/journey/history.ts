import type { WorkflowHandle } from '@temporalio/client';

export type HistorySize = { events: number; bytes: number };

type Encoded = { finish: () => Uint8Array };

/** How long a workflow's history is, and how large it is in Temporal's own encoding. */
export async function sizeOfHistory(handle: WorkflowHandle): Promise<HistorySize> {
  const history = await handle.fetchHistory();
  // The SDK hands out the protobuf message itself; its class knows how to encode it.
  const type = history.constructor as unknown as { encode: (message: unknown) => Encoded };
  return { events: history.events?.length ?? 0, bytes: type.encode(history).finish().length };
}
