//! Routes that several dialects share: each dialect claims the requests of its own shape, and one takes the rest.

use crate::dialect::Dialect;
use crate::rate_limit::Policy;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::{Map, Value};
use std::sync::Arc;
use tower::ServiceExt;

/// The test by which a dialect claims a request on a shared route.
pub type Claim = fn(&Shape) -> bool;

/// The names that a request carries, in its JSON body or its query.
pub struct Shape {
    body: Map<String, Value>,
    query: Vec<String>,
}

impl Shape {
    fn of(parts: &Parts, bytes: &[u8]) -> Self {
        // A body that is not a JSON object has no fields; the handler that gets it reports the error.
        let body = serde_json::from_slice(bytes).unwrap_or_default();
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        Self { body, query: query.map(|(name, _)| name.into_owned()).collect() }
    }

    /// Reports whether the request has a field or a query parameter of this name.
    pub fn has(&self, name: &str) -> bool {
        self.body.contains_key(name) || self.query.iter().any(|known| known == name)
    }

    /// Reports whether the request has any of these fields.
    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }
}

/// One dialect's row of a shared route.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) policy: &'static Policy,
    /// None takes what no other row claims.
    pub(crate) claim: Option<Claim>,
}

/// The place of the row that takes the request, in its extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen(pub(crate) usize);

/// Finds the row that claims the request, else the one that takes the rest.
pub(crate) fn choose(all: &[Candidate], parts: &Parts, bytes: &[u8]) -> usize {
    let shape = Shape::of(parts, bytes);
    let claims = |one: &Candidate| one.claim.is_some_and(|claim| claim(&shape));
    let rest = || all.iter().position(|one| one.claim.is_none());
    all.iter().position(claims).or_else(rest).unwrap_or_default()
}

/// Builds the service that hands each request to the chosen row's handler.
pub(crate) fn dispatch(filter: MethodFilter, handlers: Vec<MethodRouter>) -> MethodRouter {
    let handlers: Arc<[MethodRouter]> = handlers.into();
    on(filter, move |request: Request| {
        let chosen = request.extensions().get::<Chosen>().and_then(|chosen| handlers.get(chosen.0)).cloned();
        async move {
            match chosen {
                Some(handler) => handler.oneshot(request).await.into_response(),
                None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        }
    })
}

/// Panics unless exactly one row of a shared route has no claim.
pub(crate) fn must_agree(path: &str, all: &[Candidate]) {
    let rest = all.iter().filter(|one| one.claim.is_none()).count();
    assert!(rest == 1, "{path} is shared by {} dialects, and {rest} of them take what no other claims; one has to", all.len());
}

#[cfg(test)]
mod tests;
