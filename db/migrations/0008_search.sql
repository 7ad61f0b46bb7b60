CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
-- Whom the search function acts as. Nobody logs in as it and nobody is a member of it but the schema's owner.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadway_search') THEN
    CREATE ROLE leadway_search NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
END
$$;
--> statement-breakpoint
DO $$ BEGIN EXECUTE format('GRANT leadway_search TO %I', current_user); END $$;
--> statement-breakpoint
-- A text as it is searched: small letters without accents. Most texts have none, and are not taken apart.
CREATE FUNCTION search_form(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  IF octet_length(value) = char_length(value) THEN
    RETURN lower(value);
  END IF;
  RETURN translate(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')), 'øłđħı', 'oldhi');
END
$$;
--> statement-breakpoint
ALTER TABLE "leads" drop column "search_text";--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "search_text" text GENERATED ALWAYS AS (search_form(' ' || first_name || ' ' || last_name || ' ' || coalesce(company, '') || ' ' || coalesce(email, '') || ' ' || phone || ' ')) STORED;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "name_key" text GENERATED ALWAYS AS (left(search_form(last_name || ' ' || first_name), 100)) STORED;--> statement-breakpoint
CREATE INDEX "leads_by_name" ON "leads" USING btree ("organization_id","name_key","id");--> statement-breakpoint
CREATE INDEX "leads_search" ON "leads" USING gin ("organization_id" uuid_ops,"search_text" gin_trgm_ops) WITH (fastupdate=true);--> statement-breakpoint
CREATE POLICY "leads_search" ON "leads" AS PERMISSIVE FOR SELECT TO "leadway_search" USING (true);--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO leadway_search;--> statement-breakpoint
GRANT SELECT (organization_id, id, search_text, deleted_at) ON leads TO leadway_search;--> statement-breakpoint
-- What each word of a search asks of search_text, as patterns of LIKE: it holds the word; one of two letters or fewer
-- begins a word of it; a number's digits stand together, however they were typed.
CREATE FUNCTION search_patterns(query text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  form text := btrim(search_form(query));
  patterns text[] := '{}';
  word text;
  digits text;
BEGIN
  IF form ~ '^[\d\s()+./-]+$' THEN
    form := regexp_replace(form, '\D', '', 'g');
  END IF;
  FOREACH word IN ARRAY (regexp_split_to_array(form, '\s+'))[1:8] LOOP
    CONTINUE WHEN word = '';
    digits := regexp_replace(word, '\D', '', 'g');
    IF length(digits) >= 3 AND word ~ '^[\d()+./-]+$' THEN
      patterns := patterns || ('%' || digits || '%');
    ELSE
      patterns := patterns || (CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END
        || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%');
    END IF;
  END LOOP;
  RETURN patterns;
END
$$;
--> statement-breakpoint
-- The leads of the organisation in app.organization_id that somebody means by what they typed, best first, at most `most`
-- (null = all of them). Those that hold every word; only when nobody does, the 200 that hold words most like them: a slip
-- of one letter in each, or for a single word similar trigrams. It acts as leadway_search, for whom the trigram index may be used
-- before the policy, since LIKE and similarity are not leakproof; so it asks for the organisation itself, first.
CREATE FUNCTION find_leads(query text, most integer DEFAULT NULL) RETURNS TABLE (lead_id uuid, rank integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 200
SET search_path = public, pg_temp
AS $$
DECLARE
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  patterns text[] := search_patterns(query);
  mine text := format('l.organization_id = %L AND l.deleted_at IS NULL', organization);
  pattern text;
  word text;
  slips text[];
  whole text[];
  likeness text;
  half integer;
  conditions text := '';
  score text := '0';
BEGIN
  IF organization IS NULL OR cardinality(patterns) = 0 THEN
    RETURN;
  END IF;
  FOREACH pattern IN ARRAY patterns LOOP
    word := regexp_replace(btrim(pattern, '% '), '\\([\\%_])', '\1', 'g');
    conditions := conditions || format(' AND l.search_text LIKE %L', pattern);
    -- A whole word is better than the beginning of one, and that better than its middle.
    score := score || format(' + CASE WHEN strpos(l.search_text, %L) > 0 THEN 3 WHEN strpos(l.search_text, %L) > 0 THEN 2 ELSE 1 END',
      ' ' || word || ' ', ' ' || word);
  END LOOP;
  RETURN QUERY EXECUTE format(
    'SELECT f.id, f.rank FROM (SELECT l.id, %s AS rank FROM leads l WHERE %s%s LIMIT %L) f ORDER BY f.rank DESC',
    score, mine, conditions, most);
  IF FOUND THEN
    RETURN;
  END IF;

  conditions := '';
  score := '0';
  FOREACH word IN ARRAY (regexp_split_to_array(search_form(query), '[^[:alnum:]]+'))[1:12] LOOP
    CONTINUE WHEN length(word) < 3;
    IF word ~ '^\d+$' THEN
      conditions := conditions || format(' AND l.search_text LIKE %L', '%' || word || '%');
      CONTINUE;
    END IF;
    -- Two letters exchanged, one missing, one that is another, one too many. Of short words only what leaves three letters
    -- in a row: other patterns would read half of the index.
    SELECT array_agg('% ' || slip || '%'), array_agg('% ' || slip || ' %') INTO slips, whole
      FROM generate_series(1, least(length(word), 20)) AS n,
        unnest(ARRAY[left(word, n - 1) || substr(word, n + 1, 1) || substr(word, n, 1) || substr(word, n + 2),
          CASE WHEN n > CASE WHEN length(word) < 5 THEN 2 ELSE 1 END THEN left(word, n - 1) || '_' || substr(word, n) END,
          CASE WHEN length(word) > 4 AND n > 1 THEN left(word, n - 1) || '_' || substr(word, n + 1) END,
          CASE WHEN length(word) > 4 THEN left(word, n - 1) || substr(word, n + 1) END]) AS slip
      WHERE slip IS NOT NULL;
    likeness := format('CASE WHEN l.search_text LIKE ANY (%L::text[]) THEN 0.9 WHEN l.search_text LIKE ANY (%L::text[]) THEN 0.8 ELSE 0 END',
      whole, slips);
    IF length(word) < 5 THEN
      conditions := conditions || format(' AND l.search_text LIKE ANY (%L::text[])', slips);
      score := score || ' + ' || likeness;
    ELSE
      -- One slip leaves one half of the word as it is, or exchanges the two letters between them: three patterns for the
      -- index, and whom they find is looked at closely. Similarity is dear, and asked for a single word only.
      half := length(word) / 2;
      IF cardinality(patterns) = 1 THEN
        likeness := replace(likeness, 'ELSE 0', format('WHEN word_similarity(%1$L, l.search_text) >= 0.5 THEN 0.5 ELSE 0', word));
      END IF;
      conditions := conditions || format(' AND l.search_text LIKE ANY (%L::text[]) AND (%s) > 0',
        ARRAY['% ' || left(word, half) || '%', '%' || substr(word, half + 1) || ' %',
          '% ' || left(word, half - 1) || substr(word, half + 1, 1) || substr(word, half, 1) || substr(word, half + 2) || '%'], likeness);
      score := score || ' + ' || likeness;
    END IF;
  END LOOP;
  IF score <> '0' THEN
    RETURN QUERY EXECUTE format(
      'SELECT l.id, (1000 * (%s))::int AS rank FROM (SELECT l.id, l.search_text FROM leads l WHERE %s%s LIMIT 2000) l ORDER BY 2 DESC, 1 LIMIT least(%L, 200)',
      score, mine, conditions, most);
  END IF;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION find_leads(text, integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION find_leads(text, integer) TO leadway_app;--> statement-breakpoint
-- A new owner must be allowed to make things where its function stands, for as long as it takes.
GRANT CREATE ON SCHEMA public TO leadway_search;--> statement-breakpoint
ALTER FUNCTION find_leads(text, integer) OWNER TO leadway_search;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM leadway_search;
