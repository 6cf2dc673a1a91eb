//! Answers where there is no route: a 404 that suggests the nearest route, a 405 and an answer to `OPTIONS` that list the methods
//! of a path.

mod nearest;

use crate::context::{Access, ApiState};
use crate::dialect::Dialect;
use crate::error_response::ErrorResponse;
use crate::middleware::{Endpoint, Tongue, handle};
use crate::rate_limit::UNLIMITED;
use crate::response::ApiError;
use crate::route::{Route, mount};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, any};
use market::{Error, Kind};
use std::sync::Arc;

/// The routes of one method, each with its dialect.
type Rows<'t> = Vec<(&'static dyn Dialect, &'t Route)>;

/// The routes of one path. Two dialects that have the same method there share it.
pub(crate) struct PathRoutes<'t> {
    dialect: &'static dyn Dialect,
    methods: Vec<(Method, Rows<'t>)>,
}

impl<'t> PathRoutes<'t> {
    pub(crate) fn new(dialect: &'static dyn Dialect) -> Self {
        Self { dialect, methods: Vec::new() }
    }

    pub(crate) fn add(&mut self, dialect: &'static dyn Dialect, route: &'t Route) {
        match self.methods.iter_mut().find(|(method, _)| *method == route.method) {
            Some((_, rows)) => rows.push((dialect, route)),
            None => self.methods.push((route.method.clone(), vec![(dialect, route)])),
        }
    }

    /// Builds the path's service, which answers `OPTIONS` with the path's methods, and all other methods with 405 in the dialect of
    /// the path's first route.
    pub(crate) fn mount(self, state: &Arc<ApiState>) -> MethodRouter {
        let allowed = self.allowed();
        let other = move |method: Method| async move {
            match method {
                Method::OPTIONS => Ok((StatusCode::NO_CONTENT, [(header::ALLOW, format!("{allowed}, OPTIONS"))])),
                _ => Err(ApiError::from(not_allowed(&method, &allowed))),
            }
        };
        let refuse = unadmitted(any(other), Tongue::One(self.dialect, &UNLIMITED), state);
        let methods = self.methods.iter().fold(MethodRouter::new(), |methods, (_, rows)| methods.merge(mount(rows, state)));
        methods.fallback_service(refuse)
    }

    fn allowed(&self) -> String {
        let words = self.methods.iter().flat_map(|(method, _)| match *method {
            Method::GET => vec!["GET", "HEAD"],
            _ => vec![method.as_str()],
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

fn not_allowed(method: &Method, allowed: &str) -> ErrorResponse {
    let message = format!("{method} is not allowed on this path; use {allowed}.");
    let error = ErrorResponse::http(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message);
    match HeaderValue::from_str(&format!("{allowed}, OPTIONS")) {
        Ok(value) => error.header(header::ALLOW, value),
        Err(_) => error,
    }
}

/// Adds the fallbacks: unknown paths under a dialect's prefix are answered in that dialect.
pub(crate) fn mount_fallbacks(router: Router, state: &Arc<ApiState>) -> Router {
    state.table.dialects().iter().fold(router, |router, &dialect| {
        let Some(area) = dialect.area() else { return router };
        let unknown = unadmitted(any(not_found).with_state(state.clone()), Tongue::Unknown(dialect), state);
        [area.to_owned(), format!("{area}/"), format!("{area}/{{*rest}}")]
            .iter()
            .fold(router, |router, path| router.route(path, unknown.clone()))
    })
}

fn unadmitted(handler: MethodRouter, tongue: Tongue, state: &Arc<ApiState>) -> MethodRouter {
    let endpoint = Endpoint { state: state.clone(), tongue, access: Access::Nobody, streams: false };
    handler.layer(from_fn_with_state(endpoint, handle))
}

async fn not_found(State(state): State<Arc<ApiState>>, method: Method, uri: Uri) -> Result<(), ApiError> {
    let nearest = nearest::nearest(&state.table, &method, uri.path()).map(|(method, path)| format!("{method} {path}"));
    let guess = nearest.as_ref().map(|route| format!(" Did you mean {route}?")).unwrap_or_default();
    let told = format!("There is no such route.{guess} /openapi.json lists all routes; /llms.txt says how to begin.");
    let error = Error::new(Kind::NotFound, "route_not_found", told).with("docs", "/openapi.json");
    Err(match nearest {
        Some(route) => error.with("did_you_mean", route).into(),
        None => error.into(),
    })
}
