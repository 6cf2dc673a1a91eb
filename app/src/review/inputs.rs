//! The submitted form of a verdict: numbers are text until they are parsed, and empty rows are dropped.

use serde::{Deserialize, Serialize};

/// The score of one section, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectionScoreInput {
    name: String,
    score: String,
    comment: String,
}

pub(crate) use given::{VerdictInput, read_typed};

mod given {
    use super::SectionScoreInput;
    use crate::review::settings::whole;
    use market::Result;
    use market::review::{Item, SectionScore, Submission};
    use market::text::Check;

    /// Reads a draft from the values of a refused form, named as on the page: `sections[0][score]`.
    pub(crate) fn read_typed(values: &[(String, String)]) -> Submission {
        let mut input = VerdictInput::default();
        for (name, value) in values {
            let mut part = name.split(['[', ']']).filter(|part| !part.is_empty());
            match (part.next(), part.next().and_then(|nth| nth.parse().ok()), part.next()) {
                (Some("sections"), Some(nth), Some(part)) => input.section(nth, part, value),
                (Some("revision_items"), Some(nth), Some(part)) => input.item(nth, part, value),
                (Some(field), None, None) => input.field(field, value),
                _ => {}
            }
        }
        input.draft()
    }

    /// The most rows that are read: more than any page has.
    const ROWS_MAX: usize = 100;

    /// Returns the nth row, with empty ones before it.
    fn row<T: Default + Clone>(rows: &mut Vec<T>, nth: usize) -> Option<&mut T> {
        if nth >= ROWS_MAX {
            return None;
        }
        rows.resize(rows.len().max(nth + 1), T::default());
        rows.get_mut(nth)
    }

    /// The submitted values of the whole form.
    #[derive(Default)]
    pub(crate) struct VerdictInput {
        pub(crate) verdict: Option<String>,
        pub(crate) score: Option<String>,
        pub(crate) sections: Vec<SectionScoreInput>,
        pub(crate) revision_items: Vec<Item>,
        pub(crate) reason: Option<String>,
        pub(crate) summary: String,
        pub(crate) agent_feedback: String,
    }

    impl VerdictInput {
        fn field(&mut self, name: &str, value: &str) {
            let value = value.to_owned();
            match name {
                "verdict" => self.verdict = Some(value),
                "score" => self.score = Some(value),
                "reason" => self.reason = Some(value),
                "summary" => self.summary = value,
                "agent_feedback" => self.agent_feedback = value,
                _ => {}
            }
        }

        fn section(&mut self, nth: usize, part: &str, value: &str) {
            let Some(section) = row(&mut self.sections, nth) else { return };
            match part {
                "name" => section.name = value.to_owned(),
                "score" => section.score = value.to_owned(),
                "comment" => section.comment = value.to_owned(),
                _ => {}
            }
        }

        fn item(&mut self, nth: usize, part: &str, value: &str) {
            let Some(item) = row(&mut self.revision_items, nth) else { return };
            match part {
                "category" => item.category = value.to_owned(),
                "priority" => item.priority = value.to_owned(),
                "description" => item.description = value.to_owned(),
                _ => {}
            }
        }

        /// Converts the values to a draft; unreadable ones are dropped.
        pub(crate) fn draft(&self) -> Submission {
            self.read(&mut Check::new())
        }

        /// Converts the values to a verdict; unreadable ones are errors.
        pub(crate) fn submission(&self) -> Result<Submission> {
            let mut check = Check::new();
            let read = self.read(&mut check);
            if read.verdict.is_empty() {
                check.wrong("verdict", "Choose one: approve, needs revision or reject.");
            }
            check.done()?;
            // An approval has no reason: the field is hidden on the page, so drop what was typed for another verdict.
            let reason = read.reason.filter(|_| read.verdict != "approve");
            let revision_items = read.revision_items.iter().map(categorised).collect();
            Ok(Submission { reason, revision_items, ..read })
        }

        fn read(&self, check: &mut Check) -> Submission {
            let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
            let written = |item: &&Item| !item.description.trim().is_empty() || !item.category.trim().is_empty();
            Submission {
                verdict: self.verdict.clone().unwrap_or_default(),
                score: said(&self.score).and_then(|score| whole("score", &score, check)),
                sections: self.sections.iter().filter_map(|section| section.read(check)).collect(),
                revision_items: self.revision_items.iter().filter(written).cloned().collect(),
                reason: said(&self.reason),
                summary: self.summary.clone(),
                agent_feedback: self.agent_feedback.clone(),
            }
        }
    }

    /// Gives an item without a category the usual one, because the page does not demand it.
    fn categorised(item: &Item) -> Item {
        let category = if item.category.trim().is_empty() { "general".to_owned() } else { item.category.clone() };
        Item { category, ..item.clone() }
    }

    impl SectionScoreInput {
        fn read(&self, check: &mut Check) -> Option<SectionScore> {
            if self.score.trim().is_empty() {
                return None;
            }
            let score = whole("sections.score", &self.score, check)?;
            Some(SectionScore { name: self.name.clone(), score, comment: self.comment.clone() })
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn typed() -> VerdictInput {
            let scored = |name: &str, score: &str| SectionScoreInput { name: name.into(), score: score.into(), comment: String::new() };
            let item = |category: &str, description: &str| Item {
                category: category.into(),
                description: description.into(),
                priority: "medium".into(),
            };
            VerdictInput {
                verdict: Some("needs_revision".into()),
                score: Some(String::new()),
                sections: vec![scored("Accuracy", "90"), scored("Style", "")],
                revision_items: vec![item("totals", "Line 14 is wrong."), item("", ""), item(" ", "\n")],
                reason: Some("  ".into()),
                summary: "For the poster.".into(),
                agent_feedback: "For the worker.".into(),
            }
        }

        #[test]
        fn a_refused_form_is_read_as_it_was_typed() {
            let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let values = [
                pair("job", "x"),
                pair("verdict", "needs_revision"),
                pair("sections[0][name]", "Accuracy"),
                pair("sections[0][score]", "90"),
                pair("revision_items[1][category]", "totals"),
                pair("revision_items[1][description]", "Line 14 is wrong."),
                pair("revision_items[1][priority]", "medium"),
                pair("revision_items[99999999][category]", "never"),
                pair("summary", "For the poster."),
                pair("agent_feedback", "For the worker."),
            ];
            let sections = typed().sections.into_iter().take(1).collect();
            assert_eq!(read_typed(&values), VerdictInput { sections, ..typed() }.draft());
        }

        #[test]
        fn what_is_empty_is_not_there() {
            let read = typed().submission().expect("all can be read");
            assert_eq!((read.score, read.sections.len(), read.revision_items.len(), read.reason), (None, 1, 1, None));
            assert_eq!((read.sections[0].name.as_str(), read.sections[0].score), ("Accuracy", 90));
        }

        #[test]
        fn a_number_that_is_none_is_named_when_given_and_left_out_when_kept() {
            let mut typed = typed();
            typed.sections[1].score = "good".into();
            typed.score = Some("8.5".into());
            let names: Vec<_> = typed.submission().expect_err("two wrong").fields.into_iter().map(|field| field.name).collect();
            assert_eq!(names, ["score", "sections.score"]);
            assert_eq!(typed.draft().sections.len(), 1);
        }

        #[test]
        fn an_approval_gives_no_reason() {
            let approve = VerdictInput { verdict: Some("approve".into()), reason: Some("It was wrong before.".into()), ..typed() };
            assert_eq!(approve.submission().expect("can be read").reason, None);
            assert!(approve.draft().reason.is_some(), "but it is kept while it is written");
        }
    }
}
