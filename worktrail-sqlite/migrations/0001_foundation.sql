-- Where each tenant's history stands.
CREATE TABLE worktrail_head (
    tenant TEXT NOT NULL PRIMARY KEY CHECK (length(tenant) BETWEEN 1 AND 64),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    position INTEGER NOT NULL CHECK (position >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- What happened, in commit order, chained by hashes. Forgetting empties salt and details.
CREATE TABLE worktrail_journal (
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    command BLOB CHECK (length(command) = 16),
    code TEXT NOT NULL CHECK (length(CAST(code AS BLOB)) BETWEEN 1 AND 64),
    kind TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    subject BLOB CHECK (length(subject) = 16),
    actor BLOB NOT NULL CHECK (length(actor) = 16),
    at INTEGER NOT NULL,
    seal BLOB CHECK (length(seal) = 32),
    salt BLOB CHECK (length(salt) = 16),
    details BLOB CHECK (length(details) <= 65536),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant, position),
    CHECK ((salt IS NULL) = (details IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX worktrail_journal_subject ON worktrail_journal (tenant, subject, position) WHERE subject IS NOT NULL;

-- The commands that were accepted, with their replies.
CREATE TABLE worktrail_stamp (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    first_entry INTEGER CHECK (first_entry > 0),
    last_entry INTEGER CHECK (last_entry >= first_entry),
    at INTEGER NOT NULL,
    fingerprint BLOB CHECK (length(fingerprint) = 32),
    reply BLOB NOT NULL CHECK (length(reply) <= 4096),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW worktrail_v_journal AS SELECT
    tenant,
    position,
    CASE WHEN command IS NOT NULL THEN lower(substr(hex(command), 1, 8) || '-' || substr(hex(command), 9, 4) || '-' || substr(hex(command), 13, 4) || '-' || substr(hex(command), 17, 4) || '-' || substr(hex(command), 21)) END AS command,
    code,
    kind,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN actor IS NOT NULL THEN lower(substr(hex(actor), 1, 8) || '-' || substr(hex(actor), 9, 4) || '-' || substr(hex(actor), 13, 4) || '-' || substr(hex(actor), 17, 4) || '-' || substr(hex(actor), 21)) END AS actor,
    strftime('%Y-%m-%dT%H:%M:%S', (at - (at % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', (at % 1000000 + 1000000) % 1000000) AS at
FROM worktrail_journal;

CREATE TABLE worktrail_participant (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "national_id" TEXT CHECK (length(CAST("national_id" AS BLOB)) <= 1024),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_participant_subject ON worktrail_participant (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_participant_national_id ON worktrail_participant (tenant, "national_id")
    WHERE "national_id" IS NOT NULL;

CREATE VIEW worktrail_v_participant AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "national_id",
    "audience"
FROM worktrail_participant;

CREATE TABLE worktrail_attestation (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "kind" TEXT CHECK (length(CAST("kind" AS BLOB)) <= 1024),
    "made_at" INTEGER,
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_attestation_subject ON worktrail_attestation (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_attestation_children ON worktrail_attestation (tenant, parent, id);

CREATE VIEW worktrail_v_attestation AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "kind",
    strftime('%Y-%m-%dT%H:%M:%S', ("made_at" - ("made_at" % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ("made_at" % 1000000 + 1000000) % 1000000) AS "made_at"
FROM worktrail_attestation;

CREATE TABLE worktrail_consent (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "purpose" TEXT CHECK (length(CAST("purpose" AS BLOB)) <= 1024),
    "given_on" TEXT CHECK ("given_on" GLOB '????-??-??'),
    "withdrawn_on" TEXT CHECK ("withdrawn_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_consent_subject ON worktrail_consent (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_consent_children ON worktrail_consent (tenant, parent, id);

CREATE VIEW worktrail_v_consent AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "purpose",
    "given_on",
    "withdrawn_on"
FROM worktrail_consent;

CREATE TABLE worktrail_trail (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "open_for" BLOB CHECK (length("open_for") = 16),
    "audience" TEXT CHECK (length(CAST("audience" AS BLOB)) <= 1024),
    "method" TEXT CHECK (length(CAST("method" AS BLOB)) <= 1024),
    "team" BLOB CHECK (length("team") = 16),
    "owner" BLOB CHECK (length("owner") = 16),
    "phase" TEXT CHECK (length(CAST("phase" AS BLOB)) <= 1024),
    "opened_at" INTEGER,
    "started_on" TEXT CHECK ("started_on" GLOB '????-??-??'),
    "first_employer_contact_on" TEXT CHECK ("first_employer_contact_on" GLOB '????-??-??'),
    "ended_on" TEXT CHECK ("ended_on" GLOB '????-??-??'),
    "end_reason" TEXT CHECK (length(CAST("end_reason" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_trail_subject ON worktrail_trail (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_trail_children ON worktrail_trail (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_trail_open_for ON worktrail_trail (tenant, "open_for")
    WHERE "open_for" IS NOT NULL;
CREATE INDEX worktrail_trail_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "phase", "opened_at", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "phase" IS NOT NULL AND "opened_at" IS NOT NULL;
CREATE INDEX worktrail_trail_by_team ON worktrail_trail (tenant, "audience", "team", "phase", "opened_at", id)
    WHERE "audience" IS NOT NULL AND "team" IS NOT NULL AND "phase" IS NOT NULL AND "opened_at" IS NOT NULL;

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
    "end_reason"
FROM worktrail_trail;

CREATE TABLE worktrail_openness (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "trail" BLOB CHECK (length("trail") = 16),
    "version" INTEGER,
    "agreed_on" TEXT CHECK ("agreed_on" GLOB '????-??-??'),
    "withdrawn_on" TEXT CHECK ("withdrawn_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_openness_subject ON worktrail_openness (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_openness_children ON worktrail_openness (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_openness_version ON worktrail_openness (tenant, "trail", "version")
    WHERE "trail" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_openness AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "trail" IS NOT NULL THEN lower(substr(hex("trail"), 1, 8) || '-' || substr(hex("trail"), 9, 4) || '-' || substr(hex("trail"), 13, 4) || '-' || substr(hex("trail"), 17, 4) || '-' || substr(hex("trail"), 21)) END AS "trail",
    "version",
    "agreed_on",
    "withdrawn_on"
FROM worktrail_openness;

CREATE TABLE worktrail_sub_goal (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "status" TEXT CHECK (length(CAST("status" AS BLOB)) <= 1024),
    "due_on" TEXT CHECK ("due_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_sub_goal_subject ON worktrail_sub_goal (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_sub_goal_children ON worktrail_sub_goal (tenant, parent, id);

CREATE VIEW worktrail_v_sub_goal AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    "status",
    "due_on"
FROM worktrail_sub_goal;

CREATE TABLE worktrail_narrative (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "trail" BLOB CHECK (length("trail") = 16),
    "topic" TEXT CHECK (length(CAST("topic" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_narrative_subject ON worktrail_narrative (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_narrative_children ON worktrail_narrative (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_narrative_topic ON worktrail_narrative (tenant, "trail", "topic")
    WHERE "trail" IS NOT NULL AND "topic" IS NOT NULL;

CREATE VIEW worktrail_v_narrative AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "trail" IS NOT NULL THEN lower(substr(hex("trail"), 1, 8) || '-' || substr(hex("trail"), 9, 4) || '-' || substr(hex("trail"), 13, 4) || '-' || substr(hex("trail"), 17, 4) || '-' || substr(hex("trail"), 21)) END AS "trail",
    "topic"
FROM worktrail_narrative;

CREATE TABLE worktrail_narrative_revision (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "narrative" BLOB CHECK (length("narrative") = 16),
    "number" INTEGER,
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_narrative_revision_subject ON worktrail_narrative_revision (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_narrative_revision_children ON worktrail_narrative_revision (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_narrative_revision_number ON worktrail_narrative_revision (tenant, "narrative", "number")
    WHERE "narrative" IS NOT NULL AND "number" IS NOT NULL;

CREATE VIEW worktrail_v_narrative_revision AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "narrative" IS NOT NULL THEN lower(substr(hex("narrative"), 1, 8) || '-' || substr(hex("narrative"), 9, 4) || '-' || substr(hex("narrative"), 13, 4) || '-' || substr(hex("narrative"), 17, 4) || '-' || substr(hex("narrative"), 21)) END AS "narrative",
    "number"
FROM worktrail_narrative_revision;

CREATE TABLE worktrail_employer_contact (
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

CREATE INDEX worktrail_employer_contact_subject ON worktrail_employer_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_employer_contact_children ON worktrail_employer_contact (tenant, parent, id);

CREATE VIEW worktrail_v_employer_contact AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "held_on"
FROM worktrail_employer_contact;

CREATE TABLE worktrail_job (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "employer" BLOB CHECK (length("employer") = 16),
    "form" TEXT CHECK (length(CAST("form" AS BLOB)) <= 1024),
    "starts_on" TEXT CHECK ("starts_on" GLOB '????-??-??'),
    "ends_on" TEXT CHECK ("ends_on" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_job_subject ON worktrail_job (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_job_children ON worktrail_job (tenant, parent, id);

CREATE VIEW worktrail_v_job AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "employer" IS NOT NULL THEN lower(substr(hex("employer"), 1, 8) || '-' || substr(hex("employer"), 9, 4) || '-' || substr(hex("employer"), 13, 4) || '-' || substr(hex("employer"), 17, 4) || '-' || substr(hex("employer"), 21)) END AS "employer",
    "form",
    "starts_on",
    "ends_on"
FROM worktrail_job;

CREATE TABLE worktrail_employer (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "organisation_number" TEXT CHECK (length(CAST("organisation_number" AS BLOB)) <= 1024),
    "name" TEXT CHECK (length(CAST("name" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_employer_subject ON worktrail_employer (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_employer_organisation_number ON worktrail_employer (tenant, "organisation_number")
    WHERE "organisation_number" IS NOT NULL;

CREATE VIEW worktrail_v_employer AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "organisation_number",
    "name"
FROM worktrail_employer;

CREATE TABLE worktrail_contact_person (
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

CREATE INDEX worktrail_contact_person_subject ON worktrail_contact_person (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_contact_person_children ON worktrail_contact_person (tenant, parent, id);

CREATE VIEW worktrail_v_contact_person AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent
FROM worktrail_contact_person;

CREATE TABLE worktrail_staff (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "identity" TEXT CHECK (length(CAST("identity" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_staff_subject ON worktrail_staff (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_staff_identity ON worktrail_staff (tenant, "identity")
    WHERE "identity" IS NOT NULL;

CREATE VIEW worktrail_v_staff AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "identity"
FROM worktrail_staff;

CREATE TABLE worktrail_team (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    "name" TEXT CHECK (length(CAST("name" AS BLOB)) <= 1024),
    "method" TEXT CHECK (length(CAST("method" AS BLOB)) <= 1024),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_team_subject ON worktrail_team (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_team_name ON worktrail_team (tenant, "name")
    WHERE "name" IS NOT NULL;

CREATE VIEW worktrail_v_team AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    "name",
    "method"
FROM worktrail_team;

CREATE TABLE worktrail_membership (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB NOT NULL CHECK (length(parent) = 16),
    "team" BLOB CHECK (length("team") = 16),
    "staff" BLOB CHECK (length("staff") = 16),
    "role" TEXT CHECK (length(CAST("role" AS BLOB)) <= 1024),
    "first_day" TEXT CHECK ("first_day" GLOB '????-??-??'),
    "last_day" TEXT CHECK ("last_day" GLOB '????-??-??'),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_membership_subject ON worktrail_membership (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_membership_children ON worktrail_membership (tenant, parent, id);
CREATE UNIQUE INDEX worktrail_membership_staff_in_team ON worktrail_membership (tenant, "team", "staff")
    WHERE "team" IS NOT NULL AND "staff" IS NOT NULL;
CREATE INDEX worktrail_membership_by_staff ON worktrail_membership (tenant, "staff", "last_day", id)
    WHERE "staff" IS NOT NULL AND "last_day" IS NOT NULL;

CREATE VIEW worktrail_v_membership AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN parent IS NOT NULL THEN lower(substr(hex(parent), 1, 8) || '-' || substr(hex(parent), 9, 4) || '-' || substr(hex(parent), 13, 4) || '-' || substr(hex(parent), 17, 4) || '-' || substr(hex(parent), 21)) END AS parent,
    CASE WHEN "team" IS NOT NULL THEN lower(substr(hex("team"), 1, 8) || '-' || substr(hex("team"), 9, 4) || '-' || substr(hex("team"), 13, 4) || '-' || substr(hex("team"), 17, 4) || '-' || substr(hex("team"), 21)) END AS "team",
    CASE WHEN "staff" IS NOT NULL THEN lower(substr(hex("staff"), 1, 8) || '-' || substr(hex("staff"), 9, 4) || '-' || substr(hex("staff"), 13, 4) || '-' || substr(hex("staff"), 17, 4) || '-' || substr(hex("staff"), 21)) END AS "staff",
    "role",
    "first_day",
    "last_day"
FROM worktrail_membership;
