import { condition, defineQuery, setHandler } from '@temporalio/workflow';

/** A lead as a product without tables of its own would keep it: in its workflow, asked for by a query. */
export async function leadRecord(lead: Record<string, unknown>): Promise<void> {
  setHandler(defineQuery<Record<string, unknown>>('lead'), () => lead);
  await condition(() => false);
}
