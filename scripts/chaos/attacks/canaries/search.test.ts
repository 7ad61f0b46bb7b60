import { describe, expect, test } from 'vitest';
import { createNest } from './plant.ts';
import { createSearch } from './search.ts';

const nest = createNest(1);
const words = nest.words('body');
const phone = nest.phone('lead');
const secret = nest.secret('token');
const search = createSearch(nest.canaries);
const national = phone.slice(2);

describe('a canary is found', () => {
  test.each([
    ['plainly', `x ${words} y`, 'body'],
    ['in capitals', words.toUpperCase(), 'body'],
    ['in Base64', Buffer.from(`a longer text with ${words} in it`).toString('base64'), 'body'],
    ['in Base64 at another offset', Buffer.from(`zz ${secret} zz`).toString('base64'), 'token'],
    ['as E.164', `to ${phone}.`, 'lead'],
    ['as part of an address', `To=${encodeURIComponent(phone)}&x`, 'lead'],
    ['as people write it', `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`, 'lead'],
    ['without its country', national, 'lead'],
  ])('%s', (_how, text, name) =>
    expect(search('here', text)).toMatchObject([{ canary: name, where: 'here' }]),
  );
});

test('nothing else is', () => {
  expect(search('here', `cnry ${national.slice(0, 7)} 9${national}9 ${words.slice(0, 12)}`)).toEqual([]);
});

test('what may stand there is passed over', () => {
  expect(search('an answer', `${phone} ${words}`, ['phone'])).toMatchObject([{ canary: 'body' }]);
});
