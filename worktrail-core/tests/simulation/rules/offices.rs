//! The rules of offices, and of whoever is appointed to them.

use std::collections::BTreeSet;

use worktrail_core::domain::{Office, Role};

use super::{Everything, that};

pub(super) fn every_office_lies_below_a_root(kept: &Everything) -> Result<(), String> {
    let levels = Office::MOST_LEVELS;
    for office in kept.offices.values() {
        let mut above = Some(office);
        for _ in 0..levels {
            let Some(parent) = above.and_then(Office::parent) else { break };
            above = kept.offices.get(&parent.into());
            that(above.is_some(), office)?;
        }
        that(above.is_some_and(|root| root.parent().is_none()), office)?;
    }
    Ok(())
}

pub(super) fn whoever_is_appointed_has_a_role_of_an_office_or_of_the_whole(kept: &Everything) -> Result<(), String> {
    let mut appointed = BTreeSet::new();
    for appointment in kept.appointments.values() {
        that(kept.staff.contains_key(&appointment.staff().into()), appointment)?;
        let of_office = matches!(appointment.role(), Role::ProfessionalLead | Role::LineManager);
        let of_the_whole = matches!(appointment.role(), Role::UserSupport | Role::MarketAdviser | Role::Auditor);
        let office = appointment.office();
        that(if office.is_some() { of_office } else { of_the_whole }, appointment)?;
        that(office.is_none_or(|office| kept.offices.contains_key(&office.into())), appointment)?;
        that(appointed.insert((appointment.staff(), appointment.role(), office)), appointment)?;
    }
    Ok(())
}
