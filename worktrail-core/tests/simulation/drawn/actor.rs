//! Who sends a command that was drawn: mostly somebody whom the rights table lets.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose, Reach, Right, purposes, reach};
use worktrail_core::domain::{ActorId, ParticipantId, Recipient, Role, StaffId};
use worktrail_core::simulation::Dice;

use super::Offer;
use crate::tally::PROGRAM;

/// Draws somebody who may have the right over a case, with the code of their role.
pub(super) fn draw(dice: &mut Dice, right: Right, offer: &Offer, case: &Map<String, Json>) -> (&'static str, Actor) {
    let purposes = purposes(right);
    if dice.happens(10) || purposes.contains(&Purpose::Operation) && dice.happens(400) {
        return (PROGRAM, Actor::program(ActorId::new(Uuid::from_u128(dice.wide()))));
    }
    let mut likely: Vec<(Role, Option<&Json>)> = Role::ALL
        .into_iter()
        .filter(|role| reach(*role, right) != Reach::Nothing)
        .flat_map(|role| borne_out(offer, role, case).into_iter().map(move |id| (role, Some(id))))
        .collect();
    if likely.is_empty() || reach(Role::Supervisor, right) == Reach::HostsWord || dice.happens(20) {
        likely.extend(offer.all("staff").iter().map(|it| (Role::Supervisor, it.get("id"))));
    }
    if dice.happens(300) {
        // Of whatever role, however few have it.
        let roles: BTreeSet<Role> = likely.iter().map(|(role, _)| *role).collect();
        let role = dice.pick(&Vec::from_iter(roles)).copied();
        likely.retain(|(of, _)| Some(*of) == role);
    }
    let (role, id) = dice.pick(&likely).copied().unwrap_or((Role::Supervisor, None));
    let role = if dice.happens(60) { *dice.pick(&Role::ALL).expect("some") } else { role };
    let purpose = if dice.happens(20) { dice.pick(&Purpose::ALL) } else { dice.pick(purposes) };
    let purpose = *purpose.expect("some");
    let id = id.and_then(Json::as_str).and_then(|text| text.parse().ok());
    let id = id.unwrap_or_else(|| Uuid::from_u128(dice.wide()));
    let actor = match role {
        Role::Participant => Actor::participant(ParticipantId::new(id)),
        Role::Guardian => Actor::other(ActorId::new(id), role, Purpose::OwnCase),
        _ => match dice.pick(&recipients(offer, role, case)) {
            Some(recipient) => Actor::recipient(ActorId::new(id), role, recipient.clone(), purpose),
            None => Actor::staff(StaffId::new(id), [role], purpose),
        },
    };
    (role.code(), actor)
}

/// Whom the consents of a person name in a role.
fn recipients(offer: &Offer, role: Role, case: &Map<String, Json>) -> Vec<Recipient> {
    let theirs = offer.all("consent").iter().filter(|it| it.get("participant") == case.get("participant"));
    let named = theirs.filter_map(|it| it.get("recipients").and_then(Json::as_array)).flatten();
    let named = named.filter_map(|it| serde_json::from_value::<Recipient>(it.clone()).ok());
    named.filter(|recipient| recipient.role() == Some(role)).collect()
}

/// Whoever has a role in a case: by what it is, by a membership of the team, or by an appointment.
fn borne_out<'o>(offer: &'o Offer, role: Role, case: &'o Map<String, Json>) -> Vec<&'o Json> {
    let has = |it: &&Map<String, Json>| it.get("role").and_then(Json::as_str) == Some(role.code());
    let owner_to_be = case.get("to").and_then(|to| to.get("owner"));
    let team = case.get("team");
    let of_the_case: Vec<_> = match role {
        // Who they are makes no difference: a consent says for whom they act.
        Role::Counsellor | Role::TreatmentTeamMember => vec![case.get("trail")],
        Role::Participant => vec![case.get("participant")],
        Role::Specialist => vec![case.get("owner"), case.get("owner"), owner_to_be, owner_to_be],
        Role::Guardian => {
            let guardianships = offer.all("guardianship").iter();
            guardianships.map(|it| it.get("terms").and_then(|terms| terms.get("acts_as"))).collect()
        }
        _ => Vec::new(),
    };
    let members = offer.all("membership").iter().filter(has).filter(|it| team.is_none() || it.get("team") == team);
    let appointed = offer.all("appointment").iter().filter(has);
    of_the_case.into_iter().flatten().chain(members.chain(appointed).filter_map(|it| it.get("staff"))).collect()
}
