CREATE FUNCTION refuse_own_municipality() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'gp_contracts' THEN
    PERFORM FROM coop_municipalities WHERE contract_id = NEW.id AND municipality = NEW.municipality;
  ELSE
    PERFORM FROM gp_contracts WHERE id = NEW.contract_id AND municipality = NEW.municipality;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'the own municipality of a contract does not co-operate on it'
      USING ERRCODE = '23514', TABLE = 'coop_municipalities', CONSTRAINT = 'coop_municipalities_not_own_check';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER own_municipality_is_none AFTER INSERT OR UPDATE ON coop_municipalities
FOR EACH ROW EXECUTE FUNCTION refuse_own_municipality();
CREATE TRIGGER own_municipality_is_none AFTER UPDATE OF municipality ON gp_contracts
FOR EACH ROW EXECUTE FUNCTION refuse_own_municipality();

ALTER TABLE doctor_cycles ADD CONSTRAINT doctor_cycles_days_named_once_check CHECK (
  (0 = ANY (working_on_days))::int + (1 = ANY (working_on_days))::int + (2 = ANY (working_on_days))::int
  + (3 = ANY (working_on_days))::int + (4 = ANY (working_on_days))::int + (5 = ANY (working_on_days))::int
  + (6 = ANY (working_on_days))::int = cardinality(working_on_days));

CREATE FUNCTION gps_of_list(cycle doctor_cycles) RETURNS SETOF doctor_cycles LANGUAGE sql STABLE AS $$
  SELECT gp FROM doctor_cycles gp
  WHERE gp.contract_id = cycle.contract_id AND gp.id <> cycle.id AND gp.relationship = '7750/LPFL'
    AND tstzrange(gp.valid_from, gp.valid_to) && tstzrange(cycle.valid_from, cycle.valid_to)
$$;
CREATE FUNCTION refuse_doctors_who_clash() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.contract_id = OLD.contract_id AND NEW.relationship = OLD.relationship
     AND NEW.substitute_for IS NOT DISTINCT FROM OLD.substitute_for
     AND tstzrange(NEW.valid_from, NEW.valid_to) <@ tstzrange(OLD.valid_from, OLD.valid_to) THEN
    RETURN NULL;
  END IF;
  IF NEW.relationship = '7750/LPFL' THEN
    IF NOT (SELECT common_list FROM gp_contracts WHERE id = NEW.contract_id)
       AND EXISTS (SELECT FROM gps_of_list(NEW)) THEN
      broken := 'doctor_cycles_one_gp_at_a_time';
    END IF;
  ELSIF NEW.relationship = '7750/LPVI' AND NEW.substitute_for IS NULL THEN
    IF EXISTS (SELECT FROM gps_of_list(NEW)) THEN
      broken := 'doctor_cycles_substitute_says_for_whom';
    END IF;
  ELSIF NEW.relationship = '7750/LPVI' THEN
    IF NOT EXISTS (SELECT FROM gps_of_list(NEW) gp WHERE gp.hpr_number = NEW.substitute_for) THEN
      broken := 'doctor_cycles_substitute_for_a_gp';
    END IF;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'doctors of list % clash: %', NEW.contract_id, broken
      USING ERRCODE = '23514', TABLE = 'doctor_cycles', CONSTRAINT = broken;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER doctors_do_not_clash AFTER INSERT OR UPDATE ON doctor_cycles
FOR EACH ROW WHEN (current_setting('registers.edit', true) = 'on') EXECUTE FUNCTION refuse_doctors_who_clash();

CREATE FUNCTION refuse_end_with_patients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM gp_contracts JOIN patient_associations place ON place.contract_id = gp_contracts.id
  WHERE gp_contracts.id = NEW.id AND (place.valid_to IS NULL OR place.valid_to > gp_contracts.valid_to);
  IF FOUND THEN
    RAISE EXCEPTION 'contract % ends while patients are on its list', NEW.id
      USING ERRCODE = '23514', TABLE = 'gp_contracts', CONSTRAINT = 'gp_contracts_ends_without_patients';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ends_without_patients AFTER UPDATE OF valid_to ON gp_contracts DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.valid_to IS NOT NULL AND current_setting('registers.edit', true) = 'on')
EXECUTE FUNCTION refuse_end_with_patients();
