import { describe, expect, it } from 'vitest';
import { readTwiml } from './twiml.ts';

describe('TwiML', () => {
  it.each([
    ['<Response><Say>Hi</Say></Response>', ['Hi']],
    [
      '<?xml version="1.0"?><Response>\n <Say voice="a">One\n two</Say><Pause length="1"/></Response>',
      ['One two'],
    ],
    ['<Response><Gather><Say>Press 1 &amp; &#39;#&#x27;</Say></Gather></Response>', ["Press 1 & '#'"]],
    ['<Response><Play>https://x.example/a.mp3</Play></Response>', ['[plays https://x.example/a.mp3]']],
    ['<Response><!-- <Say>no</Say> --><Hangup/></Response>', []],
    ['<Response/>', []],
    ['<html><Say>no</Say></html>', []],
    ['', []],
  ])('%s', (document, heard) => expect(readTwiml(document)).toEqual(heard));
});
