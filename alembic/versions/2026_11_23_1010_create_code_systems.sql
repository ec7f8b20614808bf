CREATE TABLE code_systems (
  system TEXT NOT NULL,
  oid TEXT,
  name TEXT NOT NULL,
  complete BOOLEAN NOT NULL,
  source TEXT,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT code_systems_pkey PRIMARY KEY (system),
  CONSTRAINT code_systems_system_check CHECK (system <> '' AND position('/' IN system) = 0),
  CONSTRAINT code_systems_oid_key UNIQUE (oid)
);
COMMENT ON TABLE code_systems IS 'National code systems.';
COMMENT ON COLUMN code_systems.system IS 'Last arc of the Volven OID (9060), or a name outside Volven.';
COMMENT ON COLUMN code_systems.oid IS 'Full OID; null outside Volven.';
COMMENT ON COLUMN code_systems.name IS 'Norwegian name.';
COMMENT ON COLUMN code_systems.complete IS 'Every national value is held: an unknown one is refused, from files too.';
COMMENT ON COLUMN code_systems.source IS 'Where the values were read.';
COMMENT ON COLUMN code_systems.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE codes (
  key TEXT NOT NULL,
  system TEXT NOT NULL,
  value TEXT NOT NULL,
  display TEXT NOT NULL,
  description TEXT,
  valid_from DATE,
  valid_to DATE,
  active BOOLEAN NOT NULL,
  confirmed BOOLEAN NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT codes_pkey PRIMARY KEY (key),
  CONSTRAINT codes_key_check CHECK (key = system || '/' || value AND value <> ''),
  CONSTRAINT codes_period_not_empty_check CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT codes_system_fkey FOREIGN KEY(system) REFERENCES code_systems (system)
);
CREATE INDEX codes_system_idx ON codes (system);
COMMENT ON TABLE codes IS 'Values of the national code systems.';
COMMENT ON COLUMN codes.key IS '<system>/<value>.';
COMMENT ON COLUMN codes.value IS 'Opaque: ''05'' and ''5'' are two values.';
COMMENT ON COLUMN codes.display IS 'Norwegian display text.';
COMMENT ON COLUMN codes.valid_from IS 'Null = since the system exists.';
COMMENT ON COLUMN codes.valid_to IS 'Exclusive; null = open.';
COMMENT ON COLUMN codes.active IS 'False = retired: not on new records.';
COMMENT ON COLUMN codes.confirmed IS 'False = taken from an import or inferred, not read in the national list.';
COMMENT ON COLUMN codes.since_entry IS 'Entry of the log that made this version of the row.';
