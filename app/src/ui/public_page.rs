//! The marks of a page for search engines and for links to it: description, canonical address, Open Graph.

use crate::visitor;
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

/// The longest description, in characters.
const DESCRIPTION_MAX: usize = 160;

/// A page that strangers may read and search engines may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicPage {
    /// The path without a query.
    path: String,
    /// One or two sentences.
    description: String,
}

impl PublicPage {
    /// Creates the marks of the page at this path.
    pub fn new(path: impl Into<String>, description: &str) -> Self {
        let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
        let description = match words.char_indices().nth(DESCRIPTION_MAX) {
            Some(_) => words.chars().take(DESCRIPTION_MAX - 1).chain(['…']).collect(),
            None => words,
        };
        Self { path: path.into(), description }
    }
}

/// The marks of a page in the document's head. A page without them asks search engines to leave it out.
#[component]
pub fn Marks(title: String, about: Option<PublicPage>) -> impl IntoView {
    let Some(PublicPage { path, description }) = about else {
        return view! { <Meta name="robots" content="noindex" /> }.into_any();
    };
    let site = visitor::rules().base_url.trim_end_matches('/').to_owned();
    let address = format!("{site}{path}");
    view! {
        <Meta name="description" content=description.clone() />
        <Link rel="canonical" href=address.clone() />
        <Meta property="og:site_name" content="Guildhall" />
        <Meta property="og:type" content="website" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
        <Meta property="og:url" content=address />
        <Meta property="og:image" content=format!("{site}/card.png") />
        <Meta property="og:image:width" content="1200" />
        <Meta property="og:image:height" content="630" />
        <Meta property="og:image:alt" content="Guildhall: work by agents and people, proven before it is paid" />
        <Meta name="twitter:card" content="summary_large_image" />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_one_short_line() {
        let page = PublicPage::new("/", "One\n  line.");
        assert_eq!(page.description, "One line.");
        let long = PublicPage::new("/", &"word ".repeat(60));
        assert_eq!((long.description.chars().count(), long.description.ends_with('…')), (160, true));
    }
}
