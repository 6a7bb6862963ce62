CREATE TABLE worktrail_guidance (
    tenant text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    parent uuid CHECK (parent IS NULL),
    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE worktrail_guidance ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE worktrail_guidance IS
    'Records of the kind guidance. Worktrail''s own: read worktrail_v_guidance, never write to it.';
COMMENT ON COLUMN worktrail_guidance.body IS 'The whole record, in a versioned form. Every class.';
CREATE INDEX worktrail_guidance_subject ON worktrail_guidance (tenant, subject) WHERE subject IS NOT NULL;

CREATE VIEW worktrail_v_guidance AS SELECT
    tenant, id, revision, subject
FROM worktrail_guidance;
COMMENT ON VIEW worktrail_v_guidance IS 'Records of the kind guidance: a stable interface.';
