import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import type { InternalConnectionOptions } from '@temporalio/client/lib/connection.js';
import type { Clock } from '#domain/clock.ts';

/**
 * Business time of a dry run: the time-skipping server's. Every process of the dry run asks the same server, so rows
 * that are seconds apart in fact are days apart in the story.
 */
export async function connectTestClock(address: string): Promise<Clock & { close(): Promise<void> }> {
  // The only door to the test service; the SDK's own testing package opens it the same way.
  const internal: InternalConnectionOptions = {
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const connection = await Connection.connect({ address, ...internal });
  const { testService } = connection;
  if (!testService) throw new Error(`TEST_CLOCK_ADDRESS: ${address} is not a time-skipping test server`);
  return {
    async now() {
      const { time } = await testService.getCurrentTime({});
      return new Date(Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1e6));
    },
    close: () => connection.close(),
  };
}
