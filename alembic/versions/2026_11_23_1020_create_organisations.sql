CREATE FUNCTION fold(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT trim(regexp_replace(replace(replace(replace(
    translate(lower(name), 'æäøöåéèêëáàâüñçčđŋšŧžíìóòôúùý', 'aaooaeeeeaaauncc' || 'dnstziiooouuy'),
    'aa', 'a'), 'ae', 'a'), 'oe', 'o'), '[^a-z0-9]+', ' ', 'g'))
$$;
COMMENT ON FUNCTION fold IS 'For search: small letters, æ ø å and their other spellings made one, the rest blanks.';
CREATE FUNCTION norwegian_order(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT translate(replace(lower(name), 'aa', 'å'), 'æäøöåéèêáàüñç', '{{||}eeeaaync')
$$;
COMMENT ON FUNCTION norwegian_order IS 'Sorts by code point as Norwegian does: a … z æ ø å, aa being å.';
CREATE TABLE organisations (
  organisation_number TEXT NOT NULL,
  check_digit_holds BOOLEAN NOT NULL,
  reference_only BOOLEAN NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT,
  parent_number TEXT,
  form TEXT,
  sector TEXT,
  municipality TEXT,
  employees INTEGER,
  homepage TEXT,
  language_form TEXT,
  registered_on DATE,
  founded_on DATE,
  started_on DATE,
  bankrupt BOOLEAN,
  being_wound_up BOOLEAN,
  being_dissolved_by_force BOOLEAN,
  opening_hours_text TEXT,
  search_name TEXT GENERATED ALWAYS AS (fold(name || ' ' || coalesce(display_name, ''))) STORED NOT NULL,
  sort_name TEXT COLLATE "C" GENERATED ALWAYS AS (norwegian_order(coalesce(display_name, name))) STORED NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT organisations_pkey PRIMARY KEY (organisation_number),
  CONSTRAINT organisations_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT organisations_nine_digits_check CHECK (organisation_number ~ '^[0-9]{9}$'),
  CONSTRAINT organisations_names_not_empty_check CHECK (name <> '' AND display_name <> ''),
  CONSTRAINT organisations_not_own_parent_check CHECK (parent_number <> organisation_number),
  CONSTRAINT organisations_form_system_check CHECK (form LIKE 'organisasjonsform/%'),
  CONSTRAINT organisations_sector_system_check CHECK (sector LIKE 'institusjonell_sektorkode/%'),
  CONSTRAINT organisations_municipality_system_check CHECK (municipality LIKE '3402/%'),
  CONSTRAINT organisations_parent_number_fkey FOREIGN KEY(parent_number) REFERENCES organisations (organisation_number),
  CONSTRAINT organisations_form_fkey FOREIGN KEY(form) REFERENCES codes (key),
  CONSTRAINT organisations_sector_fkey FOREIGN KEY(sector) REFERENCES codes (key),
  CONSTRAINT organisations_municipality_fkey FOREIGN KEY(municipality) REFERENCES codes (key)
);
CREATE INDEX organisations_municipality_idx ON organisations (municipality);
CREATE INDEX organisations_parent_number_idx ON organisations (parent_number);
CREATE INDEX organisations_search_name_prefix_idx ON organisations (search_name text_pattern_ops);
CREATE INDEX organisations_search_name_trgm_idx ON organisations USING gin (search_name gin_trgm_ops);
CREATE INDEX organisations_sort_name_organisation_number_idx ON organisations (sort_name, organisation_number);
COMMENT ON TABLE organisations IS 'Main units and sub-units of Enhetsregisteret.';
COMMENT ON COLUMN organisations.check_digit_holds IS 'False = kept from a source although modulus 11 fails.';
COMMENT ON COLUMN organisations.reference_only IS 'True = known only because another record points at it.';
COMMENT ON COLUMN organisations.kind IS 'enhet, underenhet or unknown.';
COMMENT ON COLUMN organisations.name IS 'Legal name; the number while only referred to.';
COMMENT ON COLUMN organisations.display_name IS 'Addition of BEDREG, 150 characters.';
COMMENT ON COLUMN organisations.parent_number IS 'overordnetEnhet; null for a main unit.';
COMMENT ON COLUMN organisations.form IS 'organisasjonsform.';
COMMENT ON COLUMN organisations.sector IS 'institusjonell sektorkode.';
COMMENT ON COLUMN organisations.municipality IS 'Municipality (3402) of the business or location address.';
COMMENT ON COLUMN organisations.employees IS 'antallAnsatte, persons.';
COMMENT ON COLUMN organisations.language_form IS 'maalform.';
COMMENT ON COLUMN organisations.registered_on IS 'In Enhetsregisteret.';
COMMENT ON COLUMN organisations.founded_on IS 'stiftelsesdato.';
COMMENT ON COLUMN organisations.started_on IS 'oppstartsdato of a sub-unit.';
COMMENT ON COLUMN organisations.bankrupt IS 'konkurs; null = not stated.';
COMMENT ON COLUMN organisations.being_wound_up IS 'underAvvikling.';
COMMENT ON COLUMN organisations.being_dissolved_by_force IS 'underTvangsavviklingEllerTvangsopplosning.';
COMMENT ON COLUMN organisations.opening_hours_text IS 'Addition of BEDREG.';
COMMENT ON COLUMN organisations.search_name IS 'Folded for search: small letters, æ ø å and their spellings made one.';
COMMENT ON COLUMN organisations.sort_name IS 'Sorts in Norwegian order by code point.';
COMMENT ON COLUMN organisations.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN organisations.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN organisations.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE organisation_addresses (
  organisation_number TEXT NOT NULL,
  kind TEXT NOT NULL,
  lines TEXT[] NOT NULL,
  postal_code TEXT,
  city TEXT,
  municipality TEXT,
  country TEXT,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT organisation_addresses_pkey PRIMARY KEY (organisation_number, kind),
  CONSTRAINT organisation_addresses_municipality_system_check CHECK (municipality LIKE '3402/%'),
  CONSTRAINT organisation_addresses_country_system_check CHECK (country LIKE '9043/%'),
  CONSTRAINT organisation_addresses_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number),
  CONSTRAINT organisation_addresses_municipality_fkey FOREIGN KEY(municipality) REFERENCES codes (key),
  CONSTRAINT organisation_addresses_country_fkey FOREIGN KEY(country) REFERENCES codes (key)
);
COMMENT ON TABLE organisation_addresses IS 'Addresses of organisations.';
COMMENT ON COLUMN organisation_addresses.kind IS 'The source''s name of it.';
COMMENT ON COLUMN organisation_addresses.lines IS 'Address lines, in order.';
COMMENT ON COLUMN organisation_addresses.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE organisation_industry_codes (
  organisation_number TEXT NOT NULL,
  rank INTEGER NOT NULL,
  code TEXT NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT organisation_industry_codes_pkey PRIMARY KEY (organisation_number, rank),
  CONSTRAINT organisation_industry_codes_rank_check CHECK (rank >= 1),
  CONSTRAINT organisation_industry_codes_code_system_check CHECK (code LIKE 'SN2007/%'),
  CONSTRAINT organisation_industry_codes_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number),
  CONSTRAINT organisation_industry_codes_code_fkey FOREIGN KEY(code) REFERENCES codes (key)
);
COMMENT ON TABLE organisation_industry_codes IS 'Industry codes (SN2007) of organisations.';
COMMENT ON COLUMN organisation_industry_codes.rank IS '1 = main industry.';
COMMENT ON COLUMN organisation_industry_codes.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE organisation_opening_hours (
  organisation_number TEXT NOT NULL,
  opens_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT organisation_opening_hours_pkey PRIMARY KEY (organisation_number, opens_at),
  CONSTRAINT organisation_opening_hours_within_two_weeks_check CHECK (opens_at >= 0 AND closes_at > opens_at AND closes_at <= 20160),
  CONSTRAINT organisation_opening_hours_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number)
);
COMMENT ON TABLE organisation_opening_hours IS 'Opening hours of organisations, in minutes since Monday 00:00.';
COMMENT ON COLUMN organisation_opening_hours.opens_at IS 'Minutes.';
COMMENT ON COLUMN organisation_opening_hours.closes_at IS 'Minutes.';
COMMENT ON COLUMN organisation_opening_hours.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE organisation_properties (
  organisation_number TEXT NOT NULL,
  code TEXT NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT organisation_properties_pkey PRIMARY KEY (organisation_number, code),
  CONSTRAINT organisation_properties_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number),
  CONSTRAINT organisation_properties_code_fkey FOREIGN KEY(code) REFERENCES codes (key)
);
COMMENT ON TABLE organisation_properties IS 'Coded properties of organisations.';
COMMENT ON COLUMN organisation_properties.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE resh_units (
  resh_id INTEGER NOT NULL,
  reference_only BOOLEAN NOT NULL,
  parent_resh_id INTEGER,
  name TEXT NOT NULL,
  short_name TEXT,
  designation TEXT,
  level TEXT,
  organisation_number TEXT,
  treatment_facility BOOLEAN NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT resh_units_pkey PRIMARY KEY (resh_id),
  CONSTRAINT resh_units_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT resh_units_names_not_empty_check CHECK (name <> '' AND short_name <> ''),
  CONSTRAINT resh_units_not_own_parent_check CHECK (parent_resh_id <> resh_id),
  CONSTRAINT resh_units_designation_system_check CHECK (designation LIKE '8624/%'),
  CONSTRAINT resh_units_level_system_check CHECK (level LIKE '8628/%'),
  CONSTRAINT resh_units_parent_resh_id_fkey FOREIGN KEY(parent_resh_id) REFERENCES resh_units (resh_id),
  CONSTRAINT resh_units_designation_fkey FOREIGN KEY(designation) REFERENCES codes (key),
  CONSTRAINT resh_units_level_fkey FOREIGN KEY(level) REFERENCES codes (key),
  CONSTRAINT resh_units_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number)
);
CREATE INDEX resh_units_organisation_number_idx ON resh_units (organisation_number);
CREATE INDEX resh_units_parent_resh_id_idx ON resh_units (parent_resh_id);
COMMENT ON TABLE resh_units IS 'RESH: organisation chart of the specialist health service.';
COMMENT ON COLUMN resh_units.reference_only IS 'True = known only because another record points at it.';
COMMENT ON COLUMN resh_units.designation IS '8624.';
COMMENT ON COLUMN resh_units.level IS '8628.';
COMMENT ON COLUMN resh_units.treatment_facility IS 'Treatment place reported to NPR.';
COMMENT ON COLUMN resh_units.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN resh_units.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN resh_units.since_entry IS 'Entry of the log that made this version of the row.';
