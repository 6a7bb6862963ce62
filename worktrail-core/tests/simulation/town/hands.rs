//! What changes hands: trails and covers of them, memberships, and who somebody is.

use chrono::Days;
use worktrail_core::access::Actor;
use worktrail_core::command::{
    AcceptTransfer, AdmitMember, ChangeNationalId, CorrectBirthDate, CorrectName, EndCover, EndMembership, GiveCover,
    MergeParticipants, ProposeTransfer, ReassignTrail, ReturnTransfer, StandIn, StateBirthDate, WithdrawTransfer,
};
use worktrail_core::domain::{
    BirthDate, Correction, CoverExtent, CoverReason, CoverTerms, FactSource, HeldNumberId, MembershipId, NationalId,
    Ownership, Period, PersonName, Role, StaffId, TransferId, TransferTerms,
};

use super::{BIRTH_DATES, NUMBERS, Town, line, specialist};
use crate::acts::Act;

impl Town {
    /// Something that changes hands.
    pub(super) fn change_hands(&mut self) -> Option<(Act, Actor)> {
        match self.dice.below(20) {
            0..5 => self.hand_on(),
            5..10 => self.answer(),
            10..14 => self.about_covers(),
            14 => Some(self.admit_again()),
            15 => self.leave(),
            _ => self.about_identity(),
        }
    }

    /// Learns what came of it.
    pub(super) fn learn_of_hands(&mut self, act: &Act) {
        match act {
            Act::ProposeTransfer(it) => self.transfers.push((it.transfer, it.trail, it.to.owner)),
            Act::AcceptTransfer(it) => {
                let accepted = self.transfers.iter().find(|(transfer, ..)| *transfer == it.transfer).copied();
                if let Some((_, trail, owner)) = accepted {
                    self.trails.retain(|(known, _)| *known != trail);
                    self.trails.push((trail, owner));
                }
            }
            Act::ReassignTrail(it) => {
                self.trails.retain(|(known, _)| *known != it.trail);
                self.trails.push((it.trail, it.to.owner));
            }
            Act::AdmitMember(it) => self.memberships.push(it.membership),
            _ => {}
        }
    }

    fn terms(&mut self) -> TransferTerms {
        let answer_by = self.today().checked_add_days(Days::new(self.dice.below(6))).expect("a day");
        TransferTerms { note: Some(self.words()), reason: Some(self.words()), answer_by }
    }

    fn hand_on(&mut self) -> Option<(Act, Actor)> {
        let (trail, owner) = self.trail()?;
        let transfer = TransferId::new(self.id());
        let to = Ownership { team: self.team, owner: self.one_of(&self.specialists.clone()) };
        let terms = self.terms();
        if self.dice.happens(300) {
            return Some((ReassignTrail { transfer, trail, to, terms }.into(), self.supervisor()));
        }
        Some((ProposeTransfer { transfer, trail, to, terms }.into(), specialist(owner)))
    }

    fn answer(&mut self) -> Option<(Act, Actor)> {
        let (transfer, trail, to) = self.recent(&self.transfers.clone())?;
        Some(match self.dice.below(4) {
            0 => {
                let owner = self.trails.iter().find(|(known, _)| *known == trail).map(|(_, owner)| *owner)?;
                (WithdrawTransfer { transfer, trail }.into(), specialist(owner))
            }
            1 => (ReturnTransfer { transfer, reason: self.words() }.into(), specialist(to)),
            _ => (AcceptTransfer { transfer }.into(), specialist(to)),
        })
    }

    fn about_covers(&mut self) -> Option<(Act, Actor)> {
        let (trail, owner) = self.trail()?;
        let staff = self.one_of(&self.specialists.clone());
        if self.dice.happens(300) {
            return Some((EndCover { trail, staff }.into(), specialist(owner)));
        }
        let (first, days) = (self.today(), Days::new(self.dice.below(20)));
        let period = Period::between(first, first.checked_add_days(days).expect("a day")).expect("a period");
        let terms = CoverTerms { extent: self.one_of(&CoverExtent::ALL), period, reason: CoverReason::Absence };
        let stand_in = if self.dice.happens(300) { StandIn::Team } else { StandIn::Specialist { staff } };
        Some((GiveCover { trail, stand_in, terms }.into(), specialist(owner)))
    }

    fn admit_again(&mut self) -> (Act, Actor) {
        let staff: StaffId = self.one_of(&self.specialists.clone());
        let period = Period::from(self.today()).expect("a period");
        let membership = MembershipId::new(self.id());
        (AdmitMember { membership, team: self.team, staff, role: Role::Specialist, period }.into(), self.supervisor())
    }

    fn leave(&mut self) -> Option<(Act, Actor)> {
        let membership = self.recent(&self.memberships.clone())?;
        let on = self.days_ago(2);
        Some((EndMembership { membership, team: self.team, on }.into(), self.supervisor()))
    }

    fn about_identity(&mut self) -> Option<(Act, Actor)> {
        let (trail, owner) = self.trail()?;
        let correction = Correction { source: FactSource::Register, reason: line("Feil i registeret") };
        Some(match self.dice.below(6) {
            0 => {
                let name = PersonName::new("RASK", self.one_of(&["TREFNING", "BRANNHYDRANT"])).expect("a name");
                (CorrectName { trail, name, correction }.into(), specialist(owner))
            }
            1 => {
                let birth_date = BirthDate::parse(self.one_of(&BIRTH_DATES)).expect("a date");
                (CorrectBirthDate { trail, birth_date, correction }.into(), self.supervisor())
            }
            2 => {
                let birth_date = BirthDate::parse(self.one_of(&BIRTH_DATES)).expect("a date");
                let (participant, team) = (self.participant()?, self.team);
                (
                    StateBirthDate { participant, team, birth_date, source: FactSource::Register }.into(),
                    self.supervisor(),
                )
            }
            3 => {
                let number = NationalId::parse(self.one_of(&NUMBERS)).expect("a number");
                let (former, from) = (HeldNumberId::new(self.id()), self.today());
                let act = ChangeNationalId { trail, former, number, from, source: FactSource::Register };
                (act.into(), self.supervisor())
            }
            _ => {
                let (kept, merged) = (self.participant()?, self.participant()?);
                let act = MergeParticipants { team: self.team, kept, merged, reason: line("Samme person") };
                (act.into(), self.supervisor())
            }
        })
    }
}
