//! What a state offers to whoever fills in a form.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value as Json};
use uuid::Uuid;
use worktrail_core::domain::Role;
use worktrail_core::simulation::Dice;
use worktrail_core::store::{RecordKey, Revision, StoredRecord};

use super::fields;

/// What is there, as it is stored: by kind, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Offer {
    revisions: BTreeMap<RecordKey, Revision>,
    kinds: BTreeMap<&'static str, Vec<Map<String, Json>>>,
}

impl Offer {
    /// Takes in what has changed.
    pub(crate) fn see(&mut self, records: &BTreeMap<RecordKey, StoredRecord>) {
        let gone: Vec<_> = self.revisions.keys().filter(|key| !records.contains_key(key)).copied().collect();
        for key in gone {
            self.revisions.remove(&key);
            self.take(key);
        }
        for (key, stored) in records {
            if self.revisions.insert(*key, stored.revision()) != Some(stored.revision()) {
                self.take(*key);
                let mut body: Map<String, Json> =
                    serde_json::from_slice(stored.record().body().bytes()).expect("an object");
                body.insert("id".to_owned(), key.id().to_string().into());
                self.kinds.entry(key.kind().name()).or_default().push(body);
            }
        }
    }

    fn take(&mut self, key: RecordKey) {
        let id = Json::from(key.id().to_string());
        if let Some(kept) = self.kinds.get_mut(key.kind().name()) {
            kept.retain(|body| body.get("id") != Some(&id));
        }
    }

    /// What there is of a kind.
    pub(super) fn all(&self, kind: &str) -> &[Map<String, Json>] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(&self, kind: &str, id: &Json) -> Option<&Map<String, Json>> {
        self.all(kind).iter().find(|body| body.get("id") == Some(id))
    }

    /// One of the latest of a kind, so that people work on the same things, or now and then any.
    fn some(&self, dice: &mut Dice, kind: &str) -> Option<&Map<String, Json>> {
        let all = self.all(kind);
        let latest = all.last_chunk::<6>().map_or(all, <[_; 6]>::as_slice);
        if dice.happens(700) { dice.pick(latest) } else { dice.pick(all) }
    }

    /// The id of one of the latest of a kind.
    pub(super) fn recent(&self, dice: &mut Dice, kind: &str) -> Option<Json> {
        self.some(dice, kind)?.get("id").cloned()
    }

    /// A team, and somebody who is a member of it.
    pub(super) fn some_member(&self, dice: &mut Dice) -> Option<(Json, Json)> {
        let membership = dice.pick(self.all("membership"))?;
        Some((membership.get("team")?.clone(), membership.get("staff")?.clone()))
    }

    /// What a form is about: one thing that is there, and what that thing belongs to.
    pub(super) fn case(&self, dice: &mut Dice, today: NaiveDate, name: &str, form: &Json) -> Map<String, Json> {
        let mut case = Map::new();
        let mut old = BTreeSet::new();
        ids(form, "", &mut |field| old.extend((!fields::is_new(name, field)).then(|| field.to_owned())));
        // What belongs to something else says most of what there is to say.
        let part = old.iter().find(|field| !fields::WHOLES.contains(&field.as_str()));
        if let Some((kind, will_do)) = fields::about(name)
            && dice.happens(800)
        {
            let few: Vec<_> = self.all(kind).iter().filter(|body| will_do(body, today)).collect();
            add(&mut case, kind, dice.pick(&few).copied());
        } else if let Some(field) = part {
            let kind = fields::kind_of(name, field);
            add(&mut case, field, self.some(dice, kind));
        }
        for whole in fields::WHOLES {
            let kind = fields::kind_of(name, whole);
            if let Some(id) = case.get(whole) {
                let known = self.find(kind, id);
                add(&mut case, whole, known);
            } else if old.contains(whole) && whole != "owner" {
                let one = self.of_the_same(dice, kind, &case);
                add(&mut case, whole, one);
            }
            if whole == "participant" && !case.contains_key("team") {
                let staff = case.get("staff").cloned();
                let theirs =
                    self.all("membership").iter().rfind(|it| staff.is_some() && it.get("staff") == staff.as_ref());
                case.extend(theirs.and_then(|it| it.get("team")).map(|team| ("team".to_owned(), team.clone())));
                let person = case.get("participant").cloned();
                let theirs =
                    self.all("trail").iter().rfind(|it| person.is_some() && it.get("participant") == person.as_ref());
                add(&mut case, "trail", theirs);
            }
        }
        if !case.contains_key("owner")
            && let Some(team) = case.get("team").cloned()
        {
            let specialist = Json::from(Role::Specialist.code());
            let of_team =
                |it: &&Map<String, Json>| it.get("team") == Some(&team) && it.get("role") == Some(&specialist);
            let theirs: Vec<_> = self.all("membership").iter().filter(of_team).collect();
            let one = dice.pick(&theirs).and_then(|membership| membership.get("staff"));
            case.extend(one.map(|staff| ("owner".to_owned(), staff.clone())));
        }
        for field in &old {
            if !case.contains_key(field) {
                let one = self.of_the_same(dice, fields::kind_of(name, field), &case).and_then(|body| body.get("id"));
                case.extend(one.map(|id| (field.clone(), id.clone())));
            }
        }
        case
    }

    /// Whether there is something of a kind that will do.
    pub(super) fn has(&self, (kind, will_do): fields::About, today: NaiveDate) -> bool {
        self.all(kind).iter().any(|body| will_do(body, today))
    }

    /// One of a kind that belongs to the same as a case does, if there is one and mostly; for a member of staff, one of
    /// the same team.
    fn of_the_same(&self, dice: &mut Dice, kind: &str, case: &Map<String, Json>) -> Option<&Map<String, Json>> {
        if kind == "staff" && case.contains_key("trail") && dice.happens(800) {
            let theirs = self.of_the_same(dice, "membership", case)?;
            return self.find("staff", theirs.get("staff")?);
        }
        for whole in ["trail", "participant", "employer", "team"] {
            let same = |body: &&Map<String, Json>| body.contains_key(whole) && body.get(whole) == case.get(whole);
            let theirs: Vec<_> = self.all(kind).iter().filter(same).collect();
            if !theirs.is_empty() && dice.happens(800) {
                return dice.pick(&theirs).copied();
            }
        }
        self.some(dice, kind)
    }
}

/// The days that something tells of.
pub(super) fn days(held: &Json) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    texts(held, &mut |text| days.extend(text.parse::<NaiveDate>().ok()));
    days
}

/// The first days of what is held in a list.
pub(super) fn first_days(held: &Json) -> Vec<NaiveDate> {
    let first = |it: &Json| it.pointer("/period/first").or_else(|| it.get("first"))?.as_str()?.parse().ok();
    held.as_array().into_iter().flatten().filter_map(first).collect()
}

/// The moments that something tells of.
pub(super) fn moments(held: &Json) -> Vec<Json> {
    let mut moments = Vec::new();
    texts(held, &mut |text| moments.extend(DateTime::parse_from_rfc3339(text).ok().map(|_| Json::from(text))));
    moments
}

/// Adds to a case what a field refers to.
fn add(case: &mut Map<String, Json>, field: &str, body: Option<&Map<String, Json>>) {
    for (name, value) in body.into_iter().flatten() {
        let name = match (name.as_str(), field) {
            ("id", "kept" | "merged") => "participant",
            ("id", field) => field,
            ("registering_team", _) => "team",
            (name, _) => name,
        };
        case.entry(name).or_insert_with(|| value.clone());
    }
}

/// Looks at every field of a form in which an id stands.
fn ids(form: &Json, field: &str, look: &mut impl FnMut(&str)) {
    match form {
        Json::String(text) if text.parse::<Uuid>().is_ok() => look(field),
        Json::Array(items) => items.iter().for_each(|item| ids(item, field, look)),
        Json::Object(fields) => fields.iter().for_each(|(field, value)| ids(value, field, look)),
        _ => {}
    }
}

/// Looks at every text in a value.
fn texts(value: &Json, look: &mut impl FnMut(&str)) {
    match value {
        Json::String(text) => look(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, look)),
        Json::Object(fields) => fields.values().for_each(|value| texts(value, look)),
        _ => {}
    }
}
