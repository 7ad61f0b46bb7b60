CREATE TABLE "custom_fields" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"options" text[] DEFAULT '{}' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "custom_fields_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "custom_fields" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_files" (
	"organization_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_files_organization_id_import_id_position_pk" PRIMARY KEY("organization_id","import_id","position")
);
--> statement-breakpoint
ALTER TABLE "import_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_rejections" (
	"organization_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"column_name" text,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"cells" text[] NOT NULL,
	CONSTRAINT "import_rejections_organization_id_import_id_line_pk" PRIMARY KEY("organization_id","import_id","line")
);
--> statement-breakpoint
ALTER TABLE "import_rejections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead_notes" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"body" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "lead_notes_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "lead_notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_filters" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "saved_filters_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "saved_filters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "rows" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "created" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "updated" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "launches" ADD COLUMN "cohort" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "status" text DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "options" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "progress_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "progress_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "failure" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "finished_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lead_blocks" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "stage_entered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(first_name || ' ' || last_name || ' ' || coalesce(company, '') || ' ' || coalesce(email, '') || ' ' || phone)) STORED;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "pipelines" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_organization_id_import_id_imports_organization_id_id_fk" FOREIGN KEY ("organization_id","import_id") REFERENCES "public"."imports"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejections" ADD CONSTRAINT "import_rejections_organization_id_import_id_imports_organization_id_id_fk" FOREIGN KEY ("organization_id","import_id") REFERENCES "public"."imports"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_notes" ADD CONSTRAINT "lead_notes_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_fields_name" ON "custom_fields" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "lead_notes_by_lead" ON "lead_notes" USING btree ("organization_id","lead_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_filters_name" ON "saved_filters" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "imports_newest" ON "imports" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "leads_by_stage" ON "leads" USING btree ("organization_id","stage_id","stage_entered_at","id") WHERE "leads"."deleted_at" is null;--> statement-breakpoint
CREATE POLICY "custom_fields_read" ON "custom_fields" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("custom_fields"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "custom_fields_insert" ON "custom_fields" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("custom_fields"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "custom_fields_update" ON "custom_fields" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("custom_fields"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("custom_fields"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "custom_fields_delete" ON "custom_fields" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("custom_fields"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "import_files_read" ON "import_files" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("import_files"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "import_files_insert" ON "import_files" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("import_files"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "import_files_update" ON "import_files" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("import_files"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("import_files"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "import_files_delete" ON "import_files" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("import_files"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "import_rejections_read" ON "import_rejections" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("import_rejections"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "import_rejections_insert" ON "import_rejections" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("import_rejections"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "import_rejections_update" ON "import_rejections" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("import_rejections"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("import_rejections"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "import_rejections_delete" ON "import_rejections" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("import_rejections"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "lead_notes_read" ON "lead_notes" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("lead_notes"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lead_notes_insert" ON "lead_notes" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("lead_notes"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "lead_notes_update" ON "lead_notes" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("lead_notes"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("lead_notes"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "lead_notes_delete" ON "lead_notes" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("lead_notes"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "saved_filters_read" ON "saved_filters" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("saved_filters"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "saved_filters_insert" ON "saved_filters" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("saved_filters"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "saved_filters_update" ON "saved_filters" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("saved_filters"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("saved_filters"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "saved_filters_delete" ON "saved_filters" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("saved_filters"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
-- What imports before this one rejected moves to rows of its own; its cells were not kept.
INSERT INTO "import_rejections" ("organization_id", "import_id", "line", "column_name", "code", "message", "cells")
SELECT i.organization_id, i.id, (r ->> 'line')::int, r ->> 'column', r ->> 'code', r ->> 'message', '{}'
FROM "imports" i, jsonb_array_elements(i.rejected) r ON CONFLICT DO NOTHING;--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "rejected" SET DATA TYPE integer USING jsonb_array_length("rejected");--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "rejected" SET DEFAULT 0;--> statement-breakpoint
UPDATE "imports" SET "status" = 'done', "started_at" = "created_at", "finished_at" = "created_at";--> statement-breakpoint
UPDATE "leads" l SET "stage_entered_at" = coalesce(
  (SELECT max(m.created_at) FROM "stage_moves" m
    WHERE m.organization_id = l.organization_id AND m.lead_id = l.id AND m.to_stage_id = l.stage_id), l.updated_at)
WHERE l.stage_id IS NOT NULL;--> statement-breakpoint
-- Pieces of files are taken out once and whole, and are mostly text that was not compressed for this.
ALTER TABLE "import_files" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;--> statement-breakpoint
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['custom_fields', 'import_files', 'import_rejections', 'lead_notes', 'saved_filters'] LOOP
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO leadway_app', name);
  END LOOP;
END
$$;
