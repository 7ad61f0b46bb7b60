import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Environment } from '#config/environment.ts';
import { paths } from './paths.ts';

/** The environment, completed by the file `.env` where there is one. What is set in both is the environment's. */
export function withDotEnv(env: Environment, file = paths.dotEnv): Environment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return env;
  }
  return { ...parseEnv(text), ...env };
}
