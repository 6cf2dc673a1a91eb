//! The route table's rows: a method, a path, a handler, and what the document says of it. Router and document are both
//! built from them, and what a handler takes and gives is read off its own signature.

use crate::context::{Access, ApiState};
use crate::dialect::Dialect;
use crate::middleware::{Endpoint, Tongue, handle, panicked};
use crate::openapi::Doc;
use crate::rate_limit::Policy;
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
    /// What the document says.
    pub doc: Doc,
    policy: Option<&'static Policy>,
    claim: Option<Claim>,
    filter: MethodFilter,
    handler: MethodRouter,
}

/// A route that reads.
pub fn get<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::GET, MethodFilter::GET, path, handler)
}

/// A route that acts.
pub fn post<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::POST, MethodFilter::POST, path, handler)
}

/// A route that changes some fields.
pub fn patch<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PATCH, MethodFilter::PATCH, path, handler)
}

/// A route that replaces.
pub fn put<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PUT, MethodFilter::PUT, path, handler)
}

/// A route that takes away.
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

    /// What it does, in a line, and what else one should know.
    pub fn says(mut self, summary: &'static str, description: &'static str) -> Self {
        (self.doc.summary, self.doc.description) = (summary, description);
        self
    }

    /// An example of the body it takes.
    pub fn takes(mut self, example: Value) -> Self {
        self.doc.takes = Some(example);
        self
    }

    /// The status and an example of the answer when all went well.
    pub fn gives(mut self, status: u16, example: Value) -> Self {
        (self.doc.status, self.doc.gives) = (status, Some(example));
        self
    }

    /// One more way in which it refuses, beside those that follow from its shape.
    pub fn refuses(mut self, error: market::Error) -> Self {
        self.doc.refusals.push(error);
        self
    }

    /// Refuses API keys: it needs the person.
    pub fn in_person(mut self) -> Self {
        self.doc.in_person = true;
        self
    }

    /// Takes no idempotency key, because doing it twice changes nothing.
    pub fn unkeyed(mut self) -> Self {
        self.doc.unkeyed = true;
        self
    }

    /// Its answer is no JSON.
    pub fn in_media(mut self, media: &'static str) -> Self {
        self.doc.media = Some(media);
        self
    }

    /// Another status that is no refusal, and what it means.
    pub fn also(mut self, status: u16, told: &'static str) -> Self {
        self.doc.also.push((status, told));
        self
    }

    /// Other limits than its dialect's usual ones.
    pub fn limited(mut self, policy: &'static Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Claims the requests of one shape on a path that several dialects share. Of the rows of such a path exactly one has no
    /// claim: it takes the rest. The dialect of an answer is known once the body is read; before, the credential's family
    /// decides, else the row without a claim.
    pub fn claiming(mut self, claim: Claim) -> Self {
        self.claim = Some(claim);
        self
    }

    /// The rate policy of its callers.
    pub fn policy(&self, dialect: &dyn Dialect) -> &'static Policy {
        self.policy.unwrap_or_else(|| dialect.policy(&self.method))
    }

    fn access(&self) -> Access {
        if self.doc.signed_in { Access::Member } else { Access::Anybody }
    }
}

/// The service of all rows of one method and path: one row, or several that share it.
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
