//! The kinds of thing that a refusal can name.

use super::coded::coded;

coded! {
    /// A kind of thing that the library keeps.
    pub enum Thing {
        /// A participant.
        Participant = "participant", "deltaker", "participant";
        /// A number that a participant has or had.
        HeldNumber = "held_number", "identitetsnummer", "person number";
        /// A place in the list of names.
        NameEntry = "name_entry", "navneoppslag", "entry of a name";
        /// An attestation.
        Attestation = "attestation", "bekreftelse", "attestation";
        /// A consent.
        Consent = "consent", "samtykke", "consent";
        /// A guardianship.
        Guardianship = "guardianship", "vergemål", "guardianship";
        /// An assessment of capacity to consent.
        CapacityAssessment = "capacity_assessment", "vurdering av samtykkekompetanse", "assessment of capacity";
        /// A version of a notice.
        Notice = "notice", "informasjonstekst", "notice";
        /// An organisation's own list.
        HostList = "host_list", "egen liste", "list of one's own";
        /// An entry of an organisation's own list.
        ListEntry = "list_entry", "listevalg", "list entry";
        /// An organisation's own guidance.
        Guidance = "guidance", "veiledning", "guidance";
        /// A document of a trail.
        Document = "document", "dokument", "document";
        /// A confirmation of a goal or a text.
        Confirmation = "confirmation", "tilslutning", "confirmation";
        /// A talk about benefits.
        BenefitsCounselling = "benefits_counselling", "samtale om ytelser", "benefits counselling";
        /// An openness agreement.
        Openness = "openness", "åpenhetsavtale", "disclosure agreement";
        /// A referral.
        Referral = "referral", "henvisning", "referral";
        /// A trail.
        Trail = "trail", "jobbspor", "trail";
        /// A transfer of a trail.
        Transfer = "transfer", "overføring", "transfer";
        /// A cover of a trail.
        Cover = "cover", "vikariat", "cover";
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
        /// A contact with an employer for no particular participant.
        GeneralContact = "general_contact", "generell arbeidsgiverkontakt", "general employer contact";
        /// A job.
        Job = "job", "jobb", "job";
        /// An education.
        Education = "education", "utdanning", "education";
        /// A support contact.
        SupportContact = "support_contact", "støttekontakt", "support contact";
        /// An agreement with an employer.
        EmployerAgreement = "employer_agreement", "avtale med arbeidsgiver", "employer agreement";
        /// A member of staff.
        Staff = "staff", "ansatt", "member of staff";
        /// A team.
        Team = "team", "team", "team";
        /// A membership of a team.
        Membership = "membership", "medlemskap", "membership";
        /// An office.
        Office = "office", "kontor", "office";
        /// An appointment to a role beyond a team.
        Appointment = "appointment", "oppnevning", "appointment";
        /// A declared conflict of interest.
        Conflict = "conflict", "habilitetserklæring", "declared conflict of interest";
    }
}
