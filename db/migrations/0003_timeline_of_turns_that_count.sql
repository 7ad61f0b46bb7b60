ALTER POLICY "journey_events_update" ON "journey_events" TO leadway_app USING ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('system')) WITH CHECK ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('system'));--> statement-breakpoint
ALTER POLICY "journey_events_delete" ON "journey_events" TO leadway_app USING ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('system'));--> statement-breakpoint
-- The timeline copies what a workflow remembers. A turn that Temporal threw away has told it already; the turn that
-- replaces it writes over that. Only the product itself may: the policies above.
GRANT UPDATE, DELETE ON journey_events TO leadway_app;
