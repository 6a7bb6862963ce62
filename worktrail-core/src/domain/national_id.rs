//! The eleven digits that identify a person in Norway.

use std::borrow::Cow;

use chrono::Datelike;
use serde::Deserialize;
use thiserror::Error;

use super::birth_date::BirthDate;
use super::coded::coded;
use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug, text_door};

/// A national id: fødselsnummer, D-number, or one of the series beside them.
///
/// Two check digits; the first by the rule of 1964 or by the relaxed one, under which numbers are issued from 2032 on.
/// What is read out of it is its series and the [digits of a birth date](BirthDigits), never a sex and never a century:
/// those come from a register. All of that is of state.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{NationalId, NotNationalId};
///
/// let id = NationalId::parse("158190 10037")?;
/// assert_eq!(id.masked(), "*********37");
/// assert_eq!(format!("{id:?}"), "NationalId(…)");
/// assert_eq!(NationalId::parse("15819010038"), Err(NotNationalId::CheckDigits));
/// # Ok::<(), NotNationalId>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct NationalId(Cow<'static, str>);

coded! {
    /// The series that a national id belongs to, told by its first and third digit.
    pub enum NationalIdKind {
        /// An ordinary fødselsnummer.
        Ordinary = "ordinary", "fødselsnummer", "national identity number";
        /// A D-number: day + 40.
        DNumber = "d_number", "D-nummer", "D number";
        /// Month + 40: synthetic in Nav; elsewhere a health service's help number.
        HelpOrNav = "help_or_nav", "H-nummer eller syntetisk (Nav)", "help number or synthetic (Nav)";
        /// Month + 40 and day + 40.
        HelpOrNavDNumber = "help_or_nav_d_number", "syntetisk D-nummer (Nav)", "synthetic D number (Nav)";
        /// Month + 80: synthetic, from Tenor (Test-Norge).
        Tenor = "tenor", "syntetisk fødselsnummer (Tenor)", "synthetic national identity number (Tenor)";
        /// Month + 80 and day + 40.
        TenorDNumber = "tenor_d_number", "syntetisk D-nummer (Tenor)", "synthetic D number (Tenor)";
        /// Month + 20: Nav's own person id.
        Npid = "npid", "NPID", "NPID";
        /// Month + 60: a synthetic NPID.
        SyntheticNpid = "synthetic_npid", "syntetisk NPID", "synthetic NPID";
    }
}

coded! {
    /// The rule that the first check digit of a number fits. The second one has only ever had one rule.
    pub enum CheckRule {
        /// The rule of 1964, and so the relaxed one too.
        Of1964 = "of_1964", "kontrollsiffer etter regelen fra 1964", "check digit by the rule of 1964";
        /// Only the relaxed rule, under which numbers are issued from 2032 on.
        Of2032 = "of_2032", "kontrollsiffer etter regelen fra 2032", "check digit by the rule of 2032";
    }
}

/// What a national id tells of a birth date: day, month, and the year without its century, which numbers of 2032 and
/// later do not tell. It is no [`BirthDate`], and none is made of it (`DC7`): it only says whether one can be right.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDigits {
    day: u8,
    month: u8,
    year: u8,
}

/// Why a text is not a national id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotNationalId {
    /// It has a character other than the digits 0–9, or spaces elsewhere than between them.
    #[error("a national id has digits only")]
    Character,
    /// It has not eleven digits.
    #[error("a national id has eleven digits")]
    Length,
    /// The month is none.
    #[error("the digits of the month are none")]
    Month,
    /// The day is not in that month, in any century.
    #[error("the digits of the day are none of that month")]
    Day,
    /// An NPID as a D-number: there are none (`DC6`).
    #[error("an NPID is never a D number")]
    NpidAsDNumber,
    /// A check digit is wrong.
    #[error("the check digits do not fit")]
    CheckDigits,
}

impl NationalId {
    /// The number printed in the public demonstration of 2022, exempt from the synthetic guard by this exact value
    /// (`DA1`).
    pub const DEMONSTRATION: Self = Self(Cow::Borrowed("48128549318"));

    /// Reads eleven digits, with ordinary or no-break spaces between them.
    ///
    /// # Errors
    /// [`NotNationalId`] says what is wrong, without the number.
    pub fn parse(text: &str) -> Result<Self, NotNationalId> {
        let digits = digits_of(text)?;
        kind_of(digits)?;
        if !checks(digits) {
            return Err(NotNationalId::CheckDigits);
        }
        Ok(Self(Cow::Owned(digits.iter().map(|digit| char::from(b'0' + digit)).collect())))
    }

    /// The eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two check digits behind asterisks: enough to compare with a number that one has before one, and without
    /// anything of the birth date, the century or the sex, which the other nine tell.
    #[must_use]
    pub fn masked(&self) -> String {
        self.0.chars().enumerate().map(|(place, c)| if place < 9 { '*' } else { c }).collect()
    }

    /// The rule that its check digits fit; none for a kept number that fits neither.
    #[must_use]
    pub fn check_rule(&self) -> Option<CheckRule> {
        let digits = digits_of(&self.0).ok().filter(|digits| checks(*digits))?;
        Some(if first_rest(digits) == 0 { CheckRule::Of1964 } else { CheckRule::Of2032 })
    }

    /// What it tells of the birth date; nothing for a kept number that today's rules do not read.
    #[must_use]
    pub fn birth_digits(&self) -> Option<BirthDigits> {
        let digits = digits_of(&self.0).ok()?;
        kind_of(digits).ok()?;
        let [d1, d2, m1, m2, y1, y2, ..] = digits;
        Some(BirthDigits { day: d1 % 4 * 10 + d2, month: m1 % 2 * 10 + m2, year: y1 * 10 + y2 })
    }

    /// The series; none for a kept number that today's rules do not read.
    #[must_use]
    pub fn kind(&self) -> Option<NationalIdKind> {
        digits_of(&self.0).and_then(kind_of).ok()
    }

    /// Whether Nav's rule takes it for synthetic: the third digit is 4 or more.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.0.chars().nth(2).is_some_and(|digit| matches!(digit, '4'..='9'))
    }

    /// Whether it may stand in code, tests and examples: it is synthetic, or it is [`Self::DEMONSTRATION`].
    #[must_use]
    pub fn passes_synthetic_guard(&self) -> bool {
        self.is_synthetic() || *self == Self::DEMONSTRATION
    }
}

impl BirthDigits {
    /// The day of the month.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The month.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The last two digits of the year.
    #[must_use]
    pub const fn year_of_century(self) -> u8 {
        self.year
    }

    /// Whether a birth date can be the one of this number, whatever the century. A number that was given with a wrong
    /// date stays in use, so this is for a warning and not for a refusal.
    #[must_use]
    pub fn can_be(self, birth: BirthDate) -> bool {
        let date = birth.reveal();
        date.day() == u32::from(self.day)
            && date.month() == u32::from(self.month)
            && date.year().rem_euclid(100) == i32::from(self.year)
    }
}

redacted_debug!(NationalId, BirthDigits);
text_door!(NationalId, NotNationalId);

impl Kept for NationalId {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(|text| Self(Cow::Owned(text)))
    }
}

fn digits_of(text: &str) -> Result<[u8; 11], NotNationalId> {
    let mut digits = [0; 11];
    let mut places = digits.iter_mut();
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '0'..='9' => *places.next().ok_or(NotNationalId::Length)? = c as u8 - b'0',
            // Two spaces in a row too are spaces elsewhere than between digits: a text of spaces stops at once.
            ' ' | '\u{a0}' | '\u{202f}' if last.is_ascii_digit() => {}
            _ => return Err(NotNationalId::Character),
        }
        last = c;
    }
    if places.next().is_some() {
        return Err(NotNationalId::Length);
    }
    if last.is_ascii_digit() { Ok(digits) } else { Err(NotNationalId::Character) }
}

fn kind_of([d1, d2, m1, m2, y1, y2, ..]: [u8; 11]) -> Result<NationalIdKind, NotNationalId> {
    let month = (m1 % 2) * 10 + m2;
    let (is_d_number, day) = if d1 >= 4 { (true, (d1 - 4) * 10 + d2) } else { (false, d1 * 10 + d2) };
    let last_day = match month {
        4 | 6 | 9 | 11 => 30,
        // The century is not known: 00 counts as the leap year 2000.
        2 if (y1 * 10 + y2).is_multiple_of(4) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(NotNationalId::Month),
    };
    if !(1..=last_day).contains(&day) {
        return Err(NotNationalId::Day);
    }
    Ok(match (m1, is_d_number) {
        (0 | 1, false) => NationalIdKind::Ordinary,
        (0 | 1, true) => NationalIdKind::DNumber,
        (2 | 3, false) => NationalIdKind::Npid,
        (4 | 5, false) => NationalIdKind::HelpOrNav,
        (4 | 5, true) => NationalIdKind::HelpOrNavDNumber,
        (6 | 7, false) => NationalIdKind::SyntheticNpid,
        (2 | 3 | 6 | 7, true) => return Err(NotNationalId::NpidAsDNumber),
        (_, false) => NationalIdKind::Tenor,
        (_, true) => NationalIdKind::TenorDNumber,
    })
}

/// The two check digits: of 1964 the first leaves the rest 0, of 2032 one of 0–3; the second always 0.
fn checks(digits: [u8; 11]) -> bool {
    first_rest(digits) <= 3 && rest(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
}

fn first_rest(digits: [u8; 11]) -> u32 {
    rest(digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1])
}

fn rest(digits: [u8; 11], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum::<u32>() % 11
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vectors_of_the_research_are_read() {
        use NationalIdKind::{HelpOrNav, SyntheticNpid, Tenor, TenorDNumber};
        let vectors = [
            (Tenor, "15819010029 15819010037 15819010045 15819010053"),
            (TenorDNumber, "55819010012 55819010020 55819010039 55819010047"),
            (HelpOrNav, "15419010046 15419010054"),
            (SyntheticNpid, "15619010032"),
            (Tenor, "29820050043 31920851072 02831150087 04839810046 23917911037 01878812081"),
            (Tenor, "17850153051 09896613011 28829314071"),
        ];
        for (kind, ids) in vectors {
            for text in ids.split(' ') {
                let id = NationalId::parse(text).expect(text);
                assert_eq!(id.kind(), Some(kind), "{text}");
                assert!(id.is_synthetic());
                assert_eq!(id.as_str(), text);
            }
        }
    }

    #[test]
    fn the_demonstration_passes_by_its_exact_value() {
        let id = NationalId::parse(NationalId::DEMONSTRATION.as_str()).expect("an id");
        assert_eq!(id, NationalId::DEMONSTRATION);
        assert_eq!(id.kind(), Some(NationalIdKind::DNumber));
        assert_eq!(id.masked(), "*********18");
        assert!(!id.is_synthetic());
        assert!(id.passes_synthetic_guard());
    }

    #[test]
    fn a_number_that_is_neither_synthetic_nor_the_demonstration_may_not_stand_in_code() {
        let kept = NationalId::from_kept(Quiet("00000000000".to_owned())).expect("kept");
        assert!(!kept.passes_synthetic_guard());
        assert!(kept.birth_digits().is_none(), "there is no month 00");
    }

    #[test]
    fn the_29th_of_february_is_a_day_of_leap_years_only() {
        for (y1, y2, is_leap) in [(9, 2, true), (0, 0, true), (9, 4, false), (1, 2, true), (1, 4, false)] {
            let read = kind_of([2, 9, 0, 2, y1, y2, 0, 0, 0, 0, 0]);
            assert_eq!(read, if is_leap { Ok(NationalIdKind::Ordinary) } else { Err(NotNationalId::Day) }, "{y1}{y2}");
        }
    }

    #[test]
    fn any_one_digit_changed_is_refused() {
        let digits = digits_of(NationalId::DEMONSTRATION.as_str()).expect("digits");
        let mut variants = 0;
        for place in 0..11 {
            for step in 1..10 {
                let mut changed = digits;
                changed[place] = (changed[place] + step) % 10;
                let text: String = changed.iter().map(|digit| char::from(b'0' + digit)).collect();
                assert!(NationalId::parse(&text).is_err());
                variants += 1;
            }
        }
        assert_eq!(variants, 99);
    }

    #[test]
    fn only_the_first_of_each_series_fits_the_rule_of_1964() {
        // Given the vectors of the research, of which all fit the relaxed rule; then the older one is fitted by rest 0.
        let older = "15819010029 55819010012 15419010046 48128549318";
        let newer = "15819010037 15819010045 15819010053 55819010020 55819010039 55819010047 15419010054";
        for (texts, rule) in [(older, CheckRule::Of1964), (newer, CheckRule::Of2032)] {
            for text in texts.split(' ') {
                assert_eq!(NationalId::parse(text).expect(text).check_rule(), Some(rule), "{text}");
            }
        }
    }

    #[test]
    fn dc7_a_number_tells_day_month_and_year_without_the_century_whatever_its_series() {
        let told = [
            ("48128549318", (8, 12, 85)),
            ("55819010012", (15, 1, 90)),
            ("15619010032", (15, 1, 90)),
            ("15419010046", (15, 1, 90)),
            ("29820050043", (29, 2, 0)),
        ];
        for (text, expected) in told {
            let digits = NationalId::parse(text).expect(text).birth_digits().expect(text);
            assert_eq!((digits.day(), digits.month(), digits.year_of_century()), expected, "{text}");
        }
        // Given one number, then a date of any century can be its own, and no other one.
        let digits = NationalId::DEMONSTRATION.birth_digits().expect("digits");
        let can_be = |born| digits.can_be(BirthDate::parse(born).expect("a date"));
        assert!(can_be("1885-12-08") && can_be("1985-12-08") && can_be("2085-12-08"));
        assert!(!can_be("1985-12-09") && !can_be("1985-11-08") && !can_be("1986-12-08"));
        assert_eq!(format!("{digits:?}"), "BirthDigits(…)");
    }

    #[test]
    fn masked_it_shows_nothing_of_birth_date_century_or_sex() {
        // Given two numbers with the same check digits, when they are masked, then they are the same.
        let masked = |text| NationalId::parse(text).expect(text).masked();
        assert_eq!(masked("15819010037"), "*********37");
        assert_eq!(masked("23917911037"), masked("15819010037"));
    }

    #[test]
    fn spaces_may_stand_between_digits() {
        for text in ["158190 10037", "158190\u{a0}10037", "15 81 90 100 37"] {
            assert_eq!(NationalId::parse(text).map(|id| id.as_str().to_owned()).as_deref(), Ok("15819010037"));
        }
        for text in [" 15819010037", "15819010037 ", "158190  10037", "158190\t10037"] {
            assert_eq!(NationalId::parse(text), Err(NotNationalId::Character));
        }
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use NotNationalId::{Character, CheckDigits, Day, Length, Month, NpidAsDNumber};
        let faults = [
            ("", Length),
            ("1581 901003", Length),
            ("158190100371", Length),
            ("１５８１９０１００３７", Character),
            ("1581901003a", Character),
            ("1581901003\0", Character),
            ("15009010037", Month),
            ("15809010037", Month),
            ("15939010037", Month),
            ("72819010037", Day),
            ("00819010037", Day),
            ("40819010037", Day),
            ("29820150043", Day),
            ("31849010037", Day),
            ("55219010012", NpidAsDNumber),
            ("55619010012", NpidAsDNumber),
            ("15819010028", CheckDigits),
        ];
        for (text, fault) in faults {
            assert_eq!(NationalId::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(NationalId::parse(&"7".repeat(10_000_000)), Err(Length));
    }

    #[test]
    fn a_number_in_json_is_refused_and_not_repeated() {
        let error = serde_json::from_str::<NationalId>("15819010029").expect_err("a number").to_string();
        assert!(!error.contains("15819"), "{error}");
        let error = serde_json::from_str::<NationalId>("\"15819010028\"").expect_err("a wrong one").to_string();
        assert!(!error.contains("15819"), "{error}");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,14}|[0-9 ]{9,13}") {
            let _ = NationalId::parse(&text);
        }

        #[test]
        fn what_is_written_is_read_back(head in 0_u32..1_000_000_000, tail in 0_u32..100) {
            if let Ok(id) = NationalId::parse(&format!("{head:09}{tail:02}")) {
                prop_assert_eq!(NationalId::parse(id.as_str()), Ok(id));
            }
        }

        #[test]
        fn at_most_four_pairs_of_check_digits_fit(head in 0_u32..1_000_000_000) {
            // Given any nine digits, when both check digits vary, then at most four pairs fit: one for each rest.
            let fitting = (0..100).filter(|tail| {
                digits_of(&format!("{head:09}{tail:02}")).is_ok_and(checks)
            });
            prop_assert!(fitting.count() <= 4);
        }
    }
}
