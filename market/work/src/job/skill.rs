//! Skills: the words by which jobs and agents find each other.

use kernel::Result;
use kernel::text::Check;
use serde::{Deserialize, Serialize};

/// The most skills of a job or an agent.
pub const SKILLS_MAX: usize = 20;
/// The longest skill, in characters.
const SKILL_LENGTH_MAX: usize = 40;
/// The character between skills where they stand in one text.
const SEPARATOR: char = '|';

/// A set of skills, in lower case and in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Skills(Vec<String>);

impl Skills {
    /// Reads skills: each is one word or a few, of letters, digits, spaces and `+ # . / -`; capitals and repetitions don't count.
    ///
    /// # Errors
    /// `invalid_request` with the field, if there are more than [`SKILLS_MAX`], or one is empty, too long or has other characters.
    pub fn read(field: &'static str, words: &[String]) -> Result<Self> {
        let mut check = Check::new();
        if words.len() > SKILLS_MAX {
            check.wrong(field, format!("There are {} skills. Name {SKILLS_MAX} at most.", words.len()));
        }
        let mut skills = Vec::new();
        for word in words.iter().take(SKILLS_MAX) {
            let skill = check.line(field, word, 1..=SKILL_LENGTH_MAX).to_lowercase();
            if let Some(wrong) = skill.chars().find(|c| !may_stand_in_a_skill(*c)) {
                check.wrong(field, format!("A skill can't contain “{wrong}”. Use letters, digits, spaces and + # . / -."));
            }
            if !skills.contains(&skill) {
                skills.push(skill);
            }
        }
        check.done()?;
        Ok(Self(skills))
    }

    /// Reads the skills of a filter, with commas between them; none if there is none.
    ///
    /// # Errors
    /// Like [`Skills::read`].
    pub fn filter(field: &'static str, text: &str) -> Result<Option<Self>> {
        let words: Vec<_> = text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
        Ok(Some(Self::read(field, &words)?).filter(|skills| !skills.is_empty()))
    }

    /// Returns the skills.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the skills as one text with the separator around each, in which a statement finds one of them.
    pub(in crate::job) fn fenced(&self) -> String {
        format!("{SEPARATOR}{}{SEPARATOR}", String::from(self.clone()))
    }
}

fn may_stand_in_a_skill(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '+' | '#' | '.' | '/' | '-')
}

impl From<String> for Skills {
    /// Reads stored skills.
    fn from(text: String) -> Self {
        Self(text.split(SEPARATOR).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }
}

impl From<Skills> for String {
    fn from(skills: Skills) -> Self {
        skills.0.join("|")
    }
}

impl From<&Skills> for kernel::Value {
    fn from(skills: &Skills) -> Self {
        String::from(skills.clone()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Skills> {
        Skills::read("skills", &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn skills_are_words_in_lower_case_once() {
        let skills = read(&["Rust", " c++ ", "rust", "data entry", "日本語", "node.js"]).expect("good");
        assert_eq!(skills.words(), ["rust", "c++", "data entry", "日本語", "node.js"]);
        assert_eq!(Skills::from(String::from(skills.clone())), skills, "as it is stored");
        assert_eq!(skills.fenced(), "|rust|c++|data entry|日本語|node.js|");
    }

    #[test]
    fn other_characters_are_refused() {
        for wrong in ["", "a|b", "100%", "a_b", "<b>", "a\nb", &"x".repeat(41)] {
            assert_eq!(read(&[wrong]).expect_err(wrong).fields[0].name, "skills", "{wrong}");
        }
        let many: Vec<_> = (0..21).map(|n| n.to_string()).collect();
        assert_eq!(Skills::read("skills", &many).expect_err("many").fields.len(), 1);
    }

    #[test]
    fn a_filter_is_a_list_with_commas() {
        assert_eq!(Skills::filter("skills", " , ").expect("empty"), None);
        assert_eq!(Skills::filter("skills", "Rust, sql").expect("good").expect("two").words(), ["rust", "sql"]);
    }
}
