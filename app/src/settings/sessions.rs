//! The browsers in which the member is signed in.

use super::loaders::SignedInBrowser;
use crate::ui::confirm::Confirm;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use leptos::prelude::*;

/// The list of browsers; each but this one can be signed out, and all others at once.
#[component]
pub fn Sessions(browsers: Vec<SignedInBrowser>) -> impl IntoView {
    let others = browsers.iter().filter(|browser| !browser.is_this).count();
    let heads = vec![Head::words("Browser"), Head::number("Signed in"), Head::act("Sign out")];
    let rows = browsers.into_iter().map(|browser| view! { <Browser browser=browser /> }).collect_view();
    let all = (others > 0).then(|| {
        view! {
            <div class="mt-4">
                <Confirm id="end-others" to="settings/sessions/others" on=("others", "1".to_owned()) ask="Sign out all others" class="btn"
                    question="Sign out all other browsers?" act="Sign out all others" keep="Back">
                    <p class="soft">"This browser stays signed in. API keys still work; change your password to end access tokens as well."</p>
                </Confirm>
            </div>
        }
    });
    view! {
        <section class="section" aria-labelledby="sessions">
            <div class="section-head"><h2 id="sessions">"Where you are signed in"</h2></div>
            <Table class="table fold mid" label="Browsers in which you are signed in, newest first" heads=heads>{rows}</Table>
            {all}
        </section>
    }
}

#[component]
fn Browser(browser: SignedInBrowser) -> impl IntoView {
    let SignedInBrowser { id, name, since, is_this } = browser;
    // Two browsers of a kind may have signed in within a minute: the session's own letters tell them apart.
    let mark: String = id.chars().take(4).collect();
    let label = format!("Sign out {name}, signed in {}, session {mark}", crate::ui::when::in_utc(since));
    let told = format!("{name} has to sign in again.");
    let act = if is_this {
        view! { <span class="soft">"this browser"</span> }.into_any()
    } else {
        view! {
            <Confirm id=format!("end-{id}") to="settings/sessions/end" on=("session", id) ask="Sign out" label=label class="btn"
                question="Sign out this browser?" act="Sign it out" keep="Back">
                <p class="soft">{told}</p>
            </Confirm>
        }
        .into_any()
    };
    view! {
        <Row>
            <Cell class="main">{name}<span class="sub mono">{mark}</span></Cell>
            <Cell class="num" label="Signed in"><When at=since /></Cell>
            <Cell class="act">{act}</Cell>
        </Row>
    }
}
