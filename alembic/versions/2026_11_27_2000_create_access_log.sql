CREATE TABLE access_records (
  number BIGINT NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  duration_us BIGINT NOT NULL,
  caller TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation_number TEXT,
  purposes TEXT[] NOT NULL,
  operation TEXT,
  fields TEXT[] NOT NULL,
  persons BIGINT[] NOT NULL,
  outcome TEXT NOT NULL,
  request_id TEXT,
  hash BYTEA NOT NULL,
  CONSTRAINT access_records_pkey PRIMARY KEY (number),
  CONSTRAINT access_records_outcome_check CHECK (outcome IN ('answered', 'refused', 'failed')),
  CONSTRAINT access_records_named_check CHECK (caller <> '' AND role <> '')
);
CREATE INDEX access_records_persons_idx ON access_records USING gin (persons) WITH (fastupdate = off);
CREATE INDEX access_records_caller_number_idx ON access_records (caller, number);
CREATE INDEX access_records_asked_at_idx ON access_records (asked_at);
COMMENT ON TABLE access_records IS
  'The access log: who asked about which patients, and why. Append-only, dense, hash-chained.';
COMMENT ON COLUMN access_records.number IS '1, 2, 3 … in order of commit, without gaps.';
COMMENT ON COLUMN access_records.asked_at IS 'When the operation came in.';
COMMENT ON COLUMN access_records.duration_us IS
  'Microseconds from there until the answer was made, the record''s own writing not counted.';
COMMENT ON COLUMN access_records.caller IS 'Who asked; never a national id.';
COMMENT ON COLUMN access_records.role IS 'What the caller is.';
COMMENT ON COLUMN access_records.organisation_number IS 'For whom the caller asked; null = nobody named.';
COMMENT ON COLUMN access_records.purposes IS 'Why: every purpose stated.';
COMMENT ON COLUMN access_records.operation IS 'Name of the operation; null = it has none.';
COMMENT ON COLUMN access_records.fields IS 'Fields about patients it names, as Type.field.';
COMMENT ON COLUMN access_records.persons IS
  'Persons whose rows were read for it, by our own number; shown or not.';
COMMENT ON COLUMN access_records.outcome IS 'answered, refused or failed.';
COMMENT ON COLUMN access_records.request_id IS 'X-Request-Id, as in the answer and in technical logs.';
COMMENT ON COLUMN access_records.hash IS 'sha256(hash of the previous record, this record).';

CREATE FUNCTION hash_of_access_record(previous bytea, record access_records) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(previous || convert_to(jsonb_build_array(
    record.number, to_char(record.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), record.duration_us,
    record.caller, record.role, record.organisation_number, record.purposes, record.operation, record.fields,
    record.persons, record.outcome, record.request_id)::text, 'UTF8'))
$$;
-- 7265677: key of the advisory lock that makes writers of the access log take turns
CREATE FUNCTION chain_access_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest access_records;
BEGIN
  -- held until the transaction ends: numbers appear in the order of commit
  PERFORM pg_advisory_xact_lock(7265677);
  SELECT * INTO newest FROM access_records ORDER BY number DESC LIMIT 1;
  NEW.number := coalesce(newest.number, 0) + 1;
  NEW.hash := hash_of_access_record(coalesce(newest.hash, ''::bytea), NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER access_records_are_chained BEFORE INSERT ON access_records
FOR EACH ROW EXECUTE FUNCTION chain_access_record();

CREATE FUNCTION refuse_change_of_access_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'records of the access log are append-only';
END $$;
CREATE TRIGGER access_records_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON access_records
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_access_records();

CREATE FUNCTION broken_link_of_access_log() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT min(number) FROM (
    SELECT r.number, r.number = row_number() OVER log
           AND r.hash = hash_of_access_record(coalesce(lag(r.hash) OVER log, ''::bytea), r) AS sound
    FROM access_records r WINDOW log AS (ORDER BY r.number)) AS links
  WHERE NOT sound
$$;
