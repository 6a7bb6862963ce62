//! Tests: a strictly protected person is helped by a cleared team, and by nobody else (`I3`, `DA4`).

use pollster::block_on;

use super::Actor;
use crate::command::samples::{attested, close_referral, newcomer, open, propose_transfer, receive_referral};
use crate::command::scene::{
    self, Scene, appointed, everyday, free, our_team, purpose_of, region, specialist, staff, supervisor, user_support,
};
use crate::command::{
    ChangeProtection, CloseReferral, Command, OpenTrail, ProposeTransfer, ReceiveReferral, ReleaseTrails,
};
use crate::desk::spy::desk;
use crate::desk::{Desk, Error};
use crate::domain::samples::{by_spurv, day, participant_id, spurv, team};
use crate::domain::{
    AddressProtection, NationalId, NewParticipant, Ownership, Participant, ParticipantId, Period, Protection,
    ReferralId, Rejection, Role, StaffId, StaffShielding, Team, Thing, TrailId, TransferId,
};
use crate::question::{
    ExcludedReferrals, FindParticipant, OfficeTeams, Portfolio, ProbableDuplicates, ReadTrail, TeamMembers, TeamPhases,
    TeamPortfolio, WaitingList,
};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, PageRequest};

const NUMBER: &str = "15819010045";

/// A specialist and a supervisor of the cleared team, and a professional lead above it.
const CLEARED: [(u128, Role); 3] =
    [(0x5C1, Role::Specialist), (0x5C2, Role::Supervisor), (0x5C3, Role::ProfessionalLead)];

/// The cleared team, placed in the region.
fn cleared_team() -> Team {
    scene::cleared_team().place_in(Some(&region())).unwrap().0
}

fn actors() -> [Actor; 3] {
    CLEARED.map(|(number, role)| Actor::staff(StaffId::new(id(number)), [role], purpose_of(role)))
}

fn protected(id: ParticipantId, address: AddressProtection) -> Participant {
    let protection = Protection::new(address, StaffShielding::OwnStaff);
    let new = NewParticipant { national_id: NationalId::parse(NUMBER).ok(), protection, ..samples::new_participant() };
    Participant::register(id, new, &by_spurv("2022-05-31")).unwrap().0
}

fn world(person: &Participant) -> Scene {
    let [(of, _), (by, _), (lead, role)] = CLEARED.map(|(number, role)| (StaffId::new(id(number)), role));
    let since = Period::from(day("2022-01-01")).unwrap();
    everyday()
        .with(&cleared_team())
        .with(&staff(newcomer()))
        .with_member(of, &cleared_team(), Role::Specialist)
        .with_member(by, &cleared_team(), Role::Supervisor)
        .with(&staff(lead))
        .with(&appointed(lead, role, Some(&region()), since).unwrap())
        .with(person)
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) -> Result<(), Rejection> {
    match block_on(desk.run(actor, CommandId::new(id(number)), command)) {
        Ok(_) => Ok(()),
        Err(Error::Rejected(rejection)) => Err(rejection),
        Err(other) => panic!("{other:?}"),
    }
}

fn in_cleared() -> OpenTrail {
    OpenTrail { team: cleared_team().id(), owner: None, attestations: attested(), ..open() }
}

fn reads(desk: &Desk<'_>, actor: &Actor, trail: TrailId) -> bool {
    match block_on(desk.ask(actor, &ReadTrail { trail })) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
            false
        }
    }
}

#[test]
fn da4_a_strictly_protected_person_is_found_and_helped_in_a_cleared_team_only() {
    let person = protected(free(), AddressProtection::StrictlyConfidential);
    let desk = desk(world(&person).store());
    let [of, by, lead] = actors();
    let found = |actor: &Actor, team| {
        let number = NationalId::parse(NUMBER).unwrap();
        block_on(desk.ask(actor, &FindParticipant { team, number: number.into() })).unwrap().is_some()
    };
    // Given the same person, when an ordinary team looks and opens, then there is nothing; a cleared team helps.
    assert!(!found(&specialist(), team()) && found(&of, cleared_team().id()));
    assert_eq!(run(&desk, &specialist(), 0xD1, &open()), Err(Rejection::CannotOpenHere));
    assert_eq!(run(&desk, &of, 0xD2, &in_cleared()), Ok(()));
    // Then the trail is the cleared team's own, in its lists and counts, and nobody's above it or beside it.
    let trail = in_cleared().trail;
    let to = Ownership { team: team(), owner: spurv() };
    let proposal = ProposeTransfer { transfer: TransferId::new(id(0xD3)), trail, to, ..propose_transfer() };
    assert_eq!(run(&desk, &of, 0xD3, &proposal), Err(Rejection::NotFromClearedTeam), "nor does it leave the team");
    assert!(reads(&desk, &of, trail) && reads(&desk, &by, trail));
    assert!(!reads(&desk, &lead, trail) && !reads(&desk, &specialist(), trail) && !reads(&desk, &supervisor(), trail));
    let (team, page) = (cleared_team().id(), PageRequest::first(Limit::MAX));
    let own = block_on(desk.ask(&of, &Portfolio { team, phase: None, page: page.clone() })).unwrap();
    let whole = block_on(desk.ask(&by, &TeamPortfolio { team, phase: None, page: page.clone() })).unwrap();
    assert_eq!([own.items.len(), whole.items.len()], [1, 1]);
    let counts = block_on(desk.ask(&by, &TeamPhases { team })).unwrap();
    assert_eq!(counts.iter().map(|it| it.count).sum::<u64>(), 1);
    let members = block_on(desk.ask(&by, &TeamMembers { team, page: page.clone() })).unwrap();
    assert_eq!(members.items.iter().map(|it| it.caseload).sum::<u64>(), 1);
    // And to the lead the team itself is not there.
    let refused = block_on(desk.ask(&lead, &TeamPortfolio { team, phase: None, page })).unwrap_err();
    assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Team }));
}

#[test]
fn s30_da4_a_cleared_team_finds_the_probable_duplicates_of_a_strictly_protected_person() {
    // Given two strictly protected with the same name and birth date, and one who is not protected
    let person = protected(free(), AddressProtection::StrictlyConfidential);
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
    let twin = ParticipantId::new(id(0x1E7));
    let born = person.birth_date();
    let new = NewParticipant { national_id: None, birth_date: born, protection: strict, ..samples::new_participant() };
    let (other, _) = Participant::register(twin, new, &by_spurv("2022-05-31")).unwrap();
    let desk = desk(world(&person).with(&other).store());
    let [_, by, _] = actors();
    let alike = |actor: &Actor, team| {
        let found = block_on(desk.ask(actor, &ProbableDuplicates { team, participant: free() }))?;
        Ok::<_, Error>(found.into_iter().map(|card| card.id).collect::<Vec<_>>())
    };
    // then a cleared team's supervisor is told of the other one, and in an ordinary team there is neither
    assert!(alike(&by, cleared_team().id()).unwrap().contains(&twin));
    let refused = alike(&supervisor(), team()).unwrap_err();
    assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Participant }));
    let question = ProbableDuplicates { team: team(), participant: participant_id() };
    let told = block_on(desk.ask(&supervisor(), &question)).unwrap();
    assert!(told.iter().all(|card| card.id != twin));
}

#[test]
fn da4_nobody_above_a_cleared_team_finds_it_in_the_office_that_it_is_placed_in() {
    // Given a cleared team and an ordinary one in the same office
    let ordinary = our_team().place_in(Some(&region())).unwrap().0;
    let person = protected(free(), AddressProtection::StrictlyConfidential);
    let desk = desk(world(&person).with(&ordinary).store());
    let [_, _, lead] = actors();
    // Then a lead of the office, and user support, find the ordinary one only.
    for actor in [lead, user_support()] {
        let teams = OfficeTeams { office: region().id(), page: PageRequest::first(Limit::MAX) };
        let found = block_on(desk.ask(&actor, &teams)).unwrap().items;
        assert_eq!(found.iter().map(|it| it.team).collect::<Vec<_>>(), [ordinary.id()]);
    }
}

#[test]
fn da4_s23_a_strictly_protected_persons_referral_is_the_cleared_teams_from_the_first_day() {
    let person = protected(free(), AddressProtection::StrictlyConfidential);
    let desk = desk(world(&person).store());
    let ([of, by, lead], team) = (actors(), cleared_team().id());
    let page = || PageRequest::first(Limit::MAX);
    let waiting = |actor: &Actor| {
        block_on(desk.ask(actor, &WaitingList { team, page: page() }))
            .map(|list| list.items.into_iter().map(|line| line.referral).collect::<Vec<_>>())
    };
    // Given a person whom no ordinary team can receive a referral of, when a cleared one does, then it waits there
    let receive = |number, team| {
        let referral = ReferralId::new(id(number));
        ReceiveReferral { referral, team, ..receive_referral() }
    };
    let here = receive(0xFE1, crate::domain::samples::team());
    assert_eq!(run(&desk, &specialist(), 0xD1, &here), Err(Rejection::CannotOpenHere));
    for number in [0xFE1, 0xFE2] {
        assert_eq!(run(&desk, &of, number, &receive(number, team)), Ok(()));
    }
    let both = [receive(0xFE1, team).referral, receive(0xFE2, team).referral];
    assert_eq!((waiting(&of).unwrap(), waiting(&by).unwrap()), (both.to_vec(), both.to_vec()));
    // and to the lead above it there is nothing.
    assert_eq!(waiting(&lead).unwrap_err().rejection(), Some(&Rejection::NotFound { what: Thing::Team }));
    // When one is declined, then its supervisor has it on the list of exclusions.
    let close = CloseReferral { referral: both[0], team, ..close_referral() };
    assert_eq!(run(&desk, &of, 0xD3, &close), Ok(()));
    let excluded = block_on(desk.ask(&by, &ExcludedReferrals { team, page: page() })).unwrap();
    assert_eq!(excluded.items.iter().map(|line| line.referral).collect::<Vec<_>>(), [both[0]]);
    // And when the other is accepted, then the trail is opened by it.
    let (by_referral, referral) = (Some(both[1]), receive(0xFE2, team).new.opening());
    assert_eq!(run(&desk, &of, 0xD4, &OpenTrail { referral, by_referral, ..in_cleared() }), Ok(()));
    assert_eq!(waiting(&of).unwrap(), []);
}

#[test]
fn da4_a_cleared_team_keeps_its_referrals_when_the_grade_rises() {
    // Given somebody without a strict grade, whom a cleared team receives a referral of
    let participant = ParticipantId::new(id(0x1C1));
    let person = protected(participant, AddressProtection::Confidential);
    let desk = desk(world(&person).store());
    let ([of, by, _], team) = (actors(), cleared_team().id());
    run(&desk, &of, 0xD1, &ReceiveReferral { participant, team, ..receive_referral() }).unwrap();
    // When the grade rises, then it still waits there
    let protection = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::OwnStaff);
    run(&desk, &by, 0xD2, &ChangeProtection { participant, team, protection }).unwrap();
    let page = PageRequest::first(Limit::MAX);
    assert_eq!(block_on(desk.ask(&of, &WaitingList { team, page })).unwrap().items.len(), 1);
}

#[test]
fn da4_when_the_grade_rises_or_falls_a_cleared_team_keeps_its_trails() {
    // Given somebody without a strict grade, known to no other team, who is helped by a cleared team.
    let participant = ParticipantId::new(id(0x1C1));
    let person = protected(participant, AddressProtection::Confidential);
    let desk = desk(world(&person).store());
    let [of, by, _] = actors();
    let open = OpenTrail { participant, ..in_cleared() };
    run(&desk, &of, 0xD1, &open).unwrap();
    let (trail, team) = (open.trail, cleared_team().id());
    // When the grade rises and falls, then the team sees the trail all the time, and nothing is there to be released.
    for (number, address) in [(0xD2, AddressProtection::StrictlyConfidential), (0xD3, AddressProtection::Ungraded)] {
        let protection = Protection::new(address, StaffShielding::OwnStaff);
        run(&desk, &by, number, &ChangeProtection { participant, team, protection }).unwrap();
        assert!(reads(&desk, &of, trail), "{number:x}");
    }
    assert_eq!(run(&desk, &by, 0xD4, &ReleaseTrails { participant, team }), Ok(()));
}
