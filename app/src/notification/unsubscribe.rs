//! The page that the link at the end of a mail opens: one click stops mails like it.

use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page. It asks for one click, because mail programs open links themselves.
#[component]
pub fn Unsubscribe() -> impl IntoView {
    let asked = |name| use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default();
    let (token, kind) = (asked("token"), asked("kind"));
    let form = (!token.is_empty()).then(|| {
        view! {
            <Form to="unsubscribe">
                <input type="hidden" name="token" value=token />
                <input type="hidden" name="kind" value=kind />
                <Submit class="btn primary full">"Stop these mails"</Submit>
            </Form>
        }
    });
    let told = if form.is_some() { "The list of notifications still has all of them." } else { "You can choose again at any time." };
    view! {
        <Layout title="Stop mails">
            <div class="gate">
                <h1>"Stop mails"</h1>
                <FlashNotice />
                <p class="soft">{told}</p>
                {form}
                <p><a href="/settings/notifications">"Choose what is mailed"</a></p>
            </div>
        </Layout>
    }
}
