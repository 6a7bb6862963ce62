//! Whether the engine walks the index that it is meant to walk, and nothing else: with plans that were made once, when
//! the tables were empty, and with plans that are made when they are full.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Bound;

use chrono::{DateTime, NaiveDate};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::judge::{Effect, Judge};
use worktrail_core::store::{
    Batch, Body, CommandId, Details, Digest, Expect, FieldType, Happening, Index, IndexRange, JournalRange, Key, Kind,
    Limit, Order, PageRequest, Path, Place, Position, Record, RecordKey, Salt, Stamp, Subject, Tenant, UniqueKey,
    Value,
};

use super::{count_statement, scan_statement};
use crate::connect::connect;
use crate::fetch::Fetch;
use crate::home::{Home, Statement, index_columns, index_name, table};
use crate::save::Seen;
use crate::testing::{fresh_schema, options};
use crate::{PostgresOptions, journal, migrate, save};

fn some_value(of: FieldType) -> Value {
    match of {
        FieldType::Text => Value::from("text"),
        FieldType::Integer => Value::Integer(1),
        FieldType::Day => Value::Day(NaiveDate::default()),
        FieldType::Instant => Value::Instant(DateTime::UNIX_EPOCH),
        FieldType::Id => Value::Id(Uuid::nil()),
    }
}

/// Every index of the schema, declared or not.
fn indexes() -> Vec<Index> {
    let of = |kind: Kind| {
        let children = kind.parent().map(|_| kind.children());
        kind.indexes().chain([kind.all()]).chain(children).collect::<Vec<_>>()
    };
    SCHEMA.kinds().flat_map(of).collect()
}

/// The plan of a statement as the store's own connections make it: for the text, and not for its values.
async fn plan(connection: &mut PgConnection, statement: Statement) -> Vec<String> {
    let none = vec!["NULL"; statement.cells.len()].join(", ");
    connection.execute(AssertSqlSafe(format!("PREPARE looked AS {}", statement.text))).await.unwrap();
    let rows =
        connection.fetch_all(AssertSqlSafe(format!("EXPLAIN (COSTS OFF) EXECUTE looked ({none})"))).await.unwrap();
    connection.execute("DEALLOCATE looked").await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

/// That no table is read but by a condition of an index that begins with the tenant.
fn assert_searches(plan: &[String], what: &str) {
    for (place, line) in plan.iter().enumerate() {
        assert!(!line.contains("Seq Scan") && !line.contains("Bitmap"), "{what}: {plan:#?}");
        assert!(!line.contains("Hash Join") && !line.contains("Materialize"), "{what}: {plan:#?}");
        // Whatever is filtered was read in vain; but where a page of a unique index begins, its first row may be. And
        // the head is one row, as is what a key finds before its revision is looked at.
        let fine = ["ROW(", " Filter: (id ", " Filter: ((revision = ", "seen IS NULL)", "Conflict Filter", "One-Time"];
        let of_revision = line.contains("IS NULL) OR (revision = ") && plan[place - 1].contains("id = ");
        let fine = of_revision || fine.iter().any(|filter| line.contains(filter));
        assert!(!line.contains(" Filter: ") || fine, "{what}: {plan:#?}");
        if line.contains("Index Scan") || line.contains("Index Only Scan") {
            let condition = plan.get(place + 1).map_or("", String::as_str);
            assert!(condition.contains("Index Cond:") && condition.contains("tenant ="), "{what}: {plan:#?}");
        }
    }
}

/// That an index is walked, with these columns in its condition, and that what it gives is not sorted again.
fn assert_walks(plan: &[String], index: Index, columns: &[&str]) {
    let name = match index.path() {
        Path::All => format!("{}_pkey", table(index.kind())),
        _ => index_name(index),
    };
    assert_searches(plan, &format!("{index:?}"));
    let walks = |line: &String| line.contains(&format!("using {name} on "));
    let place = plan.iter().position(walks).unwrap_or_else(|| panic!("{index:?} is not walked: {plan:#?}"));
    for column in columns {
        assert!(plan[place + 1].contains(column), "{index:?} is not searched by {column}: {plan:#?}");
    }
}

async fn every_walk_searches_its_index(connection: &mut PgConnection, home: &Home) {
    let (tenant, page) = (Tenant::default(), PageRequest::first(Limit::new(10)));
    for index in indexes() {
        let (types, columns) = (index.types(), index_columns(index));
        let values: Vec<Value> = types.iter().copied().map(some_value).collect();
        let place = Place { values: values.clone(), id: Uuid::nil() };
        for equal in 0..=types.len() {
            for order in [Order::Ascending, Order::Descending] {
                let range = IndexRange::new(index, values[..equal].to_vec()).unwrap().ordered(order);
                let sought = &columns[..equal];
                let next: Vec<&str> = columns.iter().copied().take(equal + 1).collect();
                let pages = |range: &IndexRange, after| scan_statement(home, &tenant, range, &page, after).unwrap();
                let sorts = |plan: &[String]| plan.iter().any(|line| line.trim_start().starts_with("Sort"));

                let first = plan(connection, pages(&range, None)).await;
                assert_walks(&first, index, sought);
                let later = plan(connection, pages(&range, Some(&place))).await;
                assert_walks(&later, index, &next);
                assert!(!sorts(&first) && !sorts(&later), "{index:?}: {first:#?} {later:#?}");
                let whole = plan(connection, count_statement(home, &tenant, &range, None).unwrap()).await;
                assert_walks(&whole, index, sought);

                let Some(column) = columns.get(equal) else { continue };
                let grouped = plan(connection, count_statement(home, &tenant, &range, Some(column)).unwrap()).await;
                assert_walks(&grouped, index, sought);
                let bound = values[equal].clone();
                let range = range.between(Bound::Included(bound.clone()), Bound::Excluded(bound)).unwrap();
                assert_walks(&plan(connection, pages(&range, None)).await, index, &next);
                assert_walks(&plan(connection, pages(&range, Some(&place))).await, index, &next);
            }
        }
    }
}

async fn every_look_up_and_the_journal_search(connection: &mut PgConnection, home: &Home) {
    let tenant = Tenant::default();
    let mut keys = vec![Key::Stamp(CommandId::new(Uuid::nil()))];
    for kind in SCHEMA.kinds() {
        keys.push(Key::Record(RecordKey::new(kind, Uuid::nil())));
        for index in kind.unique_indexes() {
            let values = index.types().into_iter().map(some_value).collect();
            keys.push(Key::Unique(UniqueKey::new(index, values).unwrap()));
        }
    }
    let parents = SCHEMA.kinds().map(|kind| RecordKey::new(kind, Uuid::nil())).collect();
    for keys in [keys.clone(), [keys.clone(), keys].concat()] {
        let of_commands = Fetch::of(&tenant, &keys).with_place_of_head();
        assert_searches(&plan(connection, of_commands.statement(home)).await, "a command's look-up");
        let of_commits = Fetch::of(&tenant, &keys).with_parents(&parents).with_head();
        let of_commits = of_commits.about(Some(Subject::new(Uuid::nil())));
        assert_searches(&plan(connection, of_commits.statement(home)).await, "a commit's look-up");
    }
    for range in [JournalRange::Everything, JournalRange::About(Subject::new(Uuid::nil()))] {
        let statement = journal::statement(home, &tenant, range, Position::START, Limit::MAX);
        assert_searches(&plan(connection, statement).await, "the journal");
    }
}

/// What a batch comes to that touches every kind in every way.
fn everything() -> Effect {
    let (tenant, mut batch) = (Tenant::default(), Batch::of(Tenant::default()));
    for kind in SCHEMA.kinds() {
        let record = Record::new(RecordKey::new(kind, Uuid::from_u128(1)), Body::new(1, b"x".as_slice()));
        let record = record.under(kind.parent().map(|_| Uuid::from_u128(1)));
        batch = batch.put(record, Expect::Any);
    }
    let about = RecordKey::new(SCHEMA.kinds().next().unwrap(), Uuid::nil());
    let told = Happening::new("told", about, Uuid::nil(), DateTime::UNIX_EPOCH);
    batch = batch.tell(told.with(Details::new(Salt::new([0; 16]), b"x".as_slice())));
    batch =
        batch.stamp(Stamp::new(CommandId::new(Uuid::nil()), Digest::default(), b"".as_slice(), DateTime::UNIX_EPOCH));
    let batch = batch.build().unwrap();
    let mut judge = Judge::new(tenant, worktrail_core::store::Head::default(), [], Vec::new());
    judge.judge(&batch).unwrap();
    let mut effect = judge.into_effect();
    effect.forgotten = Some(Subject::new(Uuid::nil()));
    effect.removed = SCHEMA.kinds().map(|kind| RecordKey::new(kind, Uuid::from_u128(2))).collect();
    effect.bumped = SCHEMA
        .kinds()
        .map(|kind| (RecordKey::new(kind, Uuid::from_u128(3)), effect.stamps[0].receipt().revision()))
        .collect();
    effect
}

async fn every_write_searches(connection: &mut PgConnection, home: &Home) {
    let mut over = Seen::default();
    let first = over.head.revision;
    let there = everything().saved.into_keys().map(|key| (key, first)).collect();
    for (revision, records) in [(first, BTreeMap::new()), (first.next(), there)] {
        over.head.revision = revision;
        over.records = records;
        let (one, mut more) = (everything(), everything());
        more.removed.extend(SCHEMA.kinds().map(|kind| RecordKey::new(kind, Uuid::from_u128(4))));
        for effect in [one, more] {
            let statement = save::statement(home, &Tenant::default(), &over, &effect).unwrap();
            assert_searches(&plan(connection, statement).await, "a commit");
        }
    }
}

async fn all(options: &PostgresOptions, connection: &mut PgConnection) {
    every_walk_searches_its_index(connection, options.home()).await;
    every_look_up_and_the_journal_search(connection, options.home()).await;
    every_write_searches(connection, options.home()).await;
}

/// Three tenants, of which one has nearly everything, with few values in each field.
async fn fill(connection: &mut PgConnection, home: &Home) {
    for kind in SCHEMA.kinds() {
        let (mut names, mut values) = (String::new(), String::new());
        for field in kind.fields() {
            let _ = write!(names, ", \"{}\"", field.name());
            let unique = kind.unique_indexes().any(|index| index_columns(index).contains(&field.name()));
            let some = if unique { "n" } else { "n % 7" };
            let value = match field.field_type() {
                FieldType::Text => format!(", ({some})::text"),
                FieldType::Integer => format!(", {some}"),
                FieldType::Day => format!(", '2020-01-01'::date + ({some})::int"),
                FieldType::Instant => format!(", '2020-01-01'::timestamptz + make_interval(days => ({some})::int)"),
                FieldType::Id => format!(", lpad(to_hex({some}), 32, '0')::uuid"),
            };
            values.push_str(&value);
        }
        let parent = if kind.parent().is_some() { "lpad(to_hex(n % 50), 32, '0')::uuid" } else { "NULL" };
        let text = format!(
            "INSERT INTO {} (tenant, id, revision, children, subject, parent, body_version, body, digest{names}) \
             SELECT CASE WHEN n % 50 < 48 THEN 'main' WHEN n % 50 = 48 THEN 'other' ELSE 'third' END, \
             lpad(to_hex(n), 32, '0')::uuid, 1, 0, lpad(to_hex(n % 90), 32, '0')::uuid, {parent}, 1, 'x', \
             decode(repeat('00', 32), 'hex'){values} FROM generate_series(1::bigint, 3000) AS n",
            home.table(kind),
        );
        connection.execute(AssertSqlSafe(text)).await.unwrap();
    }
}

#[tokio::test]
async fn no_statement_ever_reads_a_whole_tenant() {
    let options = options(&fresh_schema());
    migrate(&options).await.unwrap();
    let mut connection = connect(&options).await.unwrap();
    let analyse = || {
        let tables: Vec<String> = SCHEMA.kinds().map(|kind| options.home().table(kind)).collect();
        AssertSqlSafe(format!("ANALYZE {}", tables.join(", ")))
    };
    connection.execute(analyse()).await.unwrap();
    all(&options, &mut connection).await;
    fill(&mut connection, options.home()).await;
    all(&options, &mut connection).await;
    connection.execute(analyse()).await.unwrap();
    all(&options, &mut connection).await;
}
