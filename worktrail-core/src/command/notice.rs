//! Commands about notices.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, Organisation, OwnRules, World};
use crate::access::Right;
use crate::domain::{DayOf, NewNotice, Notice, NoticeId, Rejection, Thing};

/// Publishes a version of a notice. From its first day on, information is due for everybody who was informed by an older
/// one (S80).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct PublishNotice {
    /// The id of the version.
    pub notice: NoticeId,
    /// What is published.
    pub new: NewNotice,
}

impl Command for PublishNotice {
    type Reply = NoticeId;

    const NAME: &'static str = "publish_notice";
    const RIGHT: Right = Right::PublishNotice;

    fn decide(&self, world: &World<'_>) -> Decided<NoticeId> {
        let permit = world.may(&Organisation)?;
        // A day that no index holds is not looked up.
        Rejection::all(DayOf::NoticeValidFrom.faults_of_plan(self.new.valid_from))?;
        let id_is_new = world.is_new::<Notice>(self.notice);
        let namesake = world.find_by(&Notice::version_of(&self.new.name, &self.new.version));
        let same_day = world.find_by(&Notice::beginning(&self.new.name, self.new.valid_from));
        id_is_new?;
        if namesake?.is_some() || same_day?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Notice }.into());
        }
        let (notice, fact) = Notice::publish(self.notice, self.new.clone(), &world.authorship())?;
        Ok(permit.reply(self.notice).tell(&notice, fact).save(notice))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["new.valid_from"], |by| DayOf::NoticeValidFrom.faults_of_end(self.new.valid_from, by));
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::publish_notice;
    use super::super::scene::{Relation, decide, everyday, supervisor, told};
    use super::*;
    use crate::domain::Line;
    use crate::domain::samples::day;
    use crate::record::samples;

    #[test]
    fn s80_a_version_is_published_once_and_one_a_day() {
        let picture = everyday().with(&samples::notice()).picture();
        let program = Relation::Nobody.actor(None);
        for actor in [supervisor(), program] {
            assert_eq!(told(&decide(&picture, &actor, &publish_notice()).unwrap()), ["notice_published"]);
        }
        let exists = Rejection::AlreadyExists { what: Thing::Notice };
        let published = decide(&picture, &supervisor(), &publish_notice()).unwrap();
        assert_eq!(*published.reply(), publish_notice().notice);
        let again = samples::new_notice("v2022-05", "2022-10-01");
        let again = PublishNotice { new: again, ..publish_notice() };
        assert_eq!(decide(&picture, &supervisor(), &again).unwrap_err(), exists, "the version");
        let same_id = PublishNotice { notice: samples::notice().id(), ..publish_notice() };
        assert_eq!(decide(&picture, &supervisor(), &same_id).unwrap_err(), exists, "the id");
        // Given one that begins on the day already
        let begun = Notice::publish(
            NoticeId::new(samples::id(0x19)),
            NewNotice { version: Line::parse("other").unwrap(), ..publish_notice().new },
            &crate::domain::samples::by_spurv("2022-06-01"),
        );
        let picture = everyday().with(&begun.unwrap().0).picture();
        assert_eq!(publish_notice().new.valid_from, day("2022-10-01"));
        assert_eq!(decide(&picture, &supervisor(), &publish_notice()).unwrap_err(), exists, "the day");
    }
}
