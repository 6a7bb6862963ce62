//! The kinds of thing that a refusal can name.

use super::coded::coded;

coded! {
    /// A kind of thing that the library keeps.
    pub enum Thing {
        /// A participant.
        Participant = "participant", "deltaker", "participant";
        /// An attestation.
        Attestation = "attestation", "bekreftelse", "attestation";
        /// A consent.
        Consent = "consent", "samtykke", "consent";
        /// An openness agreement.
        Openness = "openness", "åpenhetsavtale", "disclosure agreement";
        /// A referral.
        Referral = "referral", "henvisning", "referral";
        /// A trail.
        Trail = "trail", "jobbspor", "trail";
        /// A paused period of a trail.
        Pause = "pause", "passiv periode", "pause";
        /// A period in the recruitment programme.
        RecruitmentPeriod = "recruitment_period", "periode i rekrutteringsprogrammet", "recruitment-programme period";
        /// A sub-goal.
        SubGoal = "sub_goal", "delmål", "sub-goal";
        /// A narrative.
        Narrative = "narrative", "fritekst", "narrative";
        /// A former text of a narrative.
        NarrativeRevision = "narrative_revision", "tidligere fritekst", "former text of a narrative";
        /// A collaborator of a trail.
        Collaborator = "collaborator", "samarbeidspartner", "collaborator";
        /// A version of a plan.
        PlanVersion = "plan_version", "versjon av en plan", "version of a plan";
        /// A version of a participant's wishes.
        Wishes = "wishes", "ønsker", "wishes";
        /// An employer.
        Employer = "employer", "arbeidsgiver", "employer";
        /// A contact person at an employer.
        ContactPerson = "contact_person", "kontaktperson", "contact person";
        /// An employer contact.
        EmployerContact = "employer_contact", "arbeidsgiverkontakt", "employer contact";
        /// A job.
        Job = "job", "jobb", "job";
        /// A member of staff.
        Staff = "staff", "ansatt", "member of staff";
        /// A team.
        Team = "team", "team", "team";
        /// A membership of a team.
        Membership = "membership", "medlemskap", "membership";
    }
}
