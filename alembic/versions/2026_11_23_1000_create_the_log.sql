CREATE FUNCTION hash_of_entry(previous bytea, entry entries) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(previous || convert_to(jsonb_build_array(
    entry.number, to_char(entry.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    entry.register, entry.key, entry.action, entry.caller, entry.reason)::text, 'UTF8'))
$$;
-- 7265676: key of the advisory lock that makes writers of the log take turns
CREATE FUNCTION chain_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest entries;
BEGIN
  -- held until the transaction ends: numbers appear in the order of commit
  PERFORM pg_advisory_xact_lock(7265676);
  SELECT * INTO newest FROM entries ORDER BY number DESC LIMIT 1;
  NEW.number := coalesce(newest.number, 0) + 1;
  NEW.recorded_at := greatest(clock_timestamp(), newest.recorded_at);
  NEW.transaction := pg_current_xact_id()::text::bigint;
  NEW.hash := hash_of_entry(coalesce(newest.hash, ''::bytea), NEW);
  PERFORM set_config('registers.entry', NEW.number::text, true);
  RETURN NEW;
END $$;
CREATE TRIGGER entries_are_chained BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION chain_entry();

CREATE FUNCTION refuse_change_of_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the log are append-only: a correction is a new entry';
END $$;
CREATE TRIGGER entries_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_entries();

CREATE FUNCTION broken_link_of_log() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT min(number) FROM (
    SELECT e.number, e.number = row_number() OVER log
           AND e.hash = hash_of_entry(coalesce(lag(e.hash) OVER log, ''::bytea), e) AS sound
    FROM entries e WINDOW log AS (ORDER BY e.number)) AS links
  WHERE NOT sound
$$;

CREATE FUNCTION current_entry() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('registers.entry', true), '')::bigint
$$;
CREATE FUNCTION is_entry_of_this_transaction(entry bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM entries
    WHERE number = entry AND transaction = pg_current_xact_id_if_assigned()::text::bigint)
$$;
CREATE FUNCTION require_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION '% keeps its versions: delete rows under an entry instead', TG_TABLE_NAME;
  END IF;
  IF is_entry_of_this_transaction(current_entry()) IS NOT TRUE THEN
    RAISE EXCEPTION 'a change of % needs an entry in the log: insert into entries first', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION require_own_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first_entry bigint; last_entry bigint;
BEGIN
  SELECT min(since_entry), max(since_entry) INTO first_entry, last_entry FROM changed;
  IF first_entry IS NOT NULL AND NOT (is_entry_of_this_transaction(first_entry)
                                      AND is_entry_of_this_transaction(last_entry)) THEN
    RAISE EXCEPTION 'since_entry of % must be an entry of the same transaction', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE until_entry bigint := current_entry();
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.since_entry = OLD.since_entry THEN NEW.since_entry := until_entry; END IF;
    until_entry := NEW.since_entry;
  END IF;
  IF OLD.since_entry < until_entry THEN
    EXECUTE format('INSERT INTO %I SELECT $1, ($2).*', TG_TABLE_NAME || '_history') USING until_entry, OLD;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is written by the database alone', TG_TABLE_NAME;
END $$;
CREATE PROCEDURE keep_versions_of(kept text) LANGUAGE plpgsql AS $$
DECLARE
  twin text := kept || '_history';
  key text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
               WHERE attrelid = kept::regclass AND attnum = ANY (
                 SELECT unnest(conkey) FROM pg_constraint WHERE conrelid = kept::regclass AND contype = 'p'));
BEGIN
  -- until_entry first: a column added to both tables later then lands at the same place in both
  EXECUTE format('CREATE TABLE %I (until_entry bigint NOT NULL, LIKE %I INCLUDING COMMENTS)', twin, kept);
  EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I PRIMARY KEY (until_entry, %s)', twin, twin || '_pkey', key);
  EXECUTE format('COMMENT ON TABLE %I IS %L', twin,
    format('Earlier versions of %s: known from since_entry until until_entry.', kept));
  EXECUTE format('CREATE TRIGGER change_has_entry BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                  FOR EACH STATEMENT EXECUTE FUNCTION require_entry()', kept);
  EXECUTE format('CREATE TRIGGER insert_has_own_entry AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
                  FOR EACH STATEMENT EXECUTE FUNCTION require_own_entries()', kept);
  EXECUTE format('CREATE TRIGGER update_has_own_entry AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
                  FOR EACH STATEMENT EXECUTE FUNCTION require_own_entries()', kept);
  EXECUTE format('CREATE TRIGGER version_is_kept BEFORE UPDATE OR DELETE ON %I
                  FOR EACH ROW EXECUTE FUNCTION keep_version()', kept);
  EXECUTE format('CREATE TRIGGER history_is_immutable BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
                  ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()', twin);
END $$;
