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

pub(crate) use given::VerdictInput;

mod given {
    use super::SectionScoreInput;
    use crate::review::settings::whole;
    use market::Result;
    use market::review::{Item, SectionScore, Submission};
    use market::text::Check;

    /// The submitted values of the whole form.
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
        /// Converts the values to a draft; unreadable ones are dropped.
        pub(crate) fn draft(&self) -> Submission {
            self.read(&mut Check::new())
        }

        /// Converts the values to a verdict; unreadable ones are errors.
        pub(crate) fn submission(&self) -> Result<Submission> {
            let mut check = Check::new();
            let read = self.read(&mut check);
            check.done()?;
            // An approval has no reason: the field is hidden on the page, so drop what was typed for another verdict.
            let reason = read.reason.filter(|_| read.verdict != "approve");
            Ok(Submission { reason, ..read })
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
