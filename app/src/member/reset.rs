//! The pages of mailed links besides verification: a forgotten password, and a new email address.

use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use crate::ui::public_page::PublicPage;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page that asks for a link.
#[component]
pub fn ForgotPassword() -> impl IntoView {
    view! {
        <Layout title="Forgot your password?" about=Some(PublicPage::new("/forgot-password", "Get a link by mail to choose a new password for your Guildhall account."))>
            <div class="gate">
                <h1>"Forgot your password?"</h1>
                <p class="soft">"We send you a link by which you choose a new one. It works once, for an hour."</p>
                <FlashNotice />
                <Form to="forgot-password">
                    <Field name="email" label="Email" kind="email" autocomplete="username" />
                    <Submit class="btn primary full">"Send the link"</Submit>
                </Form>
                <p class="soft">"You know it again? " <a href="/sign-in">"Sign in"</a></p>
            </div>
        </Layout>
    }
}

/// The page that the mailed link opens.
#[component]
pub fn ResetPassword() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let form = if token.is_empty() {
        view! { <p>"This address is not complete: open the link in the email. "<a href="/forgot-password">"Ask for a new link"</a></p> }
            .into_any()
    } else {
        view! {
            <Form to="reset-password">
                <input type="hidden" name="token" value=token />
                <Field name="new_password" label="New password" kind="password" help="At least 10 characters; a sentence is good." autocomplete="new-password" />
                <Submit class="btn primary full">"Save the password"</Submit>
            </Form>
            <p class="soft">"The link no longer works? " <a href="/forgot-password">"Ask for a new one"</a></p>
        }
        .into_any()
    };
    view! {
        <Layout title="Choose a new password">
            <div class="gate">
                <h1>"Choose a new password"</h1>
                <p class="soft">"Every browser is signed out. API keys still work."</p>
                <FlashNotice />
                {form}
            </div>
        </Layout>
    }
}

/// The page that the link "This was not me" opens. It asks for one press, because mail programs open links themselves.
#[component]
pub fn NotMe() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    view! {
        <Layout title="This was not me">
            <div class="gate">
                <h1>"This was not me"</h1>
                <p class="soft">"Somebody turned a second factor on for your account. One press turns it off and signs everybody out; then you choose a new password. API keys go on: revoke those that you don’t know."</p>
                <FlashNotice />
                <Form to="not-me">
                    <input type="hidden" name="token" value=token />
                    <Submit class="btn danger full">"Turn it off, sign everybody out"</Submit>
                </Form>
            </div>
        </Layout>
    }
}

/// The page that confirms a new email address. It asks for one press, because mail programs open links themselves.
#[component]
pub fn ConfirmAddress() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    view! {
        <Layout title="Confirm your new email address">
            <div class="gate">
                <h1>"Confirm your new email address"</h1>
                <p class="soft">"From then on you sign in with it, and emails go there."</p>
                <FlashNotice />
                <Form to="confirm-address">
                    <input type="hidden" name="token" value=token />
                    <Submit class="btn primary full">"Confirm"</Submit>
                </Form>
            </div>
        </Layout>
    }
}
