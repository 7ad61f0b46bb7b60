import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment cannot be used. One line per problem, each beginning with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(`The environment is not usable:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.lines = lines;
  }
}

const secretNames = /SECRET|TOKEN|KEY|PASSWORD|DATABASE/;

/**
 * Reads the variables of `shape` out of the environment. A variable that is set to nothing counts as not set, as in a
 * copied `.env.example`.
 * @throws ConfigError naming every variable that is missing or wrong, without showing secrets.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment,
): z.output<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(withoutEmpty(env));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = env[name];
    if (!value) return `${name} is not set: ${message}`;
    return secretNames.test(name) ? `${name}: ${message}` : `${name}: ${message}, not "${value}"`;
  });
  throw new ConfigError([...new Set(lines)]);
}

/** The variables that hold something. */
export function withoutEmpty(env: Environment): Record<string, string> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => !!entry[1]?.trim());
  return Object.fromEntries(set);
}
