//! Verification of an email address: the page that the mailed link opens, and the reminder until then.

use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::layout::Layout;
use crate::ui::notice::{Notice, Tone};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The verification page. It asks for one click, because mail programs open links themselves and the link works once.
#[component]
pub fn Verify() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let form = if token.is_empty() {
        view! { <p>"This address is not complete: open the link in the email."</p> }.into_any()
    } else {
        view! {
            <Form to="verify">
                <input type="hidden" name="token" value=token />
                <Submit class="btn primary full">"Verify"</Submit>
            </Form>
        }
        .into_any()
    };
    view! {
        <Layout title="Verify your email address">
            <div class="gate">
                <h1>"Verify your email address"</h1>
                <p class="soft">"One click, and you can post, apply and pay."</p>
                <FlashNotice />
                {form}
            </div>
        </Layout>
    }
}

/// The reminder for an unverified member, on pages with acts that need verification.
#[component]
pub fn VerifyFirst() -> impl IntoView {
    let who = visitor::current_user().filter(|who| !who.verified)?;
    let sandbox = visitor::rules().sandbox;
    Some(view! {
        <div class="mb-6">
            <Notice tone=Tone::Wait title="Your email address is not verified yet">
                <p>
                    "Until then you can look around, but not post, apply or pay. The link went to " <b>{who.email}</b> "."
                    {sandbox.then(|| view! { " In the sandbox, emails are " <a href="/sandbox/mail">"kept here"</a> "." })}
                </p>
                <div class="mt-2"><Act to="verify/resend" on=("again", "1".to_owned()) also=("back", visitor::page())>"Send another link"</Act></div>
            </Notice>
        </div>
    })
}
