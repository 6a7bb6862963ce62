//! Who waits for an answer to a referral, and which answers raised the zero-exclusion flag.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{ParticipantId, PersonName, ReceivedReferral, ReferralClosing, ReferralId, ReferralSource, TeamId};
use crate::store::PageRequest;

/// A team's waiting list: its undecided referrals, the one that has waited longest first (S23, row 13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingList {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// The referrals of a team that were closed for a reason that raises the zero-exclusion flag, the last one first: for
/// its supervisor to look at (S25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludedReferrals {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A line of a list of referrals: no national id, no birth date, no words (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferralLine {
    /// The referral.
    pub referral: ReferralId,
    /// About whom.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// The day on which it was received.
    pub received_on: NaiveDate,
    /// Whole days from then until the decision, or until today.
    pub waited: u32,
    /// Who took the step.
    pub source: ReferralSource,
    /// The day of the decision.
    pub decided_on: Option<NaiveDate>,
    /// Why there was no trail.
    pub closing: Option<ReferralClosing>,
    /// The day on which the reply was sent.
    pub reply_sent_on: Option<NaiveDate>,
}

impl Question for WaitingList {
    type Answer = Page<ReferralLine>;

    const RIGHT: Right = Right::ReceiveReferrals;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(ReceivedReferral::waiting(at), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for ExcludedReferrals {
    type Answer = Page<ReferralLine>;

    const RIGHT: Right = Right::OverseeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(ReceivedReferral::zero_exclusions(at), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

fn lines(view: &View<'_>, page: Page<&ReceivedReferral>) -> Result<Page<ReferralLine>, Stop> {
    let page = view.with_people(page, ReceivedReferral::participant)?;
    Ok(page.map(|(referral, participant)| {
        let (received_on, decided_on) = (referral.received().received_on, referral.decided_on());
        let until = decided_on.unwrap_or_else(|| view.today());
        ReferralLine {
            referral: referral.id(),
            participant: participant.id(),
            name: participant.name().clone(),
            received_on,
            waited: u32::try_from((until - received_on).num_days()).unwrap_or(0),
            source: referral.received().source,
            decided_on,
            closing: referral.closing(),
            reply_sent_on: referral.reply_sent_on(),
        }
    }))
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::{close_referral, receive_referral, waiting_referral};
    use crate::command::scene::{everyday, specialist, supervisor};
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, team};
    use crate::record::samples::id;
    use crate::store::{CommandId, Limit};

    #[test]
    fn row_13_the_waiting_list_has_the_longest_wait_first_and_loses_what_is_decided() {
        // given a referral that waits since 20 August, and one received later
        let desk = desk(everyday().store());
        let mut later = receive_referral();
        later.new.received_on = day("2022-08-31");
        block_on(desk.run(&specialist(), CommandId::new(id(0xE1)), &later)).unwrap();
        let ask = WaitingList { team: team(), page: PageRequest::first(Limit::MAX) };
        // when the list is asked for on 1 September
        let seen = block_on(desk.ask(&specialist(), &ask)).unwrap().items;
        // then both wait, the first one first, with their days
        let days: Vec<_> = seen.iter().map(|line| (line.referral, line.waited)).collect();
        assert_eq!(days, [(waiting_referral().id(), 12), (later.referral, 1)]);
        // and what is closed for a reason that excludes goes over to the supervisor's list
        block_on(desk.run(&specialist(), CommandId::new(id(0xE2)), &close_referral())).unwrap();
        assert_eq!(block_on(desk.ask(&specialist(), &ask)).unwrap().items.len(), 1);
        let flagged = ExcludedReferrals { team: team(), page: PageRequest::first(Limit::MAX) };
        let flagged = block_on(desk.ask(&supervisor(), &flagged)).unwrap().items;
        let (on, symptoms) = (Some(day("2022-09-01")), Some(ReferralClosing::Symptoms));
        assert_eq!(flagged.len(), 2, "the one of the scene, and this one before it");
        assert_eq!((flagged[0].decided_on, flagged[0].closing), (on, symptoms));
    }
}
