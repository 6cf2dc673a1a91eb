//! The paging parameters `limit`, `offset` and `starting_after`, equal in every dialect.

use market::page::{AFTER, LIMIT_MAX, LIMIT_USUAL, OFFSET_MAX, Part};
use market::{Error, Paging, Result};
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
    starting_after: Option<String>,
}

impl<const USUAL: i64> PageParams<USUAL> {
    /// Returns the checked page. The parameter of other lists is refused: ignored, it would begin the list anew for ever.
    pub fn paging(&self) -> Result<Paging> {
        match self.starting_after {
            None => Paging::new(self.limit.or(Some(USUAL)), self.offset),
            Some(_) => Err(Error::field(AFTER, "This list goes by offset alone; leave starting_after out.")),
        }
    }
}

/// The parameters of a list that also goes on after an item that the caller has.
#[derive(Debug, Default, Deserialize)]
pub struct PartParams<const USUAL: i64 = LIMIT_USUAL> {
    limit: Option<i64>,
    offset: Option<i64>,
    starting_after: Option<String>,
}

impl<const USUAL: i64> PartParams<USUAL> {
    /// Returns the checked part.
    pub fn part(self) -> Result<Part> {
        Part::new(self.limit.or(Some(USUAL)), self.offset, self.starting_after)
    }
}

impl<const USUAL: i64> IntoParams for PageParams<USUAL> {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let place = || parameter_in().unwrap_or(ParameterIn::Query);
        let limit = number().default(Some(USUAL.into())).minimum(Some(1)).maximum(Some(LIMIT_MAX));
        let offset = number().default(Some(0.into())).minimum(Some(0)).maximum(Some(OFFSET_MAX));
        vec![
            parameter(place(), "limit", "The largest number of items to return, 1 to 100", limit),
            parameter(place(), "offset", "The number of items to skip", offset),
        ]
    }
}

impl<const USUAL: i64> IntoParams for PartParams<USUAL> {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "The id of the last item you have. The list goes on after it, beyond 10,000 items too, and nothing comes twice while \
            others are added. A page with fewer items than `limit` is the last. Instead of `offset`";
        let mut all = PageParams::<USUAL>::into_params(&parameter_in);
        let id = ObjectBuilder::new().schema_type(Type::String);
        all.push(parameter(parameter_in().unwrap_or(ParameterIn::Query), AFTER, about, id));
        all
    }
}

fn number() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
}

fn parameter(place: ParameterIn, name: &str, about: &str, schema: ObjectBuilder) -> Parameter {
    let built = ParameterBuilder::new().name(name).parameter_in(place).required(Required::False);
    built.description(Some(about)).schema(Some(schema)).build()
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
            /// The length of the whole list; 10000 means 10000 or more
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
