//! Input for a verdict, with its checks.

use super::settings::SECTIONS_MAX;
use super::{Priority, Section, Verdict};
use kernel::text::{Check, Word, any_of, clip, nfc};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};

/// The most revision items of a verdict.
const ITEMS_MAX: usize = 50;

/// A score of one section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionScore {
    /// A section of the job's rubric.
    pub name: String,
    /// 0 to 100.
    pub score: i64,
    /// The comment, up to 1,000 characters.
    #[serde(default)]
    pub comment: String,
}

/// A revision item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The kind of change, in a word or two: `accuracy`. It is stored in lower case, so that it can be counted.
    #[serde(default)]
    pub category: String,
    /// The requested change, 1 to 2,000 characters.
    #[serde(default)]
    pub description: String,
    /// A word of [`Priority`]; `medium` when it is missing.
    #[serde(default)]
    pub priority: String,
}

/// Input for a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Submission {
    /// A word of [`Verdict`].
    pub verdict: String,
    /// 0 to 100; the weighted mean of the sections when it is missing.
    pub score: Option<i64>,
    /// Scores of the rubric's sections; each at most once.
    pub sections: Vec<SectionScore>,
    /// The revision items.
    pub revision_items: Vec<Item>,
    /// The reason, if no revision item says it; 10 to 2,000 characters.
    pub reason: Option<String>,
    /// The summary for the poster, up to 5,000 characters.
    pub summary: String,
    /// The feedback for the worker, up to 5,000 characters; hidden from the poster.
    pub agent_feedback: String,
}

/// A checked verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// 0 to 100.
    pub score: i64,
    /// Scores of the rubric's sections.
    pub sections: Vec<SectionScore>,
    /// The revision items; each priority is a word of [`Priority`].
    pub revision_items: Vec<Item>,
    /// The reason, if no revision item says it.
    pub reason: String,
    /// The summary for the poster.
    pub summary: String,
    /// The feedback for the worker.
    pub agent_feedback: String,
}

impl Submission {
    /// Checks every field and reports all errors at once.
    pub fn check(&self, rubric: &[Section]) -> Result<Judgement> {
        let mut check = Check::new();
        let verdict = check.take(Verdict::read("verdict", self.verdict.trim()));
        let sections = self.check_sections(rubric, &mut check);
        let score = self.score.or_else(|| weighted(&sections, rubric));
        let score = check.some("score", score, "0 to 100, or a score for each section");
        if score.is_some_and(|score| !(0..=100).contains(&score)) {
            check.wrong("score", "It must be 0 to 100.");
        }
        let revision_items = self.check_items(&mut check);
        let reason = self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let reason = reason.map(|reason| check.prose("reason", reason, 10..=2_000)).unwrap_or_default();
        if verdict.is_some_and(|verdict| verdict != Verdict::Approve) && revision_items.is_empty() && reason.is_empty() {
            check.wrong("revision_items", "This verdict needs at least one thing to change, or a reason of 10 to 2,000 characters.");
        }
        let summary = check.prose("summary", &self.summary, 0..=5_000);
        let agent_feedback = check.prose("agent_feedback", &self.agent_feedback, 0..=5_000);
        check.done()?;
        let (Some(verdict), Some(score)) = (verdict, score) else { return Err(Error::internal()) };
        Ok(Judgement { verdict, score, sections, revision_items, reason, summary, agent_feedback })
    }

    fn check_sections(&self, rubric: &[Section], check: &mut Check) -> Vec<SectionScore> {
        let mut sections: Vec<SectionScore> = Vec::new();
        // Before anything is said about one of them: each message names the whole rubric.
        if self.sections.len() > SECTIONS_MAX {
            check.wrong("sections", format!("There are {}; a rubric has {SECTIONS_MAX} sections at most.", self.sections.len()));
        }
        for given in self.sections.iter().take(SECTIONS_MAX) {
            let name = nfc(given.name.trim());
            let Some(known) = rubric.iter().find(|section| section.name.eq_ignore_ascii_case(&name)) else {
                let message = match rubric {
                    [] => "This job has no rubric; give one score for all.".to_owned(),
                    _ => format!(
                        "\"{}\" is not in the rubric; use {}.",
                        clip(&given.name, 40),
                        any_of(rubric.iter().map(|s| s.name.as_str()))
                    ),
                };
                check.wrong("sections.name", message);
                continue;
            };
            if sections.iter().any(|other| other.name == known.name) {
                check.wrong("sections.name", format!("\"{}\" stands twice; score each section once.", known.name));
            }
            if !(0..=100).contains(&given.score) {
                check.wrong("sections.score", format!("{} has {}; give 0 to 100.", known.name, given.score));
            }
            let comment = check.prose("sections.comment", &given.comment, 0..=1_000);
            sections.push(SectionScore { name: known.name.clone(), score: given.score, comment });
        }
        sections
    }

    fn check_items(&self, check: &mut Check) -> Vec<Item> {
        if self.revision_items.len() > ITEMS_MAX {
            check.wrong("revision_items", format!("There are {}; give {ITEMS_MAX} at most.", self.revision_items.len()));
        }
        let mut items = Vec::new();
        for item in self.revision_items.iter().take(ITEMS_MAX) {
            let category = check.line("revision_items.category", &item.category, 1..=60).to_lowercase();
            let description = check.prose("revision_items.description", &item.description, 1..=2_000);
            let priority = match item.priority.trim() {
                "" => Some(Priority::Medium),
                word => Priority::parse(word),
            };
            if priority.is_none() {
                let words = any_of(Priority::ALL.iter().map(|priority| priority.as_str()));
                check.wrong("revision_items.priority", format!("It must be {words}."));
            }
            items.push(Item { category, description, priority: priority.unwrap_or(Priority::Medium).as_str().to_owned() });
        }
        items
    }
}

/// Computes the weighted mean of the sections, rounded half up; none while a section of the rubric has no score.
fn weighted(sections: &[SectionScore], rubric: &[Section]) -> Option<i64> {
    let scored = |section: &Section| sections.iter().find(|score| score.name == section.name).map(|score| score.score);
    let mut sum = 0_i64;
    for section in rubric {
        sum = sum.checked_add(scored(section)?.checked_mul(section.weight)?)?;
    }
    let weights: i64 = rubric.iter().map(|section| section.weight).sum();
    (weights > 0).then(|| (2 * sum + weights) / (2 * weights))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rubric() -> Vec<Section> {
        [("Accuracy", 3), ("Style", 1)].map(|(name, weight)| Section { name: name.into(), weight, description: String::new() }).to_vec()
    }

    fn score(name: &str, score: i64) -> SectionScore {
        SectionScore { name: name.into(), score, comment: String::new() }
    }

    fn good() -> Submission {
        Submission { verdict: "approve".into(), score: Some(90), ..Submission::default() }
    }

    #[test]
    fn sections_make_the_score_when_there_is_none() {
        let judged = Submission { score: None, sections: vec![score("accuracy", 90), score("Style", 71)], ..good() };
        assert_eq!(judged.check(&rubric()).expect("good").score, 85, "(3 × 90 + 71) / 4 is 85.25");
        let half = Submission { score: None, sections: vec![score("Accuracy", 90)], ..good() };
        assert_eq!(half.check(&rubric()).expect_err("half").fields[0].name, "score");
    }

    #[test]
    fn a_megabyte_of_sections_is_answered_in_a_few_lines() {
        let name = "𝔸".repeat(60);
        let rubric: Vec<_> = (0..12).map(|_| Section { name: name.clone(), weight: 1, description: String::new() }).collect();
        let flood = Submission { sections: vec![SectionScore::default(); 349_525], ..good() };
        let error = flood.check(&rubric).expect_err("too many");
        assert_eq!(error.fields[0].name, "sections");
        assert!(error.fields.len() <= 1 + SECTIONS_MAX && error.message.len() < 100_000, "{} bytes", error.message.len());
    }

    #[test]
    fn sending_back_needs_something_to_change() {
        for verdict in ["needs_revision", "reject"] {
            let bare = Submission { verdict: verdict.into(), ..good() };
            assert_eq!(bare.check(&[]).expect_err("bare").fields[0].name, "revision_items");
            Submission { reason: Some("It is about another topic.".into()), ..bare.clone() }.check(&[]).expect("a reason will do");
            let item = Item { category: "Accuracy".into(), description: "Total is wrong".into(), priority: String::new() };
            let judged = Submission { revision_items: vec![item], ..bare }.check(&[]).expect("an item will do");
            assert_eq!((judged.revision_items[0].category.as_str(), judged.revision_items[0].priority.as_str()), ("accuracy", "medium"));
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        let item = |category: &str, description: &str, priority: &str| Item {
            category: category.into(),
            description: description.into(),
            priority: priority.into(),
        };
        for (wrong, field) in [
            (Submission { verdict: "fine".into(), ..good() }, "verdict"),
            (Submission { score: Some(101), ..good() }, "score"),
            (Submission { score: None, ..good() }, "score"),
            (Submission { sections: vec![score("Speed", 5)], ..good() }, "sections.name"),
            (Submission { sections: vec![score("Style", 5), score("style", 5)], ..good() }, "sections.name"),
            (Submission { sections: vec![score("Style", -1)], ..good() }, "sections.score"),
            (Submission { revision_items: vec![item("", "x", "")], ..good() }, "revision_items.category"),
            (Submission { revision_items: vec![item("x", "", "")], ..good() }, "revision_items.description"),
            (Submission { revision_items: vec![item("x", "y", "urgent")], ..good() }, "revision_items.priority"),
            (Submission { reason: Some("no".into()), ..good() }, "reason"),
            (Submission { summary: "a\0b".into(), ..good() }, "summary"),
            (Submission { agent_feedback: "y".repeat(5_001), ..good() }, "agent_feedback"),
        ] {
            let error = wrong.check(&rubric()).expect_err(field);
            assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), [field]);
        }
    }
}
