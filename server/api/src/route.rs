//! The rows of the route table: method, path, handler and documentation. Router and document are both built from them; the
//! schemas of a handler's request and response follow from its signature.

use crate::context::{Access, ApiState};
use crate::dialect::Dialect;
use crate::middleware::{Endpoint, Tongue, handle, panicked};
use crate::openapi::Doc;
use crate::rate_limit::Policy;
use crate::tag::Tag;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::Value;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

mod described;
pub mod shared;
pub use described::{Argument, Described};
use shared::{Candidate, dispatch, must_agree};
pub use shared::{Claim, Shape};

/// One operation.
#[derive(Clone)]
pub struct Route {
    /// `GET`
    pub method: Method,
    /// `/api/jobs/{id}`
    pub path: &'static str,
    /// The documentation.
    pub doc: Doc,
    policy: Option<&'static Policy>,
    claim: Option<Claim>,
    filter: MethodFilter,
    handler: MethodRouter,
}

/// Creates a route that reads.
pub fn get<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::GET, MethodFilter::GET, path, handler)
}

/// Creates a route that runs an act.
pub fn post<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::POST, MethodFilter::POST, path, handler)
}

/// Creates a route that changes some fields.
pub fn patch<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PATCH, MethodFilter::PATCH, path, handler)
}

/// Creates a route that replaces a thing.
pub fn put<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PUT, MethodFilter::PUT, path, handler)
}

/// Creates a route that removes a thing.
pub fn delete<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::DELETE, MethodFilter::DELETE, path, handler)
}

fn route<H, M, A>(method: Method, filter: MethodFilter, path: &'static str, handler: H) -> Route
where
    H: Handler<M, ()> + Described<A>,
    M: 'static,
{
    let mut doc = Doc::default();
    H::describe(&mut doc);
    doc.name_path_parameters(path);
    Route { method, path, doc, policy: None, claim: None, filter, handler: on(filter, handler) }
}

impl Route {
    /// A stable name for generated clients.
    pub fn named(mut self, id: &'static str) -> Self {
        self.doc.id = id;
        self
    }

    /// Sets the purpose, under which the document lists the route.
    pub fn tagged(mut self, tag: Tag) -> Self {
        self.doc.tag = tag;
        self
    }

    /// Sets the summary, one line, and the description.
    pub fn says(mut self, summary: &'static str, description: &'static str) -> Self {
        (self.doc.summary, self.doc.description) = (summary, description);
        self
    }

    /// Sets an example of the request body.
    pub fn takes(mut self, example: Value) -> Self {
        self.doc.takes = Some(example);
        self
    }

    /// Sets the status and an example of a success.
    pub fn gives(mut self, status: u16, example: Value) -> Self {
        (self.doc.status, self.doc.gives) = (status, Some(example));
        self
    }

    /// Adds an error beside those that follow from the signature.
    pub fn refuses(mut self, error: market::Error) -> Self {
        self.doc.refusals.push(error);
        self
    }

    /// Adds several errors beside those that follow from the signature.
    pub fn refuses_all(mut self, errors: impl IntoIterator<Item = market::Error>) -> Self {
        self.doc.refusals.extend(errors);
        self
    }

    /// Adds the errors of an act that takes money from the wallet: the mandate of the agent in whose name a key acts may refuse it.
    pub fn spends(self) -> Self {
        self.refuses_all(market::mandate::errors::refusals())
    }

    /// Refuses API keys: the route needs a login.
    pub fn in_person(mut self) -> Self {
        self.doc.in_person = true;
        self
    }

    /// Takes no idempotency key, because a repetition changes nothing.
    pub fn unkeyed(mut self) -> Self {
        self.doc.unkeyed = true;
        self
    }

    /// Sets the media type of a response that is not JSON.
    pub fn in_media(mut self, media: &'static str) -> Self {
        self.doc.media = Some(media);
        self
    }

    /// Adds a further status that is not an error, and its meaning.
    pub fn also(mut self, status: u16, told: &'static str) -> Self {
        self.doc.also.push((status, told));
        self
    }

    /// Adds a further success in the shape of the first, its meaning, and an example.
    pub fn also_gives(mut self, status: u16, told: &'static str, example: Value) -> Self {
        self.doc.also_gives = Some((status, told, example));
        self
    }

    /// Sets a rate policy other than its dialect's usual one.
    pub fn limited(mut self, policy: &'static Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Claims the requests of one shape on a path that several dialects share. Exactly one row of such a path has no claim and
    /// takes the rest. The dialect is known once the body is read; until then the credential's family decides, else the row
    /// without a claim.
    pub fn claiming(mut self, claim: Claim) -> Self {
        self.claim = Some(claim);
        self
    }

    /// Returns the rate policy of the route.
    pub fn policy(&self, dialect: &dyn Dialect) -> &'static Policy {
        self.policy.unwrap_or_else(|| dialect.policy(&self.method))
    }

    fn access(&self) -> Access {
        if self.doc.signed_in { Access::Member } else { Access::Anybody }
    }
}

/// Builds the service of all rows of one method and path: one row, or several that share it.
pub fn mount(rows: &[(&'static dyn Dialect, &Route)], state: &Arc<ApiState>) -> MethodRouter {
    let guarded = |route: &Route| route.handler.clone().layer(CatchPanicLayer::custom(panicked));
    let (endpoint, handler) = match rows {
        [(dialect, route)] => {
            let tongue = Tongue::One(*dialect, route.policy(*dialect));
            (Endpoint { state: state.clone(), tongue, access: route.access(), streams: route.doc.form }, guarded(route))
        }
        _ => {
            let candidate = |(dialect, route): &(&'static dyn Dialect, &Route)| Candidate {
                dialect: *dialect,
                policy: route.policy(*dialect),
                claim: route.claim,
            };
            let all: Arc<[Candidate]> = rows.iter().map(candidate).collect();
            let (_, first) = rows[0];
            must_agree(first.path, &all);
            assert!(rows.iter().all(|(_, route)| route.access() == first.access()), "all rows of {} admit the same callers", first.path);
            let handler = dispatch(first.filter, rows.iter().map(|(_, route)| guarded(route)).collect());
            (Endpoint { state: state.clone(), tongue: Tongue::Shared(all), access: first.access(), streams: false }, handler)
        }
    };
    handler.layer(from_fn_with_state(endpoint, handle))
}
