//! All routes of all dialects: the one list that router, document and the 404's advice are made of.

use crate::dialect::Dialect;
use crate::guildhall;
use crate::route::Route;
use crate::{agentgigs, gagiteck, gigiac, launchpad};

/// Every operation with the dialect it is spoken in.
pub(crate) struct Table(Vec<(&'static dyn Dialect, Route)>);

impl Table {
    /// All that this server offers.
    pub(crate) fn new() -> Self {
        let mut rows: Vec<(&'static dyn Dialect, Route)> = Vec::new();
        let mut speak = |dialect: &'static dyn Dialect, routes: Vec<Route>| rows.extend(routes.into_iter().map(|route| (dialect, route)));
        speak(&guildhall::Guildhall, guildhall::routes());
        speak(&agentgigs::AgentGigs, agentgigs::routes());
        speak(&gagiteck::Gagiteck, gagiteck::routes());
        speak(&gigiac::Gigiac, gigiac::routes());
        speak(&launchpad::Launchpad, launchpad::routes());
        Self(rows)
    }

    /// Its rows.
    pub(crate) fn routes(&self) -> &[(&'static dyn Dialect, Route)] {
        &self.0
    }

    /// The dialects spoken, in order.
    pub(crate) fn dialects(&self) -> Vec<&'static dyn Dialect> {
        let mut all: Vec<&'static dyn Dialect> = Vec::new();
        for (dialect, _) in &self.0 {
            if !all.iter().any(|known| known.name() == dialect.name()) {
                all.push(*dialect);
            }
        }
        all
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
