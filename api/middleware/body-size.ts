import { bodyLimit } from 'hono/body-limit';
import { Problem } from '../problem.ts';

export const kibibyte = 1024;
export const mebibyte = 1024 * kibibyte;

/** Refuses a body that is larger, by its announced length or as soon as it gets longer. */
export function maxBody(bytes: number) {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      const most = bytes >= mebibyte ? `${bytes / mebibyte} MiB` : `${bytes / kibibyte} KiB`;
      throw new Problem(413, 'BODY_TOO_LARGE', `The body is larger than ${most}.`);
    },
  });
}
