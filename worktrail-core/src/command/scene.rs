//! For tests: a prepared world, as a picture and as a store, seen by somebody who stands in some relation to it.

use std::collections::BTreeMap;

use super::samples::{
    assignment_id, away, closed_sub_goal_id, colleague, deputy, ended_trail_id, enrolled_trail_id, found_cleared_team,
    fresh_trail_id, handover_id, newcomer, noted_number, planned_pause, supported_trail_id, waiting_referral,
    withheld_trail_id,
};
use super::{Command, Decision, Picture, World};
use crate::access::{Actor, Purpose};
use crate::domain::samples::{by_spurv, day, morning, participant_id, ravn, spurv, team};
use crate::domain::{
    AbsenceReason, ActorId, Appointment, AppointmentId, Attestation, Authorship, Conflict, ConflictId, CoverExtent,
    EndReason, Ending, Line, Membership, MembershipId, Method, Moment, NameEntry, NationalId, NewOffice,
    NewParticipant, NewStaff, NewTeam, Office, OfficeId, Opening, OtherEnding, Participant, ParticipantId, Period,
    Protection, Rejection, Role, Staff, StaffId, SubGoal, SubGoalOutcome, Team, TeamId, Tie, Trail, TrailId, Transfer,
};
use crate::record::samples::{self, id};
use crate::record::{Recorded, to_record};
use crate::store::{Batch, Expect, MemoryStore, Record, RecordKey, Store, Tenant};

/// The moment at which everything in the scene happens.
pub(crate) fn now() -> Moment {
    morning("2022-09-01")
}

/// A world in the making.
pub(crate) struct Scene {
    picture: Picture,
    records: BTreeMap<RecordKey, Record>,
}

impl Scene {
    /// A world with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { picture: Picture::whole(), records: BTreeMap::new() }
    }

    /// Adds a value, or another state of one.
    pub(crate) fn with<T: Recorded>(mut self, value: &T) -> Self {
        self.records.insert(value.key(), to_record(value).expect("a record"));
        Self { picture: self.picture.with(value).expect("a record"), ..self }
    }

    /// Adds a member of staff with a membership of a team, present all the time.
    pub(crate) fn with_member(self, who: StaffId, of: &Team, role: Role) -> Self {
        let present = Period::from(day("2022-01-01")).expect("a period");
        self.with(&staff(who)).with(&member(who, of, role, present))
    }

    /// The world as a picture.
    pub(crate) fn picture(self) -> Picture {
        self.picture
    }

    /// The world as a store.
    pub(crate) fn store(self) -> MemoryStore {
        let store = MemoryStore::new();
        let batch = Batch::of(Tenant::default());
        let batch = self.records.into_values().fold(batch, |batch, record| batch.put(record, Expect::Any));
        pollster::block_on(store.commit(batch.build().expect("a batch"))).expect("committed");
        store
    }
}

/// A store in which a value has changed.
pub(crate) fn changed<T: Recorded>(store: MemoryStore, value: &T) -> MemoryStore {
    let batch = Batch::of(Tenant::default()).put(to_record(value).expect("a record"), Expect::Any);
    pollster::block_on(store.commit(batch.build().expect("a batch"))).expect("committed");
    store
}

/// Decides over a picture, in the present of the scene.
pub(crate) fn decide<C: Command>(
    picture: &Picture,
    actor: &Actor,
    command: &C,
) -> Result<Decision<C::Reply>, Rejection> {
    command
        .decide(&World::new(picture, actor, C::RIGHT, now()))
        .map_err(|stop| stop.rejection().expect("a refusal: nothing is lacking in a whole picture"))
}

/// What a decision tells, by its codes.
pub(crate) fn told<R>(decision: &Decision<R>) -> Vec<&'static str> {
    decision.facts().map(crate::domain::Fact::code).collect()
}

/// How somebody stands to the trail and the team of the scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Owns the trails, and is a member of the team.
    Owner,
    /// Owns the trails; the membership ended yesterday.
    FormerOwner,
    /// Is a member of the team, and owns nothing.
    Colleague,
    /// Is a member of another team.
    MemberElsewhere,
    /// Is appointed over the team: for the region that its office lies in, or for the organisation.
    Appointed,
    /// Is appointed for another office, or was appointed for the organisation until yesterday.
    AppointedElsewhere,
    /// Is a member of no team.
    Nobody,
    /// Is the participant.
    Themself,
    /// Is another participant.
    OtherParticipant,
    /// Acts for a recipient whom a consent of the participant's names, where the role is one of a recipient.
    Recipient,
    /// Is the participant's guardian.
    Guardian,
}

impl Relation {
    pub(crate) const ALL: [Self; 11] = [
        Self::Owner,
        Self::FormerOwner,
        Self::Colleague,
        Self::MemberElsewhere,
        Self::Appointed,
        Self::AppointedElsewhere,
        Self::Nobody,
        Self::Themself,
        Self::OtherParticipant,
        Self::Recipient,
        Self::Guardian,
    ];

    /// The id of whoever stands so.
    pub(crate) fn actor_id(self) -> ActorId {
        match self {
            Self::Themself => participant_id().into(),
            Self::OtherParticipant => free().into(),
            Self::Guardian => ActorId::new(id(0x5C5)),
            _ => ActorId::new(id(0x501)),
        }
    }

    /// Somebody who stands so, in a role; without a role, the host program.
    pub(crate) fn actor(self, role: Option<Role>) -> Actor {
        let Some(role) = role else { return Actor::program(self.actor_id()) };
        let mut named = samples::consent_terms().recipients.into_iter().filter(|_| self == Self::Recipient);
        match named.find(|recipient| recipient.role() == Some(role)) {
            Some(recipient) => Actor::recipient(self.actor_id(), role, recipient, purpose_of(role)),
            None => Actor::other(self.actor_id(), role, purpose_of(role)),
        }
    }

    fn owns(self) -> bool {
        matches!(self, Self::Owner | Self::FormerOwner)
    }
}

/// What somebody in a role acts for on an ordinary day.
pub(crate) const fn purpose_of(role: Role) -> Purpose {
    match role {
        Role::Supervisor | Role::ProfessionalLead => Purpose::Supervision,
        Role::Participant | Role::Guardian => Purpose::OwnCase,
        Role::UserSupport => Purpose::Support,
        Role::Auditor | Role::LineManager => Purpose::Administration,
        _ => Purpose::FollowUp,
    }
}

/// KVIKK SPURV as a specialist, the owner of the trails in [`everyday`].
pub(crate) fn specialist() -> Actor {
    Actor::staff(spurv(), [Role::Specialist], Purpose::FollowUp)
}

/// KLOK RAVN, the supervisor of the team.
pub(crate) fn supervisor() -> Actor {
    Actor::staff(ravn(), [Role::Supervisor], Purpose::Supervision)
}

/// ROLIG UGLE, user support.
pub(crate) fn user_support() -> Actor {
    Actor::staff(helper(), [Role::UserSupport], Purpose::Support)
}

/// ROLIG UGLE, who is appointed to user support.
pub(crate) fn helper() -> StaffId {
    StaffId::new(id(0x505))
}

/// The region at the top of the tree.
pub(crate) fn region() -> Office {
    found(0xC00, &[])
}

/// The office in which our team is placed.
pub(crate) fn office() -> Office {
    found(0xC01, &[&region()])
}

/// An office beside the region, with nothing in it.
pub(crate) fn other_office() -> Office {
    found(0xC02, &[])
}

fn found(number: u128, above: &[&Office]) -> Office {
    let host_identity = Line::parse(&format!("kanari-{number}")).ok();
    let new = NewOffice { name: Line::parse("KANARI").expect("a line"), host_identity };
    Office::found(OfficeId::new(id(number)), new, above, &by_spurv("2022-01-01")).expect("founded").0
}

/// An appointment.
pub(crate) fn appointed(who: StaffId, role: Role, over: Option<&Office>, period: Period) -> Option<Appointment> {
    let number = who.as_uuid().as_u128() ^ 0xE_0000_0000;
    let id = AppointmentId::new(uuid::Uuid::from_u128(number));
    Appointment::begin(id, &staff(who), role, over, period, &by_spurv("2022-01-01")).ok().map(|(it, _)| it)
}

/// A conflict of interest that stands.
pub(crate) fn partial(who: StaffId, towards: ParticipantId) -> Conflict {
    let number = who.as_uuid().as_u128() ^ (towards.as_uuid().as_u128() << 16);
    let id = ConflictId::new(uuid::Uuid::from_u128(number));
    Conflict::declare(id, towards, who, Tie::CloseRelative, &by_spurv("2022-06-01")).0
}

/// A participant who has no trail.
pub(crate) fn free() -> ParticipantId {
    ParticipantId::new(id(0x102))
}

/// The team that is not theirs.
pub(crate) fn other_team() -> Team {
    named_team(TeamId::new(id(0x702)), "KANARI to")
}

/// The team whose trails the scene is about.
pub(crate) fn our_team() -> Team {
    named_team(team(), "KANARI en").place_in(Some(&office())).expect("placed").0
}

/// A team that is cleared for people who are strictly protected. It is not in the scene.
pub(crate) fn cleared_team() -> Team {
    let super::FoundClearedTeam { team, new, .. } = found_cleared_team();
    Team::register_cleared(team, new, &by_spurv("2022-01-01")).0
}

fn named_team(id: TeamId, name: &str) -> Team {
    let new = NewTeam { name: Line::parse(name).expect("a line"), method: Method::Ips };
    Team::register(id, new, &by_spurv("2022-01-01")).0
}

/// A member of staff whose identity nobody else has.
pub(crate) fn staff(id: StaffId) -> Staff {
    let new = NewStaff { host_identity: Line::parse(&format!("kanari-{id}")).expect("a line"), ..samples::new_staff() };
    Staff::register(id, new, &by_spurv("2022-01-01")).0
}

/// A membership.
pub(crate) fn member(who: StaffId, of: &Team, role: Role, period: Period) -> Membership {
    let id = MembershipId::new(uuid::Uuid::from_u128(who.as_uuid().as_u128() ^ (of.id().as_uuid().as_u128() << 16)));
    Membership::begin(id, of, &staff(who), role, period, &by_spurv("2022-01-01")).expect("begun").0
}

/// Somebody else than the first participant: of age, and without a number.
pub(crate) fn person(id: ParticipantId) -> Participant {
    let new = NewParticipant { national_id: None, ..samples::new_participant() };
    Participant::register(id, new, &by_spurv("2022-05-31")).expect("registered").0.registered_in(team())
}

/// The world on an ordinary day: SPURV owns the trails, RAVN supervises.
pub(crate) fn everyday() -> Scene {
    scene_of(spurv())
}

/// The world as somebody in a role meets it who stands in a relation to it.
pub(crate) fn scene(role: Option<Role>, relation: Relation) -> Scene {
    let who = StaffId::new(relation.actor_id().as_uuid());
    let scene = scene_of(if relation.owns() { who } else { spurv() }).with(&staff(who));
    let Some(role) = role.filter(|role| role.is_held_by_staff()) else { return scene };
    let present = Period::from(day("2022-01-01")).expect("a period");
    let until_yesterday = Period::between(day("2022-01-01"), day("2022-08-31")).expect("a period");
    match relation {
        Relation::Owner | Relation::Colleague => scene.with(&member(who, &our_team(), role, present)),
        Relation::FormerOwner => scene.with(&member(who, &our_team(), role, until_yesterday)),
        Relation::MemberElsewhere => scene.with(&member(who, &other_team(), role, present)),
        Relation::Appointed => [None, Some(&region())]
            .into_iter()
            .filter_map(|over| appointed(who, role, over, present))
            .fold(scene, |scene, appointment| scene.with(&appointment)),
        Relation::AppointedElsewhere => [(None, until_yesterday), (Some(&other_office()), present)]
            .into_iter()
            .filter_map(|(over, period)| appointed(who, role, over, period))
            .fold(scene, |scene, appointment| scene.with(&appointment)),
        Relation::Nobody
        | Relation::Themself
        | Relation::OtherParticipant
        | Relation::Recipient
        | Relation::Guardian => scene,
    }
}

/// Somebody who has been a specialist of our team all the time, and is away in December.
pub(crate) fn deputys_membership() -> Membership {
    let present = Period::from(day("2022-01-01")).expect("a period");
    let membership = member(deputy(), &our_team(), Role::Specialist, present);
    membership.be_absent(away(), AbsenceReason::Leave, &by_spurv("2022-06-01")).expect("absent").0
}

/// One trail with all that belongs to it; one that was opened only, and assigned by RAVN; one that ended; one that is withheld although the
/// person is no longer strictly protected; and somebody without a trail.
fn scene_of(owner: StaffId) -> Scene {
    let (ended, released, waiting) = (person_number(0x104), person_number(0x105), person_number(0x106));
    let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::Illness) };
    let past = samples::opened_trail(ended_trail_id(), owner, &ended);
    let (past, _) = past.end(ending, &[], &by_spurv("2022-08-02")).expect("ended");
    let trail = samples::open_trail_of(owner);
    let (trail, _) = trail.pause(planned_pause(), &by_spurv("2022-08-15")).expect("paused");
    let (supported, enrolled) = (person_number(0x10D), person_number(0x10E));
    let supported_trail = supported_trail(supported_trail_id(), owner, &supported);
    let enrolled_trail = self::supported_trail(enrolled_trail_id(), owner, &enrolled);
    let (enrolled_trail, _) = enrolled_trail.enrol(day("2022-12-01"), &by_spurv("2022-08-15")).expect("enrolled");
    let closed = SubGoal::set(closed_sub_goal_id(), &trail, samples::sub_goal_terms(), &by_spurv("2022-06-20"));
    let closed =
        closed.expect("set").0.close(&trail, SubGoalOutcome::NotApplicable, day("2022-06-20"), &by_spurv("2022-06-20"));
    let (withheld, _): (Trail, _) = samples::opened_trail(withheld_trail_id(), owner, &released).withhold();
    let fresh = samples::opened_trail(fresh_trail_id(), owner, &waiting);
    let by_ravn = Authorship::new(ravn(), morning("2022-08-31"));
    let (assigned, _) = Transfer::assign(assignment_id(), &fresh, &by_ravn).expect("opened by somebody else");
    let [job, _] = samples::ongoing_jobs();
    let present = Period::from(day("2022-01-01")).expect("a period");
    let close = person_number(0x107);
    let (person_elsewhere, trail_elsewhere) = elsewhere();
    let listed = |scene: Scene, participant: &Participant, trail: &Trail| {
        NameEntry::all_of(participant, trail).iter().fold(scene, Scene::with)
    };
    let scene = Scene::empty()
        .with(&region())
        .with(&office())
        .with(&other_office())
        .with(&our_team())
        .with(&other_team())
        .with_member(spurv(), &our_team(), Role::Specialist)
        .with_member(ravn(), &our_team(), Role::Supervisor)
        .with_member(colleague(), &our_team(), Role::Specialist)
        .with(&staff(deputy()))
        .with(&deputys_membership())
        .with(&staff(newcomer()))
        .with(&staff(helper()))
        .with(&appointed(helper(), Role::UserSupport, None, present).expect("appointed"))
        .with(&appointed(ravn(), Role::LineManager, Some(&other_office()), present).expect("appointed"))
        .with(&close)
        .with(&partial(deputy(), close.id()))
        .with(&samples::participant())
        .with(&trail)
        .with(&samples::collaborator())
        .with(&samples::support_narrative())
        .with(&samples::proposed_transfer(handover_id(), &samples::open_trail_of(owner), colleague()))
        .with(&samples::given_cover(&samples::open_trail_of(owner), colleague(), CoverExtent::Read))
        .with(&assigned)
        .with(&samples::open_sub_goal())
        .with(&closed.expect("closed").0)
        .with(&samples::agreed_openness())
        .with(&samples::given_consent())
        .with(&samples::guardianship())
        .with(&samples::notice())
        .with(&samples::employer())
        .with(&samples::duplicate_employer())
        .with(&samples::contact_person())
        .with(&samples::present_contact_person())
        .with(&samples::employer_contact())
        .with(&job)
        .with(&samples::ongoing_education())
        .with(&person(free()))
        .with(&noted_number())
        .with(&waiting_referral())
        .with(&samples::closed_referral())
        .with(&ended)
        .with(&past)
        .with(&released)
        .with(&withheld)
        .with(&waiting)
        .with(&fresh)
        .with(&person_elsewhere)
        .with(&trail_elsewhere)
        .with(&supported)
        .with(&supported_trail)
        .with(&enrolled)
        .with(&enrolled_trail);
    let scene = listed(scene, &samples::participant(), &samples::open_trail_of(owner));
    let scene = listed(scene, &waiting, &fresh);
    let scene = listed(scene, &supported, &supported_trail);
    let scene = listed(scene, &enrolled, &enrolled_trail);
    listed(scene, &person_elsewhere, &trail_elsewhere)
}

/// Somebody without protection who has an open trail in the other team.
pub(crate) fn elsewhere() -> (Participant, Trail) {
    let new = NewParticipant {
        national_id: NationalId::parse("15819010053").ok(),
        protection: Protection::default(),
        ..samples::new_participant()
    };
    let by = by_spurv("2022-05-31");
    let (person, _) = Participant::register(ParticipantId::new(id(0x10A)), new, &by).expect("registered");
    let opening = Opening {
        method: Method::Ips,
        referral: samples::referral(),
        team: other_team().id(),
        clearance: crate::domain::Clearance::Ordinary,
        owner: newcomer(),
    };
    let attested = samples::attestations().map(|it| Attestation::make(it.id(), person.id(), it.kind().clone(), &by).0);
    let attested: Vec<_> = attested.iter().collect();
    let (trail, _) = Trail::open(TrailId::new(id(0x3A)), opening, &person, &attested, &by).expect("opened");
    (person, trail)
}

/// A trail of Supported Employment whose start-up meeting was held.
fn supported_trail(id: TrailId, owner: StaffId, participant: &Participant) -> Trail {
    let trail = samples::opened_trail_by(Method::SupportedEmployment, id, owner, participant);
    trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-02")).expect("started").0
}

fn person_number(number: u128) -> Participant {
    person(ParticipantId::new(id(number)))
}
