//! Zero exclusion at the ending: nobody is left for being ill or in treatment without the supervisor knowing (`DB10`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::day_of::DayOf;
use crate::domain::end_reason::EndReason;
use crate::domain::fact::Fact;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;

/// Why a trail ends although its reason excludes nobody, and when help is offered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionNote {
    /// The specialist's reason.
    pub reason: Text<1000>,
    /// When the participant is asked again.
    pub help_again_on: NaiveDate,
}

impl ExclusionNote {
    /// That there is a note exactly where an end reason asks for one (`DB10`).
    pub(crate) const fn must_answer(reason: EndReason, note: Option<&Self>) -> Result<(), Rejection> {
        match (reason.raises_zero_exclusion_flag(), note) {
            (true, None) => Err(Rejection::ExclusionUnanswered),
            (false, Some(_)) => Err(Rejection::ExclusionNotAsked),
            (true, Some(_)) | (false, None) => Ok(()),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptExclusionNote {
    #[serde(deserialize_with = "kept")]
    reason: Text<1000>,
    help_again_on: NaiveDate,
}

impl Kept for ExclusionNote {
    type Form = KeptExclusionNote;

    fn from_kept(form: KeptExclusionNote) -> Result<Self, NotKept> {
        Ok(Self { reason: form.reason, help_again_on: form.help_again_on })
    }
}

impl Trail {
    /// What the specialist said about an ending that raises the flag.
    #[must_use]
    pub const fn exclusion(&self) -> Option<&ExclusionNote> {
        self.exclusion.as_ref()
    }

    /// The last day of a trail whose end reason raises the zero-exclusion flag (`DB10`): what an index holds.
    #[must_use]
    pub fn zero_exclusion_on(&self) -> Option<NaiveDate> {
        self.ending().filter(|ending| ending.reason.raises_zero_exclusion_flag()).map(|ending| ending.on)
    }

    /// Answers for an ending that raises the flag: part of the act of ending, which is refused without it (`DB10`, of
    /// transition).
    ///
    /// # Errors
    /// [`Rejection::StillOpen`] while the trail is open; [`Rejection::ExclusionUnanswered`] when the reason asks for a
    /// note and there is none; [`Rejection::ExclusionNotAsked`] for one that nothing asks for; [`Rejection::DateBefore`]
    /// when help is offered again before the ending.
    pub fn answer_exclusion(mut self, note: Option<ExclusionNote>) -> Result<(Self, Option<Fact>), Rejection> {
        let Some(ending) = self.ending().copied() else { return Err(Self::still_open()) };
        ExclusionNote::must_answer(ending.reason, note.as_ref())?;
        let fact = match &note {
            None => None,
            Some(note) => {
                let day = DayOf::HelpAgain;
                let mut faults = day.faults_of_plan(note.help_again_on);
                if note.help_again_on < ending.on {
                    faults.push(Rejection::DateBefore { day, earliest: ending.on });
                }
                Rejection::all(faults)?;
                let ExclusionNote { reason, help_again_on } = note.clone();
                Some(Fact::ZeroExclusionRaised { trail: self.id, reason, help_again_on })
            }
        };
        self.exclusion = note;
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ending;
    use super::super::samples::{ended, started};
    use super::*;
    use crate::domain::end_reason::{EndReason, OtherEnding};
    use crate::domain::samples::{by_spurv, day};

    fn ended_by(reason: OtherEnding) -> Trail {
        let ending = Ending { on: day("2023-02-28"), reason: EndReason::Other(reason) };
        started("2022-05-27", "2022-06-02").end(ending, &[], &by_spurv("2023-02-28")).expect("ended").0
    }

    fn note(help_again_on: &str) -> ExclusionNote {
        ExclusionNote {
            reason: Text::parse("Innlagt, vil tilbake").expect("a text"),
            help_again_on: day(help_again_on),
        }
    }

    #[test]
    fn db10_illness_and_other_active_measures_are_answered_for() {
        for reason in [OtherEnding::Illness, OtherEnding::OtherActiveMeasures] {
            // given an ending that raises the flag
            let trail = ended_by(reason);
            assert_eq!(trail.zero_exclusion_on(), Some(day("2023-02-28")));
            // when nothing is said, it is refused; when help is offered again, it is told
            assert_eq!(trail.clone().answer_exclusion(None).unwrap_err(), Rejection::ExclusionUnanswered);
            let (trail, fact) = trail.answer_exclusion(Some(note("2023-06-01"))).expect("answered");
            assert!(matches!(fact, Some(Fact::ZeroExclusionRaised { .. })));
            assert_eq!(trail.exclusion(), Some(&note("2023-06-01")));
        }
    }

    #[test]
    fn db10_other_endings_ask_for_nothing() {
        assert_eq!(ended().zero_exclusion_on(), None);
        assert_eq!(ended().answer_exclusion(None).expect("nothing is asked").1, None);
        assert_eq!(ended().answer_exclusion(Some(note("2023-06-01"))).unwrap_err(), Rejection::ExclusionNotAsked);
        let declined = ended_by(OtherEnding::Declined);
        assert!(declined.answer_exclusion(None).is_ok());
    }

    #[test]
    fn db10_help_is_offered_again_after_the_ending() {
        let early = ended_by(OtherEnding::Illness).answer_exclusion(Some(note("2023-02-27")));
        let earliest = day("2023-02-28");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::HelpAgain, earliest });
        assert!(ended_by(OtherEnding::Illness).answer_exclusion(Some(note("2023-02-28"))).is_ok());
        let open = started("2022-05-27", "2022-06-02").answer_exclusion(None);
        assert!(matches!(open, Err(Rejection::StillOpen { .. })));
    }
}
