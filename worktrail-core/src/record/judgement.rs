//! What is computed about a person from what is kept (S5).

use crate::label::Label;

/// Something that is computed about a person's case and shown: from what, by which version of the rule, to whom.
///
/// None of them decides anything about a person: no command is refused, no trail is moved or ended, and nothing is
/// sent because of one; a person reads it and decides (GDPR art. 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    name: &'static str,
    version: u16,
    inputs: &'static [&'static str],
    label: Label,
    shown: Label,
}

/// Every computed judgement.
pub const JUDGEMENTS: &[Judgement] = &[
    Judgement {
        name: "employer_contact_clock",
        version: 1,
        inputs: &["trail.referral.referred_on", "trail.start.on", "trail.first_employer_contact.on", "trail.ending.on"],
        label: Label::new(
            "Dager fra oppstart til første møte med arbeidsgiver (DC1)",
            "Days from the start to the first meeting with an employer (DC1)",
        ),
        shown: Label::new(
            "Dem som kan lese sporet, og porteføljene til jobbspesialisten og teamet",
            "Those who may read the trail, and the portfolios of the specialist and the team",
        ),
    },
    Judgement {
        name: "advice",
        version: 1,
        inputs: &[
            "trail.moves[].to",
            "trail.start.on",
            "trail.first_employer_contact.on",
            "trail.ending.on",
            "job.trail",
            "job.form",
            "job.period.first",
            "job.period.last",
            "job.employment.employer",
            "openness.version",
            "openness.terms.must_not_contact[]",
            "openness.withdrawn.at",
        ],
        label: Label::new(
            "Hva det bør ses på: fasen Jobber uten jobb, 30 dager uten møte med arbeidsgiver, jobb der ingen skal kontaktes",
            "What is worth a look: phase Working without a job, 30 days without meeting an employer, a job where nobody is \
             to be contacted",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "profile_completeness",
        version: 1,
        inputs: &["trail.method", "narrative.topic", "narrative.entries.topics", "host_list.closed[].value"],
        label: Label::new(
            "Hvor mange tema i karriereprofilen det er skrevet om, av dem leseren kan lese (S26)",
            "On how many topics of the career profile something is written, of those the reader may read (S26)",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "competitive",
        version: 1,
        inputs: &["job.form", "job.details.pay", "job.details.access"],
        label: Label::new(
            "Om en jobb er ordinært arbeid etter IPS-prinsipp 2",
            "Whether a job is competitive employment by the second principle of IPS",
        ),
        shown: Label::new("Verten, som regner den ut", "The host, who computes it"),
    },
    Judgement {
        name: "tenure",
        version: 1,
        inputs: &["job.form", "job.period.first", "job.period.last"],
        label: Label::new(
            "Dager i arbeid, og merkene 4, 13, 26 og 52 uker",
            "Days in work, and the marks 4, 13, 26 and 52 weeks",
        ),
        shown: Label::new("Verten, som regner den ut", "The host, who computes it"),
    },
    Judgement {
        name: "follow_along",
        version: 1,
        inputs: &[
            "job.form",
            "job.period.first",
            "job.period.last",
            "job.confirmed.on",
            "job.declined.on",
            "job.ending.loss.learned_on",
            "support_contact.trail",
            "support_contact.job",
            "support_contact.on",
        ],
        label: Label::new(
            "Hvilken oppfølging etter jobbstart som står for tur (IPS-25 punkt 23)",
            "Which follow-along support is due (item 23 of IPS-25)",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "zero_exclusion",
        version: 1,
        inputs: &["trail.ending.reason", "trail.ending.on", "referral.outcome.reason", "referral.outcome.on"],
        label: Label::new(
            "Avslutninger og avslag som metodeveilederen skal se på (DB10, S25)",
            "Endings and refusals for the supervisor to look at (DB10, S25)",
        ),
        shown: Label::new("Teamets metodeveiledere", "The team's supervisors"),
    },
    Judgement {
        name: "open_matters",
        version: 1,
        inputs: &[
            "trail.start.on",
            "trail.pauses[].period.first",
            "trail.pauses[].period.last",
            "trail.recruitment[].first",
            "trail.recruitment[].leaving.last",
            "job.period.first",
            "job.period.last",
            "sub_goal.closing.on",
            "consent.withdrawn.authorship.at",
            "openness.withdrawn.at",
        ],
        label: Label::new(
            "Hva som fortsatt er åpent når et jobbspor avsluttes",
            "What is still open when a trail ends",
        ),
        shown: Label::new("Dem som kan avslutte sporet", "Those who may end the trail"),
    },
    Judgement {
        name: "openness_parts",
        version: 1,
        inputs: &[
            "openness.terms.advantages",
            "openness.terms.drawbacks",
            "openness.terms.may_share",
            "openness.terms.must_not_share",
            "openness.terms.occasions[]",
        ],
        label: Label::new(
            "Hvilke deler av IPS-25 punkt 13 en åpenhetsavtale dekker",
            "Which parts of item 13 of IPS-25 a disclosure agreement answers",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "openness_renewal",
        version: 1,
        inputs: &[
            "openness.terms.agreed_on",
            "openness.withdrawn.at",
            "job.form",
            "job.period.first",
            "job.period.last",
        ],
        label: Label::new(
            "Når åpenhet bør drøftes igjen (IPS-25 punkt 13)",
            "When disclosure is worth talking about again (IPS-25 item 13)",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "consent_standing",
        version: 1,
        inputs: &[
            "participant.birth_date",
            "attestation.kind.kind",
            "attestation.kind.notice",
            "attestation.kind.version",
            "attestation.made.at",
            "notice.version",
            "notice.valid_from",
            "capacity_assessment.finding.next_review",
        ],
        label: Label::new(
            "Om informasjon om rettigheter, eget samtykke fra 18 år og ny vurdering av samtykkekompetanse er på tide",
            "Whether rights information, one's own consent from 18 on and a review of capacity are due",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "benefits_due",
        version: 1,
        inputs: &[
            "job.form",
            "job.period.first",
            "job.period.last",
            "benefits_counselling.job",
            "benefits_counselling.trigger",
            "benefits_counselling.outcome",
        ],
        label: Label::new(
            "Om samtale om ytelser gjenstår før en jobb starter",
            "Whether benefits counselling is still due before a job starts",
        ),
        shown: Label::new("Dem som kan lese sporet", "Those who may read the trail"),
    },
    Judgement {
        name: "retention_due",
        version: 1,
        inputs: &["trail.ending.on"],
        label: Label::new(
            "Hva som er på tide for et avsluttet jobbspor: arkivering, vurdering (I23)",
            "What is due for an ended trail: archive, review (I23)",
        ),
        shown: Label::new("Teamets metodeveiledere", "The team's supervisors"),
    },
];

impl Judgement {
    /// Its name, for ever.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The version of the rule that computes it; it rises when the same inputs give something else.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }

    /// What it is computed from: kind and path of stored values. Beside them, the day on which it is asked.
    #[must_use]
    pub const fn inputs(&self) -> &'static [&'static str] {
        self.inputs
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> Label {
        self.label
    }

    /// Who sees it.
    #[must_use]
    pub const fn shown(&self) -> Label {
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::super::inventory;
    use super::*;

    #[test]
    fn s5_every_input_of_a_judgement_is_a_stored_value() {
        for judgement in JUDGEMENTS {
            assert!(!judgement.inputs.is_empty(), "{}", judgement.name);
            for input in judgement.inputs {
                let (kind, path) = input.split_once('.').unwrap();
                let kind = inventory().into_iter().find(|listed| listed.name() == kind);
                assert!(kind.is_some_and(|kind| kind.field(path).is_some()), "{}: {input}", judgement.name);
            }
        }
    }
}
