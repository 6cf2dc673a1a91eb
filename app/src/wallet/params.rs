//! The query parameters of the wallet's page, and the filter form.

use super::ledger::what;
use crate::ui::field::Filter as Choice;
use crate::ui::when::MONTHS;
use crate::{url, visitor};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use market::ledger::Reason;
use market::wallet::{Filter, Month};
use serde::{Deserialize, Serialize};

/// The number of months in the filter.
const MONTHS_BACK: usize = 12;

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletParams {
    /// The filter of the lines.
    pub filter: Filter,
    /// The offset in the list.
    pub offset: i64,
}

impl WalletParams {
    /// Reads the parameters; unknown values are ignored.
    pub fn read(query: &ParamsMap) -> Self {
        let reason = query.get("reason").and_then(|word| Reason::parse(&word));
        let month = query.get("month").and_then(|text| Month::parse(&text));
        let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
        Self { filter: Filter { reason, month }, offset }
    }

    /// Returns true if a filter is set.
    pub fn is_narrow(&self) -> bool {
        self.filter != Filter::default()
    }

    /// Returns the address of the first page with this filter.
    pub fn address(&self) -> String {
        self.at("/wallet")
    }

    /// Returns the address of the statement with this filter.
    pub fn statement(&self) -> String {
        self.at("/wallet/statement.csv")
    }

    fn at(&self, path: &str) -> String {
        let month = self.filter.month.map(|month| month.to_string()).unwrap_or_default();
        url::with_query(path, &[("reason", self.filter.reason.map_or("", Reason::as_str)), ("month", &month)])
    }
}

/// The filter form for reason and month.
#[component]
pub fn Narrow(params: WalletParams) -> impl IntoView {
    let Filter { reason, month } = params.filter;
    let any = |text: &str| std::iter::once((String::new(), text.to_owned()));
    let reasons = any("Everything").chain(Reason::ALL.iter().map(|&one| (one.as_str().to_owned(), what(one).to_owned()))).collect();
    let this = Month::of(visitor::now());
    let mut months: Vec<_> = std::iter::successors(Some(this), |month| Some(month.before())).take(MONTHS_BACK).collect();
    // An older month from the address is added, so that the form shows it as chosen.
    months.extend(month.filter(|month| !months.contains(month)));
    let months = any("Any month").chain(months.into_iter().map(|month| (month.to_string(), name(month)))).collect();
    view! {
        <form class="filters" action="/wallet">
            <Choice name="reason" label="What moved" options=reasons value=reason.map_or("", Reason::as_str).to_owned() />
            <Choice name="month" label="Month" options=months value=month.map(|month| month.to_string()).unwrap_or_default() />
            <button class="btn" type="submit">"Show"</button>
            {params.is_narrow().then(|| view! { <a class="btn quiet" href="/wallet">"Clear"</a> })}
            <a class="btn quiet" href=params.statement() download="">"Download CSV"</a>
        </form>
    }
}

/// Formats a month: `Sep 2026`.
fn name(month: Month) -> String {
    let short = MONTHS.get(usize::from(month.number()).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{short} {}", month.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_have_addresses() {
        let mut map = ParamsMap::new();
        for (name, value) in [("reason", "hold"), ("month", "2026-09"), ("offset", "20")] {
            map.insert(name, value.to_owned());
        }
        let params = WalletParams::read(&map);
        assert_eq!((params.address().as_str(), params.offset, params.is_narrow()), ("/wallet?reason=hold&month=2026-09", 20, true));
        assert_eq!(params.filter.month.map(name).as_deref(), Some("Sep 2026"));
        assert_eq!(WalletParams::read(&ParamsMap::new()).address(), "/wallet");
    }
}
