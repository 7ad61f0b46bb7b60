CREATE TABLE "sending_pauses" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"subject_id" uuid NOT NULL,
	"began_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"ended_at" timestamp with time zone,
	"policy" text DEFAULT 'keep' NOT NULL,
	CONSTRAINT "sending_pauses_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "sending_pauses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "platform"."carriers" (
	"name" text PRIMARY KEY NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"open_until" timestamp with time zone,
	"probe_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "platform"."stops" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"policy" text DEFAULT 'keep' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_reviews" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"phone" text NOT NULL,
	"message_id" uuid NOT NULL,
	"resolution" text,
	"resolved_by" uuid,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "consent_reviews_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "consent_reviews" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dnc_lists" (
	"organization_id" uuid NOT NULL,
	"list" text NOT NULL,
	"scrubbed_on" date,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "dnc_lists_organization_id_list_pk" PRIMARY KEY("organization_id","list")
);
--> statement-breakpoint
ALTER TABLE "dnc_lists" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "send_rates" (
	"organization_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"free_at" timestamp with time zone NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "send_rates_organization_id_subject_id_pk" PRIMARY KEY("organization_id","subject_id")
);
--> statement-breakpoint
ALTER TABLE "send_rates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "campaign_id" uuid;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "campaign_id" uuid;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "say" text;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "kept_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "request_key" text;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "updated_at" timestamp with time zone DEFAULT app_now() NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "wait_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "wait_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call_logs" ADD COLUMN "reasons" jsonb;--> statement-breakpoint
ALTER TABLE "call_logs" ADD COLUMN "callback_id" uuid;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD COLUMN "rate_per_second" numeric(8, 3) DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD COLUMN "reasons" jsonb;--> statement-breakpoint
CREATE INDEX "sending_pauses_by_subject" ON "sending_pauses" USING btree ("organization_id","subject_id","began_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sending_pauses_open" ON "sending_pauses" USING btree ("organization_id","subject_id") WHERE "sending_pauses"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "consent_reviews_once" ON "consent_reviews" USING btree ("organization_id","message_id");--> statement-breakpoint
CREATE INDEX "consent_reviews_open" ON "consent_reviews" USING btree ("organization_id","phone") WHERE "consent_reviews"."resolved_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "callbacks_once" ON "callbacks" USING btree ("organization_id","lead_id","request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "call_logs_callback" ON "call_logs" USING btree ("organization_id","touch_key") WHERE "call_logs"."journey_id" is null and "call_logs"."touch_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sms_messages_notice" ON "sms_messages" USING btree ("organization_id","touch_key") WHERE "sms_messages"."journey_id" is null and "sms_messages"."touch_key" is not null;--> statement-breakpoint
CREATE POLICY "sending_pauses_read" ON "sending_pauses" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("sending_pauses"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sending_pauses_insert" ON "sending_pauses" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("sending_pauses"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "sending_pauses_update" ON "sending_pauses" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("sending_pauses"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("sending_pauses"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "sending_pauses_delete" ON "sending_pauses" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("sending_pauses"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "consent_reviews_read" ON "consent_reviews" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("consent_reviews"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "consent_reviews_insert" ON "consent_reviews" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("consent_reviews"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "consent_reviews_update" ON "consent_reviews" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("consent_reviews"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("consent_reviews"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "consent_reviews_delete" ON "consent_reviews" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("consent_reviews"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_lists_read" ON "dnc_lists" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("dnc_lists"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "dnc_lists_insert" ON "dnc_lists" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("dnc_lists"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_lists_update" ON "dnc_lists" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("dnc_lists"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("dnc_lists"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_lists_delete" ON "dnc_lists" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("dnc_lists"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "send_rates_read" ON "send_rates" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("send_rates"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "send_rates_insert" ON "send_rates" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("send_rates"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "send_rates_update" ON "send_rates" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("send_rates"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("send_rates"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "send_rates_delete" ON "send_rates" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("send_rates"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['consent_reviews', 'dnc_lists', 'send_rates', 'sending_pauses'] LOOP
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO leadway_app', name);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON platform.carriers, platform.stops TO leadway_app;
--> statement-breakpoint
INSERT INTO platform.carriers (name) VALUES ('twilio');
