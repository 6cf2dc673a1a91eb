//! The documentation that follows from a handler's signature: each extractor and the response add their part.

use crate::body::Body;
use crate::call::{AnonymousCall, Call};
use crate::openapi::Doc;
use crate::path::{Id, Named};
use crate::query::Query;
use crate::response::ApiResult;
use serde::de::DeserializeOwned;
use std::future::Future;
use utoipa::openapi::Required;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};

/// A handler that can be documented; `A` is the tuple of its arguments.
pub trait Described<A> {
    /// Adds the parts of its signature.
    fn describe(doc: &mut Doc);
}

/// One argument of a handler.
pub trait Argument {
    /// Adds its part to the documentation.
    fn describe(doc: &mut Doc);
}

impl Argument for Call {
    fn describe(doc: &mut Doc) {
        doc.signed_in = true;
    }
}

impl Argument for AnonymousCall {
    fn describe(_: &mut Doc) {}
}

impl<T: Named> Argument for Id<T> {
    fn describe(doc: &mut Doc) {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let id = ParameterBuilder::new().name(T::PARAM).parameter_in(ParameterIn::Path).required(Required::True).schema(Some(text));
        doc.parameters.push(id.description(Some(format!("The {}'s full id", T::NOUN))).build());
    }
}

impl<T: IntoParams> Argument for Query<T> {
    fn describe(doc: &mut Doc) {
        doc.parameters.extend(T::into_params(|| Some(ParameterIn::Query)));
    }
}

impl<T: ToSchema + DeserializeOwned> Argument for Body<T> {
    fn describe(doc: &mut Doc) {
        doc.request = Some(doc.schema::<T>());
        doc.reads = Some(|bytes| crate::body::read::<T>(bytes).map(drop));
    }
}

macro_rules! described {
    ($($argument:ident)*) => {
        impl<F, Answer, T, $($argument),*> Described<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> Answer,
            Answer: Future<Output = ApiResult<T>>,
            T: ToSchema,
            $($argument: Argument,)*
        {
            fn describe(doc: &mut Doc) {
                $($argument::describe(doc);)*
                doc.response = Some(doc.schema::<T>());
            }
        }
    };
}

described!();
described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
