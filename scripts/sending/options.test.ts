import { expect, test } from 'vitest';
import { UsageError, parseSendingCommand } from './options.ts';

test.each([
  [['stop'], { do: 'stop' }],
  [['status'], { do: 'status' }],
  [['resume'], { do: 'resume', policy: 'keep' }],
  [['resume', '--policy', 'expire'], { do: 'resume', policy: 'expire' }],
])('%j is understood', (args, command) => expect(parseSendingCommand(args)).toEqual(command));

test.each([
  [[]],
  [['halt']],
  [['stop', 'now']],
  [['stop', '--policy', 'keep']],
  [['resume', '--policy', 'later']],
  [['resume', '--force']],
])('%j is refused: nobody stops or frees all sending by a slip', (args) => {
  expect(() => parseSendingCommand(args)).toThrow(UsageError);
});
