//! The console of the server's admins: members, jobs, disputes, safety cases, the ledger, payments, timers that failed, and what admins did.

pub mod job_list;
pub mod ledger;
pub mod loaders;
pub mod log;
pub mod member;
pub mod member_list;
pub mod payments;
pub mod timers;

use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, PageHead};
use crate::url;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
pub(crate) use loaders::address as member_address;

/// The pages of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The members.
    Members,
    /// The jobs.
    Jobs,
    /// The disputes.
    Disputes,
    /// The things that members reported.
    Safety,
    /// The ledger.
    Ledger,
    /// The payment provider's news that were refused.
    Payments,
    /// The timers that failed.
    Timers,
    /// The acts of admins.
    Log,
}

/// The layout of the console's pages.
#[component]
pub fn Console(tab: Tab, children: Children) -> impl IntoView {
    let tabs = [
        (Tab::Members, "/admin", "Members"),
        (Tab::Jobs, "/admin/jobs", "Jobs"),
        (Tab::Disputes, "/disputes", "Disputes"),
        (Tab::Safety, crate::safety::QUEUE, "Safety"),
        (Tab::Ledger, "/admin/ledger", "Ledger"),
        (Tab::Payments, "/admin/payments", "Payments"),
        (Tab::Timers, "/admin/timers", "Timers"),
        (Tab::Log, "/admin/log", "Log"),
    ];
    let link = move |(of, href, text)| view! { <a href=href aria-current=(of == tab).then_some("page")>{text}</a> };
    let links = tabs.map(link).collect_view();
    let title = tabs.iter().find(|(of, ..)| *of == tab).map_or("Admin", |(.., text)| *text);
    view! {
        <Layout title=format!("{title} · Admin")>
            <PageHead title="Admin" />
            <nav class="tabs" aria-label="Admin">{links}</nav>
            <FlashNotice />
            {children()}
        </Layout>
    }
}

/// Returns a parameter of the page's query; empty if it is not there.
fn asked(name: &str) -> String {
    use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default()
}

/// The link to the items after the last one of a page.
#[component]
fn More(
    /// The page's address with its filters.
    to: String,
    /// The id of the last item, if others follow.
    after: Option<String>,
) -> impl IntoView {
    let begun = !asked("after").is_empty();
    let more = after.map(|after| view! { <a class="btn" href=url::with(&to, "after", &after) rel="next">"Older"</a> });
    let first = begun.then(|| view! { <a class="btn" href=to.clone()>"To the newest"</a> });
    (more.is_some() || first.is_some())
        .then(|| view! { <nav class="pager" aria-label="Pages"><span class="row">{first} {more}</span></nav> })
}
