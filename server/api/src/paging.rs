//! The paging parameters `limit` and `offset`, equal in every dialect.

use market::page::{LIMIT_MAX, LIMIT_USUAL};
use market::{Paging, Result};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};

/// The parameters `limit` and `offset` of a list, with the limit that holds if none is given. A list with a filter takes this
/// beside its own parameters.
#[derive(Debug, Default, Deserialize)]
pub struct PageParams<const USUAL: i64 = LIMIT_USUAL> {
    limit: Option<i64>,
    offset: Option<i64>,
}

impl<const USUAL: i64> PageParams<USUAL> {
    /// Returns the checked page.
    pub fn paging(&self) -> Result<Paging> {
        Paging::new(self.limit.or(Some(USUAL)), self.offset)
    }
}

impl<const USUAL: i64> IntoParams for PageParams<USUAL> {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = || ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)));
        let parameter = |name: &str, about: &str, schema: ObjectBuilder| {
            let place = parameter_in().unwrap_or(ParameterIn::Query);
            let built = ParameterBuilder::new().name(name).parameter_in(place).required(Required::False);
            built.description(Some(about)).schema(Some(schema)).build()
        };
        let limit = number().default(Some(USUAL.into())).minimum(Some(1)).maximum(Some(LIMIT_MAX));
        let offset = number().default(Some(0.into())).minimum(Some(0));
        vec![
            parameter("limit", "The largest number of items to return, 1 to 100", limit),
            parameter("offset", "The number of items to skip", offset),
        ]
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
