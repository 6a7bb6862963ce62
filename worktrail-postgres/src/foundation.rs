//! The tables that the record schema asks for, as text: what the migrations must come to.
//!
//! This is not how a schema is made: the migrations are frozen. It is what they are compared with, so that a schema
//! line without a migration fails a test.

use std::fmt::Write as _;

use worktrail_core::store::{Field, FieldType, Index, Kind, Schema, Uniqueness};

use crate::columns::column_type;
use crate::home::{index_columns, index_name, named_index, table};

/// The whole of it.
pub(crate) fn foundation(schema: &Schema) -> String {
    let mut text = format!("{BOOKKEEPING}\n{JOURNAL_VIEW}");
    for kind in schema.kinds() {
        text.push_str(&record_table(kind));
    }
    text
}

const BOOKKEEPING: &str = "\
CREATE TABLE worktrail_head (
    tenant text COLLATE \"C\" NOT NULL PRIMARY KEY CHECK (octet_length(tenant) BETWEEN 1 AND 64),
    revision bigint NOT NULL CHECK (revision >= 0),
    position bigint NOT NULL CHECK (position >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 50);
COMMENT ON TABLE worktrail_head IS 'Where each tenant''s history stands. Worktrail''s own: never write to it.';

CREATE TABLE worktrail_journal (
    tenant text COLLATE \"C\" NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    previous bytea NOT NULL CHECK (octet_length(previous) = 32),
    command uuid,
    code text COLLATE \"C\" NOT NULL CHECK (octet_length(code) BETWEEN 1 AND 64),
    kind text COLLATE \"C\" NOT NULL,
    id uuid NOT NULL,
    subject uuid,
    actor uuid NOT NULL,
    at timestamptz NOT NULL,
    seal bytea CHECK (octet_length(seal) = 32),
    salt bytea CHECK (octet_length(salt) = 16),
    details bytea CHECK (octet_length(details) <= 65536),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    purpose text COLLATE \"C\" CHECK (octet_length(purpose) BETWEEN 1 AND 64),
    role text COLLATE \"C\" CHECK (octet_length(role) BETWEEN 1 AND 64),
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
    tenant text COLLATE \"C\" NOT NULL,
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
";

const JOURNAL_VIEW: &str = "\
CREATE VIEW worktrail_v_journal AS SELECT
    tenant, position, command, code, kind, id, subject, actor, at, purpose, role
FROM worktrail_journal;
COMMENT ON VIEW worktrail_v_journal IS 'What happened, in order, without details: a stable interface.';
";

fn record_table(kind: Kind) -> String {
    let table = table(kind);
    let parent = if kind.parent().is_some() { "parent uuid NOT NULL" } else { "parent uuid CHECK (parent IS NULL)" };
    let mut text = format!(
        "
CREATE TABLE {table} (
    tenant text COLLATE \"C\" NOT NULL,
    id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    children bigint NOT NULL CHECK (children >= 0),
    subject uuid,
    {parent},
"
    );
    for field in kind.fields() {
        let _ = writeln!(text, "    {},", field_column(*field));
    }
    let _ = write!(
        text,
        "    body_version bigint NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body bytea NOT NULL CHECK (octet_length(body) <= 1048576),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (tenant, id)
);
ALTER TABLE {table} ALTER COLUMN body SET STATISTICS 0;
COMMENT ON TABLE {table} IS
    'Records of the kind {name}. Worktrail''s own: read worktrail_v_{name}, never write to it.';
COMMENT ON COLUMN {table}.body IS 'The whole record, in a versioned form. Every class.';
",
        name = kind.name(),
    );
    for field in kind.fields() {
        text.push_str(&about_field(kind, *field));
    }
    let _ = writeln!(text, "CREATE INDEX {table}_subject ON {table} (tenant, subject) WHERE subject IS NOT NULL;");
    if kind.parent().is_some() {
        let (name, term) = (index_name(kind.children()), named_index(kind.children()));
        let _ = writeln!(text, "CREATE INDEX {name} ON {table} (tenant, parent, id) WHERE {term};");
    }
    for index in kind.indexes() {
        text.push_str(&declared_index(kind, index));
    }
    let _ = write!(text, "\n{}", view(kind));
    text
}

fn declared_index(kind: Kind, index: Index) -> String {
    let quoted: Vec<String> = index_columns(index).iter().map(|column| format!("\"{column}\"")).collect();
    let present: Vec<String> = quoted.iter().map(|column| format!("{column} IS NOT NULL")).collect();
    let (unique, id) = match index.uniqueness() {
        Uniqueness::Unique => ("UNIQUE ", ""),
        Uniqueness::Shared => ("", ", id"),
    };
    format!(
        "CREATE {unique}INDEX {} ON {} (tenant, {}{id})\n    WHERE {} AND {};\n",
        index_name(index),
        table(kind),
        quoted.join(", "),
        named_index(index),
        present.join(" AND "),
    )
}

fn field_column(field: Field) -> String {
    let (name, of) = (field.name(), column_type(field.field_type()));
    match field.field_type() {
        FieldType::Text => format!("\"{name}\" {of} COLLATE \"C\" CHECK (octet_length(\"{name}\") <= 1024)"),
        FieldType::Integer | FieldType::Day | FieldType::Instant | FieldType::Id => format!("\"{name}\" {of}"),
    }
}

/// What a column's comment says; and, where the values are personal, that `ANALYZE` takes no samples of them: those would
/// outlive the rows.
fn about_field(kind: Kind, field: Field) -> String {
    let (table, name) = (table(kind), field.name());
    let class = field.class().label().en;
    let comment = format!("COMMENT ON COLUMN {table}.\"{name}\" IS 'Class: {class}.';\n");
    if field.class().is_personal() {
        format!("ALTER TABLE {table} ALTER COLUMN \"{name}\" SET STATISTICS 0;\n{comment}")
    } else {
        comment
    }
}

/// The view of a kind: no body and no digest.
fn view(kind: Kind) -> String {
    let mut columns = vec!["tenant".to_owned(), "id".to_owned(), "revision".to_owned(), "subject".to_owned()];
    if kind.parent().is_some() {
        columns.push("parent".to_owned());
    }
    columns.extend(kind.fields().iter().map(|field| format!("\"{}\"", field.name())));
    let name = kind.name();
    format!(
        "CREATE VIEW worktrail_v_{name} AS SELECT\n    {}\nFROM {};\n\
         COMMENT ON VIEW worktrail_v_{name} IS 'Records of the kind {name}: a stable interface.';\n",
        columns.join(", "),
        table(kind),
    )
}

#[cfg(test)]
mod difference;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sha2::{Digest as _, Sha256};
    use worktrail_core::record::SCHEMA;

    use super::difference::{catalogue, difference};
    use super::*;
    use crate::columns::FIXED;
    use crate::migrate;
    use crate::migration::{LADDER, Work};
    use crate::testing::{connection, fresh_schema, options, run_in};

    #[tokio::test]
    async fn the_migrations_come_to_what_the_schema_lines_ask_for() {
        if let Some(step) = std::env::var_os("UPDATE_STEP") {
            update(Path::new(&step)).await;
        }
        let (migrated, wanted) = (fresh_schema(), fresh_schema());
        migrate(&options(&migrated)).await.unwrap();
        let mut connection = connection().await;
        run_in(&mut connection, &wanted, &foundation(&SCHEMA)).await;
        let found = catalogue(&mut connection, &migrated).await;
        let wanted = catalogue(&mut connection, &wanted).await;
        for (name, lines) in &wanted {
            assert_eq!(found.get(name), Some(lines), "{name}: a schema line has no migration");
        }
        assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    }

    /// Writes the last step of the ladder anew, from what the steps before it come to: for as long as no schema in use was
    /// made with it. The name is that of its file, without an ending.
    async fn update(name: &Path) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
        let (before, mut connection) = (fresh_schema(), connection().await);
        let file = path.with_extension("sql");
        let last = std::fs::read_to_string(&file).unwrap_or_default();
        run_in(&mut connection, &before, "").await;
        for step in LADDER.steps {
            let Work::Sql(text) = step.work else { continue };
            if text == last {
                break;
            }
            run_in(&mut connection, &before, text).await;
        }
        let text = difference(&mut connection, &before, &SCHEMA).await;
        std::fs::write(file, &text).unwrap();
        std::fs::write(path.with_extension("sha256"), checksum(&text)).unwrap();
        panic!("the step was written anew: run the tests again");
    }

    fn checksum(text: &str) -> String {
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    #[test]
    fn the_text_of_no_step_was_changed() {
        for step in LADDER.steps {
            let Work::Sql(text) = step.work else { continue };
            assert_eq!(
                checksum(text),
                step.checksum.trim(),
                "{}: a step that was released is never changed",
                step.name
            );
        }
    }

    #[test]
    fn no_field_and_no_index_takes_a_name_that_a_table_has_already_or_that_is_too_long() {
        for kind in SCHEMA.kinds() {
            for field in kind.fields() {
                assert!(!FIXED.contains(&field.name()), "{}.{}", kind.name(), field.name());
            }
            for index in kind.indexes() {
                assert!(!["subject", "children", "all"].contains(&index.name()), "{}.{}", kind.name(), index.name());
                // The engine cuts off what is longer.
                assert!(index_name(index).len() <= 63, "{}.{}", kind.name(), index.name());
            }
        }
    }
}
