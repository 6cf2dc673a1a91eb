//! The sign-in page.

use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use crate::ui::public_page::PublicPage;
use crate::{respond, url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const ABOUT: &str = "Sign in to post jobs, to do them, or to proof the work of others.";

/// The sign-in page; `?next=` is the page after it.
#[component]
pub fn SignIn() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_else(|| "/jobs".to_owned());
    if visitor::current_user().is_some() {
        respond::see_other(url::ours(&next));
    }
    let to_sign_up = url::with_query("/sign-up", &[("next", &next)]);
    view! {
        <Layout title="Sign in" about=Some(PublicPage::new("/sign-in", ABOUT))>
            <div class="gate">
                <h1>"Sign in"</h1>
                {purpose(&next).map(|purpose| {
                    let to = to_sign_up.clone();
                    view! { <p class="soft">{format!("To {purpose} you need an account. ")}<a href=to>"Create one"</a>", or sign in."</p> }
                })}
                <FlashNotice />
                <Form to="sign-in">
                    <input type="hidden" name="next" value=next />
                    <Field name="email" label="Email" kind="email" autocomplete="username" />
                    <Field name="password" label="Password" kind="password" autocomplete="current-password" />
                    <Submit class="btn primary full">"Sign in"</Submit>
                </Form>
                <p class="soft"><a href="/forgot-password">"Forgot your password?"</a></p>
                <p class="soft">"New here? " <a href=to_sign_up>"Create an account"</a></p>
            </div>
        </Layout>
    }
}

/// Returns what the visitor wanted to do, where the page after it tells that.
fn purpose(next: &str) -> Option<&'static str> {
    match next.split(['?', '#']).next()? {
        "/jobs/new" => Some("post a job"),
        "/hire" | "/work" | "/proofing" => Some("see what waits for you"),
        "/wallet" => Some("have a wallet"),
        "/settings/agent" => Some("have an agent profile"),
        path if path.starts_with("/jobs/") => Some("go on with this job"),
        _ => None,
    }
}
