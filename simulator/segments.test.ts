import { describe, expect, it } from 'vitest';
import { countSegments } from './segments.ts';

describe('segments', () => {
  it.each([
    ['', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ñ'.repeat(160), 1],
    ['í'.repeat(70), 1],
    ['í'.repeat(71), 2],
    ['👍'.repeat(35), 1],
    ['👍'.repeat(36), 2],
  ])('%s', (body, segments) => expect(countSegments(body)).toBe(segments));
});
