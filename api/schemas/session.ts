import { z } from '@hono/zod-openapi';
import { memberRoles } from '#db/schema/organizations.ts';
import { id } from './common.ts';

export const signInSchema = z
  .object({ email: z.string().trim().min(3).max(320), password: z.string().min(1).max(200) })
  .openapi('SignIn');

export const sessionSchema = z
  .object({
    user: z
      .object({ id, name: z.string(), email: z.string() })
      .nullable()
      .openapi({ description: 'Null when an API key is asking.' }),
    organization: z.object({ id, name: z.string(), slug: z.string() }),
    role: z.enum(memberRoles),
  })
  .openapi('Session');

export type Session = z.infer<typeof sessionSchema>;
