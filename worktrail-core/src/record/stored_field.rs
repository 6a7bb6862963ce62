//! One place in a stored form: what it is called, how sensitive it is, and who sees it.

use crate::class::Class;
use crate::domain::coded::coded;
use crate::label::Label;

coded! {
    /// Who is shown a stored value by the questions there are. Whoever reads the store's file reads everything.
    pub enum SeenBy {
        /// The participant, and the staff who may read the trail that it belongs to: its team's specialists and supervisors,
        /// and the professional leads above them.
        Case = "case", "Deltakeren, jobbspesialistene og metodeveilederne i sporets team, og de fagansvarlige for det",
            "The participant, the specialists and supervisors of the trail's team, and its professional leads";
        /// The same, and the specialists and supervisors of any team who look a person up by national id.
        CaseAndSearch = "case_and_search",
            "De samme, og jobbspesialister og metodeveiledere som søker med fødselsnummer",
            "The same, and specialists and supervisors who search by national identity number";
        /// The same, and the specialist and the supervisors to whom a transfer of the trail is proposed.
        CaseAndAddressee = "case_and_addressee", "De samme, og jobbspesialisten og metodeveilederne som får sporet foreslått",
            "The same, and the specialist and the supervisors to whom the trail is proposed";
        /// As `Case`, and the recipients whom a consent in force names for it (S4).
        CaseAndConsented = "case_and_consented",
            "Deltakeren, sporets jobbspesialist, teamets metodeveiledere og de mottakerne som et samtykke nevner",
            "The participant, the trail's specialist, the team's supervisors, and the recipients whom a consent names";
        /// As `CaseAndSearch`, and the recipients whom a consent in force names for it (S4).
        SearchAndConsented = "search_and_consented",
            "De samme, jobbspesialister og metodeveiledere som søker med fødselsnummer, og de mottakerne som et samtykke nevner",
            "The same, specialists and supervisors who search by national identity number, and the recipients whom a consent names";
        /// Those for whom the topic is written, and the recipients whom a consent in force names for it (S4).
        ByTopicAndConsented = "by_topic_and_consented",
            "Dem temaet er skrevet for, og de mottakerne som et samtykke nevner",
            "Those for whom the topic is written, and the recipients whom a consent names";
        /// Those for whom the topic is written.
        ByTopic = "by_topic", "Dem temaet er skrevet for", "Those for whom the topic is written";
        /// The specialists and supervisors of every team.
        Organisation = "organisation", "Jobbspesialister og metodeveiledere i alle team",
            "Specialists and supervisors of every team";
        /// The members of the same team, those who lead it, and user support.
        Colleagues = "colleagues", "Medlemmene i samme team, de som leder det, og brukerstøtte",
            "The members of the same team, those who lead it, and user support";
        /// The member of staff whom it concerns.
        StaffThemself = "staff_themself", "Den ansatte selv", "The member of staff themself";
        /// Those who manage the team's members.
        MemberManagers = "member_managers", "Metodeveilederne og de fagansvarlige for teamet, og brukerstøtte",
            "The team's supervisors and professional leads, and user support";
        /// The member of staff who declared a conflict, and those who may lift it.
        ConflictParties = "conflict_parties", "Den ansatte selv, metodeveilederne i teamet og de fagansvarlige for det",
            "The member of staff themself, and the team's supervisors and professional leads";
        /// Those who appoint.
        Appointers = "appointers", "Brukerstøtte, og vertsprogrammet", "User support, and the host program";
        /// Those who see an office's teams.
        OfficeTeams = "office_teams", "Kontorets fagansvarlige og linjeledere, og brukerstøtte",
            "The office's professional leads and line managers, and user support";
        /// Nobody: no question answers with it.
        Nobody = "nobody", "Ingen", "Nobody";
    }
}

/// One place in a stored form, by its path: `name.family`, `moves[].on`.
///
/// The list of a kind is the one table that redaction, `docs/data.md` and the record of processing (GDPR art. 30) go by.
///
/// ```
/// use worktrail_core::class::Class;
/// use worktrail_core::record::{SeenBy, StoredField};
///
/// const UNIT: StoredField =
///     StoredField::new("referral.unit", Class::ThirdParty, SeenBy::Case, "Henvisende enhet", "Referring unit");
/// assert_eq!(UNIT.path(), "referral.unit");
/// assert!(UNIT.class().is_personal());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredField {
    path: &'static str,
    class: Class,
    seen_by: SeenBy,
    label: Label,
}

impl StoredField {
    /// The value at a path, its class, who sees it, and its Norwegian and English label.
    #[must_use]
    pub const fn new(
        path: &'static str,
        class: Class,
        seen_by: SeenBy,
        norwegian: &'static str,
        english: &'static str,
    ) -> Self {
        Self { path, class, seen_by, label: Label::new(norwegian, english) }
    }

    /// The id of the record itself.
    #[must_use]
    pub const fn id(seen_by: SeenBy) -> Self {
        Self::new("id", Class::Ordinary, seen_by, "Id", "Id")
    }

    /// Who entered what stands beside it.
    #[must_use]
    pub const fn by(path: &'static str, seen_by: SeenBy) -> Self {
        Self::new(path, Class::Ordinary, seen_by, "Ført av", "Entered by")
    }

    /// When what stands beside it was entered.
    #[must_use]
    pub const fn at(path: &'static str, seen_by: SeenBy) -> Self {
        Self::new(path, Class::Ordinary, seen_by, "Ført", "Entered at")
    }

    /// Where it stands.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// How sensitive it is.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Who sees it.
    #[must_use]
    pub const fn seen_by(&self) -> SeenBy {
        self.seen_by
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> Label {
        self.label
    }
}
