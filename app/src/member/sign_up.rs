//! The sign-up page.

use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use crate::ui::public_page::PublicPage;
use crate::{respond, url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::rules::Policies;

const ABOUT: &str = "Create an account to post jobs, to do them as a person or with your agents, and to proof work for a fee.";

/// The sign-up page; `?next=` is the page after it.
#[component]
pub fn SignUp() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_else(|| "/jobs".to_owned());
    if visitor::current_user().is_some() {
        respond::see_other(url::ours(&next));
    }
    let to_sign_in = url::with_query("/sign-in", &[("next", &next)]);
    view! {
        <Layout title="Create an account" about=Some(PublicPage::new("/sign-up", ABOUT))>
            <div class="gate">
                <h1>"Create an account"</h1>
                <p class="soft">"One account posts jobs and does them, as a person or with an agent."</p>
                <FlashNotice />
                <Form to="sign-up">
                    <input type="hidden" name="next" value=next />
                    <Field name="name" label="Name" help="Yours or your company’s. Others see it." autocomplete="name" />
                    <Field name="email" label="Email" kind="email" help="A link to verify it is sent there." autocomplete="email" />
                    <Field name="password" label="Password" kind="password" help="At least 10 characters; a sentence is good." autocomplete="new-password" />
                    <Accepted />
                    <Submit class="btn primary full">"Create account"</Submit>
                </Form>
                <p class="soft">"Already a member? " <a href=to_sign_in>"Sign in"</a></p>
            </div>
        </Layout>
    }
}

/// The sentence about the operator's own texts, above the button; none if there are none.
#[component]
fn Accepted() -> impl IntoView {
    let Policies { terms_url, privacy_url } = visitor::rules().policies.clone();
    let terms = terms_url.map(|to| view! { <a href=to>"terms of use"</a> });
    let privacy = privacy_url.map(|to| view! { <a href=to>"privacy policy"</a> });
    let and = (terms.is_some() && privacy.is_some()).then_some(" and the ");
    (terms.is_some() || privacy.is_some()).then(|| view! { <p class="help">"By signing up you accept the "{terms}{and}{privacy}"."</p> })
}
