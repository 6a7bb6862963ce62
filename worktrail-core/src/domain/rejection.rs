//! Refusals are data: a closed list with stable codes and labels, and never a personal value.

use chrono::NaiveDate;
use serde::Serialize;
use thiserror::Error;

use super::consent::ConsentPurpose;
use super::day_of::DayOf;
use super::education::{EducationTrack, StudyForm};
use super::host_list::ListName;
use super::id::OfficeId;
use super::id::{EmployerId, JobId, ParticipantId, TrailId};
use super::job::EmploymentForm;
use super::method::Method;
use super::phase::Phase;
use super::programme_variant::ProgrammeVariant;
use super::role::Role;
use super::thing::Thing;
use super::topic::Topic;
use super::trail::{Formality, GoalKind};
use super::wishes::WishPart;
use crate::label::Label;

mod table;

/// Why an act is refused. Nothing was changed.
///
/// Its fields are ids, dates, phases and counts, never a personal value: a refusal may be logged.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum Rejection {
    /// Several faults of one form, all at once. Made by [`Rejection::all`].
    #[error("several faults: {}", codes(.0))]
    Form(Vec<Rejection>),
    /// There is no such thing, or the actor may not know of it: the answer is the same.
    #[error("no such {}", what.label().en)]
    NotFound {
        /// What was asked for.
        what: Thing,
    },
    /// There is one already.
    #[error("there is such a {} already", what.label().en)]
    AlreadyExists {
        /// What there is already.
        what: Thing,
    },
    /// The actor has not the right that this takes.
    #[error("this takes the right {right}")]
    NotAllowed {
        /// The code of the right.
        right: &'static str,
    },
    /// The right is not granted for what the actor acts for (S13).
    #[error("the right {right} is not granted for the purpose {purpose}")]
    NotForThisPurpose {
        /// The code of the right.
        right: &'static str,
        /// The code of the purpose.
        purpose: &'static str,
    },
    /// A trail cannot be opened here: the answer is the same whether or not there is one elsewhere (`DA3`, `DA4`).
    #[error("a trail cannot be opened here")]
    CannotOpenHere,
    /// The participant is strictly protected (`DA4`).
    #[error("the participant is strictly protected")]
    StrictlyProtected,
    /// A participant with an open trail is not forgotten (GDPR art. 17).
    #[error("trail {trail} has not ended")]
    TrailStillOpen {
        /// The trail.
        trail: TrailId,
    },
    /// The team works by another method.
    #[error("the team does not work by this method")]
    NotTheTeamsMethod {
        /// The method that was asked for.
        method: Method,
    },
    /// Everything is already as asked for.
    #[error("nothing would change")]
    NothingChanges,
    /// A value of another list was stated (`DA9`).
    #[error("not of the list {}", list.code())]
    NotOfList {
        /// Of which list it should be.
        list: ListName,
    },
    /// An entry of the organisation's own list stands for another value (`DA9`).
    #[error("an entry of the list {} stands for another value", list.code())]
    EntryStandsFor {
        /// Of which list.
        list: ListName,
    },
    /// Nothing of the list could be chosen any more (`DA9`).
    #[error("nothing of the list {} would be offered", list.code())]
    NothingOffered {
        /// Of which list.
        list: ListName,
    },
    /// The list has too many entries, those that are out of use included.
    #[error("a list has at most {max} entries")]
    ListTooLong {
        /// How many it may have.
        max: usize,
    },
    /// The organisation does not offer this (`DA9`).
    #[error("the organisation does not offer this of the list {}", list.code())]
    NotOffered {
        /// Of which list.
        list: ListName,
    },
    /// The birth date is after the day of the act.
    #[error("the birth date is after the day of the act, {act}")]
    BirthDateToCome {
        /// The day of the act.
        act: NaiveDate,
    },
    /// The birth date is not known, and the act turns on the age (`DC7`).
    #[error("the birth date is asked for")]
    BirthDateUnknown,
    /// One of the participants was merged before (S30).
    #[error("one of the participants was merged before")]
    MergedAlready,
    /// The participant was merged into another, who stands for both (S30).
    #[error("merged into participant {into}")]
    MergedInto {
        /// Who stands for both.
        into: ParticipantId,
    },
    /// Somebody merged into the participant is still held, and goes first (S30, GDPR art. 17).
    #[error("participant {participant} was merged into this one, and is still held")]
    MergedStillHeld {
        /// Who.
        participant: ParticipantId,
    },
    /// A consent names no recipient.
    #[error("the consent names no recipient")]
    ConsentWithoutRecipient,
    /// A consent names nothing that may be given.
    #[error("the consent names nothing that may be given")]
    ConsentWithoutClass,
    /// Below 18 a guardian consents, alone or with the person (`DC7`).
    #[error("a guardian's consent is asked for")]
    GuardianMustConsent,
    /// The guardian of a minor, of somebody who is of age (`DC7`).
    #[error("the participant is of age")]
    OfAge,
    /// Who is of age and can consent does so in person, alone or with a guardian.
    #[error("the person's own consent is asked for")]
    PersonMustConsent,
    /// No mandate, or none that covers this, by which a guardian could speak for somebody of age (S175).
    #[error("this is outside the guardian's mandate")]
    OutsideMandate,
    /// The purpose does not take a class of data that the consent names.
    #[error("{} does not take all of this", purpose.code())]
    ClassNotOfPurpose {
        /// Which purpose.
        purpose: ConsentPurpose,
    },
    /// The purpose asks who is told, and the consent names only a kind of recipient (S171).
    #[error("the recipient is not named")]
    RecipientUnnamed,
    /// The purpose asks for the guideline that it follows (S171).
    #[error("the guideline is asked for")]
    GuidelineMissing,
    /// It is about no matter.
    #[error("it is about no matter")]
    MatterEmpty,
    /// A finding that capacity is lacking says when to look again (S175).
    #[error("the day of the next review is asked for")]
    ReviewMissing,
    /// What is confirmed is not, or no longer, the present version (S35).
    #[error("this is not the present version")]
    NotThePresentVersion,
    /// Whoever differs says how (S35).
    #[error("whoever differs says how")]
    DifferenceWithoutWords,
    /// It is another's to confirm (S35).
    #[error("it is another's to confirm")]
    NotTheirWord,
    /// The consent is withdrawn.
    #[error("the consent was withdrawn on {on}")]
    ConsentWithdrawn {
        /// On which day.
        on: NaiveDate,
    },
    /// The act is before the consent was given.
    #[error("the act is before the consent was given, on {given}")]
    BeforeConsent {
        /// On which day it was given.
        given: NaiveDate,
    },
    /// The trail has ended, and is frozen (I10).
    #[error("trail {trail} has ended")]
    TrailEnded {
        /// Which trail.
        trail: TrailId,
    },
    /// It belongs to another trail or employer than the one named.
    #[error("this {} belongs elsewhere", what.label().en)]
    BelongsElsewhere {
        /// What.
        what: Thing,
    },
    /// It is ended, closed, withdrawn or left already.
    #[error("this {} was ended on {on}", what.label().en)]
    AlreadyEnded {
        /// What.
        what: Thing,
        /// On which day.
        on: NaiveDate,
    },
    /// It is open, and cannot be opened again.
    #[error("this {} is open", what.label().en)]
    StillOpen {
        /// What.
        what: Thing,
    },
    /// The day of something that has happened lies after the act.
    #[error("the day lies ahead: {}", day.label().en)]
    DateInFuture {
        /// Which day.
        day: DayOf,
    },
    /// The day lies before what it follows.
    #[error("the day lies before {earliest}: {}", day.label().en)]
    DateBefore {
        /// Which day.
        day: DayOf,
        /// The earliest day it may be.
        earliest: NaiveDate,
    },
    /// The day is outside the years 1–9999.
    #[error("the day is outside the years 1-9999: {}", day.label().en)]
    DateOutOfRange {
        /// Which day.
        day: DayOf,
    },
    /// The person is younger than a measure may help (`DC7`).
    #[error("the person has not turned {youngest}")]
    TooYoung {
        /// The youngest age, in years.
        youngest: u16,
    },
    /// Something must be attested first (I4, `DC7`).
    #[error("not attested: {}", formality.label().en)]
    AttestationMissing {
        /// What.
        formality: Formality,
    },
    /// The start-up meeting was held; a trail starts once (I7).
    #[error("the trail started on {on}")]
    AlreadyStarted {
        /// On which day.
        on: NaiveDate,
    },
    /// The phase is not on the ladder of the method (I5).
    #[error("{} has no phase {}", method.code(), phase.code())]
    PhaseNotOfMethod {
        /// The method.
        method: Method,
        /// The phase.
        phase: Phase,
    },
    /// Nobody moves to this phase: one begins there, or ends there.
    #[error("no move leads to {}", phase.code())]
    PhaseNotByMove {
        /// The phase.
        phase: Phase,
    },
    /// The method does not have this kind of main goal.
    #[error("{} has no goal {}", method.code(), goal.code())]
    GoalNotOfMethod {
        /// The method.
        method: Method,
        /// The kind of goal.
        goal: GoalKind,
    },
    /// A job of the trail begins after the ending (I9).
    #[error("job {job} begins on {from}, after the ending")]
    JobStartsAfterEnding {
        /// Which job.
        job: JobId,
        /// Its first day.
        from: NaiveDate,
    },
    /// The trail is opened with other words than those of the referral that it names.
    #[error("the referral says otherwise")]
    ReferralDiffers,
    /// A plan has no texts yet (S27).
    #[error("the plan has no texts")]
    PlanEmpty,
    /// The wishes contradict themselves, or say nothing (`DA6`).
    #[error("the wishes cannot all be: {}", part.label().en)]
    WishContradicts {
        /// Which part of them.
        part: WishPart,
    },
    /// Two pauses of a trail have a day in common (I12).
    #[error("another pause begins on {first}")]
    PauseOverlaps {
        /// The first day of the other.
        first: NaiveDate,
    },
    /// A pause that has begun keeps its first day, and is not removed (I12).
    #[error("the pause began on {on}")]
    PauseHasBegun {
        /// On which day.
        on: NaiveDate,
    },
    /// It has begun, and is ended instead of withdrawn.
    #[error("this {} began on {on}", what.label().en)]
    HasBegun {
        /// What.
        what: Thing,
        /// On which day.
        on: NaiveDate,
    },
    /// A job is a part of the education.
    #[error("the job {job} is a part of the education")]
    EducationHasJob {
        /// The job.
        job: JobId,
    },
    /// Nobody is named who referred: neither a unit, nor a counsellor, nor the participant (I4, `DB7`).
    #[error("nobody is named who referred")]
    ReferrerMissing,
    /// The programme variant is not one of the method (S101).
    #[error("{} has no variant {}", method.code(), variant.code())]
    VariantNotOfMethod {
        /// The method.
        method: Method,
        /// The variant.
        variant: ProgrammeVariant,
    },
    /// A pause with an open end takes a day to look in (I12).
    #[error("a pause with an open end takes a follow-up")]
    FollowUpMissing,
    /// The day does not lie ahead.
    #[error("the day does not lie ahead: {}", day.label().en)]
    DateNotAhead {
        /// Which day.
        day: DayOf,
    },
    /// The day lies after what followed it.
    #[error("the day lies after {latest}: {}", day.label().en)]
    DateAfter {
        /// Which day.
        day: DayOf,
        /// The latest day it may be.
        latest: NaiveDate,
    },
    /// The method has no recruitment programme (I11).
    #[error("{} has no recruitment programme", method.code())]
    NoRecruitmentProgramme {
        /// The method.
        method: Method,
    },
    /// The phase is not an active one (I11).
    #[error("{} is not an active phase", phase.code())]
    PhaseNotActive {
        /// The phase.
        phase: Phase,
    },
    /// A period in the recruitment programme reaches the day (I11).
    #[error("a period in the programme began on {first}")]
    RecruitmentOverlaps {
        /// Its first day.
        first: NaiveDate,
    },
    /// The recruitment programme is to be left first (I11).
    #[error("a period in the programme that began on {first} is not over")]
    InRecruitmentProgramme {
        /// Its first day.
        first: NaiveDate,
    },
    /// The end reason raises the zero-exclusion flag, and is answered for (`DB10`).
    #[error("the zero-exclusion flag is not answered for")]
    ExclusionUnanswered,
    /// The end reason raises no zero-exclusion flag (`DB10`).
    #[error("there is no zero-exclusion flag to answer for")]
    ExclusionNotAsked,
    /// The start-up meeting was not held.
    #[error("the trail has not started")]
    NotStarted,
    /// The days in which those who follow an ended trail may correct it are over (I10).
    #[error("it could be corrected until {until}")]
    CorrectionWindowOver {
        /// The last of the days.
        until: NaiveDate,
    },
    /// The method does not have this topic.
    #[error("{} has no topic {}", method.code(), topic.code())]
    TopicNotOfMethod {
        /// The method.
        method: Method,
        /// The topic.
        topic: Topic,
    },
    /// The text is longer than its topic allows.
    #[error("{} takes at most {max} characters", topic.code())]
    NarrativeTooLong {
        /// The topic.
        topic: Topic,
        /// The most characters.
        max: usize,
    },
    /// An employer may and must not be contacted.
    #[error("employer {employer} may and must not be contacted")]
    OpennessContradicts {
        /// Which employer.
        employer: EmployerId,
    },
    /// A place of education may and must not be contacted. Its name is not repeated.
    #[error("a place of education may and must not be contacted")]
    OpennessContradictsItself,
    /// A contact person is named, and nobody was met (`DB12`).
    #[error("a contact person is named, and nobody was met")]
    NobodyMet,
    /// This form of employment takes an employer (I13).
    #[error("{} takes an employer", form.code())]
    FormNeedsEmployer {
        /// The form.
        form: EmploymentForm,
    },
    /// This form of employment has no employer (I13).
    #[error("{} has no employer", form.code())]
    FormHasNoEmployer {
        /// The form.
        form: EmploymentForm,
    },
    /// It is noted already, and only once.
    #[error("it was done on {on}: {}", day.label().en)]
    AlreadyDone {
        /// Which day.
        day: DayOf,
        /// On which day.
        on: NaiveDate,
    },
    /// The employer was merged into another, which takes its place (S30).
    #[error("the employer was merged into {into}")]
    EmployerMerged {
        /// Which one.
        into: EmployerId,
    },
    /// The two are not the same.
    #[error("the two are no duplicates: {}", what.label().en)]
    NotADuplicate {
        /// What.
        what: Thing,
    },
    /// A sub-unit names itself as its legal unit.
    #[error("a sub-unit names itself as its legal unit")]
    OwnLegalUnit,
    /// A line of a form with several.
    #[error("line {line}: {fault}")]
    AtLine {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: Box<Rejection>,
    },
    /// A form has no line, or too many.
    #[error("between 1 and {most} lines are asked for")]
    LinesOutOfBounds {
        /// The most lines.
        most: usize,
    },
    /// Work training is asked for its reason (`DB9`).
    #[error("work training is asked for its reason")]
    TrainingWithoutReason,
    /// A cover has a last day (`DA16`).
    #[error("a cover has a last day")]
    CoverWithoutEnd,
    /// User support is asked for its reason (`DB6`).
    #[error("user support is asked for its reason")]
    SupportWithoutReason,
    /// A subsidy shares no day with the job (row 91).
    #[error("the subsidy from {from} shares no day with the job")]
    SubsidyOutsideJob {
        /// Its first day.
        from: NaiveDate,
    },
    /// The same subsidy is there twice on a day (row 91).
    #[error("the subsidy from {from} is there twice on a day")]
    SubsidyTwice {
        /// The first day of the second.
        from: NaiveDate,
    },
    /// The form of study is not one of the track (rows 94 and 95).
    #[error("{} is not studied as {}", track.code(), form.code())]
    StudyFormNotOfTrack {
        /// The track.
        track: EducationTrack,
        /// The form.
        form: StudyForm,
    },
    /// Vocational training takes a vocational programme (row 95).
    #[error("vocational training takes a vocational programme")]
    ProgrammeNotVocational,
    /// The participant's openness does not allow contact with this employer (S39).
    #[error("openness does not allow contact with employer {employer}")]
    NotOpenTo {
        /// Which employer.
        employer: EmployerId,
    },
    /// A cleared team proposes no trail to an ordinary one (`DA4`).
    #[error("a cleared team proposes no trail to an ordinary one")]
    NotFromClearedTeam,
    /// The word names no phase of any ladder that is known (S113).
    #[error("no phase is called so")]
    PhaseUnknown,
    /// No talk with a former employer is registered on the trail (S128).
    #[error("no talk with a former employer is registered")]
    NoTalkWithFormerEmployer,
    /// The openness agreement has no words that may be shared (S39).
    #[error("the openness agreement has no words that may be shared")]
    NothingMayBeShared,
    /// A contact with an employer names no job that has one.
    #[error("a contact with an employer names a job with an employer")]
    ContactNeedsEmployer,
    /// No member of staff holds this role.
    #[error("no member of staff is {}", role.code())]
    RoleNotOfStaff {
        /// The role.
        role: Role,
    },
    /// A team that has a supervisor keeps one.
    #[error("on {on} the team would have no supervisor")]
    LastSupervisor {
        /// The first day without one.
        on: NaiveDate,
    },
    /// Two absences would share a day.
    #[error("there is an absence from {from} already")]
    AbsencesOverlap {
        /// The first day of the other one.
        from: NaiveDate,
    },
    /// Who is to be back is not away on that day.
    #[error("there is no absence on {on}")]
    NotAbsent {
        /// The day.
        on: NaiveDate,
    },
    /// An office would lie below itself.
    #[error("office {office} would lie below itself")]
    OfficeBelowItself {
        /// The office.
        office: OfficeId,
    },
    /// The tree of offices has no more levels.
    #[error("the tree of offices has at most {most} levels")]
    OfficeTooDeep {
        /// The most levels.
        most: usize,
    },
    /// Nobody is appointed to this role.
    #[error("nobody is appointed {}", role.code())]
    RoleNotByAppointment {
        /// The role.
        role: Role,
    },
    /// One is appointed to this role for an office.
    #[error("{} is appointed to an office", role.code())]
    RoleOfOffice {
        /// The role.
        role: Role,
    },
    /// One is appointed to this role for the whole organisation.
    #[error("{} is appointed for the whole organisation", role.code())]
    RoleOfOrganisation {
        /// The role.
        role: Role,
    },
    /// Nobody does this in a matter of their own.
    #[error("somebody else must do this")]
    ByAnother,
}

impl Rejection {
    /// A fault of one line of several, which are numbered from nought.
    pub(crate) fn at_line(number: usize, fault: Self) -> Self {
        Self::AtLine { line: number.saturating_add(1), fault: Box::new(fault) }
    }

    /// Refuses for all faults found: nothing for none, the fault itself for one, [`Rejection::Form`] for several.
    ///
    /// # Errors
    /// When there is at least one fault.
    pub fn all(mut faults: Vec<Self>) -> Result<(), Self> {
        match (faults.pop(), faults.is_empty()) {
            (None, _) => Ok(()),
            (Some(only), true) => Err(only),
            (Some(last), false) => {
                faults.push(last);
                Err(Self::Form(faults))
            }
        }
    }

    /// The stable code, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.row().0
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> Label {
        let (_, nb, en) = self.row();
        Label::new(nb, en)
    }
}

fn codes(faults: &[Rejection]) -> String {
    faults.iter().map(Rejection::code).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_stands_alone_and_several_stand_together() {
        assert_eq!(Rejection::all(vec![]), Ok(()));
        assert_eq!(Rejection::all(vec![Rejection::CannotOpenHere]), Err(Rejection::CannotOpenHere));
        let two = vec![Rejection::CannotOpenHere, Rejection::NotFound { what: Thing::Team }];
        assert_eq!(Rejection::all(two.clone()), Err(Rejection::Form(two.clone())));
        assert_eq!(Rejection::Form(two).to_string(), "several faults: cannot_open_here, not_found");
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table has as many lines as it has rows")]
    fn the_code_is_the_one_in_serde() {
        let samples = [
            Rejection::Form(vec![]),
            Rejection::NotFound { what: Thing::Trail },
            Rejection::AlreadyExists { what: Thing::Trail },
            Rejection::NotAllowed { right: "open_trail" },
            Rejection::NotForThisPurpose { right: "open_trail", purpose: "operation" },
            Rejection::CannotOpenHere,
            Rejection::StrictlyProtected,
            Rejection::TrailStillOpen { trail: TrailId::new(uuid::Uuid::nil()) },
            Rejection::NotTheTeamsMethod { method: Method::Ips },
            Rejection::NothingChanges,
            Rejection::BirthDateToCome { act: NaiveDate::MIN },
            Rejection::BirthDateUnknown,
            Rejection::MergedAlready,
            Rejection::MergedInto { into: ParticipantId::new(uuid::Uuid::nil()) },
            Rejection::MergedStillHeld { participant: ParticipantId::new(uuid::Uuid::nil()) },
            Rejection::ConsentWithoutRecipient,
            Rejection::ConsentWithoutClass,
            Rejection::GuardianMustConsent,
            Rejection::NotThePresentVersion,
            Rejection::DifferenceWithoutWords,
            Rejection::NotTheirWord,
            Rejection::PersonMustConsent,
            Rejection::OutsideMandate,
            Rejection::ClassNotOfPurpose { purpose: ConsentPurpose::ShareFromTreatment },
            Rejection::RecipientUnnamed,
            Rejection::GuidelineMissing,
            Rejection::MatterEmpty,
            Rejection::ReviewMissing,
            Rejection::ConsentWithdrawn { on: NaiveDate::MIN },
            Rejection::BeforeConsent { given: NaiveDate::MIN },
            Rejection::TrailEnded { trail: TrailId::new(uuid::Uuid::nil()) },
            Rejection::BelongsElsewhere { what: Thing::Job },
            Rejection::AlreadyEnded { what: Thing::Job, on: NaiveDate::MIN },
            Rejection::StillOpen { what: Thing::SubGoal },
            Rejection::DateInFuture { day: DayOf::Ending },
            Rejection::DateBefore { day: DayOf::Ending, earliest: NaiveDate::MIN },
            Rejection::DateOutOfRange { day: DayOf::Ending },
            Rejection::TooYoung { youngest: 16 },
            Rejection::AttestationMissing { formality: Formality::RightPerson },
            Rejection::AlreadyStarted { on: NaiveDate::MIN },
            Rejection::PhaseNotOfMethod { method: Method::Ips, phase: Phase::Ended },
            Rejection::PhaseNotByMove { phase: Phase::Ended },
            Rejection::GoalNotOfMethod { method: Method::Ips, goal: GoalKind::Work },
            Rejection::JobStartsAfterEnding { job: JobId::new(uuid::Uuid::nil()), from: NaiveDate::MIN },
            Rejection::PlanEmpty,
            Rejection::WishContradicts { part: WishPart::Hours },
            Rejection::ReferralDiffers,
            Rejection::PauseOverlaps { first: NaiveDate::MIN },
            Rejection::PauseHasBegun { on: NaiveDate::MIN },
            Rejection::HasBegun { what: Thing::Job, on: NaiveDate::MIN },
            Rejection::EducationHasJob { job: JobId::new(uuid::Uuid::nil()) },
            Rejection::ReferrerMissing,
            Rejection::VariantNotOfMethod { method: Method::CustomizedEmployment, variant: ProgrammeVariant::IpsUng },
            Rejection::FollowUpMissing,
            Rejection::DateNotAhead { day: DayOf::PauseFollowUp },
            Rejection::DateAfter { day: DayOf::Referral, latest: NaiveDate::MIN },
            Rejection::NoRecruitmentProgramme { method: Method::Ips },
            Rejection::PhaseNotActive { phase: Phase::Referred },
            Rejection::RecruitmentOverlaps { first: NaiveDate::MIN },
            Rejection::InRecruitmentProgramme { first: NaiveDate::MIN },
            Rejection::ExclusionUnanswered,
            Rejection::ExclusionNotAsked,
            Rejection::NotStarted,
            Rejection::CorrectionWindowOver { until: NaiveDate::MIN },
            Rejection::TopicNotOfMethod { method: Method::Ips, topic: Topic::Health },
            Rejection::NarrativeTooLong { topic: Topic::Health, max: 1 },
            Rejection::OpennessContradicts { employer: EmployerId::new(uuid::Uuid::nil()) },
            Rejection::OpennessContradictsItself,
            Rejection::NobodyMet,
            Rejection::FormNeedsEmployer { form: EmploymentForm::Permanent },
            Rejection::FormHasNoEmployer { form: EmploymentForm::SelfEmployed },
            Rejection::TrainingWithoutReason,
            Rejection::CoverWithoutEnd,
            Rejection::SupportWithoutReason,
            Rejection::SubsidyOutsideJob { from: NaiveDate::MIN },
            Rejection::SubsidyTwice { from: NaiveDate::MIN },
            Rejection::StudyFormNotOfTrack { track: EducationTrack::Ordinary, form: StudyForm::ZeroPlusFour },
            Rejection::ProgrammeNotVocational,
            Rejection::NotOpenTo { employer: EmployerId::new(uuid::Uuid::nil()) },
            Rejection::NotFromClearedTeam,
            Rejection::PhaseUnknown,
            Rejection::NoTalkWithFormerEmployer,
            Rejection::NothingMayBeShared,
            Rejection::ContactNeedsEmployer,
            Rejection::RoleNotOfStaff { role: Role::Guardian },
            Rejection::LastSupervisor { on: NaiveDate::MIN },
            Rejection::AbsencesOverlap { from: NaiveDate::MIN },
            Rejection::NotAbsent { on: NaiveDate::MIN },
            Rejection::OfficeBelowItself { office: OfficeId::new(uuid::Uuid::nil()) },
            Rejection::OfficeTooDeep { most: 1 },
            Rejection::RoleNotByAppointment { role: Role::Guardian },
            Rejection::RoleOfOffice { role: Role::LineManager },
            Rejection::RoleOfOrganisation { role: Role::Auditor },
            Rejection::ByAnother,
            Rejection::OfAge,
            Rejection::NotOfList { list: ListName::Topics },
            Rejection::EntryStandsFor { list: ListName::Topics },
            Rejection::NothingOffered { list: ListName::Topics },
            Rejection::ListTooLong { max: 1 },
            Rejection::NotOffered { list: ListName::Topics },
        ];
        for rejection in samples {
            let json = serde_json::to_value(&rejection).expect("json");
            assert_eq!(json.get("code").and_then(|code| code.as_str()), Some(rejection.code()));
        }
    }
}
