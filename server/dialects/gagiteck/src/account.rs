//! Signing up, verifying the address, and the caller's own account.

use api::body::Body;
use api::call::{AnonymousCall, Call};
use api::rate_limit::LOGIN;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use api::{enum_schema, login};
use market::member::{self, Draft, Member};
use market::{password, verification};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/v1/auth/signup", sign_up)
            .named("gagiteck_signup")
            .says(
                "Sign up",
                "Makes an account and sends a mail whose link verifies the address. Posting, applying and funding need a verified address.",
            )
            .takes(json!({ "email": samples::account::EMAIL, "password": "correct horse battery", "name": "Ada" }))
            .gives(201, shown::<Account>(samples::account::member()))
            .refuses(member::errors::email_taken())
            .refuses(verification::errors::too_many_emails())
            .refuses(password::errors::busy_logging_in())
            .limited(&LOGIN),
        login::route("/v1/auth/login", "gagiteck_login"),
        get("/v1/auth/me", show_me)
            .named("gagiteck_me")
            .says("The account of the credential", "Shows the account that the key or token belongs to.")
            .gives(200, shown::<Me>(samples::account::member())),
    ]
}

/// A new account.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::Signup)]
#[serde(default)]
struct Signup {
    /// The email address; the server sends an email with a link to verify it
    #[schema(required, example = "ada@example.com")]
    email: String,
    /// The password, 10 to 200 characters
    #[schema(required, format = Password, min_length = 10, max_length = 200)]
    password: String,
    /// The public name of the account
    #[schema(required, min_length = 1, max_length = 80)]
    name: String,
}

impl From<Signup> for Draft {
    fn from(signup: Signup) -> Self {
        Self { email: signup.email, password: signup.password, name: signup.name }
    }
}

/// An account.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Account)]
struct Account {
    id: String,
    email: String,
    name: String,
    created_at: Stamp,
}

impl From<Member> for Account {
    fn from(member: Member) -> Self {
        Self { id: member.id.0, email: member.email, name: member.name, created_at: member.created_at.into() }
    }
}

/// The account behind the credential.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Me)]
struct Me {
    id: String,
    email: String,
    name: String,
    /// The role on this server as a whole; roles in a team are another matter
    #[schema(schema_with = enum_schema::of::<market::actor::Role>)]
    role: &'static str,
    /// True once the email address is verified, which posting, applying and funding need
    email_verified: bool,
}

impl From<Member> for Me {
    fn from(member: Member) -> Self {
        let email_verified = member.verified_at.is_some();
        Self { id: member.id.0, email: member.email, name: member.name, role: member.role.as_str(), email_verified }
    }
}

async fn sign_up(call: AnonymousCall, Body(signup): Body<Signup>) -> ApiResult<Account> {
    let draft = Draft::from(signup).check()?;
    let hash = call.market().passwords.hash(&draft.password).await?;
    let mut tx = call.begin().await?;
    let member = member::sign_up(&mut tx, &draft, hash).await?;
    call.commit(tx, created(member)).await
}

async fn show_me(call: Call) -> ApiResult<Me> {
    let mut conn = call.read().await?;
    Ok(ok(member::show(&mut conn, &call.actor).await?))
}
