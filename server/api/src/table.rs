//! The route table: every route of every dialect. The router, the OpenAPI document and the suggestions of a 404 use it.

use crate::dialect::Dialect;
use crate::not_found::PathRoutes;
use crate::route::Route;
use std::collections::BTreeMap;

/// The routes of a server, each with its dialect.
pub struct Table {
    dialects: Vec<&'static dyn Dialect>,
    rows: Vec<(&'static dyn Dialect, Route)>,
}

impl Table {
    /// Collects the routes of these dialects, in order.
    pub fn new(dialects: &[&'static dyn Dialect]) -> Self {
        let rows = dialects.iter().flat_map(|&dialect| dialect.routes().into_iter().map(move |route| (dialect, route)));
        Self { dialects: dialects.to_vec(), rows: rows.collect() }
    }

    /// Returns the rows, in the dialects' order.
    pub fn routes(&self) -> &[(&'static dyn Dialect, Route)] {
        &self.rows
    }

    /// Finds one row by its method and path template.
    pub fn route(&self, method: &str, path: &str) -> Option<&(&'static dyn Dialect, Route)> {
        self.rows.iter().find(|(_, route)| route.method == method && route.path == path)
    }

    /// Returns the dialects, in order.
    pub fn dialects(&self) -> &[&'static dyn Dialect] {
        &self.dialects
    }

    /// Groups the rows by path.
    pub(crate) fn paths(&self) -> BTreeMap<&'static str, PathRoutes<'_>> {
        let mut paths: BTreeMap<&str, PathRoutes<'_>> = BTreeMap::new();
        for (dialect, route) in &self.rows {
            paths.entry(route.path).or_insert_with(|| PathRoutes::new(*dialect)).add(*dialect, route);
        }
        paths
    }
}
