//! Links to the parts of a job's page. On a wide page they stay in view, so that the conversation is one click away.

use crate::conversation::ConversationView;
use crate::conversation::messages::is_shown;
use leptos::prelude::*;
use market::Page;
use market::application::Application;
use market::deliverable::Deliverable;
use market::job::View;

/// A part of the page: its anchor, its name, and how many things are in it.
type Part = (&'static str, &'static str, Option<i64>);

/// The parts that a job's page has for its viewer.
pub struct Parts {
    all: Vec<Part>,
    /// The number of messages that the viewer has not read.
    unread: i64,
}

impl Parts {
    /// Lists the parts in the order of the page.
    pub fn of(
        view: &View,
        deliverables: &[Deliverable],
        applications: Option<&Page<Application>>,
        heard: Option<&ConversationView>,
        unread: i64,
    ) -> Self {
        let some = |n: i64| (n > 0).then_some(n);
        let mut all: Vec<Part> = vec![("brief", "Brief", None)];
        if view.may_deliver {
            all.push(("deliver", "Deliver", None));
        }
        if !deliverables.is_empty() {
            all.push(("work", "Work", i64::try_from(deliverables.len()).ok()));
        }
        if let Some(page) = applications {
            all.push(("applications", "Applications", some(page.total)));
        }
        if is_shown(view, heard) {
            let said = heard.and_then(|heard| match heard {
                ConversationView::Said(page) => some(page.total),
                ConversationView::Blind(_) => None,
            });
            all.push(("messages", "Messages", said));
        }
        all.extend([("timeline", "Timeline", None), ("money", "Money", None)]);
        Self { all, unread }
    }

    /// Adds the questions after the brief, if the page has them.
    #[must_use]
    pub fn with_questions(mut self, asked: Option<i64>) -> Self {
        if let Some(asked) = asked {
            self.all.insert(1, ("questions", "Questions", (asked > 0).then_some(asked)));
        }
        self
    }
}

/// The line of links.
#[component]
pub fn PartLinks(parts: Parts) -> impl IntoView {
    let Parts { all, unread } = parts;
    let links = all.into_iter().map(|(id, name, n)| {
        let unread = if id == "messages" { unread } else { 0 };
        view! {
            <a href=format!("#{id}")>
                {name}
                {n.filter(|_| unread == 0).map(|n| view! { <span class="n">{n}</span> })}
                {(unread > 0).then(|| view! { <span class="new">{format!("{unread} new")}</span> })}
            </a>
        }
    });
    view! { <nav class="tabs parts mt-8" aria-label="Parts of the page">{links.collect_view()}</nav> }
}
