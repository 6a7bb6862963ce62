DROP VIEW worktrail_v_employer;

ALTER TABLE worktrail_employer ADD COLUMN "municipality_number" TEXT CHECK (length(CAST("municipality_number" AS BLOB)) <= 1024);
CREATE INDEX worktrail_employer_by_municipality_number ON worktrail_employer (tenant, "municipality_number", "name_key", id)
    WHERE "municipality_number" IS NOT NULL AND "name_key" IS NOT NULL;

CREATE VIEW worktrail_v_employer AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "organisation_number",
    "name",
    "name_key",
    "alias_key",
    "municipality_key",
    "industry",
    "legal_unit",
    "municipality_number"
FROM worktrail_employer;

CREATE TABLE worktrail_host_list (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "list" TEXT CHECK (length(CAST("list" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_host_list_subject ON worktrail_host_list (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_host_list_list ON worktrail_host_list (tenant, "list")
    WHERE "list" IS NOT NULL;

CREATE VIEW worktrail_v_host_list AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "list"
FROM worktrail_host_list;

CREATE TABLE worktrail_guardianship (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "participant" BLOB CHECK (length("participant") = 16),
    "acting" BLOB CHECK (length("acting") = 16),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_guardianship_subject ON worktrail_guardianship (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_guardianship_children ON worktrail_guardianship (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_guardianship_participant_and_acting ON worktrail_guardianship (tenant, "participant", "acting")
    WHERE "participant" IS NOT NULL AND "acting" IS NOT NULL;

CREATE VIEW worktrail_v_guardianship AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "participant" IS NOT NULL THEN lower(substr(hex("participant"), 1, 8) || '-' || substr(hex("participant"), 9, 4) || '-' || substr(hex("participant"), 13, 4) || '-' || substr(hex("participant"), 17, 4) || '-' || substr(hex("participant"), 21)) END AS "participant",
    CASE WHEN "acting" IS NOT NULL THEN lower(substr(hex("acting"), 1, 8) || '-' || substr(hex("acting"), 9, 4) || '-' || substr(hex("acting"), 13, 4) || '-' || substr(hex("acting"), 17, 4) || '-' || substr(hex("acting"), 21)) END AS "acting"
FROM worktrail_guardianship;
