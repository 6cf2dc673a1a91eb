//! The route table's rows: a method, a path, a handler, and what the document says of it. Router and document are both
//! built from them, and what a handler takes and gives is read off its own signature.

use crate::dialect::Dialect;
use crate::document::Doc;
use crate::edge::{Edge, cross, panicked};
use crate::limit::Policy;
use crate::scene::{Desk, Door};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::Value;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

mod described;
pub(crate) use described::{Argument, Described};

/// One operation.
#[derive(Clone)]
pub(crate) struct Route {
    /// `GET`
    pub method: Method,
    /// `/api/jobs/{id}`
    pub path: &'static str,
    /// What the document says.
    pub doc: Doc,
    policy: Option<Policy>,
    handler: MethodRouter,
}

/// A route that reads.
pub(crate) fn get<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::GET, MethodFilter::GET, path, handler)
}

/// A route that acts.
pub(crate) fn post<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::POST, MethodFilter::POST, path, handler)
}

/// A route that changes some fields.
pub(crate) fn patch<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PATCH, MethodFilter::PATCH, path, handler)
}

/// A route that replaces.
pub(crate) fn put<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::PUT, MethodFilter::PUT, path, handler)
}

/// A route that takes away.
pub(crate) fn delete<H: Handler<M, ()> + Described<A>, M: 'static, A>(path: &'static str, handler: H) -> Route {
    route(Method::DELETE, MethodFilter::DELETE, path, handler)
}

fn route<H, M, A>(method: Method, filter: MethodFilter, path: &'static str, handler: H) -> Route
where
    H: Handler<M, ()> + Described<A>,
    M: 'static,
{
    let mut doc = Doc::default();
    H::describe(&mut doc);
    Route { method, path, doc, policy: None, handler: on(filter, handler) }
}

impl Route {
    /// A stable name for generated clients.
    pub(crate) fn named(mut self, id: &'static str) -> Self {
        self.doc.id = id;
        self
    }

    /// What it does, in a line, and what else one should know.
    pub(crate) fn says(mut self, summary: &'static str, description: &'static str) -> Self {
        (self.doc.summary, self.doc.description) = (summary, description);
        self
    }

    /// An example of the body it takes.
    pub(crate) fn takes(mut self, example: Value) -> Self {
        self.doc.takes = Some(example);
        self
    }

    /// The status and an example of the answer when all went well.
    pub(crate) fn gives(mut self, status: u16, example: Value) -> Self {
        (self.doc.status, self.doc.gives) = (status, Some(example));
        self
    }

    /// One more way in which it refuses, beside those that follow from its shape.
    pub(crate) fn refuses(mut self, error: market::Error) -> Self {
        self.doc.refusals.push(error);
        self
    }

    /// Refuses API keys: it needs the person.
    pub(crate) fn in_person(mut self) -> Self {
        self.doc.in_person = true;
        self
    }

    /// Takes no idempotency key, because doing it twice changes nothing.
    pub(crate) fn unkeyed(mut self) -> Self {
        self.doc.unkeyed = true;
        self
    }

    /// Its answer is no JSON.
    pub(crate) fn in_media(mut self, media: &'static str) -> Self {
        self.doc.media = Some(media);
        self
    }

    /// Another status that is no refusal, and what it means.
    pub(crate) fn also(mut self, status: u16, told: &'static str) -> Self {
        self.doc.also.push((status, told));
        self
    }

    /// Other limits than its dialect's usual ones.
    pub(crate) fn limited(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// What its callers are held to.
    pub(crate) fn policy(&self, dialect: &dyn Dialect) -> Policy {
        self.policy.unwrap_or_else(|| dialect.policy(&self.method))
    }

    /// Ready to be served.
    pub(crate) fn mount(&self, desk: &Arc<Desk>, dialect: &'static dyn Dialect) -> MethodRouter {
        let door = if self.doc.signed_in { Door::Member } else { Door::Anybody };
        let edge = Edge { desk: desk.clone(), dialect, policy: self.policy(dialect), door, streams: self.doc.form };
        self.handler.clone().layer(CatchPanicLayer::custom(panicked)).layer(from_fn_with_state(edge, cross))
    }
}
