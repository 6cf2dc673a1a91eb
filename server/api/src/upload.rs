//! Uploads: a form that is read as it arrives. The caller is authenticated before, and again after.

use crate::call::Call;
use crate::error_response::ErrorResponse;
use crate::header::once;
use crate::openapi::Doc;
use crate::response::{ApiError, ApiResult, created};
use crate::route::Argument;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use market::file::{File, Kind};
use market::id::JobId;
use market::{Actor, Error, Retries};
use serde::Serialize;
use serde_json::json;
use storage::{Form, LingeringBody, Received, fingerprint_upload, receive};
use utoipa::ToSchema;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};

/// The media type of a form with a file.
pub const FORM: &str = "multipart/form-data";

/// The file of a request, not yet read.
pub struct Upload {
    form: Form,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Upload {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let body = parts.extensions.get::<LingeringBody>().and_then(LingeringBody::take).ok_or_else(Error::internal)?;
        once(&parts.headers, &header::CONTENT_TYPE)?;
        let form = Form::of(&parts.headers, body).ok_or_else(no_form)?;
        Ok(Self { form, headers: parts.headers.clone() })
    }
}

/// Creates the error of a request whose body is not such a form.
pub fn no_form() -> ErrorResponse {
    let message =
        "Send the file as a form: multipart/form-data with a boundary and one field named file, as curl -F file=@report.pdf does.";
    ErrorResponse::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

impl Argument for Upload {
    fn describe(doc: &mut Doc) {
        let bytes = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
        let form = ObjectBuilder::new().property("file", bytes.description(Some("The file, under its name"))).required("file");
        doc.request = Some(form.into());
        doc.takes = Some(json!({ "file": "(its bytes)" }));
        doc.form = true;
    }
}

impl Upload {
    /// Stores the file and answers with it. A repeated request with an equal file gets the first answer.
    pub async fn keep<T: Serialize + ToSchema + From<File>>(self, call: Call, job: &JobId, kind: Kind) -> ApiResult<T> {
        self.keep_as(call, job, kind, T::from).await
    }

    /// Stores the file and answers with a view of it. A repeated request with an equal file gets the first answer.
    pub async fn keep_as<T: Serialize + ToSchema>(
        self,
        call: Call,
        job: &JobId,
        kind: Kind,
        view: impl Fn(File) -> T + Copy,
    ) -> ApiResult<T> {
        let Self { form, headers } = self;
        // This comes first: a repeated upload may no longer be allowed, or find no room beside itself.
        if call.is_answered().await? {
            return Err(repeated(&call, &headers, form).await);
        }
        let received = receive(call.market(), &call.state().services.files, &call.actor, job, kind, form).await?;
        // The caller may have lost the credential while the bytes arrived.
        let actor = call.actor_now(&headers).await?;
        let mut retries = Retries::default();
        let said = loop {
            match record(&call, &actor, &received, view).await {
                Err(stop) if stop.error().is_some_and(|error| retries.again(error)) => {}
                done => break done?,
            }
        };
        received.confirm();
        Ok(said)
    }
}

/// Returns the first answer, if it was given for this file.
async fn repeated(call: &Call, headers: &HeaderMap, form: Form) -> ApiError {
    let repeat = async {
        let known = fingerprint_upload(call.market(), form).await?;
        call.actor_now(headers).await?;
        call.begin_about(&known.fingerprint()).await
    };
    match repeat.await {
        // The stored answer expired a moment ago.
        Ok(tx) => {
            drop(tx);
            Error::try_again().into()
        }
        Err(stop) => stop,
    }
}

async fn record<T: Serialize>(call: &Call, actor: &Actor, received: &Received, view: impl Fn(File) -> T) -> ApiResult<T> {
    let asked = received.fingerprint();
    let mut tx = call.begin_about(&asked).await?;
    let file = received.record(&mut tx, actor).await?;
    call.commit(tx, created(view(file))).await
}
