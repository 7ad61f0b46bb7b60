import { defineConfig } from 'drizzle-kit';

// `npm run db:generate` compares the schema with the last snapshot and needs no database.
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  out: './db/migrations',
  strict: true,
});
