import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '../context.ts';
import { Problem } from '../problem.ts';

export const kibibyte = 1024;
export const mebibyte = 1024 * kibibyte;

/**
 * Refuses a body that is larger, by its announced length or as soon as it gets longer. A length that is announced is
 * judged before anybody asks for the body: one that was begun and left keeps its connection from being emptied, and the
 * server then closes it half a second later, under whatever is asked over it next.
 */
export function maxBody(bytes: number) {
  const whileReading = bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw tooLarge(bytes);
    },
  });
  return createMiddleware<ApiEnv>(async (c, next) => {
    const announced = c.req.header('content-length');
    if (announced === undefined || c.req.header('transfer-encoding') !== undefined)
      return whileReading(c, next);
    if (Number(announced) > bytes) throw tooLarge(bytes);
    return next();
  });
}

export function tooLarge(bytes: number): Problem {
  const most = bytes >= mebibyte ? `${bytes / mebibyte} MiB` : `${bytes / kibibyte} KiB`;
  return new Problem(413, 'BODY_TOO_LARGE', `The body is larger than ${most}.`);
}
