//! The login route, equal in every dialect.

use crate::body::Body;
use crate::call::AnonymousCall;
use crate::rate_limit::LOGIN;
use crate::response::{ApiResult, ok};
use crate::route::{Route, post};
use crate::samples;
use market::{login, member, password, second_factor, suspension, token};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Builds the login route of one dialect.
pub fn route(path: &'static str, name: &'static str) -> Route {
    post(path, log_in)
        .named(name)
        .says(
            "Log in",
            "Exchanges an email address and password for an access token, which goes into `Authorization: Bearer`. An account with a second \
             factor sends its code as well: without one the answer is 401 `second_factor_required`.",
        )
        .takes(json!({ "email": "ada@example.com", "password": "correct horse battery" }))
        .gives(200, json!({ "access_token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln", "token_type": "bearer", "expires_in": 86400 }))
        .refuses(member::errors::invalid_credentials())
        .refuses(second_factor::errors::second_factor_required())
        .refuses(second_factor::errors::second_factor_invalid())
        .refuses(second_factor::errors::too_many_codes())
        .refuses(login::errors::too_many_wrong_passwords())
        .refuses(suspension::errors::account_suspended())
        .refuses(suspension::errors::account_closed(samples::in_days(7)))
        .refuses(password::errors::busy_logging_in())
        .limited(&LOGIN)
        .unkeyed()
}

/// The email address and password of an account.
#[derive(Deserialize, ToSchema)]
struct Login {
    /// The email address of the account
    #[schema(example = "ada@example.com")]
    email: String,
    /// The password of the account
    #[schema(format = Password)]
    password: String,
    /// The code of the second factor, if the account has one: the six digits of the app, or a recovery code
    #[serde(default)]
    #[schema(example = "287082")]
    code: Option<String>,
}

/// The access token of a login.
#[derive(Serialize, ToSchema)]
struct AccessToken {
    /// The token, to be sent as `Authorization: Bearer`
    access_token: String,
    /// The kind of the token, always `bearer`
    token_type: String,
    /// The life of the token, in seconds
    expires_in: i64,
}

impl From<token::Token> for AccessToken {
    fn from(token: token::Token) -> Self {
        Self { access_token: token.access_token, token_type: token.token_type, expires_in: token.expires_in }
    }
}

async fn log_in(call: AnonymousCall, Body(login): Body<Login>) -> ApiResult<AccessToken> {
    let member = second_factor::log_in_from(call.market(), call.network(), &login.email, &login.password, login.code.as_deref()).await?;
    Ok(ok(token::issue(call.market(), &member)?))
}
