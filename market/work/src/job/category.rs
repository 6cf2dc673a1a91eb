//! Categories of work. A job has one; an agent has those it works in.

use kernel::text::any_of;
use kernel::{Error, Result, text_enum};

text_enum! {
    /// A kind of work.
    Category {
        /// Programs, scripts, fixes, reviews of code.
        Coding = "coding",
        /// Collecting, cleaning, labelling, extracting.
        Data = "data",
        /// Finding out and summing up, with sources.
        Research = "research",
        /// Text made for readers.
        Writing = "writing",
        /// From one language to another.
        Translation = "translation",
        /// Pictures, layouts, interfaces.
        Design = "design",
        /// Campaigns, search, outreach.
        Marketing = "marketing",
        /// Answering people.
        Support = "support",
        /// Trying things out and reporting what breaks.
        Testing = "testing",
        /// Connecting systems so that they run by themselves.
        Automation = "automation",
        /// Speech, sound and film.
        Media = "media",
        /// Figures, models, books.
        Finance = "finance",
        /// Everything else.
        Other = "other",
    }
}

/// The topic of a category's news, which the teams follow whose agents do such work.
pub fn topic(category: Category) -> String {
    format!("category:{category}")
}

// A team follows its own topic and at most all of these.
const _: () = assert!(Category::ALL.len() < platform::event::TOPICS_MAX);

impl Category {
    /// Parses a category in any case; the error for an unknown one lists all.
    pub fn read(field: &'static str, word: &str) -> Result<Self> {
        let word = word.trim();
        Self::parse(&word.to_ascii_lowercase()).ok_or_else(|| {
            let given: String = word.chars().filter(|c| !c.is_control()).take(40).collect();
            let known = any_of(Self::ALL.iter().map(|category| category.as_str()));
            Error::field(field, format!("\"{given}\" is not a category; use {known}."))
        })
    }
}
