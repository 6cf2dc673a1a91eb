//! Input for disputes, with its checks.

use super::{EVIDENCE_MAX, errors};
use crate::job::Ruling;
use kernel::text::{Check, Word};
use kernel::{Error, Money, Result, text_enum};
use serde::{Deserialize, Serialize};

/// Input for evidence: a text, a file of the job, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvidence {
    /// Up to 5,000 characters.
    pub text: String,
    /// The id of a file of the job.
    pub file_id: Option<String>,
}

impl NewEvidence {
    /// Checks both.
    pub fn check(&self) -> Result<NewEvidence> {
        let mut check = Check::new();
        let exhibit = self.noted(&mut check);
        check.done().map(|()| exhibit)
    }

    fn noted(&self, check: &mut Check) -> NewEvidence {
        let file_id = self.file_id.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
        let least = usize::from(file_id.is_none());
        NewEvidence { text: check.prose("text", &self.text, least..=5_000), file_id }
    }
}

text_enum! {
    /// The kind of a fact that came up after an approval.
    NewFact {
        /// A file was delivered that is not the work, or can't be used.
        WrongFile = "wrong_file",
        /// The work is somebody else's.
        Plagiarism = "plagiarism",
        /// The work does harm, or breaks the law.
        Harm = "harm",
    }
}

/// Input for a statement with evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// 10 to 5,000 characters.
    pub statement: String,
    /// Up to 20 items.
    pub evidence: Vec<NewEvidence>,
    /// A word of [`NewFact`], from a poster who had approved the work.
    pub new_fact: Option<String>,
}

impl Statement {
    /// Checks all of it.
    pub fn check(&self) -> Result<Statement> {
        let mut check = Check::new();
        let statement = check.prose("statement", &self.statement, 10..=5_000);
        if self.evidence.len() > EVIDENCE_MAX {
            check.wrong("evidence", format!("There are {}; give {EVIDENCE_MAX} at most.", self.evidence.len()));
        }
        let evidence = self.evidence.iter().take(EVIDENCE_MAX).map(|exhibit| exhibit.noted(&mut check)).collect();
        check.done()?;
        Ok(Statement { statement, evidence, new_fact: self.new_fact.clone() })
    }

    /// Reads the new fact of an opening statement. A side that is bound by its approval has to name one, and only that side does.
    pub(super) fn new_fact(&self, bound: bool) -> Result<Option<NewFact>> {
        match (self.new_fact.as_deref().map(str::trim).filter(|word| !word.is_empty()), bound) {
            (Some(word), true) => NewFact::read("new_fact", word).map(Some),
            (None, false) => Ok(None),
            (None, true) => Err(errors::approval_binds()),
            (Some(_), false) => Err(Error::field("new_fact", "Only a poster who has approved the work names one; leave it out.")),
        }
    }
}

/// Input for a ruling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// `release`, `refund` or `split`.
    pub ruling: String,
    /// The worker's part of a split, in cents.
    pub worker_share: Option<i64>,
    /// Why, 10 to 5,000 characters.
    pub reason: String,
}

impl Decision {
    /// Reads the word and the share, and checks the reason.
    pub fn check(&self, price: Money) -> Result<(Ruling, String)> {
        let mut check = Check::new();
        let ruling = check.take(self.ruling(price));
        let reason = check.prose("reason", &self.reason, 10..=5_000);
        check.done()?;
        ruling.map(|ruling| (ruling, reason)).ok_or_else(Error::internal)
    }

    fn ruling(&self, price: Money) -> Result<Ruling> {
        let wrong = |message: String| Err(Error::field("worker_share", message));
        match (self.ruling.as_str(), self.worker_share) {
            ("split", Some(cents)) if cents > 0 && cents < price.0 => Ok(Ruling::Split { worker: Money(cents) }),
            ("split", Some(_)) => {
                wrong(format!("It must be more than nothing and less than the price of {price}; else release or refund."))
            }
            ("split", None) => wrong("It is required: what the worker gets, in cents.".into()),
            ("release" | "refund", Some(_)) => wrong("Only a split has one; leave it out.".into()),
            ("release", None) => Ok(Ruling::Release),
            ("refund", None) => Ok(Ruling::Refund),
            _ => Err(Error::field("ruling", "It must be release, refund or split.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(error: Error) -> Vec<String> {
        error.fields.into_iter().map(|field| field.name.into_owned()).collect()
    }

    #[test]
    fn a_ruling_says_what_and_why() {
        let decide = |ruling: &str, worker_share| {
            Decision { ruling: ruling.into(), worker_share, reason: "Half of it is usable.".into() }.check(Money(40_000))
        };
        assert_eq!(decide("release", None).expect("good").0, Ruling::Release);
        assert_eq!(decide("refund", None).expect("good").0, Ruling::Refund);
        assert_eq!(decide("split", Some(39_999)).expect("good").0, Ruling::Split { worker: Money(39_999) });
        for share in [None, Some(0), Some(-1), Some(40_000), Some(i64::MAX)] {
            assert_eq!(fields(decide("split", share).expect_err("no split")), ["worker_share"]);
        }
        assert_eq!(fields(decide("release", Some(5)).expect_err("no split")), ["worker_share"]);
        assert_eq!(fields(decide("maybe", None).expect_err("no word")), ["ruling"]);
        assert_eq!(fields(Decision::default().check(Money(1)).expect_err("nothing")), ["ruling", "reason"]);
    }

    #[test]
    fn a_statement_and_its_evidence_are_checked_together() {
        let exhibit = |text: &str| NewEvidence { text: text.into(), file_id: None };
        let good =
            Statement { statement: "The work was never handed in.".into(), evidence: vec![exhibit(" See the log. ")], new_fact: None };
        assert_eq!(good.check().expect("good").evidence, [exhibit("See the log.")]);
        let short = Statement { statement: "no".into(), evidence: vec![exhibit(""), exhibit("fine")], new_fact: None };
        assert_eq!(fields(short.check().expect_err("short")), ["statement", "text"]);
        let much = Statement { evidence: vec![exhibit("x"); 21], ..good };
        assert_eq!(fields(much.check().expect_err("much")), ["evidence"]);
        let file = NewEvidence { text: String::new(), file_id: Some("file_1".into()) };
        assert_eq!(file.check(), Ok(file.clone()), "a file speaks for itself");
        assert!(NewEvidence { text: String::new(), file_id: Some(" ".into()) }.check().is_err());
    }

    #[test]
    fn whoever_approved_names_a_new_fact_and_nobody_else_does() {
        let says = |word: Option<&str>| Statement { new_fact: word.map(str::to_owned), ..Statement::default() };
        assert_eq!(says(Some("plagiarism")).new_fact(true), Ok(Some(NewFact::Plagiarism)));
        assert_eq!(says(Some(" ")).new_fact(false), Ok(None), "an empty field of a form");
        for (word, bound) in [(None, true), (Some("dislike"), true), (Some("harm"), false)] {
            assert_eq!(fields(says(word).new_fact(bound).expect_err("refused")), ["new_fact"]);
        }
    }
}
