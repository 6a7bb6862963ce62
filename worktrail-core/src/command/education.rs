//! Commands about education.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    Corrector, DayOf, Education, EducationId, EducationTerms, ExperienceKind, Job, Rejection, Text, Thing, Trail,
    TrailId,
};

/// Registers an education on a trail of any method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterEducation {
    /// The id of the education.
    pub education: EducationId,
    /// The trail.
    pub trail: TrailId,
    /// What is told of it.
    pub terms: EducationTerms,
}

impl Command for RegisterEducation {
    type Reply = EducationId;

    const NAME: &'static str = "register_education";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<EducationId> {
        let trail = world.get::<Trail>(self.trail);
        let id_is_new = world.is_new::<Education>(self.education);
        let trail = trail?;
        let permit = world.may(trail)?;
        id_is_new?;
        let (education, fact) = Education::register(self.education, trail, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(self.education).tell(&education, fact).save(education))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.track", "terms.form", "terms.programme"], |_| self.terms.faults());
    }
}

/// Corrects what was told about an education: all of it, as it should have been told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectEducation {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
    /// What is told of it.
    pub terms: EducationTerms,
}

impl Command for CorrectEducation {
    type Reply = ();

    const NAME: &'static str = "correct_education";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, education) = education_on(world, self.trail, self.education)?;
        let (education, fact) = education.clone().correct(trail, self.terms.clone())?;
        Ok(permit.reply(()).tell(&education, fact).save(education))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.track", "terms.form", "terms.programme"], |_| self.terms.faults());
    }
}

/// Breaks an education off, with its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AbortEducation {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
    /// Its last day.
    pub on: NaiveDate,
}

impl Command for AbortEducation {
    type Reply = ();

    const NAME: &'static str = "abort_education";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, _, education) = education_on(world, self.trail, self.education)?;
        let (education, fact) = education.clone().abort(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&education, fact).save(education))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::EducationAborted, self.on);
    }
}

/// Corrects when an education was broken off, or that it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectEducationEnding {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
    /// The true last day; none when it was not broken off.
    pub on: Option<NaiveDate>,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl Command for CorrectEducationEnding {
    type Reply = ();

    const NAME: &'static str = "correct_education_ending";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, education) = education_on(world, self.trail, self.education)?;
        let (corrector, by) = (Corrector::of(permit.role()), world.authorship());
        let (education, fact) =
            education.clone().correct_ending(trail, self.on, self.reason.clone(), corrector, &by)?;
        Ok(permit.reply(()).tell(&education, fact).save(education))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        if let Some(on) = self.on {
            rules.happened("on", DayOf::EducationAborted, on);
        }
    }
}

/// Withdraws an education that has not begun, and that no job is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawEducation {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
}

impl Command for WithdrawEducation {
    type Reply = ();

    const NAME: &'static str = "withdraw_education";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let jobs = world.children::<Job, Trail>(self.trail);
        let (permit, trail, education) = education_on(world, self.trail, self.education)?;
        let fact = education.withdraw(trail, &jobs?, &world.authorship())?;
        Ok(permit.reply(()).tell(education, fact).remove(education))
    }
}

/// Writes what worked or did not work in an education: also when the trail has ended (`DB8`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct NoteEducationExperience {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
    /// Which of the two.
    pub kind: ExperienceKind,
    /// In words.
    pub text: Text<8000>,
}

impl Command for NoteEducationExperience {
    type Reply = ();

    const NAME: &'static str = "note_education_experience";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, _, education) = education_on(world, self.trail, self.education)?;
        let noted = education.clone().note_experience(self.kind, self.text.clone(), &world.authorship());
        let (education, fact) = noted?;
        Ok(permit.reply(()).tell(&education, fact).save(education))
    }
}

/// An education of a trail, and the permit to do something about it. Another trail's education is not there.
fn education_on<'w>(
    world: &World<'w>,
    trail: TrailId,
    education: EducationId,
) -> Result<(Permit, &'w Trail, &'w Education), Stop> {
    let found = world.get::<Trail>(trail);
    let education = world.find::<Education>(education);
    let found = found?;
    let permit = world.may(found)?;
    let missing = Rejection::NotFound { what: Thing::Education };
    let education = education?.filter(|education| education.trail() == trail).ok_or(missing)?;
    Ok((permit, found, education))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        abort_education, correct_education, correct_education_ending, fresh_trail_id, note_education_experience,
        register_education, register_job, withdraw_education,
    };
    use super::super::scene::{decide, everyday, specialist, told, with_work_to_come};
    use super::super::{CorrectJob, RegisterJob};
    use super::*;
    use crate::domain::samples::{by_spurv, spurv};
    use crate::record::samples;

    #[test]
    fn an_education_that_never_began_is_withdrawn_and_a_wrong_breaking_off_corrected() {
        let picture = with_work_to_come(everyday(), spurv()).picture();
        let withdrawn = decide(&picture, &specialist(), &withdraw_education()).unwrap();
        assert_eq!((told(&withdrawn), withdrawn.removed().len()), (vec!["education_withdrawn"], 1));
        let corrected = decide(&picture, &specialist(), &correct_education_ending()).unwrap();
        assert_eq!(told(&corrected), ["education_ending_corrected"]);
    }

    #[test]
    fn an_education_is_registered_corrected_and_broken_off() {
        let (picture, actor) = (everyday().picture(), specialist());
        assert_eq!(told(&decide(&picture, &actor, &register_education()).unwrap()), ["education_registered"]);
        assert_eq!(told(&decide(&picture, &actor, &correct_education()).unwrap()), ["education_corrected"]);
        assert_eq!(told(&decide(&picture, &actor, &abort_education()).unwrap()), ["education_aborted"]);
        let noted = decide(&picture, &actor, &note_education_experience()).unwrap();
        assert_eq!(told(&noted), ["education_experience_noted"]);
        let taken = RegisterEducation { education: abort_education().education, ..register_education() };
        let exists = Rejection::AlreadyExists { what: Thing::Education };
        assert_eq!(decide(&picture, &actor, &taken).unwrap_err(), exists);
    }

    #[test]
    fn another_trails_education_is_not_there_for_an_act_or_for_a_job() {
        let (picture, actor) = (everyday().picture(), specialist());
        let missing = Rejection::NotFound { what: Thing::Education };
        let foreign = AbortEducation { trail: fresh_trail_id(), ..abort_education() };
        assert_eq!(decide(&picture, &actor, &foreign).unwrap_err(), missing);
        let education = Some(abort_education().education);
        let ours = RegisterJob { education, ..register_job() };
        assert!(decide(&picture, &actor, &ours).is_ok());
        let theirs = RegisterJob { trail: fresh_trail_id(), ..ours };
        assert_eq!(decide(&picture, &actor, &theirs).unwrap_err(), missing);
        let correct = CorrectJob {
            job: samples::ongoing_jobs()[0].id(),
            education: Some(register_education().education),
            ..super::super::samples::correct_job()
        };
        assert_eq!(decide(&picture, &actor, &correct).unwrap_err(), missing);
    }

    #[test]
    fn db8_an_ended_trail_still_hears_what_became_of_an_education() {
        let (picture, actor) = (everyday().with(&samples::trail()).picture(), specialist());
        assert!(decide(&picture, &actor, &abort_education()).is_ok());
        assert!(decide(&picture, &actor, &note_education_experience()).is_ok());
        let refused = Rejection::TrailEnded { trail: samples::trail().id() };
        assert_eq!(decide(&picture, &actor, &register_education()).unwrap_err(), refused);
        assert_eq!(decide(&picture, &actor, &correct_education()).unwrap_err(), refused);
        let (aborted, _) =
            samples::ongoing_education().abort(by_spurv("2022-08-30").day(), &by_spurv("2022-08-30")).unwrap();
        let picture = everyday().with(&aborted).picture();
        assert!(matches!(decide(&picture, &actor, &abort_education()), Err(Rejection::AlreadyEnded { .. })));
    }
}
