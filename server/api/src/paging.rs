//! The paging parameters `limit` and `offset`, equal in every dialect.

use market::{Paging, Result};
use serde::Deserialize;
use utoipa::IntoParams;

/// `limit` and `offset`.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub struct PageParams {
    /// The largest number of items to return, 1 to 100
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// The number of items to skip
    #[param(default = 0, minimum = 0)]
    offset: Option<i64>,
}

impl PageParams {
    /// Returns the checked page.
    pub fn paging(&self) -> Result<Paging> {
        Paging::new(self.limit, self.offset)
    }
}

/// Defines a dialect's part of a list: `{ things, total, limit, offset }`, made from a page of the market's items.
///
/// `list! { #[schema(as = agentgigs::Jobs)] struct Jobs { jobs: JobView } of Card }`
#[macro_export]
macro_rules! list {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $items:ident: $view:ident } of $item:ident) => {
        #[derive(serde::Serialize, utoipa::ToSchema)]
        $(#[$meta])*
        $vis struct $name {
            $items: Vec<$view>,
            total: i64,
            limit: i64,
            offset: i64,
        }

        impl From<market::Page<$item>> for $name {
            fn from(page: market::Page<$item>) -> Self {
                let market::Page { items, total, limit, offset, .. } = page;
                Self { $items: items.into_iter().map($view::from).collect(), total, limit, offset }
            }
        }
    };
}
