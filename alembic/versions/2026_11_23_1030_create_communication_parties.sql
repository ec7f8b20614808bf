CREATE TABLE certificates (
  thumbprint TEXT NOT NULL,
  der BYTEA,
  serial_number TEXT,
  subject TEXT,
  issuer TEXT,
  subject_organisation_number TEXT,
  key_usage TEXT[] NOT NULL,
  not_before TIMESTAMP WITH TIME ZONE NOT NULL,
  not_after TIMESTAMP WITH TIME ZONE NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT certificates_pkey PRIMARY KEY (thumbprint),
  CONSTRAINT certificates_thumbprint_check CHECK (thumbprint ~ '^[0-9A-F]{40}$'),
  CONSTRAINT certificates_parsed_with_bytes_check CHECK ((der IS NULL) = (serial_number IS NULL)),
  CONSTRAINT certificates_period_not_empty_check CHECK (not_after > not_before)
);
CREATE INDEX certificates_serial_number_idx ON certificates (serial_number);
COMMENT ON TABLE certificates IS 'X.509 certificates of communication parties.';
COMMENT ON COLUMN certificates.thumbprint IS 'SHA-1 of the DER form, hexadecimal.';
COMMENT ON COLUMN certificates.der IS 'DER form; null until it arrives.';
COMMENT ON COLUMN certificates.serial_number IS 'Decimal.';
COMMENT ON COLUMN certificates.subject IS 'RFC 4514.';
COMMENT ON COLUMN certificates.issuer IS 'RFC 4514.';
COMMENT ON COLUMN certificates.subject_organisation_number IS 'From serialNumber (SEID 1) or organizationIdentifier (SEID 2).';
COMMENT ON COLUMN certificates.key_usage IS 'X.509 names.';
COMMENT ON COLUMN certificates.not_after IS 'Exclusive.';
COMMENT ON COLUMN certificates.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE communication_parties (
  her_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reference_only BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT,
  active BOOLEAN NOT NULL,
  messaging_valid BOOLEAN NOT NULL,
  parent_her_id INTEGER,
  parent_kind TEXT GENERATED ALWAYS AS (CASE WHEN parent_her_id IS NOT NULL THEN 'ORGANISATION' END) STORED,
  organisation_number TEXT,
  hpr_number INTEGER,
  title TEXT,
  business_type TEXT,
  service_type TEXT,
  service_specification TEXT,
  location_description TEXT,
  municipality TEXT,
  coverage_area_type TEXT,
  transport TEXT NOT NULL,
  search_name TEXT GENERATED ALWAYS AS (fold(name || ' ' || coalesce(display_name, ''))) STORED NOT NULL,
  sort_name TEXT COLLATE "C" GENERATED ALWAYS AS (norwegian_order(coalesce(display_name, name))) STORED NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT communication_parties_pkey PRIMARY KEY (her_id),
  CONSTRAINT communication_parties_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT communication_parties_kind_check CHECK (kind IN ('ORGANISATION', 'SERVICE', 'PERSON')),
  CONSTRAINT communication_parties_depth_is_two_check CHECK ((kind = 'ORGANISATION') = (parent_her_id IS NULL)),
  CONSTRAINT communication_parties_number_of_organisation_check CHECK (kind = 'ORGANISATION' OR organisation_number IS NULL),
  CONSTRAINT communication_parties_person_details_check CHECK (kind = 'PERSON' OR (hpr_number IS NULL AND title IS NULL)),
  CONSTRAINT communication_parties_service_details_check CHECK (kind = 'SERVICE' OR service_type IS NULL),
  CONSTRAINT communication_parties_transport_check CHECK (transport IN ('INHERITED', 'ENABLED', 'DISABLED')),
  CONSTRAINT communication_parties_names_not_empty_check CHECK (name <> '' AND display_name <> ''),
  CONSTRAINT communication_parties_hpr_number_check CHECK (hpr_number BETWEEN 1 AND 999999999),
  CONSTRAINT communication_parties_business_type_system_check CHECK (business_type LIKE '9040/%'),
  CONSTRAINT communication_parties_municipality_system_check CHECK (municipality LIKE '3402/%'),
  CONSTRAINT communication_parties_her_id_kind_key UNIQUE (her_id, kind),
  CONSTRAINT communication_parties_parent_her_id_parent_kind_fkey FOREIGN KEY(parent_her_id, parent_kind) REFERENCES communication_parties (her_id, kind),
  CONSTRAINT communication_parties_organisation_number_fkey FOREIGN KEY(organisation_number) REFERENCES organisations (organisation_number),
  CONSTRAINT communication_parties_business_type_fkey FOREIGN KEY(business_type) REFERENCES codes (key),
  CONSTRAINT communication_parties_service_type_fkey FOREIGN KEY(service_type) REFERENCES codes (key),
  CONSTRAINT communication_parties_municipality_fkey FOREIGN KEY(municipality) REFERENCES codes (key),
  CONSTRAINT communication_parties_coverage_area_type_fkey FOREIGN KEY(coverage_area_type) REFERENCES codes (key)
);
CREATE INDEX communication_parties_business_type_idx ON communication_parties (business_type);
CREATE INDEX communication_parties_hpr_number_idx ON communication_parties (hpr_number);
CREATE INDEX communication_parties_municipality_idx ON communication_parties (municipality);
CREATE INDEX communication_parties_organisation_number_idx ON communication_parties (organisation_number);
CREATE INDEX communication_parties_parent_her_id_idx ON communication_parties (parent_her_id);
CREATE INDEX communication_parties_search_name_prefix_idx ON communication_parties (search_name text_pattern_ops);
CREATE INDEX communication_parties_search_name_trgm_idx ON communication_parties USING gin (search_name gin_trgm_ops);
CREATE INDEX communication_parties_service_type_idx ON communication_parties (service_type);
CREATE INDEX communication_parties_sort_name_her_id_idx ON communication_parties (sort_name, her_id);
COMMENT ON TABLE communication_parties IS 'Parties that can receive electronic health messages (AR).';
COMMENT ON COLUMN communication_parties.kind IS 'ORGANISATION, SERVICE or PERSON.';
COMMENT ON COLUMN communication_parties.reference_only IS 'True = known only because another record points at it.';
COMMENT ON COLUMN communication_parties.name IS 'Official name.';
COMMENT ON COLUMN communication_parties.display_name IS 'Name chosen for display.';
COMMENT ON COLUMN communication_parties.active IS 'Administratively on.';
COMMENT ON COLUMN communication_parties.messaging_valid IS 'IsValidCommunicationParty: can take part in electronic messaging.';
COMMENT ON COLUMN communication_parties.parent_her_id IS 'Organisation above; null for an organisation.';
COMMENT ON COLUMN communication_parties.parent_kind IS 'Always ORGANISATION; part of the foreign key.';
COMMENT ON COLUMN communication_parties.organisation_number IS 'Of an organisation party.';
COMMENT ON COLUMN communication_parties.hpr_number IS 'Of a person party.';
COMMENT ON COLUMN communication_parties.title IS 'Of a person party.';
COMMENT ON COLUMN communication_parties.business_type IS '9040.';
COMMENT ON COLUMN communication_parties.service_specification IS 'Free text of a service.';
COMMENT ON COLUMN communication_parties.location_description IS 'Free text of a service.';
COMMENT ON COLUMN communication_parties.municipality IS '3402, own.';
COMMENT ON COLUMN communication_parties.transport IS 'AMQP: INHERITED, ENABLED or DISABLED.';
COMMENT ON COLUMN communication_parties.search_name IS 'Folded for search: small letters, æ ø å and their spellings made one.';
COMMENT ON COLUMN communication_parties.sort_name IS 'Sorts in Norwegian order by code point.';
COMMENT ON COLUMN communication_parties.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN communication_parties.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN communication_parties.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE coverage_areas (
  her_id INTEGER NOT NULL,
  covered_her_id INTEGER NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT coverage_areas_pkey PRIMARY KEY (her_id, covered_her_id),
  CONSTRAINT coverage_areas_her_id_fkey FOREIGN KEY(her_id) REFERENCES communication_parties (her_id),
  CONSTRAINT coverage_areas_covered_her_id_fkey FOREIGN KEY(covered_her_id) REFERENCES communication_parties (her_id)
);
CREATE INDEX coverage_areas_covered_her_id_idx ON coverage_areas (covered_her_id);
COMMENT ON TABLE coverage_areas IS 'Municipalities served by inter-municipal services.';
COMMENT ON COLUMN coverage_areas.her_id IS 'The service.';
COMMENT ON COLUMN coverage_areas.covered_her_id IS 'Organisation party of the municipality.';
COMMENT ON COLUMN coverage_areas.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE electronic_addresses (
  id BIGINT GENERATED BY DEFAULT AS IDENTITY,
  her_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  address TEXT,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT electronic_addresses_pkey PRIMARY KEY (id),
  CONSTRAINT electronic_addresses_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT electronic_addresses_address_not_empty_check CHECK (address <> ''),
  CONSTRAINT electronic_addresses_type_system_check CHECK (type LIKE '9044/%'),
  CONSTRAINT electronic_addresses_one_of_a_type EXCLUDE USING gist (her_id WITH =, type WITH =, tstzrange(valid_from, valid_to) WITH &&),
  CONSTRAINT electronic_addresses_her_id_fkey FOREIGN KEY(her_id) REFERENCES communication_parties (her_id),
  CONSTRAINT electronic_addresses_type_fkey FOREIGN KEY(type) REFERENCES codes (key)
);
CREATE INDEX electronic_addresses_certificate_idx ON electronic_addresses (address) WHERE type = '9044/E_DS';
CREATE INDEX electronic_addresses_her_id_idx ON electronic_addresses (her_id);
COMMENT ON TABLE electronic_addresses IS 'Own electronic addresses of communication parties, present and future.';
COMMENT ON COLUMN electronic_addresses.type IS '9044.';
COMMENT ON COLUMN electronic_addresses.address IS 'Null = has none of this type and does not inherit one.';
COMMENT ON COLUMN electronic_addresses.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN electronic_addresses.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN electronic_addresses.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE party_certificates (
  id BIGINT GENERATED BY DEFAULT AS IDENTITY,
  her_id INTEGER NOT NULL,
  usage TEXT NOT NULL,
  thumbprint TEXT NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT party_certificates_pkey PRIMARY KEY (id),
  CONSTRAINT party_certificates_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT party_certificates_usage_check CHECK (usage IN ('ENCRYPTION', 'SIGNING')),
  CONSTRAINT party_certificates_one_current EXCLUDE USING gist (her_id WITH =, usage WITH =, tstzrange(valid_from, valid_to) WITH &&),
  CONSTRAINT party_certificates_her_id_fkey FOREIGN KEY(her_id) REFERENCES communication_parties (her_id),
  CONSTRAINT party_certificates_thumbprint_fkey FOREIGN KEY(thumbprint) REFERENCES certificates (thumbprint)
);
CREATE INDEX party_certificates_her_id_idx ON party_certificates (her_id);
CREATE INDEX party_certificates_thumbprint_idx ON party_certificates (thumbprint);
COMMENT ON TABLE party_certificates IS 'Which certificate was current for which party, usage and time.';
COMMENT ON COLUMN party_certificates.usage IS 'ENCRYPTION or SIGNING.';
COMMENT ON COLUMN party_certificates.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN party_certificates.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN party_certificates.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE party_properties (
  her_id INTEGER NOT NULL,
  code TEXT NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT party_properties_pkey PRIMARY KEY (her_id, code),
  CONSTRAINT party_properties_her_id_fkey FOREIGN KEY(her_id) REFERENCES communication_parties (her_id),
  CONSTRAINT party_properties_code_fkey FOREIGN KEY(code) REFERENCES codes (key)
);
COMMENT ON TABLE party_properties IS 'Coded properties of communication parties.';
COMMENT ON COLUMN party_properties.since_entry IS 'Entry of the log that made this version of the row.';

CREATE TABLE physical_addresses (
  id BIGINT GENERATED BY DEFAULT AS IDENTITY,
  her_id INTEGER NOT NULL,
  type TEXT,
  street TEXT,
  postbox TEXT,
  postal_code TEXT,
  city TEXT,
  country TEXT,
  municipality TEXT,
  description TEXT,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP WITH TIME ZONE,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT physical_addresses_pkey PRIMARY KEY (id),
  CONSTRAINT physical_addresses_period_not_empty_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  CONSTRAINT physical_addresses_type_system_check CHECK (type LIKE '3401/%'),
  CONSTRAINT physical_addresses_country_system_check CHECK (country LIKE '9043/%'),
  CONSTRAINT physical_addresses_municipality_system_check CHECK (municipality LIKE '3402/%'),
  CONSTRAINT physical_addresses_parts_not_empty_check CHECK (street <> '' AND postbox <> '' AND city <> '' AND description <> ''),
  CONSTRAINT physical_addresses_one_of_a_type EXCLUDE USING gist (her_id WITH =, type WITH =, tstzrange(valid_from, valid_to) WITH &&),
  CONSTRAINT physical_addresses_her_id_fkey FOREIGN KEY(her_id) REFERENCES communication_parties (her_id),
  CONSTRAINT physical_addresses_type_fkey FOREIGN KEY(type) REFERENCES codes (key),
  CONSTRAINT physical_addresses_country_fkey FOREIGN KEY(country) REFERENCES codes (key),
  CONSTRAINT physical_addresses_municipality_fkey FOREIGN KEY(municipality) REFERENCES codes (key)
);
CREATE INDEX physical_addresses_her_id_idx ON physical_addresses (her_id);
COMMENT ON TABLE physical_addresses IS 'Own physical addresses of communication parties.';
COMMENT ON COLUMN physical_addresses.type IS '3401; null = the source gave none.';
COMMENT ON COLUMN physical_addresses.valid_from IS 'First instant of validity (inclusive).';
COMMENT ON COLUMN physical_addresses.valid_to IS 'First instant after validity (exclusive); null = open.';
COMMENT ON COLUMN physical_addresses.since_entry IS 'Entry of the log that made this version of the row.';
