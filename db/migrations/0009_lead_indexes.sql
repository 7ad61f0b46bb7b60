CREATE INDEX "import_members_by_lead" ON "import_members" USING btree ("organization_id","lead_id");--> statement-breakpoint
CREATE INDEX "leads_changed" ON "leads" USING btree ("organization_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "leads_merged" ON "leads" USING btree ("organization_id","merged_into_id") WHERE "leads"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "tasks_by_lead" ON "tasks" USING btree ("organization_id","lead_id","created_at");