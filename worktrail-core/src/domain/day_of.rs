//! Which day a refusal is about.

use chrono::{Datelike, NaiveDate};

use super::coded::coded;
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;

coded! {
    /// A day that a rule speaks of, named so that a form can mark the right field.
    pub enum DayOf {
        /// The day on which the participant was referred.
        Referral = "referral", "Henvist dato", "Referred on";
        /// The first day of another national id.
        NumberChange = "number_change", "Dato for nytt fødselsnummer", "First day of the new number";
        /// The day on which a referral was decided.
        ReferralDecided = "referral_decided", "Dato for avgjørelse", "Referral decided on";
        /// The day on which the reply to a referral was sent.
        ReferralReply = "referral_reply", "Dato for svar", "Reply sent on";
        /// The day on which the participant agreed to a copy of the profile.
        CopyAgreed = "copy_agreed", "Dato for enighet om kopi", "Copy agreed on";
        /// The day of the start-up meeting.
        StartUpMeeting = "start_up_meeting", "Dato for oppstartsmøte", "Day of the start-up meeting";
        /// The first day in a phase.
        PhaseChange = "phase_change", "Dato for ny fase", "Day of the phase change";
        /// The day of an employer contact.
        EmployerContact = "employer_contact", "Dato for arbeidsgiverkontakt", "Day of the employer contact";
        /// The day on which a trail ends.
        Ending = "ending", "Sluttdato", "End date";
        /// The first day of a pause.
        PauseStart = "pause_start", "Første dag i passiv periode", "First day of the pause";
        /// The day on which a paused participant is followed up.
        PauseFollowUp = "pause_follow_up", "Oppfølging i passiv periode", "Follow-up during the pause";
        /// The first day in the recruitment programme.
        RecruitmentStart = "recruitment_start",
            "Første dag i rekrutteringsprogrammet", "First day in the recruitment programme";
        /// The last day in the recruitment programme.
        RecruitmentEnd = "recruitment_end",
            "Siste dag i rekrutteringsprogrammet", "Last day in the recruitment programme";
        /// The day on which help is offered again after an ending.
        HelpAgain = "help_again", "Dato for nytt tilbud om hjelp", "Help offered again on";
        /// The day on which a collaborator consented to be named.
        CollaboratorConsent = "collaborator_consent",
            "Dato for samarbeidspartnerens samtykke", "Collaborator's consent given on";
        /// The day on which a collaborator left.
        CollaboratorLeft = "collaborator_left", "Dato da samarbeidspartneren sluttet", "Collaborator left on";
        /// A day of a guardianship.
        Guardianship = "guardianship", "Dato for vergemål", "Day of a guardianship";
        /// The day on which a plan was agreed on.
        PlanAgreed = "plan_agreed", "Dato for avtalt plan", "Plan agreed on";
        /// The earliest day on which a participant wishes to start.
        EarliestStart = "earliest_start", "Tidligste start", "Earliest start";
        /// The first day of a job.
        JobStart = "job_start", "Første dag i jobben", "First day of the job";
        /// The last day of a job.
        JobEnd = "job_end", "Siste dag i jobben", "Last day of the job";
        /// The first day with other hours.
        HoursChange = "hours_change", "Første dag med ny arbeidstid", "First day with other hours";
        /// The day on which lost work became known.
        LossLearned = "loss_learned", "Dato da tapt arbeid ble kjent", "Day on which lost work became known";
        /// The day on which help was offered.
        HelpOffered = "help_offered", "Dato for tilbud om hjelp", "Day on which help was offered";
        /// A day on which a job was still going on.
        TenureConfirmed = "tenure_confirmed", "Dato da jobben ble bekreftet", "Day on which the job was confirmed";
        /// The day of a reference.
        Reference = "reference", "Dato for referanse", "Day of the reference";
        /// The first day with less support.
        StepDown = "step_down", "Dato for nedtrapping", "Day of the step-down";
        /// The day from which support is declined.
        SupportDeclined = "support_declined", "Dato for avslått oppfølging", "Day on which support was declined";
        /// The first day of an education.
        EducationStart = "education_start", "Første dag i utdanningen", "First day of the education";
        /// The day on which an education was broken off.
        EducationAborted = "education_aborted", "Dato for avbrutt utdanning", "Day on which the education was broken off";
        /// The day of a support contact.
        SupportContact = "support_contact", "Dato for støttekontakt", "Day of the support contact";
        /// The day of an agreement with an employer.
        EmployerAgreement = "employer_agreement", "Dato for avtale med arbeidsgiver", "Day of the employer agreement";
        /// The day by which a sub-goal is due.
        SubGoalDue = "sub_goal_due", "Frist for delmål", "Sub-goal due on";
        /// The day on which a sub-goal was closed.
        SubGoalClosed = "sub_goal_closed", "Dato for avsluttet delmål", "Day on which the sub-goal was closed";
        /// A day on which openness was talked about.
        OpennessOccasion = "openness_occasion", "Dato for samtale om åpenhet", "Day of a talk about disclosure";
        /// The day on which an openness agreement was made.
        OpennessAgreed = "openness_agreed", "Dato for åpenhetsavtale", "Day of the disclosure agreement";
        /// The day on which a contact person left.
        ContactPersonLeft = "contact_person_left", "Dato da kontaktpersonen sluttet", "Day on which the contact person left";
        /// The last day on which a transfer can be answered.
        TransferAnswer = "transfer_answer", "Svarfrist for overføring", "Transfer to be answered by";
        /// The last day of a cover.
        CoverEnd = "cover_end", "Siste dag som vikar", "Last day of the cover";
        /// The first day on which people are informed by a notice.
        NoticeValidFrom = "notice_valid_from", "Første dag for informasjonen", "First day of the notice";
        /// The day on which a document was signed.
        DocumentSigned = "document_signed", "Dato for underskrift", "Signed on";
        /// The day on which capacity was assessed.
        CapacityAssessed = "capacity_assessed", "Dato for vurdering av samtykkekompetanse", "Capacity assessed on";
        /// The day by which capacity is to be assessed anew.
        CapacityReview = "capacity_review", "Dato for ny vurdering", "Capacity to be reviewed on";
        /// The day of a talk about benefits.
        BenefitsCounselling = "benefits_counselling", "Dato for samtale om ytelser", "Day of the benefits counselling";
        /// The day on which a contact person was informed.
        ContactPersonInformed =
            "contact_person_informed", "Dato for informasjon til kontaktpersonen", "Day on which the contact person was informed";
        /// The last day on which an employer is not to be contacted.
        DoNotContact = "do_not_contact", "Skal ikke kontaktes til og med", "Not to be contacted until";
        /// The last day on which a warning is shown.
        WarningUntil = "warning_until", "Varselet vises til og med", "Warning shown until";
        /// The first day of a membership.
        MembershipStart = "membership_start", "Første dag i teamet", "First day in the team";
        /// The last day of a membership.
        MembershipEnd = "membership_end", "Siste dag i teamet", "Last day in the team";
        /// The first day of a post.
        PositionStart = "position_start", "Stillingen gjelder fra", "The post counts from";
        /// The day on which somebody is back.
        Return = "return", "Tilbake fra fravær", "Back from absence";
        /// The first day of an appointment.
        AppointmentStart = "appointment_start", "Oppnevnt fra", "Appointed from";
        /// The last day of an appointment.
        AppointmentEnd = "appointment_end", "Oppnevnt til", "Appointed until";
    }
}

impl DayOf {
    /// What is wrong with the day of something that has happened: it lies ahead of the act, before what it follows, or
    /// outside the years 1–9999.
    pub(crate) fn faults(self, on: NaiveDate, earliest: Option<NaiveDate>, by: &Authorship) -> Vec<Rejection> {
        let mut faults = self.faults_of_plan(on);
        if on > by.day() {
            faults.push(Rejection::DateInFuture { day: self });
        }
        if let Some(earliest) = earliest.filter(|earliest| on < *earliest) {
            faults.push(Rejection::DateBefore { day: self, earliest });
        }
        faults
    }

    /// What is wrong with the last day of something that still holds: it has gone by, or is no last day.
    pub(crate) fn faults_of_end(self, on: NaiveDate, by: &Authorship) -> Vec<Rejection> {
        let mut faults = self.faults_of_last(on);
        if on < by.day() {
            faults.push(Rejection::DateBefore { day: self, earliest: by.day() });
        }
        faults
    }

    /// Whether a last day takes back what begins on the day of the act or later: it lies before the first day, so that there
    /// is no day on which it counts. It is today, or yesterday, so that what begins today is taken back as well.
    ///
    /// # Errors
    /// [`Rejection::DateBefore`] for a day before yesterday; [`Rejection::DateOutOfRange`].
    pub(crate) fn takes_back(self, on: NaiveDate, first: NaiveDate, by: &Authorship) -> Result<bool, Rejection> {
        if first <= on || first < by.day() {
            return Ok(false);
        }
        Rejection::all(self.faults_of_plan(on))?;
        let earliest = by.day().pred_opt().unwrap_or(by.day());
        if on < earliest { Err(Rejection::DateBefore { day: self, earliest }) } else { Ok(true) }
    }

    /// What is wrong with a last day that may lie ahead: it is outside the years 1–9999, or is the day that stands for an
    /// open end.
    pub(crate) fn faults_of_last(self, on: NaiveDate) -> Vec<Rejection> {
        let ends = Period::between(on, on).is_ok_and(|day| !day.is_open());
        if ends { Vec::new() } else { vec![Rejection::DateOutOfRange { day: self }] }
    }

    /// What is wrong with a day that may lie ahead: it is outside the years 1–9999.
    pub(crate) fn faults_of_plan(self, on: NaiveDate) -> Vec<Rejection> {
        if (1..=9999).contains(&on.year()) { Vec::new() } else { vec![Rejection::DateOutOfRange { day: self }] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn the_day_of_the_act_and_the_earliest_day_are_both_allowed() {
        let by = by_spurv("2022-06-02");
        assert_eq!(DayOf::PhaseChange.faults(day("2022-06-02"), Some(day("2022-06-02")), &by), []);
        assert_eq!(
            DayOf::PhaseChange.faults(day("2022-06-03"), None, &by),
            [Rejection::DateInFuture { day: DayOf::PhaseChange }]
        );
    }

    #[test]
    fn what_still_holds_ends_on_the_day_of_the_act_at_the_earliest() {
        let (cover, by) = (DayOf::CoverEnd, by_spurv("2022-06-02"));
        assert_eq!(cover.faults_of_end(day("2022-06-02"), &by), []);
        let earliest = day("2022-06-02");
        assert_eq!(cover.faults_of_end(day("2022-06-01"), &by), [Rejection::DateBefore { day: cover, earliest }]);
    }

    #[test]
    fn what_has_not_counted_yet_is_taken_back_by_a_day_before_its_first() {
        let (end, by) = (DayOf::MembershipEnd, by_spurv("2022-06-02"));
        let takes_back = |on, first| end.takes_back(day(on), day(first), &by);
        // what began before today is ended on its first day at the earliest
        assert_eq!(
            [takes_back("2022-06-01", "2022-06-01"), takes_back("2022-05-31", "2022-06-01")],
            [Ok(false), Ok(false)]
        );
        // what begins today is taken back by yesterday, what lies ahead by today as well, and neither by an earlier day
        assert_eq!(
            [takes_back("2022-06-02", "2022-06-02"), takes_back("2022-06-01", "2022-06-02")],
            [Ok(false), Ok(true)]
        );
        assert_eq!(
            [takes_back("2022-06-02", "2022-07-01"), takes_back("2022-06-01", "2022-07-01")],
            [Ok(true), Ok(true)]
        );
        let early = Rejection::DateBefore { day: end, earliest: day("2022-06-01") };
        assert_eq!(takes_back("2022-05-31", "2022-07-01"), Err(early));
        assert_eq!(takes_back("0000-12-31", "2022-07-01"), Err(Rejection::DateOutOfRange { day: end }));
    }

    #[test]
    fn a_year_that_four_digits_cannot_write_is_refused() {
        let out_of_range = vec![Rejection::DateOutOfRange { day: DayOf::SubGoalDue }];
        assert_eq!(DayOf::SubGoalDue.faults_of_plan(day("+10000-01-01")), out_of_range);
        assert_eq!(DayOf::SubGoalDue.faults_of_plan(day("9999-12-31")), []);
    }
}
