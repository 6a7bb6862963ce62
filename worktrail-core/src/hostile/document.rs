//! Hostile JSON: a sound document with something done to it.

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::texts;
use crate::simulation::Dice;

/// What may stand in a place instead, as it is written.
const FRAGMENTS: [&str; 40] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "0.5",
    "1e0",
    "1985",
    "65535",
    "65536",
    "4294967296",
    "48128549318",
    "9223372036854775807",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1e308",
    "1e309",
    "-1e-400",
    "0.00000000000000000000000000000000000000000000000001",
    "00",
    "+1",
    "NaN",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "[{}]",
    r#"{"KANARI":"KANARI"}"#,
    r#"{"kind":"KANARI"}"#,
    r#"{"kind":null,"kind":"right_person"}"#,
    r#""\ud800""#,
    r#""\udc00KANARI""#,
    r#""\ud83d\udc26""#,
    r#""KANARI\u0000""#,
    r#""KANARI\x""#,
    r#""KANARI"#,
    r#""KANARI"KANARI"#,
];

/// What is written into a document at any place.
const BYTES: [&[u8]; 12] =
    [b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\"", b"\\", b"{", b"[", b"}", b",", b"KANARI"];

/// Stands where a document is cut open.
const CUT: &str = "\u{e000}cut\u{e000}";

/// A sound document, cut open at each of its places.
pub(super) struct Document {
    sound: String,
    cuts: Vec<(String, String)>,
    days: Vec<usize>,
    without: Vec<String>,
    long: Vec<(String, String, String)>,
    keys: Vec<String>,
}

impl Document {
    pub(super) fn of(sound: &Json) -> Self {
        let mut document = Self {
            sound: sound.to_string(),
            cuts: vec![(String::new(), String::new())],
            days: Vec::new(),
            without: Vec::new(),
            long: Vec::new(),
            keys: vec!["KANARI".to_owned(), String::new()],
        };
        document.open(sound, sound, &mut Vec::new());
        document
    }

    /// Cuts it open at everything below a place.
    fn open(&mut self, whole: &Json, here: &Json, path: &mut Vec<Step>) {
        match here {
            Json::Object(fields) => {
                for (name, value) in fields {
                    self.keys.push(name.clone());
                    let mut without = whole.clone();
                    if let Some(Json::Object(fields)) = at(&mut without, path) {
                        fields.remove(name);
                    }
                    self.without.push(without.to_string());
                    self.below(whole, value, path, Step::Key(name.clone()));
                }
            }
            Json::Array(items) => {
                if let (Some(item), Some((before, after))) = (items.first(), cut(whole, path)) {
                    self.long.push((before, item.to_string(), after));
                }
                for (place, item) in items.iter().enumerate() {
                    self.below(whole, item, path, Step::Item(place));
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, whole: &Json, value: &Json, path: &mut Vec<Step>, step: Step) {
        path.push(step);
        if value.as_str().is_some_and(|text| text.parse::<NaiveDate>().is_ok()) {
            self.days.push(self.cuts.len());
        }
        self.cuts.extend(cut(whole, path));
        self.open(whole, value, path);
        path.pop();
    }

    /// The places where it has a day.
    pub(super) fn days(&self) -> &[usize] {
        &self.days
    }

    /// The document with a fragment in one of its places, of which the first comes after the last.
    pub(super) fn with(&self, place: usize, fragment: &str) -> String {
        let (before, after) = &self.cuts[place % self.cuts.len()];
        [before, fragment, after].concat()
    }

    /// The document with something done to it.
    pub(super) fn hostile(&self, dice: &mut Dice) -> Vec<u8> {
        let kind = dice.below(16);
        let text = match kind {
            0..8 => {
                let fragment = fragment(dice);
                self.with(usize::try_from(dice.roll() >> 32).expect("32 bits"), &fragment)
            }
            8 | 9 => dice.pick(&self.without).unwrap_or(&self.sound).clone(),
            10 | 11 => self.with_a_key(dice),
            12 if dice.happens(20) => self.with_a_long_list(dice),
            _ => self.sound.clone(),
        };
        let mut bytes = text.into_bytes();
        if kind >= 12 || dice.happens(150) {
            damage(dice, &mut bytes);
        }
        bytes
    }

    /// With a key more, which may be there already.
    fn with_a_key(&self, dice: &mut Dice) -> String {
        let braces: Vec<usize> = self.sound.match_indices('{').map(|(place, _)| place + 1).collect();
        let (Some(place), Some(key)) = (dice.pick(&braces), dice.pick(&self.keys)) else { return self.sound.clone() };
        let (before, after) = self.sound.split_at(*place);
        let comma = if after.starts_with('}') { "" } else { "," };
        format!("{before}{}:{}{comma}{after}", Json::from(key.as_str()), fragment(dice))
    }

    /// With an item of a list many times.
    fn with_a_long_list(&self, dice: &mut Dice) -> String {
        let Some((before, item, after)) = dice.pick(&self.long) else { return self.sound.clone() };
        let times = usize::try_from(1 + dice.below(5_000)).expect("small");
        format!("{before}[{}]{after}", vec![item.as_str(); times].join(","))
    }
}

/// A step into a document.
enum Step {
    Key(String),
    Item(usize),
}

fn at<'j>(json: &'j mut Json, path: &[Step]) -> Option<&'j mut Json> {
    path.iter().try_fold(json, |json, step| match step {
        Step::Key(name) => json.get_mut(name),
        Step::Item(place) => json.get_mut(place),
    })
}

/// What stands before and after a place.
fn cut(whole: &Json, path: &[Step]) -> Option<(String, String)> {
    let mut open = whole.clone();
    *at(&mut open, path)? = CUT.into();
    let text = open.to_string();
    let (before, after) = text.split_once(&format!("\"{CUT}\""))?;
    Some((before.to_owned(), after.to_owned()))
}

/// Something that may stand in a place instead.
fn fragment(dice: &mut Dice) -> String {
    match dice.below(64) {
        0..24 => (*dice.pick(&FRAGMENTS).expect("some")).to_owned(),
        24 => {
            let depth = usize::try_from(dice.below(400)).expect("small");
            ["[".repeat(depth), "]".repeat(depth)].concat()
        }
        25 => "{\"KANARI\":".repeat(usize::try_from(dice.below(400)).expect("small")),
        _ => Json::from(texts::text(dice)).to_string(),
    }
}

/// Does damage to the bytes of a document.
fn damage(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let mut place = |most: usize| usize::try_from(dice.below(most as u64 + 1)).expect("a place").min(most);
    let (from, length) = (place(bytes.len()), place(12));
    let to = (from + length).min(bytes.len());
    match place(4) {
        0 => bytes.truncate(from),
        1 => {
            if let Some(byte) = bytes.get_mut(from) {
                *byte ^= 1 << place(7);
            }
        }
        2 => drop(bytes.drain(from..to)),
        3 => bytes.extend_from_within(from..to),
        _ => {
            let more = BYTES[place(BYTES.len() - 1)];
            drop(bytes.splice(from..from, more.iter().copied()));
        }
    }
}
