//! Employer contacts: an event on a trail, not to be confused with a contact person (`DA18`).

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::contact_person::ContactPerson;
use super::day_of::DayOf;
use super::employer::Employer;
use super::fact::Fact;
use super::id::{ContactPersonId, EmployerContactId, EmployerId, ParticipantId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::openness::OpennessAgreement;
use super::phase::Phase;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;
use super::trail::{ShownTo, Trail};

/// A contact with an employer for the participant of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerContact {
    id: EmployerContactId,
    trail: TrailId,
    participant: ParticipantId,
    employer: EmployerId,
    contact_person: Option<ContactPersonId>,
    on: NaiveDate,
    way: ContactWay,
    held_by: ContactHeldBy,
    met: EmployerMet,
    about: ContactAbout,
    #[serde(default, deserialize_with = "kept")]
    summary: Option<Text<4000>>,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wishes: Option<WishesFollowed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<Phase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shown_to: Option<ShownTo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrected: Option<Authorship>,
}

/// What is told about an employer contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEmployerContact {
    /// The day.
    pub on: NaiveDate,
    /// The way.
    pub way: ContactWay,
    /// Who held it.
    pub held_by: ContactHeldBy,
    /// Who was met.
    pub met: EmployerMet,
    /// What it was about.
    pub about: ContactAbout,
    /// What was said.
    pub summary: Option<Text<4000>>,
    /// Whether the participant's wishes led there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wishes: Option<WishesFollowed>,
}

coded! {
    /// What led to an employer (item 16 of IPS-25 counts the share that follows the participant).
    pub enum WishesFollowed {
        /// The participant's wishes and plan.
        Followed = "followed", "Etter deltakerens ønsker", "The participant's wishes";
        /// What the market had to offer.
        Market = "market", "Etter markedets tilbud", "What the market offers";
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptContact {
    on: NaiveDate,
    way: ContactWay,
    held_by: ContactHeldBy,
    met: EmployerMet,
    about: ContactAbout,
    #[serde(default, deserialize_with = "kept")]
    summary: Option<Text<4000>>,
    wishes: Option<WishesFollowed>,
}

impl Kept for NewEmployerContact {
    type Form = KeptContact;

    fn from_kept(form: KeptContact) -> Result<Self, NotKept> {
        let KeptContact { on, way, held_by, met, about, summary, wishes } = form;
        Ok(Self { on, way, held_by, met, about, summary, wishes })
    }
}

coded! {
    /// The way of an employer contact.
    pub enum ContactWay {
        /// Face to face.
        InPerson = "in_person", "Oppmøte", "In person";
        /// By telephone.
        Phone = "phone", "Telefon", "Phone";
        /// By video.
        Video = "video", "Video", "Video";
        /// By e-mail.
        Email = "email", "E-post", "E-mail";
        /// By text message.
        TextMessage = "text_message", "SMS", "Text message";
        /// By letter.
        Letter = "letter", "Brev", "Letter";
    }
}

coded! {
    /// Who held an employer contact; the clock counts each of them (`DC1`).
    pub enum ContactHeldBy {
        /// The employment specialist alone.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// The participant alone.
        Participant = "participant", "Deltaker", "Participant";
        /// Both together.
        Both = "both", "Sammen", "Together";
    }
}

coded! {
    /// Who was met at the employer. The contact was held only if somebody was (`DB12`).
    pub enum EmployerMet {
        /// Somebody who decides on hiring.
        DecisionMaker = "decision_maker", "Beslutningstaker", "Decision maker";
        /// Somebody who does not.
        SomebodyElse = "somebody_else", "En annen", "Somebody else";
        /// Nobody: an attempt.
        Nobody = "nobody", "Ingen", "Nobody";
    }
}

coded! {
    /// What an employer contact was about.
    pub enum ContactAbout {
        /// Ordinary work to be found.
        OrdinaryWork = "ordinary_work", "Ordinært arbeid", "Ordinary work";
        /// Support in an ordinary job.
        JobSupport = "job_support", "Jobbstøtte", "Job support";
        /// Unpaid work training, which is no job (`DB9`).
        WorkTraining = "work_training", "Arbeidstrening", "Work training";
        /// Education; the other party is a school (`DC2`).
        Education = "education", "Utdanning", "Education";
        /// Work that the participant once did there: feedback from a former employer, which takes openness (S128).
        FormerWork = "former_work", "Tidligere arbeid", "Former work";
    }
}

impl ContactAbout {
    /// Whether it is about ordinary work: to find it or to keep it.
    #[must_use]
    pub const fn is_ordinary_work(self) -> bool {
        matches!(self, Self::OrdinaryWork | Self::JobSupport)
    }
}

impl EmployerContact {
    /// Registers an employer contact. It may lie before the start of the trail (`DB1`), but not ahead.
    ///
    /// When it [counts for the clock](Self::starts_the_clock), the trail is told by [`Trail::note_employer_contact`].
    /// What the employer or the participant has said against it is [advice](super::contact_advice) and no refusal: a
    /// contact that is registered has taken place. Not so about former work: unless the participant held it alone, their
    /// openness must have allowed it on its day (S128, of transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); all faults at once: [`Rejection::EmployerMerged`]; [`Rejection::DateInFuture`];
    /// [`Rejection::BelongsElsewhere`] when the contact person is another employer's (I14); [`Rejection::NobodyMet`] when
    /// a contact person is named and nobody was met; [`Rejection::NotOpenTo`].
    pub fn register(
        id: EmployerContactId,
        trail: &Trail,
        employer: &Employer,
        contact_person: Option<&ContactPerson>,
        openness: &[&OpennessAgreement],
        new: NewEmployerContact,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let mut faults: Vec<_> = employer.must_be_current().err().into_iter().collect();
        faults.extend(new.faults(employer, contact_person, by));
        faults.extend(new.must_be_open_to(employer, openness).err());
        Rejection::all(faults)?;
        let NewEmployerContact { on, way, held_by, met, about, summary, wishes } = new;
        let fact = Fact::EmployerContactRegistered {
            employer_contact: id,
            trail: trail.id(),
            employer: employer.id(),
            on,
            way,
            met,
            about,
        };
        let contact = Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            employer: employer.id(),
            contact_person: contact_person.map(ContactPerson::id),
            on,
            way,
            held_by,
            met,
            about,
            summary,
            registered: *by,
            wishes,
            phase: trail.phase_on(on),
            shown_to: Some(trail.shown_to()),
            corrected: None,
        };
        Ok((contact, fact))
    }

    /// Corrects what was told; the employer stays, and what was told before stands in the fact. The clock is set anew by
    /// [`Trail::settle_employer_contact`].
    ///
    /// # Errors
    /// As for [`EmployerContact::register`]; [`Rejection::BelongsElsewhere`] when it is another trail's or employer's;
    /// [`Rejection::NothingChanges`].
    pub fn correct(
        self,
        trail: &Trail,
        employer: &Employer,
        contact_person: Option<&ContactPerson>,
        openness: &[&OpennessAgreement],
        new: NewEmployerContact,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::EmployerContact)?;
        let mut faults = new.faults(employer, contact_person, by);
        faults.extend(new.must_be_open_to(employer, openness).err());
        if !employer.goes_by(self.employer) {
            faults.push(Rejection::BelongsElsewhere { what: Thing::EmployerContact });
        }
        let (before, person) = (self.told(), contact_person.map(ContactPerson::id));
        if before == new && self.contact_person == person {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        let fact = Fact::EmployerContactCorrected {
            employer_contact: self.id,
            trail: self.trail,
            before: Box::new(before),
            contact_person_before: self.contact_person,
        };
        let NewEmployerContact { on, way, held_by, met, about, summary, wishes } = new;
        let (phase, corrected) = (trail.phase_on(on), Some(*by));
        Ok((
            Self { contact_person: person, on, way, held_by, met, about, summary, wishes, phase, corrected, ..self },
            fact,
        ))
    }

    /// The same contact, shown to whom its trail is shown to now.
    #[must_use]
    pub fn follow(self, trail: &Trail) -> Self {
        Self { shown_to: Some(trail.shown_to()), ..self }
    }

    /// What was told.
    #[must_use]
    pub fn told(&self) -> NewEmployerContact {
        let Self { on, way, held_by, met, about, summary, wishes, .. } = self.clone();
        NewEmployerContact { on, way, held_by, met, about, summary, wishes }
    }

    /// Whether the contact was held: somebody at the employer was met or reached (`DB12`).
    #[must_use]
    pub fn was_held(&self) -> bool {
        self.met != EmployerMet::Nobody
    }

    /// Whether it is a talk with a former employer that feedback can be written from (S128).
    #[must_use]
    pub fn is_about_former_work(&self) -> bool {
        self.was_held() && self.about == ContactAbout::FormerWork
    }

    /// Whether it is a contact that the clock waits for: held, face to face, about ordinary work, by specialist or
    /// participant (`DC1`). Neither a school nor work training is (`DC2`, `DB9`).
    #[must_use]
    pub fn starts_the_clock(&self) -> bool {
        self.was_held() && self.way == ContactWay::InPerson && self.about.is_ordinary_work()
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EmployerContactId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
    }

    /// The contact person who was met.
    #[must_use]
    pub const fn contact_person(&self) -> Option<ContactPersonId> {
        self.contact_person
    }

    /// The day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// The way.
    #[must_use]
    pub const fn way(&self) -> ContactWay {
        self.way
    }

    /// Who held it.
    #[must_use]
    pub const fn held_by(&self) -> ContactHeldBy {
        self.held_by
    }

    /// Who was met.
    #[must_use]
    pub const fn met(&self) -> EmployerMet {
        self.met
    }

    /// What it was about.
    #[must_use]
    pub const fn about(&self) -> ContactAbout {
        self.about
    }

    /// What was said.
    #[must_use]
    pub const fn summary(&self) -> Option<&Text<4000>> {
        self.summary.as_ref()
    }

    /// What led there.
    #[must_use]
    pub const fn wishes(&self) -> Option<WishesFollowed> {
        self.wishes
    }

    /// The phase that the trail was in on the day; none before the referral.
    #[must_use]
    pub const fn phase(&self) -> Option<Phase> {
        self.phase
    }

    /// Whom its trail is shown to; none when it was registered before this was noted.
    #[must_use]
    pub const fn shown_to(&self) -> Option<&ShownTo> {
        self.shown_to.as_ref()
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// Who corrected it last, and when.
    #[must_use]
    pub const fn corrected(&self) -> Option<&Authorship> {
        self.corrected.as_ref()
    }
}

impl NewEmployerContact {
    fn faults(&self, employer: &Employer, contact_person: Option<&ContactPerson>, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::EmployerContact.faults(self.on, None, by);
        faults.extend(faults_of_meeting(employer, contact_person, self.met));
        faults
    }

    /// Staff contact a former employer about the participant only where openness allows it on that day (S128). What the
    /// participant does alone is theirs.
    fn must_be_open_to(&self, employer: &Employer, openness: &[&OpennessAgreement]) -> Result<(), Rejection> {
        if self.about == ContactAbout::FormerWork && self.held_by != ContactHeldBy::Participant {
            OpennessAgreement::must_have_allowed(openness, employer, self.on)
        } else {
            Ok(())
        }
    }
}

/// What is wrong with whom somebody is said to have met: it is another employer's contact person (I14), or nobody was
/// met.
pub(super) fn faults_of_meeting(
    employer: &Employer,
    contact_person: Option<&ContactPerson>,
    met: EmployerMet,
) -> Vec<Rejection> {
    let elsewhere = contact_person.and_then(|person| person.must_belong_to(employer).err());
    let nobody = (contact_person.is_some() && met == EmployerMet::Nobody).then_some(Rejection::NobodyMet);
    elsewhere.into_iter().chain(nobody).collect()
}
