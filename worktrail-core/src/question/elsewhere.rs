//! What belongs to another trail of the same person.

use chrono::{DateTime, Utc};

use crate::domain::{Authorship, Consent, Guardianship, HeldNumber, Moment, Role, Trail};

/// What was said of a person while another trail of theirs was open, and this one was not, is that trail's: to the staff of
/// this one it would tell that there is another (`DA3`). What was there when this one was opened is theirs to know, and the
/// participant sees all.
pub(super) struct Elsewhere<'a> {
    trail: &'a Trail,
    others: Vec<&'a Trail>,
    is_participant: bool,
}

impl<'a> Elsewhere<'a> {
    /// `trails` are all of the one person: also those of whoever was merged, and of whoever stands for them.
    pub(super) fn than(trail: &'a Trail, trails: Vec<&'a Trail>, reader: Option<Role>) -> Self {
        let others = trails.into_iter().filter(|other| other.id() != trail.id()).collect();
        Self { trail, others, is_participant: reader == Some(Role::Participant) }
    }

    pub(super) fn leave_out<'t, T>(&self, mut found: Vec<&'t T>, made: fn(&T) -> &Authorship) -> Vec<&'t T> {
        found.retain(|it| !self.was_made(made(it)));
        found
    }

    /// Whether the reader is told what is known of the person today. An ended trail takes part in nothing that is said of
    /// them any more, so to its staff every newer word would be another trail's.
    pub(super) fn knows_the_person(&self) -> bool {
        self.is_participant || !self.trail.is_ended()
    }

    /// The numbers that were not noted elsewhere: those of the trail's participant, and to whoever is told of the person today
    /// also those of whoever is one person with them.
    pub(super) fn numbers<'n>(&self, mut found: Vec<&'n HeldNumber>) -> Vec<&'n HeldNumber> {
        found.retain(|it| it.participant() == self.trail.participant() || self.knows_the_person());
        self.leave_out(found, HeldNumber::authorship)
    }

    /// The consents that were not given elsewhere. That one was withdrawn on another trail is told, since nobody is to go by
    /// it; who recorded it there is not.
    pub(super) fn consents(&self, found: Vec<&Consent>) -> Vec<Consent> {
        let as_known = |it: &Consent| {
            let elsewhere = it.withdrawn().is_some_and(|withdrawal| withdrawal.trail() != Some(self.trail.id()));
            if elsewhere && !self.is_participant { it.clone().withdrawn_in_own_name() } else { it.clone() }
        };
        self.leave_out(found, Consent::given).into_iter().map(as_known).collect()
    }

    /// The guardians whom the readers of the trail know of: those that were not registered elsewhere, and while it is open
    /// every one that is not ended, since what they give and take back counts here too (`DC7`). One that was ended elsewhere
    /// is shown as it was.
    pub(super) fn guardians(&self, found: Vec<&Guardianship>) -> Vec<Guardianship> {
        let is_open = !self.trail.is_ended();
        let known =
            found.into_iter().filter(|it| !self.was_made(it.registered()) || is_open && it.ended().is_none()).cloned();
        let as_known = |it: Guardianship| {
            let elsewhere = it.ended().is_some_and(|ended| self.was_made(&ended.authorship));
            if elsewhere { it.not_ended() } else { it }
        };
        known.map(as_known).collect()
    }

    fn was_made(&self, by: &Authorship) -> bool {
        let at = by.at();
        let is_own = at < self.trail.opened().at() || self.trail.was_open_at(at);
        !self.is_participant && !is_own && self.others.iter().any(|other| other.was_open_at(at))
    }

    /// Whether what was said of the person at an instant is told in the history of the trail: not while another trail was
    /// open, whose history tells it, whoever reads this one's; and to staff not after this one has ended, since whoever said
    /// it then was another team, or was about to be.
    pub(super) fn has_in_history(&self, at: DateTime<Utc>) -> bool {
        let Ok(at) = Moment::new(at.fixed_offset()) else { return false };
        let is_later = self.trail.ended().is_some_and(|ended| ended.at() < at);
        (self.is_participant || !is_later) && !self.others.iter().any(|other| other.was_open_at(at))
    }
}
