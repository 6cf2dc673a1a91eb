//! Error pages: not found, forbidden, not signed in, broken. Each says where to go from here.

use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, PageHead};
use crate::ui::next::NextStep;
use crate::visitor::LastEvent;
use crate::{respond, url, visitor};
use leptos::prelude::*;
use market::profile::errors::PROFILE_SUSPENDED;
use market::{Error, Kind};

/// The error of a request whose visitor could not be read, because the database can't be reached.
#[derive(Clone, Debug)]
pub struct BrokenPage(pub Error);

/// The code of the error for an address without a page.
const NO_SUCH_PAGE: &str = "no_such_page";

/// The error page, with the error's status.
#[component]
pub fn ErrorPage(error: Error) -> impl IntoView {
    if error.kind == Kind::Unauthenticated {
        return view! { <SignInFirst /> }.into_any();
    }
    respond::status(error.kind.status());
    // It follows no events: none of them changes it.
    provide_context(LastEvent(None));
    let ours = matches!(error.kind, Kind::Internal | Kind::Unavailable);
    let suspended = error.code == PROFILE_SUSPENDED;
    // A visitor who is signed out does not find their own things.
    let may_be_theirs = error.kind == Kind::NotFound && error.code != NO_SUCH_PAGE && !suspended && visitor::current_user().is_none();
    let title = match error.kind {
        _ if suspended => "Account suspended",
        Kind::NotFound => "Not found",
        Kind::Forbidden => "Not allowed",
        Kind::TooMany => "Too many requests",
        Kind::Unavailable => "Not available just now",
        Kind::Internal => "Something broke",
        _ => "That did not work",
    };
    view! {
        <Layout title=title>
            <PageHead title=title />
            <FlashNotice />
            <p class="prose">{error.message} <NextStep next=error.next /></p>
            {ours.then(respond::request_id).flatten().map(|id| view! { <p class="soft mt-2">"Request "<span class="mono">{id}</span></p> })}
            {may_be_theirs.then(|| view! { <p class="prose mt-2">"If it is yours, sign in to see it."</p> })}
            <p class="row mt-6">
                {may_be_theirs.then(|| view! { <a class="btn primary" href=url::with_query("/sign-in", &[("next", &visitor::page())])>"Sign in"</a> })}
                <a class="btn" href="/jobs">"All jobs"</a><a class="btn quiet" href="/">"Home"</a>
            </p>
        </Layout>
    }
    .into_any()
}

/// Redirects the browser to sign in, and back here afterwards.
#[component]
pub fn SignInFirst() -> impl IntoView {
    let to = url::with_query("/sign-in", &[("next", &visitor::page())]);
    respond::see_other(&to);
    view! { <Layout title="Sign in"><p><a href=to>"Sign in to go on"</a></p></Layout> }
}

/// The page for an unknown address.
#[component]
pub fn NotFound() -> impl IntoView {
    let error = Error::new(Kind::NotFound, NO_SUCH_PAGE, "There is no page at this address. It may have been mistyped.");
    view! { <ErrorPage error=error /> }
}
