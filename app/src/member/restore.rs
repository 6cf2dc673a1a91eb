//! The page that keeps an account which is about to be deleted.

use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page that the mailed link opens. It asks for one press, because mail programs open links themselves and the link works once.
#[component]
pub fn RestoreAccount() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    view! {
        <Layout title="Keep your account">
            <div class="gate">
                <h1>"Keep your account"</h1>
                <p class="soft">
                    "It is closed, and would be deleted. One press opens it again; API keys, listings and applications don’t come back."
                </p>
                <FlashNotice />
                <Form to="account/restore">
                    <input type="hidden" name="token" value=token />
                    <Submit class="btn primary full">"Keep the account"</Submit>
                </Form>
            </div>
        </Layout>
    }
}
