-- Drizzle emits the policies; forcing them, and what the application may touch at all, is said here.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public, platform TO leadway_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO leadway_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA platform TO leadway_app;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO leadway_app;
--> statement-breakpoint
-- Ledgers of what happened are added to, never rewritten.
REVOKE UPDATE, DELETE ON consents, stage_moves, disposition_metrics, journey_events, events, audit_log FROM leadway_app;
--> statement-breakpoint
CREATE FUNCTION refuse_change_of_published_version() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF old.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'journey version % is published and can no longer change', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN old ELSE new END;
END
$$;
--> statement-breakpoint
CREATE TRIGGER journey_versions_immutable BEFORE UPDATE OR DELETE ON journey_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_version();
--> statement-breakpoint
-- Wakes whoever streams this organisation's changes; the rows themselves are read from the table.
CREATE FUNCTION announce_event() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_notify('leadway_events', new.organization_id::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_announced AFTER INSERT ON events
  FOR EACH ROW EXECUTE FUNCTION announce_event();
--> statement-breakpoint
INSERT INTO platform.switches DEFAULT VALUES ON CONFLICT DO NOTHING;
