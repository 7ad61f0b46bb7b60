import type { Client } from '@temporalio/client';

/** Everything Temporal keeps of one workflow, as text: what people and tools that look into it would see. */
export type Kept = { workflowId: string; text: string };

/** Ids, search attributes, memo, details and every event with its payloads decoded, failures and headers included. */
export async function everythingTemporalKeeps(client: Client): Promise<Kept[]> {
  const kept: Kept[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const text = [workflowId, inWords(history), inWords(description.raw)].join('\n');
    kept.push({ workflowId, text });
  }
  return kept;
}

/** Any structure as text, payloads as what they say. */
function inWords(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  // Protobuf writes bytes as Base64; behind each of them what they stand for.
  const decoded = [...text.matchAll(/"data":"([\w+/=-]+)"/g)].map(([, data]) =>
    Buffer.from(data!, 'base64').toString('utf8'),
  );
  return [text, ...decoded].join('\n');
}
