//! Commands of every kind, drawn: a form that somebody may have filled in, with what the state offers in its fields.
//!
//! Nothing here knows a command. The form of each is the line that `golden-commands.txt` keeps of it; what may stand in
//! its fields is said by their names, in [`fields`].

// With their paths, since commands are drawn from another package too.
#[path = "drawn/actor.rs"]
mod actor;
#[path = "drawn/fields.rs"]
mod fields;
#[path = "drawn/offer.rs"]
mod offer;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use uuid::Uuid;
use worktrail_core::access::{Actor, Right};
use worktrail_core::command::COMMANDS;
use worktrail_core::simulation::Dice;

pub(crate) use offer::Offer;

/// What the kept forms were written as.
const GOLDEN: &str = include_str!("../golden-commands.txt");

/// The day on which they were.
const WRITTEN: NaiveDate = NaiveDate::from_ymd_opt(2022, 9, 1).expect("a day");

/// The first and the last days that there are.
const LIMITS: [&str; 4] = ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"];

/// The form of each command, by its name.
fn forms() -> &'static BTreeMap<&'static str, Json> {
    static FORMS: OnceLock<BTreeMap<&'static str, Json>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let form = |line: &'static str| {
            let (name, rest) = line.split_once(' ').expect("a name");
            let (_, json) = rest.split_once(' ').expect("a fingerprint");
            (name, serde_json::from_str(json).expect("JSON"))
        };
        GOLDEN.lines().map(form).collect()
    })
}

/// A command that somebody wants done.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) name: &'static str,
    pub(crate) form: Json,
    /// The code of the role in which it is sent.
    pub(crate) role: &'static str,
    pub(crate) actor: Actor,
}

/// Whether there is what a command is mostly about.
pub(crate) fn is_offered(name: &str, today: NaiveDate, offer: &Offer) -> bool {
    fields::about(name).is_none_or(|about| offer.has(about, today))
}

/// Draws any command: mostly one for which there is what it is about, and often one for which there seldom is.
pub(crate) fn any(dice: &mut Dice, today: NaiveDate, offer: &Offer) -> Drawn {
    loop {
        let (name, right) = *dice.pick(COMMANDS).expect("some");
        let often = match fields::about(name) {
            Some(_) if is_offered(name, today, offer) => 1_000,
            Some(_) => 30,
            None if fields::FINAL.contains(&name) => 100,
            None => 400,
        };
        if dice.happens(often) {
            return one(name, right, dice, today, offer);
        }
    }
}

/// Draws the command of a name.
pub(crate) fn named(name: &str, dice: &mut Dice, today: NaiveDate, offer: &Offer) -> Drawn {
    let (name, right) = *COMMANDS.iter().find(|(known, _)| *known == name).expect("a command");
    one(name, right, dice, today, offer)
}

fn one(name: &'static str, right: Right, dice: &mut Dice, today: NaiveDate, offer: &Offer) -> Drawn {
    let mut form = forms().get(name).expect("a form").clone();
    let case = offer.case(dice, today, name, &form);
    let days = match dice.below(10) {
        0..4 if fields::AGREED_AHEAD.contains(&name) => Some(-20 - few(dice, 70)),
        0..6 => Some(few(dice, 6)),
        _ => None,
    };
    let mut clerk = Clerk { name, dice, today, offer, case, days };
    clerk.fill("", &mut form);
    let (role, actor) = actor::draw(clerk.dice, right, offer, &clerk.case);
    Drawn { name, form, role, actor }
}

/// What a question may be about, and somebody who asks it.
#[derive(Debug)]
pub(crate) struct Matter {
    about: Map<String, Json>,
    /// The code of the role in which it is asked.
    pub(crate) role: &'static str,
    pub(crate) actor: Actor,
}

impl Matter {
    /// What stands in a field of what it is about.
    pub(crate) fn get<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.about.get(field)?.clone()).ok()
    }
}

/// Draws a matter for a question that takes a right.
pub(crate) fn matter(right: Right, dice: &mut Dice, today: NaiveDate, offer: &Offer) -> Matter {
    let nobody = Uuid::nil().to_string();
    let fields = ["trail", "employer", "contact_person", "staff", "office"];
    let form = fields.iter().map(|field| ((*field).to_owned(), Json::from(nobody.clone()))).collect();
    let about = offer.case(dice, today, "", &Json::Object(form));
    let (role, actor) = actor::draw(dice, right, offer, &about);
    Matter { about, role, actor }
}

/// Whoever fills in a form.
struct Clerk<'a> {
    name: &'static str,
    dice: &'a mut Dice,
    today: NaiveDate,
    offer: &'a Offer,
    /// What the form is about: what stands in the fields of the same name of what is there.
    case: Map<String, Json>,
    /// How many days before today all of it is, with the days as far apart as in the kept form; none when each day is
    /// drawn.
    days: Option<i64>,
}

impl Clerk<'_> {
    fn fill(&mut self, field: &str, value: &mut Json) {
        match value {
            Json::Object(fields)
                if fields.len() == 2 && fields.contains_key("team") && fields.contains_key("owner") =>
            {
                if let Some((team, owner)) = self.offer.some_member(self.dice) {
                    fields.insert("team".to_owned(), team);
                    fields.insert("owner".to_owned(), owner);
                }
            }
            Json::Object(fields) => {
                fields.retain(|name, _| {
                    let often = if fields::SCARCE.contains(&name.as_str()) { 600 } else { 15 };
                    !self.dice.happens(often)
                });
                for (name, value) in fields {
                    self.fill(name, value);
                }
            }
            Json::Array(items) => {
                if self.dice.happens(100) {
                    let left = self.dice.below(items.len() as u64 + 1);
                    items.truncate(usize::try_from(left).expect("few"));
                }
                for item in items {
                    self.fill(field, item);
                }
            }
            Json::String(text) => *value = self.text(field, text),
            Json::Number(_) if self.dice.happens(100) => {
                *value = (*self.dice.pick(&fields::NUMBERS).expect("some")).into();
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    fn text(&mut self, field: &str, text: &str) -> Json {
        if text.parse::<Uuid>().is_ok() {
            return self.id(field);
        }
        // Where a form names one of the things that a case holds by its day or moment.
        let named = fields::named_by(self.name, field).and_then(|held| self.case.get(held));
        if let Ok(day) = text.parse::<NaiveDate>() {
            if field == "birth_date" && self.dice.happens(700) {
                return text.into();
            }
            let named = named.filter(|_| self.dice.happens(800));
            let known = named.and_then(|held| self.dice.pick(&offer::first_days(held)).copied());
            return known.unwrap_or_else(|| self.day(day)).to_string().into();
        }
        if DateTime::parse_from_rfc3339(text).is_ok() {
            let known = named.and_then(|held| self.dice.pick(&offer::moments(held)).cloned());
            return known.unwrap_or_else(|| text.into());
        }
        if field == "norwegian" {
            return self.number().unwrap_or_else(|| text.into());
        }
        if field == "host_identity" {
            return format!("host-{}", self.dice.below(40)).into();
        }
        if text.starts_with("KANARI") && self.dice.happens(300) {
            return format!("Ord nummer {}", self.dice.below(1_000)).into();
        }
        if fields::OF_THE_CASE.contains(&field)
            && self.dice.happens(700)
            && let Some(known) = self.case.get(field)
        {
            return known.clone();
        }
        let others = fields::others(self.name, field);
        let often = match others.len() {
            0 => 0,
            1 => 800,
            _ => 500,
        };
        if self.dice.happens(often) {
            return self.dice.pick(&others).map_or_else(|| text.into(), |other| (*other).into());
        }
        text.into()
    }

    /// An id for something new, or of something that is there.
    fn id(&mut self, field: &str) -> Json {
        let new = fields::is_new(self.name, field);
        if self.dice.happens(if new { 970 } else { 20 }) {
            return Uuid::from_u128(self.dice.wide()).to_string().into();
        }
        if self.dice.happens(900)
            && let Some(known) = self.case.get(field)
        {
            return known.clone();
        }
        // Where there is none, it is left empty, or nothing is there: what cannot be read is drawn again.
        let nothing =
            if self.dice.happens(500) { Json::Null } else { Uuid::from_u128(self.dice.wide()).to_string().into() };
        self.offer.recent(self.dice, fields::kind_of(self.name, field)).unwrap_or(nothing)
    }

    /// Somebody's number: that of one who is helped in another team and not protected, or whoever it is.
    fn number(&mut self) -> Option<Json> {
        let number = |it: &Map<String, Json>| it.get("national_id").filter(|number| !number.is_null()).cloned();
        let is_protected = |it: &Map<String, Json>| {
            let axes = it.get("protection").and_then(Json::as_object);
            axes.is_some_and(|axes| axes.values().any(|axis| axis != "none"))
        };
        let is_elsewhere = |trail: &&Map<String, Json>| {
            trail.get("ending").is_none_or(Json::is_null) && trail.get("team") != self.case.get("team")
        };
        let elsewhere =
            self.offer.all("trail").iter().filter(is_elsewhere).filter_map(|trail| trail.get("participant"));
        let elsewhere = elsewhere.filter_map(|id| self.offer.find("participant", id));
        let elsewhere: Vec<_> = elsewhere.filter(|it| !is_protected(it)).filter_map(number).collect();
        let anybody: Vec<_> = self.offer.all("participant").iter().filter_map(number).collect();
        let numbers = if elsewhere.is_empty() || self.dice.happens(300) { anybody } else { elsewhere };
        self.dice.pick(&numbers).cloned()
    }

    /// A day as far from today as it was when the form was kept, or one near today or what is there, or no day at all
    /// that anybody meant.
    fn day(&mut self, kept: NaiveDate) -> NaiveDate {
        let before = |day: NaiveDate, days| day.checked_sub_signed(TimeDelta::days(days)).unwrap_or(day);
        if let Some(days) = self.days {
            return self.today.checked_add_signed(kept - WRITTEN).map_or(self.today, |day| before(day, days));
        }
        match self.dice.below(100) {
            0..25 => self.today,
            25..40 => before(self.today, few(self.dice, 12)),
            40..45 => self.today.checked_add_signed(kept - WRITTEN).unwrap_or(self.today),
            45..85 => self
                .dice
                .pick(&self.case.values().flat_map(offer::days).collect::<Vec<_>>())
                .copied()
                .unwrap_or(self.today),
            85..96 => {
                let most = 1 << self.dice.below(14);
                let days = Days::new(self.dice.below(most));
                let ahead = self.dice.happens(600);
                let day = if ahead { self.today.checked_add_days(days) } else { self.today.checked_sub_days(days) };
                day.unwrap_or(self.today)
            }
            _ => self.dice.pick(&LIMITS).expect("some").parse().expect("a day"),
        }
    }
}

/// A number below another one.
fn few(dice: &mut Dice, most: u64) -> i64 {
    i64::try_from(dice.below(most)).expect("few")
}
