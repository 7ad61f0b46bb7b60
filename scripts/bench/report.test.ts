import { expect, test } from 'vitest';
import { againstPeer, withinLimit } from './figure.ts';
import { formatJson, formatTable } from './report.ts';

const figures = {
  speed: againstPeer(
    { value: 300, unit: 'starts/s', peer: 'a loop', peerValue: 50, better: 'more', note: 'of 200 starts' },
    5,
  ),
  weight: withinLimit(
    { value: 13, unit: 'events', peer: 'the plain way', peerValue: 35, better: 'less', note: 'of 10 texts' },
    12,
  ),
};

test('people read a line for each figure, in columns, with its verdict and its peer', () => {
  expect(formatTable(figures).split('\n')).toEqual([
    '        value         peer  ratio  goal',
    'speed   300 starts/s  50    6x     ratio >= 5   holds',
    '    peer: a loop',
    '    of 200 starts',
    'weight  13 events     35    2.69x  value <= 12  DOES NOT HOLD',
    '    peer: the plain way',
    '    of 10 texts',
  ]);
});

test('programs read one line', () => {
  const text = formatJson(figures);
  expect(text).not.toContain('\n');
  expect(JSON.parse(text)).toEqual(figures);
});
