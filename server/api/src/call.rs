//! The caller's side of an act: the actor, the idempotency key, and the transaction that stores the answer.

use crate::body::Raw;
use crate::context::{ApiState, Caller, RequestContext, caller};
use crate::credential::Presented;
use crate::header::once;
use crate::response::{ApiError, ApiResponse, ApiResult};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName};
use market::actor::AgentChoice;
use market::db::{Conn, Tx};
use market::endpoint::Config;
use market::idempotency::{self, Answer, Ticket};
use market::key::Prefix;
use market::network::Network;
use market::{Actor, Error, Market, Result};
use std::sync::Arc;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// One request of a caller: `begin` an act, or `read`.
pub struct Call<Who = Actor> {
    /// The caller.
    pub actor: Who,
    pub(crate) context: Arc<RequestContext>,
    pub(crate) path: PathAndQuery,
    ticket: Option<Ticket>,
    key_prefix: Option<Prefix>,
}

/// A request without a credential: logging in, signing up, asking for help.
pub type AnonymousCall = Call<Anonymous>;

/// The caller of a request without a credential.
pub struct Anonymous;

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let context = RequestContext::of(parts)?;
        let Caller::Member(actor) = context.caller.clone() else { return Err(Error::internal().into()) };
        let ticket = ticket(parts, &context, &asking(&actor))?;
        Ok(Self { actor, context, path: path(parts), ticket, key_prefix: Presented::family(&parts.headers) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AnonymousCall {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let context = RequestContext::of(parts)?;
        let Caller::Anonymous(from) = &context.caller else { return Err(Error::internal().into()) };
        let ticket = ticket(parts, &context, from)?;
        Ok(Self { actor: Anonymous, context, path: path(parts), ticket, key_prefix: Presented::family(&parts.headers) })
    }
}

impl<Who> Call<Who> {
    /// Returns the market.
    pub fn market(&self) -> &Market {
        &self.context.state.services.market
    }

    /// Returns the parts that acts on webhooks need.
    pub fn webhooks(&self) -> Config<'_> {
        self.state().services.webhooks.config(self.market())
    }

    /// Returns the state that all routes share.
    pub fn state(&self) -> &ApiState {
        &self.context.state
    }

    /// Returns the prefix of the caller's key, which names its dialect; none for an access token.
    pub fn key_prefix(&self) -> Option<Prefix> {
        self.key_prefix
    }

    /// Returns the caller's network.
    pub fn network(&self) -> &Network {
        &self.context.network
    }

    /// Opens a connection for reading.
    pub async fn read(&self) -> Result<Conn> {
        self.market().read().await
    }

    /// Begins an act. A repeated idempotency key ends here with the stored answer, once that answer is on disk.
    pub async fn begin(&self) -> Result<Tx, ApiError> {
        self.begin_about(&[]).await
    }

    /// Begins an act for a request whose body was streamed; `asked` identifies that body under the idempotency key.
    pub async fn begin_about(&self, asked: &[&[u8]]) -> Result<Tx, ApiError> {
        let mut tx = self.market().begin().await?;
        let Some(ticket) = &self.ticket else { return Ok(tx) };
        let ticket = if asked.is_empty() { ticket } else { &ticket.about(asked) };
        match idempotency::claim(&mut tx, ticket).await? {
            None => Ok(tx),
            Some(answer) => {
                tx.commit().await?;
                Err(replay(answer))
            }
        }
    }

    /// Answers a repeated idempotency key as `begin` does. For acts that need more than one transaction.
    pub async fn replay(&self) -> Result<(), ApiError> {
        self.begin().await.map(drop)
    }

    /// Returns a word that stands for this request and its repetitions under its idempotency key; none without a key.
    pub fn request_id(&self) -> Option<String> {
        self.ticket.as_ref().map(Ticket::request_id)
    }

    /// Reports whether this idempotency key has a stored answer. `begin` compares the requests.
    pub async fn is_answered(&self) -> Result<bool> {
        let Some(ticket) = &self.ticket else { return Ok(false) };
        idempotency::is_answered(&mut self.read().await?, ticket).await
    }

    /// Stores the answer under the idempotency key, if there is one, and commits the act.
    pub async fn commit<T>(&self, mut tx: Tx, said: ApiResponse<T>) -> ApiResult<T> {
        if self.ticket.is_some() {
            let body = if said.secret { SHOWN_ONCE.to_owned() } else { String::from_utf8_lossy(&said.body).into_owned() };
            let answer = Answer { status: said.status.as_u16().into(), body };
            idempotency::keep(&mut tx, &answer).await?;
        }
        tx.commit().await?;
        Ok(said)
    }
}

impl Call {
    /// Authenticates the caller again, because a key may be revoked while a file arrives.
    pub async fn actor_now(&self, headers: &HeaderMap) -> Result<Actor> {
        self.context.find_actor(headers).await
    }
}

/// Returns the owner of a request's idempotency key: the caller, for the team it acts for and the agent it names. A key sent
/// for another team is another request.
fn asking(actor: &Actor) -> String {
    let agent = actor.agent.as_ref().filter(|_| actor.agent_choice == AgentChoice::Named);
    let parts = [Some(caller(actor)), Some(actor.team.to_string()), agent.map(ToString::to_string)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The placeholder stored for an answer that held a secret. It is not JSON, so it can't be mistaken for an answer.
const SHOWN_ONCE: &str = "(shown once)";

fn replay(answer: Answer) -> ApiError {
    match answer.body == SHOWN_ONCE {
        true => secret_shown_once().into(),
        false => ApiError::Replayed(Box::new(answer)),
    }
}

/// The answer under the key held a secret, which is not kept.
pub fn secret_shown_once() -> Error {
    let message = "The first answer under this Idempotency-Key held a secret, which is shown only once. \
        Revoke what the first request made, and make another under a new Idempotency-Key.";
    Error::conflict("secret_shown_once", message)
}

/// Returns the address that a request was sent to.
fn path(parts: &Parts) -> PathAndQuery {
    parts.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"))
}

fn ticket(parts: &Parts, context: &RequestContext, whose: &str) -> Result<Option<Ticket>> {
    let Some(key) = once(&parts.headers, &IDEMPOTENCY_KEY)?.filter(|_| !parts.method.is_safe()) else { return Ok(None) };
    let (method, path, query) = (parts.method.as_str(), parts.uri.path(), parts.uri.query().unwrap_or_default());
    let body = parts.extensions.get::<Raw>().map_or(&b""[..], |raw| &raw.0);
    // A key that is not text is not visible ASCII either: `Ticket` refuses the empty key.
    let key = key.to_str().unwrap_or_default();
    let asked = [method.as_bytes(), path.as_bytes(), query.as_bytes(), body];
    Ticket::new(format!("{whose} {method} {path}"), key, &context.state.services.market.secret, &asked).map(Some)
}
