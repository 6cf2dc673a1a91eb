//! Issuing and checking access tokens.

use super::{Token, errors};
use crate::actor::Credential;
use crate::member::Member;
use crate::{Actor, session, suspension};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::id::MemberId;
use kernel::{Error, Result, Time};
use platform::Market;
use serde::{Deserialize, Serialize};

const ISSUER: &str = "guildhall";

/// The claims of a token, which anyone can read.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: MemberId,
    /// Seconds since 1970, as is `exp`.
    iat: i64,
    exp: i64,
    iss: String,
    /// The member's epoch when it was issued.
    epoch: i64,
}

/// Issues a token for a member who has just logged in.
pub fn issue(market: &Market, member: &Member) -> Result<Token> {
    let (now, life) = (market.clock.now(), market.rules.token_life);
    let claims =
        Claims { sub: member.id.clone(), iat: now.seconds(), exp: now.after(life).seconds(), iss: ISSUER.to_owned(), epoch: member.epoch };
    let key = EncodingKey::from_secret(&market.secret);
    let access_token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| {
        tracing::error!(%error, "a token could not be signed");
        Error::internal()
    })?;
    Ok(Token { access_token, token_type: "bearer".to_owned(), expires_in: claims.exp - claims.iat })
}

/// Returns the actor of a token. It must be signed by this server, not expired, and from the member's current epoch.
pub async fn actor(market: &Market, jwt: &str) -> Result<Actor> {
    let claims = read(market, jwt)?;
    if claims.exp <= market.clock.now().seconds() {
        return Err(errors::token_expired());
    }
    let mut conn = market.read().await?;
    let Some(actor) = session::actor(&mut conn, &claims.sub, claims.epoch).await? else {
        suspension::must_not_be(&mut conn, &claims.sub).await?;
        return Err(errors::token_outdated());
    };
    Ok(Actor { credential: Credential::Token, ..actor })
}

/// Returns the epoch and the expiry of a token.
pub fn life(market: &Market, jwt: &str) -> Result<(i64, Time)> {
    let claims = read(market, jwt)?;
    Ok((claims.epoch, Time::from_ms(claims.exp.saturating_mul(1000))))
}

/// Checks the signature and the issuer. The expiry is checked elsewhere, because the library would use the machine's clock.
fn read(market: &Market, jwt: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "sub", "iss"]);
    validation.set_issuer(&[ISSUER]);
    let key = DecodingKey::from_secret(&market.secret);
    let read = jsonwebtoken::decode::<Claims>(jwt, &key, &validation);
    read.map(|data| data.claims).map_err(|_| errors::invalid_token())
}
