//! The table of refusals: each with its code and its labels.

use super::Rejection;

impl Rejection {
    /// The table: code, Norwegian, English.
    #[expect(clippy::too_many_lines, reason = "a table has as many lines as it has rows")]
    pub(super) const fn row(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Form(_) => ("form", "Flere felt må rettes", "Several fields must be corrected"),
            Self::NotFound { .. } => ("not_found", "Finnes ikke", "Not found"),
            Self::AlreadyExists { .. } => ("already_exists", "Finnes allerede", "Exists already"),
            Self::NotAllowed { .. } => ("not_allowed", "Ikke tilgang", "Not allowed"),
            Self::NotForThisPurpose { .. } => {
                ("not_for_this_purpose", "Formålet gir ikke denne tilgangen", "Not granted for this purpose")
            }
            Self::StrictlyProtected => (
                "strictly_protected",
                "Deltakeren har strengt fortrolig adresse",
                "The participant is strictly protected",
            ),
            Self::TrailStillOpen { .. } => {
                ("trail_still_open", "Jobbsporet er ikke avsluttet", "The trail has not ended")
            }
            Self::NotTheTeamsMethod { .. } => (
                "not_the_teams_method",
                "Teamet arbeider ikke etter denne metoden",
                "The team does not work by this method",
            ),
            Self::NothingChanges => ("nothing_changes", "Ingenting endres", "Nothing would change"),
            Self::NotOfList { .. } => ("not_of_list", "Hører til en annen liste", "Of another list"),
            Self::EntryStandsFor { .. } => {
                ("entry_stands_for", "Valget står for noe annet", "The entry stands for another value")
            }
            Self::NothingOffered { .. } => {
                ("nothing_offered", "Listen ville ikke ha noe å velge", "The list would offer nothing")
            }
            Self::ListTooLong { .. } => ("list_too_long", "Listen er for lang", "The list is too long"),
            Self::NotOffered { .. } => {
                ("not_offered", "Organisasjonen bruker ikke dette valget", "The organisation does not offer this")
            }
            Self::BirthDateToCome { .. } => {
                ("birth_date_to_come", "Fødselsdatoen er ikke kommet ennå", "The birth date is still to come")
            }
            Self::BirthDateUnknown => ("birth_date_unknown", "Fødselsdatoen mangler", "The birth date is missing"),
            Self::MergedAlready => (
                "merged_already",
                "En av deltakerne er slått sammen fra før",
                "One of the participants was merged before",
            ),
            Self::MergedInto { .. } => {
                ("merged_into", "Deltakeren er slått sammen med en annen", "The participant was merged into another")
            }
            Self::MergedStillHeld { .. } => (
                "merged_still_held",
                "Den som ble slått sammen med deltakeren, må slettes først",
                "Whoever was merged into the participant must be forgotten first",
            ),
            Self::ConsentWithoutRecipient => {
                ("consent_without_recipient", "Samtykket nevner ingen mottaker", "The consent names no recipient")
            }
            Self::ConsentWithoutClass => {
                ("consent_without_class", "Samtykket nevner ingen opplysninger", "The consent names no data")
            }
            Self::OfAge => ("of_age", "Deltakeren er myndig", "The participant is of age"),
            Self::GuardianMustConsent => ("guardian_must_consent", "Foresatt må samtykke", "A guardian must consent"),
            Self::NotThePresentVersion => {
                ("not_the_present_version", "Det finnes en nyere versjon", "There is a newer version")
            }
            Self::DifferenceWithoutWords => {
                ("difference_without_words", "Si hva du ser annerledes", "Say what you see otherwise")
            }
            Self::NotTheirWord => ("not_their_word", "Det er en annens å bekrefte", "It is another's to confirm"),
            Self::PersonMustConsent => ("person_must_consent", "Personen selv må samtykke", "The person must consent"),
            Self::OutsideMandate => ("outside_mandate", "Utenfor vergens fullmakt", "Outside the guardian's mandate"),
            Self::ClassNotOfPurpose { .. } => (
                "class_not_of_purpose",
                "Formålet omfatter ikke alle opplysningene",
                "The purpose does not take all of the data",
            ),
            Self::RecipientUnnamed => {
                ("recipient_unnamed", "Mottakeren er ikke navngitt", "The recipient is not named")
            }
            Self::GuidelineMissing => ("guideline_missing", "Retningslinjen mangler", "The guideline is missing"),
            Self::MatterEmpty => ("matter_empty", "Saken er ikke nevnt", "The matter is not named"),
            Self::ReviewMissing => {
                ("review_missing", "Dato for ny vurdering mangler", "The day of the next review is missing")
            }
            Self::ConsentWithdrawn { .. } => {
                ("consent_withdrawn", "Samtykket er trukket tilbake", "The consent is withdrawn")
            }
            Self::BeforeConsent { .. } => ("before_consent", "Før samtykket ble gitt", "Before the consent was given"),
            Self::TrailEnded { .. } => ("trail_ended", "Jobbsporet er avsluttet", "The trail has ended"),
            Self::BelongsElsewhere { .. } => ("belongs_elsewhere", "Hører til et annet sted", "Belongs elsewhere"),
            Self::AlreadyEnded { .. } => ("already_ended", "Er avsluttet fra før", "Ended already"),
            Self::StillOpen { .. } => ("still_open", "Er fortsatt åpen", "Still open"),
            Self::DateInFuture { .. } => ("date_in_future", "Datoen ligger fram i tid", "The date lies ahead"),
            Self::DateBefore { .. } => ("date_before", "Datoen er for tidlig", "The date is too early"),
            Self::DateOutOfRange { .. } => {
                ("date_out_of_range", "Datoen er utenfor år 1–9999", "The date is outside the years 1–9999")
            }
            Self::TooYoung { .. } => ("too_young", "Deltakeren er for ung", "The participant is too young"),
            Self::AttestationMissing { .. } => {
                ("attestation_missing", "En bekreftelse mangler", "An attestation is missing")
            }
            Self::AlreadyStarted { .. } => {
                ("already_started", "Jobbsporet er alt startet", "The trail has started already")
            }
            Self::PhaseNotOfMethod { .. } => {
                ("phase_not_of_method", "Fasen hører ikke til metoden", "The phase is not of the method")
            }
            Self::PhaseNotByMove { .. } => {
                ("phase_not_by_move", "Fasen nås ikke ved å flytte", "No move leads to this phase")
            }
            Self::GoalNotOfMethod { .. } => {
                ("goal_not_of_method", "Målet hører ikke til metoden", "The goal is not of the method")
            }
            Self::JobStartsAfterEnding { .. } => {
                ("job_starts_after_ending", "En jobb starter etter sluttdatoen", "A job begins after the end date")
            }
            Self::ReferralDiffers => ("referral_differs", "Henvisningen sier noe annet", "The referral says otherwise"),
            Self::PlanEmpty => ("plan_empty", "Planen har ingen tekster", "The plan has no texts"),
            Self::WishContradicts { .. } => {
                ("wish_contradicts", "Ønskene motsier hverandre", "The wishes contradict each other")
            }
            Self::PauseOverlaps { .. } => ("pause_overlaps", "De passive periodene overlapper", "The pauses overlap"),
            Self::PauseHasBegun { .. } => ("pause_has_begun", "Den passive perioden har begynt", "The pause has begun"),
            Self::HasBegun { .. } => ("has_begun", "Det har begynt", "It has begun"),
            Self::EducationHasJob { .. } => {
                ("education_has_job", "En jobb hører til utdanningen", "A job is a part of the education")
            }
            Self::ReferrerMissing => ("referrer_missing", "Hvem som henviser, mangler", "Who refers is missing"),
            Self::VariantNotOfMethod { .. } => (
                "variant_not_of_method",
                "Programvarianten hører ikke til metoden",
                "The programme variant is not of the method",
            ),
            Self::FollowUpMissing => ("follow_up_missing", "Oppfølgingsdato mangler", "A follow-up day is missing"),
            Self::DateNotAhead { .. } => ("date_not_ahead", "Datoen må ligge fram i tid", "The date must lie ahead"),
            Self::DateAfter { .. } => ("date_after", "Datoen er for sen", "The date is too late"),
            Self::NoRecruitmentProgramme { .. } => (
                "no_recruitment_programme",
                "Metoden har ikke rekrutteringsprogram",
                "The method has no recruitment programme",
            ),
            Self::PhaseNotActive { .. } => ("phase_not_active", "Fasen er ikke aktiv", "The phase is not active"),
            Self::RecruitmentOverlaps { .. } => (
                "recruitment_overlaps",
                "Periodene i rekrutteringsprogrammet overlapper",
                "The periods in the programme overlap",
            ),
            Self::InRecruitmentProgramme { .. } => (
                "in_recruitment_programme",
                "Deltakeren er i rekrutteringsprogrammet",
                "The participant is in the recruitment programme",
            ),
            Self::ExclusionUnanswered => (
                "exclusion_unanswered",
                "Sluttårsaken krever begrunnelse og dato for nytt tilbud",
                "The end reason takes a reason and a day to offer help again",
            ),
            Self::ExclusionNotAsked => {
                ("exclusion_not_asked", "Sluttårsaken krever ingen begrunnelse", "The end reason asks for no reason")
            }
            Self::NotStarted => ("not_started", "Jobbsporet er ikke startet", "The trail has not started"),
            Self::CorrectionWindowOver { .. } => {
                ("correction_window_over", "Fristen for å rette er ute", "The time to correct it is over")
            }
            Self::TopicNotOfMethod { .. } => {
                ("topic_not_of_method", "Temaet hører ikke til metoden", "The topic is not of the method")
            }
            Self::NarrativeTooLong { .. } => ("narrative_too_long", "Teksten er for lang", "The text is too long"),
            Self::OpennessContradicts { .. } => (
                "openness_contradicts",
                "En arbeidsgiver både kan og skal ikke kontaktes",
                "An employer may and must not be contacted",
            ),
            Self::OpennessContradictsItself => (
                "openness_contradicts_itself",
                "Et utdanningssted både kan og skal ikke kontaktes",
                "A place of education may and must not be contacted",
            ),
            Self::NotFromClearedTeam => (
                "not_from_cleared_team",
                "Et klarert team foreslår ingen overføring til et vanlig team",
                "A cleared team proposes no trail to an ordinary one",
            ),
            Self::PhaseUnknown => ("phase_unknown", "Ingen fase heter dette", "No phase is called so"),
            Self::NoTalkWithFormerEmployer => (
                "no_talk_with_former_employer",
                "Ingen samtale med en tidligere arbeidsgiver er ført",
                "No talk with a former employer is registered",
            ),
            Self::NobodyMet => (
                "nobody_met",
                "Kontaktperson er oppgitt, men ingen ble møtt",
                "A contact person is named, but nobody was met",
            ),
            Self::FormNeedsEmployer { .. } => ("form_needs_employer", "Arbeidsgiver mangler", "An employer is missing"),
            Self::FormHasNoEmployer { .. } => (
                "form_has_no_employer",
                "Ansettelsesformen har ingen arbeidsgiver",
                "This form of employment has no employer",
            ),
            Self::AlreadyDone { .. } => ("already_done", "Er gjort fra før", "Done already"),
            Self::EmployerMerged { .. } => (
                "employer_merged",
                "Arbeidsgiveren er slått sammen med en annen",
                "The employer was merged into another",
            ),
            Self::NotADuplicate { .. } => ("not_a_duplicate", "Ikke samme", "Not the same"),
            Self::OwnLegalUnit => {
                ("own_legal_unit", "En underenhet er ikke sin egen hovedenhet", "A sub-unit is not its own legal unit")
            }
            Self::AtLine { .. } => ("at_line", "En linje må rettes", "A line must be corrected"),
            Self::LinesOutOfBounds { .. } => {
                ("lines_out_of_bounds", "For få eller for mange linjer", "Too few or too many lines")
            }
            Self::TrainingWithoutReason => {
                ("training_without_reason", "Arbeidstrening krever en begrunnelse", "Work training takes a reason")
            }
            Self::CoverWithoutEnd => ("cover_without_end", "Vikariatet mangler siste dag", "The cover has no last day"),
            Self::SupportWithoutReason => {
                ("support_without_reason", "Brukerstøtte må oppgi en grunn", "User support is asked for its reason")
            }
            Self::SubsidyOutsideJob { .. } => {
                ("subsidy_outside_job", "Tilskuddet ligger utenfor jobben", "The subsidy lies outside the job")
            }
            Self::SubsidyTwice { .. } => {
                ("subsidy_twice", "Samme tilskudd to ganger på samme dag", "The same subsidy twice on a day")
            }
            Self::StudyFormNotOfTrack { .. } => (
                "study_form_not_of_track",
                "Studieformen hører ikke til utdanningsløpet",
                "The form of study is not of the track",
            ),
            Self::ProgrammeNotVocational => {
                ("programme_not_vocational", "Et yrkesfaglig program mangler", "A vocational programme is missing")
            }
            Self::NotOpenTo { .. } => {
                ("not_open_to", "Åpenheten tillater ikke kontakt", "Disclosure does not allow contact")
            }
            Self::NothingMayBeShared => {
                ("nothing_may_be_shared", "Ingen ord er avtalt å dele", "No words are agreed to be shared")
            }
            Self::ContactNeedsEmployer => {
                ("contact_needs_employer", "Kontakten nevner ingen arbeidsgiver", "The contact names no employer")
            }
            Self::RoleNotOfStaff { .. } => {
                ("role_not_of_staff", "Rollen tilhører ikke ansatte", "The role is not held by staff")
            }
            Self::LastSupervisor { .. } => {
                ("last_supervisor", "Teamet ville stå uten metodeveileder", "The team would have no supervisor")
            }
            Self::AbsencesOverlap { .. } => {
                ("absences_overlap", "Fraværet overlapper et annet", "The absence overlaps another one")
            }
            Self::NotAbsent { .. } => ("not_absent", "Ikke fraværende den dagen", "Not absent on that day"),
            Self::OfficeBelowItself { .. } => {
                ("office_below_itself", "Kontoret ville ligge under seg selv", "The office would lie below itself")
            }
            Self::OfficeTooDeep { .. } => {
                ("office_too_deep", "Kontortreet har for mange nivåer", "The tree of offices has too many levels")
            }
            Self::RoleNotByAppointment { .. } => {
                ("role_not_by_appointment", "Ingen oppnevnes i denne rollen", "Nobody is appointed to this role")
            }
            Self::RoleOfOffice { .. } => {
                ("role_of_office", "Rollen gjelder et kontor", "The role is one for an office")
            }
            Self::RoleOfOrganisation { .. } => (
                "role_of_organisation",
                "Rollen gjelder hele organisasjonen",
                "The role is one for the whole organisation",
            ),
            Self::ByAnother => ("by_another", "En annen må gjøre dette", "Somebody else must do this"),
            Self::CannotOpenHere => {
                ("cannot_open_here", "Jobbsporet kan ikke åpnes her", "The trail cannot be opened here")
            }
        }
    }
}
