CREATE SCHEMA "platform";
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"pipeline_id" uuid,
	"current_version_id" uuid,
	"paused_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "campaigns_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "journey_versions" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "journey_versions_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "journey_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "launch_members" (
	"organization_id" uuid NOT NULL,
	"launch_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"journey_id" uuid,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "launch_members_organization_id_launch_id_lead_id_pk" PRIMARY KEY("organization_id","launch_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "launch_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "launches" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'starting' NOT NULL,
	"paused_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"idempotency_key" text,
	"request_hash" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"started_at" timestamp with time zone,
	CONSTRAINT "launches_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "launches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"organization_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"txid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"lead_id" uuid,
	"journey_id" uuid,
	"launch_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "events_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_inbox" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"processed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "webhook_inbox_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "webhook_inbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "platform"."api_keys" (
	"key_hash" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."number_routes" (
	"e164" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."switches" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"sending_stopped_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "platform"."users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid,
	"request_id" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "audit_log_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organization_users" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "organization_users_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "organization_users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"sending_stopped_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "organizations_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consents" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"phone" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text DEFAULT 'all' NOT NULL,
	"source" text NOT NULL,
	"text" text,
	"message_id" uuid,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "consents_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "consents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dnc_entries" (
	"organization_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"list" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "dnc_entries_organization_id_phone_list_pk" PRIMARY KEY("organization_id","phone","list")
);
--> statement-breakpoint
ALTER TABLE "dnc_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_members" (
	"organization_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"lead_id" uuid NOT NULL,
	CONSTRAINT "import_members_organization_id_import_id_line_pk" PRIMARY KEY("organization_id","import_id","line")
);
--> statement-breakpoint
ALTER TABLE "import_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "imports" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"rows" integer NOT NULL,
	"created" integer NOT NULL,
	"updated" integer NOT NULL,
	"rejected" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "imports_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead_blocks" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "lead_blocks_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "lead_blocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "leads" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"external_id" text,
	"first_name" text DEFAULT '' NOT NULL,
	"last_name" text DEFAULT '' NOT NULL,
	"company" text,
	"phone" text NOT NULL,
	"raw_phone" text NOT NULL,
	"email" text,
	"address" text,
	"city" text,
	"state" text,
	"postal_code" text,
	"country" text,
	"time_zones" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"status" text DEFAULT 'new' NOT NULL,
	"pipeline_id" uuid,
	"stage_id" uuid,
	"score" integer,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "leads_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "leads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "disposition_metrics" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"journey_id" uuid,
	"campaign_id" uuid,
	"disposition_id" uuid NOT NULL,
	"disposition" text NOT NULL,
	"set_by" text NOT NULL,
	"user_id" uuid,
	"confidence" numeric(4, 3),
	"time_to_disposition_seconds" integer,
	"previous_status" text,
	"new_status" text,
	"previous_stage_id" uuid,
	"new_stage_id" uuid,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"application_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "disposition_metrics_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "disposition_metrics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dispositions" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	"lead_status" text,
	"stage" text,
	"auto_create_stage" boolean DEFAULT false NOT NULL,
	"remove_from_campaigns" boolean DEFAULT false NOT NULL,
	"add_to_dnc" boolean DEFAULT false NOT NULL,
	"callback_after_minutes" integer,
	"follow_up_task" text,
	"position" integer DEFAULT 0 NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "dispositions_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "dispositions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pipeline_stages" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"color" text DEFAULT '#64748b' NOT NULL,
	"probability" double precision DEFAULT 0 NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "pipeline_stages_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "pipeline_stages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pipelines" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "pipelines_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "pipelines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stage_moves" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"from_stage_id" uuid,
	"to_stage_id" uuid NOT NULL,
	"journey_id" uuid,
	"set_by" text NOT NULL,
	"user_id" uuid,
	"reason" text,
	"application_key" text,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "stage_moves_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "stage_moves" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "callbacks" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"journey_id" uuid,
	"due_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "callbacks_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "callbacks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "journey_events" (
	"organization_id" uuid NOT NULL,
	"journey_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"step_id" text,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "journey_events_organization_id_journey_id_seq_pk" PRIMARY KEY("organization_id","journey_id","seq")
);
--> statement-breakpoint
ALTER TABLE "journey_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "journeys" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"launch_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_started_at" timestamp with time zone,
	"status" text DEFAULT 'active' NOT NULL,
	"end_reason" text,
	"step_id" text,
	"waiting_for" text,
	"waiting_until" timestamp with time zone,
	"waiting_code" text,
	"last_disposition" text,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "journeys_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "journeys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tasks" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" uuid,
	"journey_id" uuid,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "tasks_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "call_logs" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"direction" text NOT NULL,
	"lead_id" uuid,
	"journey_id" uuid,
	"campaign_id" uuid,
	"touch_key" text,
	"phone" text NOT NULL,
	"our_number" text,
	"state" text NOT NULL,
	"refusal_code" text,
	"requests" integer DEFAULT 0 NOT NULL,
	"provider_sid" text,
	"status_history" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error_code" text,
	"price_cents" numeric(12, 4),
	"sending_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"attempt" integer,
	"answered_by" text,
	"outcome" text,
	"duration_seconds" integer,
	"carrier_status" text,
	"recording_url" text,
	"transcript" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "call_logs_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "call_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "number_usage" (
	"organization_id" uuid NOT NULL,
	"phone_number_id" uuid NOT NULL,
	"day" date NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "number_usage_organization_id_phone_number_id_day_pk" PRIMARY KEY("organization_id","phone_number_id","day")
);
--> statement-breakpoint
ALTER TABLE "number_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"e164" text NOT NULL,
	"can_sms" boolean NOT NULL,
	"can_voice" boolean NOT NULL,
	"area_code" text,
	"attestation" text,
	"daily_cap" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "phone_numbers_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "phone_numbers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sms_messages" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"direction" text NOT NULL,
	"lead_id" uuid,
	"journey_id" uuid,
	"campaign_id" uuid,
	"touch_key" text,
	"phone" text NOT NULL,
	"our_number" text,
	"state" text NOT NULL,
	"refusal_code" text,
	"requests" integer DEFAULT 0 NOT NULL,
	"provider_sid" text,
	"status_history" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error_code" text,
	"price_cents" numeric(12, 4),
	"sending_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"kind" text NOT NULL,
	"body" text NOT NULL,
	"intent" text,
	"segments" integer,
	"carrier_status" text,
	CONSTRAINT "sms_messages_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "sms_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "journey_versions" ADD CONSTRAINT "journey_versions_organization_id_campaign_id_campaigns_organization_id_id_fk" FOREIGN KEY ("organization_id","campaign_id") REFERENCES "public"."campaigns"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_members" ADD CONSTRAINT "launch_members_organization_id_launch_id_launches_organization_id_id_fk" FOREIGN KEY ("organization_id","launch_id") REFERENCES "public"."launches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launch_members" ADD CONSTRAINT "launch_members_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launches" ADD CONSTRAINT "launches_organization_id_campaign_id_campaigns_organization_id_id_fk" FOREIGN KEY ("organization_id","campaign_id") REFERENCES "public"."campaigns"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "launches" ADD CONSTRAINT "launches_organization_id_version_id_journey_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."journey_versions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "platform"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_users" ADD CONSTRAINT "organization_users_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_members" ADD CONSTRAINT "import_members_organization_id_import_id_imports_organization_id_id_fk" FOREIGN KEY ("organization_id","import_id") REFERENCES "public"."imports"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_members" ADD CONSTRAINT "import_members_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_blocks" ADD CONSTRAINT "lead_blocks_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposition_metrics" ADD CONSTRAINT "disposition_metrics_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposition_metrics" ADD CONSTRAINT "disposition_metrics_organization_id_disposition_id_dispositions_organization_id_id_fk" FOREIGN KEY ("organization_id","disposition_id") REFERENCES "public"."dispositions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_stages" ADD CONSTRAINT "pipeline_stages_organization_id_pipeline_id_pipelines_organization_id_id_fk" FOREIGN KEY ("organization_id","pipeline_id") REFERENCES "public"."pipelines"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_moves" ADD CONSTRAINT "stage_moves_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_events" ADD CONSTRAINT "journey_events_organization_id_journey_id_journeys_organization_id_id_fk" FOREIGN KEY ("organization_id","journey_id") REFERENCES "public"."journeys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_organization_id_campaign_id_campaigns_organization_id_id_fk" FOREIGN KEY ("organization_id","campaign_id") REFERENCES "public"."campaigns"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_organization_id_launch_id_launches_organization_id_id_fk" FOREIGN KEY ("organization_id","launch_id") REFERENCES "public"."launches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_logs" ADD CONSTRAINT "call_logs_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_logs" ADD CONSTRAINT "call_logs_organization_id_journey_id_journeys_organization_id_id_fk" FOREIGN KEY ("organization_id","journey_id") REFERENCES "public"."journeys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_usage" ADD CONSTRAINT "number_usage_organization_id_phone_number_id_phone_numbers_organization_id_id_fk" FOREIGN KEY ("organization_id","phone_number_id") REFERENCES "public"."phone_numbers"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD CONSTRAINT "sms_messages_organization_id_lead_id_leads_organization_id_id_fk" FOREIGN KEY ("organization_id","lead_id") REFERENCES "public"."leads"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_messages" ADD CONSTRAINT "sms_messages_organization_id_journey_id_journeys_organization_id_id_fk" FOREIGN KEY ("organization_id","journey_id") REFERENCES "public"."journeys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_name" ON "campaigns" USING btree ("organization_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "journey_versions_number" ON "journey_versions" USING btree ("organization_id","campaign_id","number");--> statement-breakpoint
CREATE INDEX "launch_members_pending" ON "launch_members" USING btree ("organization_id","launch_id","position") WHERE "launch_members"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "launches_idempotency" ON "launches" USING btree ("organization_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "launches_newest" ON "launches" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "events_feed" ON "events" USING btree ("organization_id","txid","id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_inbox_once" ON "webhook_inbox" USING btree ("organization_id","kind","dedupe_key");--> statement-breakpoint
CREATE INDEX "webhook_inbox_pending" ON "webhook_inbox" USING btree ("organization_id","created_at") WHERE "webhook_inbox"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "audit_log_by_time" ON "audit_log" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "consents_newest" ON "consents" USING btree ("organization_id","phone","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "consents_once_a_message" ON "consents" USING btree ("organization_id","message_id");--> statement-breakpoint
CREATE INDEX "lead_blocks_by_lead" ON "lead_blocks" USING btree ("organization_id","lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_external_id" ON "leads" USING btree ("organization_id","external_id");--> statement-breakpoint
CREATE INDEX "leads_phone" ON "leads" USING btree ("organization_id","phone");--> statement-breakpoint
CREATE INDEX "leads_newest" ON "leads" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "disposition_metrics_once" ON "disposition_metrics" USING btree ("organization_id","lead_id","application_key");--> statement-breakpoint
CREATE INDEX "disposition_metrics_by_time" ON "disposition_metrics" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "dispositions_code" ON "dispositions" USING btree ("organization_id","code");--> statement-breakpoint
CREATE UNIQUE INDEX "pipeline_stages_name" ON "pipeline_stages" USING btree ("organization_id","pipeline_id",lower("name")) WHERE "pipeline_stages"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "pipelines_name" ON "pipelines" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "stage_moves_by_lead" ON "stage_moves" USING btree ("organization_id","lead_id","created_at");--> statement-breakpoint
CREATE INDEX "callbacks_due" ON "callbacks" USING btree ("organization_id","status","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "journeys_once" ON "journeys" USING btree ("organization_id","campaign_id","lead_id");--> statement-breakpoint
CREATE INDEX "journeys_by_lead" ON "journeys" USING btree ("organization_id","lead_id");--> statement-breakpoint
CREATE INDEX "journeys_by_launch" ON "journeys" USING btree ("organization_id","launch_id","status");--> statement-breakpoint
CREATE INDEX "journeys_newest" ON "journeys" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "journeys_held" ON "journeys" USING btree ("organization_id","campaign_id") WHERE "journeys"."waiting_for" = 'hold';--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("organization_id","status","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_logs_touch" ON "call_logs" USING btree ("organization_id","journey_id","touch_key");--> statement-breakpoint
CREATE UNIQUE INDEX "call_logs_sid" ON "call_logs" USING btree ("organization_id","provider_sid");--> statement-breakpoint
CREATE INDEX "call_logs_lane" ON "call_logs" USING btree ("organization_id","phone","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "call_logs_by_lead" ON "call_logs" USING btree ("organization_id","lead_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_numbers_e164" ON "phone_numbers" USING btree ("organization_id","e164");--> statement-breakpoint
CREATE UNIQUE INDEX "sms_messages_touch" ON "sms_messages" USING btree ("organization_id","journey_id","touch_key");--> statement-breakpoint
CREATE UNIQUE INDEX "sms_messages_sid" ON "sms_messages" USING btree ("organization_id","provider_sid");--> statement-breakpoint
CREATE INDEX "sms_messages_lane" ON "sms_messages" USING btree ("organization_id","phone","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sms_messages_by_lead" ON "sms_messages" USING btree ("organization_id","lead_id","created_at");--> statement-breakpoint
CREATE POLICY "campaigns_read" ON "campaigns" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("campaigns"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "campaigns_insert" ON "campaigns" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("campaigns"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "campaigns_update" ON "campaigns" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("campaigns"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("campaigns"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "campaigns_delete" ON "campaigns" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("campaigns"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "journey_versions_read" ON "journey_versions" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("journey_versions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "journey_versions_insert" ON "journey_versions" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("journey_versions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "journey_versions_update" ON "journey_versions" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("journey_versions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("journey_versions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "journey_versions_delete" ON "journey_versions" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("journey_versions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "launch_members_read" ON "launch_members" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("launch_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "launch_members_insert" ON "launch_members" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("launch_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "launch_members_update" ON "launch_members" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("launch_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("launch_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "launch_members_delete" ON "launch_members" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("launch_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "launches_read" ON "launches" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("launches"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "launches_insert" ON "launches" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("launches"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "launches_update" ON "launches" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("launches"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("launches"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "launches_delete" ON "launches" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("launches"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "events_read" ON "events" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "events_insert" ON "events" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "events_update" ON "events" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "events_delete" ON "events" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "webhook_inbox_read" ON "webhook_inbox" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("webhook_inbox"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "webhook_inbox_insert" ON "webhook_inbox" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("webhook_inbox"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "webhook_inbox_update" ON "webhook_inbox" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("webhook_inbox"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("webhook_inbox"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "webhook_inbox_delete" ON "webhook_inbox" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("webhook_inbox"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "audit_log_read" ON "audit_log" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("audit_log"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "audit_log_insert" ON "audit_log" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("audit_log"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "audit_log_update" ON "audit_log" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("audit_log"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("audit_log"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "audit_log_delete" ON "audit_log" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("audit_log"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "organization_users_read" ON "organization_users" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("organization_users"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organization_users_insert" ON "organization_users" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("organization_users"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "organization_users_update" ON "organization_users" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("organization_users"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("organization_users"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "organization_users_delete" ON "organization_users" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("organization_users"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "organizations_read" ON "organizations" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("organizations"."id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "organizations_insert" ON "organizations" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("organizations"."id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "organizations_update" ON "organizations" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("organizations"."id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system')) WITH CHECK ("organizations"."id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "consents_read" ON "consents" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("consents"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "consents_insert" ON "consents" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("consents"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "consents_update" ON "consents" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("consents"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("consents"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "consents_delete" ON "consents" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("consents"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_entries_read" ON "dnc_entries" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("dnc_entries"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "dnc_entries_insert" ON "dnc_entries" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("dnc_entries"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_entries_update" ON "dnc_entries" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("dnc_entries"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("dnc_entries"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "dnc_entries_delete" ON "dnc_entries" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("dnc_entries"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "import_members_read" ON "import_members" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("import_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "import_members_insert" ON "import_members" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("import_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "import_members_update" ON "import_members" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("import_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("import_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "import_members_delete" ON "import_members" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("import_members"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "imports_read" ON "imports" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("imports"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "imports_insert" ON "imports" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("imports"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "imports_update" ON "imports" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("imports"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("imports"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "imports_delete" ON "imports" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("imports"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "lead_blocks_read" ON "lead_blocks" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("lead_blocks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lead_blocks_insert" ON "lead_blocks" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("lead_blocks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "lead_blocks_update" ON "lead_blocks" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("lead_blocks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("lead_blocks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "lead_blocks_delete" ON "lead_blocks" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("lead_blocks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "leads_read" ON "leads" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("leads"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "leads_insert" ON "leads" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("leads"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "leads_update" ON "leads" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("leads"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("leads"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "leads_delete" ON "leads" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("leads"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "disposition_metrics_read" ON "disposition_metrics" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("disposition_metrics"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "disposition_metrics_insert" ON "disposition_metrics" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("disposition_metrics"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "disposition_metrics_update" ON "disposition_metrics" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("disposition_metrics"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("disposition_metrics"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "disposition_metrics_delete" ON "disposition_metrics" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("disposition_metrics"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "dispositions_read" ON "dispositions" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("dispositions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "dispositions_insert" ON "dispositions" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("dispositions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "dispositions_update" ON "dispositions" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("dispositions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("dispositions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "dispositions_delete" ON "dispositions" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("dispositions"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "pipeline_stages_read" ON "pipeline_stages" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("pipeline_stages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "pipeline_stages_insert" ON "pipeline_stages" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("pipeline_stages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "pipeline_stages_update" ON "pipeline_stages" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("pipeline_stages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("pipeline_stages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "pipeline_stages_delete" ON "pipeline_stages" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("pipeline_stages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "pipelines_read" ON "pipelines" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("pipelines"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "pipelines_insert" ON "pipelines" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("pipelines"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "pipelines_update" ON "pipelines" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("pipelines"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("pipelines"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "pipelines_delete" ON "pipelines" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("pipelines"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "stage_moves_read" ON "stage_moves" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("stage_moves"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "stage_moves_insert" ON "stage_moves" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("stage_moves"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "stage_moves_update" ON "stage_moves" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("stage_moves"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("stage_moves"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "stage_moves_delete" ON "stage_moves" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("stage_moves"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "callbacks_read" ON "callbacks" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("callbacks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "callbacks_insert" ON "callbacks" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("callbacks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "callbacks_update" ON "callbacks" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("callbacks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("callbacks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "callbacks_delete" ON "callbacks" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("callbacks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "journey_events_read" ON "journey_events" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "journey_events_insert" ON "journey_events" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "journey_events_update" ON "journey_events" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "journey_events_delete" ON "journey_events" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("journey_events"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "journeys_read" ON "journeys" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("journeys"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "journeys_insert" ON "journeys" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("journeys"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "journeys_update" ON "journeys" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("journeys"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("journeys"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "journeys_delete" ON "journeys" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("journeys"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "tasks_read" ON "tasks" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("tasks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tasks_insert" ON "tasks" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("tasks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "tasks_update" ON "tasks" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("tasks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("tasks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "tasks_delete" ON "tasks" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("tasks"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "call_logs_read" ON "call_logs" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("call_logs"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "call_logs_insert" ON "call_logs" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("call_logs"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "call_logs_update" ON "call_logs" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("call_logs"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("call_logs"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "call_logs_delete" ON "call_logs" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("call_logs"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "number_usage_read" ON "number_usage" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("number_usage"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "number_usage_insert" ON "number_usage" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("number_usage"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "number_usage_update" ON "number_usage" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("number_usage"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("number_usage"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "number_usage_delete" ON "number_usage" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("number_usage"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "phone_numbers_read" ON "phone_numbers" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("phone_numbers"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "phone_numbers_insert" ON "phone_numbers" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("phone_numbers"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "phone_numbers_update" ON "phone_numbers" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("phone_numbers"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("phone_numbers"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "phone_numbers_delete" ON "phone_numbers" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("phone_numbers"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY "sms_messages_read" ON "sms_messages" AS PERMISSIVE FOR SELECT TO "leadway_app" USING ("sms_messages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sms_messages_insert" ON "sms_messages" AS PERMISSIVE FOR INSERT TO "leadway_app" WITH CHECK ("sms_messages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'system'));--> statement-breakpoint
CREATE POLICY "sms_messages_update" ON "sms_messages" AS PERMISSIVE FOR UPDATE TO "leadway_app" USING ("sms_messages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system')) WITH CHECK ("sms_messages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'manager', 'agent', 'system'));--> statement-breakpoint
CREATE POLICY "sms_messages_delete" ON "sms_messages" AS PERMISSIVE FOR DELETE TO "leadway_app" USING ("sms_messages"."organization_id" = (select nullif(current_setting('app.organization_id', true), '')::uuid) and (select current_setting('app.role', true)) in ('owner', 'admin', 'system'));