DROP VIEW worktrail_v_contact_person;
DROP VIEW worktrail_v_employer;
DROP VIEW worktrail_v_employer_contact;
DROP VIEW worktrail_v_job;
DROP VIEW worktrail_v_participant;
DROP VIEW worktrail_v_team;
DROP VIEW worktrail_v_trail;

ALTER TABLE worktrail_participant ADD COLUMN "birth_date" TEXT CHECK ("birth_date" GLOB '????-??-??');
ALTER TABLE worktrail_participant ADD COLUMN "compared_name" TEXT CHECK (length(CAST("compared_name" AS BLOB)) <= 1024);
CREATE INDEX worktrail_participant_alike ON worktrail_participant (tenant, "audience", "birth_date", "compared_name", id)
    WHERE "audience" IS NOT NULL AND "birth_date" IS NOT NULL AND "compared_name" IS NOT NULL;

CREATE VIEW worktrail_v_participant AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "national_id",
    "audience",
    "birth_date",
    "compared_name"
FROM worktrail_participant;

CREATE TABLE worktrail_held_number (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "scheme" TEXT CHECK (length(CAST("scheme" AS BLOB)) <= 1024),
    "value" TEXT CHECK (length(CAST("value" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_held_number_subject ON worktrail_held_number (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_held_number_children ON worktrail_held_number (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_held_number_number ON worktrail_held_number (tenant, "scheme", "value")
    WHERE "scheme" IS NOT NULL AND "value" IS NOT NULL;

CREATE VIEW worktrail_v_held_number AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "scheme",
    "value"
FROM worktrail_held_number;

CREATE TABLE worktrail_name_entry (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "team" BLOB CHECK (length("team") = 16),
    "text" TEXT CHECK (length(CAST("text" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_name_entry_subject ON worktrail_name_entry (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_name_entry_children ON worktrail_name_entry (tenant, parent, id);
CREATE INDEX worktrail_name_entry_by_name ON worktrail_name_entry (tenant, "team", "text", id)
    WHERE "team" IS NOT NULL AND "text" IS NOT NULL;

CREATE VIEW worktrail_v_name_entry AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    "text"
FROM worktrail_name_entry;

CREATE TABLE worktrail_capacity_assessment (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "assessed_on" TEXT CHECK ("assessed_on" GLOB '????-??-??'),
    "next_review" TEXT CHECK ("next_review" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_capacity_assessment_subject ON worktrail_capacity_assessment (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_capacity_assessment_children ON worktrail_capacity_assessment (tenant, parent, id);

CREATE VIEW worktrail_v_capacity_assessment AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "assessed_on",
    "next_review"
FROM worktrail_capacity_assessment;

CREATE TABLE worktrail_notice (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "name" TEXT CHECK (length(CAST("name" AS BLOB)) <= 1024),
    "version" TEXT CHECK (length(CAST("version" AS BLOB)) <= 1024),
    "valid_from" TEXT CHECK ("valid_from" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_notice_subject ON worktrail_notice (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_notice_version ON worktrail_notice (tenant, "name", "version")
    WHERE "name" IS NOT NULL AND "version" IS NOT NULL;
CREATE UNIQUE INDEX worktrail_notice_valid_from ON worktrail_notice (tenant, "name", "valid_from")
    WHERE "name" IS NOT NULL AND "valid_from" IS NOT NULL;

CREATE VIEW worktrail_v_notice AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "name",
    "version",
    "valid_from"
FROM worktrail_notice;

CREATE TABLE worktrail_referral (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    "team" BLOB CHECK (length("team") = 16),
    "waiting_since" TEXT CHECK ("waiting_since" GLOB '????-??-??'),
    "zero_exclusion_on" TEXT CHECK ("zero_exclusion_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_referral_subject ON worktrail_referral (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_referral_children ON worktrail_referral (tenant, parent, id);
CREATE INDEX worktrail_referral_waiting ON worktrail_referral (tenant, "audience", "team", "waiting_since", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_referral_zero_exclusion ON worktrail_referral (tenant, "audience", "team", "zero_exclusion_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "zero_exclusion_on" IS NOT NULL;

CREATE VIEW worktrail_v_referral AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "audience",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    "waiting_since",
    "zero_exclusion_on"
FROM worktrail_referral;

ALTER TABLE worktrail_trail ADD COLUMN "open_since" INTEGER;
ALTER TABLE worktrail_trail ADD COLUMN "waiting_since" TEXT CHECK ("waiting_since" GLOB '????-??-??');
ALTER TABLE worktrail_trail ADD COLUMN "paused_until" TEXT CHECK ("paused_until" GLOB '????-??-??');
ALTER TABLE worktrail_trail ADD COLUMN "zero_exclusion_on" TEXT CHECK ("zero_exclusion_on" GLOB '????-??-??');
CREATE INDEX worktrail_trail_by_ending ON worktrail_trail (tenant, "audience", "team", "ended_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "ended_on" IS NOT NULL;
CREATE INDEX worktrail_trail_open_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "open_since", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "open_since" IS NOT NULL;
CREATE INDEX worktrail_trail_open_by_team ON worktrail_trail (tenant, "audience", "team", "open_since", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "open_since" IS NOT NULL;
CREATE INDEX worktrail_trail_paused_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "paused_until", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "paused_until" IS NOT NULL;
CREATE INDEX worktrail_trail_paused_by_team ON worktrail_trail (tenant, "audience", "team", "paused_until", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "paused_until" IS NOT NULL;
CREATE INDEX worktrail_trail_waiting_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "waiting_since", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_trail_waiting_by_team ON worktrail_trail (tenant, "audience", "team", "waiting_since", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_trail_zero_exclusion ON worktrail_trail (tenant, "audience", "team", "zero_exclusion_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "zero_exclusion_on" IS NOT NULL;

CREATE VIEW worktrail_v_trail AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "open_for" IS NOT NULL THEN lower(substr(hex("open_for"), 1, 8) || '-' || substr(hex("open_for"), 9, 4) || '-' || substr(hex("open_for"), 13, 4) || '-' || substr(hex("open_for"), 17, 4) || '-' || substr(hex("open_for"), 21)) END AS "open_for",
    "audience",
    "method",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "owner" IS NOT NULL THEN lower(substr(hex("owner"), 1, 8) || '-' || substr(hex("owner"), 9, 4) || '-' || substr(hex("owner"), 13, 4) || '-' || substr(hex("owner"), 17, 4) || '-' || substr(hex("owner"), 21)) END AS "owner",
    "phase",
    strftime('%Y-%m-%dT%H:%M:%S', ("opened_at" - ("opened_at" % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ("opened_at" % 1000000 + 1000000) % 1000000) AS "opened_at",
    "started_on",
    "first_employer_contact_on",
    "ended_on",
    "end_reason",
    strftime('%Y-%m-%dT%H:%M:%S', ("open_since" - ("open_since" % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ("open_since" % 1000000 + 1000000) % 1000000) AS "open_since",
    "waiting_since",
    "paused_until",
    "zero_exclusion_on"
FROM worktrail_trail;

CREATE TABLE worktrail_transfer (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "open_for" BLOB CHECK (length("open_for") = 16),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    "status" TEXT CHECK (length(CAST("status" AS BLOB)) <= 1024),
    "from_team" BLOB CHECK (length("from_team") = 16),
    "to_team" BLOB CHECK (length("to_team") = 16),
    "waits_for" BLOB CHECK (length("waits_for") = 16),
    "open_until" TEXT CHECK ("open_until" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_transfer_subject ON worktrail_transfer (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_transfer_children ON worktrail_transfer (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_transfer_open_for ON worktrail_transfer (tenant, "open_for")
    WHERE "open_for" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_addressee ON worktrail_transfer (tenant, "audience", "to_team", "waits_for", "open_until", id)
    WHERE "audience" IS NOT NULL AND "to_team" IS NOT NULL AND "waits_for" IS NOT NULL AND "open_until" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_team ON worktrail_transfer (tenant, "audience", "to_team", "open_until", id)
    WHERE "audience" IS NOT NULL AND "to_team" IS NOT NULL AND "open_until" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_origin ON worktrail_transfer (tenant, "audience", "from_team", "open_until", id)
    WHERE "audience" IS NOT NULL AND "from_team" IS NOT NULL AND "open_until" IS NOT NULL;

CREATE VIEW worktrail_v_transfer AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "open_for" IS NOT NULL THEN lower(substr(hex("open_for"), 1, 8) || '-' || substr(hex("open_for"), 9, 4) || '-' || substr(hex("open_for"), 13, 4) || '-' || substr(hex("open_for"), 17, 4) || '-' || substr(hex("open_for"), 21)) END AS "open_for",
    "audience",
    "status",
    CASE WHEN "from_team" IS NOT NULL THEN lower(substr(hex("from_team"), 1, 8) || '-' || substr(hex("from_team"), 9, 4) || '-' || substr(hex("from_team"), 13, 4) || '-' || substr(hex("from_team"), 17, 4) || '-' || substr(hex("from_team"), 21)) END AS "from_team",
    CASE WHEN "to_team" IS NOT NULL THEN lower(substr(hex("to_team"), 1, 8) || '-' || substr(hex("to_team"), 9, 4) || '-' || substr(hex("to_team"), 13, 4) || '-' || substr(hex("to_team"), 17, 4) || '-' || substr(hex("to_team"), 21)) END AS "to_team",
    CASE WHEN "waits_for" IS NOT NULL THEN lower(substr(hex("waits_for"), 1, 8) || '-' || substr(hex("waits_for"), 9, 4) || '-' || substr(hex("waits_for"), 13, 4) || '-' || substr(hex("waits_for"), 17, 4) || '-' || substr(hex("waits_for"), 21)) END AS "waits_for",
    "open_until"
FROM worktrail_transfer;

CREATE TABLE worktrail_cover (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    "team" BLOB CHECK (length("team") = 16),
    "staff" BLOB CHECK (length("staff") = 16),
    "extent" TEXT CHECK (length(CAST("extent" AS BLOB)) <= 1024),
    "first_day" TEXT CHECK ("first_day" GLOB '????-??-??'),
    "open_until" TEXT CHECK ("open_until" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_cover_subject ON worktrail_cover (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_cover_children ON worktrail_cover (tenant, parent, id);
CREATE INDEX worktrail_cover_by_staff ON worktrail_cover (tenant, "audience", "team", "staff", "open_until", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "staff" IS NOT NULL AND "open_until" IS NOT NULL;

CREATE VIEW worktrail_v_cover AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "audience",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "staff" IS NOT NULL THEN lower(substr(hex("staff"), 1, 8) || '-' || substr(hex("staff"), 9, 4) || '-' || substr(hex("staff"), 13, 4) || '-' || substr(hex("staff"), 17, 4) || '-' || substr(hex("staff"), 21)) END AS "staff",
    "extent",
    "first_day",
    "open_until"
FROM worktrail_cover;

CREATE TABLE worktrail_wishes (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "participant" BLOB CHECK (length("participant") = 16),
    "version" INTEGER,
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_wishes_subject ON worktrail_wishes (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_wishes_children ON worktrail_wishes (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_wishes_version ON worktrail_wishes (tenant, "participant", "version")
    WHERE "participant" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_wishes AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "participant" IS NOT NULL THEN lower(substr(hex("participant"), 1, 8) || '-' || substr(hex("participant"), 9, 4) || '-' || substr(hex("participant"), 13, 4) || '-' || substr(hex("participant"), 17, 4) || '-' || substr(hex("participant"), 21)) END AS "participant",
    "version"
FROM worktrail_wishes;

CREATE TABLE worktrail_collaborator (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_collaborator_subject ON worktrail_collaborator (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_collaborator_children ON worktrail_collaborator (tenant, parent, id);

CREATE VIEW worktrail_v_collaborator AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent
FROM worktrail_collaborator;

CREATE TABLE worktrail_plan_version (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "trail" BLOB CHECK (length("trail") = 16),
    "plan" TEXT CHECK (length(CAST("plan" AS BLOB)) <= 1024),
    "version" INTEGER,
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_plan_version_subject ON worktrail_plan_version (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_plan_version_children ON worktrail_plan_version (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_plan_version_version ON worktrail_plan_version (tenant, "trail", "plan", "version")
    WHERE "trail" IS NOT NULL AND "plan" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_plan_version AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "trail" IS NOT NULL THEN lower(substr(hex("trail"), 1, 8) || '-' || substr(hex("trail"), 9, 4) || '-' || substr(hex("trail"), 13, 4) || '-' || substr(hex("trail"), 17, 4) || '-' || substr(hex("trail"), 21)) END AS "trail",
    "plan",
    "version"
FROM worktrail_plan_version;

CREATE TABLE worktrail_document (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "kind" TEXT CHECK (length(CAST("kind" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_document_subject ON worktrail_document (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_document_children ON worktrail_document (tenant, parent, id);

CREATE VIEW worktrail_v_document AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "kind"
FROM worktrail_document;

CREATE TABLE worktrail_benefits_counselling (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "on" TEXT CHECK ("on" GLOB '????-??-??'),
    "trigger" TEXT CHECK (length(CAST("trigger" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_benefits_counselling_subject ON worktrail_benefits_counselling (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_benefits_counselling_children ON worktrail_benefits_counselling (tenant, parent, id);

CREATE VIEW worktrail_v_benefits_counselling AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "on",
    "trigger"
FROM worktrail_benefits_counselling;

CREATE TABLE worktrail_confirmation (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "party" TEXT CHECK (length(CAST("party" AS BLOB)) <= 1024),
    "stance" TEXT CHECK (length(CAST("stance" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_confirmation_subject ON worktrail_confirmation (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_confirmation_children ON worktrail_confirmation (tenant, parent, id);

CREATE VIEW worktrail_v_confirmation AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "party",
    "stance"
FROM worktrail_confirmation;

ALTER TABLE worktrail_employer_contact ADD COLUMN "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024);
ALTER TABLE worktrail_employer_contact ADD COLUMN "team" BLOB CHECK (length("team") = 16);
ALTER TABLE worktrail_employer_contact ADD COLUMN "owner" BLOB CHECK (length("owner") = 16);
CREATE INDEX worktrail_employer_contact_by_owner ON worktrail_employer_contact (tenant, "audience", "team", "owner", "employer", "held_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "employer" IS NOT NULL AND "held_on" IS NOT NULL;
CREATE INDEX worktrail_employer_contact_by_team ON worktrail_employer_contact (tenant, "audience", "team", "employer", "held_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "employer" IS NOT NULL AND "held_on" IS NOT NULL;

CREATE VIEW worktrail_v_employer_contact AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "held_on",
    "audience",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "owner" IS NOT NULL THEN lower(substr(hex("owner"), 1, 8) || '-' || substr(hex("owner"), 9, 4) || '-' || substr(hex("owner"), 13, 4) || '-' || substr(hex("owner"), 17, 4) || '-' || substr(hex("owner"), 21)) END AS "owner"
FROM worktrail_employer_contact;

ALTER TABLE worktrail_job ADD COLUMN "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024);
ALTER TABLE worktrail_job ADD COLUMN "team" BLOB CHECK (length("team") = 16);
ALTER TABLE worktrail_job ADD COLUMN "owner" BLOB CHECK (length("owner") = 16);
CREATE INDEX worktrail_job_by_employer ON worktrail_job (tenant, "audience", "team", "employer", "starts_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "employer" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_job_by_first_day ON worktrail_job (tenant, "audience", "team", "starts_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_job_by_last_day ON worktrail_job (tenant, "audience", "team", "ends_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_job_own_by_first_day ON worktrail_job (tenant, "audience", "team", "owner", "starts_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_job_own_by_last_day ON worktrail_job (tenant, "audience", "team", "owner", "ends_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "ends_on" IS NOT NULL;

CREATE VIEW worktrail_v_job AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "form",
    "starts_on",
    "ends_on",
    "audience",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "owner" IS NOT NULL THEN lower(substr(hex("owner"), 1, 8) || '-' || substr(hex("owner"), 9, 4) || '-' || substr(hex("owner"), 13, 4) || '-' || substr(hex("owner"), 17, 4) || '-' || substr(hex("owner"), 21)) END AS "owner"
FROM worktrail_job;

CREATE TABLE worktrail_education (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    "team" BLOB CHECK (length("team") = 16),
    "owner" BLOB CHECK (length("owner") = 16),
    "track" TEXT CHECK (length(CAST("track" AS BLOB)) <= 1024),
    "starts_on" TEXT CHECK ("starts_on" GLOB '????-??-??'),
    "ends_on" TEXT CHECK ("ends_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_education_subject ON worktrail_education (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_education_children ON worktrail_education (tenant, parent, id);
CREATE INDEX worktrail_education_by_last_day ON worktrail_education (tenant, "audience", "team", "ends_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_education_by_first_day ON worktrail_education (tenant, "audience", "team", "starts_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_education_own_by_last_day ON worktrail_education (tenant, "audience", "team", "owner", "ends_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_education_own_by_first_day ON worktrail_education (tenant, "audience", "team", "owner", "starts_on", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "starts_on" IS NOT NULL;

CREATE VIEW worktrail_v_education AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "audience",
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "owner" IS NOT NULL THEN lower(substr(hex("owner"), 1, 8) || '-' || substr(hex("owner"), 9, 4) || '-' || substr(hex("owner"), 13, 4) || '-' || substr(hex("owner"), 17, 4) || '-' || substr(hex("owner"), 21)) END AS "owner",
    "track",
    "starts_on",
    "ends_on"
FROM worktrail_education;

CREATE TABLE worktrail_support_contact (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "job" BLOB CHECK (length("job") = 16),
    "held_on" TEXT CHECK ("held_on" GLOB '????-??-??'),
    "with_whom" TEXT CHECK (length(CAST("with_whom" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_support_contact_subject ON worktrail_support_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_support_contact_children ON worktrail_support_contact (tenant, parent, id);

CREATE VIEW worktrail_v_support_contact AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "job" IS NOT NULL THEN lower(substr(hex("job"), 1, 8) || '-' || substr(hex("job"), 9, 4) || '-' || substr(hex("job"), 13, 4) || '-' || substr(hex("job"), 17, 4) || '-' || substr(hex("job"), 21)) END AS "job",
    "held_on",
    "with_whom"
FROM worktrail_support_contact;

CREATE TABLE worktrail_employer_agreement (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "employer" BLOB CHECK (length("employer") = 16),
    "agreed_on" TEXT CHECK ("agreed_on" GLOB '????-??-??'),
    "starts_on" TEXT CHECK ("starts_on" GLOB '????-??-??'),
    "ends_on" TEXT CHECK ("ends_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_employer_agreement_subject ON worktrail_employer_agreement (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_employer_agreement_children ON worktrail_employer_agreement (tenant, parent, id);

CREATE VIEW worktrail_v_employer_agreement AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "agreed_on",
    "starts_on",
    "ends_on"
FROM worktrail_employer_agreement;

ALTER TABLE worktrail_employer ADD COLUMN "name_key" TEXT CHECK (length(CAST("name_key" AS BLOB)) <= 1024);
ALTER TABLE worktrail_employer ADD COLUMN "alias_key" TEXT CHECK (length(CAST("alias_key" AS BLOB)) <= 1024);
ALTER TABLE worktrail_employer ADD COLUMN "municipality_key" TEXT CHECK (length(CAST("municipality_key" AS BLOB)) <= 1024);
ALTER TABLE worktrail_employer ADD COLUMN "industry" TEXT CHECK (length(CAST("industry" AS BLOB)) <= 1024);
ALTER TABLE worktrail_employer ADD COLUMN "legal_unit" TEXT CHECK (length(CAST("legal_unit" AS BLOB)) <= 1024);
CREATE INDEX worktrail_employer_by_alias ON worktrail_employer (tenant, "alias_key", id)
    WHERE "alias_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_industry ON worktrail_employer (tenant, "industry", "name_key", id)
    WHERE "industry" IS NOT NULL AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_legal_unit ON worktrail_employer (tenant, "legal_unit", "name_key", id)
    WHERE "legal_unit" IS NOT NULL AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_municipality ON worktrail_employer (tenant, "municipality_key", "name_key", id)
    WHERE "municipality_key" IS NOT NULL AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_name ON worktrail_employer (tenant, "name_key", id)
    WHERE "name_key" IS NOT NULL;

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
    "legal_unit"
FROM worktrail_employer;

ALTER TABLE worktrail_contact_person ADD COLUMN "inform_by" TEXT CHECK ("inform_by" GLOB '????-??-??');
CREATE INDEX worktrail_contact_person_by_information ON worktrail_contact_person (tenant, "inform_by", id)
    WHERE "inform_by" IS NOT NULL;

CREATE VIEW worktrail_v_contact_person AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "inform_by"
FROM worktrail_contact_person;

CREATE TABLE worktrail_general_contact (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "employer" BLOB CHECK (length("employer") = 16),
    "held_on" TEXT CHECK ("held_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_general_contact_subject ON worktrail_general_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_general_contact_children ON worktrail_general_contact (tenant, parent, id);
CREATE INDEX worktrail_general_contact_by_employer ON worktrail_general_contact (tenant, "employer", "held_on", id)
    WHERE "employer" IS NOT NULL AND "held_on" IS NOT NULL;

CREATE VIEW worktrail_v_general_contact AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "held_on"
FROM worktrail_general_contact;

ALTER TABLE worktrail_team ADD COLUMN "office" BLOB CHECK (length("office") = 16);
CREATE INDEX worktrail_team_by_office ON worktrail_team (tenant, "office", "name", id)
    WHERE "office" IS NOT NULL AND "name" IS NOT NULL;

CREATE VIEW worktrail_v_team AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "name",
    "method",
    CASE WHEN "office" IS NOT NULL THEN lower(substr(hex("office"), 1, 8) || '-' || substr(hex("office"), 9, 4) || '-' || substr(hex("office"), 13, 4) || '-' || substr(hex("office"), 17, 4) || '-' || substr(hex("office"), 21)) END AS "office"
FROM worktrail_team;

CREATE INDEX worktrail_membership_by_team ON worktrail_membership (tenant, "team", "last_day", id)
    WHERE "team" IS NOT NULL AND "last_day" IS NOT NULL;

CREATE TABLE worktrail_office (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "name" TEXT CHECK (length(CAST("name" AS BLOB)) <= 1024),
    "host_identity" TEXT CHECK (length(CAST("host_identity" AS BLOB)) <= 1024),
    "parent_office" BLOB CHECK (length("parent_office") = 16),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_office_subject ON worktrail_office (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_office_host_identity ON worktrail_office (tenant, "host_identity")
    WHERE "host_identity" IS NOT NULL;
CREATE INDEX worktrail_office_by_parent ON worktrail_office (tenant, "parent_office", "name", id)
    WHERE "parent_office" IS NOT NULL AND "name" IS NOT NULL;

CREATE VIEW worktrail_v_office AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "name",
    "host_identity",
    CASE WHEN "parent_office" IS NOT NULL THEN lower(substr(hex("parent_office"), 1, 8) || '-' || substr(hex("parent_office"), 9, 4) || '-' || substr(hex("parent_office"), 13, 4) || '-' || substr(hex("parent_office"), 17, 4) || '-' || substr(hex("parent_office"), 21)) END AS "parent_office"
FROM worktrail_office;

CREATE TABLE worktrail_appointment (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "staff" BLOB CHECK (length("staff") = 16),
    "role" TEXT CHECK (length(CAST("role" AS BLOB)) <= 1024),
    "over" BLOB CHECK (length("over") = 16),
    "first_day" TEXT CHECK ("first_day" GLOB '????-??-??'),
    "last_day" TEXT CHECK ("last_day" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_appointment_subject ON worktrail_appointment (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_appointment_staff_in_role ON worktrail_appointment (tenant, "staff", "role", "over")
    WHERE "staff" IS NOT NULL AND "role" IS NOT NULL AND "over" IS NOT NULL;

CREATE VIEW worktrail_v_appointment AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN "staff" IS NOT NULL THEN lower(substr(hex("staff"), 1, 8) || '-' || substr(hex("staff"), 9, 4) || '-' || substr(hex("staff"), 13, 4) || '-' || substr(hex("staff"), 17, 4) || '-' || substr(hex("staff"), 21)) END AS "staff",
    "role",
    CASE WHEN "over" IS NOT NULL THEN lower(substr(hex("over"), 1, 8) || '-' || substr(hex("over"), 9, 4) || '-' || substr(hex("over"), 13, 4) || '-' || substr(hex("over"), 17, 4) || '-' || substr(hex("over"), 21)) END AS "over",
    "first_day",
    "last_day"
FROM worktrail_appointment;

CREATE TABLE worktrail_conflict (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "participant" BLOB CHECK (length("participant") = 16),
    "staff" BLOB CHECK (length("staff") = 16),
    "stands_for" BLOB CHECK (length("stands_for") = 16),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_conflict_subject ON worktrail_conflict (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_conflict_children ON worktrail_conflict (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_conflict_staff_and_participant ON worktrail_conflict (tenant, "staff", "participant")
    WHERE "staff" IS NOT NULL AND "participant" IS NOT NULL;
CREATE INDEX worktrail_conflict_standing ON worktrail_conflict (tenant, "stands_for", id)
    WHERE "stands_for" IS NOT NULL;

CREATE VIEW worktrail_v_conflict AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "participant" IS NOT NULL THEN lower(substr(hex("participant"), 1, 8) || '-' || substr(hex("participant"), 9, 4) || '-' || substr(hex("participant"), 13, 4) || '-' || substr(hex("participant"), 17, 4) || '-' || substr(hex("participant"), 21)) END AS "participant",
    CASE WHEN "staff" IS NOT NULL THEN lower(substr(hex("staff"), 1, 8) || '-' || substr(hex("staff"), 9, 4) || '-' || substr(hex("staff"), 13, 4) || '-' || substr(hex("staff"), 17, 4) || '-' || substr(hex("staff"), 21)) END AS "staff",
    CASE WHEN "stands_for" IS NOT NULL THEN lower(substr(hex("stands_for"), 1, 8) || '-' || substr(hex("stands_for"), 9, 4) || '-' || substr(hex("stands_for"), 13, 4) || '-' || substr(hex("stands_for"), 17, 4) || '-' || substr(hex("stands_for"), 21)) END AS "stands_for"
FROM worktrail_conflict;
