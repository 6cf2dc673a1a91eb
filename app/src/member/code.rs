//! The second page of a sign-in: the code of the second factor. Until it was typed the browser's session holds the challenge and the
//! page after it, and nobody is signed in.

use super::{session, unsent};
use crate::fault::Fault;
use crate::flash::{self, unkept};
use crate::load::load;
use crate::ui::field::Field;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use crate::url;
use crate::visitor::guest;
use leptos::prelude::*;
use market::second_factor;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// The address of the page.
const PAGE: &str = "/sign-in/code";

/// The session's key of a sign-in that waits for its code.
const WAITING: &str = "sign_in";

#[derive(Serialize, Deserialize)]
struct Waiting {
    token: String,
    next: String,
}

/// Keeps a challenge in the browser's session, and sends the browser to the page that asks for the code.
pub(super) async fn ask(browser: &Session, token: String, next: Option<String>) -> Result<(), Fault> {
    browser.cycle_id().await.map_err(unkept)?;
    browser.insert(WAITING, Waiting { token, next: next.unwrap_or_default() }).await.map_err(unkept)?;
    crate::respond::see_other(PAGE);
    Ok(())
}

/// Signs a browser in, forgets what an earlier form was refused for, and sends it on: to the page of a form that came too late, which
/// is shown there again, or to the page that it wanted.
pub(super) async fn welcome(market: &market::Market, browser: &Session, member: &market::member::Member, next: &str) -> Result<(), Fault> {
    browser.remove_value(WAITING).await.map_err(unkept)?;
    session::begin(browser, member).await?;
    flash::take(browser).await?;
    let unsent = unsent::restore(market, browser, &member.id).await?;
    crate::respond::see_other(url::ours(unsent.as_deref().unwrap_or(next)));
    Ok(())
}

/// Returns true if this browser's sign-in waits for its code.
#[server(prefix = "/_fn", endpoint = "sign-in/waits")]
pub async fn waits() -> Result<bool, Fault> {
    let visitor = guest()?;
    let Some(Waiting { token, .. }) = visitor.session.get(WAITING).await.map_err(unkept)? else { return Ok(false) };
    Ok(second_factor::is_open(&mut visitor.market.read().await?, &token).await?)
}

/// Signs a member in by the code of the second factor, after the password.
#[server(prefix = "/_fn", endpoint = "sign-in/code")]
pub async fn answer_code(code: String) -> Result<(), Fault> {
    let visitor = guest()?;
    let waiting = visitor.session.get(WAITING).await.map_err(unkept)?;
    let Waiting { token, next } = waiting.ok_or_else(second_factor::errors::challenge_over)?;
    let member = second_factor::answer_from(&visitor.market, &visitor.network, &token, &code).await?;
    welcome(&visitor.market, &visitor.session, &member, &next).await
}

/// The page that asks for the code.
#[component]
pub fn SignInCode() -> impl IntoView {
    load(waits(), |waits| view! { <Whole waits=waits /> })
}

#[component]
fn Whole(waits: bool) -> impl IntoView {
    let form = if waits {
        view! {
            <p class="soft">"Your password is right. Now type the six digits that your app shows, or one of your recovery codes: they work also while codes of the app are refused."</p>
            <FlashNotice />
            <Form to="sign-in/code">
                <Field name="code" label="Code" autocomplete="one-time-code" max=40 />
                <Submit class="btn primary full">"Sign in"</Submit>
            </Form>
            <p class="soft">"Lost both the app and the recovery codes? The operator of this server can turn the second factor off."</p>
        }
        .into_any()
    } else {
        view! {
            <p class="soft">"No sign-in waits for a code here: it waits ten minutes at most, and ends with five wrong codes."</p>
            <FlashNotice />
            <p><a class="btn primary full" href="/sign-in">"Sign in again"</a></p>
        }
        .into_any()
    };
    view! {
        <Layout title="Second factor">
            <div class="gate">
                <h1>"Second factor"</h1>
                {form}
            </div>
        </Layout>
    }
}
