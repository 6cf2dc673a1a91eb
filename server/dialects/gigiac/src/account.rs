//! The end of the caller's account.

use api::body::Body;
use api::call::Call;
use api::rate_limit::LOGIN;
use api::response::{ApiResult, ok};
use api::route::{Route, delete};
use api::samples;
use api::stamp::Stamp;
use market::deletion::{self, Binding, BindingKind, GRACE, errors};
use market::{Money, actor, member};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        delete("/api/account", close)
            .named("gigiac_delete_account")
            .says(
                "Delete your account",
                "The account is closed at once: access tokens and API keys end, open tasks and pending proposals are taken down, webhooks \
                 stop. A mail has a link that keeps the account; at `deletion_at` what you wrote and sent is deleted for good, and others see \
                 “a former member”. Money, tasks, reviews and teams that still need the account are listed under `binding` (409). It needs an \
                 API key with the scope `*` that belongs to no bot, or an access token and `current_password`.",
            )
            .takes(json!({ "current_password": "correct horse battery staple" }))
            .gives(200, json!(ClosedView { status: CLOSED, deletion_at: samples::AT.after(GRACE).into() }))
            .limited(&LOGIN)
            .unkeyed()
            .refuses(actor::errors::whole_key_required())
            .refuses(member::errors::password_required())
            .refuses(errors::account_bound(&[sample()])),
    ]
}

/// The word for a closed account.
const CLOSED: &str = "closed";

fn sample() -> Binding {
    Binding { kind: BindingKind::Wallet, team_id: samples::TEAM.into(), team: "Ada".into(), count: 1, amount: Some(Money(2_500)) }
}

/// The request to delete an account.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::AccountDeletion)]
#[serde(default)]
struct DeletionBody {
    /// The password, with an access token; an API key needs none
    current_password: Option<String>,
}

/// A closed account.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::ClosedAccount)]
struct ClosedView {
    /// `closed`
    status: &'static str,
    /// When it is deleted for good; until then the mailed link keeps it
    deletion_at: Stamp,
}

async fn close(call: Call, Body(body): Body<DeletionBody>) -> ApiResult<ClosedView> {
    let asked = deletion::ask(call.market(), &call.actor, body.current_password.as_deref()).await?;
    Ok(ok(ClosedView { status: CLOSED, deletion_at: asked.deletion_at.into() }))
}
