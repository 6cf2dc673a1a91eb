//! The context of one request: what the server shares, the dialect, the request's id and its caller. The middleware makes it
//! once, and extractors read it.

use crate::acting;
use crate::answer_cache::AnswerCache;
use crate::conditional::tag;
use crate::credential::Presented;
use crate::dialect::{Dialect, Trace};
use crate::openapi::document;
use crate::rate_limit::{LimitStatus, Policy, Subject, too_many};
use crate::response::ApiError;
use crate::services::Services;
use crate::table::Table;
use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use market::actor::Credential;
use market::network::Network;
use market::permit::Permit;
use market::{Actor, Error};
use std::net::Ipv4Addr;
use std::sync::Arc;
use storage::body_budget::Sender;

/// The state that all routes of one server share.
pub struct ApiState {
    /// The running services.
    pub services: Services,
    /// `/openapi.json`, rendered.
    pub document: Bytes,
    /// The tag of the document, which is large: it is hashed once.
    pub document_tag: HeaderValue,
    /// The route table, also used to suggest the nearest route on a 404.
    pub table: Table,
    /// The answers that were read before.
    pub(crate) answers: AnswerCache,
}

impl ApiState {
    /// Renders the document of this table.
    pub(crate) fn new(services: Services, table: Table) -> Self {
        let rendered = document(&table, &services.market.rules.base_url).to_json().expect("the document serialises");
        let document: Bytes = rendered.into();
        let document_tag = tag(&document).expect("hexadecimal digits are a header's value");
        Self { services, document, document_tag, table, answers: AnswerCache::default() }
    }
}

/// The callers that a route admits. A body is read only from an admitted caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Callers with a valid credential.
    Member,
    /// All callers.
    Anybody,
    /// No caller: there is no route.
    Nobody,
}

/// The caller of a request, as admitted.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A caller with a valid credential.
    Member(Actor),
    /// A caller of whom only the network address is known.
    Anonymous(String),
    /// No caller was admitted.
    Nobody,
}

/// The context of one request, in the request's extensions.
pub struct RequestContext {
    /// The server's shared state.
    pub state: Arc<ApiState>,
    /// The dialect that the answer is in.
    pub dialect: &'static dyn Dialect,
    /// The request's id and time.
    pub trace: Trace,
    /// The admitted caller.
    pub caller: Caller,
    /// The number of the last event when the caller was authenticated, if it was read.
    pub(crate) seq: Option<i64>,
    /// The caller's network.
    pub(crate) network: Network,
    /// The caller's status in the tightest window of the route's rate policy.
    pub(crate) limit: Option<LimitStatus>,
    /// The caller's concurrency permit, held as long as the context lives.
    permit: Option<Permit>,
}

impl RequestContext {
    pub(crate) fn new(state: Arc<ApiState>, dialect: &'static dyn Dialect, trace: Trace) -> Self {
        Self {
            state,
            dialect,
            trace,
            caller: Caller::Nobody,
            seq: None,
            network: Network::of(Ipv4Addr::UNSPECIFIED.into()),
            limit: None,
            permit: None,
        }
    }

    /// The context of the request that is being extracted from.
    pub fn of(parts: &Parts) -> Result<Arc<RequestContext>, Error> {
        parts.extensions.get::<Arc<RequestContext>>().cloned().ok_or_else(Error::internal)
    }

    /// Admits the caller by the head of the request alone, before anything of its body is read. A failed credential counts
    /// against the address.
    pub(crate) async fn admit(&mut self, parts: &Parts, policy: &'static Policy, access: Access) -> Result<(), ApiError> {
        self.network = Network::of(self.state.services.limiter.address(&parts.headers, &parts.extensions));
        match access {
            Access::Member => {
                let found = match self.find_actor_at(&parts.headers).await {
                    Ok((actor, seq)) => {
                        self.state.services.uses.record(&actor);
                        self.seq = seq;
                        Ok(actor)
                    }
                    Err(error) => Err(error),
                };
                let subject = self.subject(parts, found.as_ref().ok());
                self.count(policy, &subject)?;
                self.caller = Caller::Member(found?);
            }
            Access::Anybody => {
                let subject = self.subject(parts, None);
                self.count(policy, &subject)?;
                self.caller = Caller::Anonymous(self.network.own.clone());
            }
            Access::Nobody => {}
        }
        Ok(())
    }

    /// Authenticates a member again: a credential may have been revoked while the body was awaited.
    pub(crate) async fn readmit(&mut self, parts: &Parts) -> Result<(), ApiError> {
        if let Caller::Member(_) = self.caller {
            self.caller = Caller::Member(self.find_actor(&parts.headers).await?);
        }
        Ok(())
    }

    /// Returns the sender whose memory the request's body takes.
    pub(crate) fn sender(&self) -> Sender {
        let bodies = &self.state.services.bodies;
        match &self.caller {
            Caller::Member(actor) => bodies.of_member(actor.member.as_str()),
            Caller::Anonymous(_) | Caller::Nobody => bodies.of_network(&self.network),
        }
    }

    /// The actor whose credential these headers hold.
    pub(crate) async fn find_actor(&self, headers: &HeaderMap) -> Result<Actor, Error> {
        Ok(self.find_actor_at(headers).await?.0)
    }

    async fn find_actor_at(&self, headers: &HeaderMap) -> Result<(Actor, Option<i64>), Error> {
        let presented = Presented::find(headers, self.dialect)?;
        let (actor, seq) = presented.actor(&self.state.services.market).await?;
        Ok((acting::chosen(&self.state.services.market, actor, headers).await?, seq))
    }

    fn subject(&self, parts: &Parts, actor: Option<&Actor>) -> Subject {
        let network = self.network.clone();
        let path = parts.uri.path().to_owned();
        match actor {
            Some(actor) => {
                Subject { member: actor.member.to_string(), caller: caller(actor), plan: actor.plan, network: Some(network), path }
            }
            None => Subject::anonymous(network, path),
        }
    }

    fn count(&mut self, policy: &'static Policy, subject: &Subject) -> Result<(), ApiError> {
        let limiter = &self.state.services.limiter;
        self.limit = limiter.count(policy, subject);
        if let Some(wait) = self.limit.and_then(|limit| limit.wait) {
            return Err(too_many(wait).into());
        }
        self.permit = limiter.enter(policy, subject)?;
        Ok(())
    }
}

/// The owner of counters and idempotency keys: the API key, or the member who has logged in.
pub(crate) fn caller(actor: &Actor) -> String {
    match &actor.credential {
        Credential::Key { id, .. } => id.to_string(),
        _ => actor.member.to_string(),
    }
}
