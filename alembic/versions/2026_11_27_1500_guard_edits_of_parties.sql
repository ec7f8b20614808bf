CREATE FUNCTION require_one_in_use(new communication_parties) RETURNS void LANGUAGE plpgsql AS $$
DECLARE number text; other integer;
BEGIN
  SELECT organisation_number INTO number FROM communication_parties WHERE her_id = new.parent_her_id;
  PERFORM FROM communication_parties
    WHERE her_id = new.parent_her_id OR (kind = 'ORGANISATION' AND organisation_number = number)
    ORDER BY her_id FOR NO KEY UPDATE;
  SELECT party.her_id INTO other FROM communication_parties party
    JOIN communication_parties above ON above.her_id = party.parent_her_id
    WHERE (above.her_id = new.parent_her_id OR above.organisation_number = number)
      AND party.her_id <> new.her_id AND party.active
      AND tstzrange(party.valid_from, party.valid_to) && tstzrange(new.valid_from, new.valid_to)
      AND (party.hpr_number = new.hpr_number
        OR (party.service_type IN ('8666/KX17', '8655/KX17') AND new.service_type IN ('8666/KX17', '8655/KX17')))
    ORDER BY party.her_id LIMIT 1;
  IF NOT FOUND THEN
    RETURN;
  ELSIF new.hpr_number IS NOT NULL THEN
    RAISE EXCEPTION 'HER-id % is the professional''s party at the same organisation', other
      USING ERRCODE = '23514', TABLE = 'communication_parties',
            CONSTRAINT = 'communication_parties_one_of_a_professional';
  ELSE
    RAISE EXCEPTION 'HER-id % is the service for vacant lists at the same organisation', other
      USING ERRCODE = '23514', TABLE = 'communication_parties',
            CONSTRAINT = 'communication_parties_one_vacant_list_service';
  END IF;
END $$;

CREATE FUNCTION require_one_in_use_when_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('registers.edit', true) = 'on' THEN
    PERFORM require_one_in_use(NEW);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION require_one_in_use_below() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE party communication_parties;
BEGIN
  IF current_setting('registers.edit', true) = 'on' THEN
    FOR party IN SELECT * FROM communication_parties WHERE parent_her_id = NEW.her_id AND active
      AND (hpr_number IS NOT NULL OR service_type IN ('8666/KX17', '8655/KX17')) ORDER BY her_id
    LOOP
      PERFORM require_one_in_use(party);
    END LOOP;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER insert_one_in_use AFTER INSERT ON communication_parties FOR EACH ROW
WHEN (NEW.active AND (NEW.hpr_number IS NOT NULL OR NEW.service_type IN ('8666/KX17', '8655/KX17')))
EXECUTE FUNCTION require_one_in_use_when_edited();

CREATE TRIGGER update_one_in_use AFTER UPDATE ON communication_parties FOR EACH ROW
WHEN (NEW.active AND (NEW.hpr_number IS NOT NULL OR NEW.service_type IN ('8666/KX17', '8655/KX17'))
  AND (NOT OLD.active
    OR NEW.valid_from < OLD.valid_from
    OR coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity')
    OR NEW.hpr_number IS DISTINCT FROM OLD.hpr_number
    OR NEW.service_type IS DISTINCT FROM OLD.service_type
    OR NEW.parent_her_id IS DISTINCT FROM OLD.parent_her_id))
EXECUTE FUNCTION require_one_in_use_when_edited();

CREATE TRIGGER number_one_in_use AFTER UPDATE ON communication_parties FOR EACH ROW
WHEN (NEW.kind = 'ORGANISATION' AND NEW.organisation_number IS DISTINCT FROM OLD.organisation_number)
EXECUTE FUNCTION require_one_in_use_below();
