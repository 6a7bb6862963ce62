//! A participant's wishes for work, structured, so that they can be searched and matched (`DA6`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::hours::HoursPerWeek;
use super::id::{ActorId, ParticipantId, WishesId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::municipality::Municipality;
use super::occupation::Occupation;
use super::redacted::redacted_debug;
use super::rejection::Rejection;
use super::weekday_times::WeekdayTimes;

/// The most occupations that wishes name.
pub const MOST_WISHED_OCCUPATIONS: usize = 30;

/// The longest way to work that somebody can wish for, in minutes.
pub const LONGEST_TRAVEL: u16 = 300;

coded! {
    /// Whether an occupation is wanted.
    pub silent enum Wanted {
        /// Wanted.
        Wanted = "wanted", "Ønsket", "Wanted";
        /// Not wanted.
        Unwanted = "unwanted", "Ikke ønsket", "Not wanted";
    }
}

coded! {
    /// Something about work that matters to many: must be, or must not be.
    pub silent enum WorkTrait {
        /// Fixed hours.
        FixedHours = "fixed_hours", "Faste tider", "Fixed hours";
        /// Flexible hours.
        FlexibleHours = "flexible_hours", "Fleksible tider", "Flexible hours";
        /// Evenings or nights.
        EveningsOrNights = "evenings_or_nights", "Kveld eller natt", "Evenings or nights";
        /// Weekends.
        Weekends = "weekends", "Helger", "Weekends";
        /// Outdoors.
        Outdoors = "outdoors", "Utendørs", "Outdoors";
        /// Physical work.
        Physical = "physical", "Fysisk arbeid", "Physical work";
        /// Work while sitting.
        Sitting = "sitting", "Stillesittende arbeid", "Sitting work";
        /// Quiet surroundings.
        Quiet = "quiet", "Rolige omgivelser", "Quiet surroundings";
        /// Few colleagues around.
        FewPeople = "few_people", "Få folk rundt seg", "Few people around";
        /// Customers and visitors.
        CustomerContact = "customer_contact", "Kundekontakt", "Contact with customers";
        /// Fixed tasks.
        Routine = "routine", "Faste oppgaver", "Routine";
        /// Varied tasks.
        Variety = "variety", "Variasjon", "Variety";
        /// Work from home.
        FromHome = "from_home", "Hjemmekontor", "Work from home";
        /// Driving.
        Driving = "driving", "Bilkjøring", "Driving";
        /// A place where alcohol is served.
        AlcoholServed = "alcohol_served", "Sted med alkoholservering", "A place that serves alcohol";
        /// A leader who is close at hand.
        LeaderAtHand = "leader_at_hand", "Leder i nærheten", "A leader close at hand";
    }
}

coded! {
    /// What somebody is open to.
    pub silent enum OpenTo {
        /// An ordinary job.
        Job = "job", "Ordinær jobb", "Ordinary job";
        /// Work training.
        WorkTraining = "work_training", "Arbeidstrening", "Work training";
        /// A course.
        Course = "course", "Kurs", "Course";
        /// A visit to a workplace.
        Visit = "visit", "Besøk på en arbeidsplass", "Visit to a workplace";
    }
}

coded! {
    /// The part of the wishes that a refusal is about.
    pub enum WishPart {
        /// The occupations: too many, or one both wanted and not.
        Occupations = "occupations", "Yrker", "Occupations";
        /// The hours: the most is less than the least.
        Hours = "hours", "Timer per uke", "Hours a week";
        /// The way to work: none, or longer than a day allows.
        Travel = "travel", "Reisetid", "Travel";
        /// What must be and must not be at once.
        Traits = "traits", "Må ha og må unngå", "Must-haves and no-goes";
        /// Nothing is wished for at all.
        Nothing = "nothing", "Ingenting er ført", "Nothing";
    }
}

/// An occupation that is wanted or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishedOccupation {
    /// The occupation.
    pub occupation: Occupation,
    /// Whether it is wanted.
    pub wanted: Wanted,
}

/// What somebody wishes for. The texts about wishes stay beside it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WishTerms {
    /// Occupations, wanted and not, the most important first.
    #[serde(default)]
    pub occupations: Vec<WishedOccupation>,
    /// The least hours a week.
    #[serde(default)]
    pub hours_from: Option<HoursPerWeek>,
    /// The most hours a week.
    #[serde(default)]
    pub hours_to: Option<HoursPerWeek>,
    /// Times of the week.
    #[serde(default)]
    pub times: WeekdayTimes,
    /// Municipalities to work in.
    #[serde(default)]
    pub municipalities: BTreeSet<Municipality>,
    /// The longest way to work, in minutes one way.
    #[serde(default)]
    pub travel_minutes: Option<u16>,
    /// The earliest day to start.
    #[serde(default)]
    pub earliest_start: Option<NaiveDate>,
    /// What must be.
    #[serde(default)]
    pub must_haves: BTreeSet<WorkTrait>,
    /// What must not be.
    #[serde(default)]
    pub no_goes: BTreeSet<WorkTrait>,
    /// What the person is open to.
    #[serde(default)]
    pub open_to: BTreeSet<OpenTo>,
}

// What somebody wants and cannot bear tells of their health.
redacted_debug!(WishTerms);

#[derive(Deserialize)]
pub(crate) struct KeptWishTerms {
    occupations: Vec<KeptWishedOccupation>,
    #[serde(default, deserialize_with = "kept")]
    hours_from: Option<HoursPerWeek>,
    #[serde(default, deserialize_with = "kept")]
    hours_to: Option<HoursPerWeek>,
    #[serde(deserialize_with = "kept")]
    times: WeekdayTimes,
    municipalities: BTreeSet<Municipality>,
    travel_minutes: Option<u16>,
    earliest_start: Option<NaiveDate>,
    must_haves: BTreeSet<WorkTrait>,
    no_goes: BTreeSet<WorkTrait>,
    open_to: BTreeSet<OpenTo>,
}

#[derive(Deserialize)]
struct KeptWishedOccupation {
    #[serde(deserialize_with = "kept")]
    occupation: Occupation,
    wanted: Wanted,
}

impl Kept for WishTerms {
    type Form = KeptWishTerms;

    fn from_kept(form: KeptWishTerms) -> Result<Self, NotKept> {
        let occupations = form.occupations.into_iter();
        Ok(Self {
            occupations: occupations
                .map(|it| WishedOccupation { occupation: it.occupation, wanted: it.wanted })
                .collect(),
            hours_from: form.hours_from,
            hours_to: form.hours_to,
            times: form.times,
            municipalities: form.municipalities,
            travel_minutes: form.travel_minutes,
            earliest_start: form.earliest_start,
            must_haves: form.must_haves,
            no_goes: form.no_goes,
            open_to: form.open_to,
        })
    }
}

impl WishTerms {
    /// What is wrong with them.
    fn faults(&self) -> Vec<Rejection> {
        let is_unwanted = |wish: &WishedOccupation| wish.wanted == Wanted::Unwanted;
        let torn = |wish: &WishedOccupation| {
            let also = |other: &WishedOccupation| other.occupation == wish.occupation && other.wanted != wish.wanted;
            is_unwanted(wish) && self.occupations.iter().any(also)
        };
        let wrong = |part: WishPart| match part {
            WishPart::Occupations => {
                self.occupations.len() > MOST_WISHED_OCCUPATIONS || self.occupations.iter().any(torn)
            }
            WishPart::Hours => self.hours_from.zip(self.hours_to).is_some_and(|(from, to)| to < from),
            WishPart::Travel => self.travel_minutes.is_some_and(|minutes| !(1..=LONGEST_TRAVEL).contains(&minutes)),
            WishPart::Traits => !self.must_haves.is_disjoint(&self.no_goes),
            WishPart::Nothing => *self == Self::default(),
        };
        let parts = WishPart::ALL.into_iter().filter(|part| wrong(*part));
        let mut faults: Vec<_> = parts.map(|part| Rejection::WishContradicts { part }).collect();
        faults.extend(self.earliest_start.into_iter().flat_map(|on| DayOf::EarliestStart.faults_of_plan(on)));
        faults
    }
}

/// A participant's wishes, one of their versions. They are the person's, and not a trail's; none is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    id: WishesId,
    participant: ParticipantId,
    version: u32,
    #[serde(deserialize_with = "kept")]
    terms: WishTerms,
    stated: Authorship,
}

impl Wishes {
    /// States wishes: the next version after the `former` ones of the same participant (`DA6`, of transition).
    ///
    /// # Errors
    /// All at once: [`Rejection::WishContradicts`] for each part; [`Rejection::DateOutOfRange`];
    /// [`Rejection::NothingChanges`] when the last version says the same.
    pub fn state(
        id: WishesId,
        participant: ParticipantId,
        terms: WishTerms,
        former: &[&Self],
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        Rejection::all(terms.faults())?;
        let last = former.iter().filter(|it| it.participant == participant).max_by_key(|it| it.version);
        if last.is_some_and(|last| last.terms == terms) {
            return Err(Rejection::NothingChanges);
        }
        let version = last.map_or(0, |last| last.version).saturating_add(1);
        let fact = Fact::WishesStated { wishes: id, participant, version };
        Ok((Self { id, participant, version, terms, stated: *by }, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> WishesId {
        self.id
    }

    /// Whose they are.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Their number, from 1.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What is wished for.
    #[must_use]
    pub const fn terms(&self) -> &WishTerms {
        &self.terms
    }

    /// Who wrote them down, and when.
    #[must_use]
    pub const fn stated(&self) -> &Authorship {
        &self.stated
    }

    /// Whether the participant wrote them themself (S156).
    #[must_use]
    pub fn is_in_own_words(&self) -> bool {
        self.stated.by() == ActorId::from(self.participant)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::Moment;
    use crate::domain::occupation::OccupationScheme;
    use crate::domain::samples::{by_spurv, participant_id};
    use crate::domain::text::Line;

    fn baker(wanted: Wanted) -> WishedOccupation {
        let version = Line::parse("33").expect("a version");
        let occupation = Occupation::new(OccupationScheme::Styrk08, version, "7512", None).expect("an occupation");
        WishedOccupation { occupation, wanted }
    }

    fn state(terms: WishTerms, former: &[&Wishes]) -> Result<Wishes, Rejection> {
        let id = WishesId::new(Uuid::from_u128(1));
        Wishes::state(id, participant_id(), terms, former, &by_spurv("2022-06-10")).map(|(it, _)| it)
    }

    fn hours(tenths: u16) -> Option<HoursPerWeek> {
        HoursPerWeek::from_tenths(tenths).ok()
    }

    #[test]
    fn da6_wishes_are_versions_and_none_is_overwritten() {
        let bake = WishTerms { occupations: vec![baker(Wanted::Wanted)], ..WishTerms::default() };
        let first = state(bake.clone(), &[]).expect("stated");
        assert_eq!(state(bake.clone(), &[&first]).unwrap_err(), Rejection::NothingChanges);
        let more = WishTerms { hours_from: hours(150), ..bake };
        let second = state(more, &[&first]).expect("stated");
        assert_eq!((first.version(), second.version()), (1, 2));
        assert_eq!(format!("{:?}", second.terms()), "WishTerms(…)");
    }

    #[test]
    fn da6_what_contradicts_itself_is_said_all_at_once() {
        let terms = WishTerms {
            occupations: vec![baker(Wanted::Wanted), baker(Wanted::Unwanted)],
            hours_from: hours(200),
            hours_to: hours(100),
            travel_minutes: Some(0),
            must_haves: BTreeSet::from([WorkTrait::Quiet]),
            no_goes: BTreeSet::from([WorkTrait::Quiet]),
            ..WishTerms::default()
        };
        let part = |part| Rejection::WishContradicts { part };
        let all = [WishPart::Occupations, WishPart::Hours, WishPart::Travel, WishPart::Traits].map(part);
        assert_eq!(state(terms, &[]).unwrap_err(), Rejection::Form(all.to_vec()));
        assert_eq!(state(WishTerms::default(), &[]).unwrap_err(), part(WishPart::Nothing));
        let baking =
            |wanted: Wanted, times| WishTerms { occupations: vec![baker(wanted); times], ..WishTerms::default() };
        let many = baking(Wanted::Wanted, MOST_WISHED_OCCUPATIONS + 1);
        assert_eq!(state(many, &[]).unwrap_err(), part(WishPart::Occupations));
        assert!(state(baking(Wanted::Wanted, MOST_WISHED_OCCUPATIONS), &[]).is_ok());
    }

    #[test]
    fn da6_what_does_not_contradict_itself_is_kept() {
        let version = Line::parse("33").expect("a version");
        let cook = Occupation::new(OccupationScheme::Styrk08, version, "5120", None).expect("an occupation");
        let no_cook = WishedOccupation { occupation: cook, wanted: Wanted::Unwanted };
        let occupations = vec![baker(Wanted::Wanted), no_cook.clone(), no_cook];
        let terms = WishTerms { occupations, hours_from: hours(200), hours_to: hours(200), ..WishTerms::default() };
        assert_eq!(state(terms.clone(), &[]).expect("stated").terms(), &terms);
        let never = WishTerms { earliest_start: "+10000-01-01".parse().ok(), ..terms };
        assert_eq!(state(never, &[]).unwrap_err(), Rejection::DateOutOfRange { day: DayOf::EarliestStart });
    }

    #[test]
    fn s156_it_is_known_whether_the_participant_wrote_them() {
        let terms = WishTerms { open_to: BTreeSet::from([OpenTo::Visit]), ..WishTerms::default() };
        assert!(!state(terms.clone(), &[]).expect("stated").is_in_own_words());
        let by = Authorship::new(participant_id(), Moment::parse("2022-06-10T09:00:00+02:00").expect("a moment"));
        let id = WishesId::new(Uuid::from_u128(1));
        assert!(Wishes::state(id, participant_id(), terms, &[], &by).expect("stated").0.is_in_own_words());
    }
}
