//! Places: what rights are asked over.

use chrono::NaiveDate;

use super::finding::{all_of, one_person, trails_of};
use super::{Stop, World};
use crate::domain::{
    OfficeId, Participant, ParticipantId, ReceivedReferral, Rejection, StaffId, Team, TeamId, Thing, Trail,
    TrailAudience, TrailId,
};

/// Something that rights are asked over: a trail, a person in a team, a team, the organisation.
///
/// The places are the library's own. Where one lies decides who may act there, so a host's command asks over those that
/// there are, and cannot make one of its own: what the trait answers with has no name outside.
///
/// ```compile_fail,E0603
/// use worktrail_core::command::place::Bounds;
/// ```
pub trait Place {
    /// Whom it concerns, whose it is, and which team's.
    #[doc(hidden)]
    fn bounds(&self) -> Bounds;

    /// The open trail that it is, for which somebody may stand in.
    #[doc(hidden)]
    fn covered(&self) -> Option<TrailId> {
        None
    }

    /// The last day on which the participant whom it concerns reads it; none where that has no end.
    #[doc(hidden)]
    fn open_to_participant_until(&self) -> Option<NaiveDate> {
        None
    }

    /// The office that it is, or lies in, where no team says so.
    #[doc(hidden)]
    fn office(&self) -> Option<OfficeId> {
        None
    }
}

/// Whom something concerns, whose it is, and which team's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// What it is, for the refusal: to those without a right to it, it is not there.
    pub(crate) thing: Thing,
    /// The participant whom it concerns.
    pub(crate) person: Option<ParticipantId>,
    /// The member of staff who owns it.
    pub(crate) owner: Option<StaffId>,
    /// The team that it belongs to.
    pub(crate) team: Option<TeamId>,
    /// Whether it is withheld from all staff who are not cleared (`DA4`).
    pub(crate) audience: TrailAudience,
}

/// A participant as the matter of a team: of the one that has their open trail; while none is open, of every team that
/// registered them, received a referral of them, or had a trail of theirs, under whichever of the ids that the one person
/// has. To other teams the participant is not there.
/// Whether another team had a trail makes no difference to a team that did not, so that it learns nothing of it (`DA3`).
#[derive(Debug, Clone)]
pub struct PersonInTeam<'w> {
    participant: &'w Participant,
    trails: Vec<&'w Trail>,
    team: TeamId,
    audience: TrailAudience,
}

impl<'w> PersonInTeam<'w> {
    /// The participant, with all their trails, if they are the team's matter.
    ///
    /// # Errors
    /// [`Rejection::NotFound`]; or they have to be loaded first.
    pub fn find(world: &World<'w>, participant: ParticipantId, team: TeamId) -> Result<Self, Stop> {
        // One for whom another was merged has no `person` in the bounds, so that a conflict of interest is looked for here.
        let impartial = world.is_impartial_to(participant);
        let participant = world.get::<Participant>(participant);
        let unit = world.find::<Team>(team);
        let (participant, impartial) = (participant?, impartial?);
        let trails = trails_of(world, participant);
        let whole = one_person(world, participant)?;
        let (trails, all, referrals) =
            (trails?, trails_of(world, whole.stands)?, all_of::<ReceivedReferral>(world, whole.stands)?);
        let audience = unit?.map_or(TrailAudience::Team, |unit| unit.clearance().audience());
        let is_theirs = match all.iter().find(|trail| !trail.is_ended()) {
            Some(open) => open.team() == team,
            None => {
                whole.registering_teams.contains(&team)
                    || all.iter().any(|trail| trail.team() == team)
                    || referrals.iter().any(|referral| referral.team() == team)
            }
        };
        if is_theirs && impartial {
            Ok(Self { participant, trails, team, audience })
        } else {
            Err(Rejection::NotFound { what: Thing::Participant }.into())
        }
    }

    /// The participant.
    #[must_use]
    pub const fn participant(&self) -> &'w Participant {
        self.participant
    }

    /// All trails of theirs, by id; after them those of whoever was merged into them.
    #[must_use]
    pub fn trails(&self) -> &[&'w Trail] {
        &self.trails
    }
}

impl Place for PersonInTeam<'_> {
    /// Whose trails are withheld is the team's matter still: its supervisor changes the protection that withholds them. In
    /// a cleared team nobody above it has a say.
    fn bounds(&self) -> Bounds {
        Bounds {
            thing: Thing::Participant,
            // For whom another was merged, something may have to be done about both: the one person is two subjects.
            person: self.participant.merged().is_empty().then(|| self.participant.id()),
            owner: None,
            team: Some(self.team),
            audience: self.audience,
        }
    }
}
