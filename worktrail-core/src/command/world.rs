//! The world as a decision sees it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::decision::Permit;
use super::picture::{Family, Known, Picture, Sight};
use super::place::{Bounds, Place};
use super::stop::{Halt, Stop};
use crate::access::{Actor, Reach, Right, is_covered};
use crate::domain::{
    ActorId, Appointment, Authorship, CapacityAssessment, Conflict, Consent, ConsentClass, ConsentLedger,
    ConsentPurpose, Cover, Guardianship, Membership, Moment, Office, OfficeId, Participant, ParticipantId, Rejection,
    Role, Staff, StaffId, Team, TeamId, TrailAudience,
};
use crate::record::{Decoder, Recorded, Unique, decode, key_of};
use crate::store::{Key, RecordKey, Revision, StoreError, StoreErrorKind, UniqueKey};

/// The world as a decision sees it: what is kept, who acts, and what time it is.
///
/// A decision looks in three ways: by key, by unique value, and at the children of a record. It never walks a range.
/// Whatever it looked at is guarded when the decision is committed, so an accepted decision is as if nobody else had
/// been there.
#[derive(Debug)]
pub struct World<'w> {
    picture: &'w Picture,
    actor: &'w Actor,
    right: Right,
    now: Moment,
    /// The revision of the actor's own record as of which they had never declared a conflict of interest.
    impartial: Option<Revision>,
    lacking: RefCell<Lacking>,
    /// In the order of looking, some of it more than once.
    looked: RefCell<Vec<Look>>,
}

/// What somebody may be given, and for what.
type Granted = BTreeSet<(ConsentPurpose, ConsentClass)>;

/// What a world noted while something was decided over it.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) lacking: Lacking,
    pub(crate) looked: BTreeSet<Look>,
}

/// What has to be loaded before the next attempt.
#[derive(Debug, Default)]
pub(crate) struct Lacking {
    pub(crate) keys: BTreeMap<Key, Decoder>,
    pub(crate) families: BTreeMap<Family, Decoder>,
}

impl Lacking {
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.families.is_empty()
    }
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    Record(RecordKey),
    Unique(UniqueKey),
    Children(RecordKey),
}

impl<'w> World<'w> {
    /// The world of a picture, for an actor who needs a right, at a moment.
    #[must_use]
    pub fn new(picture: &'w Picture, actor: &'w Actor, right: Right, now: Moment) -> Self {
        Self { picture, actor, right, now, impartial: None, lacking: RefCell::default(), looked: RefCell::default() }
    }

    /// The same, when it is known of some revision of the actor's own record that they had never declared a conflict of
    /// interest by then. Whoever declares one saves that record anew.
    pub(crate) fn impartial_as_of(self, revision: Option<Revision>) -> Self {
        Self { impartial: revision, ..self }
    }

    /// The local date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.day()
    }

    /// The moment.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> ActorId {
        self.actor.id()
    }

    /// Who acts, and when: what every dated record carries.
    #[must_use]
    pub fn authorship(&self) -> Authorship {
        Authorship::new(self.actor.id(), self.now)
    }

    /// The record of an id, or the refusal that there is none.
    ///
    /// # Errors
    /// [`Rejection::NotFound`]; or it has to be loaded first.
    pub fn get<T: Recorded>(&self, id: T::Id) -> Result<&'w T, Stop> {
        self.find::<T>(id)?.ok_or_else(|| Rejection::NotFound { what: T::THING }.into())
    }

    /// The record of an id, if there is one.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub fn find<T: Recorded>(&self, id: T::Id) -> Result<Option<&'w T>, Stop> {
        let key = key_of::<T>(id);
        self.look(Look::Record(key));
        self.known::<T>(key)?.map(Known::value).transpose()
    }

    /// Makes sure that an id is new.
    ///
    /// # Errors
    /// [`Rejection::AlreadyExists`]; or it has to be looked up first.
    pub fn is_new<T: Recorded>(&self, id: T::Id) -> Result<(), Stop> {
        match self.find::<T>(id)? {
            None => Ok(()),
            Some(_) => Err(Rejection::AlreadyExists { what: T::THING }.into()),
        }
    }

    /// The record that holds a unique value, if one does.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub fn find_by<T: Recorded>(&self, unique: &Unique<T>) -> Result<Option<&'w T>, Stop> {
        let unique = self::unique(unique)?;
        self.look(Look::Unique(unique.clone()));
        match self.picture.holder(unique) {
            Sight::Unseen => self.lack(Key::Unique(unique.clone()), decode::<T>),
            Sight::Absent => Ok(None),
            Sight::There(key) => {
                self.look(Look::Record(key));
                self.known::<T>(key)?.map(Known::value).transpose()
            }
        }
    }

    /// A team, with the actor's membership of it looked up as well: what gives most actors a right there comes in the same
    /// load.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub(crate) fn team_at_work(&self, team: TeamId) -> Result<&'w Team, Stop> {
        let staff = StaffId::new(self.actor.id().as_uuid());
        let (found, _) = (self.get::<Team>(team), self.find_by(&Membership::by_team_and_staff(team, staff)));
        found
    }

    /// The children of a kind that a record has, by id.
    ///
    /// # Errors
    /// [`Rejection::NotFound`] when the parent is not there; or they have to be loaded first.
    pub fn children<T: Recorded, P: Recorded>(&self, parent: P::Id) -> Result<Vec<&'w T>, Stop> {
        let parent = key_of::<P>(parent);
        self.look(Look::Children(parent));
        // The parent first: its child revision, read before the children, is what guards them.
        if self.known::<P>(parent)?.is_none() {
            return Err(Rejection::NotFound { what: P::THING }.into());
        }
        let family = Family { parent, kind: T::KIND };
        let Some(keys) = self.picture.family(family) else {
            self.lacking.borrow_mut().families.insert(family, decode::<T>);
            return Err(Stop::new(Halt::Lacking));
        };
        keys.iter().filter_map(|key| self.known::<T>(*key).transpose()).map(|known| known?.value()).collect()
    }

    /// Asks for the right that the command names, over a place. To an actor whose right does not reach so far, the
    /// place is not there.
    ///
    /// # Errors
    /// [`Rejection::NotAllowed`] when none of the actor's roles carries the right at all;
    /// [`Rejection::NotForThisPurpose`] when it is not granted for what the actor acts for (S13);
    /// [`Rejection::NotFound`] when none carries it here; or a membership has to be loaded first.
    pub fn may(&self, place: &impl Place) -> Result<Permit, Stop> {
        let bounds = place.bounds();
        self.actor.may_use(self.right)?;
        let reaches = self.actor.reaches(self.right);
        // Both are looked up before the first is needed, so that they come in one load.
        let by_staff = reaches.iter().any(|(_, reach)| *reach != Reach::Nothing && !is_of_the_family(*reach));
        let impartial = match bounds.person.filter(|_| by_staff) {
            Some(person) => self.is_impartial_to(person),
            None => Ok(true),
        };
        let granted = self.carried(&reaches, place);
        let (impartial, mut granted) = (impartial?, granted?);
        if !impartial {
            let of_the_family: Vec<_> = reaches.into_iter().filter(|(_, reach)| is_of_the_family(*reach)).collect();
            granted = self.carried(&of_the_family, place)?;
        }
        match granted {
            Some((role, reach)) if self.is_in_time(reach, place) => Ok(Permit::new(self.right, role, bounds.person)),
            _ => Err(Rejection::NotFound { what: bounds.thing }.into()),
        }
    }

    /// A participant reads a trail of their own for a time after it ended (`I23`); what they gave they can always take
    /// back.
    fn is_in_time(&self, reach: Reach, place: &impl Place) -> bool {
        let is_reading = reach == Reach::OwnPerson && self.right == Right::ReadTrail;
        !is_reading || place.open_to_participant_until().is_none_or(|last| self.today() <= last)
    }

    /// Whether the actor has declared no conflict of interest with a participant that still stands (*habilitet*). Where a
    /// right is asked for over a person, [`may`](Self::may) sees to it; where a command names a team and a person, it asks.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub fn is_impartial_to(&self, person: ParticipantId) -> Result<bool, Stop> {
        self.is_impartial(StaffId::new(self.actor.id().as_uuid()), person)
    }

    /// The same of any member of staff. Who was merged, and the one who stands for both, are one person: a conflict with
    /// either is one with both.
    pub(crate) fn is_impartial(&self, staff: StaffId, person: ParticipantId) -> Result<bool, Stop> {
        if self.has_no_conflict(staff)? {
            return Ok(true);
        }
        let stands = |with: ParticipantId| {
            self.find_by(&Conflict::between(with, staff)).map(|found| found.is_some_and(Conflict::stands))
        };
        Ok(!self.of_one_person(person, stands)?.1.contains(&true))
    }

    /// Whether the actor's own record is still the one as of which they had declared no conflict with anybody: then there is
    /// none with this person either, whoever they were merged with.
    fn has_no_conflict(&self, staff: StaffId) -> Result<bool, Stop> {
        let Some(revision) = self.impartial.filter(|_| self.actor.id() == staff.into()) else { return Ok(false) };
        self.find::<Staff>(staff)?;
        let own = self.picture.record(key_of::<Staff>(staff)).there();
        Ok(own.is_some_and(|own| own.revision == revision))
    }

    /// Who stands for a person, if they are registered, and what there is under each of their ids: their own, that of the
    /// one who stands for them, and those of whoever was merged.
    fn of_one_person<T>(
        &self,
        person: ParticipantId,
        look: impl Fn(ParticipantId) -> Result<T, Stop>,
    ) -> Result<(Option<&'w Participant>, Vec<T>), Stop> {
        // Both are looked up before the first is needed: of whom nobody was merged, that is all.
        let (own, record) = (look(person), self.find::<Participant>(person));
        let (own, record) = (own?, record?);
        let kept = match record.and_then(Participant::merged_into) {
            Some(kept) => self.find::<Participant>(kept)?,
            None => record,
        };
        let ids = kept.into_iter().flat_map(|kept| std::iter::once(kept.id()).chain(kept.merged().iter().copied()));
        let others: Vec<_> = ids.filter(|id| *id != person).map(look).collect();
        let all = std::iter::once(Ok(own)).chain(others).collect::<Result<_, _>>()?;
        Ok((kept, all))
    }

    /// The first of the actor's roles that carries the right so far.
    fn carried(
        &self,
        reaches: &[(Option<Role>, Reach)],
        place: &impl Place,
    ) -> Result<Option<(Option<Role>, Reach)>, Stop> {
        for (role, reach) in reaches.iter().copied() {
            if self.reaches(role, reach, &place.bounds(), place.office())? || self.covers(role, reach, place)? {
                return Ok(Some((role, reach)));
            }
        }
        Ok(None)
    }

    fn reaches(
        &self,
        role: Option<Role>,
        reach: Reach,
        bounds: &Bounds,
        office: Option<OfficeId>,
    ) -> Result<bool, Stop> {
        // What is a cleared team's is its own members'; nobody above them is cleared (`DA4`).
        let (to_team, beyond) = (bounds.audience != TrailAudience::Withheld, bounds.audience == TrailAudience::Team);
        let own = bounds.owner.is_some_and(|owner| ActorId::from(owner) == self.actor.id());
        match reach {
            Reach::Nothing => Ok(false),
            Reach::OwnPerson => match bounds.person {
                Some(person) => self.is_actor(person),
                None => Ok(false),
            },
            Reach::Oneself => Ok(beyond && own && bounds.team.is_none()),
            Reach::OwnTrails => Ok(to_team && own && self.is_member(bounds.team, role)?),
            Reach::AsConsented => match bounds.person.filter(|_| beyond) {
                Some(person) => Ok(!self.granted_in(role, person)?.is_empty()),
                None => Ok(false),
            },
            Reach::AsGuardian => match bounds.person.filter(|_| beyond) {
                Some(person) => self.is_guardian_of(person),
                None => Ok(false),
            },
            Reach::OwnTeam => Ok(to_team && self.is_member(bounds.team, role)?),
            Reach::OwnOffices => Ok(beyond && self.has_office_over(bounds.team, office, role)?),
            // Who reads no case finds a cleared team for a withheld trail.
            Reach::Organisation => {
                let withheld = bounds.audience == TrailAudience::Withheld && self.right == Right::ReassignTrail;
                Ok((beyond || withheld) && self.is_appointed(role, None)?)
            }
            Reach::HostsWord => Ok(beyond && bounds.person.is_none() && bounds.team.is_none()),
        }
    }

    /// Whether the actor stands in for the owner of an open trail today, with the owner's rights, and is a present member of
    /// its team (`DA16`).
    fn covers(&self, role: Option<Role>, reach: Reach, place: &impl Place) -> Result<bool, Stop> {
        let bounds = place.bounds();
        if reach != Reach::OwnTrails || bounds.audience == TrailAudience::Withheld {
            return Ok(false);
        }
        let Some((trail, owner)) = place.covered().zip(bounds.owner) else { return Ok(false) };
        let staff = StaffId::new(self.actor.id().as_uuid());
        match self.find::<Cover>(Cover::id_of(trail, staff))? {
            Some(cover)
                if Some(cover.team()) == bounds.team
                    && cover.counts_on(self.today(), owner)
                    && is_covered(cover.terms().extent, self.right) =>
            {
                self.is_member(Some(cover.team()), role)
            }
            _ => Ok(false),
        }
    }

    /// What consents in force let the actor be given of a participant, and for what (S4): nothing to whom none names.
    ///
    /// # Errors
    /// The consents have to be loaded first.
    pub fn granted(&self, person: ParticipantId) -> Result<Granted, Stop> {
        let roles = self.actor.reaches(self.right).into_iter().filter(|(_, reach)| *reach == Reach::AsConsented);
        let mut granted = BTreeSet::new();
        for (role, _) in roles {
            granted.extend(self.granted_in(role, person)?);
        }
        Ok(granted)
    }

    fn granted_in(&self, role: Option<Role>, person: ParticipantId) -> Result<Granted, Stop> {
        let Some(recipient) = self.actor.acts_for(role) else { return Ok(BTreeSet::new()) };
        let consents = self.children::<Consent, Participant>(person);
        let assessments = self.children::<CapacityAssessment, Participant>(person);
        let (consents, assessments) = (consents?, assessments?);
        Ok(ConsentLedger::of(&consents, &assessments).granted(recipient, self.now))
    }

    /// Whether the actor is a participant, or stands for one who was merged into them.
    fn is_actor(&self, person: ParticipantId) -> Result<bool, Stop> {
        if ActorId::from(person) == self.actor.id() {
            return Ok(true);
        }
        let kept = self.find::<Participant>(person)?.and_then(Participant::merged_into);
        Ok(kept.is_some_and(|kept| ActorId::from(kept) == self.actor.id()))
    }

    /// Whether the actor is a participant's guardian today (`DC7`, S175).
    fn is_guardian_of(&self, person: ParticipantId) -> Result<bool, Stop> {
        let (kept, guardianships) = self.guardianships(person, self.actor.id())?;
        let born = kept.and_then(Participant::birth_date);
        Ok(guardianships.iter().any(|it| it.acting().is_some() && it.counts_on(self.today(), born)))
    }

    /// Whether somebody acts already as a participant's guardian, by a guardianship that is not ended.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub(crate) fn has_guardian(&self, person: ParticipantId, acting: ActorId) -> Result<bool, Stop> {
        Ok(!self.guardianships(person, acting)?.1.is_empty())
    }

    fn guardianships(
        &self,
        person: ParticipantId,
        acting: ActorId,
    ) -> Result<(Option<&'w Participant>, Vec<&'w Guardianship>), Stop> {
        let (kept, found) = self.of_one_person(person, |of| self.find_by(&Guardianship::between(of, acting)))?;
        Ok((kept, found.into_iter().flatten().collect()))
    }

    /// Whether the actor is a member of a team today, in a role.
    fn is_member(&self, team: Option<TeamId>, role: Option<Role>) -> Result<bool, Stop> {
        let Some(team) = team else { return Ok(false) };
        let staff = StaffId::new(self.actor.id().as_uuid());
        let membership = self.find_by(&Membership::by_team_and_staff(team, staff))?;
        Ok(membership.is_some_and(|it| it.is_active_on(self.today()) && Some(it.role()) == role))
    }

    /// Whether the actor is appointed today, in a role, for an office or for the whole organisation. The host program acts
    /// in its own name, and needs no appointment.
    fn is_appointed(&self, role: Option<Role>, office: Option<OfficeId>) -> Result<bool, Stop> {
        let Some(role) = role else { return Ok(true) };
        let staff = StaffId::new(self.actor.id().as_uuid());
        let appointment = self.find_by(&Appointment::of(staff, role, office))?;
        Ok(appointment.is_some_and(|it| it.is_active_on(self.today())))
    }

    /// Whether the actor is appointed, in a role, for the office that a team is placed in, or one above it.
    fn has_office_over(
        &self,
        team: Option<TeamId>,
        office: Option<OfficeId>,
        role: Option<Role>,
    ) -> Result<bool, Stop> {
        let mut next = match team {
            Some(team) => self.find::<Team>(team)?.and_then(Team::office),
            None => office,
        };
        for _ in 0..Office::MOST_LEVELS {
            let Some(id) = next else { return Ok(false) };
            let (appointed, office) = (self.is_appointed(role, Some(id)), self.find::<Office>(id));
            if appointed? {
                return Ok(true);
            }
            next = office?.and_then(Office::parent);
        }
        Ok(false)
    }

    fn known<T: Recorded>(&self, key: RecordKey) -> Result<Option<&'w Known>, Stop> {
        match self.picture.record(key) {
            Sight::There(known) => Ok(Some(known)),
            Sight::Absent => Ok(None),
            Sight::Unseen => self.lack(Key::Record(key), decode::<T>),
        }
    }

    fn lack<T>(&self, key: Key, decoder: Decoder) -> Result<T, Stop> {
        self.lacking.borrow_mut().keys.insert(key, decoder);
        Err(Stop::new(Halt::Lacking))
    }

    fn look(&self, look: Look) {
        self.looked.borrow_mut().push(look);
    }

    /// What was noted.
    pub(crate) fn into_notes(self) -> Notes {
        Notes { lacking: self.lacking.into_inner(), looked: self.looked.into_inner().into_iter().collect() }
    }
}

/// Whether a right is the person's own or their guardian's: who is close to them is no stranger to the case, and no conflict
/// of interest takes it away.
const fn is_of_the_family(reach: Reach) -> bool {
    matches!(reach, Reach::OwnPerson | Reach::AsGuardian)
}

fn unique<T: Recorded>(unique: &Unique<T>) -> Result<&UniqueKey, Stop> {
    unique.key().map_err(|kind| store_stop(kind, "a look-up names no unique index"))
}

fn store_stop(kind: StoreErrorKind, message: &'static str) -> Stop {
    Stop::new(Halt::Store(StoreError::new(kind, message)))
}
