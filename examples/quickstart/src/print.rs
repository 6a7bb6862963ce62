//! The telling: what the file holds, so that a person enjoys reading it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use worktrail_core::domain::{EmployerContactClock, Fact, Phase, PhaseChange, Topic};
use worktrail_core::label::{Label, Language};
use worktrail_core::question::{CaseFile, HistoryEntry, ParticipantCard, PhaseCount};
use worktrail_core::store::{Durability, StoreInfo};

use crate::address::Address;
use crate::stage::Stage;
use crate::story::NUMBER;

/// How wide a line may become.
const WIDTH: usize = 100;

/// What is told.
pub(crate) struct Shown {
    pub(crate) found: Option<ParticipantCard>,
    pub(crate) case: CaseFile,
    pub(crate) phases: Vec<PhaseCount>,
    pub(crate) history: Vec<HistoryEntry>,
}

/// Tells in one of the two languages of the labels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer(pub(crate) Language);

impl Printer {
    /// In Norwegian where the environment says so (`LANG=nb_NO`), in English elsewhere.
    pub(crate) fn for_language_of_user() -> Self {
        let lang = std::env::var("LANG").unwrap_or_default();
        let norwegian = ["nb", "nn", "no"].iter().any(|code| lang.starts_with(code));
        Self(if norwegian { Language::Norwegian } else { Language::English })
    }

    fn say(self, nb: &'static str, en: &'static str) -> &'static str {
        self.label(Label::new(nb, en))
    }

    fn label(self, label: Label) -> &'static str {
        label.in_language(self.0)
    }

    /// Where it is kept, whether it was there before, and what it promises.
    pub(crate) fn opened(self, address: &Address, stage: &Stage, info: &StoreInfo) -> String {
        let which = match address {
            Address::Memory => self.say("Holdt i minnet", "Held in memory"),
            Address::Sqlite(_) if stage.done_before > 0 => {
                self.say("Åpnet den samme filen som før", "Opened the same file as before")
            }
            Address::Sqlite(_) => self.say("Laget en ny fil", "Made a new file"),
            Address::Sled(_) if stage.done_before > 0 => {
                self.say("Åpnet den samme mappen som før", "Opened the same directory as before")
            }
            Address::Sled(_) => self.say("Laget en ny mappe", "Made a new directory"),
            Address::Postgres { .. } if stage.done_before > 0 => {
                self.say("Åpnet det samme skjemaet som før", "Opened the same schema as before")
            }
            Address::Postgres { .. } => self.say("Laget et nytt skjema", "Made a new schema"),
        };
        let survives = match info.durability {
            Durability::PowerSafe => self.say("tåler strømbrudd", "survives a power cut"),
            Durability::ProcessSafe => self.say("tåler at programmet stopper", "survives the end of the program"),
            Durability::Volatile => self.say("borte når programmet stopper", "gone when the program ends"),
        };
        format!("{which}: {address}\n{}, {survives}.\n", info.engine)
    }

    /// The whole telling.
    pub(crate) fn show(self, shown: &Shown, stage: &Stage) -> String {
        [
            self.acts(stage),
            self.person(shown),
            self.ladder(&shown.case.trail.phase_history()),
            self.portfolio(&shown.phases),
            self.history(&shown.history, stage),
        ]
        .join("\n")
    }

    fn acts(self, stage: &Stage) -> String {
        let (now, before) = (stage.done_now, stage.done_before);
        match self.0 {
            Language::Norwegian => format!("{now} handlinger utført nå; {before} besvart fra stempelet sitt.\n"),
            Language::English => format!("{now} acts done now; {before} answered from their stamps.\n"),
        }
    }

    /// The number in full this once, when the person is identified; masked afterwards.
    fn person(self, shown: &Shown) -> String {
        let Some(card) = &shown.found else {
            return format!("{}\n", self.say("Ingen treff.", "Nobody was found."));
        };
        let masked = card.masked_number.as_deref().unwrap_or("-");
        let identified = self.say("Funnet på fødselsnummer", "Found by number");
        let goal = shown.case.trail.main_goal().map_or("-", |goal| goal.description.as_str());
        let clock = shown.case.clock;
        let days = match clock {
            EmployerContactClock::NotStarted { waited } => waited,
            EmployerContactClock::Counting { days } | EmployerContactClock::Met { days, .. } => days,
        };
        let within = if clock.within_thirty() { self.say("innen tretti", "within thirty") } else { "-" };
        let day_word = self.say("dager etter oppstart", "days after the start");
        format!(
            "{identified} {}: {} ({masked})\n{}: {goal}\n{}: {days} {day_word}, {within}\n",
            NUMBER.as_str(),
            card.name.full(),
            self.say("Hovedmål", "Main goal"),
            self.label(clock.label()),
        )
    }

    /// The phases as they were gone through, each with its days.
    fn ladder(self, steps: &[PhaseChange]) -> String {
        let mut text = format!("{}\n", self.say("Veien", "The way"));
        for (place, step) in steps.iter().enumerate() {
            let days = steps.get(place + 1).map(|next| (next.on() - step.on()).num_days());
            let weeks = days.map_or(0, |days| usize::try_from(days / 7).unwrap_or(0).max(1));
            let days = days.map_or(String::new(), |days| format!(" {days} {}", self.say("dager", "days")));
            let line = format!("  {}  {:<16}{}{days}", step.on(), self.label(step.to().label()), "▪".repeat(weeks));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }

    fn portfolio(self, phases: &[PhaseCount]) -> String {
        let mut text = format!("{}\n", self.say("Porteføljen til KVIKK SPURV", "KVIKK SPURV's portfolio"));
        for PhaseCount { phase, count } in phases {
            let _ = writeln!(text, "  {:<16}{count:>3}", self.label(Phase::label(*phase)));
        }
        text
    }

    /// The journal, day by day.
    fn history(self, entries: &[HistoryEntry], stage: &Stage) -> String {
        let mut text = format!("{}\n", self.say("Fra journalen", "From the journal"));
        let mut last: Option<(NaiveDate, &str)> = None;
        let mut rest = entries;
        while let [entry, after @ ..] = rest {
            let (day, who) = (entry.at.date_naive(), stage.name_of(entry.actor));
            if last != Some((day, who)) {
                let _ = writeln!(text, "  {day}  {who}");
                last = Some((day, who));
            }
            let topics: Vec<Topic> = rest.iter().map_while(topic_of).collect();
            if topics.is_empty() {
                let _ = writeln!(text, "    {}", self.line(entry));
                rest = after;
            } else {
                text.push_str(&self.written(&topics));
                rest = rest.get(topics.len()..).unwrap_or_default();
            }
        }
        text
    }

    fn line(self, entry: &HistoryEntry) -> String {
        let what = entry.code.map_or("?", |code| self.label(code.label()));
        match entry.fact.as_ref().and_then(|fact| self.detail(fact)) {
            Some(detail) => format!("{what}: {detail}"),
            None => what.to_owned(),
        }
    }

    fn detail(self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::ParticipantRegistered { name, .. } => name.full(),
            Fact::TrailOpened { referred_on, unit: Some(unit), .. } => {
                format!("{} {} {referred_on}", self.say("henvist av", "referred by"), unit.as_str())
            }
            Fact::TrailOpened { referred_on, unit: None, .. } => {
                format!("{} {referred_on}", self.say("henvist", "referred on"))
            }
            Fact::Attested { kind, .. } => self.label(kind.label()).to_owned(),
            Fact::StartUpMeetingHeld { lifted_to: Some(phase), .. } => format!("→ {}", self.label(phase.label())),
            Fact::PhaseChanged { from, to, .. } => {
                format!("{} → {}", self.label(from.label()), self.label(to.label()))
            }
            Fact::MainGoalSet { kind, description, .. } => {
                format!("{}. «{}»", self.label(kind.label()), description.as_str())
            }
            Fact::SubGoalSet { text, .. } => format!("«{}»", text.as_str()),
            Fact::SubGoalClosed { outcome, .. } => self.label(outcome.label()).to_owned(),
            Fact::OpennessAgreed { version, stance, .. } => format!("v{version}, {}", self.label(stance.label())),
            Fact::EmployerContactRegistered { way, met, about, .. } => {
                [way.label(), met.label(), about.label()].map(|label| self.label(label)).join(", ")
            }
            Fact::JobRegistered { title, form, period, .. } => {
                format!(
                    "{}, {}, {} {}",
                    title.as_str(),
                    self.label(form.label()),
                    self.say("fra", "from"),
                    period.first()
                )
            }
            Fact::TrailEnded { reason, .. } => self.label(reason.label()).to_owned(),
            _ => return None,
        })
    }

    /// Texts written one after the other, on as few lines as they fit.
    fn written(self, topics: &[Topic]) -> String {
        let mut text = String::new();
        let mut line = format!("    {} ({}):", self.say("Tekster skrevet", "Texts written"), topics.len());
        for (place, topic) in topics.iter().enumerate() {
            let label = self.label(topic.label());
            if line.chars().count() + label.chars().count() + 2 > WIDTH {
                let _ = writeln!(text, "{line}");
                line = " ".repeat(5);
            }
            let end = if place + 1 == topics.len() { "" } else { "," };
            let _ = write!(line, " {label}{end}");
        }
        let _ = writeln!(text, "{line}");
        text
    }
}

fn topic_of(entry: &HistoryEntry) -> Option<Topic> {
    match &entry.fact {
        Some(Fact::NarrativeWritten { topic, .. }) => Some(*topic),
        _ => None,
    }
}
