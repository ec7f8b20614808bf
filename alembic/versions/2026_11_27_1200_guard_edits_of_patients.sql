CREATE FUNCTION longest_of_list(contract bigint, since timestamptz, until timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  WITH places AS (
    SELECT valid_from, valid_to FROM patient_associations
    WHERE contract_id = contract AND valid_from < until AND (valid_to IS NULL OR valid_to > since)),
  steps AS (
    SELECT greatest(valid_from, since) AS moment, 1 AS step FROM places
    UNION ALL SELECT valid_to, -1 FROM places WHERE valid_to < until)
  SELECT coalesce(max(patients), 0)::bigint FROM (
    SELECT sum(sum(step)) OVER (ORDER BY moment) AS patients FROM steps GROUP BY moment) AS lengths
$$;

CREATE FUNCTION require_room(contracts bigint[], sinces timestamptz[], untils timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE full_list bigint;
BEGIN
  PERFORM FROM gp_contracts WHERE id = ANY (contracts) ORDER BY id FOR NO KEY UPDATE;
  SELECT id INTO full_list FROM unnest(contracts, sinces, untils) AS grown (contract, since, until)
    JOIN gp_contracts ON id = contract
    WHERE longest_of_list(contract, since, until) > max_patients ORDER BY id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'list % would hold more patients than its ceiling', full_list
      USING ERRCODE = '23514', TABLE = 'patient_associations', CONSTRAINT = 'patient_associations_within_ceiling';
  END IF;
END $$;

CREATE FUNCTION require_room_for_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('registers.edit', true) = 'on' THEN
    PERFORM require_room(array_agg(contract_id), array_agg(since), array_agg(until)) FROM (
      SELECT contract_id, min(valid_from) AS since, max(coalesce(valid_to, 'infinity')) AS until
      FROM changed GROUP BY contract_id) AS grown;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER insert_has_room AFTER INSERT ON patient_associations REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION require_room_for_inserted();

CREATE FUNCTION require_room_for_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('registers.edit', true) = 'on' THEN
    PERFORM require_room(array_agg(contract_id), array_agg(since), array_agg(until)) FROM (
      SELECT contract_id, min(changed.valid_from) AS since, max(coalesce(changed.valid_to, 'infinity')) AS until
      FROM changed JOIN former USING (id, contract_id)
      WHERE changed.valid_from < former.valid_from
         OR coalesce(changed.valid_to, 'infinity') > coalesce(former.valid_to, 'infinity')
      GROUP BY contract_id
      UNION ALL
      SELECT changed.contract_id, min(changed.valid_from), max(coalesce(changed.valid_to, 'infinity'))
      FROM changed JOIN former USING (id)
      WHERE changed.contract_id <> former.contract_id
      GROUP BY changed.contract_id) AS grown;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER update_has_room AFTER UPDATE ON patient_associations
REFERENCING NEW TABLE AS changed OLD TABLE AS former
FOR EACH STATEMENT EXECUTE FUNCTION require_room_for_updated();

CREATE TABLE digest_keys (
  key BYTEA NOT NULL,
  CONSTRAINT digest_keys_pkey PRIMARY KEY (key)
);
COMMENT ON TABLE digest_keys IS 'The key of digests of texts that may hold a national id; one row.';
INSERT INTO digest_keys VALUES (sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid()), 'UTF8')));
COMMENT ON COLUMN idempotency_keys.request IS 'Keyed digest of the operation and its arguments.';
COMMENT ON COLUMN source_records.digest IS 'Keyed digest of its normalised form.';
