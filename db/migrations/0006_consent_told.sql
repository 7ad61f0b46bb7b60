ALTER TABLE "consents" ADD COLUMN "repeats" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "dnc_entries_by_list" ON "dnc_entries" USING btree ("organization_id","list","phone");--> statement-breakpoint
-- An opt-out that came by no text of the person (a refused request, a person's entry) ends journeys too, and whoever
-- writes it may die right after: the inbox hears of it in the same transaction.
CREATE FUNCTION tell_of_opt_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_inbox (organization_id, kind, dedupe_key, payload)
  VALUES (NEW.organization_id, 'opt-out', NEW.id::text, jsonb_build_object('consentId', NEW.id));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER consents_told AFTER INSERT ON consents FOR EACH ROW
WHEN (NEW.kind = 'opt_out' AND NEW.message_id IS NULL) EXECUTE FUNCTION tell_of_opt_out();
