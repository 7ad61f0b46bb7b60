-- The role that the application acts as. It logs in nowhere by itself: connections switch to it, and row-level security
-- binds it because it owns nothing and has no BYPASSRLS.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadway_app') THEN
    CREATE ROLE leadway_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
END
$$;
--> statement-breakpoint
DO $$ BEGIN EXECUTE format('GRANT leadway_app TO %I', current_user); END $$;
--> statement-breakpoint
-- Business time: a dry run sets app.now for the transaction; otherwise it is the transaction's own clock.
CREATE FUNCTION app_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
