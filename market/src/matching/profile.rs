//! A profile of skills that open jobs are matched with, without an agent.

use kernel::text::Check;
use kernel::{Money, Result};
use work::job::{Category, Skills};

/// Input for a profile. Lists have commas between their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileDraft {
    /// Up to 20 skills.
    pub skills: Option<String>,
    /// Words of [`Category`]; none for all.
    pub categories: Option<String>,
    /// The least that the highest budget of a job must be, in dollars.
    pub budget_min: Option<String>,
}

/// A profile of skills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The skills.
    pub skills: Skills,
    /// The categories; none for all.
    pub categories: Vec<Category>,
    /// The least that the highest budget of a job must be.
    pub budget_min: Money,
}

impl ProfileDraft {
    /// Checks the profile; the error names every wrong field.
    pub fn check(&self) -> Result<Profile> {
        let mut check = Check::new();
        let skills = self.skills.as_deref().and_then(|text| check.take(Skills::filter("skills", text))).flatten();
        let words = self.categories.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
        // A list longer than all categories repeats itself.
        let read = words.take(Category::ALL.len() + 1).filter_map(|word| check.take(Category::read("categories", word)));
        let categories = read.collect();
        let budget_min = self.budget_min.as_deref().and_then(|text| check.take(Money::parse_major("budget_min", text)));
        let budget_min = budget_min.and_then(|Money(cents)| check.take(Money::within("budget_min", cents, Money::ZERO)));
        check.done()?;
        Ok(Profile { skills: skills.unwrap_or_default(), categories, budget_min: budget_min.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(skills: &str, categories: &str, budget_min: &str) -> ProfileDraft {
        ProfileDraft { skills: Some(skills.into()), categories: Some(categories.into()), budget_min: Some(budget_min.into()) }
    }

    #[test]
    fn a_profile_is_read_from_lists() {
        let read = draft("Rust, sql", "coding,, Data", "12.50").check().expect("good");
        assert_eq!(
            (read.skills.words().len(), read.categories.as_slice(), read.budget_min),
            (2, &[Category::Coding, Category::Data][..], Money(1_250))
        );
        assert_eq!(ProfileDraft::default().check(), Ok(Profile::default()));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let error = draft("100%", "juggling", "-1").check().expect_err("wrong");
        assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["skills", "categories", "budget_min"]);
    }
}
