//! Where there is no route: a 404 or 405 that says where to go instead.

mod nearest;

use crate::agentgigs::AgentGigs;
use crate::dialect::Dialect;
use crate::edge::{Edge, cross};
use crate::gagiteck::Gagiteck;
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::reply::Stop;
use crate::scene::{Desk, Door};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, any};
use market::{Error, Kind};
use std::sync::Arc;

/// A path that exists, and the methods it knows.
pub(crate) struct Here {
    dialect: &'static dyn Dialect,
    allowed: Vec<String>,
}

impl Here {
    pub(crate) fn new(dialect: &'static dyn Dialect) -> Self {
        Self { dialect, allowed: Vec::new() }
    }

    pub(crate) fn allow(&mut self, method: &Method) {
        self.allowed.push(method.to_string());
        if method == Method::GET {
            self.allowed.push("HEAD".into());
        }
    }

    /// The same path, refusing all other methods in its dialect.
    pub(crate) fn guard(self, methods: MethodRouter, desk: &Arc<Desk>) -> MethodRouter {
        let allowed = self.allowed.join(", ");
        let refuse = move |method: Method| async move { Err::<(), _>(Stop::from(not_allowed(&method, &allowed))) };
        methods.fallback_service(dressed(any(refuse), self.dialect, desk))
    }
}

fn not_allowed(method: &Method, allowed: &str) -> Refusal {
    let message = format!("{method} means nothing here; this path knows {allowed}.");
    let refusal = Refusal::http(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message);
    match HeaderValue::from_str(allowed) {
        Ok(value) => refusal.header(header::ALLOW, value),
        Err(_) => refusal,
    }
}

/// Catches what is under `/api` and `/v1` and nowhere in the table.
pub(crate) fn mount(router: Router, desk: &Arc<Desk>) -> Router {
    let areas: [(&[&str], &'static dyn Dialect); 2] =
        [(&["/api", "/api/", "/api/{*rest}"], &AgentGigs), (&["/v1", "/v1/", "/v1/{*rest}"], &Gagiteck)];
    areas.into_iter().fold(router, |router, (paths, dialect)| {
        let lost = dressed(any(not_found).with_state(desk.clone()), dialect, desk);
        paths.iter().fold(router, |router, path| router.route(path, lost.clone()))
    })
}

fn dressed(handler: MethodRouter, dialect: &'static dyn Dialect, desk: &Arc<Desk>) -> MethodRouter {
    handler.layer(from_fn_with_state(Edge { desk: desk.clone(), dialect, policy: Policy::Free, door: Door::Nobody, streams: false }, cross))
}

async fn not_found(State(desk): State<Arc<Desk>>, method: Method, uri: Uri) -> Result<(), Stop> {
    let mut told = "There is no such route. All there are: /openapi.json; how to begin: /llms.txt.".to_owned();
    let nearest = nearest::nearest(&desk.table, &method, uri.path()).map(|(method, path)| format!("{method} {path}"));
    if let Some(route) = &nearest {
        told = format!("There is no such route. Did you mean {route}? All there are: /openapi.json; how to begin: /llms.txt.");
    }
    let error = Error::new(Kind::NotFound, "route_not_found", told).with("docs", "/openapi.json");
    Err(match nearest {
        Some(route) => error.with("did_you_mean", route).into(),
        None => error.into(),
    })
}
