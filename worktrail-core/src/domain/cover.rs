//! Covers: somebody stands in for the owner of a trail, for a time (`DA16`, row 50).

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{CoverId, ParticipantId, StaffId, TeamId, TrailId};
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::thing::Thing;
use super::trail::{Trail, TrailAudience};

coded! {
    /// What somebody covers a trail for.
    ///
    /// Every specialist of a team reads its trails and does their work. A cover for that names who steps in, so that the
    /// trail is on their list; only the last one carries rights that they have not got anyway.
    pub enum CoverExtent {
        /// To know it: they keep up with it by reading.
        Read = "read", "Lese", "Read";
        /// To do the work of it.
        Follow = "follow", "Følge opp", "Follow up";
        /// To stand for the owner: all that the owner may, but hand it on.
        Owner = "owner", "Alt eieren kan", "All that the owner may";
    }
}

coded! {
    /// Why somebody is covered for: never what ails them.
    pub enum CoverReason {
        /// The owner is away.
        Absence = "absence", "Fravær", "Absence";
        /// Two work on it together.
        WorkingTogether = "working_together", "Samarbeid", "Working together";
        /// Somebody is shown how it is done.
        Training = "training", "Opplæring", "Training";
        /// The owner has left, and nobody has taken over yet.
        Vacancy = "vacancy", "Ledig stilling", "Vacancy";
    }
}

/// A cover of a trail by one person: one for each trail and person, given anew in a new term.
///
/// It counts from its first day to its last, for as long as nobody ended it, the trail is open and its owner the one who is
/// covered for. That the person is a present member of the team is looked up when they act, so that a
/// cover ends with a membership and with a change of role (`DA16`, row 51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    id: CoverId,
    trail: TrailId,
    participant: ParticipantId,
    team: TeamId,
    staff: StaffId,
    covered_for: StaffId,
    terms: CoverTerms,
    given: Authorship,
    audience: TrailAudience,
    ended: Option<Authorship>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<FormerCover>,
}

/// What a cover is given for: how far, from when to when, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverTerms {
    /// What the person covers it for.
    pub extent: CoverExtent,
    /// From its first day to its last, which it must have.
    pub period: Period,
    /// Why.
    pub reason: CoverReason,
}

/// A term of a cover before the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerCover {
    covered_for: StaffId,
    terms: CoverTerms,
    given: Authorship,
    ended: Option<Authorship>,
}

impl FormerCover {
    /// Who was covered for.
    #[must_use]
    pub const fn covered_for(&self) -> StaffId {
        self.covered_for
    }

    /// How far, from when to when, and why.
    #[must_use]
    pub const fn terms(&self) -> CoverTerms {
        self.terms
    }

    /// Who gave it, and when.
    #[must_use]
    pub const fn given(&self) -> &Authorship {
        &self.given
    }

    /// Who ended it, and when; none when it ran out.
    #[must_use]
    pub const fn ended(&self) -> Option<&Authorship> {
        self.ended.as_ref()
    }
}

impl Cover {
    /// Lets a member of its team stand in for the owner of a trail (`DA16`), of transition.
    ///
    /// That they are a present specialist of the team is for the command, which has looked it up.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::NothingChanges`] for the owner; [`Rejection::CoverWithoutEnd`];
    /// [`Rejection::DateBefore`] when it would be over before it is given.
    pub fn give(
        id: CoverId,
        trail: &Trail,
        staff: StaffId,
        terms: CoverTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        must_be_possible(trail, staff, terms, by)?;
        let (trail_id, participant, covered_for) = (trail.id(), trail.participant(), trail.owner());
        let cover = Self {
            id,
            trail: trail_id,
            participant,
            team: trail.team(),
            staff,
            covered_for,
            terms,
            given: *by,
            audience: trail.audience(),
            ended: None,
            former: Vec::new(),
        };
        let fact = cover.told();
        Ok((cover, fact))
    }

    /// Gives it anew: from now on these terms count, and the former ones are kept.
    ///
    /// # Errors
    /// As [`give`](Self::give); [`Rejection::BelongsElsewhere`] for another trail.
    pub fn give_anew(mut self, trail: &Trail, terms: CoverTerms, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Cover)?;
        must_be_possible(trail, self.staff, terms, by)?;
        let Self { covered_for, terms: before, given, ended, .. } = self;
        self.former.push(FormerCover { covered_for, terms: before, given, ended });
        let (team, covered_for, audience) = (trail.team(), trail.owner(), trail.audience());
        let cover = Self { team, covered_for, terms, given: *by, audience, ended: None, ..self };
        let fact = cover.told();
        Ok((cover, fact))
    }

    /// Ends it at once, whatever its last day.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was ended, or is over.
    pub fn end(mut self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let over = self.ended.map(|ended| ended.day()).or(self.terms.period.last().filter(|last| *last < by.day()));
        if let Some(on) = over {
            return Err(Rejection::AlreadyEnded { what: Thing::Cover, on });
        }
        self.ended = Some(*by);
        let fact = Fact::CoverEnded { cover: self.id, trail: self.trail, staff: self.staff };
        Ok((self, fact))
    }

    /// The same cover, shown to whom its trail is shown (`DA4`).
    #[must_use]
    pub fn shown_like(self, trail: &Trail) -> Self {
        Self { audience: trail.audience(), ..self }
    }

    /// Whether it counts on a day, for a trail whose owner is the one named.
    #[must_use]
    pub fn counts_on(&self, day: chrono::NaiveDate, owner: StaffId) -> bool {
        self.ended.is_none() && self.covered_for == owner && self.terms.period.contains(day)
    }

    fn told(&self) -> Fact {
        let CoverTerms { extent, period, reason } = self.terms;
        Fact::CoverGiven {
            cover: self.id,
            trail: self.trail,
            team: self.team,
            staff: self.staff,
            extent,
            period,
            reason,
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> CoverId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The team of the trail, as whose member they cover.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// Who covers.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    /// Who is covered for.
    #[must_use]
    pub const fn covered_for(&self) -> StaffId {
        self.covered_for
    }

    /// How far, from when to when, and why.
    #[must_use]
    pub const fn terms(&self) -> CoverTerms {
        self.terms
    }

    /// Who gave it, and when.
    #[must_use]
    pub const fn given(&self) -> &Authorship {
        &self.given
    }

    /// Whom it is shown to, like its trail.
    #[must_use]
    pub const fn audience(&self) -> TrailAudience {
        self.audience
    }

    /// Who ended it, and when.
    #[must_use]
    pub const fn ended(&self) -> Option<&Authorship> {
        self.ended.as_ref()
    }

    /// The terms before the present one, in order.
    #[must_use]
    pub fn former(&self) -> &[FormerCover] {
        &self.former
    }
}

fn must_be_possible(trail: &Trail, staff: StaffId, terms: CoverTerms, by: &Authorship) -> Result<(), Rejection> {
    trail.must_be_open()?;
    let mut faults = Vec::new();
    if staff == trail.owner() {
        faults.push(Rejection::NothingChanges);
    }
    match terms.period.last() {
        None => faults.push(Rejection::CoverWithoutEnd),
        Some(last) if last < by.day() => {
            faults.push(Rejection::DateBefore { day: DayOf::CoverEnd, earliest: by.day() });
        }
        Some(_) => {}
    }
    Rejection::all(faults)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::method::Method;
    use super::super::samples::{by_spurv, day, ravn, spurv};
    use super::super::team::{NewTeam, Team};
    use super::super::text::Line;
    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;

    fn terms(first: &str, last: &str) -> CoverTerms {
        let period = Period::between(day(first), day(last)).expect("a period");
        CoverTerms { extent: CoverExtent::Follow, period, reason: CoverReason::Absence }
    }

    fn trail() -> Trail {
        started("2022-05-27", "2022-06-02")
    }

    fn orre() -> StaffId {
        StaffId::new(Uuid::from_u128(0x5_0003))
    }

    fn give(trail: &Trail, staff: StaffId, terms: CoverTerms) -> Result<Cover, Rejection> {
        let id = CoverId::new(Uuid::from_u128(1));
        Cover::give(id, trail, staff, terms, &by_spurv("2022-06-30")).map(|(cover, _)| cover)
    }

    #[test]
    fn da16_a_cover_counts_from_its_first_day_to_its_last() {
        let cover = give(&trail(), orre(), terms("2022-07-04", "2022-07-29")).expect("given");
        for (on, counts) in [("2022-07-03", false), ("2022-07-04", true), ("2022-07-29", true), ("2022-07-30", false)] {
            assert_eq!(cover.counts_on(day(on), spurv()), counts, "{on}");
        }
        // and not once the trail is somebody else's
        assert!(!cover.counts_on(day("2022-07-04"), ravn()));
    }

    #[test]
    fn da16_a_cover_is_ended_at_once_and_only_once() {
        let cover = give(&trail(), orre(), terms("2022-07-04", "2022-07-29")).expect("given");
        let (ended, _) = cover.clone().end(&by_spurv("2022-07-10")).expect("ended");
        assert!(!ended.counts_on(day("2022-07-10"), spurv()));
        let again = Rejection::AlreadyEnded { what: Thing::Cover, on: day("2022-07-10") };
        assert_eq!(ended.end(&by_spurv("2022-07-11")).unwrap_err(), again);
        let over = Rejection::AlreadyEnded { what: Thing::Cover, on: day("2022-07-29") };
        assert_eq!(cover.clone().end(&by_spurv("2022-07-30")).unwrap_err(), over);
        assert_eq!(cover.end(&by_spurv("2022-07-29")).expect("ended").0.ended(), Some(&by_spurv("2022-07-29")));
    }

    #[test]
    fn da16_a_cover_has_an_end_and_is_not_for_the_owner() {
        let open = CoverTerms {
            period: Period::from(day("2022-07-04")).expect("a period"),
            ..terms("2022-07-04", "2022-07-04")
        };
        let faults = vec![Rejection::NothingChanges, Rejection::CoverWithoutEnd];
        assert_eq!(give(&trail(), spurv(), open).unwrap_err(), Rejection::Form(faults));
        let over = Rejection::DateBefore { day: DayOf::CoverEnd, earliest: day("2022-06-30") };
        assert_eq!(give(&trail(), orre(), terms("2022-06-01", "2022-06-29")).unwrap_err(), over);
        assert!(give(&trail(), orre(), terms("2022-06-01", "2022-06-30")).is_ok());
        let refused = Rejection::TrailEnded { trail: ended().id() };
        assert_eq!(give(&ended(), orre(), terms("2022-07-04", "2022-07-29")).unwrap_err(), refused);
    }

    #[test]
    fn a_cover_that_is_given_anew_keeps_its_former_terms() {
        let (first, next) = (terms("2022-07-04", "2022-07-29"), terms("2022-12-27", "2022-12-30"));
        let (cover, _) = give(&trail(), orre(), first).expect("given").end(&by_spurv("2022-07-10")).expect("ended");
        let (cover, fact) = cover.give_anew(&trail(), next, &by_spurv("2022-12-20")).expect("given anew");
        assert!(cover.counts_on(day("2022-12-27"), spurv()) && !cover.counts_on(day("2022-07-05"), spurv()));
        let [former] = cover.former() else { panic!("one former term") };
        assert_eq!((former.terms(), former.ended()), (first, Some(&by_spurv("2022-07-10"))));
        assert_eq!(fact.code(), "cover_given");
        // under the rules that hold for a new one
        let over = cover.clone().give_anew(&trail(), first, &by_spurv("2022-12-20")).unwrap_err();
        assert_eq!(over, Rejection::DateBefore { day: DayOf::CoverEnd, earliest: day("2022-12-20") });
        let elsewhere = cover.give_anew(&other_trail(), next, &by_spurv("2022-12-20"));
        assert_eq!(elsewhere.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::Cover });
    }

    #[test]
    fn da16_a_cover_that_is_given_anew_is_of_the_trail_as_it_is_now() {
        // given a cover, and a trail that went to another specialist of another team, and was withheld
        let cover = give(&trail(), orre(), terms("2022-07-04", "2022-07-29")).expect("given");
        let new = NewTeam { name: Line::parse("IPS Asker").expect("a name"), method: Method::Ips };
        let (asker, _) = Team::register(TeamId::new(Uuid::from_u128(0x7_0002)), new, &by_spurv("2022-01-03"));
        let (theirs, _) = trail().hand_over(&asker, ravn()).expect("handed over");
        let (theirs, _) = theirs.withhold();
        // when it is given anew, then it is theirs, and shown to whom the trail is shown
        let by = by_spurv("2022-12-20");
        let (anew, _) = cover.clone().give_anew(&theirs, terms("2022-12-27", "2022-12-30"), &by).expect("given");
        assert_eq!((anew.team(), anew.covered_for(), anew.given()), (asker.id(), ravn(), &by));
        assert_eq!(anew.audience(), theirs.audience());
        // and so is the former one, once it follows
        assert_ne!(cover.audience(), theirs.audience());
        assert_eq!(cover.shown_like(&theirs).audience(), theirs.audience());
    }
}
