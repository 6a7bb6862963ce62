//! The parts of a batch, to be put together in another way.

use worktrail_core::store::{
    Batch, BatchBuilder, Expect, Guard, Happening, Record, Stamp, StoreError, Subject, Tenant, Value, Write,
};

/// The parts of a batch.
pub(crate) struct Parts {
    pub(crate) tenant: Tenant,
    pub(crate) guards: Vec<Guard>,
    pub(crate) writes: Vec<Write>,
    pub(crate) happenings: Vec<Happening>,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) forget: Option<Subject>,
}

impl Parts {
    pub(crate) fn of(batch: &Batch) -> Self {
        Self {
            tenant: batch.tenant().clone(),
            guards: batch.guards().to_vec(),
            writes: batch.writes().to_vec(),
            happenings: batch.happenings().to_vec(),
            stamp: batch.stamp().cloned(),
            forget: batch.forget(),
        }
    }

    pub(crate) fn nothing_of(batch: &Batch) -> Self {
        Self { guards: vec![], writes: vec![], happenings: vec![], stamp: None, forget: None, ..Self::of(batch) }
    }

    pub(crate) fn together(self) -> Result<Batch, StoreError> {
        let mut batch = self.guards.into_iter().fold(Batch::of(self.tenant), BatchBuilder::guard);
        for write in self.writes {
            batch = match write {
                Write::Put(record, expect) => batch.put(record, expect),
                Write::Remove { key, parent, expect } => batch.remove(key, parent, expect),
            };
        }
        batch = self.happenings.into_iter().fold(batch, BatchBuilder::tell);
        batch = self.stamp.into_iter().fold(batch, BatchBuilder::stamp);
        batch = self.forget.into_iter().fold(batch, BatchBuilder::forget);
        batch.build()
    }

    pub(crate) fn map_puts(mut self, change: impl Fn(Record) -> Record) -> Self {
        for write in &mut self.writes {
            if let Write::Put(record, _) = write {
                *record = change(record.clone());
            }
        }
        self
    }

    pub(crate) fn expecting_anything(mut self) -> Self {
        for write in &mut self.writes {
            match write {
                Write::Put(_, expect) | Write::Remove { expect, .. } => *expect = Expect::Any,
            }
        }
        self
    }
}

/// A record with other fields.
pub(crate) fn with_fields(record: &Record, change: impl Fn(&Option<Value>) -> Option<Value>) -> Record {
    let fields = record.fields().iter().map(change).collect();
    Record::from_parts(record.key(), record.subject(), record.parent(), fields, record.body().clone())
}
