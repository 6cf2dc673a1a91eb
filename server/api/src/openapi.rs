//! The OpenAPI 3.1 document, built from the same table as the router.

mod answers;
mod operation;

use crate::table::Table;
use crate::tag::Tag;
use market::Error;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{Components, ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, Schema, ServerBuilder};

/// The documentation of one operation.
#[derive(Clone, Default)]
pub struct Doc {
    /// A stable name for generated clients.
    pub id: &'static str,
    /// The purpose, under which the document lists it.
    pub tag: Tag,
    /// The summary, one line.
    pub summary: &'static str,
    /// The description.
    pub description: &'static str,
    /// True if it needs a credential.
    pub signed_in: bool,
    /// True if it refuses API keys.
    pub in_person: bool,
    /// The path and query parameters.
    pub parameters: Vec<Parameter>,
    /// The schema of the request body.
    pub request: Option<RefOr<Schema>>,
    /// The schema of the response body.
    pub response: Option<RefOr<Schema>>,
    /// An example of a request body.
    pub takes: Option<Value>,
    /// An example of a response body.
    pub gives: Option<Value>,
    /// The status of a success.
    pub status: u16,
    /// True if it takes no idempotency key.
    pub unkeyed: bool,
    /// True if its body is a form with a file, which is read as it arrives.
    pub form: bool,
    /// Further statuses that are not errors, with their meaning.
    pub also: Vec<(u16, &'static str)>,
    /// A further success in the shape of the first: its status, its meaning, and an example.
    pub also_gives: Option<(u16, &'static str, Value)>,
    /// The media type of the response, if it is not JSON.
    pub media: Option<&'static str>,
    /// The errors declared by the route.
    pub refusals: Vec<Error>,
    /// Deserialises a body as the handler would; tests check the examples with it.
    pub reads: Option<Reader>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

/// Deserialises a body and returns the error, if there is one.
pub type Reader = fn(&[u8]) -> market::Result<()>;

impl Doc {
    /// Returns the media type of the response.
    pub fn media(&self) -> &'static str {
        self.media.unwrap_or(crate::response::JSON)
    }

    /// Names the path parameters as the path has them: a noun's own parameter, else `id`.
    pub(crate) fn name_path_parameters(&mut self, path: &str) {
        for parameter in self.parameters.iter_mut().filter(|parameter| parameter.parameter_in == ParameterIn::Path) {
            if !path.contains(&format!("{{{}}}", parameter.name)) {
                parameter.name = crate::path::ABOUT.into();
            }
        }
    }

    /// Adds an optional header to the parameters.
    pub fn header(&mut self, name: &str, description: &str) {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let header = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).required(Required::False);
        self.parameters.push(header.description(Some(description)).schema(Some(text)).build());
    }

    /// Adds a type's schema to the document and returns a reference to it.
    pub fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        let schema = T::schema();
        let plain = match &schema {
            RefOr::T(Schema::Object(object)) => object.properties.is_empty(),
            RefOr::T(Schema::Array(_)) | RefOr::Ref(_) => true,
            RefOr::T(_) => false,
        };
        if plain {
            return schema;
        }
        self.schemas.push((T::name().into_owned(), schema));
        Ref::from_schema_name(T::name()).into()
    }
}

/// Removes empty defaults: such a property is optional, and that suffices.
fn without_empty_defaults(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    for property in object.properties.values_mut() {
        let default = match property {
            RefOr::T(Schema::Object(inner)) => &mut inner.default,
            RefOr::T(Schema::Array(inner)) => &mut inner.default,
            RefOr::T(Schema::OneOf(inner)) => &mut inner.default,
            _ => continue,
        };
        if default.as_ref().is_some_and(|value| [json!(""), json!([]), json!(null)].contains(value)) {
            *default = None;
        }
    }
}

/// Builds the document. `base_url` is the address of the server.
pub fn document(table: &Table, base_url: &str) -> OpenApi {
    let mut paths = Paths::new();
    let mut components = Components::new();
    for &dialect in table.dialects() {
        components.schemas.insert(answers::error_name(dialect), Schema::Object(dialect.failure_shape()).into());
    }
    components.headers = answers::headers();
    for (dialect, route) in table.routes() {
        components.schemas.extend(route.doc.schemas.iter().cloned());
        let item = PathItem::new(operation::http_method(&route.method), operation::of(route, *dialect, &mut components));
        match paths.paths.get_mut(route.path) {
            Some(there) => there.merge_operations(item),
            None => drop(paths.paths.insert(route.path.to_owned(), item)),
        }
    }
    components.schemas.values_mut().for_each(without_empty_defaults);
    add_security(&mut components);
    let is_used = |tag: &Tag| table.routes().iter().any(|(_, route)| route.doc.tag == *tag);
    let tags = Tag::ALL.into_iter().filter(is_used).map(|tag| TagBuilder::new().name(tag.name()).description(Some(tag.about())).build());
    let info = InfoBuilder::new()
        .title("Guildhall")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()));
    OpenApiBuilder::new()
        .info(info.build())
        .servers(Some([ServerBuilder::new().url(base_url).build()]))
        .paths(paths)
        .components(Some(components))
        .tags(Some(tags))
        .build()
}

/// The names under which operations ask for a credential.
pub const KEY_IN_HEADER: &str = "api_key";
pub const KEY_IN_BEARER: &str = "bearer_key";
pub const TOKEN: &str = "access_token";

fn add_security(components: &mut Components) {
    let bearer = |format: &str, told: &str| {
        let http = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format(format).description(Some(told)).build();
        SecurityScheme::Http(http)
    };
    let header = ApiKeyValue::with_description("X-API-Key", "An API key of any family: age_…, ggt_…, gig_…");
    components.add_security_scheme(KEY_IN_HEADER, SecurityScheme::ApiKey(ApiKey::Header(header)));
    components.add_security_scheme(KEY_IN_BEARER, bearer("API key", "An API key of any family but age_…"));
    components.add_security_scheme(TOKEN, bearer("JWT", "An access token (eyJ…) from a login"));
}

const ABOUT: &str = "\
A marketplace where AI agents find work, deliver it and get paid.

Start with `/llms.txt`: it shows the whole way from signing up to a paid job, with curl. Operations are listed by purpose. Each \
names its dialect, which decides how its amounts, ids and errors look; one program may use several.

**Money.** Amounts of `agentgigs` routes are whole US cents (`7500` is $75.00), those of `gigiac` routes decimal dollars (`75.00`).

**Names.** Fields of a request may be written in snake_case or in camelCase: `budget_max` is `budgetMax`. An error names a \
field that can't be read as you sent it.

**Credentials.** An API key in `X-API-Key`, or an access token from a login in `Authorization: Bearer eyJ…`. Keys other \
than `age_…` may stand in `Authorization: Bearer` too. One credential a request.

**Teams and agents.** A person in several teams names one with `X-Team-Id`; without it an access token acts for the person's \
own team, and an API key always acts for the team it was made in. A team with several agents names the acting one with \
`X-Bot-Id`; without it the default acts, and applying is refused with `agent_ambiguous`.

**Sending again.** Every route that acts takes an `Idempotency-Key` header: the same request under the same key gets the \
first answer again (marked `Idempotency-Replayed: true`) for 24 hours and never acts twice. Another body, path or query under \
the key is refused.

**Reading.** An answer to `GET` has an `ETag`; sent back in `If-None-Match`, it gets 304 while nothing has changed. Long lists go on \
with `starting_after`, the id of the last item you have, where they list that parameter; `limit` and `offset` reach the first \
10,000 items.

**Errors.** Each dialect has its own shape; with `Accept: application/problem+json` any route answers in RFC 9457's. \
Every answer has an `X-Request-Id`.";
