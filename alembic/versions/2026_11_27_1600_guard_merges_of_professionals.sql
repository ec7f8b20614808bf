-- What NEW says may be out of date at the commit: the way is read from the table alone. UNION ends it where it has been.
CREATE FUNCTION refuse_circle_of_health_professionals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE way(number) AS (
      SELECT replaced_by FROM health_professionals WHERE hpr_number = NEW.hpr_number
      UNION
      SELECT next.replaced_by FROM health_professionals next JOIN way ON next.hpr_number = way.number
    )
    SELECT FROM way WHERE number = NEW.hpr_number
  ) THEN
    RAISE EXCEPTION 'HPR number % would be replaced by itself, directly or through others', NEW.hpr_number
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME, CONSTRAINT = 'health_professionals_no_circle';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER health_professionals_no_circle AFTER INSERT OR UPDATE OF hpr_number, replaced_by
ON health_professionals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.replaced_by IS NOT NULL)
EXECUTE FUNCTION refuse_circle_of_health_professionals();

CREATE FUNCTION refuse_second_authorisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.hpr_number, OLD.profession, OLD.kind) = (NEW.hpr_number, NEW.profession, NEW.kind)
     AND OLD.ended_status IS NULL AND tstzrange(OLD.valid_from, OLD.valid_to) @> tstzrange(NEW.valid_from, NEW.valid_to)
  THEN
    RETURN NULL;  -- nothing wider than it was: what files have brought may stay, and get shorter
  END IF;
  IF EXISTS (
    SELECT FROM authorisations other
    WHERE other.hpr_number = NEW.hpr_number AND other.profession = NEW.profession AND other.kind = NEW.kind
      AND other.ended_status IS NULL AND other.id <> NEW.id
      AND tstzrange(other.valid_from, other.valid_to) && tstzrange(NEW.valid_from, NEW.valid_to)
  ) THEN
    RAISE EXCEPTION 'HPR number % would have two authorisations in one profession', NEW.hpr_number
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME, CONSTRAINT = 'authorisations_one_at_a_time';
  END IF;
  RETURN NULL;
END $$;
-- asked here and not in the function, where PostgreSQL looks for the other one first: 6 ms for each row of a bulk load
CREATE TRIGGER one_at_a_time AFTER INSERT OR UPDATE ON authorisations FOR EACH ROW
WHEN (NEW.kind = '7704/1' AND NEW.ended_status IS NULL AND current_setting('registers.edit', true) = 'on')
EXECUTE FUNCTION refuse_second_authorisation();
