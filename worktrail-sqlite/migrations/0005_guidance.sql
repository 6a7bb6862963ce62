CREATE TABLE worktrail_guidance (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    parent BLOB CHECK (parent IS NULL),
    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX worktrail_guidance_subject ON worktrail_guidance (tenant, subject) WHERE subject IS NOT NULL;

CREATE VIEW worktrail_v_guidance AS SELECT
    tenant,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    revision,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject
FROM worktrail_guidance;
