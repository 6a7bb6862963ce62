CREATE TABLE worktrail_head (
    tenant text COLLATE "C" NOT NULL PRIMARY KEY CHECK (octet_length(tenant) BETWEEN 1 AND 64),
    revision bigint NOT NULL CHECK (revision >= 0),
    position bigint NOT NULL CHECK (position >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 50);
COMMENT ON TABLE worktrail_head IS 'Where each tenant''s history stands. Worktrail''s own: never write to it.';

CREATE TABLE worktrail_journal (
    tenant text COLLATE "C" NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    previous bytea NOT NULL CHECK (octet_length(previous) = 32),
    command uuid,
    code text COLLATE "C" NOT NULL CHECK (octet_length(code) BETWEEN 1 AND 64),
    kind text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    subject uuid,
    actor uuid NOT NULL,
    at timestamptz NOT NULL,
    seal bytea CHECK (octet_length(seal) = 32),
    salt bytea CHECK (octet_length(salt) = 16),
    details bytea CHECK (octet_length(details) <= 65536),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    purpose text COLLATE "C" CHECK (octet_length(purpose) BETWEEN 1 AND 64),
    role text COLLATE "C" CHECK (octet_length(role) BETWEEN 1 AND 64),
    PRIMARY KEY (tenant, position),
    CHECK ((salt IS NULL) = (details IS NULL))
);
ALTER TABLE worktrail_journal ALTER COLUMN salt SET STATISTICS 0;
ALTER TABLE worktrail_journal ALTER COLUMN details SET STATISTICS 0;
CREATE INDEX worktrail_journal_subject ON worktrail_journal (tenant, subject, position) WHERE subject IS NOT NULL;
COMMENT ON TABLE worktrail_journal IS
    'What happened, in commit order, chained by hashes. Worktrail''s own: read worktrail_v_journal, never write to it.';
COMMENT ON COLUMN worktrail_journal.salt IS 'Empty once the subject is forgotten.';
COMMENT ON COLUMN worktrail_journal.details IS 'Every class. Empty once the subject is forgotten.';

CREATE TABLE worktrail_stamp (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    first_entry bigint CHECK (first_entry > 0),
    last_entry bigint CHECK (last_entry >= first_entry),
    at timestamptz NOT NULL,
    fingerprint bytea CHECK (octet_length(fingerprint) = 32),
    reply bytea NOT NULL CHECK (octet_length(reply) <= 4096),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_stamp ALTER COLUMN fingerprint SET STATISTICS 0;
COMMENT ON TABLE worktrail_stamp IS
    'The commands that were accepted, with their replies. Worktrail''s own: never write to it.';
COMMENT ON COLUMN worktrail_stamp.fingerprint IS 'Empty once a person is forgotten whom the command told of.';

CREATE VIEW worktrail_v_journal AS SELECT
    tenant, position, command, code, kind, id, subject, actor, at, purpose, role
FROM worktrail_journal;
COMMENT ON VIEW worktrail_v_journal IS 'What happened, in order, without details: a stable interface.';

CREATE TABLE worktrail_participant (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "national_id" text COLLATE "C" CHECK (octet_length("national_id") <= 1024),
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "birth_date" date,
    "compared_name" text COLLATE "C" CHECK (octet_length("compared_name") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_participant ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_participant IS
    'Records of the kind participant. Worktrail''s own: read worktrail_v_participant, never write to it.';
COMMENT ON COLUMN worktrail_participant.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_participant ALTER COLUMN "national_id" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_participant."national_id" IS 'Class: National identity number.';
ALTER TABLE worktrail_participant ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_participant."audience" IS 'Class: Address.';
ALTER TABLE worktrail_participant ALTER COLUMN "birth_date" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_participant."birth_date" IS 'Class: Personal.';
ALTER TABLE worktrail_participant ALTER COLUMN "compared_name" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_participant."compared_name" IS 'Class: Personal.';
CREATE INDEX worktrail_participant_subject ON worktrail_participant (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_participant_national_id ON worktrail_participant (tenant, "national_id")
    WHERE tenant <> 'index national_id' AND "national_id" IS NOT NULL;
CREATE INDEX worktrail_participant_alike ON worktrail_participant (tenant, "audience", "birth_date", "compared_name", id)
    WHERE tenant <> 'index alike' AND "audience" IS NOT NULL AND "birth_date" IS NOT NULL AND "compared_name" IS NOT NULL;

CREATE VIEW worktrail_v_participant AS SELECT
    tenant, id, revision, subject, "national_id", "audience", "birth_date", "compared_name"
FROM worktrail_participant;
COMMENT ON VIEW worktrail_v_participant IS 'Records of the kind participant: a stable interface.';

CREATE TABLE worktrail_held_number (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "scheme" text COLLATE "C" CHECK (octet_length("scheme") <= 1024),
    "value" text COLLATE "C" CHECK (octet_length("value") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_held_number ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_held_number IS
    'Records of the kind held_number. Worktrail''s own: read worktrail_v_held_number, never write to it.';
COMMENT ON COLUMN worktrail_held_number.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_held_number ALTER COLUMN "scheme" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_held_number."scheme" IS 'Class: National identity number.';
ALTER TABLE worktrail_held_number ALTER COLUMN "value" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_held_number."value" IS 'Class: National identity number.';
CREATE INDEX worktrail_held_number_subject ON worktrail_held_number (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_held_number_children ON worktrail_held_number (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_held_number_number ON worktrail_held_number (tenant, "scheme", "value")
    WHERE tenant <> 'index number' AND "scheme" IS NOT NULL AND "value" IS NOT NULL;

CREATE VIEW worktrail_v_held_number AS SELECT
    tenant, id, revision, subject, parent, "scheme", "value"
FROM worktrail_held_number;
COMMENT ON VIEW worktrail_v_held_number IS 'Records of the kind held_number: a stable interface.';

CREATE TABLE worktrail_name_entry (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "team" uuid,
    "text" text COLLATE "C" CHECK (octet_length("text") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_name_entry ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_name_entry IS
    'Records of the kind name_entry. Worktrail''s own: read worktrail_v_name_entry, never write to it.';
COMMENT ON COLUMN worktrail_name_entry.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_name_entry."team" IS 'Class: Ordinary.';
ALTER TABLE worktrail_name_entry ALTER COLUMN "text" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_name_entry."text" IS 'Class: Personal.';
CREATE INDEX worktrail_name_entry_subject ON worktrail_name_entry (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_name_entry_children ON worktrail_name_entry (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_name_entry_by_name ON worktrail_name_entry (tenant, "team", "text", id)
    WHERE tenant <> 'index by_name' AND "team" IS NOT NULL AND "text" IS NOT NULL;

CREATE VIEW worktrail_v_name_entry AS SELECT
    tenant, id, revision, subject, parent, "team", "text"
FROM worktrail_name_entry;
COMMENT ON VIEW worktrail_v_name_entry IS 'Records of the kind name_entry: a stable interface.';

CREATE TABLE worktrail_attestation (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "kind" text COLLATE "C" CHECK (octet_length("kind") <= 1024),
    "made_at" timestamptz,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_attestation ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_attestation IS
    'Records of the kind attestation. Worktrail''s own: read worktrail_v_attestation, never write to it.';
COMMENT ON COLUMN worktrail_attestation.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_attestation."kind" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_attestation."made_at" IS 'Class: Ordinary.';
CREATE INDEX worktrail_attestation_subject ON worktrail_attestation (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_attestation_children ON worktrail_attestation (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_attestation AS SELECT
    tenant, id, revision, subject, parent, "kind", "made_at"
FROM worktrail_attestation;
COMMENT ON VIEW worktrail_v_attestation IS 'Records of the kind attestation: a stable interface.';

CREATE TABLE worktrail_consent (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "purpose" text COLLATE "C" CHECK (octet_length("purpose") <= 1024),
    "given_on" date,
    "withdrawn_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_consent ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_consent IS
    'Records of the kind consent. Worktrail''s own: read worktrail_v_consent, never write to it.';
COMMENT ON COLUMN worktrail_consent.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_consent."purpose" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_consent."given_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_consent."withdrawn_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_consent_subject ON worktrail_consent (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_consent_children ON worktrail_consent (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_consent AS SELECT
    tenant, id, revision, subject, parent, "purpose", "given_on", "withdrawn_on"
FROM worktrail_consent;
COMMENT ON VIEW worktrail_v_consent IS 'Records of the kind consent: a stable interface.';

CREATE TABLE worktrail_capacity_assessment (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "assessed_on" date,
    "next_review" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_capacity_assessment ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_capacity_assessment IS
    'Records of the kind capacity_assessment. Worktrail''s own: read worktrail_v_capacity_assessment, never write to it.';
COMMENT ON COLUMN worktrail_capacity_assessment.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_capacity_assessment."assessed_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_capacity_assessment."next_review" IS 'Class: Ordinary.';
CREATE INDEX worktrail_capacity_assessment_subject ON worktrail_capacity_assessment (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_capacity_assessment_children ON worktrail_capacity_assessment (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_capacity_assessment AS SELECT
    tenant, id, revision, subject, parent, "assessed_on", "next_review"
FROM worktrail_capacity_assessment;
COMMENT ON VIEW worktrail_v_capacity_assessment IS 'Records of the kind capacity_assessment: a stable interface.';

CREATE TABLE worktrail_notice (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "name" text COLLATE "C" CHECK (octet_length("name") <= 1024),
    "version" text COLLATE "C" CHECK (octet_length("version") <= 1024),
    "valid_from" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_notice ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_notice IS
    'Records of the kind notice. Worktrail''s own: read worktrail_v_notice, never write to it.';
COMMENT ON COLUMN worktrail_notice.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_notice."name" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_notice."version" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_notice."valid_from" IS 'Class: Ordinary.';
CREATE INDEX worktrail_notice_subject ON worktrail_notice (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_notice_version ON worktrail_notice (tenant, "name", "version")
    WHERE tenant <> 'index version' AND "name" IS NOT NULL AND "version" IS NOT NULL;
CREATE UNIQUE INDEX worktrail_notice_valid_from ON worktrail_notice (tenant, "name", "valid_from")
    WHERE tenant <> 'index valid_from' AND "name" IS NOT NULL AND "valid_from" IS NOT NULL;

CREATE VIEW worktrail_v_notice AS SELECT
    tenant, id, revision, subject, "name", "version", "valid_from"
FROM worktrail_notice;
COMMENT ON VIEW worktrail_v_notice IS 'Records of the kind notice: a stable interface.';

CREATE TABLE worktrail_referral (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "team" uuid,
    "waiting_since" date,
    "zero_exclusion_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_referral ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_referral IS
    'Records of the kind referral. Worktrail''s own: read worktrail_v_referral, never write to it.';
COMMENT ON COLUMN worktrail_referral.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_referral ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_referral."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_referral."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_referral."waiting_since" IS 'Class: Ordinary.';
ALTER TABLE worktrail_referral ALTER COLUMN "zero_exclusion_on" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_referral."zero_exclusion_on" IS 'Class: Health.';
CREATE INDEX worktrail_referral_subject ON worktrail_referral (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_referral_children ON worktrail_referral (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_referral_waiting ON worktrail_referral (tenant, "audience", "team", "waiting_since", id)
    WHERE tenant <> 'index waiting' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_referral_zero_exclusion ON worktrail_referral (tenant, "audience", "team", "zero_exclusion_on", id)
    WHERE tenant <> 'index zero_exclusion' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "zero_exclusion_on" IS NOT NULL;

CREATE VIEW worktrail_v_referral AS SELECT
    tenant, id, revision, subject, parent, "audience", "team", "waiting_since", "zero_exclusion_on"
FROM worktrail_referral;
COMMENT ON VIEW worktrail_v_referral IS 'Records of the kind referral: a stable interface.';

CREATE TABLE worktrail_trail (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "open_for" uuid,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "method" text COLLATE "C" CHECK (octet_length("method") <= 1024),
    "team" uuid,
    "owner" uuid,
    "phase" text COLLATE "C" CHECK (octet_length("phase") <= 1024),
    "opened_at" timestamptz,
    "started_on" date,
    "first_employer_contact_on" date,
    "ended_on" date,
    "end_reason" text COLLATE "C" CHECK (octet_length("end_reason") <= 1024),
    "open_since" timestamptz,
    "waiting_since" date,
    "paused_until" date,
    "zero_exclusion_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_trail ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_trail IS
    'Records of the kind trail. Worktrail''s own: read worktrail_v_trail, never write to it.';
COMMENT ON COLUMN worktrail_trail.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_trail."open_for" IS 'Class: Ordinary.';
ALTER TABLE worktrail_trail ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_trail."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_trail."method" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."owner" IS 'Class: Ordinary.';
ALTER TABLE worktrail_trail ALTER COLUMN "phase" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_trail."phase" IS 'Class: Health.';
COMMENT ON COLUMN worktrail_trail."opened_at" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."started_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."first_employer_contact_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."ended_on" IS 'Class: Ordinary.';
ALTER TABLE worktrail_trail ALTER COLUMN "end_reason" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_trail."end_reason" IS 'Class: Health.';
COMMENT ON COLUMN worktrail_trail."open_since" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."waiting_since" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_trail."paused_until" IS 'Class: Ordinary.';
ALTER TABLE worktrail_trail ALTER COLUMN "zero_exclusion_on" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_trail."zero_exclusion_on" IS 'Class: Health.';
CREATE INDEX worktrail_trail_subject ON worktrail_trail (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_trail_children ON worktrail_trail (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_trail_open_for ON worktrail_trail (tenant, "open_for")
    WHERE tenant <> 'index open_for' AND "open_for" IS NOT NULL;
CREATE INDEX worktrail_trail_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "phase", "opened_at", id)
    WHERE tenant <> 'index by_owner' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "phase" IS NOT NULL AND "opened_at" IS NOT NULL;
CREATE INDEX worktrail_trail_by_team ON worktrail_trail (tenant, "audience", "team", "phase", "opened_at", id)
    WHERE tenant <> 'index by_team' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "phase" IS NOT NULL AND "opened_at" IS NOT NULL;
CREATE INDEX worktrail_trail_by_ending ON worktrail_trail (tenant, "audience", "team", "ended_on", id)
    WHERE tenant <> 'index by_ending' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "ended_on" IS NOT NULL;
CREATE INDEX worktrail_trail_open_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "open_since", id)
    WHERE tenant <> 'index open_by_owner' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "open_since" IS NOT NULL;
CREATE INDEX worktrail_trail_open_by_team ON worktrail_trail (tenant, "audience", "team", "open_since", id)
    WHERE tenant <> 'index open_by_team' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "open_since" IS NOT NULL;
CREATE INDEX worktrail_trail_waiting_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "waiting_since", id)
    WHERE tenant <> 'index waiting_by_owner' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_trail_waiting_by_team ON worktrail_trail (tenant, "audience", "team", "waiting_since", id)
    WHERE tenant <> 'index waiting_by_team' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "waiting_since" IS NOT NULL;
CREATE INDEX worktrail_trail_paused_by_owner ON worktrail_trail (tenant, "audience", "team", "owner", "paused_until", id)
    WHERE tenant <> 'index paused_by_owner' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "paused_until" IS NOT NULL;
CREATE INDEX worktrail_trail_paused_by_team ON worktrail_trail (tenant, "audience", "team", "paused_until", id)
    WHERE tenant <> 'index paused_by_team' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "paused_until" IS NOT NULL;
CREATE INDEX worktrail_trail_zero_exclusion ON worktrail_trail (tenant, "audience", "team", "zero_exclusion_on", id)
    WHERE tenant <> 'index zero_exclusion' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "zero_exclusion_on" IS NOT NULL;

CREATE VIEW worktrail_v_trail AS SELECT
    tenant, id, revision, subject, parent, "open_for", "audience", "method", "team", "owner", "phase", "opened_at", "started_on", "first_employer_contact_on", "ended_on", "end_reason", "open_since", "waiting_since", "paused_until", "zero_exclusion_on"
FROM worktrail_trail;
COMMENT ON VIEW worktrail_v_trail IS 'Records of the kind trail: a stable interface.';

CREATE TABLE worktrail_transfer (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "open_for" uuid,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "status" text COLLATE "C" CHECK (octet_length("status") <= 1024),
    "from_team" uuid,
    "to_team" uuid,
    "waits_for" uuid,
    "open_until" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_transfer ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_transfer IS
    'Records of the kind transfer. Worktrail''s own: read worktrail_v_transfer, never write to it.';
COMMENT ON COLUMN worktrail_transfer.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_transfer."open_for" IS 'Class: Ordinary.';
ALTER TABLE worktrail_transfer ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_transfer."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_transfer."status" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_transfer."from_team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_transfer."to_team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_transfer."waits_for" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_transfer."open_until" IS 'Class: Ordinary.';
CREATE INDEX worktrail_transfer_subject ON worktrail_transfer (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_transfer_children ON worktrail_transfer (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_transfer_open_for ON worktrail_transfer (tenant, "open_for")
    WHERE tenant <> 'index open_for' AND "open_for" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_addressee ON worktrail_transfer (tenant, "audience", "to_team", "waits_for", "open_until", id)
    WHERE tenant <> 'index by_addressee' AND "audience" IS NOT NULL AND "to_team" IS NOT NULL AND "waits_for" IS NOT NULL AND "open_until" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_team ON worktrail_transfer (tenant, "audience", "to_team", "open_until", id)
    WHERE tenant <> 'index by_team' AND "audience" IS NOT NULL AND "to_team" IS NOT NULL AND "open_until" IS NOT NULL;
CREATE INDEX worktrail_transfer_by_origin ON worktrail_transfer (tenant, "audience", "from_team", "open_until", id)
    WHERE tenant <> 'index by_origin' AND "audience" IS NOT NULL AND "from_team" IS NOT NULL AND "open_until" IS NOT NULL;

CREATE VIEW worktrail_v_transfer AS SELECT
    tenant, id, revision, subject, parent, "open_for", "audience", "status", "from_team", "to_team", "waits_for", "open_until"
FROM worktrail_transfer;
COMMENT ON VIEW worktrail_v_transfer IS 'Records of the kind transfer: a stable interface.';

CREATE TABLE worktrail_cover (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "team" uuid,
    "staff" uuid,
    "extent" text COLLATE "C" CHECK (octet_length("extent") <= 1024),
    "first_day" date,
    "open_until" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_cover ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_cover IS
    'Records of the kind cover. Worktrail''s own: read worktrail_v_cover, never write to it.';
COMMENT ON COLUMN worktrail_cover.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_cover ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_cover."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_cover."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_cover."staff" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_cover."extent" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_cover."first_day" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_cover."open_until" IS 'Class: Ordinary.';
CREATE INDEX worktrail_cover_subject ON worktrail_cover (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_cover_children ON worktrail_cover (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_cover_by_staff ON worktrail_cover (tenant, "audience", "team", "staff", "open_until", id)
    WHERE tenant <> 'index by_staff' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "staff" IS NOT NULL AND "open_until" IS NOT NULL;

CREATE VIEW worktrail_v_cover AS SELECT
    tenant, id, revision, subject, parent, "audience", "team", "staff", "extent", "first_day", "open_until"
FROM worktrail_cover;
COMMENT ON VIEW worktrail_v_cover IS 'Records of the kind cover: a stable interface.';

CREATE TABLE worktrail_wishes (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "participant" uuid,
    "version" bigint,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_wishes ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_wishes IS
    'Records of the kind wishes. Worktrail''s own: read worktrail_v_wishes, never write to it.';
COMMENT ON COLUMN worktrail_wishes.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_wishes."participant" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_wishes."version" IS 'Class: Ordinary.';
CREATE INDEX worktrail_wishes_subject ON worktrail_wishes (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_wishes_children ON worktrail_wishes (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_wishes_version ON worktrail_wishes (tenant, "participant", "version")
    WHERE tenant <> 'index version' AND "participant" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_wishes AS SELECT
    tenant, id, revision, subject, parent, "participant", "version"
FROM worktrail_wishes;
COMMENT ON VIEW worktrail_v_wishes IS 'Records of the kind wishes: a stable interface.';

CREATE TABLE worktrail_collaborator (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_collaborator ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_collaborator IS
    'Records of the kind collaborator. Worktrail''s own: read worktrail_v_collaborator, never write to it.';
COMMENT ON COLUMN worktrail_collaborator.body IS 'The whole record, in a versioned form. Every class.';
CREATE INDEX worktrail_collaborator_subject ON worktrail_collaborator (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_collaborator_children ON worktrail_collaborator (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_collaborator AS SELECT
    tenant, id, revision, subject, parent
FROM worktrail_collaborator;
COMMENT ON VIEW worktrail_v_collaborator IS 'Records of the kind collaborator: a stable interface.';

CREATE TABLE worktrail_plan_version (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "trail" uuid,
    "plan" text COLLATE "C" CHECK (octet_length("plan") <= 1024),
    "version" bigint,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_plan_version ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_plan_version IS
    'Records of the kind plan_version. Worktrail''s own: read worktrail_v_plan_version, never write to it.';
COMMENT ON COLUMN worktrail_plan_version.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_plan_version."trail" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_plan_version."plan" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_plan_version."version" IS 'Class: Ordinary.';
CREATE INDEX worktrail_plan_version_subject ON worktrail_plan_version (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_plan_version_children ON worktrail_plan_version (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_plan_version_version ON worktrail_plan_version (tenant, "trail", "plan", "version")
    WHERE tenant <> 'index version' AND "trail" IS NOT NULL AND "plan" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_plan_version AS SELECT
    tenant, id, revision, subject, parent, "trail", "plan", "version"
FROM worktrail_plan_version;
COMMENT ON VIEW worktrail_v_plan_version IS 'Records of the kind plan_version: a stable interface.';

CREATE TABLE worktrail_openness (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "trail" uuid,
    "version" bigint,
    "agreed_on" date,
    "withdrawn_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_openness ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_openness IS
    'Records of the kind openness. Worktrail''s own: read worktrail_v_openness, never write to it.';
COMMENT ON COLUMN worktrail_openness.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_openness."trail" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_openness."version" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_openness."agreed_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_openness."withdrawn_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_openness_subject ON worktrail_openness (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_openness_children ON worktrail_openness (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_openness_version ON worktrail_openness (tenant, "trail", "version")
    WHERE tenant <> 'index version' AND "trail" IS NOT NULL AND "version" IS NOT NULL;

CREATE VIEW worktrail_v_openness AS SELECT
    tenant, id, revision, subject, parent, "trail", "version", "agreed_on", "withdrawn_on"
FROM worktrail_openness;
COMMENT ON VIEW worktrail_v_openness IS 'Records of the kind openness: a stable interface.';

CREATE TABLE worktrail_sub_goal (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "status" text COLLATE "C" CHECK (octet_length("status") <= 1024),
    "due_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_sub_goal ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_sub_goal IS
    'Records of the kind sub_goal. Worktrail''s own: read worktrail_v_sub_goal, never write to it.';
COMMENT ON COLUMN worktrail_sub_goal.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_sub_goal."status" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_sub_goal."due_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_sub_goal_subject ON worktrail_sub_goal (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_sub_goal_children ON worktrail_sub_goal (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_sub_goal AS SELECT
    tenant, id, revision, subject, parent, "status", "due_on"
FROM worktrail_sub_goal;
COMMENT ON VIEW worktrail_v_sub_goal IS 'Records of the kind sub_goal: a stable interface.';

CREATE TABLE worktrail_narrative (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "trail" uuid,
    "topic" text COLLATE "C" CHECK (octet_length("topic") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_narrative ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_narrative IS
    'Records of the kind narrative. Worktrail''s own: read worktrail_v_narrative, never write to it.';
COMMENT ON COLUMN worktrail_narrative.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_narrative."trail" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_narrative."topic" IS 'Class: Ordinary.';
CREATE INDEX worktrail_narrative_subject ON worktrail_narrative (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_narrative_children ON worktrail_narrative (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_narrative_topic ON worktrail_narrative (tenant, "trail", "topic")
    WHERE tenant <> 'index topic' AND "trail" IS NOT NULL AND "topic" IS NOT NULL;

CREATE VIEW worktrail_v_narrative AS SELECT
    tenant, id, revision, subject, parent, "trail", "topic"
FROM worktrail_narrative;
COMMENT ON VIEW worktrail_v_narrative IS 'Records of the kind narrative: a stable interface.';

CREATE TABLE worktrail_narrative_revision (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "narrative" uuid,
    "number" bigint,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_narrative_revision ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_narrative_revision IS
    'Records of the kind narrative_revision. Worktrail''s own: read worktrail_v_narrative_revision, never write to it.';
COMMENT ON COLUMN worktrail_narrative_revision.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_narrative_revision."narrative" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_narrative_revision."number" IS 'Class: Ordinary.';
CREATE INDEX worktrail_narrative_revision_subject ON worktrail_narrative_revision (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_narrative_revision_children ON worktrail_narrative_revision (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_narrative_revision_number ON worktrail_narrative_revision (tenant, "narrative", "number")
    WHERE tenant <> 'index number' AND "narrative" IS NOT NULL AND "number" IS NOT NULL;

CREATE VIEW worktrail_v_narrative_revision AS SELECT
    tenant, id, revision, subject, parent, "narrative", "number"
FROM worktrail_narrative_revision;
COMMENT ON VIEW worktrail_v_narrative_revision IS 'Records of the kind narrative_revision: a stable interface.';

CREATE TABLE worktrail_document (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "kind" text COLLATE "C" CHECK (octet_length("kind") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_document ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_document IS
    'Records of the kind document. Worktrail''s own: read worktrail_v_document, never write to it.';
COMMENT ON COLUMN worktrail_document.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_document."kind" IS 'Class: Ordinary.';
CREATE INDEX worktrail_document_subject ON worktrail_document (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_document_children ON worktrail_document (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_document AS SELECT
    tenant, id, revision, subject, parent, "kind"
FROM worktrail_document;
COMMENT ON VIEW worktrail_v_document IS 'Records of the kind document: a stable interface.';

CREATE TABLE worktrail_benefits_counselling (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "on" date,
    "trigger" text COLLATE "C" CHECK (octet_length("trigger") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_benefits_counselling ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_benefits_counselling IS
    'Records of the kind benefits_counselling. Worktrail''s own: read worktrail_v_benefits_counselling, never write to it.';
COMMENT ON COLUMN worktrail_benefits_counselling.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_benefits_counselling."on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_benefits_counselling."trigger" IS 'Class: Ordinary.';
CREATE INDEX worktrail_benefits_counselling_subject ON worktrail_benefits_counselling (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_benefits_counselling_children ON worktrail_benefits_counselling (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_benefits_counselling AS SELECT
    tenant, id, revision, subject, parent, "on", "trigger"
FROM worktrail_benefits_counselling;
COMMENT ON VIEW worktrail_v_benefits_counselling IS 'Records of the kind benefits_counselling: a stable interface.';

CREATE TABLE worktrail_confirmation (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "party" text COLLATE "C" CHECK (octet_length("party") <= 1024),
    "stance" text COLLATE "C" CHECK (octet_length("stance") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_confirmation ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_confirmation IS
    'Records of the kind confirmation. Worktrail''s own: read worktrail_v_confirmation, never write to it.';
COMMENT ON COLUMN worktrail_confirmation.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_confirmation."party" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_confirmation."stance" IS 'Class: Ordinary.';
CREATE INDEX worktrail_confirmation_subject ON worktrail_confirmation (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_confirmation_children ON worktrail_confirmation (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_confirmation AS SELECT
    tenant, id, revision, subject, parent, "party", "stance"
FROM worktrail_confirmation;
COMMENT ON VIEW worktrail_v_confirmation IS 'Records of the kind confirmation: a stable interface.';

CREATE TABLE worktrail_employer_contact (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "employer" uuid,
    "held_on" date,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "team" uuid,
    "owner" uuid,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_employer_contact ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_employer_contact IS
    'Records of the kind employer_contact. Worktrail''s own: read worktrail_v_employer_contact, never write to it.';
COMMENT ON COLUMN worktrail_employer_contact.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_employer_contact."employer" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer_contact."held_on" IS 'Class: Ordinary.';
ALTER TABLE worktrail_employer_contact ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_employer_contact."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_employer_contact."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer_contact."owner" IS 'Class: Ordinary.';
CREATE INDEX worktrail_employer_contact_subject ON worktrail_employer_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_employer_contact_children ON worktrail_employer_contact (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_employer_contact_by_owner ON worktrail_employer_contact (tenant, "audience", "team", "owner", "employer", "held_on", id)
    WHERE tenant <> 'index by_owner' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "employer" IS NOT NULL AND "held_on" IS NOT NULL;
CREATE INDEX worktrail_employer_contact_by_team ON worktrail_employer_contact (tenant, "audience", "team", "employer", "held_on", id)
    WHERE tenant <> 'index by_team' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "employer" IS NOT NULL AND "held_on" IS NOT NULL;

CREATE VIEW worktrail_v_employer_contact AS SELECT
    tenant, id, revision, subject, parent, "employer", "held_on", "audience", "team", "owner"
FROM worktrail_employer_contact;
COMMENT ON VIEW worktrail_v_employer_contact IS 'Records of the kind employer_contact: a stable interface.';

CREATE TABLE worktrail_job (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "employer" uuid,
    "form" text COLLATE "C" CHECK (octet_length("form") <= 1024),
    "starts_on" date,
    "ends_on" date,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "team" uuid,
    "owner" uuid,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_job ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_job IS
    'Records of the kind job. Worktrail''s own: read worktrail_v_job, never write to it.';
COMMENT ON COLUMN worktrail_job.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_job."employer" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_job."form" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_job."starts_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_job."ends_on" IS 'Class: Ordinary.';
ALTER TABLE worktrail_job ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_job."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_job."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_job."owner" IS 'Class: Ordinary.';
CREATE INDEX worktrail_job_subject ON worktrail_job (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_job_children ON worktrail_job (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_job_by_last_day ON worktrail_job (tenant, "audience", "team", "ends_on", id)
    WHERE tenant <> 'index by_last_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_job_by_first_day ON worktrail_job (tenant, "audience", "team", "starts_on", id)
    WHERE tenant <> 'index by_first_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_job_by_employer ON worktrail_job (tenant, "audience", "team", "employer", "starts_on", id)
    WHERE tenant <> 'index by_employer' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "employer" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_job_own_by_last_day ON worktrail_job (tenant, "audience", "team", "owner", "ends_on", id)
    WHERE tenant <> 'index own_by_last_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_job_own_by_first_day ON worktrail_job (tenant, "audience", "team", "owner", "starts_on", id)
    WHERE tenant <> 'index own_by_first_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "starts_on" IS NOT NULL;

CREATE VIEW worktrail_v_job AS SELECT
    tenant, id, revision, subject, parent, "employer", "form", "starts_on", "ends_on", "audience", "team", "owner"
FROM worktrail_job;
COMMENT ON VIEW worktrail_v_job IS 'Records of the kind job: a stable interface.';

CREATE TABLE worktrail_education (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "audience" text COLLATE "C" CHECK (octet_length("audience") <= 1024),
    "team" uuid,
    "owner" uuid,
    "track" text COLLATE "C" CHECK (octet_length("track") <= 1024),
    "starts_on" date,
    "ends_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_education ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_education IS
    'Records of the kind education. Worktrail''s own: read worktrail_v_education, never write to it.';
COMMENT ON COLUMN worktrail_education.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_education ALTER COLUMN "audience" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_education."audience" IS 'Class: Address.';
COMMENT ON COLUMN worktrail_education."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_education."owner" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_education."track" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_education."starts_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_education."ends_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_education_subject ON worktrail_education (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_education_children ON worktrail_education (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_education_by_last_day ON worktrail_education (tenant, "audience", "team", "ends_on", id)
    WHERE tenant <> 'index by_last_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_education_by_first_day ON worktrail_education (tenant, "audience", "team", "starts_on", id)
    WHERE tenant <> 'index by_first_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "starts_on" IS NOT NULL;
CREATE INDEX worktrail_education_own_by_last_day ON worktrail_education (tenant, "audience", "team", "owner", "ends_on", id)
    WHERE tenant <> 'index own_by_last_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "ends_on" IS NOT NULL;
CREATE INDEX worktrail_education_own_by_first_day ON worktrail_education (tenant, "audience", "team", "owner", "starts_on", id)
    WHERE tenant <> 'index own_by_first_day' AND "audience" IS NOT NULL AND "team" IS NOT NULL AND "owner" IS NOT NULL AND "starts_on" IS NOT NULL;

CREATE VIEW worktrail_v_education AS SELECT
    tenant, id, revision, subject, parent, "audience", "team", "owner", "track", "starts_on", "ends_on"
FROM worktrail_education;
COMMENT ON VIEW worktrail_v_education IS 'Records of the kind education: a stable interface.';

CREATE TABLE worktrail_support_contact (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "job" uuid,
    "held_on" date,
    "with_whom" text COLLATE "C" CHECK (octet_length("with_whom") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_support_contact ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_support_contact IS
    'Records of the kind support_contact. Worktrail''s own: read worktrail_v_support_contact, never write to it.';
COMMENT ON COLUMN worktrail_support_contact.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_support_contact."job" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_support_contact."held_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_support_contact."with_whom" IS 'Class: Ordinary.';
CREATE INDEX worktrail_support_contact_subject ON worktrail_support_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_support_contact_children ON worktrail_support_contact (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_support_contact AS SELECT
    tenant, id, revision, subject, parent, "job", "held_on", "with_whom"
FROM worktrail_support_contact;
COMMENT ON VIEW worktrail_v_support_contact IS 'Records of the kind support_contact: a stable interface.';

CREATE TABLE worktrail_employer_agreement (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "employer" uuid,
    "agreed_on" date,
    "starts_on" date,
    "ends_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_employer_agreement ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_employer_agreement IS
    'Records of the kind employer_agreement. Worktrail''s own: read worktrail_v_employer_agreement, never write to it.';
COMMENT ON COLUMN worktrail_employer_agreement.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_employer_agreement."employer" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer_agreement."agreed_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer_agreement."starts_on" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer_agreement."ends_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_employer_agreement_subject ON worktrail_employer_agreement (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_employer_agreement_children ON worktrail_employer_agreement (tenant, parent, id) WHERE tenant <> 'index children';

CREATE VIEW worktrail_v_employer_agreement AS SELECT
    tenant, id, revision, subject, parent, "employer", "agreed_on", "starts_on", "ends_on"
FROM worktrail_employer_agreement;
COMMENT ON VIEW worktrail_v_employer_agreement IS 'Records of the kind employer_agreement: a stable interface.';

CREATE TABLE worktrail_employer (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "organisation_number" text COLLATE "C" CHECK (octet_length("organisation_number") <= 1024),
    "name" text COLLATE "C" CHECK (octet_length("name") <= 1024),
    "name_key" text COLLATE "C" CHECK (octet_length("name_key") <= 1024),
    "alias_key" text COLLATE "C" CHECK (octet_length("alias_key") <= 1024),
    "municipality_key" text COLLATE "C" CHECK (octet_length("municipality_key") <= 1024),
    "industry" text COLLATE "C" CHECK (octet_length("industry") <= 1024),
    "legal_unit" text COLLATE "C" CHECK (octet_length("legal_unit") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_employer ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_employer IS
    'Records of the kind employer. Worktrail''s own: read worktrail_v_employer, never write to it.';
COMMENT ON COLUMN worktrail_employer.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_employer."organisation_number" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."name" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."name_key" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."alias_key" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."municipality_key" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."industry" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_employer."legal_unit" IS 'Class: Ordinary.';
CREATE INDEX worktrail_employer_subject ON worktrail_employer (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_employer_organisation_number ON worktrail_employer (tenant, "organisation_number")
    WHERE tenant <> 'index organisation_number' AND "organisation_number" IS NOT NULL;
CREATE INDEX worktrail_employer_by_name ON worktrail_employer (tenant, "name_key", id)
    WHERE tenant <> 'index by_name' AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_alias ON worktrail_employer (tenant, "alias_key", id)
    WHERE tenant <> 'index by_alias' AND "alias_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_municipality ON worktrail_employer (tenant, "municipality_key", "name_key", id)
    WHERE tenant <> 'index by_municipality' AND "municipality_key" IS NOT NULL AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_industry ON worktrail_employer (tenant, "industry", "name_key", id)
    WHERE tenant <> 'index by_industry' AND "industry" IS NOT NULL AND "name_key" IS NOT NULL;
CREATE INDEX worktrail_employer_by_legal_unit ON worktrail_employer (tenant, "legal_unit", "name_key", id)
    WHERE tenant <> 'index by_legal_unit' AND "legal_unit" IS NOT NULL AND "name_key" IS NOT NULL;

CREATE VIEW worktrail_v_employer AS SELECT
    tenant, id, revision, subject, "organisation_number", "name", "name_key", "alias_key", "municipality_key", "industry", "legal_unit"
FROM worktrail_employer;
COMMENT ON VIEW worktrail_v_employer IS 'Records of the kind employer: a stable interface.';

CREATE TABLE worktrail_contact_person (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "inform_by" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_contact_person ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_contact_person IS
    'Records of the kind contact_person. Worktrail''s own: read worktrail_v_contact_person, never write to it.';
COMMENT ON COLUMN worktrail_contact_person.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_contact_person."inform_by" IS 'Class: Ordinary.';
CREATE INDEX worktrail_contact_person_subject ON worktrail_contact_person (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_contact_person_children ON worktrail_contact_person (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_contact_person_by_information ON worktrail_contact_person (tenant, "inform_by", id)
    WHERE tenant <> 'index by_information' AND "inform_by" IS NOT NULL;

CREATE VIEW worktrail_v_contact_person AS SELECT
    tenant, id, revision, subject, parent, "inform_by"
FROM worktrail_contact_person;
COMMENT ON VIEW worktrail_v_contact_person IS 'Records of the kind contact_person: a stable interface.';

CREATE TABLE worktrail_general_contact (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "employer" uuid,
    "held_on" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_general_contact ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_general_contact IS
    'Records of the kind general_contact. Worktrail''s own: read worktrail_v_general_contact, never write to it.';
COMMENT ON COLUMN worktrail_general_contact.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_general_contact."employer" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_general_contact."held_on" IS 'Class: Ordinary.';
CREATE INDEX worktrail_general_contact_subject ON worktrail_general_contact (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_general_contact_children ON worktrail_general_contact (tenant, parent, id) WHERE tenant <> 'index children';
CREATE INDEX worktrail_general_contact_by_employer ON worktrail_general_contact (tenant, "employer", "held_on", id)
    WHERE tenant <> 'index by_employer' AND "employer" IS NOT NULL AND "held_on" IS NOT NULL;

CREATE VIEW worktrail_v_general_contact AS SELECT
    tenant, id, revision, subject, parent, "employer", "held_on"
FROM worktrail_general_contact;
COMMENT ON VIEW worktrail_v_general_contact IS 'Records of the kind general_contact: a stable interface.';

CREATE TABLE worktrail_staff (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "identity" text COLLATE "C" CHECK (octet_length("identity") <= 1024),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_staff ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_staff IS
    'Records of the kind staff. Worktrail''s own: read worktrail_v_staff, never write to it.';
COMMENT ON COLUMN worktrail_staff.body IS 'The whole record, in a versioned form. Every class.';
ALTER TABLE worktrail_staff ALTER COLUMN "identity" SET STATISTICS 0;
COMMENT ON COLUMN worktrail_staff."identity" IS 'Class: Personal.';
CREATE INDEX worktrail_staff_subject ON worktrail_staff (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_staff_identity ON worktrail_staff (tenant, "identity")
    WHERE tenant <> 'index identity' AND "identity" IS NOT NULL;

CREATE VIEW worktrail_v_staff AS SELECT
    tenant, id, revision, subject, "identity"
FROM worktrail_staff;
COMMENT ON VIEW worktrail_v_staff IS 'Records of the kind staff: a stable interface.';

CREATE TABLE worktrail_team (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "name" text COLLATE "C" CHECK (octet_length("name") <= 1024),
    "method" text COLLATE "C" CHECK (octet_length("method") <= 1024),
    "office" uuid,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_team ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_team IS
    'Records of the kind team. Worktrail''s own: read worktrail_v_team, never write to it.';
COMMENT ON COLUMN worktrail_team.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_team."name" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_team."method" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_team."office" IS 'Class: Ordinary.';
CREATE INDEX worktrail_team_subject ON worktrail_team (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_team_name ON worktrail_team (tenant, "name")
    WHERE tenant <> 'index name' AND "name" IS NOT NULL;
CREATE INDEX worktrail_team_by_office ON worktrail_team (tenant, "office", "name", id)
    WHERE tenant <> 'index by_office' AND "office" IS NOT NULL AND "name" IS NOT NULL;

CREATE VIEW worktrail_v_team AS SELECT
    tenant, id, revision, subject, "name", "method", "office"
FROM worktrail_team;
COMMENT ON VIEW worktrail_v_team IS 'Records of the kind team: a stable interface.';

CREATE TABLE worktrail_membership (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "team" uuid,
    "staff" uuid,
    "role" text COLLATE "C" CHECK (octet_length("role") <= 1024),
    "first_day" date,
    "last_day" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_membership ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_membership IS
    'Records of the kind membership. Worktrail''s own: read worktrail_v_membership, never write to it.';
COMMENT ON COLUMN worktrail_membership.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_membership."team" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_membership."staff" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_membership."role" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_membership."first_day" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_membership."last_day" IS 'Class: Ordinary.';
CREATE INDEX worktrail_membership_subject ON worktrail_membership (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_membership_children ON worktrail_membership (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_membership_staff_in_team ON worktrail_membership (tenant, "team", "staff")
    WHERE tenant <> 'index staff_in_team' AND "team" IS NOT NULL AND "staff" IS NOT NULL;
CREATE INDEX worktrail_membership_by_staff ON worktrail_membership (tenant, "staff", "last_day", id)
    WHERE tenant <> 'index by_staff' AND "staff" IS NOT NULL AND "last_day" IS NOT NULL;
CREATE INDEX worktrail_membership_by_team ON worktrail_membership (tenant, "team", "last_day", id)
    WHERE tenant <> 'index by_team' AND "team" IS NOT NULL AND "last_day" IS NOT NULL;

CREATE VIEW worktrail_v_membership AS SELECT
    tenant, id, revision, subject, parent, "team", "staff", "role", "first_day", "last_day"
FROM worktrail_membership;
COMMENT ON VIEW worktrail_v_membership IS 'Records of the kind membership: a stable interface.';

CREATE TABLE worktrail_office (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "name" text COLLATE "C" CHECK (octet_length("name") <= 1024),
    "host_identity" text COLLATE "C" CHECK (octet_length("host_identity") <= 1024),
    "parent_office" uuid,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_office ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_office IS
    'Records of the kind office. Worktrail''s own: read worktrail_v_office, never write to it.';
COMMENT ON COLUMN worktrail_office.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_office."name" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_office."host_identity" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_office."parent_office" IS 'Class: Ordinary.';
CREATE INDEX worktrail_office_subject ON worktrail_office (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_office_host_identity ON worktrail_office (tenant, "host_identity")
    WHERE tenant <> 'index host_identity' AND "host_identity" IS NOT NULL;
CREATE INDEX worktrail_office_by_parent ON worktrail_office (tenant, "parent_office", "name", id)
    WHERE tenant <> 'index by_parent' AND "parent_office" IS NOT NULL AND "name" IS NOT NULL;

CREATE VIEW worktrail_v_office AS SELECT
    tenant, id, revision, subject, "name", "host_identity", "parent_office"
FROM worktrail_office;
COMMENT ON VIEW worktrail_v_office IS 'Records of the kind office: a stable interface.';

CREATE TABLE worktrail_appointment (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    "staff" uuid,
    "role" text COLLATE "C" CHECK (octet_length("role") <= 1024),
    "over" uuid,
    "first_day" date,
    "last_day" date,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_appointment ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_appointment IS
    'Records of the kind appointment. Worktrail''s own: read worktrail_v_appointment, never write to it.';
COMMENT ON COLUMN worktrail_appointment.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_appointment."staff" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_appointment."role" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_appointment."over" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_appointment."first_day" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_appointment."last_day" IS 'Class: Ordinary.';
CREATE INDEX worktrail_appointment_subject ON worktrail_appointment (tenant, subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX worktrail_appointment_staff_in_role ON worktrail_appointment (tenant, "staff", "role", "over")
    WHERE tenant <> 'index staff_in_role' AND "staff" IS NOT NULL AND "role" IS NOT NULL AND "over" IS NOT NULL;

CREATE VIEW worktrail_v_appointment AS SELECT
    tenant, id, revision, subject, "staff", "role", "over", "first_day", "last_day"
FROM worktrail_appointment;
COMMENT ON VIEW worktrail_v_appointment IS 'Records of the kind appointment: a stable interface.';

CREATE TABLE worktrail_conflict (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid NOT NULL,
    "participant" uuid,
    "staff" uuid,
    "stands_for" uuid,
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_conflict ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_conflict IS
    'Records of the kind conflict. Worktrail''s own: read worktrail_v_conflict, never write to it.';
COMMENT ON COLUMN worktrail_conflict.body IS 'The whole record, in a versioned form. Every class.';
COMMENT ON COLUMN worktrail_conflict."participant" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_conflict."staff" IS 'Class: Ordinary.';
COMMENT ON COLUMN worktrail_conflict."stands_for" IS 'Class: Ordinary.';
CREATE INDEX worktrail_conflict_subject ON worktrail_conflict (tenant, subject) WHERE subject IS NOT NULL;
CREATE INDEX worktrail_conflict_children ON worktrail_conflict (tenant, parent, id) WHERE tenant <> 'index children';
CREATE UNIQUE INDEX worktrail_conflict_staff_and_participant ON worktrail_conflict (tenant, "staff", "participant")
    WHERE tenant <> 'index staff_and_participant' AND "staff" IS NOT NULL AND "participant" IS NOT NULL;
CREATE INDEX worktrail_conflict_standing ON worktrail_conflict (tenant, "stands_for", id)
    WHERE tenant <> 'index standing' AND "stands_for" IS NOT NULL;

CREATE VIEW worktrail_v_conflict AS SELECT
    tenant, id, revision, subject, parent, "participant", "staff", "stands_for"
FROM worktrail_conflict;
COMMENT ON VIEW worktrail_v_conflict IS 'Records of the kind conflict: a stable interface.';
