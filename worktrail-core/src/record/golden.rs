//! Tests: what was stored once must load for ever.
//!
//! `tests/golden` holds a stored body of each sample of each kind, as form version 1 wrote it. It must keep loading, and
//! be written back byte for byte for as long as the form is the same. A file is never overwritten; `UPDATE_GOLDEN=1`
//! writes those that are missing, for a new kind.
//!
//! `tests/projections.txt` says, for each of those bodies, which fields follow from it, and by which projection of its
//! kind. They may change only when the projection is raised, so that stores make the fields of old records anew;
//! `UPDATE_GOLDEN=1` then writes the new ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::samples::{Visit, every_kind};
use super::{Recorded, SCHEMA, from_record, key_of, reproject, to_record};
use crate::store::{Body, Record, Subject};

/// The form version that the files were written in.
const FORM: u16 = 1;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Compares every sample's kind with its file; the first sample of a kind is the file `kind.json`, the next
/// `kind-2.json`.
#[derive(Default)]
struct Golden {
    samples: BTreeMap<&'static str, usize>,
    names: BTreeSet<String>,
    faults: Vec<String>,
}

impl Golden {
    fn name(&mut self, kind: &'static str) -> String {
        let sample = self.samples.entry(kind).or_default();
        *sample += 1;
        if *sample == 1 { format!("{kind}.json") } else { format!("{kind}-{sample}.json") }
    }
}

impl Visit for Golden {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let name = self.name(T::KIND.name());
        let path = folder().join(&name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() && !path.exists() {
            fs::write(&path, to_record(value).unwrap().body().bytes()).unwrap();
        }
        match fs::read(&path) {
            Ok(bytes) => {
                let record = Record::new(key_of::<T>(value.id()), Body::new(FORM, bytes.clone()));
                match from_record::<T>(&record).map(|loaded| to_record(&loaded).unwrap()) {
                    Ok(again) if T::FORM > FORM || again.body().bytes() == bytes => {}
                    Ok(_) => self.faults.push(format!("{name}: is written back otherwise")),
                    Err(error) => self.faults.push(format!("{name}: {error}")),
                }
            }
            Err(error) => self.faults.push(format!("{name}: {error}; UPDATE_GOLDEN=1 writes a missing file")),
        }
        self.names.insert(name);
    }
}

#[test]
fn what_form_1_wrote_loads_and_is_written_back_byte_for_byte() {
    let mut golden = Golden::default();
    every_kind(&mut golden);
    for kind in SCHEMA.kinds().filter(|kind| !golden.samples.contains_key(kind.name())) {
        golden.faults.push(format!("{}: there is no sample", kind.name()));
    }
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !golden.names.contains(&name) {
            golden.faults.push(format!("{name}: belongs to no sample"));
        }
    }
    assert!(golden.faults.is_empty(), "{}", golden.faults.join("\n"));
}

#[test]
fn a_body_of_a_newer_form_is_not_read() {
    struct Newer;

    impl Visit for Newer {
        fn visit<T: Recorded>(&mut self, value: &T) {
            let bytes = to_record(value).unwrap().body().bytes().to_vec();
            let newer = Record::new(value.key(), Body::new(T::FORM + 1, bytes));
            let error = from_record::<T>(&newer).unwrap_err();
            assert_eq!(error.kind(), crate::store::StoreErrorKind::SchemaOutdated, "{}", T::KIND.name());
        }
    }

    every_kind(&mut Newer);
}

/// What follows from each golden body: its kind's projection, and the fields as JSON.
#[derive(Default)]
struct Projected {
    golden: Golden,
    found: BTreeMap<String, (u16, String)>,
}

impl Visit for Projected {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let name = self.golden.name(T::KIND.name());
        let body = fs::read(folder().join(&name)).unwrap();
        let record = reproject(&Record::new(key_of::<T>(value.id()), Body::new(FORM, body))).unwrap();
        let fields = T::KIND.fields().iter().map(|field| field.name().to_owned()).zip(record.fields());
        let present = fields.filter_map(|(name, value)| Some((name, serde_json::to_value(value.as_ref()?).unwrap())));
        let ids = [("(about)", record.subject().map(Subject::id)), ("(under)", record.parent())];
        let ids = ids.into_iter().map(|(name, id)| (name.to_owned(), serde_json::to_value(id).unwrap()));
        let all: BTreeMap<String, serde_json::Value> = present.chain(ids).collect();
        self.found.insert(name, (T::KIND.projection(), serde_json::to_string(&all).unwrap()));
    }
}

fn projections() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projections.txt")
}

/// The lines of the file: a golden body's name, a projection, the fields.
fn read_projections() -> BTreeMap<String, (u16, String)> {
    let text = fs::read_to_string(projections()).unwrap_or_default();
    let parts = text.lines().map(|line| line.splitn(3, ' ').collect::<Vec<_>>());
    parts.map(|parts| (parts[0].to_owned(), (parts[1].parse().unwrap(), parts[2].to_owned()))).collect()
}

#[test]
fn the_fields_of_old_records_change_only_with_their_projection() {
    let mut projected = Projected::default();
    every_kind(&mut projected);
    let mut written = read_projections();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        for (name, found) in &projected.found {
            if written.get(name).is_none_or(|(projection, _)| found.0 > *projection) {
                written.insert(name.clone(), found.clone());
            }
        }
        let lines = written.iter().map(|(name, (projection, fields))| format!("{name} {projection} {fields}\n"));
        fs::write(projections(), lines.collect::<String>()).unwrap();
    }
    for (name, found) in &projected.found {
        let advice = "other fields than before follow from its body: raise the kind's `projection`, give the SQL stores \
                      a step that makes them anew, and run this with UPDATE_GOLDEN=1";
        assert_eq!(written.get(name), Some(found), "{name}: {advice}");
    }
    assert_eq!(written.len(), projected.found.len(), "a line belongs to no golden body");
}
